"""Commands under a fault, and what must hold after each: a right answer or a plain message."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commands import Ran, environment

from assistant.config import Settings

TESTS = Path(__file__).resolve().parent
QUESTION = "How many addresses did the IRS give to ICE?"
OLD = "In August 2025 the IRS gave ICE about 47,289 addresses."
NEW = "In August 2025 the tax agency handed 47,289 street addresses to ICE."
DOCUMENT = Path("en/agreement/mou-of-april-2025.md")


@dataclass(frozen=True, slots=True)
class Told(Ran):
    """What a command left, and when each step of a build began, in seconds."""

    steps: tuple[tuple[str, float], ...] = ()


class Runner:
    """Runs commands under faults, each in a child of one process that has imported everything."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        self._running = running

    def __call__(self, settings: Settings, *arguments: str, **fault: Any) -> Told:
        """One command; a signal that ended it is a negative code."""
        task = {"arguments": arguments, "environment": environment(settings), **fault}
        assert self._running.stdin and self._running.stdout
        print(json.dumps(task), file=self._running.stdin, flush=True)
        facts = json.loads(self._running.stdout.readline())
        steps = tuple((name, seconds) for name, seconds in facts["steps"])
        return Told(facts["code"], facts["out"], facts["err"], steps)


@contextmanager
def runner(*before: str) -> Iterator[Runner]:
    """A process that runs commands; ``before`` is a program that starts it, if there is one."""
    pipe = subprocess.PIPE
    command = [*before, sys.executable, str(TESTS / "fault_runner.py")]
    kept = environment(OPENBLAS_NUM_THREADS="1", PYTHONPATH=f"{TESTS.parent}:{TESTS}")
    with subprocess.Popen(
        command, cwd=TESTS.parent, env=kept, stdin=pipe, stdout=pipe, text=True
    ) as running:
        try:
            assert running.stdout and running.stdout.readline() == "ready\n"
            yield Runner(running)
        finally:
            running.kill()


def edit(settings: Settings, old: str = OLD, new: str = NEW) -> None:
    """Changes one sentence of one document."""
    file = settings.corpus / DOCUMENT
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
