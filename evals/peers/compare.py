"""Asking every tool every question, one tool after the other; none stops the rest."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.cases import Case
from evals.peers.catalogue import Peer
from evals.peers.judge import Judged, Piece, judge
from evals.peers.mapping import Files
from evals.peers.session import Limits, PeerError, Session, session
from evals.peers.wire import Found

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Ran:
    """A tool that answered everything."""

    peer: Peer
    versions: dict[str, str]
    pieces: int
    index_seconds: float
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class NotRun:
    """A tool that did not, and why."""

    peer: Peer
    reason: str


@dataclass(frozen=True, slots=True)
class Bench:
    """What every tool is given alike."""

    corpus: Path
    model: Path
    cases: tuple[Case, ...]
    limits: Limits


def run_peer(peer: Peer, python: Path, bench: Bench, progress: Progress) -> Ran | NotRun:
    """A tool's answers to every question, or the reason why there are none.

    A tool that fails half way is not run: scores over different questions do not compare.
    """
    if not python.exists():
        return NotRun(peer, f"not installed: there is no {python.name} in {python.parent.parent}")
    with tempfile.TemporaryDirectory(prefix="peers-", ignore_cleanup_errors=True) as work:
        command = [
            *(str(python), *peer.program),
            *("--corpus", str(bench.corpus.resolve())),
            *("--model", str(bench.model)),
            *("--work", work),
        ]
        try:
            with session(command, bench.limits) as opened:
                return _ask_all(peer, opened, bench, progress)
        except PeerError as error:
            return NotRun(peer, str(error))


def _ask_all(peer: Peer, opened: Session, bench: Bench, progress: Progress) -> Ran:
    files = Files(bench.corpus)
    judged = []
    for done, case in enumerate(bench.cases, start=1):
        reply = opened.ask(case.id, case.search_text, case.language)
        pieces = [_piece(found, files) for found in reply.results]
        judged.append(judge(case, pieces, reply.ms))
        progress(done, len(bench.cases))
    ready = opened.ready
    return Ran(peer, ready.versions, ready.pieces, opened.index_seconds, tuple(judged))


def _piece(found: Found, files: Files) -> Piece:
    document = files.named(found.document)
    if document is None:
        raise PeerError(f"names {found.document[:80]!r}, which is no document of the corpus")
    return Piece(document, found.text)


def asked(cases: Sequence[Case], limit: int | None) -> tuple[Case, ...]:
    """The cases that measure finding; at most ``limit``, spread evenly over the file."""
    measuring = [case for case in cases if case.cite or case.key_facts]
    if limit is None or limit >= len(measuring):
        return tuple(measuring)
    return tuple(measuring[place * len(measuring) // limit] for place in range(limit))
