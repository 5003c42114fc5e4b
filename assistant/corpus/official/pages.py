"""Pages of extracted text as paragraphs: heads and page numbers out, broken lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.corpus.official.facts import Pinpoint
from assistant.corpus.official.text import folded, is_closed, paragraph
from assistant.corpus.sentences import sentence_spans

_EDGE = 3  # lines at the top and the bottom of a page in which a running head may stand
_FEWEST_REPEATS = 3
_LONGEST_HEAD = 120
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page\s)?\d{1,4}(?:\sof\s\d{1,4})?[-–—\s]*", re.IGNORECASE)
_STAR_PAGE = re.compile(r"^\[\*\d{1,4}\]\s*")
_FILED = re.compile(r"^(?:Case|USCA\s?Case)\b.{0,120}\bPage:?\s\d+\sof\s\d+$", re.IGNORECASE)
_HYPHENED = re.compile(r"(?<!\w)(\w{1,40})-$")
_FIRST_WORD = re.compile(r"\w+")
_INDENT = 3  # blanks that begin a paragraph
_SHORT = 0.7  # of the usual width: such a line ends a paragraph, or is a heading
_NOTE = re.compile(r"^(?P<number>\d{1,3})\s?(?=[A-Z“\"])")
_RUNS_ON = re.compile(r"[a-z0-9$(“]")
_MOST_GROUPED = 1200  # characters of a paragraph that is put under a heading with others


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's paragraphs, and its numbered notes with theirs."""

    body: list[str]
    notes: dict[str, list[str]]


def page_pinpoints(pages: Sequence[str], label: str = "Page") -> tuple[Pinpoint, ...]:
    """A pinpoint a page and note; a sentence that runs on stands where it begins."""
    lines = [page.splitlines() for page in pages]
    running = _running_heads(lines)
    words = Counter(word.lower() for page in pages for word in re.findall(r"\w+", page))
    read: list[_Page] = []
    expected = 1
    for page in lines:
        read.append(_page(_without_heads(page, running), words, expected))
        expected += len(read[-1].notes)
    for here, after in zip(read, read[1:], strict=False):
        _carry(here.body, after.body)
    return tuple(_pinpoints(read, label))


def _pinpoints(pages: Sequence[_Page], label: str) -> Iterator[Pinpoint]:
    for number, page in enumerate(pages, start=1):
        places = [("", page.body), *((f", note {name}", text) for name, text in page.notes.items())]
        for place, texts in places:
            if paragraphs := tuple(filter(None, map(paragraph, texts))):
                yield Pinpoint(f"{label} {number}{place}", paragraphs)


def grouped(paragraphs: Sequence[str], label: str) -> tuple[Pinpoint, ...]:
    """Paragraphs of a text without pages, under headings that count them."""
    found: list[Pinpoint] = []
    held: list[str] = []
    for number, text in enumerate(paragraphs, start=1):
        held.append(text)
        if sum(map(len, held)) >= _MOST_GROUPED or number == len(paragraphs):
            first = number - len(held) + 1
            which = f"paragraph {number}" if len(held) == 1 else f"paragraphs {first} to {number}"
            found.append(Pinpoint(f"{label}, {which}", tuple(held)))
            held = []
    return tuple(found)


def _running_heads(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines that stand at the edge of three pages or more, whatever their figures."""
    seen: Counter[str] = Counter()
    for page in pages:
        filled = [line for line in page if line.strip()]
        edges = filled[:_EDGE] + filled[-_EDGE:]
        seen.update({_without_figures(line) for line in edges})
    return {line for line, count in seen.items() if count >= _FEWEST_REPEATS}


def _without_figures(line: str) -> str:
    return re.sub(r"\d+", "#", folded(line))


def _without_heads(page: Sequence[str], running: set[str]) -> list[str]:
    filled = [at for at, line in enumerate(page) if line.strip()]
    edges = {*filled[:_EDGE], *filled[-_EDGE:]}
    return [line for at, line in enumerate(page) if at not in edges or not _is_head(line, running)]


def _is_head(line: str, running: set[str]) -> bool:
    text = line.strip()
    if len(text) > _LONGEST_HEAD + 60:
        return False
    if _PAGE_NUMBER.fullmatch(text) or _FILED.match(text):
        return True
    return _without_figures(line) in running and len(text) < _LONGEST_HEAD


def _page(lines: Sequence[str], words: Counter[str], expected: int) -> _Page:
    """Body and notes of a page; a note is known by its number, the next in the whole paper."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in lines:
        text = _STAR_PAGE.sub("", line.rstrip())
        note = _NOTE.match(text.strip())
        if note and int(note["number"]) == expected:
            parts.append((note["number"], []))
            text = text.strip()[note.end() :]
            expected += 1
        parts[-1][1].append(text)
    read = [(name, list(_paragraphs(text, words))) for name, text in parts]
    return _Page(read[0][1], dict(read[1:]))


def _paragraphs(lines: Sequence[str], words: Counter[str]) -> Iterator[str]:
    width = _usual_width(lines)
    held = ""
    for at, line in enumerate(lines):
        text = line.strip()
        indented = len(line) - len(line.lstrip()) >= _INDENT
        following = lines[at + 1].strip() if at + 1 < len(lines) else ""
        heading = _is_heading(text, following, width) and (not held or is_closed(held))
        if held and (not text or heading or (is_closed(held) and indented)):
            yield held
            held = ""
        held = _joined(held, text, words)
        if held and (heading or (is_closed(text) and len(text) < width * _SHORT)):
            yield held
            held = ""
    if held:
        yield held


def _usual_width(lines: Sequence[str]) -> int:
    """The length that a quarter of the lines reach: that of full ones."""
    lengths = sorted((len(line.strip()) for line in lines if line.strip()), reverse=True)
    return lengths[len(lengths) // 4] if lengths else 0


def _is_heading(text: str, following: str, width: int) -> bool:
    """Whether a line is a heading: in capitals, or short before a line that begins anew."""
    if not text or is_closed(text) or len(text) > width * _SHORT:
        return False
    return text.isupper() or (text[0].isupper() and following[:1].isupper() and text[-1].isalnum())


def _joined(held: str, text: str, words: Counter[str]) -> str:
    """Two lines as one; a word broken by a hyphen is joined where the text has it whole."""
    broken, rest = _HYPHENED.search(held[-60:]), _FIRST_WORD.match(text)
    if not broken or not rest:
        return f"{held} {text}".strip()
    whole = (broken[1] + rest.group()).lower()
    return held[:-1] + text if words[whole] else held + text


def _carry(here: list[str], after: list[str]) -> None:
    """Moves the end of a sentence to the page on which it began, where that is sure."""
    if not here or not after or is_closed(here[-1]):
        return
    running = len(here[-1]) > _LONGEST_HEAD and here[-1][-1] != ":"
    if not running and not _RUNS_ON.match(after[0]):
        return
    end = sentence_spans(after[0])[0][1]
    here[-1] = f"{here[-1]} {after[0][:end]}"
    after[0] = after[0][end:].strip()
    if not after[0]:
        del after[0]
