"""Who gets to /operate: nobody but operators, by whatever route."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from assistant.config import Settings
from assistant.operators import FILE, Operators
from assistant.web import serve
from assistant.web.limits import Busy
from assistant.web.operate.guard import COOKIE, Guard, SignIn
from assistant.web.proxied import Proxied
from assistant.web.startup import StartUp
from corpus.errors import UserError
from tests.helpers import onrecord

PROXY, STRANGER = "10.0.0.9", "192.0.2.7"
PASSWORD = "seven swans swimming"
HEADER = {"X-Forwarded-User": "Ann Imber"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The page on an address of the network, with both ways to sign in. Nothing is loaded to answer with."""
    home = tmp_path_factory.mktemp("home")
    Operators(home).add("Ann Imber", PASSWORD)
    settings = Settings(
        home=home, host="10.0.0.1", hostnames=("testserver",), sign_in_header="X-Forwarded-User",
        sign_in_proxies=(f"{PROXY}/32",),
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StartUp, "begin", lambda self: None)
        yield serve._app(settings, samples=False, key="key")


def client(app: Any, peer: str = STRANGER) -> TestClient:
    return TestClient(app, client=(peer, 50_000), follow_redirects=False)


def signed_in(app: Any) -> TestClient:
    visitor = client(app)
    assert visitor.post("/operate/sign-in", data={"name": "Ann Imber", "password": PASSWORD}).status_code == 303
    return visitor


def routes(app: Any) -> Iterator[tuple[str, str]]:
    """Every method and path that an app answers to, those of its routers too, with something in each gap."""
    for route in app.routes:
        if hasattr(route, "original_router"):
            yield from routes(route.original_router)
        else:
            path = re.sub(r"\{[^}]+\}", "x", route.path)
            yield from ((method, path) for method in getattr(route, "methods", None) or {"GET"})


def test_no_route_below_operate_is_open(app: Any) -> None:
    (mount,) = (route for route in app.routes if isinstance(route, Mount) and route.path == "/operate")
    asked = {(method, f"/operate{path}") for method, path in routes(mount)}
    asked |= {(method, path) for method, path in routes(app) if path.startswith("/operate/")}
    asked -= {("GET", "/operate/sign-in"), ("POST", "/operate/sign-in")}
    assert len(asked) > 60
    assert ("POST", "/operate/gradio_api/queue/join") in asked
    visitor = client(app)
    wrong = {
        (method, path): status
        for method, path in sorted(asked)
        if (status := visitor.request(method, path).status_code) != 401 and (method, path) != ("GET", "/operate/")
    }
    assert wrong == {}
    assert visitor.get("/operate/").headers["location"] == "/operate/sign-in"
    assert visitor.get("/operate/gradio_api/mcp/").status_code == 401
    assert visitor.get("/operate/", headers={"Cookie": "onrecord-operator=x"}).status_code == 303


def test_signed_in_there_is_a_page_and_no_public_function_of_it(app: Any) -> None:
    operator = signed_in(app)
    page = operator.get("/operate/", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "unsafe-inline" not in page.headers["content-security-policy"].partition("style-src")[0]
    assert operator.get("/operate/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}
    assert operator.get("/operate/gradio_api/mcp/").status_code == 404
    assert operator.post("/operate/gradio_api/mcp/http", json={}).status_code in (404, 405)
    out = operator.post("/operate/sign-out")
    assert out.headers["location"] == "/operate/sign-in"
    assert operator.get("/operate/config").status_code == 401


def test_the_cookie_is_no_ones_but_the_browsers_and_the_page_tells_of_a_wrong_password(app: Any) -> None:
    visitor = client(app, "192.0.2.20")
    wrong = visitor.post("/operate/sign-in", data={"name": "<Ann>", "password": "no"})
    assert wrong.status_code == 403
    assert "name or the password is wrong" in wrong.text
    assert "&lt;Ann&gt;" in wrong.text
    right = visitor.post("/operate/sign-in", data={"name": "Ann Imber", "password": PASSWORD})
    cookie = right.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=strict", "path=/operate"))


def test_a_header_is_believed_from_the_named_proxy_alone(app: Any) -> None:
    assert client(app, PROXY).get("/operate/config", headers=HEADER).status_code == 200
    assert client(app, PROXY).get("/operate/config").status_code == 401
    assert client(app, STRANGER).get("/operate/config", headers=HEADER).status_code == 401
    forged = {**HEADER, "X-Forwarded-For": PROXY, "X-Real-IP": PROXY, "Forwarded": f"for={PROXY}"}
    assert client(app, STRANGER).get("/operate/config", headers=forged).status_code == 401
    # The visitor's own header beside the proxy's: whose is whose cannot be told.
    twice = [("X-Forwarded-User", "Mallory"), ("X-Forwarded-User", "Ann Imber")]
    assert client(app, PROXY).get("/operate/config", headers=twice).status_code == 401


def test_another_sites_page_can_send_nothing_here(app: Any) -> None:
    operator = signed_in(app)
    for origin, status in (("http://evil.example", 403), ("null", 403), ("http://testserver", 200)):
        done = operator.post("/operate/upload?name=a.txt", content=b"words", headers={"Origin": origin})
        assert done.status_code == status, origin
    assert operator.post("/operate/upload", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_the_page_answers_to_its_names_alone_and_tells_browsers_to_be_careful(app: Any) -> None:
    visitor = client(app)
    assert visitor.get("/openapi.json").status_code == 404
    assert visitor.get("/", headers={"Host": "evil.example"}).status_code == 400
    here = visitor.get("/health")
    assert here.json() == {"ok": True, "ready": False}
    assert "frame-ancestors 'none'" in here.headers["content-security-policy"]
    assert here.headers["cross-origin-opener-policy"] == "same-origin"
    assert "strict-transport-security" not in here.headers
    https = {"X-Forwarded-Proto": "https"}
    assert "strict-transport-security" not in visitor.get("/health", headers=https).headers
    assert "strict-transport-security" in client(app, PROXY).get("/health", headers=https).headers


def test_nobody_can_send_more_than_the_page_has_use_for(app: Any) -> None:
    visitor = client(app)
    assert visitor.post("/gradio_api/mcp/", content=b" " * 200_001).status_code == 413
    assert visitor.post("/gradio_api/call/ask", content=b" " * 200_001).status_code == 413
    assert visitor.post("/gradio_api/queue/join", content=b" " * 15_000_001).status_code == 413
    chunks = (b" " * 100_000 for _ in range(3))  # of a length that nobody tells
    assert visitor.post("/gradio_api/call/ask", content=chunks).status_code == 413
    assert visitor.post("/gradio_api/queue/join", content=b" " * 200_001).status_code == 422


def test_wrong_passwords_are_slowed_down_for_whoever_gives_them(tmp_path: Path) -> None:
    now = [0.0]
    Operators(tmp_path).add("Ann Imber", PASSWORD)
    sign_in = SignIn(Settings(home=tmp_path), clock=lambda: now[0])
    for _ in range(3):
        assert sign_in.enter("a", "Ann Imber", "wrong") is None
    with pytest.raises(Busy):
        sign_in.enter("a", "Ann Imber", PASSWORD)
    assert sign_in.enter("b", "Ann Imber", PASSWORD)
    now[0] += 2
    assert sign_in.enter("a", "Ann Imber", PASSWORD)


def test_another_password_ends_the_sessions_of_the_old_one(tmp_path: Path) -> None:
    operators, sign_in = Operators(tmp_path), SignIn(Settings(home=tmp_path))
    operators.add("Ann Imber", PASSWORD)
    cookie = f"{COOKIE}={sign_in.enter('a', 'Ann  Imber', PASSWORD)}"
    asked = Request({"type": "http", "headers": [(b"cookie", cookie.encode())]})
    assert sign_in.who(asked) == "Ann Imber"
    operators.add("Ann Imber", "another one of these")
    assert sign_in.who(asked) is None


def test_on_this_machine_alone_sign_in_may_be_off(tmp_path: Path) -> None:
    assert SignIn(Settings(home=tmp_path)).may_be_off
    for other in ({"host": "0.0.0.0"}, {"hostnames": ("minutes.example",)}, {"sign_in_proxies": ("127.0.0.1",)}):
        assert not SignIn(Settings(home=tmp_path, **other)).may_be_off  # type: ignore[arg-type]
    Operators(tmp_path).add("Ann Imber", PASSWORD)
    assert not SignIn(Settings(home=tmp_path)).may_be_off


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Via", "CF-Connecting-IP", "True-Client-IP", "X-Client-IP"])
def test_what_came_through_an_unnamed_proxy_is_nobody_on_this_machine(tmp_path: Path, header: str) -> None:
    async def operated(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("operated")(scope, receive, send)

    here = client(Proxied(Guard(operated, SignIn(Settings(home=tmp_path))), (), ""), "127.0.0.1")
    assert here.get("/operate/config").text == "operated"
    assert here.get("/operate/config", headers={header: "192.0.2.1"}).status_code == 401


def test_a_spoilt_file_of_operators_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("not TOML")

    async def never(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError

    visitor = client(Guard(never, SignIn(Settings(home=tmp_path))), "127.0.0.1")
    for path in ("/operate/", "/operate/sign-in"):
        answer = visitor.get(path)
        assert answer.status_code == 503
        assert "operators.toml cannot be read" in answer.text
        assert str(tmp_path) not in answer.text


@pytest.mark.parametrize("told", ["192.0.2.1", "192.0.2.1:5678", "[2001:db8::1]:5678", "2001:db8::1"])
def test_a_visitor_is_told_apart_with_a_port_or_without(told: str) -> None:
    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(scope["client"][0])(scope, receive, send)

    proxied = client(Proxied(asked, (PROXY,), ""), PROXY)
    seen = proxied.get("/", headers={"X-Forwarded-For": told}).text
    assert seen == ("192.0.2.1" if "." in told else "2001:db8::1")


def test_the_command_keeps_a_hash_for_the_owner_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter([PASSWORD, PASSWORD, "one thing here", "another there", "short", "short"])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(given))
    assert onrecord("operator", "add", "Ann Imber", "--home", home).status == 0
    path = home / FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert PASSWORD not in path.read_text()
    assert "scrypt$" in path.read_text()
    differ = onrecord("operator", "add", "Bob", "--home", home)
    assert (differ.status, differ.err) == (2, "The two passwords differ; run it again.\n")
    assert "has 10 to 200 characters" in onrecord("operator", "add", "Bob", "--home", home).err
    assert onrecord("operator", "list", "--home", home).out == "Ann Imber\n"
    operators = Operators(home)
    assert operators.is_right("Ann Imber", PASSWORD)
    assert not operators.is_right("Ann Imber", PASSWORD + " ")
    assert not operators.is_right("Nobody", PASSWORD)
    assert onrecord("operator", "remove", "Ann Imber", "--home", home).status == 0
    assert not operators.is_right("Ann Imber", PASSWORD)
    with pytest.raises(UserError, match="No operator is called"):
        operators.remove("Ann Imber")
