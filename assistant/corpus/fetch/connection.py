"""A connection to the very address that was judged, and no longer than was said.

Between a look-up and a connection a host name may come to lead elsewhere (DNS rebinding): so it is
looked up once, every address it has is judged, and one of these is dialled by its number. The
certificate is still held to the name.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from assistant.corpus.fetch.catalogue import Host
from assistant.corpus.fetch.doors import Doors, is_public
from assistant.errors import ServiceError

_HOSTS = frozenset(each.value for each in Host)
_HTTPS = 443
_MOST_ADDRESSES = 4  # that are tried, one after another

OFFLINE = (
    "Connect this machine to the internet and try again, or download the text elsewhere and give "
    "it to `assistant corpus import`."
)


class Deadline:
    """The end of the time that a whole answer may take; each step gets what is left of it."""

    def __init__(self, clock: Callable[[], float], seconds: float, host: str) -> None:
        self._clock, self._seconds, self._host = clock, seconds, host
        self._end = clock() + seconds

    def within(self, seconds: float | None) -> float:
        """So many seconds, or what is left if that is less.

        Raises:
            ServiceError: Nothing is left.
        """
        left = self._end - self._clock()
        if left <= 0:
            what = f"{self._host} took longer than {self._seconds:.0f} s for one answer"
            raise ServiceError(f"{what}. Try again later.")
        return left if seconds is None else min(seconds, left)


def pool_for(doors: Doors, deadline: Deadline) -> httpcore.ConnectionPool:
    """A pool for one answer: it keeps no connection, follows nothing and knows no proxy."""
    return httpcore.ConnectionPool(
        ssl_context=doors.tls,
        max_connections=1,
        max_keepalive_connections=0,
        network_backend=_Judged(doors, deadline),
    )


class _Judged(httpcore.NetworkBackend):
    """Connects to official hosts alone, at addresses of the open internet."""

    def __init__(self, doors: Doors, deadline: Deadline) -> None:
        self._doors, self._deadline = doors, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        if host not in _HOSTS or port != _HTTPS:
            raise ServiceError("A host that is no official service was to be reached; it was not.")
        failure: Exception | None = None
        for address in self._addresses(host):
            try:
                stream = self._doors.dial(address, port, self._deadline.within(timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Timed(stream, self._deadline)
        raise failure or httpcore.ConnectError("no address")

    def _addresses(self, host: str) -> list[str]:
        try:
            found = list(self._doors.resolve(host, _HTTPS))
        except OSError as error:
            why = "no network" if isinstance(error, socket.gaierror) else error.strerror or "?"
            what = f"{host} cannot be found ({why})"
            raise ServiceError(f"{what}. {OFFLINE}") from error
        if inside := [address for address in found if not is_public(address)]:
            what = (
                f"{host} leads to {inside[0][:60]} here, an address that no public service has, so "
                "it was not connected"
            )
            raise ServiceError(f"{what}. Check the name server and hosts file of this machine.")
        return found[:_MOST_ADDRESSES]


class _Timed(httpcore.NetworkStream):
    """A stream whose every step ends with the deadline at the latest."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            within = self._deadline.within(timeout)
            secured = self._stream.start_tls(ssl_context, server_hostname, within)
        except BaseException as error:
            # The pool does not know of a stream before it is secured, and would leave it open.
            self._stream.close()
            if isinstance(error.__cause__, ssl.SSLError):
                raise _unproven(server_hostname or "?", error.__cause__) from error
            raise
        return _Timed(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _unproven(host: str, error: ssl.SSLError) -> ServiceError:
    why = str(getattr(error, "verify_message", "") or error.reason or "no agreement")
    what = f"{host} could not prove that it is {host} (TLS: {why.lower()[:80]})"
    mend = "Check the clock of this machine; a proxy that reads along is not trusted"
    return ServiceError(f"{what}. {mend}.")
