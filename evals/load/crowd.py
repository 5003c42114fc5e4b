"""A crowd of chats, bounded in number and time, and what it met."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

import httpx

from evals.load.chat import Failed, Took, opened

_TURNS = 5  # questions in a tab before it is closed and another opened
_LOOK_EVERY = 2.0  # seconds between looks at the memory
_MEMORY = "process_resident_memory_bytes "
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How many chats ask what, for how long, how many questions at most, and how a chat behaves."""

    asking: Sequence[str]
    chats: int
    seconds: float
    questions: int | None = None
    pause: float = 5.0
    warm_up: float = 0.2  # of the run


@dataclass(slots=True)
class Met:
    """What a crowd met; memory is (share of the run that was over, bytes)."""

    took: list[Took] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)
    seconds: float = 0.0


class Crowd:
    """Chats at once with one server."""

    def __init__(self, url: str, plan: Plan, watch: Callable[[int, int], None]) -> None:
        self._plan, self._watch = plan, watch
        self._met = Met()
        self._asked = 0
        self._began = monotonic()
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=plan.chats)
        self._client = httpx.AsyncClient(
            base_url=url, timeout=_PATIENCE, limits=limits, trust_env=False
        )

    async def run(self) -> Met:
        """Chats until the time or the questions are over."""
        async with self._client:
            await self._look()
            looking = asyncio.create_task(self._keep_looking())
            await asyncio.gather(*(self._chat(number) for number in range(self._plan.chats)))
            looking.cancel()
            await self._look()
        self._met.seconds = monotonic() - self._began
        return self._met

    async def _chat(self, number: int) -> None:
        # Each begins elsewhere, so that hardly any two ask the same.
        first = number * len(self._plan.asking) // self._plan.chats
        questions = itertools.islice(itertools.cycle(self._plan.asking), first, None)
        # Nobody presses at the very same moment.
        await asyncio.sleep(self._plan.pause * number / self._plan.chats)
        while not self._over():
            try:
                async with opened(self._client) as chat:
                    for question in self._allowed(itertools.islice(questions, _TURNS)):
                        self._met.took.append(await chat.ask(question))
                        await asyncio.sleep(self._plan.pause)
            except (Failed, httpx.HTTPError) as error:
                told = str(error) if isinstance(error, Failed) else type(error).__name__
                self._met.errors[told] += 1
                await asyncio.sleep(1)

    def _allowed(self, questions: Iterator[str]) -> Iterator[str]:
        for question in questions:
            if self._over():
                return
            self._asked += 1
            self._watch(self._asked, self._plan.questions or 0)
            yield question

    def _share(self) -> float:
        by_time = (monotonic() - self._began) / self._plan.seconds
        by_number = self._asked / self._plan.questions if self._plan.questions else 0.0
        return min(max(by_time, by_number), 1.0)

    def _over(self) -> bool:
        return self._share() >= 1

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            await self._look()

    async def _look(self) -> None:
        text = (await self._client.get("/metrics")).text
        found = [line for line in text.splitlines() if line.startswith(_MEMORY)]
        if found:
            self._met.memory.append((self._share(), float(found[0].removeprefix(_MEMORY))))
