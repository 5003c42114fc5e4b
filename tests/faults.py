"""Commands under a fault, and what must hold after each: a right answer or a plain message."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from commands import Ran, environment, here
from fakes import FakeEmbedder

from assistant.config import Settings
from assistant.models import Answer, Request
from assistant.service import Assistant

TESTS = Path(__file__).resolve().parent
TODAY = date(2026, 11, 22)
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
        self._running.stdin.write(f"{json.dumps(task)}\n")
        self._running.stdin.flush()
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


@cache
def can_mount() -> bool:
    """Whether this machine lets us have a small disk of our own."""
    try:
        ran = subprocess.run(
            [*_apart(), "sh", "-c", "mount -t tmpfs none /mnt"], capture_output=True, check=False
        )
    except OSError:
        return False
    return ran.returncode == 0


def on_small_disk(place: Path, size: str) -> tuple[str, ...]:
    """What starts a program that sees a small disk in this place; it ends with the program."""
    mounting = 'mount -t tmpfs -o size="$1" none "$0" && shift && exec "$@"'
    return (*_apart(), "sh", "-c", mounting, str(place), size)


def _apart() -> tuple[str, ...]:
    return ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "-Urm")


@contextmanager
def chroma_server(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A Chroma server that answers."""
    chroma = Path(sys.executable).with_name("chroma")
    command = [str(chroma), "run", "--path", str(folder), "--host", "127.0.0.1"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen([*command, "--port", str(port)], stdout=quiet, stderr=quiet) as running:
        until = monotonic() + 60
        while not _answers(port) and monotonic() < until:
            sleep(0.05)
        try:
            yield running
        finally:
            running.kill()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _answers(port: int) -> bool:
    with socket.socket() as plug:
        return plug.connect_ex(("127.0.0.1", port)) == 0


def edit(settings: Settings, old: str = OLD, new: str = NEW) -> None:
    """Changes one sentence of one document."""
    file = settings.corpus / DOCUMENT
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def reader(settings: Settings) -> Assistant:
    """An assistant that has nothing open yet."""
    return Assistant(settings, FakeEmbedder(), lambda: TODAY)


def answer(assistant: Assistant, question: str = QUESTION) -> Answer:
    """What it says now."""
    return assistant.ask(Request(question))


def told(found: Answer) -> tuple[object, ...]:
    """What of an answer a reader sees, without what each asking makes anew."""
    return found.outcome, found.text, found.citations, found.notices, found.disagreements


def plain(ran: Ran, code: int, *words: str) -> None:
    """Fails unless a command ended with this code and a message of these words, and no more."""
    assert ran.code == code, f"{ran.code}: {ran.out} {ran.err}"
    assert "Traceback" not in ran.err
    assert "panicked" not in ran.err
    for word in words:
        assert word in ran.notice + ran.out, f"{word!r} is not in {ran.notice} {ran.out}"


def healed(settings: Settings) -> None:
    """Fails unless the doctor finds nothing and no unfinished build is left."""
    plain(here("doctor", settings=settings), 0)
    assert not list((settings.index / "builds").glob("unfinished-*"))
