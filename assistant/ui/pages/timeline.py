"""Timeline and numbers: what was in force when, and the figures, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from assistant.desk.chronicle import Told, chronicle, spans
from assistant.desk.figures import Counted, counted
from assistant.export.table import as_csv
from assistant.models import Citation, Language
from assistant.texts import say
from assistant.timeline import horizon
from assistant.ui.frame import Assistant, File, Page, Reply, Sent, live
from assistant.ui.pages.timeline_view import timeline_page
from assistant.ui.pages.timeline_words import (
    ROOM,
    day_is_confirmed,
    entry_name,
    figure_name,
    word,
)
from assistant.verify.quotes import source_reader

_ENTRY = ("number", "kind", "entry", "starts", "day_confirmed", "ends", "confirmed")
_FIGURE = ("figure", "value", "counts", "who", "when")
_SOURCE = ("quote", "title", "citation", "standing", "standing_day", "address")


def build(assistant: Assistant) -> None:
    """The page as the documents stand now; its script asks only for the tables as files."""
    hears = {"time": partial(time_table, assistant), "numbers": partial(numbers_table, assistant)}
    live("timeline", {each: page_for(assistant, each) for each in Language}, hears)


def page_for(assistant: Assistant, language: Language) -> str:
    """The page in one language."""
    told, figures = _told(assistant, language), _counted(assistant, language)
    return timeline_page(told, figures, spans(), horizon(), language)


def time_table(assistant: Assistant, sent: Sent) -> Reply:
    """Every entry and its sentence, as a file."""
    language = sent.language
    rows = (
        (*_entry_cells(each, language), *_source_cells(each.quote, language))
        for each in _told(assistant, language)
    )
    return _file("time", _header(language, (*_ENTRY, *_SOURCE)), rows, language)


def numbers_table(assistant: Assistant, sent: Sent) -> Reply:
    """Every figure once for each of its sentences, as a file."""
    language = sent.language
    rows = (
        (*_figure_cells(each, language), *_source_cells(quote, language))
        for each in _counted(assistant, language)
        for quote in each.quotes
    )
    return _file("numbers", _header(language, (*_FIGURE, *_SOURCE)), rows, language)


def _told(assistant: Assistant, language: Language) -> tuple[Told, ...]:
    reads = source_reader(assistant.settings.corpus)
    return chronicle(assistant.index().languages[language], reads)


def _counted(assistant: Assistant, language: Language) -> tuple[Counted, ...]:
    reads = source_reader(assistant.settings.corpus)
    return counted(assistant.index().languages[language], reads)


def _header(language: Language, names: Sequence[str]) -> list[str]:
    return [word(language, f"csv_{name}") for name in names]


def _entry_cells(told: Told, language: Language) -> tuple[str, ...]:
    entry = told.entry
    return (
        str(told.number),
        word(language, f"kind_{entry.kind}"),
        entry_name(told, language),
        entry.starts.isoformat(),
        word(language, "csv_yes" if day_is_confirmed(entry) else "csv_no"),
        entry.ends.isoformat() if entry.ends else "",
        entry.confirmed.isoformat(),
    )


def _figure_cells(counted: Counted, language: Language) -> tuple[str, ...]:
    figure = counted.figure
    return (
        figure.written[language],
        str(figure.value),
        figure_name(counted, language),
        figure.who[language],
        figure.when,
    )


def _source_cells(quote: Citation, language: Language) -> tuple[str, ...]:
    source = quote.passage.source
    return (
        quote.quote,
        source.title,
        source.citation,
        say(language, f"names.status_{source.status}"),
        source.as_of,
        source.url,
    )


def _file(
    name: str, header: list[str], rows: Iterator[tuple[str, ...]], language: Language
) -> Reply:
    told = f"{word(language, f'file_{name}')}-{date.today().isoformat()}.csv"
    return Reply(file=File(told, as_csv(header, rows)))


PAGE = Page(
    path="/timeline",
    room=ROOM,
    build=build,
    scripts=("timeline.js",),
    styles=("timeline.css",),
    words=tuple(
        f"{ROOM}.{name}"
        for name in (
            "not_drawn",
            "picked_none",
            "picked_close",
            "day_said",
            "day_said_one",
            "day_wrong",
        )
    ),
)
