"""What every writer says alike: safe text and its emphasis, the front lines, a source's lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from assistant.export.paper import Cited, Columns, Line, Paper
from assistant.models import Language
from assistant.status import first_day
from assistant.texts import say
from assistant.texts.dates import say_date

# Unassigned and private characters, half surrogates, controls, and what turns the writing round
# or hides in it; joiners stay, since some scripts cannot be written without them.
_UNSAFE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_JOINERS = "\u200c\u200d"
_STYLED = re.compile(
    r"\*\*(?=\S)(?P<strong>.+?)(?<=\S)\*\*"
    r"|(?<![\w*])\*(?=[^\s*])(?P<emphasis>[^*\n]+?)(?<=\S)\*(?![\w*])"
)
_LIST_LINE = re.compile(r"\s*\n[-*+] (?=\S)")
_SPACE = re.compile(r"[^\S\n]+|\n(?!– )")
_MARK = re.compile(r"\[(\d{1,3})\]")
_HERE = "\x00"  # where a mark goes; no cleaned text holds it
_NO_ADDRESS = re.compile(r"[\s<>\"\\^`{|}]")


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one look; ``mark`` is the number of a source where the text is its mark.

    A span with a ``note`` has no text of its own: it is the sign of that note.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    mark: int | None = None
    note: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Front:
    """What stands under the title in one language: its dates and reach, and what it is not."""

    language: Language
    dates: str
    disclaimer: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A source as lines, in its own language; ``address`` is None unless it is safe to follow."""

    number: int
    language: Language
    title: str
    cite_as: str
    under: str
    standing: str
    facts: str
    quotation: tuple[Span, ...]
    shown_address: str
    address: str | None


def clean(text: str) -> str:
    """The text on one line, without any character that cannot be printed or that misleads.

    Lines of a list inside it stay lines of their own, each opened by a dash.
    """
    listed = _LIST_LINE.sub("\n– ", text.replace("\r\n", "\n"))
    spaced = _SPACE.sub(" ", listed)
    return "".join(filter(_printable, spaced)).strip()


def _printable(character: str) -> bool:
    if character == "\n" or character in _JOINERS:
        return True
    return unicodedata.category(character) not in _UNSAFE


def spans(text: str) -> tuple[Span, ...]:
    """The text cleaned and cut where its ``**strong**`` or ``*emphasis*`` begins and ends."""
    return tuple(_styled(clean(text)))


def _styled(text: str) -> Iterator[Span]:
    done = 0
    for found in _STYLED.finditer(text):
        if found.start() > done:
            yield Span(text[done : found.start()])
        if found["strong"]:
            yield from (replace(span, strong=True) for span in _styled(found["strong"]))
        else:
            yield Span(found["emphasis"], emphasis=True)
        done = found.end()
    if done < len(text):
        yield Span(text[done:])


def paragraph_spans(
    lines: Iterable[Line], numbers: frozenset[int] = frozenset()
) -> tuple[Span, ...]:
    """Lines as one paragraph, a space between each two; see `line_spans`."""
    return _joined(line_spans(line, numbers) for line in lines)


def noted_spans(
    lines: Iterable[Line], paper: Paper, spoken: Language, numbers: frozenset[int] = frozenset()
) -> tuple[Span, ...]:
    """The same where each line's marks, in a paper of footnotes, are one note at its end."""
    if not paper.footnotes:
        return paragraph_spans(lines, numbers)
    sources = {source.number: source for source in paper.sources}
    told: set[int] = set()
    found: list[tuple[Span, ...]] = []
    for line in lines:
        told_again = [(sources[number], number in told) for number in line.citations]
        notes = [_note(source, again, spoken) for source, again in told_again]
        told.update(line.citations)
        sign = (Span("", note=_joined(notes)),) if notes else ()
        found.append((*line_spans(replace(line, citations=()), numbers), *sign))
    return _joined(found)


def _joined(parts: Iterable[tuple[Span, ...]]) -> tuple[Span, ...]:
    found: list[Span] = []
    for part in parts:
        found += [Span(" "), *part] if found else part
    return tuple(found)


def _note(source: Cited, again: bool, spoken: Language) -> tuple[Span, ...]:
    """A source in one line, its number a mark; the list at the end has its words."""
    said = say(
        spoken,
        "paper.note_again" if again else "paper.note",
        citation=clean(source.citation),
        pinpoint=clean(source.pinpoint),
        status=say(spoken, f"names.status_{source.status.value}"),
        date=say_date(spoken, source.as_of),
        mark=_HERE,
    )
    before, after = said.split(_HERE)
    mark = Span(f"[{source.number}]", mark=source.number)
    return (Span(before), mark, Span(after))


def line_spans(line: Line, numbers: frozenset[int] = frozenset()) -> tuple[Span, ...]:
    """A line's text, then its marks; a ``[1]`` inside it is a mark too when 1 is in ``numbers``."""
    found = [piece for span in spans(line.text) for piece in _with_marks(span, numbers)]
    return (*found, *(Span(f"[{number}]", mark=number) for number in line.citations))


def _with_marks(span: Span, numbers: frozenset[int]) -> Iterator[Span]:
    done = 0
    for found in _MARK.finditer(span.text):
        if int(found[1]) not in numbers:
            continue
        if found.start() > done:
            yield replace(span, text=span.text[done : found.start()])
        yield Span(found[0], mark=int(found[1]))
        done = found.end()
    if done < len(span.text):
        yield replace(span, text=span.text[done:])


def listed_numbers(paper: Paper) -> frozenset[int]:
    """The numbers of a paper's sources, of which its remarks may speak as ``[1]``."""
    return frozenset(source.number for source in paper.sources)


def fronts(paper: Paper, pages: bool = False) -> tuple[Front, ...]:
    """The front lines in the paper's language, then in each other one that a column is in.

    ``pages`` tells that the file has pages, at whose feet a paper's footnotes stand.
    """
    spoken = [paper.language]
    for block in paper.blocks:
        if isinstance(block, Columns):
            spoken += [block.left_language, block.right_language]
    marks = "paper.marks_notes" if pages and paper.footnotes else "paper.marks"
    return tuple(_front(paper, language, marks) for language in dict.fromkeys(spoken))


def _front(paper: Paper, language: Language, marks: str) -> Front:
    day = say_date(language, paper.as_of.isoformat())
    lines = [say(language, "paper.as_of", day=day), _reach(paper, language)]
    if paper.sources:
        lines.append(say(language, marks))
    return Front(language, " ".join(lines), say(language, "paper.disclaimer"))


def _reach(paper: Paper, language: Language) -> str:
    checked = sorted({source.as_of for source in paper.sources}, key=first_day)
    if not checked:
        return say(language, "paper.reach_none")
    oldest, newest = say_date(language, checked[0]), say_date(language, checked[-1])
    if len(checked) == 1:
        return say(language, "paper.reach", newest=newest)
    return say(language, "paper.reach_range", oldest=oldest, newest=newest)


def entry(source: Cited) -> Entry:
    """The lines of a source: what it is, how it stands since when, how founded, its words."""
    language = source.language
    date = say_date(language, source.as_of)
    published = say_date(language, source.published)
    facts = (
        say(language, "paper.basis", basis=say(language, f"names.basis_{source.basis.value}")),
        say(language, "paper.published", date=published),
    )
    status = say(language, f"names.status_{source.status.value}")
    return Entry(
        number=source.number,
        language=language,
        title=clean(source.title),
        cite_as=say(language, "paper.cite_as", citation=clean(source.citation)),
        under=say(language, "paper.under", pinpoint=clean(source.pinpoint)),
        standing=say(language, "paper.standing", status=_begun(status), date=date),
        facts=" · ".join(facts),
        quotation=spans(say(language, "paper.quotation", quote=source.quote)),
        shown_address=clean(source.url),
        address=web_address(source.url),
    )


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def reference_line(paper: Paper) -> str | None:
    """How the paper can be checked again, where a receipt was kept."""
    if paper.reference is None:
        return None
    return say(paper.language, "paper.reference", reference=clean(paper.reference))


def page_words(language: Language) -> tuple[str, str, str]:
    """What stands before, between and after the number of a page and the number of pages."""
    before, between, after = re.split(r"\{pages?\}", say(language, "paper.page"))
    return before, between, after


def web_address(url: str) -> str | None:
    """The address when a reader can follow it safely; None for anything else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    safe = parts.scheme in {"http", "https"} and parts.hostname and url == clean(url)
    return url if safe and not _NO_ADDRESS.search(url) else None
