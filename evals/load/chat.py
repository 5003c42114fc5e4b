"""One chat with a served page, as its script talks: a place in the queue, then a stream.

No general tool for load speaks this: a question is one request and its answer comes in another,
which stays open, so that a time has to be taken across the two.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import httpx

_API = "/gradio_api"
_BEGUN = 'class=\\"sentence'  # in an answer's HTML, inside JSON
_FAILED = "data-failed"
_MOST_WAITS = 10


class Failed(Exception):
    """A question was not answered; says why in a few words."""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds from sending a question to its first sentence and to its end; times told to wait."""

    first: float
    whole: float
    waits: int


class Chat:
    """A tab that is open: its page was fetched and its heartbeat is held."""

    def __init__(self, client: httpx.AsyncClient, event: dict[str, Any], tab: str) -> None:
        self._client, self._event, self._tab = client, event, tab

    async def ask(self, question: str) -> Took:
        """Ask one question and read its answer to the end.

        Raises:
            Failed: It was refused, broke off, or could not be answered.
        """
        started = perf_counter()
        waits = await self._join(question)
        first = None
        async with self._client.stream(
            "GET", f"{_API}/queue/data", params={"session_hash": self._tab}
        ) as stream:
            if stream.status_code != 200:
                raise Failed(f"stream {stream.status_code}")
            async for line in stream.aiter_lines():
                if first is None and _BEGUN in line:
                    first = perf_counter() - started
                if '"process_completed"' in line:
                    _check(line)
                    whole = perf_counter() - started
                    return Took(whole if first is None else first, whole, waits)
        raise Failed("the stream broke off")

    async def _join(self, question: str) -> int:
        wish = {"question": question, "audience": "public", "language": "en"}
        sent = {
            "data": [None] * len(self._event["inputs"]),
            "event_data": wish,
            "fn_index": self._event["id"],
            "trigger_id": self._event["targets"][0][0],
            "session_hash": self._tab,
        }
        for waits in range(_MOST_WAITS):
            answer = await self._client.post(f"{_API}/queue/join", json=sent)
            if answer.status_code == 200:
                return waits
            seconds = answer.headers.get("retry-after")
            if answer.status_code not in (429, 503) or seconds is None:
                raise Failed(f"join {answer.status_code}")
            await asyncio.sleep(float(seconds))
        raise Failed("told to wait too often")


def _check(line: str) -> None:
    told = json.loads(line.removeprefix("data:"))
    if not told.get("success") or _FAILED in line:
        raise Failed("not answered")


@asynccontextmanager
async def opened(client: httpx.AsyncClient) -> AsyncIterator[Chat]:
    """A new tab: the page, what it is made of, and its heartbeat for as long as it is open."""
    tab = secrets.token_hex(6)
    (await client.get("/")).raise_for_status()
    config = (await client.get("/config")).raise_for_status().json()
    event = next(
        each for each in config["dependencies"] if any(name == "ask" for _, name in each["targets"])
    )
    heart = asyncio.create_task(_heartbeat(client, tab))
    try:
        yield Chat(client, event, tab)
    finally:
        heart.cancel()
        await asyncio.gather(heart, return_exceptions=True)


async def _heartbeat(client: httpx.AsyncClient, tab: str) -> None:
    async with client.stream("GET", f"{_API}/heartbeat/{tab}", timeout=None) as stream:
        async for _ in stream.aiter_lines():
            pass
