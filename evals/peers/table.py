"""The comparison as a plain table."""

from __future__ import annotations

import os
from collections.abc import Sequence

from evals import score
from evals.peers.catalogue import OURS
from evals.peers.compare import Bench, NotRun, Ran
from evals.peers.judge import Difference, Judged, difference, groups, values

COLUMNS = (
    ("doc@5", "document_at_5"),
    ("doc@10", "document_at_10"),
    ("MRR", "reciprocal_rank"),
    ("facts@5", "facts_at_5"),
    ("page", "facts_page"),
)
NOTE = """\
doc@k: an acceptable document, in the asker's language, among the first k results.
MRR: 1 over the rank of the first such result.
facts@5: key facts in the first five results, whose mean length is under chars; page: key facts in
the first 4,000 characters of the results, quoted questions left out, the same reading for every
tool.
Every tool gets the documents as plain Markdown with their front matter and with the block-quoted
questions that each section answers, both languages in one store, the same all-MiniLM-L6-v2 (as
published; ours as it was taught these documents), and the question as asked, earlier turns before
it. Ours is told the language of the question, and its results show neither front matter nor quoted
questions. Each tool is set as its own documentation
sets it, and runs in its own process, one after the other, all on as many threads.
index: seconds from starting the program to its being ready: libraries, model, documents.
The dev half was looked at while ours was built; the test half only judges.
"""


def table(runs: Sequence[Ran | NotRun], bench: Bench) -> str:
    """Scores, differences, speed, what was not run, and how to read it."""
    ran = [run for run in runs if isinstance(run, Ran)]
    blocks = [_scores(ran), _differences(ran), _speed(ran), _missing(runs)]
    head = (
        f"{counted(len(bench.cases), 'question')} naming documents or facts, {bench.corpus.name}/,"
        f" {counted(bench.limits.threads, 'thread')} a tool, {os.cpu_count()} cores\n"
    )
    return "\n".join([head, *(block + "\n" for block in blocks if block), NOTE + legend(runs)])


def _scores(ran: Sequence[Ran]) -> str:
    if not ran:
        return ""
    lines = []
    heads = "".join(f"{head:>10}" for head, _ in COLUMNS) + f"{'chars':>10}"
    for group, members in groups(ran[0].judged).items():
        lines.append(f"{group + ' (' + str(len(members)) + ')':16}" + heads)
        for run in ran:
            mine = only(run.judged, members)
            cells = [_share(score.mean(values(mine, name))) for _, name in COLUMNS]
            cells.append(f"{score.mean(values(mine, 'characters')) or 0:,.0f}")
            lines.append(f"  {run.peer.name:14}" + "".join(f"{cell:>10}" for cell in cells))
    return "\n".join(lines)


def _differences(ran: Sequence[Ran]) -> str:
    ours, others = ours_of(ran), [run for run in ran if run.peer.name != OURS]
    if ours is None or not others:
        return ""
    lines = ["ours less the other: mean, paired 95% bootstrap interval, * clear of zero"]
    heads = "".join(f"{head:>22}" for head, _ in COLUMNS)
    for group, members in groups(ours.judged).items():
        lines.append(f"{group:12}" + heads)
        for run in others:
            mine, theirs = only(ours.judged, members), only(run.judged, members)
            cells = [_shown(difference(mine, theirs, name)) for _, name in COLUMNS]
            lines.append(f"  {run.peer.name:10}" + "".join(f"{cell:>22}" for cell in cells))
    return "\n".join(lines)


def _speed(ran: Sequence[Ran]) -> str:
    if not ran:
        return ""
    lines = [f"{'':16}{'index':>10}{'pieces':>10}{'median':>10}{'p95':>10}  versions"]
    for run in ran:
        times = [each.scores.ms for each in run.judged]
        median, p95 = score.percentile(times, 0.5), score.percentile(times, 0.95)
        cells = (f"{run.index_seconds:.1f} s", f"{run.pieces:,}", _ms(median), _ms(p95))
        versions = ", ".join(f"{name} {number}" for name, number in run.versions.items())
        row = "".join(f"{cell:>10}" for cell in cells)
        lines.append(f"  {run.peer.name:14}{row}  {versions}")
    return "\n".join(lines)


def _missing(runs: Sequence[Ran | NotRun]) -> str:
    return "\n".join(f"not run: {r.peer.name}: {r.reason}" for r in runs if isinstance(r, NotRun))


def ours_of(ran: Sequence[Ran]) -> Ran | None:
    """Our own run, if it ran."""
    return next((run for run in ran if run.peer.name == OURS), None)


def only(judged: Sequence[Judged], members: Sequence[Judged]) -> tuple[Judged, ...]:
    """What one tool found for the questions of a group."""
    ids = {member.case.id for member in members}
    return tuple(each for each in judged if each.case.id in ids)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _ms(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} ms"


def _shown(gain: Difference | None) -> str:
    if gain is None:
        return "-"
    mark = "*" if gain.clear else " "
    return f"{gain.mean:+.3f} ({gain.low:+.2f} {gain.high:+.2f}){mark}"


def counted(number: int, name: str) -> str:
    """A number with its noun."""
    return f"{number} {name}" + ("" if number == 1 else "s")


def legend(runs: Sequence[Ran | NotRun]) -> str:
    """How each tool was set, one a line."""
    return "".join(f"{run.peer.name}: {run.peer.how}.\n" for run in runs)
