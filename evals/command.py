"""The sub-commands ``run``, ``check`` and ``gate``, each from its options to its exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.config import QUOTES_ENGINE, Settings, load_settings
from assistant.errors import UsageError
from assistant.service import Assistant
from evals import ranking, report
from evals.cases import DEFAULT_FILE, Case, Split, load_cases
from evals.check import Documents, copied, straddling, untrue
from evals.compare import Comparison, compare, told
from evals.gate import (
    DEFAULT_FLOORS,
    Floors,
    load_floors,
    missed,
    of_attacks,
    of_checks,
    of_personal,
    of_split,
)
from evals.generated.figures import entry, figures_of
from evals.generated.figures import told as told_of_model
from evals.generated.listening import Listening
from evals.progress import bar
from evals.ready import refreshed
from evals.record import read_record, record_file, write_json, write_text
from evals.run import Record, run_cases

FLOOR_MISSED = 1


def run(arguments: Sequence[str]) -> int:
    """Asks every question, scores the answers, and reports."""
    parser = _running("run", "Ask every question, score the answers, print the tables.")
    parser.epilog = (
        "Other commands: python -m evals check | gate | checks | personal | attacks | peers | fit"
        " | load,"
        " each with --help."
    )
    parser.add_argument("--failures", action="store_true", help="show what did not pass")
    parser.add_argument("--check", action="store_true", help="only hold questions to the corpus")
    options = parser.parse_args(arguments)
    if options.check:
        return _check(options)
    # A record that cannot be read or a folder that is not there ends it before the long run.
    earlier = read_record(options.against) if options.against else None
    assistant, settings = _assistant(options)
    records = _records(options, assistant)
    sys.stdout.write(report.table(records))
    if isinstance(assistant, Listening):
        sys.stdout.write("\n" + told_of_model(figures_of(assistant.heard)))
    if options.failures:
        sys.stdout.write("\n" + report.failures(records))
    changed = compare(earlier, records, options.questions) if earlier else None
    if changed:
        sys.stdout.write("\n" + told(changed) + "\n")
    _keep(options, records, settings, changed, assistant)
    return 0


def check(arguments: Sequence[str]) -> int:
    """Holds the questions to the documents and asks nothing."""
    parser = _parser("check", "Hold every question to the documents; nothing is asked.")
    return _check(parser.parse_args(arguments))


def gate(arguments: Sequence[str]) -> int:
    """Runs the questions and fails, naming each floor missed, where a figure fell too low."""
    parser = _running("gate", "Fail, naming each floor missed, where a figure fell too low.")
    parser.add_argument("--floors", type=Path, default=DEFAULT_FLOORS, help="YAML file")
    options = parser.parse_args(arguments)
    floors = of_split(load_floors(options.floors), options.split)
    if not floors:
        raise UsageError(f"{options.floors.name} has no floor for {options.split or 'any group'}.")
    earlier = read_record(options.against) if options.against else None
    assistant, settings = _assistant(options)
    records = _records(options, assistant)
    short = [f"{each.group}, {each.says}" for each in missed(records, floors)]
    short += _checks_over(options, of_checks(floors))
    short += _details_left(options, of_personal(floors))
    short += _attacks_below(options, of_attacks(floors))
    for each in short:
        sys.stdout.write(f"{each}\n")
    sys.stdout.write(f"{sum(map(len, floors.values()))} floors, {len(short)} missed\n")
    changed = compare(earlier, records, options.questions) if earlier else None
    if changed:
        sys.stdout.write("\n" + told(changed) + "\n")
    _keep(options, records, settings, changed, assistant)
    return FLOOR_MISSED if short else 0


def _checks_over(options: argparse.Namespace, ceilings: Floors) -> list[str]:
    """The ceilings for the checks of generated sentences that are gone over."""
    if not ceilings:
        return []
    from evals.checks import claims, command

    return command.over(
        command.run_checks(claims.DEFAULT_FILE, options.corpus, options.index), ceilings
    )


def _details_left(options: argparse.Namespace, goals: Floors) -> list[str]:
    """The goals that are missed for what is taken out of texts."""
    if not goals:
        return []
    from evals.personal import command

    return command.short_of(command.run_personal(options.corpus), goals)


def _attacks_below(options: argparse.Namespace, floor: float | None) -> list[str]:
    """The floor of the attacks that are held, where it is missed."""
    if floor is None:
        return []
    from evals.attacks import command

    return command.below(command.run_attacks((), options.corpus, options.index), floor)


def _parser(name: str, says: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m evals {name}", description=says)
    parser.add_argument("--questions", type=Path, default=DEFAULT_FILE, help="JSON Lines file")
    parser.add_argument("--split", type=Split, choices=list(Split), help="only this half")
    parser.add_argument("--corpus", type=Path, help="folder of documents")
    return parser


def _running(name: str, says: str) -> argparse.ArgumentParser:
    parser = _parser(name, says)
    parser.add_argument(
        "--engine", help="a model as PROVIDER:MODEL, or scripted:perfect, scripted:poisoned"
    )
    parser.add_argument("--as-of", type=date.fromisoformat, help="the day asked about")
    parser.add_argument("--index", type=Path, help="folder of the index")
    parser.add_argument("--out", type=Path, help="write a record of the run here (JSON)")
    parser.add_argument("--report", type=Path, help="write a report of the run here (HTML)")
    parser.add_argument("--against", type=Path, help="name what changed since this record")
    return parser


def _cases(options: argparse.Namespace) -> tuple[Case, ...]:
    cases = load_cases(options.questions)
    if options.split:
        cases = tuple(case for case in cases if case.split == options.split)
    if not cases:
        raise UsageError(f"No question is in the {options.split} half. Choose the other.")
    return cases


def _check(options: argparse.Namespace) -> int:
    cases = _cases(options)
    documents = Documents(load_settings(corpus=options.corpus).corpus)
    complaints = [*untrue(cases, documents), *copied(cases, documents)]
    complaints += [f"{document}: questions in both halves" for document in straddling(cases)]
    for complaint in complaints:
        sys.stdout.write(f"{complaint}\n")
    sys.stdout.write(f"{len(cases)} questions, {len(complaints)} complaints\n")
    return UsageError.exit_code if complaints else 0


def _assistant(options: argparse.Namespace) -> tuple[Assistant | Listening, Settings]:
    """Who is asked: the assistant as it is set, or one whose named model is listened to."""
    settings = load_settings(corpus=options.corpus, index=options.index)
    if options.engine in {None, QUOTES_ENGINE}:
        return Assistant(settings), settings
    settings = settings.model_copy(update={"engine": options.engine})
    return Listening(settings, options.engine), settings


def _records(options: argparse.Namespace, assistant: Assistant | Listening) -> tuple[Record, ...]:
    cases = _cases(options)
    if not ranking.available():
        sys.stderr.write(f"{ranking.MISSING}\n")
    refreshed(assistant)
    with bar("Asking") as watch:
        return run_cases(assistant, cases, options.as_of, watch)


def _keep(
    options: argparse.Namespace,
    records: Sequence[Record],
    settings: Settings,
    changed: Comparison | None,
    assistant: Assistant | Listening,
) -> None:
    """Writes what was asked for: the record, the report."""
    if options.out:
        kept = record_file(records, settings, options.questions)
        if isinstance(assistant, Listening):
            kept["model"] = entry(assistant.heard)
        write_json(options.out, kept, "--out")
    if options.report:
        from evals.page import page

        heard = assistant.heard if isinstance(assistant, Listening) else ()
        write_text(options.report, page(records, changed, heard), "--report")
