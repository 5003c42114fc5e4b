"""``python -m evals checks``: what the checker shows of claims that people labelled."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.config import load_settings
from assistant.index.embed import open_embedder
from assistant.service import Assistant
from assistant.verify.entailment import entailment_named
from evals.checks.claims import DEFAULT_FILE, load_claims
from evals.checks.page import page
from evals.checks.rates import LET_THROUGH, WITHHELD, rates
from evals.checks.report import record, told
from evals.checks.run import Checked, check_claims
from evals.ready import refreshed
from evals.record import write_json, write_text


def main(arguments: Sequence[str]) -> int:
    """Runs the command; nothing is changed in the assistant, only told."""
    options = _parser().parse_args(arguments)
    checked = run_checks(options.claims, options.corpus, options.index)
    sys.stdout.write(told(checked))
    if options.json:
        write_json(options.json, record(checked), "--json")
    if options.report:
        write_text(options.report, page(checked), "--report")
    return 0


def run_checks(claims: Path, corpus: Path | None, index: Path | None) -> tuple[Checked, ...]:
    """Checks the claims of a file on an index, which is refreshed where it is stale."""
    labelled = load_claims(claims)
    settings = load_settings(corpus=corpus, index=index)
    embedder = open_embedder(settings.embedder)
    assistant = Assistant(settings, embedder)
    refreshed(assistant)
    entailment = entailment_named(settings.entailment)
    return check_claims(assistant.index(), embedder, labelled, entailment)


def over(checked: Sequence[Checked], ceilings: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The ceilings that a run goes over, each named; one that nothing measures is gone over."""
    found = rates(checked)["split"]
    short = []
    for split, named in ceilings.items():
        for name, ceiling in named.items():
            held = found.get(split)
            rate = {LET_THROUGH: held.let_through, WITHHELD: held.withheld}[name] if held else None
            if rate is None:
                short.append(f"checks {split}, {name}: not measured, ceiling {ceiling:g}")
            elif round(rate.value, 4) > ceiling:
                told = f"{rate.value:.4f} is over its ceiling {ceiling:g} (n {rate.n})"
                short.append(f"checks {split}, {name}: {told}")
    return short


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals checks",
        description="Check claims that people labelled against their evidence, and tell what is"
        " shown that must not be, and withheld that may be shown.",
    )
    parser.add_argument("--claims", type=Path, default=DEFAULT_FILE, help="JSON Lines file")
    parser.add_argument("--corpus", type=Path, help="folder of documents")
    parser.add_argument("--index", type=Path, help="folder of the index")
    parser.add_argument("--json", type=Path, help="write every figure and verdict here")
    parser.add_argument("--report", type=Path, help="write a page with the curve here (HTML)")
    return parser
