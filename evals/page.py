"""The report as one page of HTML that asks nothing of any other file or host."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.models import Language, Outcome
from evals.abstention import Curve, Point, curves
from evals.chart import Bar, Trace, bars, traces
from evals.compare import Comparison
from evals.generated.listening import Heard
from evals.generated.page import parts as model_parts
from evals.markup import body, items, paragraph, row, section, table, tag, text, whole
from evals.measures import BY_NAME, HEADLINES, MEASURES, TITLES, Family, Measure, Unit, of_family
from evals.record import receipt_of
from evals.report import reasons
from evals.run import Record, confusion
from evals.summary import (
    ALL,
    INTERVALS,
    Figure,
    Figures,
    gaps,
    groups,
    interval,
    signed,
    summary,
    written,
)

_WORST = 10
_TITLE = "Ask 6103: evaluation"


def page(
    records: Sequence[Record],
    comparison: Comparison | None = None,
    heard: Sequence[Heard] = (),
) -> str:
    """The whole report; what compares, or tells of a model, is left out where there is nothing."""
    rows = summary(records)
    parts = {
        "overall": _overall(rows[ALL][ALL], len(records)),
        "groups": _groups(rows, records),
        "types": _types(rows["type"]),
        "languages": _languages(records),
        "outcomes": _outcomes(records),
        "abstention": _abstention(curves(records)),
        "model": _section("model", *model_parts(heard)) if heard else "",
        "changes": _changes(comparison) if comparison else "",
        "worst": _worst(records),
        "method": _method(),
    }
    shown = {name: html for name, html in parts.items() if html}
    inner = _header(records) + _contents(shown) + tag("main", "".join(shown.values()))
    return whole(_TITLE, inner)


_NAMES = {
    "overall": "All questions",
    "groups": "By language, audience, split and type",
    "types": "By type, drawn",
    "languages": "Spanish less English",
    "outcomes": "Outcomes",
    "abstention": "If more evidence, or less, were asked for",
    "model": "What came of the model's sentences",
    "changes": "Gained and lost",
    "worst": "The ten worst answers",
    "method": "How it was measured",
}


def _section(name: str, *parts: str) -> str:
    return section(name, _NAMES[name], *parts)


def _header(records: Sequence[Record]) -> str:
    receipt = receipt_of(records)
    days = sorted({record.answer.question.as_of for record in records if not record.case.as_of})
    facts = {
        "Questions": f"{len(records)}",
        "Asked as of": ", ".join(day.isoformat() for day in days) or "each question's own day",
        "Corpus": receipt.corpus,
        "Index": receipt.index,
        "Embedder": receipt.embedder,
        "Engine": receipt.engine,
        "Settings": receipt.settings,
    }
    return tag("header", tag("h1", text(_TITLE)) + _facts(facts))


def _facts(facts: dict[str, str]) -> str:
    return tag("dl", "".join(tag("dt", text(k)) + tag("dd", text(v)) for k, v in facts.items()))


def _contents(names: Iterable[str]) -> str:
    links = (tag("li", tag("a", text(_NAMES[name]), href=f"#{name}")) for name in names)
    return tag("nav", tag("ul", "".join(links)), aria_label="Contents")


def _overall(figures: Figures, size: int) -> str:
    heads = ("Measure", "What it is", "Better", "n", "Figure", "95% interval")
    bodies = [
        body((_measure_row(m, figures[m.name]) for m in of_family(family)), title, len(heads))
        for family, title in TITLES.items()
    ]
    return _section("overall", table(f"Every measure over {size} questions", heads, bodies, 1))


def _measure_row(measure: Measure, figure: Figure) -> str:
    cells = (
        tag("td", text(measure.says), class_="words"),
        tag("td", text(measure.better)),
        tag("td", str(figure.n)),
        tag("td", _value(figure, measure)),
        tag("td", interval(figure, measure.unit)),
    )
    return tag("tr", tag("th", text(measure.head), scope="row") + "".join(cells))


def _value(figure: Figure, measure: Measure) -> str:
    return written(figure.value, measure.unit) + (
        " ms" if measure.unit is Unit.MILLISECONDS and figure.n else ""
    )


def _groups(rows: dict[str, dict[str, Figures]], records: Sequence[Record]) -> str:
    sizes = {name: len(held) for names in groups(records).values() for name, held in names.items()}
    tables = [_family(family, title, rows, sizes) for family, title in TITLES.items()]
    return _section("groups", *tables)


def _family(
    family: Family, title: str, rows: dict[str, dict[str, Figures]], sizes: dict[str, int]
) -> str:
    measures = of_family(family)
    heads = ("Questions", "n", *(measure.head for measure in measures))
    bodies = []
    for by, names in rows.items():
        lines = (
            row(name, [str(sizes[name]), *(_cell(held[m.name], m) for m in measures)])
            for name, held in names.items()
        )
        bodies.append(body(lines, "" if by == ALL else f"By {by}", len(heads)))
    return tag("h3", text(title)) + table(f"{title}, with 95% intervals", heads, bodies)


def _cell(figure: Figure, measure: Measure) -> str:
    shown = interval(figure, measure.unit)
    return written(figure.value, measure.unit) + (f" <small>{shown}</small>" if shown else "")


def _types(by_type: dict[str, Figures]) -> str:
    drawn = []
    for name in HEADLINES:
        measure = BY_NAME[name]
        rows = [_drawn(kind, figures[name]) for kind, figures in by_type.items()]
        picture = bars(
            f"bars-{name}", f"{measure.head}, by type of question", [r for r in rows if r]
        )
        drawn.append(
            tag("h3", text(f"{measure.head}: {measure.says}"))
            + tag("figure", picture, class_="wide", tabindex=0)
        )
    return _section("types", *drawn)


def _drawn(label: str, figure: Figure) -> Bar | None:
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    return Bar(label, figure.n, figure.value, figure.low, figure.high)


def _languages(records: Sequence[Record]) -> str:
    rows = []
    for name, gap in gaps(records).items():
        measure = BY_NAME[name]
        told = [signed(each, measure.unit) for each in (gap.difference, gap.low, gap.high)]
        away = "yes" if gap.low > 0 or gap.high < 0 else "no"
        cells = (told[0], f"{told[1]} to {told[2]}", away)
        rows.append(row(measure.head, cells))
    if not rows:
        return ""
    heads = ("Measure", "Difference", "95% interval", "Interval clear of 0")
    caption = "Spanish less English: the mean over Spanish questions less that over English ones"
    return _section("languages", table(caption, heads, [body(rows)]))


def _outcomes(records: Sequence[Record]) -> str:
    counts = confusion(records)
    rows = []
    for expected in sorted({expected for expected, _ in counts}):
        right = expected.split(" or ")
        cells = (_count(counts.get((expected, got), 0), got in right) for got in Outcome)
        rows.append(row(expected, cells))
    heads = ("Acceptable", *Outcome)
    caption = "Acceptable outcomes (rows) and those that came (columns); bold ones are acceptable"
    return _section("outcomes", table(caption, heads, [body(rows)]))


def _count(count: int, right: bool) -> str:
    return tag("strong", str(count)) if right else str(count)


_TABLED = (-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0)


def _abstention(drawn: dict[str, Curve]) -> str:
    """The curve of each half, drawn and in figures; nothing where no half has one."""
    if not drawn:
        return ""
    note = (
        "A question is answered when the evidence reaches a threshold. Moved up, it keeps back more"
        " of what must not be answered, and more of what must be. The dots mark where it stands."
    )
    rows = [
        Trace(
            f"{name} (n {curve.must_answer} and {curve.must_abstain})",
            name,
            tuple(map(_spot, curve.points)),
            _spot(curve.today),
        )
        for name, curve in drawn.items()
    ]
    picture = traces(
        "curve-abstention",
        "Kept back rightly against kept back wrongly, as the threshold moves",
        "wrongly: of the questions to be answered",
        "rightly: of those not to be answered",
        rows,
    )
    caption = "Share kept back rightly, and wrongly, with the threshold moved (0: as it stands)"
    heads = ["Moved", *(f"{name}, {side}" for name in drawn for side in ("rightly", "wrongly"))]
    lines = [
        row(f"{moved:+g}" if moved else "0", _moved(drawn.values(), moved)) for moved in _TABLED
    ]
    return _section(
        "abstention",
        paragraph(note),
        tag("figure", picture, class_="wide", tabindex=0),
        table(caption, heads, [body(lines)]),
    )


def _spot(point: Point) -> tuple[float, float]:
    return point.over, point.kept


def _moved(drawn: Iterable[Curve], moved: float) -> list[str]:
    points = (next(p for p in curve.points if p.moved == moved) for curve in drawn)
    return [f"{share:.2f}" for point in points for share in (point.kept, point.over)]


def _changes(comparison: Comparison) -> str:
    rows = []
    for change in comparison.moved:
        cells = (
            tag("td", _ids(change.gained), class_="ids"),
            tag("td", _ids(change.lost), class_="ids"),
        )
        rows.append(tag("tr", tag("th", text(change.measure.head), scope="row") + "".join(cells)))
    heads = ("Measure", "Better than before", "Worse than before")
    caption = "Questions whose score rose or fell since the earlier record"
    return _section("changes", items(comparison.notes), table(caption, heads, [body(rows)], 2))


def _ids(names: Sequence[str]) -> str:
    return text(f"{len(names)}: {', '.join(names)}" if names else "0")


def worst(records: Iterable[Record], count: int = _WORST) -> tuple[Record, ...]:
    """The questions that did most badly, of those that did not pass.

    First what is forbidden, then a wrong outcome, then the fewest key facts shown, then the fewest
    acceptable citations; ties in the order of ids.
    """
    failed = (record for record in records if not record.passed)
    return tuple(sorted(failed, key=_badness)[:count])


def _badness(record: Record) -> tuple[float, float, float, float, str]:
    said, ending = record.scores.answering, record.scores.ending
    facts = 1.0 if said.facts_shown is None else said.facts_shown
    cites = 1.0 if said.citation_precision is None else said.citation_precision
    return (-said.violation, ending.outcome, facts, cites, record.case.id)


def _worst(records: Sequence[Record]) -> str:
    shown = worst(records)
    if not shown:
        return ""
    note = (
        "Of the questions that did not pass: first what is forbidden, then a wrong outcome, then"
        " the fewest key facts shown, then the fewest acceptable citations."
    )
    return _section("worst", paragraph(note), *(_article(record) for record in shown))


def _article(record: Record) -> str:
    case, answer = record.case, record.answer
    said = tag("span", text(case.question), lang=case.language)
    earlier = items(f"{turn.role}: {turn.text}" for turn in case.turns)
    facts = {
        "Question is": f"{case.language}, {case.audience}, {case.type}, {case.split}",
        "As of": answer.question.as_of.isoformat(),
        "Outcome": answer.outcome,
        "Why": "; ".join(reasons(record)),
    }
    shown = "".join(paragraph(each) for each in answer.text.split("\n\n"))
    notices = items(answer.notices)
    return tag(
        "article",
        tag("h3", f"{text(case.id)}: {said}")
        + earlier
        + _facts(facts)
        + tag("blockquote", shown + notices, lang=answer.question.language)
        + _sources(record, answer.question.language),
    )


def _sources(record: Record, language: Language) -> str:
    lines = (
        tag("li", text(f"{c.passage.source.id}, {c.passage.pinpoint}"), value=c.number)
        for c in record.answer.citations
    )
    inner = "".join(lines)
    return tag("h4", "Sources") + tag("ol", inner, lang=language) if inner else ""


def _method() -> str:
    return _section(
        "method",
        paragraph(
            "No model judges. A key fact is a pattern that a person wrote; it counts as shown when"
            " the text matches it. Each score is a function in evals/, with its definition and its"
            " source beside it."
        ),
        paragraph(
            f"Figures are means over the questions that measure them. {INTERVALS} Where every"
            " question scored the same, such an interval has no width and says nothing of what"
            " was not asked; the rule of three then puts the bound at 3 / n."
        ),
        paragraph(
            "The gap of the languages is that of two samples, drawn anew each by itself: the"
            " Spanish questions are no translations of the English ones."
        ),
        paragraph(f"Measures: {len(MEASURES)}. To run it again: python -m evals run."),
    )
