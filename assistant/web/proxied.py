"""Who asks, behind proxies: what a proxy says of a visitor is believed only where the proxy is one of those named."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

# Whatever else calls itself forwarded is dropped too: Gradio would believe it.
FORWARDED = (
    b"forwarded", b"x-forwarded-", b"x-real-ip", b"x-client-ip", b"true-client-ip", b"cf-", b"via", b"x-gradio-server"
)  # fmt: skip

Headers = list[tuple[bytes, bytes]]


class Proxied:
    """Sets what the rest of the page goes by: `client` is the visitor, `scheme` how they came, and in `state` the
    `operator` that a named proxy vouches for (None where none does), and whether it came `through` a named proxy, or
    from an `unnamed` one, as its headers betray.

    From anybody else, the headers that would say such things are taken away.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[str], sign_in_header: str) -> None:
        """`proxies` are addresses or networks; `sign_in_header` is empty where there is no single sign-on."""
        self.app = app
        self._proxies = [ipaddress.ip_network(address, strict=False) for address in proxies]
        self._header = sign_in_header.lower().encode("latin-1", "replace")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with what is known of its visitor."""
        if scope["type"] in ("http", "websocket"):
            peer = str((scope.get("client") or ("",))[0])
            through = self._is_named(peer)
            headers: Headers = list(scope["headers"])
            state = {**scope.get("state", {}), "through": through, "unnamed": False, "operator": None}
            scope = {**scope, "state": state}
            if through:
                state["operator"] = self._operator(headers)
                scope["client"] = (self._visitor(headers) or peer, 0)
                scope["scheme"] = "https" if _only(headers, b"x-forwarded-proto") == "https" else scope["scheme"]
            else:
                headers = [(name, value) for name, value in headers if not name.startswith(FORWARDED)]
                state["unnamed"] = len(headers) < len(scope["headers"])
            scope["headers"] = [(name, value) for name, value in headers if name != self._header]
        await self.app(scope, receive, send)

    def _operator(self, headers: Headers) -> str | None:
        return (_only(headers, self._header) or None) if self._header else None

    def _visitor(self, headers: Headers) -> str | None:
        """The last address that is no named proxy's: what stands before it, anybody may have written."""
        told = [_without_port(part.strip()) for part in ",".join(_all(headers, b"x-forwarded-for")).split(",")]
        last = next((part for part in reversed(told) if not self._is_named(part)), "")
        return last if _address(last) else None

    def _is_named(self, address: str) -> bool:
        held = _address(address)
        return held is not None and any(held in network for network in self._proxies)


def _all(headers: Headers, name: bytes) -> list[str]:
    return [value.decode("latin-1").strip() for key, value in headers if key == name]


def _only(headers: Headers, name: bytes) -> str:
    """The value of a header that stands there once: of two, one may be the visitor's own."""
    found = _all(headers, name)
    return found[0] if len(found) == 1 else ""


def _without_port(address: str) -> str:
    """An address of 192.0.2.1:5678, or [2001:db8::1]:5678, as some proxies tell it."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def _address(words: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(words)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
