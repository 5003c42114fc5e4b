"""The evaluation's figures as the About page shows them: a table whose rows carry their bars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from assistant.models import Language
from assistant.tables import read_table
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.ui.markup import plain

_FILE = Path(__file__).with_name("figures.yaml")


@dataclass(frozen=True, slots=True)
class Figure:
    """One share from 0 to 1: its interval, the questions that measure it, and each language's."""

    name: str
    value: float
    low: float
    high: float
    n: int
    en: float
    es: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run of the evaluation measured, and how it can be had again."""

    measured: date
    commit: str
    command: str
    questions: int
    figures: tuple[Figure, ...]

    def figure(self, name: str) -> Figure:
        """A figure by its name."""
        return next(each for each in self.figures if each.name == name)


@cache
def measured() -> Measured:
    """The figures that were committed last."""
    told = read_table(_FILE)
    figures = tuple(Figure(name=name, **facts) for name, facts in told.pop("figures").items())
    return Measured(**told, figures=figures)


def figures_table(told: Measured, language: Language) -> str:
    """The table with its caption; a bar repeats a share for the eye, and is hidden from others."""
    rows = "".join(_row(each, language) for each in told.figures)
    day = say_date(language, told.measured.isoformat())
    caption = _say(language, "measured_on", date=day, commit=told.commit, n=told.questions)
    return (
        f'<table class="figures"><caption>{caption}</caption><thead><tr>'
        f'<th scope="col">{_say(language, "column_what")}</th>'
        f'<th scope="col">{_say(language, "column_share")}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
        f"<p>{_say(language, 'command')} <code>{plain(told.command)}</code></p>"
    )


def percent(share: float, language: Language) -> str:
    """A share in whole hundredths as the language writes it; what is small keeps one decimal."""
    hundredths = share * 100
    small = 0 < hundredths < 1
    number = f"{hundredths:.1f}" if small else f"{hundredths:.0f}"
    return f"{number}\u00a0%" if language is Language.ES else f"{number}%"


def _say(language: Language, name: str, **values: object) -> str:
    return plain(say(language, f"about.{name}", **values))


def _row(figure: Figure, language: Language) -> str:
    shares = {
        name: percent(getattr(figure, name), language) for name in ("low", "high", "en", "es")
    }
    return (
        f'<tr><th scope="row">{_say(language, f"figure_{figure.name}")}'
        f'<span class="more">{_say(language, "figure_more", n=figure.n, **shares)}</span></th>'
        f'<td><span class="share">{percent(figure.value, language)}</span>{_bar(figure)}</td></tr>'
    )


def _bar(figure: Figure) -> str:
    """The share as a bar, and its interval as a line across the bar's end."""
    value, low, high = (round(each * 100, 1) for each in (figure.value, figure.low, figure.high))
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect class="all" width="100" height="8"/>'
        f'<rect class="value" width="{value}" height="8"/>'
        f'<rect class="interval" x="{low}" y="3.25" width="{round(high - low, 1)}" height="1.5"/>'
        "</svg>"
    )
