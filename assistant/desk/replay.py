"""An answer receipt replayed: the same question asked again, and every difference told.

What an answer was made with may differ, and a sentence may stand elsewhere in its document: that
is told, but the answer is still the same. All else that differs makes it another answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from assistant.answer.generated.prompt import prompt_hash
from assistant.config import QUOTES_ENGINE
from assistant.corpus.frontmatter import parse_front_matter
from assistant.corpus.problem import DocumentError
from assistant.export.receipt import (
    Asked,
    KeptAnswer,
    KeptCitation,
    KeptPassage,
    ReceiptFile,
    as_read,
    text_hash,
)
from assistant.guard.notices import removed_notice
from assistant.models import Answer, Disagreement, Language, Receipt, Request
from assistant.texts import say
from assistant.verify.quotes import Reads


class Asks(Protocol):
    """The one thing a replay wants of the assistant."""

    def ask(self, request: Request) -> Answer:
        """One answer; its outcome says how the question ended."""


# Whether passages, given by their ids, bear out a sentence in a language on a day.
Bears = Callable[[str, Sequence[str], Language, date], bool]


class Change(StrEnum):
    """Every way in which a replay can differ from its receipt; each has a text."""

    CORPUS = "corpus"
    INDEX = "index"
    EMBEDDER = "embedder"
    ENGINE = "engine"
    SETTINGS = "settings"
    PROMPT = "prompt"
    MOVED = "moved"
    FOLLOW_UPS = "follow_ups"
    ALTERED = "altered"
    GONE = "gone"
    PASSAGE = "passage"
    PINPOINT = "pinpoint"
    STATUS = "status"
    AS_OF = "as_of"
    SOURCE = "source"
    QUESTION = "question"
    OUTCOME = "outcome"
    UNBORNE = "unborne"
    SENTENCE_LOST = "sentence_lost"
    SENTENCE_GAINED = "sentence_gained"
    SENTENCES_REORDERED = "sentences_reordered"
    NOTICE_LOST = "notice_lost"
    NOTICE_GAINED = "notice_gained"
    NOTICES_REORDERED = "notices_reordered"
    POINT_LOST = "point_lost"
    POINT_GAINED = "point_gained"
    POINTS_REORDERED = "points_reordered"
    WORDING = "wording"


# Told, and by themselves no other answer.
_ASIDE = frozenset(
    {
        Change.CORPUS,
        Change.INDEX,
        Change.EMBEDDER,
        Change.ENGINE,
        Change.SETTINGS,
        Change.PROMPT,
        Change.MOVED,
        Change.FOLLOW_UPS,
    }
)
# What of a source's front matter is compared: the first two have kinds of their own.
_FACTS = {"status": Change.STATUS, "as_of": Change.AS_OF} | dict.fromkeys(
    ("title", "citation", "url", "kind", "basis", "published"), Change.SOURCE
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One point on which today's answer is not the one of the receipt.

    ``number`` is that of the source or of the sentence in the receipt; ``before`` and ``after``
    are what stood in the receipt and what stands now, as far as there is anything to tell.
    """

    change: Change
    number: int | None = None
    document: str | None = None
    before: str = ""
    after: str = ""

    @property
    def aside(self) -> bool:
        """Whether the answer is the same in spite of it."""
        return self.change in _ASIDE


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of a receipt: every difference, those of the documents first."""

    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether the answer still comes out as the receipt holds it."""
        return all(each.aside for each in self.differences)


def replay(receipt: ReceiptFile, assistant: Asks, reads: Reads, bears: Bears) -> Replay:
    """Asks again what the receipt holds, looks up each quotation anew, and compares.

    A model is not asked again, since that may need a network and words of its own need not come
    twice: its sentences go through the checks once more.

    Raises:
        SearchIndexError: There is no index that can be read.
    """
    if receipt.asked.engine != QUOTES_ENGINE:
        quoted = _quotations(receipt, reads)
        sources = _sources(receipt.answer.citations, receipt.passages, reads)
        rules = _told(Change.PROMPT, receipt.asked.prompt or prompt_hash(), prompt_hash())
        return Replay((*quoted, *sources, *_unborne(receipt, bears), *rules))
    again = as_read(assistant.ask(_request(receipt.asked)))
    then, now = receipt.answer, again.answer
    question, asked = receipt.asked.question, again.asked.question
    return Replay(
        (
            *_quotations(receipt, reads),
            *_sources(then.citations, receipt.passages, reads),
            *_pinpoints(then.citations, now.citations),
            *_told(Change.QUESTION, question, asked),
            *_told(Change.OUTCOME, then.outcome, now.outcome),
            *_answers(receipt, now),
            *_made_with(then.receipt, now.receipt),
        )
    )


def _unborne(receipt: ReceiptFile, bears: Bears) -> Iterator[Difference]:
    """A model's sentences that the passages they rest on no longer bear out."""
    passages = {each.number: each.passage for each in receipt.answer.citations}
    for number, sentence in enumerate(receipt.answer.sentences, 1):
        cited = tuple(dict.fromkeys(passages[each] for each in sentence.citations))
        asked = receipt.asked
        if not receipt.is_quoted(number) and not bears(
            sentence.text, cited, asked.language, asked.as_of
        ):
            yield Difference(Change.UNBORNE, number, before=sentence.text)


def _request(asked: Asked) -> Request:
    """The request of a receipt, on its own day: what has become of "today" changes nothing."""
    return Request(
        question=asked.question,
        turns=asked.turns,
        language=asked.language,
        audience=asked.audience,
        as_of=asked.as_of,
        engine=asked.engine,
        asked_on=date.max if asked.earlier_day else asked.as_of,
    )


def _quotations(receipt: ReceiptFile, reads: Reads) -> Iterator[Difference]:
    """Each quotation that no longer stands at its place, and passages that changed around one."""
    for passage in receipt.passages:
        quoted = [each for each in receipt.answer.citations if each.passage == passage.passage]
        text = reads(passage.path)
        if text is None:
            yield from (_difference(Change.GONE, each) for each in quoted)
            continue
        places = {each.number: _place(each, text) for each in quoted}
        for each in quoted:
            place = places[each.number]
            if place is None:
                yield _difference(Change.ALTERED, each)
            elif place != each.start:
                yield _difference(Change.MOVED, each, str(each.start), str(place))
        shifts = {
            place - each.start for each in quoted if (place := places[each.number]) is not None
        }
        # Where a quoted sentence is no longer there, that its passage changed goes without saying.
        if None not in places.values() and not any(_holds(passage, text, by) for by in shifts):
            yield _difference(Change.PASSAGE, quoted[0], after=passage.pinpoint)


def _place(citation: KeptCitation, text: str) -> int | None:
    """Where the quotation stands in a document, nearest to its old place; None where nowhere."""
    quote, old = citation.quote, citation.start
    if text.startswith(quote, old):
        return old
    before, after = text.rfind(quote, 0, max(old, 0) + len(quote)), text.find(quote, max(old, 0))
    places = [place for place in (before, after) if place >= 0]
    return min(places, key=lambda place: abs(place - old), default=None)


def _holds(passage: KeptPassage, text: str, shift: int) -> bool:
    """Whether the document holds the passage to the letter, so many characters further on."""
    start, end = passage.start + shift, passage.end + shift
    return start >= 0 and text_hash(text[start:end]) == passage.sha256


def _sources(
    citations: Iterable[KeptCitation], passages: Sequence[KeptPassage], reads: Reads
) -> Iterator[Difference]:
    """What a cited document now says of itself that it did not say before, each document once."""
    paths = {passage.passage: passage.path for passage in passages}
    first = {paths[each.passage]: each for each in reversed(tuple(citations))}
    for path, citation in sorted(first.items(), key=lambda item: item[1].number):
        facts = _front_matter(path, reads)
        for name, change in _FACTS.items() if facts else ():
            before, after = str(getattr(citation, name)), str(getattr(facts, name))
            if before != after:
                yield _difference(change, citation, before, after)


def _pinpoints(then: Iterable[KeptCitation], now: Iterable[KeptCitation]) -> Iterator[Difference]:
    """Quotations that are cited again, but from under another heading."""
    headings = {(each.document, each.quote): each.pinpoint for each in now}
    for each in then:
        heading = headings.get((each.document, each.quote), each.pinpoint)
        if heading != each.pinpoint:
            yield _difference(Change.PINPOINT, each, each.pinpoint, heading)


def _front_matter(path: str, reads: Reads) -> Any:
    """A document's front matter; None for one that is gone or can no longer be read."""
    text = reads(path)
    try:
        return parse_front_matter(text, path)[0] if text is not None else None
    except DocumentError:
        return None


def _answers(receipt: ReceiptFile, now: KeptAnswer) -> Iterator[Difference]:
    then, asked = receipt.answer, receipt.asked
    yield from _lists(
        _sentences(then),
        _sentences(now),
        (Change.SENTENCE_LOST, Change.SENTENCE_GAINED, Change.SENTENCES_REORDERED),
    )
    if _sentences(then) == _sentences(now) and then.outcome is now.outcome:
        yield from _told(Change.WORDING, then.answer, now.answer)
    # The details are gone already, so nothing is taken out this time; and whether a model was
    # turned off that day is nothing that the documents say.
    off = say(asked.language, "model.switched_off")
    expected = {*removed_notice(asked.removed, asked.language), off}
    yield from _lists(
        [(each, None) for each in then.notices if each not in expected],
        [(each, None) for each in now.notices],
        (Change.NOTICE_LOST, Change.NOTICE_GAINED, Change.NOTICES_REORDERED),
    )
    yield from _lists(
        [(_point(each), None) for each in then.disagreements],
        [(_point(each), None) for each in now.disagreements],
        (Change.POINT_LOST, Change.POINT_GAINED, Change.POINTS_REORDERED),
    )
    if then.follow_ups != now.follow_ups:
        yield Difference(Change.FOLLOW_UPS)


def _sentences(answer: KeptAnswer) -> list[tuple[str, str | None]]:
    """Each sentence with the document it stands in."""
    documents = {each.number: each.document for each in answer.citations}
    return [
        (each.text, ", ".join(dict.fromkeys(documents[number] for number in each.citations)))
        for each in answer.sentences
    ]


def _point(point: Disagreement) -> str:
    sides = "; ".join(f"{side.holder}: {side.text}" for side in point.sides)
    return f"{point.about} ({sides})"


def _lists(
    then: Sequence[tuple[str, str | None]],
    now: Sequence[tuple[str, str | None]],
    changes: tuple[Change, Change, Change],
) -> Iterator[Difference]:
    """What two lists have not in common, or that they have it in another order."""
    lost, gained, reordered = changes
    for number, (text, document) in enumerate(then, 1):
        if (text, document) not in now:
            yield Difference(lost, number, document, before=text)
    for text, document in now:
        if (text, document) not in then:
            yield Difference(gained, None, document, after=text)
    if [each for each in then if each in now] != [each for each in now if each in then]:
        yield Difference(reordered)


def _made_with(then: Receipt, now: Receipt) -> Iterator[Difference]:
    """What the answers were made with; one that was not searched for names no documents."""
    for each in fields(Receipt):
        before, after = getattr(then, each.name), getattr(now, each.name)
        if before and after:
            yield from _told(Change(each.name), before, after)


def _told(change: Change, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference(change, before=before, after=after)


def _difference(
    change: Change, citation: KeptCitation, before: str = "", after: str = ""
) -> Difference:
    """A difference of a source; what it quoted is told where nothing else is."""
    return Difference(change, citation.number, citation.document, before or citation.quote, after)
