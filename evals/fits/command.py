"""``python -m evals fit``: computes again the constants that were learned from questions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from assistant.config import load_settings
from assistant.index.embed import Embedder, open_embedder
from assistant.service import Assistant
from evals.cases import DEFAULT_FILE, Case, Split, load_cases
from evals.fits import abstention, everyday, fusion, plans, sentences
from evals.fits.report import Basis, Fit, fit_file, told
from evals.progress import bar
from evals.ready import from_one, refreshed
from evals.record import write_json
from evals.score import SEED
from evals.wordings.cases import drawn, load_wordings

FITS = ("abstention", "sentences", "fusion", "plans")
_OF_WORDINGS, _DRAWN_BY = 1200, 1  # a third of them `evals wordings` asks by default too


def main(arguments: Sequence[str]) -> int:
    """Runs the command; nothing is changed in the assistant, only told."""
    options = _parser().parse_args(arguments)
    settings = load_settings(corpus=options.corpus, index=options.index)
    cases = tuple(case for case in load_cases(options.questions) if case.split is Split.DEV)
    embedder = open_embedder(settings.embedder)
    assistant = Assistant(settings, embedder)
    refreshed(assistant)
    fit = _fit(options, assistant, embedder, cases)
    manifest = assistant.index().manifest
    basis = Basis(
        seed=options.seed,
        questions=_hash(options.questions),
        everyday=_hash(options.everyday),
        corpus=manifest.corpus,
        index=manifest.id,
    )
    sys.stdout.write(told(fit, basis))
    if options.out:
        write_json(options.out, fit_file(fit, basis), "--out")
    return 0


def _fit(
    options: argparse.Namespace, assistant: Assistant, embedder: Embedder, cases: Sequence[Case]
) -> Fit:
    with bar("Fitting") as watch:
        if options.what == "abstention":
            others = everyday.load_everyday(options.everyday)
            return abstention.fit(assistant, cases, others, options.seed, watch)
        if options.what == "sentences":
            return sentences.fit(assistant, cases, options.seed, watch)
        if options.what == "plans":
            wordings = drawn(load_wordings(), _OF_WORDINGS, _DRAWN_BY)
            return plans.fit(assistant, assistant.index(), wordings, options.seed, watch)
        return fusion.fit(assistant.index(), embedder, cases, options.seed, options.draws, watch)


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals fit",
        description="Compute constants again from the tuning half of the questions; the other half"
        " is never asked. Today's and the fitted ones are printed; nothing else is changed.",
    )
    parser.add_argument("what", choices=FITS, help="the rule or the weights to fit")
    parser.add_argument("--questions", type=Path, default=DEFAULT_FILE, help="JSON Lines file")
    parser.add_argument(
        "--everyday", type=Path, default=everyday.DEFAULT_FILE, help="questions that are not ours"
    )
    parser.add_argument("--seed", type=int, default=SEED, help=f"{SEED} unless told")
    enough = from_one("at least one draw")
    parser.add_argument("--draws", type=enough, default=fusion.DRAWS, help="for fusion")
    parser.add_argument("--corpus", type=Path, help="folder of documents")
    parser.add_argument("--index", type=Path, help="folder of the index")
    parser.add_argument("--out", type=Path, help="write the fit here (JSON)")
    return parser
