"""What an editor may change in a brief: order, wording, what is left out. The quotations stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.corpus.figures import figures
from assistant.desk.hearing import Brief, DraftQuestion
from assistant.guard.personal import without_numbers
from assistant.models import Citation, Language

LONGEST_WORDING = 800  # characters


@dataclass(frozen=True, slots=True)
class Kept:
    """A question that stays; an empty wording or follow-up means: as it was drafted."""

    name: str
    wording: str = ""
    follow_up: str = ""


def edited(drafted: Brief, kept: Sequence[Kept]) -> Brief:
    """The brief with these questions only, in this order, worded so.

    A name that the brief does not hold, or that came before, is passed over.
    """
    return replace(drafted, questions=tuple(_kept(drafted, kept)))


def outside_figures(question: DraftQuestion, language: Language) -> bool:
    """Whether a wording holds a figure, date or provision that its quotations do not."""
    texts = (question.wording, question.follow_up)
    return any(unquoted(text, question.quotes(), language) for text in texts)


def unquoted(text: str, quotes: Iterable[Citation], language: Language) -> set[str]:
    """The figures, dates and provisions of a text that none of the quotations holds.

    A month is held by a day in it, and a provision by a part of it.
    """
    held = {each for quote in quotes for each in figures(quote.quote, language)}
    return {each for each in figures(text, language) if not _held(each, held)}


def _held(figure: str, held: set[str]) -> bool:
    if figure in held:
        return True
    within = [f"{figure}("]
    if figure.endswith("-?"):
        within.append(figure.removesuffix("?"))
    if "." in figure:
        within.append(f"{figure}.")
    return any(each.startswith(tuple(within)) for each in held)


def _kept(drafted: Brief, kept: Sequence[Kept]) -> Iterator[DraftQuestion]:
    left = {each.name: each for each in drafted.questions}
    for keep in kept:
        question = left.pop(keep.name, None)
        if question is not None:
            yield _worded(question, keep)


def _worded(question: DraftQuestion, keep: Kept) -> DraftQuestion:
    wording = _clean(keep.wording) or question.wording
    follow_up = _clean(keep.follow_up) or question.follow_up
    same = (wording, follow_up) == (question.wording, question.follow_up)
    return replace(
        question, wording=wording, follow_up=follow_up, edited=question.edited or not same
    )


def _clean(text: str) -> str:
    """One line without a person's numbers."""
    line = " ".join(text.split())[:LONGEST_WORDING]
    return without_numbers(line)
