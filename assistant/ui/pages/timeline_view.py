"""The page of the timeline as HTML: charts, what each shows in words, and their tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from assistant.desk.chronicle import Span, Told
from assistant.desk.figures import Certainty, Counted
from assistant.models import Language
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.ui.charts import script_address
from assistant.ui.markup import plain
from assistant.ui.pages.numbers_chart import Chart, numbers_chart
from assistant.ui.pages.timeline_chart import timeline_chart
from assistant.ui.pages.timeline_words import (
    day,
    entry_name,
    figure_name,
    html_word,
    number,
    quoted,
    when,
)
from assistant.ui.theme import LIGHT

_FORMATS = ("png", "svg", "csv")
_TABLE = 'role="table"'


def timeline_page(
    chronicle: Sequence[Told],
    counted: Sequence[Counted],
    spans: Sequence[Span],
    last: date,
    language: Language,
) -> str:
    """The whole page in one language; ``last`` is the last day that the sources reach."""
    return (
        f'<div class="sheet chronicle"><h1>{html_word(language, "title")}</h1>'
        f'<p class="lead">{html_word(language, "lead")}</p>'
        f'<p class="quiet">{html_word(language, "reach", date=day(language, last))}</p>'
        f"{_jumps(language)}{_time(chronicle, spans, last, language)}"
        f"{_day(chronicle, spans, last, language)}{_numbers(counted, last, language)}</div>"
    )


def _jumps(language: Language) -> str:
    items = "".join(
        f'<li><a href="#{name}">{html_word(language, f"{name}_heading")}</a></li>'
        for name in ("time", "day", "numbers")
    )
    return f'<nav class="jumps" aria-label="{html_word(language, "jumps")}"><ul>{items}</ul></nav>'


def _time(chronicle: Sequence[Told], spans: Sequence[Span], last: date, language: Language) -> str:
    rows = "".join(_entry_row(each, language) for each in chronicle)
    table = _table(language, "time", ("entry", "when", "quote"), rows, len(chronicle))
    return (
        f'<section aria-labelledby="time"><h2 id="time">{html_word(language, "time_heading")}</h2>'
        f'<p class="quiet">{html_word(language, "time_hint")}</p>'
        f"{_chart('time', timeline_chart(chronicle, language), last, language)}"
        f"{_key(chronicle, language)}{_picked('time', language)}"
        f'<p class="summary" id="time-summary">{_time_summary(chronicle, spans, last, language)}'
        f"</p>{table}</section>"
    )


def _time_summary(
    chronicle: Sequence[Told], spans: Sequence[Span], last: date, language: Language
) -> str:
    held = [each for each in chronicle if each.entry.id in spans[-1].names]
    lasting = sum(each.entry.lasts for each in chronicle)
    return html_word(
        language,
        "time_summary",
        count=len(chronicle),
        first=day(language, chronicle[0].entry.starts),
        last=day(language, chronicle[-1].entry.starts),
        lasting=lasting,
        moments=len(chronicle) - lasting,
        day=day(language, last),
        held=len(held),
        names="; ".join(entry_name(each, language) for each in held),
    )


def _chart(name: str, chart: Chart, last: date, language: Language) -> str:
    """The place of a chart: it is drawn when it is near, by what stands in its attributes."""
    height = chart["layout"]["height"]
    product = say(language, "ui.product")
    foot = html_word(language, "export_foot", date=day(language, last), product=product)
    return (
        f'<div class="chart" data-chart="{name}" data-plotly="{plain(script_address())}" '
        f'data-figure="{plain(_json(chart))}" data-light="{plain(_json(LIGHT))}" '
        f'data-title="{html_word(language, f"{name}_heading")}" data-foot="{foot}" '
        f'data-file="{html_word(language, f"file_{name}")}" style="min-height: {height}px">'
        f'<div class="drawing" role="img" aria-label="{html_word(language, f"{name}_chart")}" '
        f'aria-describedby="{name}-summary" data-drawing></div>'
        f'<p class="quiet" data-drawn-not>{html_word(language, "drawing")}</p></div>'
        f"{_saving(name, language)}"
    )


def _key(chronicle: Sequence[Told], language: Language) -> str:
    """The names of the numbers, each of which opens its source as its bar or point does."""
    items = "".join(
        f'<li><button type="button" class="quiet-button" data-open="{each.entry.id}">'
        f"{each.number} {plain(entry_name(each, language))}</button></li>"
        for each in chronicle
    )
    return (
        f'<details class="key" data-screen><summary>{html_word(language, "key")}</summary>'
        f"<ol>{items}</ol></details>"
    )


def _picked(name: str, language: Language) -> str:
    """The place where the source of what was pressed opens."""
    return (
        f'<section class="picked" aria-label="{html_word(language, "picked")}" '
        f'data-picked="{name}"><p class="quiet">{html_word(language, "picked_none")}</p></section>'
    )


def _saving(name: str, language: Language) -> str:
    buttons = "".join(
        f'<button type="button" class="quiet-button" data-save-{name}="{each}">'
        f"{html_word(language, f'save_{each}')}</button>"
        for each in _FORMATS
    )
    label = html_word(language, f"save_{name}")
    return f'<p class="chart-saving" data-screen><span>{label}</span>{buttons}</p>'


def _table(language: Language, name: str, columns: Sequence[str], rows: str, count: int) -> str:
    # A narrow screen shows each row as a card; the roles keep it a table for a screen reader.
    heads = "".join(
        f'<th scope="col" role="columnheader">{html_word(language, f"column_{each}")}</th>'
        for each in columns
    )
    return (
        f'<details class="table-of" data-table="{name}"><summary>'
        f"{html_word(language, f'{name}_table', count=count)}</summary>"
        f"<table {_TABLE}><caption>{html_word(language, f'{name}_caption')}</caption>"
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></details>'
    )


def _entry_row(told: Told, language: Language) -> str:
    return (
        f'<tr role="row" id="entry-{told.entry.id}" data-entry="{told.entry.id}">'
        f'<th scope="row" role="rowheader" data-name>{_entry_head(told, language)}</th>'
        f'<td role="cell" class="when" data-when>{plain(when(told.entry, language))}</td>'
        f'<td role="cell" data-quoted>{quoted(told.quote, language)}</td></tr>'
    )


def _entry_head(told: Told, language: Language) -> str:
    kind = told.entry.kind
    limits = told.entry.limits
    limit = html_word(language, f"limits_{limits}") if limits else ""
    return (
        f'<span class="entry-kind {kind}">{told.number} '
        f"{html_word(language, f'kind_{kind}')}</span> "
        f'<span class="entry-name">{plain(entry_name(told, language))}</span> '
        f'<span class="limits">{limit}</span>'
    )


def _day(chronicle: Sequence[Told], spans: Sequence[Span], last: date, language: Language) -> str:
    """What was in force on a day: the last one at first, then whichever is chosen."""
    first = chronicle[0].entry.starts
    held = spans[-1].names
    lasting = [each for each in chronicle if each.entry.lasts]
    items = "".join(_held(each, each.entry.id in held, last, language) for each in lasting)
    table = [{"starts": each.starts.isoformat(), "names": each.names} for each in spans]
    said = html_word(language, "day_said", date=day(language, last), count=len(held))
    buttons = "".join(
        f'<button type="button" class="button" data-day-{way}>'
        f"{html_word(language, f'day_{way}')}</button>"
        for way in ("before", "after")
    )
    return (
        f'<section aria-labelledby="day" data-day data-spans="{plain(_json(table))}" '
        f'data-first="{first}" data-last="{last}"><h2 id="day">{html_word(language, "day_heading")}'
        f'</h2><p class="quiet">{html_word(language, "day_lead")}</p>'
        '<div class="day-choice" data-screen><div class="field">'
        f'<label for="chosen-day">{html_word(language, "day_label")}</label>'
        f'<input type="date" id="chosen-day" min="{first}" max="{last}" value="{last}"></div>'
        f'<input type="range" aria-label="{html_word(language, "day_slider")}" min="0" '
        f'max="{(last - first).days}" value="{(last - first).days}" step="1" data-slider>'
        f'<p class="day-steps">{buttons}</p></div>'
        f'<p class="day-wrong" role="alert" data-wrong></p>'
        f'<p class="day-said" role="status" data-said>{said}</p>'
        f"<p hidden data-none>{html_word(language, 'day_none')}</p>"
        f'<ol class="held">{items}</ol></section>'
    )


def _held(told: Told, shown: bool, last: date, language: Language) -> str:
    entry = told.entry
    doubt = ""
    if not entry.ends:
        told_so = html_word(language, "day_unconfirmed")
        hidden = "" if last > entry.confirmed else " hidden"
        doubt = f'<p class="doubt"{hidden} data-doubt="{entry.confirmed}">{told_so}</p>'
    return (
        f'<li data-held="{entry.id}"{"" if shown else " hidden"}>'
        f"<h3>{_entry_head(told, language)}</h3>"
        f'<p class="when">{plain(when(entry, language))}</p>{doubt}'
        f"{quoted(told.quote, language)}</li>"
    )


def _numbers(counted: Sequence[Counted], last: date, language: Language) -> str:
    rows = "".join(_figure_row(each, language) for each in counted)
    table = _table(language, "numbers", ("figure", "who", "quote"), rows, len(counted))
    told = "; ".join(
        f"{each.figure.written[language]}: {figure_name(each, language)}" for each in counted
    )
    summary = html_word(language, "numbers_summary", count=len(counted), told=f"{told}.")
    return (
        f'<section aria-labelledby="numbers"><h2 id="numbers">'
        f"{html_word(language, 'numbers_heading')}</h2>"
        f'<p class="quiet">{html_word(language, "numbers_hint")}</p>'
        f"{_chart('numbers', numbers_chart(counted, language), last, language)}"
        f"{_picked('numbers', language)}"
        f'<p class="summary" id="numbers-summary">{summary}</p>{table}</section>'
    )


def _figure_row(counted: Counted, language: Language) -> str:
    figure = counted.figure
    quotes = "".join(quoted(each, language) for each in counted.quotes)
    most = ""
    if figure.certainty is Certainty.AT_MOST:
        drawn = html_word(language, "at_most", value=number(figure.value))
        most = f'<span class="quiet">({drawn})</span>'
    return (
        f'<tr role="row" id="figure-{figure.name}" data-entry="{figure.name}">'
        f'<th scope="row" role="rowheader" data-name><span class="figure-value">'
        f"{plain(figure.written[language])}</span> "
        f'<span class="entry-name">{plain(figure_name(counted, language))}</span> {most}</th>'
        f'<td role="cell" class="when" data-when>{plain(figure.who[language])}<br>'
        f"{plain(say_date(language, figure.when))}</td>"
        f'<td role="cell" data-quoted>{quotes}</td></tr>'
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
