"""``python -m evals peers``: quality and speed beside the tools people would use instead."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.config import load_settings
from assistant.errors import AssistantError, CorpusError, UsageError
from evals.cases import DEFAULT_FILE, Split, load_cases
from evals.peers import environment
from evals.peers.catalogue import OURS, PEERS, Peer
from evals.peers.compare import Bench, NotRun, Ran, asked, run_peer
from evals.peers.mapping import Files
from evals.peers.record import record, write
from evals.peers.session import Limits
from evals.peers.table import table
from evals.ready import from_one


def main(arguments: Sequence[str]) -> int:
    """Runs the command; the exit code follows the command contract."""
    options = _parser().parse_args(arguments)
    try:
        if options.setup:
            environment.set_up(options.venv.absolute(), options.torch)
        else:
            _compare(options)
    except AssistantError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals peers",
        description=__doc__,
        epilog="tools:\n" + "".join(f"  {peer.name:12}{peer.how}\n" for peer in PEERS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = [peer.name for peer in PEERS]
    counted = from_one("give a number from 1")
    parser.add_argument("--setup", action="store_true", help="make the environment, nothing else")
    parser.add_argument("--venv", type=Path, default=environment.DEFAULT_FOLDER, help="its folder")
    parser.add_argument("--torch", default=environment.DEFAULT_TORCH, help="for --setup")
    parser.add_argument(
        "--only", action="append", choices=names, help="this tool beside ours; may be repeated"
    )
    parser.add_argument("--limit", type=counted, help="so many questions, spread over the file")
    parser.add_argument("--questions", type=Path, default=DEFAULT_FILE, help="JSON Lines file")
    parser.add_argument("--split", type=Split, choices=list(Split), help="only this half")
    parser.add_argument("--corpus", type=Path, help="folder of documents")
    parser.add_argument("--threads", type=counted, default=1, help="threads of a tool; 1")
    parser.add_argument("--out", type=Path, help="write a record of the run here")
    return parser


def _compare(options: argparse.Namespace) -> None:
    wanted = {OURS, *options.only} if options.only else {peer.name for peer in PEERS}
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        bench = _bench(options, Path(folder))
        runs = [_run(peer, options.venv, bench) for peer in PEERS if peer.name in wanted]
        data = record(runs, bench, options.questions)
    sys.stdout.write(table(runs, bench))
    if options.out:
        write(options.out, data)


def _bench(options: argparse.Namespace, folder: Path) -> Bench:
    """What every tool is given; a copy of the documents, so that none meets a later edit."""
    cases = load_cases(options.questions)
    if options.split:
        cases = tuple(case for case in cases if case.split == options.split)
    chosen = asked(cases, options.limit)
    if not chosen:
        raise UsageError("No question here names documents or facts. Choose other questions.")
    corpus = load_settings(corpus=options.corpus).corpus
    if not len(Files(corpus)):
        raise CorpusError(f"No documents under {corpus}. Give the corpus folder.")
    copy = Path(shutil.copytree(corpus, folder / corpus.name))
    return Bench(copy, environment.model_folder(), chosen, Limits(threads=options.threads))


def _run(peer: Peer, venv: Path, bench: Bench) -> Ran | NotRun:
    def progress(done: int, total: int) -> None:
        sys.stderr.write(f"\r{peer.name}: {done}/{total}" + ("\n" if done == total else ""))
        sys.stderr.flush()

    sys.stderr.write(f"{peer.name}: building its index\n")
    python = Path(sys.executable) if peer.name == OURS else environment.interpreter(venv.absolute())
    run = run_peer(peer, python, bench, progress)
    if isinstance(run, NotRun):
        sys.stderr.write(f"{peer.name}: not run: {run.reason}\n")
        if not python.exists():
            sys.stderr.write(f"To install the tools: {environment.SETUP}\n")
    return run
