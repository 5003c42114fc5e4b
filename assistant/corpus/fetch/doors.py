"""How the outside is reached: names looked up, addresses judged, time told."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpcore

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Doors:
    """The ways out; ``official`` gives the real ones, and no user can name others.

    Attributes:
        resolve: The addresses of a host.
        dial: Connects to one address, port and within so many seconds.
        tls: How the other side must prove who it is.
        clock: Seconds that only go on.
        sleep: Waits so many seconds.
    """

    resolve: Callable[[str, int], Sequence[str]]
    dial: Callable[[str, int, float], httpcore.NetworkStream]
    tls: ssl.SSLContext
    clock: Callable[[], float]
    sleep: Callable[[float], None]


def official() -> Doors:
    """The real ways out; nothing is reached yet."""
    return Doors(_resolve, _dial, httpcore.default_ssl_context(), time.monotonic, time.sleep)


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet, also where it is wrapped in another."""
    try:
        return _is_public(ipaddress.ip_address(address))
    except ValueError:  # such as one with a scope, "fe80::1%eth0" where that is not read
        return False


def _is_public(address: _Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id or address.teredo or address.is_site_local:
            return False
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
    )


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _dial(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
    return httpcore.SyncBackend().connect_tcp(address, port, timeout=seconds)
