"""How often one client may ask, told by an address that nobody can read again."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

_MINUTE = 60.0
_MOST_CLIENTS = 20_000  # remembered at once; the one that asked longest ago goes first


class Limit:
    """A bucket of tokens for each client, full after a minute in which nothing was asked.

    Addresses are kept as keyed hashes, in memory only, and forgotten after that minute. The key is
    made anew by each process.
    """

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = float(a_minute), clock
        self._key = secrets.token_bytes(32)
        self._lock = Lock()
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Take one token; 0 where there was one, else the seconds until there will be."""
        if not self._most:
            return 0
        name = self._name(address)
        with self._lock:
            now = self._clock()
            self._forget(now)
            tokens, then = self._buckets.pop(name, (self._most, now))
            tokens = min(self._most, tokens + (now - then) * self._most / _MINUTE)
            allowed = tokens >= 1
            self._buckets[name] = (tokens - allowed, now)
            return 0 if allowed else math.ceil((1 - tokens) * _MINUTE / self._most)

    def __len__(self) -> int:
        return len(self._buckets)

    def _forget(self, now: float) -> None:
        """Let go of whoever has been silent for a minute: the bucket is full again."""
        while self._buckets:
            name, (_, then) = next(iter(self._buckets.items()))
            if now - then < _MINUTE and len(self._buckets) < _MOST_CLIENTS:
                return
            del self._buckets[name]

    def _name(self, address: str) -> bytes:
        return hashlib.blake2b(_network(address).encode(), key=self._key, digest_size=16).digest()


def _network(address: str) -> str:
    """An IPv6 client has a whole /64 to itself, so it counts as one."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv6Address) and read.ipv4_mapped is None:
        return str(ipaddress.ip_network((read, 64), strict=False))
    return str(read)
