"""Bars with their intervals as an inline picture (SVG), readable without seeing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.markup import tag, text

_LABEL, _PLOT, _VALUE, _ROW, _TOP = 150, 380, 130, 26, 24
_WIDTH = _LABEL + _PLOT + _VALUE


@dataclass(frozen=True, slots=True)
class Bar:
    """One share from 0 to 1 with its interval, and how many questions it rests on."""

    label: str
    n: int
    value: float
    low: float
    high: float

    @property
    def told(self) -> str:
        """The figure in words' order, for who does not see the bar."""
        return f"{self.label} {self.value:.2f} ({self.low:.2f} to {self.high:.2f}, n {self.n})"


def bars(name: str, title: str, rows: Sequence[Bar]) -> str:
    """A picture of one bar a row on a scale from 0 to 1; its description says every figure."""
    height = _TOP + _ROW * len(rows) + 4
    told = tag("title", text(title), id=f"{name}-title") + tag(
        "desc", text("; ".join(bar.told for bar in rows)), id=f"{name}-desc"
    )
    drawn = "".join(_bar(bar, _TOP + _ROW * place) for place, bar in enumerate(rows))
    return tag(
        "svg",
        told + _scale(height) + drawn,
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def _scale(height: int) -> str:
    drawn = []
    for mark in (0.0, 0.25, 0.5, 0.75, 1.0):
        at = _across(mark)
        drawn.append(tag("line", x1=at, x2=at, y1=_TOP - 4, y2=height, class_="grid"))
        drawn.append(tag("text", f"{mark:g}", x=at, y=_TOP - 9, text_anchor="middle"))
    return "".join(drawn)


def _bar(bar: Bar, top: int) -> str:
    middle = top + _ROW / 2
    low, high = _across(bar.low), _across(bar.high)
    value = f"{bar.value:.2f}  n {bar.n}"
    return (
        tag("text", text(bar.label), x=_LABEL - 8, y=middle + 4, text_anchor="end")
        + tag(
            "rect",
            x=_LABEL,
            y=top + 5,
            width=round(_PLOT * bar.value, 1),
            height=_ROW - 10,
            class_="bar",
        )
        + tag("line", x1=low, x2=high, y1=middle, y2=middle, class_="whisker")
        + "".join(
            tag("line", x1=end, x2=end, y1=middle - 5, y2=middle + 5, class_="whisker")
            for end in (low, high)
        )
        + tag("text", value, x=_LABEL + _PLOT + 10, y=middle + 4)
    )


def _across(share: float) -> float:
    return round(_LABEL + _PLOT * share, 1)
