"""Connections that dawdle are let go, and nobody holds them all."""

from __future__ import annotations

import asyncio
from collections import Counter

from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.ui.reach import is_this_machine

MOST = 600  # connections at once; the gate says so kindly before they are used up
MOST_OF_ONE = 80  # of one address, unless it is this machine's own, where a proxy may stand
SECONDS_TO_BEGIN = 10.0  # for the head of a request
MOST_BYTES_OF_HEAD = 32_768


class Patient(H11Protocol):
    """One connection, closed when no request begins within a time, or when too many are open."""

    _held: Counter[str] = Counter()
    _late: asyncio.TimerHandle | None = None
    _address = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, unless there is no place."""
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        self._held[self._address] += 1
        much = self._held[self._address] > MOST_OF_ONE and not is_this_machine(self._address)
        if much or len(self.connections) > MOST:
            transport.abort()
            return
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        self._stop_waiting()
        self._held[self._address] -= 1
        if not self._held[self._address]:
            del self._held[self._address]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; a head that comes byte by byte does not buy more time."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        else:
            self._await_head()

    def _await_head(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(SECONDS_TO_BEGIN, self._close)

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close(self) -> None:
        self._late = None
        # A request that began meanwhile is answered.
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
