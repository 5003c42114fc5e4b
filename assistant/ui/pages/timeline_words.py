"""How the page of the timeline says things: names, days, and a quotation with its source."""

from __future__ import annotations

from datetime import date

from assistant.desk.chronicle import Told
from assistant.desk.figures import Counted
from assistant.models import Citation, Language
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.timeline import Entry
from assistant.ui.addresses import document_address
from assistant.ui.badge import badge
from assistant.ui.markup import emphasised, plain, web_address

ROOM = "timeline_page"


def word(language: Language, name: str, **values: object) -> str:
    """A text of this page."""
    return say(language, f"{ROOM}.{name}", **values)


def html_word(language: Language, name: str, **values: object) -> str:
    """A text of this page, escaped."""
    return plain(word(language, name, **values))


def day(language: Language, when: date) -> str:
    """A day as the language writes it."""
    return say_date(language, when.isoformat())


def entry_name(told: Told, language: Language) -> str:
    """The name of an entry, without what kind it is."""
    return word(language, f"entry_{told.entry.id}")


def when(entry: Entry, language: Language) -> str:
    """When an entry was or lasted, and how far that is confirmed."""
    first = day(language, entry.starts)
    if not entry.lasts:
        sure = day_is_confirmed(entry)
        return word(language, "when_moment" if sure else "when_by", date=first)
    if entry.ends:
        return word(language, "when_ended", first=first, last=day(language, entry.ends))
    return word(language, "when_open", first=first, confirmed=day(language, entry.confirmed))


def day_is_confirmed(entry: Entry) -> bool:
    """Whether the first day is told by the sources, and not only the day by which it was."""
    return entry.written >= entry.starts


def figure_name(counted: Counted, language: Language) -> str:
    """What a figure counts, in a few words."""
    return word(language, f"figure_{counted.figure.name}")


def number(value: int) -> str:
    """A whole number as both languages of the documents write it."""
    return f"{value:,}"


def quoted(quote: Citation, language: Language) -> str:
    """A sentence with the document that it stands in, its standing, and where to read on."""
    source = quote.passage.source
    spoken = f'lang="{source.language.value}"'
    whole = plain(document_address(source, quote.passage.section))
    return (
        f'<blockquote class="words" {spoken}><p>{emphasised(quote.quote)}</p></blockquote>'
        f'<p class="source-meta"><a class="source-title" {spoken} href="{whole}">'
        f"{plain(source.title)}</a> {badge(source.status, source.as_of, language)}"
        f"{_original(quote, language)}</p>"
    )


def _original(quote: Citation, language: Language) -> str:
    address = web_address(quote.passage.source.url)
    if address is None:
        return ""
    url, host = address
    words = plain(say(language, "ui.original", host=host))
    tab = f'<span class="unseen">{plain(say(language, "ui.new_tab"))}</span>'
    return f' <a href="{plain(url)}" target="_blank" rel="noopener noreferrer">{words} {tab}</a>'
