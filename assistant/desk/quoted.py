"""Quotations of picked sentences, each checked against its document at this moment."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answer.picks import Pick, picked
from assistant.index.opened import LanguageIndex
from assistant.models import Citation
from assistant.verify.quotes import Reads, stands


def quotation(part: LanguageIndex, pick: Pick, text_of: Reads) -> Citation | None:
    """The picked sentence as a citation without a number; None when its document lacks it."""
    return next(
        (
            Citation(0, each.passage, each.sentence.start, each.sentence.end, each.sentence.text)
            for each in picked(part, pick)
            if stands(each.passage, each.sentence, text_of)
        ),
        None,
    )


def quotations(
    part: LanguageIndex, picks: Iterable[Pick], text_of: Reads
) -> tuple[Citation, ...] | None:
    """The quotation of each pick; None when any of them is missing."""
    found = [quotation(part, each, text_of) for each in picks]
    whole = tuple(each for each in found if each is not None)
    return whole if len(whole) == len(found) else None
