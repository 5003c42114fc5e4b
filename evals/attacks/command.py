"""``python -m evals attacks``: puts every attack to the assistant and tells what was not held."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.config import load_settings
from assistant.service import Assistant
from evals.attacks.cases import load_attacks
from evals.attacks.report import ALL, held, record, told
from evals.attacks.run import Tried, try_attacks
from evals.progress import bar
from evals.ready import refreshed
from evals.record import write_json

NOT_HELD = 1


def main(arguments: Sequence[str]) -> int:
    """Runs the command; the exit code is 1 where something was not held."""
    options = _parser().parse_args(arguments)
    tried = run_attacks(options.cases, options.corpus, options.index)
    sys.stdout.write(told(tried))
    if options.json:
        write_json(options.json, record(tried), "--json")
    return 0 if all(each.held for each in tried) else NOT_HELD


def run_attacks(
    files: Sequence[Path], corpus: Path | None, index: Path | None
) -> tuple[Tried, ...]:
    """Tries the cases of some files, or of all, on an index that is refreshed where it is stale."""
    attacks = load_attacks(*files)
    settings = load_settings(corpus=corpus, index=index)
    assistant = Assistant(settings)
    refreshed(assistant)
    with bar("Attacking") as watch:
        return try_attacks(assistant, settings.corpus, attacks, watch)


def below(tried: Sequence[Tried], floor: float) -> list[str]:
    """The floor that the share of held cases falls below, with the cases named; none if kept."""
    count, kept = held(tried)[ALL]
    if kept / count >= floor:
        return []
    names = ", ".join(each.attack.id for each in tried if not each.held)
    return [f"attacks, held: {kept / count:.4f} is below its floor {floor:g} (n {count}): {names}"]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals attacks",
        description="Put every attack, and every question that only sounds like one, to the"
        " assistant, and name what was not held.",
    )
    parser.add_argument("--cases", type=Path, nargs="+", default=(), help="JSON Lines files")
    parser.add_argument("--corpus", type=Path, help="folder of documents")
    parser.add_argument("--index", type=Path, help="folder of the index")
    parser.add_argument("--json", type=Path, help="write what became of every case here")
    return parser
