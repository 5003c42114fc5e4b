"""Every case through the guard, judged letter by letter, and every text that must stay whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.read import read_corpus
from assistant.guard.kinds import Found, PersonalKind
from assistant.guard.personal import find_personal
from assistant.index.split import split_document
from evals.personal.cases import Case, Detail, Kind, Legal

LEGAL, SENTENCES = "legal lines", "corpus sentences"
QUESTIONS, HEADINGS = "corpus questions", "corpus headings"

_TELLS = re.compile(r"[^\W_]")

# What the asker is told was taken out, where it is called otherwise than here.
_TOLD = {
    Kind.RECEIPT: PersonalKind.RECEIPT_NUMBER,
    Kind.PASSPORT: PersonalKind.DOCUMENT,
    Kind.BANK: PersonalKind.CARD,
    Kind.BIRTH: PersonalKind.DATE_OF_BIRTH,
    Kind.ADDRESS: PersonalKind.STREET_ADDRESS,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and what became of it: per detail, whether all of it went and was named rightly."""

    case: Case
    gone: tuple[bool, ...]
    named: tuple[bool, ...]
    taken: int  # letters and digits that were taken out
    astray: int  # those of them that belong to no detail


@dataclass(frozen=True, slots=True)
class Whole:
    """Texts that must stay whole, and those of them that did not."""

    texts: int
    changed: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """The share of texts that were changed; None where there is no text."""
        return len(self.changed) / self.texts if self.texts else None


def judge(cases: Sequence[Case]) -> tuple[Judged, ...]:
    """What the guard takes out of each case."""
    return tuple(_judged(case) for case in cases)


def kept_whole(legal: Sequence[Legal], corpus: Path) -> Mapping[str, Whole]:
    """What the guard changes of texts that hold nothing personal, and of the whole corpus.

    The corpus names offices with their telephones and mail boxes; those count as changed too.
    """
    documents = read_corpus(corpus)
    sections = [section for document in documents for section in document.sections]
    passages = (passage for document in documents for passage in split_document(document))
    texts = {
        LEGAL: [each.text for each in legal],
        SENTENCES: [sentence.text for passage in passages for sentence in passage.sentences],
        QUESTIONS: [question for section in sections for question in section.questions],
        HEADINGS: [section.heading for section in sections],
    }
    return {
        name: Whole(len(held), tuple(text for text in held if find_personal(text)))
        for name, held in texts.items()
    }


def _judged(case: Case) -> Judged:
    found = find_personal(case.text)
    taken = {place for each in found for place in _telling(case.text, each.start, each.end)}
    of_details = {p for each in case.details for p in _telling(case.text, each.start, each.end)}
    return Judged(
        case=case,
        gone=tuple(
            taken.issuperset(_telling(case.text, each.start, each.end)) for each in case.details
        ),
        named=tuple(_is_named(each, found) for each in case.details),
        taken=len(taken),
        astray=len(taken - of_details),
    )


def _telling(text: str, start: int, end: int) -> list[int]:
    """The places of the letters and digits of a span: marks and spaces tell nothing."""
    return [match.start() for match in _TELLS.finditer(text, start, end)]


def _is_named(detail: Detail, found: Sequence[Found]) -> bool:
    told = _TOLD.get(detail.kind) or PersonalKind(detail.kind)
    return any(
        each.kind is told and each.start < detail.end and detail.start < each.end for each in found
    )
