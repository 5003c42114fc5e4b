"""The figures as a figure for Plotly: three rows of bars, each a larger view of the last bar above.

All bars of a part share one scale from zero, so their lengths can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assistant.desk.figures import Certainty, Counted, Stage
from assistant.models import Language
from assistant.ui.markup import plain
from assistant.ui.pages.timeline_words import figure_name, html_word, number

Chart = dict[str, Any]

# Each part begins with the bar that ends the part above.
PANELS: Mapping[str, tuple[str, ...]] = {
    "asked": ("first_request", "second_request", "last_request"),
    "sent": ("last_request", "addresses_sent"),
    "wrong": ("addresses_sent", "other_report", "court_count", "irs_share", "newer_addresses"),
}
_TITLE, _ROW, _GAP, _THICK = 30, 42, 30, 15  # pixels
_MARGIN = 6
_ROOM = 1.02  # what a scale reaches to, of the longest bar


def numbers_chart(counted: Sequence[Counted], language: Language) -> Chart:
    """Traces and layout; every bar carries its figure's name as ``customdata``."""
    by_name = {each.figure.name: each for each in counted}
    panels = [
        (name, [by_name[each] for each in names if each in by_name])
        for name, names in PANELS.items()
    ]
    shown = [_Panel(name, held) for name, held in panels if held]
    height = sum(each.height for each in shown) + _GAP * (len(shown) - 1)
    top = 0
    traces: list[Chart] = []
    layout = _layout(height)
    for place, panel in enumerate(shown, 1):
        panel.top = top
        traces.extend(panel.traces(place, language))
        layout |= panel.axes(place, height)
        layout["annotations"].append(panel.title(place, language))
        top += panel.height + _GAP
    layout["shapes"] = [_magnified(*pair, height) for pair in pairwise(shown)]
    return {"data": traces, "layout": layout}


class _Panel:
    """One part of the chart: its bars from the top down, in pixels below its own top."""

    def __init__(self, name: str, held: list[Counted]) -> None:
        self.name = name
        self.held = held
        self.height = _TITLE + _ROW * len(held)
        self.reach = _ROOM * max(each.figure.value for each in held)
        self.top = 0

    def middle(self, place: int) -> float:
        """The middle of a bar; its name stands above it."""
        return _TITLE + _ROW * place + 28

    def traces(self, place: int, language: Language) -> Iterator[Chart]:
        """The bars, and the texts above them."""
        axes = {"xaxis": f"x{place}", "yaxis": f"y{place}"}
        middles = [self.middle(number) for number, _ in enumerate(self.held)]
        telling = _telling(self.held, language)
        yield (
            axes
            | telling
            | {
                "type": "bar",
                "orientation": "h",
                "x": [each.figure.value for each in self.held],
                "y": middles,
                "width": _THICK,
                "marker": _marker([_paint(each) for each in self.held]),
            }
        )
        yield (
            axes
            | telling
            | {
                "type": "scatter",
                "mode": "text",
                "x": [0] * len(self.held),
                "y": [middle - 18 for middle in middles],
                "text": [_label(each, language) for each in self.held],
                "textposition": "middle right",
                "textfont": {"size": 13, "color": "--ink"},
                "cliponaxis": False,
            }
        )

    def axes(self, place: int, height: int) -> Chart:
        """Both scales of this part, in its place of the whole."""
        below = self.top + self.height
        return {
            f"xaxis{place}": {
                "range": [0, self.reach],
                "anchor": f"y{place}",
                "visible": False,
                "fixedrange": True,
            },
            f"yaxis{place}": {
                "range": [self.height, 0],
                "domain": [1 - below / height, 1 - self.top / height],
                "anchor": f"x{place}",
                "visible": False,
                "fixedrange": True,
            },
        }

    def title(self, place: int, language: Language) -> Chart:
        """The name of this part."""
        return {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": _TITLE / 2,
            "yref": f"y{place}",
            "text": f"<b>{html_word(language, f'panel_{self.name}')}</b>",
            "showarrow": False,
            "font": {"size": 14, "color": "--quiet"},
        }


def _magnified(above: _Panel, below: _Panel, height: int) -> Chart:
    """The pale shape between the last bar of a part and the first of the next, which are one."""
    bar = above.top + above.middle(len(above.held) - 1) + _THICK / 2
    other = below.top + below.middle(0) - _THICK / 2
    end = above.held[-1].figure.value / above.reach
    wide = below.held[0].figure.value / below.reach
    y, z = 1 - bar / height, 1 - other / height
    return {
        "type": "path",
        "xref": "paper",
        "yref": "paper",
        "layer": "below",
        "path": f"M 0 {y:.4f} L {end:.4f} {y:.4f} L {wide:.4f} {z:.4f} L 0 {z:.4f} Z",
        "fillcolor": "--accent-soft",
        "line": {"width": 0},
    }


@dataclass(frozen=True, slots=True)
class _Paint:
    """What a bar is filled with, its edge, and the shape of its stripes."""

    fill: str
    edge: str
    stripes: str = ""


def _paint(counted: Counted) -> _Paint:
    certainty = counted.figure.certainty
    if certainty is Certainty.REFUSED:
        return _Paint("--quiet", "--quiet", "/")
    colour = "--halted" if counted.figure.stage is Stage.WRONG else "--accent"
    return _Paint(colour if certainty is Certainty.COUNTED else f"{colour}-soft", colour)


def _marker(paints: Sequence[_Paint]) -> Chart:
    return {
        "color": [each.fill for each in paints],
        "line": {"color": [each.edge for each in paints], "width": 1.5},
        "pattern": {
            "shape": [each.stripes for each in paints],
            "fgcolor": [each.edge for each in paints],
            "bgcolor": "--raised",
            "size": 7,
            "solidity": 0.35,
        },
    }


def _label(counted: Counted, language: Language) -> str:
    written = plain(counted.figure.written[language])
    return f"<b>{written}</b> {plain(figure_name(counted, language))}"


def _telling(held: Sequence[Counted], language: Language) -> Chart:
    return {
        "customdata": [each.figure.name for each in held],
        "hovertext": [_hover(each, language) for each in held],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
    }


def _hover(counted: Counted, language: Language) -> str:
    figure = counted.figure
    told = [_label(counted, language), plain(figure.who[language])]
    if figure.certainty is Certainty.AT_MOST:
        told.append(html_word(language, "at_most", value=number(figure.value)))
    return "<br>".join([*told, html_word(language, "hover_more")])


def _layout(height: int) -> Chart:
    return {
        "height": height + 2 * _MARGIN,
        "margin": {"l": _MARGIN, "r": _MARGIN, "t": _MARGIN, "b": _MARGIN},
        "barmode": "overlay",
        "annotations": [],
    }
