"""Fetching from a council's site: unhurried, whole or not at all, and never from anywhere else."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import shutil
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pytest

from corpus.errors import UserError
from ingest.fetching.polite import Fetched, NotFetched, Polite, normal
from ingest.fetching.wire import addresses, led

Wire = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Say:
    """One answer of the site; `wire` writes what comes after the status line by hand."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wire: Wire | None = None


class Site:
    """A council's site on this machine, that answers as it is told and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Say]] = {"/robots.txt": [Say(status=404)]}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.connections = 0
        site = self

        class Clerk(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self) -> None:
                site.connections += 1
                super().setup()

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                waiting = site.answers.get(self.path, [Say(status=404)])
                answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.wire:
                    self.close_connection = True
                    with contextlib.suppress(OSError):  # the reader has gone, as it should
                        answer.wire(self)
                    return
                if answer.status != 304:
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

        class Quiet(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """A reader that hangs up is what these tests are about."""

        self.server = Quiet(("127.0.0.1", 0), Clerk)
        self.server.block_on_close = False
        self.port = self.server.server_port
        self.base = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def say(self, path: str, *answers: Say | bytes) -> str:
        """What is answered at a path, in turn, the last one ever after; gives the address."""
        self.answers[path] = [Say(a) if isinstance(a, bytes) else a for a in answers]
        return self.base + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1_000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture(autouse=True)
def _no_certificates(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    # Reading all the world's certificates would take longer than most of these tests.
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path_factory.getbasetemp()))


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(site: Site, clock: Clock, tmp_path: Path) -> Iterator[Polite]:
    with Polite(site.base, tmp_path / "cache", allow_private=True, now=clock.now, sleep=clock.sleep) as opened:
        yield opened


def real_time(site: Site, cache: Path, **more: Any) -> Polite:
    """A door on the real clock that does not wait between tries."""
    return Polite(site.base, cache, pause=0, allow_private=True, sleep=lambda _: None, **more)


def refusal(door: Polite, address: str) -> NotFetched:
    with pytest.raises(NotFetched) as told:
        door.get(address)
    assert "\n" not in str(told.value)
    assert str(told.value)[0].isupper()
    return told.value


def chunked(*pieces: bytes, end: bool = True, wait: float = 0.0) -> Wire:
    def write(clerk: BaseHTTPRequestHandler) -> None:
        clerk.send_header("Transfer-Encoding", "chunked")
        clerk.end_headers()
        for piece in pieces:
            clerk.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            clerk.wfile.flush()
            time.sleep(wait)
        if end:
            clerk.wfile.write(b"0\r\n\r\n")

    return write


def cut_short(clerk: BaseHTTPRequestHandler) -> None:
    clerk.send_header("Content-Length", "500")
    clerk.end_headers()
    clerk.wfile.write(b"The committee RESOLVED")


# What comes back


def test_a_page_comes_with_what_the_site_said_of_it(site: Site, door: Polite) -> None:
    page = site.say(
        "/minutes", Say("£20".encode("cp1252"), headers={"Content-Type": "Text/HTML; charset=windows-1252"})
    )
    got = door.get(page)
    assert (got.address, got.landed, got.status, got.body) == (page, page, 200, b"\xa320")
    assert (got.content_type, got.encoding) == ("text/html", "windows-1252")
    assert datetime.now(UTC) - datetime.fromisoformat(got.fetched) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("header", "kind", "encoding"),
    [
        ('text/html; charset="UTF-8"', "text/html", "utf-8"),
        ("application/pdf", "application/pdf", None),
        ("", None, None),
        ("charset*=utf-8''x;;charset*=utf-8''x,;charset*0=", "charset*=utf-8''x", None),
    ],
)
def test_what_kind_of_page_it_is(site: Site, door: Polite, header: str, kind: str | None, encoding: str | None) -> None:
    got = door.get(site.say("/minutes", Say(b"minutes", headers={"Content-Type": header})))
    assert (got.content_type, got.encoding) == (kind, encoding)


def test_an_address_may_be_relative_to_the_base(site: Site, door: Polite) -> None:
    site.say("/mgListCommittees.aspx?bcr=1", b"committees")
    assert door.get("mgListCommittees.aspx?bcr=1").body == b"committees"


def test_the_site_is_told_who_asks(site: Site, door: Polite) -> None:
    door.get(site.say("/minutes", b"text"))
    assert {headers["user-agent"] for _, headers in site.asked} == {
        f"OnRecord/{version('on-record')} (council minutes reader)"
    }


def test_a_packed_page_is_unpacked(site: Site, door: Polite) -> None:
    # Two members one after the other are one gzip file.
    packed = gzip.compress(b"The committee ") + gzip.compress(b"agreed")
    assert (
        door.get(site.say("/packed", Say(packed, headers={"Content-Encoding": "gzip"}))).body == b"The committee agreed"
    )


def test_packing_that_was_not_asked_for_is_not_taken_for_text(site: Site, door: Polite) -> None:
    told = refusal(door, site.say("/packed", Say(b"\x8b\x00\x80\x03", headers={"Content-Encoding": "br"})))
    assert (told.kind, "br" in str(told)) == ("failed", True)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, "refused"), (403, "refused"), (404, "missing"), (410, "missing"), (400, "failed"), (204, "failed")],
)
def test_what_is_not_there_or_not_ours_is_said_at_once(site: Site, door: Polite, status: int, kind: str) -> None:
    page = site.say("/minutes", Say(status=status))
    told = refusal(door, page)
    assert (told.kind, told.address) == (kind, page)
    assert str(status) in str(told)
    assert site.paths() == ["/minutes"]


# The cache


def test_an_unchanged_page_is_not_sent_twice(site: Site, door: Polite) -> None:
    date = "Mon, 03 Mar 2025 10:00:00 GMT"
    marks = {"ETag": '"seven"', "Last-Modified": date}
    page = site.say("/minutes", Say(b"minutes", headers=marks), Say(status=304))
    first, second = door.get(page), door.get(page)
    asked = site.asked[-1][1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"seven"', date)
    assert (second.status, second.body) == (304, b"minutes")
    assert (second.fetched, second.sha256) == (first.fetched, first.sha256)


def test_a_round_of_unchanged_pages_takes_one_connection(site: Site, door: Polite) -> None:
    site.say("/robots.txt", b"")
    pages = [site.say(f"/{n}", Say(b"minutes", headers={"ETag": '"7"'}), Say(status=304)) for n in range(3)]
    for page in pages * 2:
        door.get(page)
    assert site.connections == 1


def test_the_cache_outlives_the_door(site: Site, tmp_path: Path) -> None:
    page = site.say("/minutes", Say(b"minutes", headers={"ETag": '"seven"'}), Say(status=304))
    for _ in range(2):
        with real_time(site, tmp_path) as door:
            got = door.get(page)
    assert (got.body, got.status) == (b"minutes", 304)


def test_what_may_not_be_kept_is_not_on_disk_even_from_before(site: Site, door: Polite, tmp_path: Path) -> None:
    page = site.say("/minutes", b"minutes", b"the lease")
    door.get(page)
    assert door.get(page, lambda _: None).body == b"the lease"
    assert list((tmp_path / "cache").iterdir()) == []


def test_only_what_is_clean_is_kept_also_of_what_was_kept_before(site: Site, door: Polite, tmp_path: Path) -> None:
    page = site.say("/minutes", Say(b"the lease", headers={"ETag": '"seven"'}), Say(status=304))
    for body in (door.get(page).body, *(door.get(page, lambda got: got.body[:4]).body for _ in range(2))):
        assert body in (b"the lease", b"the ")
    assert not [path for path in (tmp_path / "cache").iterdir() if b"lease" in path.read_bytes()]
    assert door.get(page).status == 304


@pytest.mark.parametrize("tear", [".json", ".body"])
@pytest.mark.parametrize("left", [b"", b'{"etag": "x"', b"[]", b"minut", None])
def test_a_torn_cache_is_fetched_again(site: Site, door: Polite, tmp_path: Path, tear: str, left: bytes | None) -> None:
    page = site.say("/minutes", *[Say(b"minutes", headers={"ETag": '"seven"'})] * 2, Say(status=304))
    door.get(page)
    torn = next(path for path in (tmp_path / "cache").iterdir() if path.suffix == tear)
    torn.unlink() if left is None else torn.write_bytes(left)
    got = door.get(page)
    assert (got.body, got.status) == (b"minutes", 200)
    assert "if-none-match" not in site.asked[-1][1]
    assert door.get(page).status == 304


def test_nothing_half_written_is_left_beside_the_cache(site: Site, door: Polite, tmp_path: Path) -> None:
    door.get(site.say("/minutes", b"minutes", b"more"))
    door.get(site.base + "/minutes")
    assert sorted(path.suffix for path in (tmp_path / "cache").iterdir()) == [".body", ".json"]


def test_a_cache_that_cannot_be_written_is_the_users_to_mend(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with real_time(site, tmp_path / "file") as door, pytest.raises(UserError, match="cannot be written"):
        door.get(site.say("/minutes", b"minutes"))


def test_a_write_that_fails_leaves_nothing_behind(site: Site, door: Polite, tmp_path: Path) -> None:
    page = site.say("/minutes", b"minutes")
    door.get(page)
    body = next((tmp_path / "cache").glob("*.body"))
    body.unlink()
    body.mkdir()
    with pytest.raises(UserError, match="cannot be written"):
        door.get(page)
    assert sorted(path.suffix for path in (tmp_path / "cache").iterdir()) == [".body", ".json"]


def test_another_visits_session_is_the_same_page(site: Site, door: Polite) -> None:
    first = door.get(site.say("/(S(lxyn5abc))/ieList.aspx?MId=7", Say(b"meeting", headers={"ETag": '"seven"'})))
    assert first.address == site.base + "/ieList.aspx?MId=7"
    again = door.get(site.say("/(S(k3q0zzzz))/ieList.aspx?MId=7", Say(status=304)) + "#item3")
    assert (again.body, again.address) == (b"meeting", first.address)


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("https://x.test/(S(lxyn5abc))/mg.aspx?a=1", "https://x.test/mg.aspx?a=1"),
        ("https://x.test/(X(1)S(lxyn5abc))/mg.aspx", "https://x.test/mg.aspx"),
        ("https://x.test/democracy/(S(lxyn5abc))/mg.aspx#top", "https://x.test/democracy/mg.aspx"),
        ("https://x.test/(S(lxyn5abc))", "https://x.test/"),
        ("https://x.test/(S(lxyn5abc))?a=1", "https://x.test/?a=1"),
        ("HTTP://X.test:80", "http://x.test/"),
        ("http://x.test/Report (S).pdf", "http://x.test/Report%20(S).pdf"),
        ("http://x.test/a%2Fb?q=%C2%A3", "http://x.test/a%2Fb?q=%C2%A3"),
    ],
)
def test_the_normal_form_of_an_address(address: str, plain: str) -> None:
    assert normal(address) == plain
    assert normal(plain) == plain


def test_a_mark_that_cannot_be_sent_back_is_left_out(site: Site, door: Polite) -> None:
    page = site.say("/minutes", Say(b"minutes", headers={"ETag": '"caf\xe9"'}))
    door.get(page)
    assert door.get(page).body == b"minutes"
    assert "if-none-match" not in site.asked[-1][1]


# Trying again


@pytest.mark.parametrize(
    "fault",
    [
        Say(status=500),
        Say(status=502),
        Say(status=503),
        Say(status=504),
        Say(status=429),
        Say(wire=cut_short),
        Say(wire=chunked(b"The committee", end=False)),
        Say(gzip.compress(b"The committee RESOLVED")[:-9], headers={"Content-Encoding": "gzip"}),
        Say(b"not gzip", headers={"Content-Encoding": "gzip"}),
        Say(wire=lambda clerk: clerk.connection.shutdown(socket.SHUT_RDWR)),
    ],
    ids=["500", "502", "503", "504", "429", "short", "chunks", "gzip short", "not gzip", "hang up"],
)
def test_a_fault_that_passes_is_not_noticed(site: Site, door: Polite, clock: Clock, fault: Say) -> None:
    page = site.say("/minutes", fault, fault, b"The committee RESOLVED to defer.")
    assert door.get(page).body == b"The committee RESOLVED to defer."
    assert site.paths() == ["/minutes"] * 3
    first, second = (seconds for seconds in clock.slept[-2:])
    assert 1 <= first <= 2 <= second <= 3


def test_what_is_always_cut_short_is_never_taken_for_whole(site: Site, door: Polite, tmp_path: Path) -> None:
    told = refusal(door, site.say("/minutes", Say(wire=cut_short)))
    assert told.kind == "failed"
    assert len(site.paths()) == 4
    assert not (tmp_path / "cache").exists()


def test_a_failure_leaves_what_was_had_before(site: Site, door: Polite) -> None:
    marked = Say(b"minutes", headers={"ETag": '"seven"'})
    page = site.say("/minutes", marked, *[Say(status=500)] * 4, Say(status=304))
    door.get(page)
    assert refusal(door, page).kind == "failed"
    assert door.get(page).body == b"minutes"


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("7", 7, 7),
        ("99999", 120, 120),
        ("Mon, 01 Jan 2125 10:00:00 GMT", 120, 120),
        ("Mon, 03 Mar 2025 10:00:00 GMT", 1, 1),  # the pause is kept all the same
        ("soon", 1, 2),
        ("²", 1, 2),
    ],
)
def test_the_site_says_how_long_to_wait(
    site: Site, door: Polite, clock: Clock, asked: str, least: float, most: float
) -> None:
    page = site.say("/minutes", Say(status=429, headers={"Retry-After": asked}), b"minutes")
    site.answers["/minutes"][0].headers["Retry-After"] = asked.encode().decode("latin-1")
    assert door.get(page).body == b"minutes"
    assert least <= clock.slept[-1] <= most


def test_a_dead_site_is_given_up_on(clock: Clock, tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{unused.getsockname()[1]}"
    with Polite(base, tmp_path, allow_private=True, now=clock.now, sleep=clock.sleep) as door:
        assert "robots.txt could not be read" in str(refusal(door, base))


# Manners


def test_requests_keep_their_distance(site: Site, door: Polite, clock: Clock) -> None:
    pages = [site.say(f"/{number}", b"minutes") for number in range(3)]
    for page in pages:
        door.get(page)
    assert clock.slept == [1.0, 1.0, 1.0]  # robots.txt comes first, at once
    clock.time += 0.75
    door.get(pages[0])
    assert clock.slept[3:] == [0.25]
    clock.time += 10
    door.get(pages[0])
    assert len(clock.slept) == 4


def test_threads_take_turns_and_keep_their_distance_too(site: Site, tmp_path: Path) -> None:
    times: list[float] = []

    def timed(clerk: BaseHTTPRequestHandler) -> None:
        times.append(time.monotonic())
        chunked(b"minutes")(clerk)

    pages = [site.say(f"/{number}", Say(wire=timed)) for number in range(4)]
    got: list[Fetched] = []
    with Polite(site.base, tmp_path, pause=0.1, allow_private=True) as door:
        readers = [threading.Thread(target=lambda page=page: got.append(door.get(page))) for page in pages]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join(timeout=10)
    assert len(got) == 4
    assert min(after - before for before, after in itertools.pairwise(times)) >= 0.1


@pytest.mark.parametrize(("asked", "kept"), [("5", 5.0), ("0.1", 1.0), ("3600", 30.0), ("-1", 1.0), ("soon", 1.0)])
def test_robots_may_ask_for_a_longer_pause(site: Site, door: Polite, clock: Clock, asked: str, kept: float) -> None:
    site.say("/robots.txt", f"User-agent: *\nCrawl-delay: {asked}".encode())
    door.get(site.say("/minutes", b"minutes"))
    assert clock.slept == [pytest.approx(kept)]


@pytest.mark.parametrize("agent", ["*", "OnRecord", "onrecord"])
def test_robots_is_read_once_and_obeyed(site: Site, door: Polite, agent: str) -> None:
    site.say("/robots.txt", f"\ufeffUser-agent: {agent}\nDisallow: /private/\nAllow: /\n".encode())
    told = refusal(door, site.say("/private/minutes", b"secret"))
    assert (told.kind, "robots.txt" in str(told)) == ("refused", True)
    assert refusal(door, site.say("/(S(lxyn5abc))/private/minutes", b"secret")).kind == "refused"
    assert door.get(site.say("/minutes", b"minutes")).body == b"minutes"
    assert [path for path, _ in site.asked] == ["/robots.txt", "/minutes"]


def test_robots_for_others_are_not_for_us(site: Site, door: Polite) -> None:
    site.say("/robots.txt", b"User-agent: Otherbot\nDisallow: /\n")
    assert door.get(site.say("/minutes", b"minutes")).body == b"minutes"


def test_robots_holds_where_a_page_leads_too(site: Site, door: Polite) -> None:
    site.say("/robots.txt", b"User-agent: *\nDisallow: /private/\n")
    site.say("/private/minutes", b"secret")
    assert (
        refusal(door, site.say("/minutes", Say(status=302, headers={"Location": "/private/minutes"}))).kind == "refused"
    )
    assert "/private/minutes" not in site.paths()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_robots_means_welcome(site: Site, door: Polite, status: int) -> None:
    site.say("/robots.txt", Say(status=status))
    assert door.get(site.say("/minutes", b"minutes")).body == b"minutes"


@pytest.mark.parametrize("answer", [Say(status=500), Say(status=503), Say(status=501), Say(wire=cut_short)])
def test_broken_robots_means_keep_out(site: Site, door: Polite, answer: Say) -> None:
    site.say("/robots.txt", answer)
    page = site.say("/minutes", b"minutes")
    told = refusal(door, page)
    assert told.kind == "refused"
    assert "robots.txt could not be read, so nothing is fetched" in str(told)
    asked = len(site.asked)
    assert refusal(door, page).kind == "refused"
    assert len(site.asked) == asked  # not asked again and again
    assert site.paths() == []


def test_robots_may_be_somewhere_else_on_the_site(site: Site, door: Polite) -> None:
    site.say("/robots.txt", Say(status=301, headers={"Location": "/main/robots.txt"}))
    site.say("/main/robots.txt", b"User-agent: *\nDisallow: /private")
    assert refusal(door, site.base + "/private").kind == "refused"


# Safety


def test_a_redirect_on_the_site_is_followed(site: Site, door: Polite) -> None:
    page = site.say("/old?id=7", Say(status=301, headers={"Location": "/(S(abc1))/new?id=7#top"}))
    site.say("/(S(abc1))/new?id=7", b"minutes")
    got = door.get(page)
    assert (got.body, got.address, got.landed) == (b"minutes", page, site.base + "/new?id=7")


def test_a_page_that_leads_elsewhere_now_is_not_taken_for_unchanged(site: Site, door: Polite) -> None:
    to = [Say(status=302, headers={"Location": path}) for path in ("/march", "/april")]
    page = site.say("/latest", *to)
    site.say("/march", Say(b"March", headers={"ETag": '"1"'}))
    site.say("/april", Say(b"April", headers={"ETag": '"1"'}))
    assert [door.get(page).body for _ in range(2)] == [b"March", b"April"]
    assert "if-none-match" not in site.asked[-1][1]
    site.say("/april", Say(status=304))
    assert door.get(page).body == b"April"


def test_round_and_round_ends(site: Site, door: Polite) -> None:
    page = site.say("/here", Say(status=302, headers={"Location": "/there"}))
    site.say("/there", Say(status=302, headers={"Location": "/here"}))
    assert refusal(door, page).kind == "failed"
    assert len(site.paths()) == 6


def test_the_step_from_http_to_https_is_allowed() -> None:
    assert str(led(httpx.URL("http://x.test/a"), "https://x.test/b")) == "https://x.test/b"


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/minutes",
        "http://localhost:{port}/minutes",
        "http://127.0.0.1/minutes",
        "http://127.0.0.1:1/minutes",
        "https://127.0.0.1/minutes",
        "//council.test/minutes",
        "http://169.254.169.254/latest/meta-data/",
        "http://user:word@127.0.0.1:{port}/minutes",
        "http://[bad/",
        ":http://-[,--b&-",
        "//xn--/",
        "http://127.0.0.1:99999/",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_led_away_from_the_site(site: Site, door: Polite, location: str) -> None:
    site.say("/minutes", b"not to be had")
    page = site.say("/start", Say(status=302, headers={"Location": location.format(port=site.port)}))
    told = refusal(door, page)
    assert (told.kind, told.address) == ("unsafe", page)
    assert site.paths() == ["/start"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://user:word@127.0.0.1/",
        "http://[bad",
        "http://xn--/",
        "http://council.test/minutes",
        "mailto:clerk@council.test",
        "http://127.0.0.1:1/minutes",
        "http://127.0.0.1\x00/",
    ],
)
def test_only_the_councils_own_addresses_are_asked(site: Site, door: Polite, address: str) -> None:
    assert refusal(door, address).kind == "unsafe"
    assert site.asked == []


@pytest.mark.parametrize("base", ["127.0.0.1", "file:///etc", "https://user:word@council.test/"])
def test_a_base_that_is_no_site_is_refused_at_once(base: str, tmp_path: Path) -> None:
    with pytest.raises(NotFetched):
        Polite(base, tmp_path)


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str], name: str = "council.test") -> list[str]:
    """Make a host name mean these addresses, another list each time it is asked; gives what was asked."""
    real, asked = socket.getaddrinfo, []
    waiting = list(answers)

    def found(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        if host != name:
            return real(host, port, *rest, **more)
        asked.append(host)
        addresses = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return [entry for address in addresses for entry in real(address, port, type=socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return asked


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["192.168.0.9"],
        ["172.16.0.1"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["224.0.0.1"],
        ["240.0.0.1"],
        ["255.255.255.255"],
        ["0.0.0.0"],
        ["::1"],
        ["::"],
        ["fe80::1"],
        ["fd00::1"],
        ["fec0::1"],
        ["ff02::1"],
        ["::ffff:127.0.0.1"],
        ["::ffff:8.8.8.8"],
        ["64:ff9b::7f00:1"],
        ["64:ff9b:1::a00:1"],
        ["2002:7f00:1::1"],
        ["2001:db8::1"],
        ["2001::1"],
        ["8.8.8.8", "127.0.0.1"],
    ],
    ids=" ".join,
)
def test_a_name_for_somewhere_private_is_not_connected_to(
    site: Site, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    resolving(monkeypatch, addresses)
    connected: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: connected.append(a) or pytest.fail("connected"))
    base = f"http://council.test:{site.port}"
    with Polite(base, tmp_path, now=clock.now, sleep=clock.sleep) as door:
        told = refusal(door, base + "/minutes")
    assert (told.kind, "council.test" in str(told)) == ("unsafe", True)
    assert (connected, site.connections, clock.slept) == ([], 0, [])


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "[::1]"]
)
def test_no_spelling_of_this_machine_is_let_through(site: Site, clock: Clock, tmp_path: Path, host: str) -> None:
    base = f"http://{host}:{site.port}"
    with Polite(base, tmp_path, now=clock.now, sleep=clock.sleep) as door:
        assert refusal(door, base + "/minutes").kind in ("unsafe", "refused")
    assert site.connections == 0


@pytest.mark.parametrize("address", ["8.8.8.8", "185.199.108.153", "2a00:1450:4009::1"])
def test_a_public_address_is_safe(address: str) -> None:
    assert addresses(address, 443, False) == [address]


def test_the_connection_goes_to_the_address_that_was_checked(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Were the name looked up a second time for connecting, it would lead to nobody.
    asked = resolving(monkeypatch, ["127.0.0.1"], ["127.0.0.9"])
    base = f"http://council.test:{site.port}"
    site.say("/robots.txt", b"")
    site.say("/minutes", b"minutes")
    with Polite(base, tmp_path, pause=0, tries=1, allow_private=True) as door:
        assert door.get(base + "/minutes").body == b"minutes"
    assert asked == ["council.test"]
    assert site.asked[-1][1]["host"] == f"council.test:{site.port}"


def test_a_dead_address_does_not_hide_a_live_one(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, ["127.0.0.9", "127.0.0.1"])
    base = f"http://council.test:{site.port}"
    site.say("/minutes", b"minutes")
    with Polite(base, tmp_path, pause=0, allow_private=True) as door:
        assert door.get(base + "/minutes").body == b"minutes"


def test_a_name_that_nobody_knows(clock: Clock, tmp_path: Path) -> None:
    base = f"http://{'a' * 64}.test"  # too long for any look-up, so none goes out
    with Polite(base, tmp_path, now=clock.now, sleep=clock.sleep) as door:
        assert "is not known" in str(refusal(door, base))


def test_proxies_of_the_environment_are_left_aside(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with real_time(site, tmp_path) as door:
        assert door.get(site.say("/minutes", b"minutes")).body == b"minutes"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
def test_a_certificate_must_be_for_the_name_that_was_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=council.test", "-addext", "subjectAltName=DNS:council.test", "-keyout", made, "-out", made],
        check=True, capture_output=True, timeout=30,
    )  # fmt: skip
    site = Site()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.say("/minutes", b"minutes")
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    resolving(monkeypatch, ["127.0.0.1"])
    with Polite(f"https://council.test:{site.port}", tmp_path / "a", pause=0, allow_private=True) as door:
        assert door.get("/minutes").body == b"minutes"
        site.say("/plain", Say(status=302, headers={"Location": f"http://council.test:{site.port}/minutes"}))
        assert refusal(door, "/plain").kind == "unsafe"  # and never from https to http
    with Polite(f"https://localhost:{site.port}", tmp_path / "b", tries=1, allow_private=True) as door:
        assert "certificate" in str(refusal(door, "/minutes"))
    assert site.paths() == ["/minutes", "/plain"]
    site.close()


# Size and time


def test_a_body_over_the_limit_is_dropped_on_the_way(site: Site, tmp_path: Path) -> None:
    sent: list[int] = []

    def endless(clerk: BaseHTTPRequestHandler) -> None:
        clerk.send_header("Transfer-Encoding", "chunked")
        clerk.end_headers()
        for _ in range(100_000):
            sent.append(clerk.wfile.write(b"186a0\r\n" + b"x" * 100_000 + b"\r\n"))

    with real_time(site, tmp_path, limit=1_000_000) as door:
        told = refusal(door, site.say("/endless", Say(wire=endless)))
        assert (told.kind, "1 MB" in str(told)) == ("too large", True)
        assert sum(sent) < 100_000_000
        assert len(door.get(site.say("/just", b"x" * 1_000_000)).body) == 1_000_000
    assert site.paths() == ["/endless", "/just"]


def test_what_is_announced_as_too_large_is_not_begun(site: Site, tmp_path: Path) -> None:
    def huge(clerk: BaseHTTPRequestHandler) -> None:
        clerk.send_header("Content-Length", "2000000000")
        clerk.end_headers()
        time.sleep(1)

    begun = time.monotonic()
    with real_time(site, tmp_path) as door:
        assert refusal(door, site.say("/huge", Say(wire=huge))).kind == "too large"
    assert time.monotonic() - begun < 0.9


def test_a_bomb_is_not_unpacked(site: Site, tmp_path: Path) -> None:
    bomb = site.say("/bomb", Say(gzip.compress(b"0" * 30_000_000), headers={"Content-Encoding": "gzip"}))
    with real_time(site, tmp_path / "cache", limit=1_000_000) as door:
        tracemalloc.start()
        told = refusal(door, bomb)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert told.kind == "too large"
    assert most < 8_000_000
    assert not (tmp_path / "cache").exists()


def drip_headers(clerk: BaseHTTPRequestHandler) -> None:
    clerk.end_headers = lambda: None  # type: ignore[method-assign]
    clerk.flush_headers()
    for _ in range(100):
        clerk.wfile.write(b"X")
        clerk.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize(
    "slow",
    [
        Say(wire=chunked(*[b"drop"] * 100, wait=0.05)),
        Say(wire=chunked(*[bytes([b]) for b in gzip.compress(b"drop" * 99)], wait=0.05),
            headers={"Content-Encoding": "gzip"}),
        Say(wire=drip_headers),
    ],
    ids=["body", "packed body", "headers"],
)  # fmt: skip
def test_drop_by_drop_ends_at_the_deadline(site: Site, tmp_path: Path, slow: Say) -> None:
    with real_time(site, tmp_path, deadline=0.4) as door:
        begun = time.monotonic()
        told = refusal(door, site.say("/slow", slow))
        assert time.monotonic() - begun < 2
    assert (told.kind, str(told)) == ("failed", "It took longer than 0.4 seconds")
    assert site.paths() == ["/slow"]  # and is not tried again


def test_silence_is_tried_again(site: Site, tmp_path: Path) -> None:
    begun = time.monotonic()
    silent = Say(wire=lambda clerk: time.sleep(4))
    with real_time(site, tmp_path, timeout=0.2) as door:
        assert door.get(site.say("/minutes", silent, b"minutes")).body == b"minutes"
    assert len(site.paths()) == 2
    assert time.monotonic() - begun < 3
