"""What a run on personal details says in a terminal and on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.markup import body, items, row, section, table, tag, text, whole
from evals.personal.rates import Rates, missed, rates
from evals.personal.run import Judged, Whole

_WIDE = 24
_TITLE = "Ask 6103: personal details taken out"
_HEADS = ("details", "recall", "named", "precision")


def told(judged: Sequence[Judged], kept: Mapping[str, Whole]) -> str:
    """The figures by group, kind, way and half, and the texts that did not stay whole."""
    lines = [f"{'':{_WIDE}}" + "".join(f"{head:>11}" for head in _HEADS)]
    for names in rates(judged).values():
        lines += [_line(name, _cells(held)) for name, held in names.items()]
        lines.append("")
    lines.append(f"{'':{_WIDE}}{'texts':>11}{'changed':>11}{'share':>11}")
    for name, held in kept.items():
        lines.append(_line(name, (str(held.texts), str(len(held.changed)), _share(held.share, 4))))
    return "\n".join(lines) + "\n"


def failures(judged: Sequence[Judged], kept: Mapping[str, Whole]) -> str:
    """Every detail of which something stayed, and every text that must stay whole and did not."""
    return "\n".join([*_missed(judged), *_changed(kept)]) + "\n"


def page(judged: Sequence[Judged], kept: Mapping[str, Whole]) -> str:
    """The same on one page of HTML that asks nothing of any other file or host."""
    bodies = [
        body((row(name, _cells(held)) for name, held in names.items()), f"By {by}", 5)
        for by, names in rates(judged).items()
    ]
    shares = [
        row(name, (str(held.texts), str(len(held.changed)), _share(held.share, 4)))
        for name, held in kept.items()
    ]
    main = (
        section("details", "Details taken out", table("Shares", ("", *_HEADS), bodies))
        + section(
            "whole",
            "Texts that must stay whole",
            table("Shares changed", ("", "texts", "changed", "share"), [body(shares)]),
        )
        + section("missed", "Of which something stayed", items(_missed(judged)))
        + section("changed", "Changed though nothing is personal", items(_changed(kept)))
    )
    return whole(_TITLE, tag("header", tag("h1", text(_TITLE))) + tag("main", main))


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name:{_WIDE}}" + "".join(f"{cell:>11}" for cell in cells)


def _cells(held: Rates) -> tuple[str, ...]:
    return (str(held.details), *map(_share, (held.recall, held.named, held.precision)))


def _share(value: float | None, digits: int = 3) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _missed(judged: Sequence[Judged]) -> list[str]:
    return [
        f"{case.id} ({detail.kind}, {case.way}): {case.written(detail)!r} in {case.text!r}"
        for case, detail in missed(judged)
    ]


def _changed(kept: Mapping[str, Whole]) -> list[str]:
    return [f"{name}: {changed}" for name, held in kept.items() for changed in held.changed]
