"""Reading what a client sends: all of it, within a size and a time."""

from __future__ import annotations

import asyncio

from assistant.ui.asgi import Message, Receive


class TooBig(Exception):
    """More came than may."""


class Gone(Exception):
    """The client left before all had come."""


async def read_body(receive: Receive, most: int, seconds: float) -> bytes:
    """Everything a client sends.

    Raises:
        TooBig: It is more than may come.
        TimeoutError: It did not come in time.
        Gone: The client left.
    """
    body = bytearray()
    async with asyncio.timeout(seconds):
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            body += message.get("body", b"")
            if len(body) > most:
                raise TooBig
            if not message.get("more_body", False):
                return bytes(body)


def replay(body: bytes, receive: Receive) -> Receive:
    """What hands out a body that was read already, then whatever else comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> Message:
        return waiting.pop() if waiting else await receive()

    return receiving
