"""What an editor may change in an entry, and what becomes of the marks.

A sentence keeps its mark only while it is, to the letter, a sentence that was quoted there. A part
of one does not: shortened, a sentence may say the opposite of its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.corpus.sentences import sentence_spans
from assistant.desk.faq import Entry, Said, Side
from assistant.desk.faq_list import LONGEST_WORDING, one_line
from assistant.desk.faq_suggested import same_wording
from assistant.guard.personal import without_numbers

LONGEST_ANSWER = 6_000  # characters of an edited answer


def as_text(side: Side) -> str:
    """The answer as an editor changes it: one sentence a line."""
    return "\n".join(one_line(each.text) for each in side.said)


def edited_answer(side: Side, text: str) -> Side:
    """The side with the answer that an editor wrote, one or more sentences a line."""
    quotes = {one_line(each.text): each for each in (*side.quoted, *side.said) if each.citations}
    said = tuple(
        quotes.get(piece) or Said(without_numbers(piece))
        for line in text[:LONGEST_ANSWER].splitlines()
        for piece in _pieces(one_line(line), quotes)
    )
    return replace(side, said=said)


def edited_question(side: Side, entry: Entry, text: str) -> Side:
    """The side with the question as an editor words it; an empty wording changes nothing.

    A wording in a language that had none is no change of the question.
    """
    wording = without_numbers(one_line(text)[:LONGEST_WORDING])
    if not same_wording(wording) or wording == side.question:
        return side
    asked = entry.asked.wordings.get(side.language)
    reworded = asked is not None and same_wording(asked) != same_wording(wording)
    return replace(side, question=wording, asked_in=side.language, reworded=reworded)


def _pieces(line: str, quotes: dict[str, Said]) -> Iterator[str]:
    """A line that is quoted whole, or else its sentences."""
    if line in quotes:
        yield line
        return
    for start, end in sentence_spans(line):
        yield line[start:end]
