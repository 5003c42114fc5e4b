"""The server under the pages: where it may listen, how it starts, and how it stops."""

from __future__ import annotations

import errno
import ipaddress
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn

from assistant.errors import UsageError
from assistant.ui.connections import MOST_BYTES_OF_HEAD, Patient
from assistant.ui.frame import Assistant
from assistant.ui.gate import Gate
from assistant.ui.page import application
from assistant.ui.reach import check_host

SECONDS_TO_FINISH = 10.0  # for running answers, once asked to stop
_SECONDS_TO_COME = 0.5


def launch(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int = 7860,
    ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve the pages until interrupted; ``ready`` gets its address once it answers.

    Raises:
        UsageError: The address cannot be listened on, or others could reach it and that was not
            asked for.
    """
    check_host(host, assistant.settings.public)
    with _listening(host, port) as listening:
        gate = application(assistant)
        config = uvicorn.Config(
            gate,
            http=Patient,
            ws="none",
            h11_max_incomplete_event_size=MOST_BYTES_OF_HEAD,
            proxy_headers=False,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        server = _Server(config, gate, lambda: ready(_address(host, listening.getsockname()[1])))
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return


class _Server(uvicorn.Server):
    """Uvicorn that tells when it has begun to answer, and finishes running answers at the end."""

    def __init__(self, config: Any, gate: Gate, answering: Callable[[], None]) -> None:
        super().__init__(config)
        self._gate, self._answering = gate, answering
        self._asked_to_stop: float | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._answering()

    async def on_tick(self, counter: int) -> bool:
        """Whether to stop: once nobody is still being answered, or after a time."""
        if not await super().on_tick(counter):
            return False
        if self._asked_to_stop is None:
            self._asked_to_stop = time.monotonic()
            self._gate.leaving = True
        waited = time.monotonic() - self._asked_to_stop
        # Whoever got a place in the queue just before still comes for the answer.
        done = waited >= _SECONDS_TO_COME and not self._gate.busy
        return self.force_exit or done or waited >= SECONDS_TO_FINISH


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise UsageError(
                f"Port {port} on {host} is already in use, so the page was not started. "
                "Stop the program that uses it, or choose another with --port."
            ) from error
        raise UsageError(
            f"The page cannot be served on {host}, port {port}: {error}. "
            "Give an address of this machine with --host and a free port above 1023 with --port."
        ) from error
    return listening


def _address(host: str, port: int) -> str:
    shown = host.strip("[]")
    with suppress(ValueError):
        # An address that stands for all of this machine's own is shown as the one to open.
        address = ipaddress.ip_address(shown)
        if address.is_unspecified:
            shown = "127.0.0.1" if address.version == 4 else "::1"
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
