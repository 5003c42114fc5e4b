"""The tool's side of the line protocol: ``python -m evals.peers.tools.serve MODULE ...``.

The module has ``DISTRIBUTIONS``, whose versions are told, and ``build(task)``.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TextIO

from evals.peers.tools.task import Built, Task
from evals.peers.wire import Ready, read_question, ready_line, reply_line

# Asked before anything is timed; whatever a tool loads late is loaded by then.
_WARM_UP = (("What is section 6103?", "en"), ("¿Qué es la sección 6103?", "es"))


def main() -> None:
    """Builds, says so, and answers until stdin ends; a failure ends the process with its trace."""
    out = _protocol_only()
    options = _options()
    tool = import_module(options.module)
    built: Built = tool.build(Task(options.corpus, options.model, options.work))
    for text, language in _WARM_UP:
        built.search(text, language)
    versions = {name: version(name) for name in tool.DISTRIBUTIONS}
    _say(out, ready_line(Ready(built.pieces, versions)))
    for line in sys.stdin:
        id, text, language = read_question(line)
        started = perf_counter()
        results = built.search(text, language)
        ms = (perf_counter() - started) * 1000
        _say(out, reply_line(id, results, ms))


def _protocol_only() -> TextIO:
    """The real stdout, for the protocol alone; what libraries print goes to stderr from here on."""
    kept = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return kept


def _say(out: TextIO, line: str) -> None:
    out.write(line)
    out.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module")
    for name in ("--corpus", "--model", "--work"):
        parser.add_argument(name, type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
