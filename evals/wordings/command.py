"""``python -m evals wordings``: how often an answer opens with what a wording's plan leads with."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.config import load_settings
from assistant.service import Assistant
from evals.progress import bar
from evals.ready import from_one, refreshed
from evals.record import write_json
from evals.wordings.cases import DEFAULT_FILE, drawn, load_wordings
from evals.wordings.report import record, table
from evals.wordings.run import ask_wordings


def main(arguments: Sequence[str]) -> int:
    """Runs the command."""
    options = _parser().parse_args(arguments)
    wordings = drawn(load_wordings(options.wordings), options.count, options.seed)
    assistant = Assistant(load_settings(corpus=options.corpus, index=options.index))
    refreshed(assistant)
    with bar("Asking") as watch:
        asked = ask_wordings(assistant, wordings, options.as_of, watch)
    sys.stdout.write(table(asked))
    if options.json:
        write_json(options.json, record(asked), "--json")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals wordings",
        description="Ask questions in words that nothing has learned from, and tell how many are"
        " answered, how many answers open with the first fact that the plan of the question leads"
        " with, and how many tell it at all.",
    )
    parser.add_argument("--wordings", type=Path, default=DEFAULT_FILE, help="a JSON Lines file")
    enough = from_one("at least one wording")
    parser.add_argument("--count", type=enough, default=1000, help="how many to draw (1000)")
    parser.add_argument("--seed", type=int, default=0, help="what they are drawn by (0)")
    parser.add_argument("--as-of", type=date.fromisoformat, help="the day asked about, YYYY-MM-DD")
    parser.add_argument("--corpus", type=Path, help="folder of documents")
    parser.add_argument("--index", type=Path, help="folder of the index")
    parser.add_argument("--json", type=Path, help="write what became of each wording here")
    return parser
