"""``python -m evals load``: many chats at once with a page served on this machine."""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from assistant.errors import ModelError, UsageError
from assistant.ui.reach import is_this_machine
from evals.load.crowd import Crowd, Plan
from evals.load.report import told
from evals.progress import bar
from evals.wordings.cases import load_wordings

_MOST_CHATS, _MOST_MINUTES = 200, 120.0
_READY = "Ready: "
_ERRORS_MET = 1


def main(arguments: Sequence[str]) -> int:
    """Runs the command: 0 where no question met an error, 1 where one did."""
    options = _parser().parse_args(arguments)
    if not (1 <= options.chats <= _MOST_CHATS and 0 < options.minutes <= _MOST_MINUTES):
        raise UsageError(
            f"--chats goes up to {_MOST_CHATS} and --minutes up to {_MOST_MINUTES:.0f}."
        )
    asking = [each.question for each in load_wordings()]
    random.Random(0).shuffle(asking)
    plan = Plan(asking, options.chats, options.minutes * 60, options.questions, options.pause)
    with _server(options.url) as url, bar("Questions") as watch:
        met = asyncio.run(Crowd(check_own(url), plan, watch).run())
    sys.stdout.write(told(plan, met))
    return _ERRORS_MET if met.errors else 0


def check_own(url: str) -> str:
    """The address, where it is this machine's own.

    Raises:
        UsageError: It is another's, which no load goes to.
    """
    if not is_this_machine(urlsplit(url).hostname or ""):
        raise UsageError(
            f"{url} is not this machine: give an address such as http://127.0.0.1:7860/"
        )
    return url


@contextmanager
def _server(url: str | None) -> Iterator[str]:
    """The address of a server: the one that runs, or one for this run alone."""
    if url:
        yield url
        return
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        if not line.startswith(_READY):
            raise ModelError("The page did not start. See the lines above, or: assistant doctor")
        try:
            yield line.removeprefix(_READY).strip()
        finally:
            process.send_signal(signal.SIGTERM)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals load",
        description="Many chats at once with a page on this machine, asking the fresh wordings:"
        " errors, times and memory.",
    )
    parser.add_argument("--chats", type=int, default=50, help="at once (50)")
    parser.add_argument("--minutes", type=float, default=10.0, help="at most (10)")
    parser.add_argument("--questions", type=int, help="end after this many")
    parser.add_argument("--pause", type=float, default=5.0, help="seconds that a reader reads (5)")
    parser.add_argument("--url", help="a page that runs here already; without it one is started")
    return parser
