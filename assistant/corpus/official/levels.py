"""A law's levels as pinpoints whose sentences can be quoted alone.

The law is written like a sandwich: a lead-in stands before its items and flush text after them, so
an item alone is no sentence, and may say the opposite. Each item therefore carries the lead-ins and
the flush text of all it stands in; "* * *" marks what is left out between, as lawyers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.corpus.official.facts import Pinpoint
from assistant.corpus.official.text import is_closed, paragraph, run_in, unique_headings
from assistant.corpus.sentences import sentence_spans

LEFT_OUT = "* * *"
_LONGEST_WHOLE = 2000  # characters of a level that is also shown with all its items
_LEADS_IN = re.compile(r"[:—]$")
_SAYS_NOTHING = {"in general", "general"}


@dataclass(frozen=True, slots=True)
class Words:
    """Text of a level itself: before its items a lead-in, after them flush text."""

    blocks: tuple[str, ...]
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A numbered part of a law, with its text and the parts within it in their order.

    ``number`` is as printed, "(2)", and ``label`` the whole place, "§ 6103(i)(2)".
    """

    number: str
    label: str
    heading: str
    parts: tuple[Words | Level, ...]

    @property
    def within(self) -> tuple[Level, ...]:
        """The levels right below this one."""
        return tuple(part for part in self.parts if isinstance(part, Level))


@dataclass(frozen=True, slots=True)
class _Around:
    """What a level takes from those it stands in."""

    lead: str = ""
    flush: tuple[str, ...] = ()
    heading: str = ""


def pinpoints(section: Level) -> tuple[Pinpoint, ...]:
    """Every place of a section that has words of its own, each heading but once."""
    found = [each for each in _pinpoints(section, _Around(), True) if each.paragraphs]
    headings = unique_headings(each.heading for each in found)
    return tuple(
        Pinpoint(heading, each.paragraphs) for heading, each in zip(headings, found, strict=True)
    )


def _pinpoints(level: Level, around: _Around, top: bool = False) -> Iterator[Pinpoint]:
    named = level.heading.strip().rstrip(".—–-: ")
    heading = around.heading if named.casefold() in _SAYS_NOTHING or not named else named
    title = paragraph(f"{level.label}: {heading}" if heading else level.label)
    own = _leaf(level, around) if not level.within else _own(level, around)
    yield Pinpoint(title, tuple(filter(None, map(paragraph, own))))
    for place, part in enumerate(level.parts):
        if isinstance(part, Level):
            # The heading of the whole section stands in the document's title.
            yield from _pinpoints(part, _around_item(level, place, around, "" if top else heading))


def _leaf(level: Level, around: _Around) -> Iterator[str]:
    words = [part for part in level.parts if isinstance(part, Words)]
    body = list(_body([block for each in words for block in each.blocks]))
    if body:
        body[0] = _joined(around.lead, body[0])
        body[-1] = _with_flush(body[-1], around.flush)
    yield from body
    for each in words:
        yield from each.rows


def _body(blocks: Sequence[str]) -> Iterator[str]:
    """The text of a level without items; sentences that a lead-in lists stay with it."""
    if len(blocks) < 3 or not _LEADS_IN.search(blocks[0]) or not is_closed(blocks[1]):
        yield from run_in(blocks)
    elif sum(map(len, blocks)) <= _LONGEST_WHOLE:
        yield "\n- ".join(blocks)
    else:
        lead, first, *others = blocks
        yield f"{lead} {first}"
        yield from (f"{lead} {LEFT_OUT} {other}" for other in others)


def _own(level: Level, around: _Around) -> Iterator[str]:
    """What a level says beside its items: all of it where that is short, or its whole sentences."""
    opening = _opening(level)
    whole = _whole(level)
    is_open = bool(opening) and not is_closed(opening[-1])
    # Rows of a table are nothing without the words that lead to them.
    if is_open and len(whole) == 1 and (len(whole[0]) <= _LONGEST_WHOLE or _rows(level)):
        yield _with_flush(_joined(around.lead, whole[0]), around.flush)
    else:
        closed = list(_closed_part(opening))
        yield from (_joined(around.lead if at == 0 else "", text) for at, text in enumerate(closed))
        for place, part in enumerate(level.parts):
            if isinstance(part, Words) and part is not _first(level):
                yield from _after_items(part, _is_flush(level, place))
    yield from _rows(level)


def _after_items(words: Words, is_flush: bool) -> Iterator[str]:
    """The sentences after the items, without the end of one that the items carry."""
    for number, text in enumerate(run_in(words.blocks)):
        if not is_flush or number:
            yield text
        elif (spans := sentence_spans(text))[1:]:
            yield text[spans[1][0] :]


def _rows(level: Level) -> list[str]:
    return [row for part in level.parts if isinstance(part, Words) for row in part.rows]


def _whole(level: Level) -> list[str]:
    """The level run together with its items, where none of them has a heading or a table."""
    blocks = list(_in_order(level, top=True))
    return [] if None in blocks else list(run_in(block for block in blocks if block is not None))


def _in_order(level: Level, top: bool = False) -> Iterator[str | None]:
    if not top and (level.heading or _rows(level)):
        yield None
        return
    number = "" if top else level.number
    for part in level.parts:
        if isinstance(part, Words):
            for block in part.blocks:
                yield _joined(number, block)
                number = ""
        else:
            inner = list(_in_order(part))
            if inner and inner[0]:
                inner[0] = _joined(number, inner[0])
                number = ""
            yield from inner


def _around_item(level: Level, place: int, around: _Around, heading: str) -> _Around:
    """What the item at that place of a level takes from it and from what the level stands in."""
    item = level.parts[place]
    lead = _lead(level, item, around) if isinstance(item, Level) else ""
    items = [at for at, part in enumerate(level.parts) if isinstance(part, Level)]
    if lead and place > items[0]:
        lead = f"{lead} {LEFT_OUT}"
    flush: list[str] = []
    at = next((at for at in range(place, len(level.parts)) if _is_flush(level, at)), None)
    after = [other for other in items if other > place and (at is None or other < at)]
    if after and (lead or at is not None):
        flush.append(LEFT_OUT)
    if at is not None:
        flush.append(_end_of_sentence(level.parts[at]))
    number = item.number if isinstance(item, Level) else ""
    return _Around(f"{lead} {number}" if lead else "", (*flush, *around.flush), heading)


def _end_of_sentence(words: Words | Level) -> str:
    """The first sentence of flush text: with it the sentence of the items ends."""
    text = next(run_in(words.blocks)) if isinstance(words, Words) else ""
    return text[: sentence_spans(text)[0][1]] if text else ""


def _lead(level: Level, item: Level, around: _Around) -> str:
    """The words before an item that it cannot be read without."""
    opening = _opening(level)
    if not opening:
        return around.lead
    last = opening[-1]
    start, end = sentence_spans(last)[-1]
    needed = not is_closed(last) or _begins_small(item)
    if not needed:
        return ""
    alone = start > 0 or len(opening) > 1
    return last[start:end] if alone else _joined(around.lead, last)


def _opening(level: Level) -> list[str]:
    first = _first(level)
    return list(run_in(first.blocks)) if first else []


def _first(level: Level) -> Words | None:
    """The words before the first item."""
    first = level.parts[0] if level.parts else None
    return first if isinstance(first, Words) and first.blocks else None


def _closed_part(opening: Sequence[str]) -> Iterator[str]:
    """The whole sentences of a lead-in; its last, open one is carried by the items."""
    for text in opening:
        if is_closed(text):
            yield text
        elif (spans := sentence_spans(text))[1:]:
            yield text[: spans[-2][1]]


def _is_flush(level: Level, place: int) -> bool:
    """Whether words after an item go on with its sentence, rather than begin one of their own."""
    part = level.parts[place]
    if not isinstance(part, Words) or not part.blocks or place == 0:
        return False
    before = level.parts[place - 1]
    if not isinstance(before, Level):
        return False
    last = _last_words(before)
    return part.blocks[0][:1].islower() or (bool(last) and not is_closed(last))


def _last_words(level: Level) -> str:
    for part in reversed(level.parts):
        text = _last_words(part) if isinstance(part, Level) else " ".join(part.blocks[-1:])
        if text:
            return text
    return ""


def _begins_small(level: Level) -> bool:
    for part in level.parts:
        if isinstance(part, Level):
            return _begins_small(part)
        if part.blocks:
            return part.blocks[0][:1].islower()
    return False


def _joined(lead: str, text: str) -> str:
    return f"{lead} {text}".strip()


def _with_flush(text: str, flush: Sequence[str]) -> str:
    """A sentence with the flush text that it needs: none, once it has come to its end."""
    for piece in flush:
        if is_closed(text):
            break
        if piece != LEFT_OUT or not text.endswith(LEFT_OUT):
            text = f"{text} {piece}"
    return text
