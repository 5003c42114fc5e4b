"""Asking a service for one file: at most one request a second, followed only to official hosts."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import httpcore

from assistant.corpus.fetch.answers import (
    Asked,
    AskLater,
    Head,
    next_place,
    too_much,
)
from assistant.corpus.fetch.catalogue import Host
from assistant.corpus.fetch.connection import OFFLINE, Deadline, pool_for
from assistant.corpus.fetch.doors import Doors
from assistant.corpus.fetch.room import no_room
from assistant.errors import ServiceError
from assistant.log import logger

if TYPE_CHECKING:
    from tenacity import RetryCallState

MOST_REDIRECTS = 3
PACE = 1.0  # seconds between two requests
LONGEST_WAIT = 60.0  # seconds that a busy service is waited for, each time
ATTEMPTS = 3
SECONDS_TO_CONNECT = 15.0
SECONDS_BETWEEN = 30.0  # the longest silence within an answer

_log = logger("fetch")


class Caller:
    """Asks for one file after another, in peace."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._last: float | None = None

    def bring(self, asked: Asked, into: Path) -> None:
        """The whole body of the answer, in a file; none is left of an answer that broke off.

        Raises:
            ServiceError: The service is away, refuses, or answers with something else.
            CorpusError: The disk has no room.
        """
        from tenacity import Retrying, retry_if_exception, stop_after_attempt

        patient = Retrying(
            retry=retry_if_exception(_passes),
            stop=stop_after_attempt(ATTEMPTS),
            wait=_wait,
            sleep=self._doors.sleep,
            reraise=True,
        )
        try:
            patient(self._follow, asked, into)
        except BaseException:
            into.unlink(missing_ok=True)
            raise

    def _follow(self, asked: Asked, into: Path) -> None:
        deadline = Deadline(self._doors.clock, asked.form.seconds, asked.host)
        here: tuple[Host, str] = asked.host, asked.path
        for _ in range(MOST_REDIRECTS + 1):
            onward = self._ask(asked, here, deadline, into)
            if onward is None:
                return
            here = onward
        what = f"{asked.host} leads on more than {MOST_REDIRECTS} times: {asked.address}"
        raise ServiceError(f"{what}. Try again later.")

    def _ask(
        self, asked: Asked, here: tuple[Host, str], deadline: Deadline, into: Path
    ) -> tuple[Host, str] | None:
        host, path = here
        self._keep_pace()
        url = httpcore.URL(scheme=b"https", host=host.encode(), port=None, target=path.encode())
        silence = {"read": SECONDS_BETWEEN, "write": SECONDS_BETWEEN}
        limits = {"connect": SECONDS_TO_CONNECT, "pool": SECONDS_TO_CONNECT, **silence}
        try:
            with (
                pool_for(self._doors, deadline) as pool,
                pool.stream(
                    "GET", url, headers=_headers(asked, host), extensions={"timeout": limits}
                ) as response,
            ):
                _log.debug("%s answered %d", host, response.status)
                onward = next_place(asked, here, Head(response.status, response.headers))
                if onward is None:
                    _keep(response.iter_stream(), asked, host, into)
                return onward
        except _TROUBLES as error:
            if isinstance(error, httpcore.TimeoutException):
                deadline.within(None)  # that is what is told, where it cut the last step short
            raise _told(error, host, asked) from error

    def _keep_pace(self) -> None:
        clock = self._doors.clock
        if self._last is not None and (rest := self._last + PACE - clock()) > 0:
            self._doors.sleep(rest)
        self._last = clock()


_TROUBLES = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


def _headers(asked: Asked, host: Host) -> list[tuple[str, str]]:
    """All that is said of us: no cookie, no language, no page that one comes from."""
    headers = [
        ("Host", str(host)),
        ("User-Agent", f"ask6103/{version('ask6103')}"),
        ("Accept", ", ".join((*sorted(asked.form.types), "*/*;q=0.1"))),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
    ]
    if asked.token and asked.token.host == host:
        headers.append(("Authorization", f"Token {asked.token.value}"))
    return headers


def _keep(body: Iterable[bytes], asked: Asked, host: Host, into: Path) -> None:
    size = 0
    try:
        with into.open("wb") as stream:
            for piece in body:
                size += len(piece)
                if size > asked.form.most:
                    raise too_much(asked, host)
                stream.write(piece)
    except OSError as error:  # of the disk alone: those of the network come as the library's own
        raise no_room(into, error) from error
    if not size:
        raise ServiceError(f"{host} answers with nothing: {asked.address}. Try again later.")


def _passes(error: BaseException) -> bool:
    """Whether a busy service says itself that it will be back soon."""
    if not isinstance(error, AskLater) or not error.overloaded:
        return False
    return error.seconds is not None and error.seconds <= LONGEST_WAIT


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    told = error.seconds if isinstance(error, AskLater) else None
    return max(PACE, told or 0.0)


def _told(error: Exception, host: Host, asked: Asked) -> ServiceError:
    """What happened, without the words of the library: these may hold what was sent."""
    if isinstance(error, httpcore.ConnectTimeout | httpcore.ConnectError):
        return ServiceError(f"{host} cannot be reached. {OFFLINE}")
    if isinstance(error, httpcore.TimeoutException):
        what = f"{host} fell silent for more than {SECONDS_BETWEEN:.0f} s"
    elif isinstance(error, httpcore.LocalProtocolError):
        what = f"{host} was not asked, for the request could not be written down"
    else:
        what = f"{host} gave an answer that broke off before its end, or is no HTTP"
    return ServiceError(f"{what}: {asked.address}. Try again later.")
