"""The server under the pages: where it may listen, how it starts, and how it stops."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import Any

import uvicorn

from assistant.errors import UsageError
from assistant.ui.frame import Assistant
from assistant.ui.page import application
from assistant.ui.reach import check_host


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
        config = uvicorn.Config(
            application(assistant),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        server = _Server(config, lambda: ready(_address(host, listening.getsockname()[1])))
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return


class _Server(uvicorn.Server):
    """Uvicorn that tells when it has begun to answer."""

    def __init__(self, config: Any, answering: Callable[[], None]) -> None:
        super().__init__(config)
        self._answering = answering

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._answering()


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
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
    if ":" in shown and not shown.startswith("["):
        shown = f"[{shown}]"
    return f"http://{shown}:{port}/"
