"""Bars and curves as inline pictures (SVG), readable without seeing them."""

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


@dataclass(frozen=True, slots=True)
class Trace:
    """A curve of shares, across and up, with one of its points marked; ``style`` names a class."""

    label: str
    style: str
    points: tuple[tuple[float, float], ...]
    mark: tuple[float, float]

    @property
    def told(self) -> str:
        """The marked point in words' order, for who does not see the curve."""
        return f"{self.label}: marked at {self.mark[0]:.2f} across, {self.mark[1]:.2f} up"


_SIDE, _LEFT, _FOOT = 340, 64, 56


def traces(name: str, title: str, across: str, up: str, rows: Sequence[Trace]) -> str:
    """A picture of curves on two scales from 0 to 1; its description says the marked points."""
    told = tag("title", text(title), id=f"{name}-title") + tag(
        "desc", text("; ".join(row.told for row in rows)), id=f"{name}-desc"
    )
    drawn = "".join(_trace(row, place) for place, row in enumerate(rows))
    return tag(
        "svg",
        told + _field(across, up) + drawn,
        viewBox=f"0 0 {_LEFT + _SIDE + 16} {_TOP + _SIDE + _FOOT}",
        role="img",
        class_="square",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def _field(across: str, up: str) -> str:
    drawn = []
    for mark in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = _spot((mark, mark))
        drawn.append(tag("line", x1=x, x2=x, y1=_TOP, y2=_TOP + _SIDE, class_="grid"))
        drawn.append(tag("line", x1=_LEFT, x2=_LEFT + _SIDE, y1=y, y2=y, class_="grid"))
        drawn.append(tag("text", f"{mark:g}", x=x, y=_TOP + _SIDE + 16, text_anchor="middle"))
        drawn.append(tag("text", f"{mark:g}", x=_LEFT - 8, y=y + 4, text_anchor="end"))
    middle = _TOP + _SIDE / 2
    turned = f"rotate(-90 18 {middle})"
    drawn.append(
        tag("text", text(across), x=_LEFT + _SIDE / 2, y=_TOP + _SIDE + 40, text_anchor="middle")
    )
    drawn.append(tag("text", text(up), x=18, y=middle, text_anchor="middle", transform=turned))
    return "".join(drawn)


def _trace(row: Trace, place: int) -> str:
    path = " ".join("{:g},{:g}".format(*_spot(point)) for point in row.points)
    x, y = _spot(row.mark)
    # The key stands at the lower right, where no curve that is worth anything comes.
    key, beside = _TOP + _SIDE - 16 - 22 * place, _LEFT + _SIDE // 2
    return (
        tag("polyline", points=path, class_=f"trace {row.style}")
        + tag("circle", cx=x, cy=y, r=5, class_=f"mark {row.style}")
        + tag("line", x1=beside, x2=beside + 24, y1=key, y2=key, class_=f"trace {row.style}")
        + tag("text", text(row.label), x=beside + 32, y=key + 4)
    )


def _spot(point: tuple[float, float]) -> tuple[float, float]:
    return round(_LEFT + _SIDE * point[0], 1), round(_TOP + _SIDE * (1 - point[1]), 1)
