"""Addresses, and connections to them: only to what is public, only where it was checked, never for too long."""

from __future__ import annotations

import ipaddress
import math
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from ingest.fetching.fetched import NotFetched, Stop

# ASP.NET without cookies writes its session into the path, another one for every visit: /(S(lxyn5abc))/
_SESSION = re.compile(rb"/\((?:[A-Z]\([^()/]*\))+\)(?=[/?]|$)")
# All the global unicast there is in IPv6: mapped IPv4, NAT64, unique local and site local lie outside it.
_UNICAST = ipaddress.ip_network("2000::/3")


def normal(address: str) -> str:
    """An address without its fragment and session id, for comparing. Raises NotFetched for what is no address."""
    url = web_address(address)
    path = _SESSION.sub(b"", url.raw_path)
    return str(url.copy_with(raw_path=path if path.startswith(b"/") else b"/" + path, fragment=None))


def web_address(address: str, base: httpx.URL | None = None) -> httpx.URL:
    """An address taken apart, relative to a base if there is one. Raises NotFetched for what is not to be asked."""
    try:
        url = base.join(address) if base else httpx.URL(address)
        named = bool(url.host)  # asking is what finds out whether an international name is one
    except (httpx.InvalidURL, ValueError):
        raise NotFetched(address, "unsafe", "It is no web address") from None
    if url.scheme not in ("http", "https") or not named:
        raise NotFetched(address, "unsafe", "It is no http or https address")
    if url.userinfo:
        raise NotFetched(address, "unsafe", "It has a user name or password in it")
    return url


def led(url: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads. Raises Stop for anywhere but the same site."""
    try:
        to = web_address(location, url)
    except NotFetched as reason:
        raise Stop("unsafe", f"It leads to another address, and that is not safe: {reason}") from None
    if (to.host, to.port) != (url.host, url.port) or to.scheme not in (url.scheme, "https"):
        raise Stop(
            "unsafe", f"It leads away from {url.scheme}://{url.netloc.decode()}, to {to.scheme}://{to.netloc.decode()}"
        )
    return to


class Door(httpcore.NetworkBackend):
    """Connects to addresses that were checked, to these very ones, and waits no longer than `ends`."""

    def __init__(self, allow_private: bool, now: Callable[[], float]) -> None:
        """Nothing is connected yet."""
        self._allow_private = allow_private
        self._now = now
        self._plain = httpcore.SyncBackend()
        self.ends = math.inf

    def left(self, timeout: float | None) -> float:
        """Seconds to wait at most. Raises ReadTimeout where there are none."""
        left = self.ends - self._now()
        if left <= 0:
            raise httpcore.ReadTimeout("no time is left")
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of a host's addresses that answers. Raises Stop where one is private."""
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        # Asked once only: a name that is asked again to connect may by then mean another machine.
        for address in addresses(host, port, self._allow_private):
            try:
                stream = self._plain.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
                return _Timed(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


class _Timed(httpcore.NetworkStream):
    """A connection on which every wait, for one byte of a header too, ends when the request's time is up."""

    def __init__(self, plain: httpcore.NetworkStream, door: Door) -> None:
        self._plain = plain
        self._door = door

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._plain.read(max_bytes, self._door.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._plain.write(buffer, self._door.left(timeout))

    def close(self) -> None:
        self._plain.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._plain.start_tls(ssl_context, server_hostname, self._door.left(timeout)), self._door)

    def get_extra_info(self, info: str) -> Any:
        return self._plain.get_extra_info(info)


class Wire(httpx.BaseTransport):
    """httpx's own transport takes no network backend; httpcore's pool does."""

    def __init__(self, door: Door) -> None:
        """One connection at a time, through the door."""
        self._pool = httpcore.ConnectionPool(httpx.create_ssl_context(), max_connections=1, network_backend=door)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request that has no body."""
        to = request.url
        url = httpcore.URL(scheme=to.raw_scheme, host=to.raw_host, port=to.port, target=to.raw_path)
        asked = httpcore.Request("GET", url, headers=request.headers.raw, extensions=request.extensions)
        answer = self._pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Let go of the connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def addresses(host: str, port: int, allow_private: bool) -> list[str]:
    """The numeric addresses of a host, none of them inside somebody's network."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise httpcore.ConnectError(f"{host} is not known") from None
    for address in found:
        if not (allow_private or _is_public(address)):
            raise Stop("unsafe", f"It is at {address} ({host}), which is not on the public internet")
    return list(dict.fromkeys(found))


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv4Address):
        return parsed.is_global and not parsed.is_multicast
    return parsed in _UNICAST and parsed.is_global and parsed.sixtofour is None
