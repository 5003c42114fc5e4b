"""The checks as one page of HTML that asks nothing of any other file or host."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.verify.check import LEAST_BORNE, LEAST_MEANING
from evals.chart import Trace, traces
from evals.checks.rates import Point, Rate, Rates, by_check, curves, rates, wrongly_shown
from evals.checks.report import written
from evals.checks.run import Checked
from evals.markup import body, paragraph, row, section, table, tag, text, whole

_TITLE = "Ask 6103: checks of generated sentences"
_TABLED = (-0.5, -0.3, -0.2, -0.1, -0.04, 0.0, 0.04, 0.08)


def page(checked: Sequence[Checked]) -> str:
    """The whole page: the figures by group, the curve, the objections, what was wrongly shown."""
    note = (
        "Let through: of the claims that the evidence does not bear, the share that is shown."
        " Withheld: of those that it bears, the share that is not; quotations stand in for them."
    )
    main = (
        section("groups", "By split, language, label and kind", paragraph(note), _groups(checked))
        + _curve(curves(checked))
        + section("objections", "Objections by check", _objections(checked))
        + _wrong(checked)
    )
    return whole(_TITLE, tag("header", tag("h1", text(_TITLE))) + tag("main", main))


def _groups(checked: Sequence[Checked]) -> str:
    heads = ("Claims", "n", "Shown", "Let through", "Withheld")
    bodies = [
        body((_row(name, held) for name, held in names.items()), f"By {by}", len(heads))
        for by, names in rates(checked).items()
    ]
    return table("Shares with 95% bootstrap intervals", heads, bodies)


def _row(name: str, held: Rates) -> str:
    shares: tuple[Rate | None, ...] = (held.let_through, held.withheld)
    return row(name, [str(held.claims), str(held.shown), *map(written, shares)])


def _curve(drawn: dict[str, tuple[Point, ...]]) -> str:
    """Each half's curve, drawn and in figures; nothing where no half has one."""
    if not drawn:
        return ""
    note = (
        f"A claim needs a likeness of {LEAST_MEANING:g} to what it rests on and {LEAST_BORNE:g} of"
        " its words there. Both move together; the dots mark where they stand."
    )
    rows = [
        Trace(name, name, tuple(map(_spot, points)), _spot(_at(points, 0.0)))
        for name, points in drawn.items()
    ]
    picture = traces(
        "curve-checks",
        "Withheld against let through, as both thresholds move",
        "let through: of the claims that must not be shown",
        "withheld: of those that may be",
        rows,
    )
    heads = ["Moved", *(f"{name}, {side}" for name in drawn for side in ("through", "withheld"))]
    lines = [row(f"{moved:+g}" if moved else "0", _moved(drawn, moved)) for moved in _TABLED]
    return section(
        "curve",
        "If more support, or less, were asked for",
        paragraph(note),
        tag("figure", picture, class_="wide", tabindex=0),
        table("Shares with both thresholds moved (0: as they stand)", heads, [body(lines)]),
    )


def _spot(point: Point) -> tuple[float, float]:
    return point.let_through, point.withheld


def _at(points: Sequence[Point], moved: float) -> Point:
    return next(point for point in points if point.moved == moved)


def _moved(drawn: dict[str, tuple[Point, ...]], moved: float) -> list[str]:
    points = (_at(each, moved) for each in drawn.values())
    return [f"{share:.3f}" for point in points for share in (point.let_through, point.withheld)]


def _objections(checked: Sequence[Checked]) -> str:
    lines = [row(name, map(str, counts)) for name, counts in by_check(checked).items()]
    heads = ("Check", "To supported claims", "To others")
    return table("How often each check objects", heads, [body(lines)])


def _wrong(checked: Sequence[Checked]) -> str:
    articles = [_article(each) for each in wrongly_shown(checked)]
    return section("wrong", f"Wrongly shown: {len(articles)}", *articles)


def _article(each: Checked) -> str:
    claim, verdict = each.claim, each.verdict
    head = f"{claim.id}: {claim.split}, {claim.label}, {claim.kind}"
    figures = f"Meaning {verdict.meaning:.3f}, borne {verdict.borne:.3f}. It rests on:"
    rests = "".join(paragraph(sentence.text) for _, sentence in verdict.resting)
    return tag(
        "article",
        tag("h3", text(head))
        + tag("p", text(claim.claim), lang=claim.language)
        + paragraph(figures)
        + tag("blockquote", rests, lang=claim.language),
    )
