"""Personal details out of a text before anything else sees it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from assistant.guard.addresses import find_addresses
from assistant.guard.births import find_births
from assistant.guard.emails import find_emails
from assistant.guard.figures import in_figures
from assistant.guard.fold import fold
from assistant.guard.kinds import Finder, Found, PersonalKind, Reading
from assistant.guard.known_names import find_known_names
from assistant.guard.names import find_names
from assistant.guard.numbers import find_numbers
from assistant.guard.words import word_list

# One mark for every kind: it reads alike in both languages, brings no word of its own into a
# search, and tells a log or a model nothing. What kind went is in ``Redacted.kinds``.
MARK = "[…]"

# A number, a name or an address goes on in the next line; after an empty line it does not.
_LINE_END = re.compile(r"(?<![\n\r])\r?\n(?![\n\r])")
_CLAUSE = re.compile(r"[^,;.:!?\n]+(?:[,;.:!?\n]+|$)")
_MOST_READINGS = 3
_FEWEST_WORDS = 3  # fewer words are no question of their own

# Surest first: where two readings overlap, the first one names the kind.
_FINDERS: tuple[Finder, ...] = (
    find_emails,
    find_births,
    find_addresses,
    find_numbers,
    find_names,
    find_known_names,
)
# What may be told by a number; these read the text again with its numbers in figures.
_BY_FIGURES: tuple[Finder, ...] = (find_births, find_addresses, find_numbers)


# What can only be of one person; a name, a telephone or an address can be an office's.
_OF_ONE_PERSON = frozenset(
    {
        PersonalKind.SSN,
        PersonalKind.ITIN,
        PersonalKind.A_NUMBER,
        PersonalKind.RECEIPT_NUMBER,
        PersonalKind.CARD,
        PersonalKind.DATE_OF_BIRTH,
        PersonalKind.DOCUMENT,
    }
)


# Of an office, and what people ask about.
_PUBLIC = re.compile(
    "|".join(map(re.escape, sorted(word_list("public_details", ",")))), re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text that is safe to keep and show, and the kinds of detail that were taken out."""

    text: str
    kinds: tuple[PersonalKind, ...]


def remove_personal(text: str) -> Redacted:
    """The text with every personal detail replaced by ``[…]``; all else stays as written.

    What is left is read again: a detail may have hidden another that was written right against it.
    """
    left = unicodedata.normalize("NFC", text)
    kinds: list[PersonalKind] = []
    for _ in range(_MOST_READINGS):
        found = find_personal(left)
        if not found:
            break
        left = _marked(left, found)
        kinds += (item.kind for item in found)
    return Redacted(left, tuple(dict.fromkeys(kinds)))


def _marked(text: str, found: tuple[Found, ...]) -> str:
    pieces: list[str] = []
    position = 0
    for item in found:
        pieces += [text[position : item.start], MARK]
        position = item.end
    return "".join([*pieces, text[position:]])


def find_personal(composed: str) -> tuple[Found, ...]:
    """Every personal detail of a text in composed form, where it stands; none overlap."""
    folded = fold(composed)
    reading = Reading.of(_LINE_END.sub(lambda end: " " * len(end[0]), folded.text))
    found = [item for finder in _FINDERS for item in finder(reading)]
    if figures := in_figures(reading):
        again = Reading.of(figures.text)
        found += (
            Found(item.kind, *figures.original_span(item.start, item.end))
            for finder in _BY_FIGURES
            for item in finder(again)
        )
    # Before they are united: a person's detail beside an office's still goes.
    of_persons = [each for each in found if not _PUBLIC.search(folded.text, each.start, each.end)]
    return tuple(
        Found(item.kind, *folded.original_span(item.start, item.end))
        for item in _united(of_persons)
    )


def without_numbers(text: str) -> str:
    """A text that an editor writes for a paper, without any detail if it holds a person's number.

    Else it stays as written: the name, telephone or address of an office belongs in a paper.
    """
    redacted = remove_personal(text)
    return redacted.text if _OF_ONE_PERSON.intersection(redacted.kinds) else text


def without_details(text: str) -> str:
    """A cleaned text without the clauses that only told a detail, so that they steer no search.

    "My name is […], SSN […], am I on the list?" becomes "am I on the list?"; a text with no other
    clause stays as it is.
    """
    clauses = _CLAUSE.findall(text)
    kept = [clause for clause in clauses if MARK not in clause]
    rest = " ".join(kept).strip()
    return rest if len(kept) < len(clauses) and len(rest.split()) >= _FEWEST_WORDS else text


def _united(found: list[Found]) -> list[Found]:
    """Overlapping finds as one, named by the surest of them, in order of place."""
    rank = {id(item): place for place, item in enumerate(found)}
    united: list[tuple[int, Found]] = []
    for item in sorted(found, key=lambda item: (item.start, rank[id(item)])):
        if united and item.start < united[-1][1].end:
            best, last = united[-1]
            kind = last.kind if best <= rank[id(item)] else item.kind
            joined = Found(kind, last.start, max(last.end, item.end))
            united[-1] = (min(best, rank[id(item)]), joined)
        else:
            united.append((rank[id(item)], item))
    return [item for _, item in united]
