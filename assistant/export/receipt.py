"""The receipt of an answer: a small file by which the answer can be checked again later.

It holds what was asked, without personal details, the answer, and for each passage quoted a hash
of its text. Its id is a hash of all that, so that an altered receipt gives itself away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from assistant.corpus.frontmatter import PartialDate
from assistant.errors import UsageError
from assistant.export.record import answer_record
from assistant.guard.kinds import PersonalKind
from assistant.models import (
    Answer,
    AnswerSentence,
    Audience,
    Basis,
    Citation,
    Disagreement,
    Kind,
    Language,
    Outcome,
    Passage,
    Receipt,
    Standing,
    Turn,
)
from assistant.verify import claim as verify

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SUFFIX = ".json"
VERBATIM = "verbatim"  # the check of a quoted sentence; a model's goes through all of `verify`
LARGEST = 5_000_000  # bytes; a receipt has some thirty thousand
_KIND, _VERSION = "ask6103", 1
_OF_MODELS = ("prompt", "entailment")  # what only a model's answer is made with


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, ready to be asked again; the personal details in it are gone.

    ``prompt`` is the hash of the rules that a model was given, and ``entailment`` names the model
    that its sentences were held against, if any; quotations have neither.
    """

    question: str
    turns: tuple[Turn, ...]
    removed: tuple[PersonalKind, ...]
    language: Language
    audience: Audience
    as_of: date
    earlier_day: bool
    engine: str
    prompt: str = ""
    entailment: str = ""


@dataclass(frozen=True, slots=True)
class KeptCitation:
    """A quotation as the record of an answer holds it."""

    number: int
    document: str
    title: str
    citation: str
    pinpoint: str
    url: str
    kind: Kind
    status: Standing
    basis: Basis
    published: PartialDate
    as_of: PartialDate
    quote: str
    start: int
    end: int
    passage: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as its record holds it, without what tells nothing about it."""

    outcome: Outcome
    answer: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[KeptCitation, ...]
    notices: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]
    follow_ups: tuple[str, ...]
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class KeptPassage:
    """A passage that was quoted: its place, and the SHA-256 of its text."""

    passage: str
    document: str
    language: Language
    path: str
    pinpoint: str
    start: int
    end: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Check:
    """A check that a sentence, counted from 1, went through; ``details`` are each check's own."""

    sentence: int
    check: str
    passed: bool
    passage: str = ""
    start: int = 0
    end: int = 0
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """A receipt that was read: sound in shape, and its id fits all that it holds."""

    id: str
    asked: Asked
    answer: KeptAnswer
    passages: tuple[KeptPassage, ...]
    checks: tuple[Check, ...]

    def is_quoted(self, number: int) -> bool:
        """Whether the sentence of that number, counted from 1, is a document's own."""
        return any(each.sentence == number and each.check == VERBATIM for each in self.checks)


def receipt_of(answer: Answer) -> dict[str, Any]:
    """The receipt as plain JSON values."""
    record = answer_record(answer)
    # How long it took, and what a batch called it, are not the answer.
    kept = {name: value for name, value in record.items() if name not in ("id", "timings_ms")}
    content = {
        "asked": _asked(answer),
        "answer": kept,
        "passages": [_passage(each) for each in _passages(answer)],
        "checks": list(_checks(answer)),
    }
    named = {"receipt": _KIND, "version": _VERSION}
    return {**named, "id": _id({**named, **content}), **content}


def as_receipt(answer: Answer) -> bytes:
    """The receipt as the content of a file."""
    return (json.dumps(receipt_of(answer), ensure_ascii=False, indent=2) + "\n").encode()


def receipt_id(answer: Answer) -> str:
    """The id of its receipt: the same wherever the same comes out of the same documents."""
    identity: str = receipt_of(answer)["id"]
    return identity


def read_receipt(content: bytes, name: str = "This file") -> ReceiptFile:
    """The receipt in a file's content; ``name`` is what an error calls the file.

    Raises:
        UsageError: It is too large, no receipt, of a later version, or was altered.
    """
    if len(content) > LARGEST:
        raise UsageError(
            f"{name} has more than {LARGEST:,} bytes, too many for a receipt. "
            "Give the .json file that was saved as the receipt."
        )
    try:
        return _read(json.loads(content.decode("utf-8-sig")), name)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"{name} is no JSON, so it is no receipt. Give the .json file as it was saved."
        ) from error


def as_read(answer: Answer) -> ReceiptFile:
    """The receipt of an answer as if it had been saved and read."""
    read: ReceiptFile = _adapter().validate_python(receipt_of(answer))
    return read


def _read(values: Any, name: str) -> ReceiptFile:
    named = values if isinstance(values, dict) else {}
    version = named.get("version")
    if named.get("receipt") != _KIND or type(version) is not int or version < 1:
        raise UsageError(
            f"{name} is no receipt of an answer. Give a file that was saved with "
            "assistant ask … --receipt FILE, or from the page."
        )
    if version > _VERSION:
        raise UsageError(
            f"{name} is a receipt of version {version}; this program reads version {_VERSION}. "
            "Update the program, or check it where it was made."
        )
    if values.get("id") != _id({key: value for key, value in values.items() if key != "id"}):
        raise UsageError(
            f"{name} was altered: its id no longer fits what it holds. "
            "Ask for the file as it was saved."
        )
    try:
        read: ReceiptFile = _adapter().validate_python(values)
        _check_whole(read)
    except ValueError as error:
        raise UsageError(
            f"{name} is a receipt that cannot be read: a part is missing or wrong. "
            "Save it anew where it was made."
        ) from error
    return read


def _check_whole(read: ReceiptFile) -> None:
    """Fails where one part names another that is not there, or a path leads out of the corpus."""
    numbers = {citation.number for citation in read.answer.citations}
    marks = {mark for each in read.answer.sentences for mark in each.citations}
    for point in read.answer.disagreements:
        marks.update(mark for side in point.sides for mark in side.citations)
    quoted = {citation.passage for citation in read.answer.citations}
    if not marks <= numbers or quoted != {passage.passage for passage in read.passages}:
        raise ValueError("a mark without its source, or a quotation without its passage")
    for passage in read.passages:
        path = PurePosixPath(passage.path)
        if path.is_absolute() or ".." in path.parts or set(passage.path) & set("\\:\0"):
            raise ValueError("a path that leads out of the documents")


def _asked(answer: Answer) -> dict[str, Any]:
    question = answer.question
    return {
        "question": question.text,
        "turns": [{"role": turn.role, "text": turn.text} for turn in question.turns],
        "removed": [str(kind) for kind in question.removed],
        "language": question.language.value,
        "audience": question.audience.value,
        "as_of": question.as_of.isoformat(),
        "earlier_day": question.earlier_day,
        "engine": answer.engine,
        **{name: said for name in _OF_MODELS if (said := getattr(answer.receipt, name))},
    }


def _passages(answer: Answer) -> tuple[Passage, ...]:
    """Each quoted passage once, in the order of the numbers."""
    return tuple({each.passage.id: each.passage for each in answer.citations}.values())


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "passage": passage.id,
        "document": passage.source.id,
        "language": passage.source.language.value,
        "path": passage.source.path,
        "pinpoint": passage.pinpoint,
        "start": passage.start,
        "end": passage.end,
        "sha256": text_hash(passage.text),
    }


def text_hash(text: str) -> str:
    """The SHA-256 of a text, as a receipt holds it for a passage."""
    return hashlib.sha256(text.encode()).hexdigest()


def _checks(answer: Answer) -> Iterator[dict[str, Any]]:
    """For every quoted sentence whether it stands in its source; a model's passed every check."""
    by_number = {citation.number: citation for citation in answer.citations}
    for place, sentence in enumerate(answer.sentences, 1):
        if not sentence.quoted:
            for each in verify.Check:
                if each is not verify.Check.ENTAILED or answer.receipt.entailment:
                    yield {"sentence": place, "check": each.value, "passed": True}
            continue
        for cited in (by_number[number] for number in sentence.citations):
            yield {
                "sentence": place,
                "check": VERBATIM,
                "passage": cited.passage.id,
                "start": cited.start,
                "end": cited.end,
                "passed": _is_verbatim(sentence, cited),
            }


def _is_verbatim(sentence: AnswerSentence, cited: Citation) -> bool:
    passage = cited.passage
    return sentence.text == passage.text[cited.start - passage.start : cited.end - passage.start]


def _id(content: dict[str, Any]) -> str:
    """The hash of the canonical JSON: no space, keys in order, plain letters."""
    canonical = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"r-{hashlib.sha256(canonical.encode()).hexdigest()[:16]}"


@cache
def _adapter() -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(ReceiptFile)
