"""The one door to a council's site: unhurried, honest about who asks, and not to be led anywhere else."""

from __future__ import annotations

import gzip
import hashlib
import io
import math
import re
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from typing import Self

import httpcore
import httpx
from protego import Protego
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from ingest.fetching.fetched import Again, Fetched, Kind, NotFetched, Stop, drop, held_in, keep
from ingest.fetching.wire import Door, Wire, led, normal, web_address

__all__ = ["Fetched", "Kind", "NotFetched", "Polite", "normal"]

NAME = "OnRecord"  # what a site's robots.txt calls us
REDIRECTS = 5
CONNECT = 20.0  # seconds for each address of a host, or one that is dead would use up the others' time
LONGEST_DELAY = 30.0  # seconds between requests, whatever robots.txt asks
LONGEST_WAIT = 120.0  # seconds before trying again, whatever Retry-After asks
ROBOTS_READ = 512_000  # bytes; RFC 9309 asks for 500 KiB at least
BUSY = {429, 500, 502, 503, 504}  # worth trying again
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE | re.ASCII)
TROUBLE = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError)


@dataclass(frozen=True, slots=True)
class _Robots:
    rules: Protego
    kind: Kind = "refused"
    reason: str = "The site's robots.txt asks programs not to fetch it"


class Polite:
    """Fetches from one council's site, one request at a time. Close it, or use it as a context manager."""

    def __init__(
        self,
        base: str,
        cache: Path,
        *,
        pause: float = 1.0,
        timeout: float = 120.0,
        limit: int = 50_000_000,
        deadline: float = 300.0,
        tries: int = 4,
        allow_private: bool = False,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Ready to fetch from the host of `base`; nothing is asked of it yet.

        `pause` is the seconds between requests, `timeout` those of silence in one, `deadline` those that one may last;
        `limit` is the bytes of a body, packed or unpacked. Raises NotFetched where `base` is no web address.
        """
        self._base = web_address(base)
        self._cache = cache
        self._pause, self._limit, self._deadline, self._tries = pause, limit, deadline, tries
        self._now, self._sleep = now, sleep
        self._last = -math.inf  # when the last answer ended
        self._robots: _Robots | None = None
        self._one = threading.Lock()
        self._door = Door(allow_private, now)
        agent = f"{NAME}/{version('on-record')} (council minutes reader)"
        # What the environment says of proxies is left aside: a proxy would connect where nobody checked.
        self._client = httpx.Client(
            transport=Wire(self._door),
            trust_env=False,
            timeout=httpx.Timeout(timeout, connect=min(timeout, CONNECT)),
            headers={"User-Agent": agent, "Accept-Encoding": "gzip"},
        )

    def __enter__(self) -> Self:
        """The door itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def get(self, address: str, clean: Callable[[Fetched], bytes | None] | None = None) -> Fetched:
        """What is at an address, absolute or relative to the base. Raises NotFetched.

        With `clean`, its body is what `clean` makes of it, before the cache sees it; for None it is not kept at all.
        """
        url = web_address(address, self._base)
        key = normal(str(url))
        if (url.host, url.port) != (self._base.host, self._base.port):
            raise NotFetched(key, "unsafe", f"It is on {url.netloc.decode()}, not on {self._base.netloc.decode()}")
        with self._one:
            held = held_in(self._cache, key)
            try:
                fetched = self._fetch(url, key, held)
            except Stop as stop:
                raise NotFetched(key, stop.kind, str(stop)) from None
            cleaned = clean(fetched) if clean else fetched.body
            if cleaned is None:
                drop(self._cache, key)
                return fetched
            if fetched.status == 200 or cleaned != fetched.body:
                fetched = replace(fetched, body=cleaned, sha256=hashlib.sha256(cleaned).hexdigest())
                keep(self._cache, replace(fetched, status=200))
            return fetched

    def forget(self, address: str) -> None:
        """Keep nothing of what is at an address: where it is asked for again, all of it comes anew."""
        with self._one:
            drop(self._cache, normal(str(web_address(address, self._base))))

    def _fetch(self, url: httpx.URL, key: str, held: Fetched | None) -> Fetched:
        end, response, body = self._follow(url, held)
        landed = normal(str(end))
        status = response.status_code
        if status == 304 and held and held.landed == landed:
            return replace(held, status=304)
        if status in (401, 403):
            raise Stop("refused", f"The site does not let us have it (HTTP {status})")
        if status in (404, 410):
            raise Stop("missing", f"The site has nothing there (HTTP {status})")
        if status != 200:
            raise Stop("failed", f"The site answered with HTTP {status}")
        content_type = response.headers.get("content-type", "")
        charset = CHARSET.search(content_type)
        return Fetched(
            address=key,
            landed=landed,
            status=200,
            body=body,
            sha256=hashlib.sha256(body).hexdigest(),
            fetched=datetime.now(UTC).isoformat(timespec="seconds"),
            content_type=content_type.partition(";")[0].strip().lower() or None,
            encoding=charset.group(1).lower() if charset else None,
            etag=_sendable(response.headers.get("etag")),
            last_modified=_sendable(response.headers.get("last-modified")),
        )

    def _follow(
        self, url: httpx.URL, held: Fetched | None = None, obey: bool = True
    ) -> tuple[httpx.URL, httpx.Response, bytes]:
        for _ in range(REDIRECTS + 1):
            if obey:
                self._obey(url)
            # Another page's date says nothing of this one: the conditions go where the body came from, only there.
            conditions = _conditions(held) if held and held.landed == normal(str(url)) else {}
            response, body = self._exchange(url, conditions)
            if not response.has_redirect_location:
                return url, response, body
            url = led(url, response.headers["location"])
        raise Stop("failed", f"It leads from one address to the next, more than {REDIRECTS} times")

    def _obey(self, url: httpx.URL) -> None:
        if self._robots is None:
            self._robots = self._read_robots(url)
            asked = self._robots.rules.crawl_delay(NAME) or 0.0
            self._pause = max(self._pause, min(asked, LONGEST_DELAY))
        # A rule on /secret/ means /(S(lxyn5abc))/secret/ as well.
        if not all(self._robots.rules.can_fetch(form, NAME) for form in (str(url), normal(str(url)))):
            raise Stop(self._robots.kind, self._robots.reason)

    def _read_robots(self, url: httpx.URL) -> _Robots:
        # RFC 9309: no robots.txt means welcome, a broken one means keep out.
        nothing = Protego.parse("User-agent: *\nDisallow: /")
        unread = "The site's robots.txt could not be read, so nothing is fetched from it"
        try:
            _, response, body = self._follow(url.join("/robots.txt"), obey=False)
        except Stop as stop:
            if stop.kind == "unsafe":
                return _Robots(nothing, "unsafe", str(stop))
            return _Robots(nothing, reason=f"{unread} ({stop})")
        if response.status_code == 200:
            return _Robots(Protego.parse(body[:ROBOTS_READ].decode("utf-8-sig", "replace")))
        if 400 <= response.status_code < 500:
            return _Robots(Protego.parse(""))
        return _Robots(nothing, reason=f"{unread} (HTTP {response.status_code})")

    def _exchange(self, url: httpx.URL, conditions: dict[str, str]) -> tuple[httpx.Response, bytes]:
        retrying = Retrying(
            stop=stop_after_attempt(self._tries),
            wait=_wait,
            retry=retry_if_exception_type(Again),
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._once, url, conditions)

    def _once(self, url: httpx.URL, conditions: dict[str, str]) -> tuple[httpx.Response, bytes]:
        due = self._last + self._pause
        if due > self._now():
            self._sleep(due - self._now())
        self._door.ends = self._now() + self._deadline
        try:
            with self._client.stream("GET", url, headers=conditions) as response:
                if response.status_code in BUSY:
                    after = _retry_after(response.headers.get("retry-after", ""))
                    raise Again("failed", f"The site is out of order or busy (HTTP {response.status_code})", after)
                if response.status_code == 304:
                    response.read()  # it has no body; read to its end, the connection stays open
                return response, self._body(response) if response.status_code == 200 else b""
        except TROUBLE as error:
            if self._now() >= self._door.ends:
                raise Stop("failed", f"It took longer than {self._deadline:g} seconds") from None
            raise Again("failed", f"The connection failed ({str(error) or error.__class__.__name__})") from None
        except (httpx.InvalidURL, httpx.RemoteProtocolError, ValueError):
            # httpx reads where a redirect leads even if it is not to follow it, and trips over some.
            raise Stop("unsafe", "It leads to what is no web address") from None
        finally:
            self._last = self._now()

    def _body(self, response: httpx.Response) -> bytes:
        packing = response.headers.get("content-encoding", "").strip().lower() or "identity"
        if packing not in ("identity", "gzip", "x-gzip"):
            raise Stop("failed", f"The site sent it packed as {packing}, which was not asked for")
        self._check_size(int(response.headers.get("content-length", 0)))
        body = bytearray()
        for piece in response.iter_raw():
            body += piece
            self._check_size(len(body))
        if packing == "identity":
            return bytes(body)
        # Unpacked here and not by httpx, which unpacks first and lets one count afterwards.
        try:
            unpacked = gzip.GzipFile(fileobj=io.BytesIO(body)).read(self._limit + 1)
        except (EOFError, OSError, zlib.error):
            raise Again("failed", "It came broken or cut short") from None
        self._check_size(len(unpacked))
        return unpacked

    def _check_size(self, size: int) -> None:
        if size > self._limit:
            raise Stop("too large", f"It has more than {self._limit / 1_000_000:g} MB")


def _conditions(held: Fetched) -> dict[str, str]:
    given = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified}
    return {name: value for name, value in given.items() if value}


def _sendable(value: str | None) -> str | None:
    return value if value and value.isascii() and value.isprintable() else None


def _retry_after(header: str) -> float | None:
    try:
        if header.isdigit():
            seconds = float(header)
        else:
            seconds = (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _wait(state: RetryCallState) -> float:
    failed = state.outcome.exception() if state.outcome else None
    if isinstance(failed, Again) and failed.after is not None:
        return failed.after
    return wait_exponential_jitter(initial=1, max=60)(state)
