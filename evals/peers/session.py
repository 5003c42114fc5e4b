"""One tool in its own process: started, asked line by line, ended, and its failures told."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from time import perf_counter
from typing import IO

from evals.peers.wire import Nonsense, Ready, Reply, question_line, read_ready, read_reply

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD_SECONDS = 1800.0
ANSWER_SECONDS = 120.0
# Nobody's telemetry, nobody's downloads.
QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "TRANSFORMERS_OFFLINE": "1",
}
# Every library's name for how many cores it may compute on.
_THREADS = ("MKL", "NUMEXPR", "OMP", "OPENBLAS", "RAYON")
_ENDED = ""


class PeerError(Exception):
    """The tool could not be run; the message says why in a few words."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a tool may take to be ready and to answer once, and on how many threads.

    One thread is the fair choice on a machine that others use: libraries that compute on all cores
    wait for the slowest of them at every step, twenty times as long when one core is busy.
    """

    build: float = BUILD_SECONDS
    answer: float = ANSWER_SECONDS
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Session:
    """A tool that is ready to be asked."""

    ready: Ready
    index_seconds: float
    _lines: _Lines
    _limits: Limits

    def ask(self, id: str, text: str, language: str) -> Reply:
        """The tool's answer.

        Raises:
            PeerError: It ended, took too long, or did not keep to the protocol.
        """
        self._lines.send(question_line(id, text, language))
        line = self._lines.receive(self._limits.answer)
        try:
            return read_reply(line, id)
        except Nonsense as error:
            raise PeerError(f"does not keep to the protocol: {error}") from error


@contextmanager
def session(command: Sequence[str], limits: Limits | None = None) -> Iterator[Session]:
    """A started tool, ended at the end whatever happens.

    Raises:
        PeerError: It cannot be started, or is not ready in time.
    """
    limits = limits or Limits()
    with tempfile.TemporaryFile() as errors:
        started = perf_counter()
        process = _start(command, errors, limits.threads)
        lines = _Lines(process, errors)
        try:
            line = lines.receive(limits.build)
            took = perf_counter() - started
            yield Session(_read_ready(line), took, lines, limits)
        finally:
            _end(process)
            lines.close()


def _read_ready(line: str) -> Ready:
    try:
        return read_ready(line)
    except Nonsense as error:
        raise PeerError(f"does not keep to the protocol: {error}") from error


def _start(command: Sequence[str], errors: IO[bytes], threads: int) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    bound = {f"{name}_NUM_THREADS": str(threads) for name in _THREADS}
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=ROOT,
            env=kept | QUIET | bound,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise PeerError(f"cannot be started: {error}") from error


def _end(process: subprocess.Popen[str]) -> None:
    """Ends the tool with whatever it started: it is the leader of a group of its own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError):  # No groups here, or all are gone.
        process.kill()
    process.wait()


class _Lines:
    """A process's stdout, read in a thread so that waiting can have an end."""

    def __init__(self, process: subprocess.Popen[str], errors: IO[bytes]) -> None:
        self._process = process
        self._errors = errors
        self._queue: SimpleQueue[str] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def send(self, line: str) -> None:
        """Writes a line; that a tool has ended is told by ``receive``."""
        if self._process.stdin:
            with suppress(OSError):
                self._process.stdin.write(line)
                self._process.stdin.flush()

    def receive(self, seconds: float) -> str:
        """The next line.

        Raises:
            PeerError: There is none: the tool ended, or said nothing for so long.
        """
        try:
            line = self._queue.get(timeout=seconds)
        except Empty:
            raise PeerError(f"said nothing for {seconds:g} seconds") from None
        if line == _ENDED:
            raise PeerError(self._last_words())
        return line

    def close(self) -> None:
        """Lets go of the pipes of a process that has ended."""
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):  # What was still to be written has no reader any more.
                    pipe.close()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self._queue.put(line)
        self._queue.put(_ENDED)

    def _last_words(self) -> str:
        code = self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", errors="replace").strip().splitlines()
        return f"ended with code {code}" + (f": {said[-1].strip()[:200]}" if said else "")
