"""The timeline as a figure for Plotly: bars for what lasts, points for what happened.

Colours stand as names of the theme (``--accent``); the script fills in those of the moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from assistant.desk.chronicle import Told
from assistant.models import Language
from assistant.texts.dates import say_date
from assistant.timeline import Entry, EntryKind
from assistant.ui.markup import plain
from assistant.ui.pages.timeline_words import entry_name, html_word, when

Chart = dict[str, Any]

TOP, BOTTOM = 34, 8  # pixels for the months above, and below the last row
_BAR_ROW, _POINT_ROW, _GROUP_ROW = 36, 30, 27  # pixels
_THICK, _WIDE = 13, 23  # pixels of a bar and of a point
# Points nearer than this would cover each other on a small phone, so they go on lines of their own.
_APART = timedelta(days=50)
_BEFORE, _AFTER = timedelta(days=21), timedelta(days=75)
# A bar without a confirmed end fades out in these steps.
_FADE, _STEP = (0.6, 0.4, 0.25, 0.1), timedelta(days=16)
_NARROW, _LETTER = 316, 7.2  # pixels of the chart on a small phone, and of a letter on it
_DAY_MS = 24 * 60 * 60 * 1000

_COLOURS = {
    EntryKind.AGREEMENT: "--accent",
    EntryKind.ORDER: "--halted",
    EntryKind.RULING: "--quiet",
    EntryKind.APPEAL: "--waits",
    EntryKind.EVENT: "--accent",
    EntryKind.REPORT: "--waits",
}


def timeline_chart(chronicle: Sequence[Told], language: Language) -> Chart:
    """Traces and layout; every bar and point carries its entry's name as ``customdata``."""
    first, last = chronicle[0].entry.starts, max(each.entry.confirmed for each in chronicle)
    scale = _Scale(first - _BEFORE, last + _AFTER, language)
    rows = _Rows()
    traces: list[Chart] = []
    for kind in EntryKind:
        of_kind = [each for each in chronicle if each.entry.kind is kind]
        if of_kind:
            rows.group(html_word(language, f"group_{kind}"))
            draw = _bars if of_kind[0].entry.lasts else _points
            traces.extend(draw(of_kind, rows, scale))
    return {"data": traces, "layout": _layout(scale, rows)}


@dataclass(frozen=True, slots=True)
class _Scale:
    """The days that the chart spans, and the language that it speaks."""

    first: date
    last: date
    language: Language

    def has_room(self, start: date, text: str) -> bool:
        """Whether a text from a day on ends before the chart does, on a small phone too."""
        place = (start - self.first) / (self.last - self.first) * _NARROW
        return place + len(text) * _LETTER < _NARROW


class _Rows:
    """Rows from the top down; each knows where its middle is, in pixels below the axis."""

    def __init__(self) -> None:
        self.height = 0
        self.groups: list[tuple[float, str]] = []

    def group(self, name: str) -> None:
        """A row with the name of what follows."""
        self.groups.append((self._row(_GROUP_ROW) + 3, name))

    def bar(self) -> float:
        """A row for one bar: where its middle is; its name stands above it."""
        return self._row(_BAR_ROW) + 8

    def points(self) -> float:
        """A row for points: where their middle is."""
        return self._row(_POINT_ROW)

    def _row(self, height: int) -> float:
        self.height += height
        return self.height - height / 2


def _bars(told: Sequence[Told], rows: _Rows, scale: _Scale) -> Iterator[Chart]:
    places = {each.number: rows.bar() for each in told}
    yield _bar_trace(told, places, scale.language)
    still_open = [each for each in told if not each.entry.ends]
    for step, opacity in enumerate(_FADE):
        if still_open:
            yield _fading(still_open, places, step, opacity, scale.language)
    yield _names(told, places, scale)


def _bar_trace(told: Sequence[Told], places: dict[int, float], language: Language) -> Chart:
    ends = [each.entry.ends or each.entry.confirmed for each in told]
    return _bar(told, places, language) | {
        "base": [each.entry.starts.isoformat() for each in told],
        "x": [
            (end - each.entry.starts).days * _DAY_MS for each, end in zip(told, ends, strict=True)
        ],
    }


def _fading(
    told: Sequence[Told], places: dict[int, float], step: int, opacity: float, language: Language
) -> Chart:
    return _bar(told, places, language) | {
        "base": [(each.entry.confirmed + step * _STEP).isoformat() for each in told],
        "x": [_STEP.days * _DAY_MS] * len(told),
        "opacity": opacity,
    }


def _bar(told: Sequence[Told], places: dict[int, float], language: Language) -> Chart:
    return {
        "type": "bar",
        "orientation": "h",
        "y": [places[each.number] for each in told],
        "width": _THICK,
        "marker": {"color": [_COLOURS[each.entry.kind] for each in told], "line": {"width": 0}},
    } | _telling(told, language)


def _names(told: Sequence[Told], places: dict[int, float], scale: _Scale) -> Chart:
    """The names above the bars, from the start on, or up to the end where that has no room."""
    language = scale.language
    room = [scale.has_room(each.entry.starts, _label(each, language)) for each in told]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [
            (each.entry.starts if fits else _end_drawn(each.entry)).isoformat()
            for each, fits in zip(told, room, strict=True)
        ],
        "y": [places[each.number] - 15 for each in told],
        "text": [_label(each, language) for each in told],
        "textposition": ["middle right" if fits else "middle left" for fits in room],
        "textfont": {"size": 13, "color": "--ink"},
        "cliponaxis": False,
    } | _telling(told, language)


def _end_drawn(entry: Entry) -> date:
    return entry.ends or entry.confirmed + len(_FADE) * _STEP


def _points(told: Sequence[Told], rows: _Rows, scale: _Scale) -> Iterator[Chart]:
    lines: list[date] = []
    on: list[int] = []
    for each in told:
        free = (line for line, last in enumerate(lines) if each.entry.starts - last >= _APART)
        line = next(free, len(lines))
        lines[line : line + 1] = [each.entry.starts]
        on.append(line)
    places = [rows.points() for _ in lines]
    kind = told[0].entry.kind
    yield {
        "type": "scatter",
        "mode": "markers+text",
        "x": [each.entry.starts.isoformat() for each in told],
        "y": [places[line] for line in on],
        "marker": {
            "symbol": "circle" if kind is EntryKind.EVENT else "diamond",
            "size": _WIDE if kind is EntryKind.EVENT else _WIDE + 5,
            "color": "--raised",
            "line": {"width": 2, "color": _COLOURS[kind]},
        },
        "text": [str(each.number) for each in told],
        "textposition": "middle center",
        "textfont": {"size": 12, "color": "--ink"},
        "cliponaxis": False,
    } | _telling(told, scale.language)


def _telling(told: Sequence[Told], language: Language) -> Chart:
    """What a bar or point tells when it is pointed at, and the entry that it opens."""
    more = html_word(language, "hover_more")
    return {
        "customdata": [each.entry.id for each in told],
        "hovertext": [
            f"<b>{_label(each, language)}</b><br>{plain(when(each.entry, language))}<br>{more}"
            for each in told
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
    }


def _label(told: Told, language: Language) -> str:
    return plain(f"{told.number} {entry_name(told, language)}")


def _layout(scale: _Scale, rows: _Rows) -> Chart:
    months = [
        date(year, month, 1)
        for year in range(scale.first.year, scale.last.year + 1)
        for month in (1, 4, 7, 10)
        if scale.first <= date(year, month, 1) <= scale.last
    ]
    return {
        "height": TOP + rows.height + BOTTOM,
        "margin": {"l": 6, "r": 6, "t": TOP, "b": BOTTOM},
        "barmode": "overlay",
        "xaxis": {
            "type": "date",
            "side": "top",
            "range": [scale.first.isoformat(), scale.last.isoformat()],
            "tickvals": [each.isoformat() for each in months],
            "ticktext": [_month(each, each == months[0], scale.language) for each in months],
            "tickfont": {"size": 12, "color": "--quiet"},
            "gridcolor": "--line",
            "fixedrange": True,
        },
        "yaxis": {
            "range": [rows.height, 0],
            "visible": False,
            "fixedrange": True,
        },
        "annotations": [
            {
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": place,
                "text": f"<b>{name}</b>",
                "showarrow": False,
                "font": {"size": 13, "color": "--quiet"},
            }
            for place, name in rows.groups
        ],
    }


def _month(day: date, first: bool, language: Language) -> str:
    """A month in few letters, with the year below where it begins."""
    name = say_date(language, f"{day.year}-{day.month:02d}")[:3]
    return f"{name}<br>{day.year}" if first or day.month == 1 else name
