"""Where sentences begin and end, in English and Spanish legal prose.

A rule-based splitter: a full stop ends a sentence unless the word before it is an abbreviation
that what follows continues. Spans are offsets, so nothing of the text is changed or lost.
"""

from __future__ import annotations

import re
from pathlib import Path

from assistant.tables import read_table

# A possible end: stop mark, closing marks, then white space before something that can begin.
# Each begins where its run of signs begins: from amid a long run it would be tried in vain.
_END = re.compile(r"(?<![.?!…])[.?!…]+[\"”’»)\]*_]*(?=\s+[\"“‘«(\[*_¿¡§]*[\w§])")
_LAST_WORD = re.compile(r"(?<![\w.’'º])[\w.’'º]+\.$")
_FIRST_WORD = re.compile(r"\s+[\"“‘«(\[*_¿¡]*([\w§]+)")
_INITIALS = re.compile(r"(?<![^\W\d_]\.)(?:[^\W\d_]\.){2,}$")
_ONE_LETTER = re.compile(r"(?:^|[\s(«“\"])[^\W\d_]\.$")

# A bold name that opens an entry, with or without a date, belongs to the sentence after it.
_LABEL = re.compile(r"\s*\*\*[^*]+\*\*(?: \([^()]*\))?[.:]?$")
# So does the number of an entry in a list.
_ENTRY_NUMBER = re.compile(r"\s*\d{1,2}\.$")
# "No." before a number is no answer but a docket or a law: "Circuit No. 25-5181", "Pub. L. No. 94".
_DOCKET = re.compile(r"\s+(?:nos?|n[úu]ms?)\.\s+\d", re.IGNORECASE)


def _word_lists() -> dict[str, frozenset[str]]:
    file = Path(__file__).with_name("abbreviations.yaml")
    lists = read_table(file)
    return {name: frozenset(entries.split()) for name, entries in lists.items()}


_WORDS = _word_lists()


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of a paragraph, in order, stripped of white space.

    Every character outside the spans is white space, and no span is empty.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ends_sentence(text[start : match.end()], text[match.end() :][:80], match.group()):
            _add(spans, text, start, match.end())
            start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if stripped := piece.strip():
        begin = start + piece.index(stripped[0])
        spans.append((begin, begin + len(stripped)))


def _ends_sentence(before: str, after: str, mark: str) -> bool:
    if _LABEL.match(before) or _ENTRY_NUMBER.match(before):
        return False
    following = _FIRST_WORD.match(after)
    if following is None:
        return True
    word = following.group(1)
    if word[0].islower():
        return False
    if "." not in mark:
        return True
    starts = word.lower() in _WORDS["starters"] and not _DOCKET.match(after)
    return not _is_abbreviation(before.rstrip('"”’»)]*_'), word, starts)


def _is_abbreviation(before: str, next_word: str, starts_sentence: bool) -> bool:
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    token = last.group().lower()
    numbered = next_word[0].isdigit() or next_word[0] == "§"
    if token in _WORDS["always"] or (numbered and token in _WORDS["before_number"]):
        return True
    if token in _WORDS["before_name"]:
        return not starts_sentence
    if token in _WORDS["open_ended"] or _INITIALS.search(token) or _ONE_LETTER.search(before):
        return not starts_sentence
    return False
