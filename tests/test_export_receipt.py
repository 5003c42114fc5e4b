"""A receipt holds all that an answer stands on, says so the same way again, and shows tampering."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import ui_fakes

from assistant.errors import UsageError
from assistant.export.answer import answer_paper
from assistant.export.receipt import (
    LARGEST,
    Check,
    as_read,
    as_receipt,
    read_receipt,
    receipt_id,
    receipt_of,
)
from assistant.export.record import answer_record
from assistant.guard.kinds import PersonalKind
from assistant.models import Answer, Language, Outcome, Timings, Turn

ASKED = ui_fakes.answer()
FOLLOWING = replace(
    ASKED,
    question=replace(
        ASKED.question,
        turns=(Turn("user", "Who may see returns?"), Turn("assistant", "Few may.")),
        removed=(PersonalKind.SSN, PersonalKind.PHONE),
        asked_on=date(2026, 11, 30),
    ),
)
ANSWERS = {
    "English": ASKED,
    "Spanish": ui_fakes.answer(Language.ES, "¿El IRS dio mi dirección?"),
    "following": FOLLOWING,
    "differing": ui_fakes.with_disagreement(),
    **{
        outcome.value: ui_fakes.unanswered(outcome)
        for outcome in Outcome
        if outcome not in (Outcome.ANSWERED, Outcome.PARTIAL)
    },
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_what_is_saved_is_read_again(answer: Answer) -> None:
    read = read_receipt(as_receipt(answer))
    assert read == as_read(answer)
    assert read.id == receipt_id(answer)
    assert json.loads(as_receipt(answer)) == receipt_of(answer)


def test_it_says_what_it_is_and_what_was_asked() -> None:
    receipt = receipt_of(FOLLOWING)
    assert list(receipt) == ["receipt", "version", "id", "asked", "answer", "passages", "checks"]
    assert (receipt["receipt"], receipt["version"]) == ("ask6103", 1)
    assert receipt["asked"] == {
        "question": "Did the IRS share it?",
        "turns": [
            {"role": "user", "text": "Who may see returns?"},
            {"role": "assistant", "text": "Few may."},
        ],
        "removed": ["ssn", "phone"],
        "language": "en",
        "audience": "public",
        "as_of": "2026-11-22",
        "earlier_day": True,
        "engine": "quotes",
    }


def test_its_answer_is_the_record_without_times_and_name() -> None:
    record = answer_record(ASKED)
    del record["timings_ms"]
    assert receipt_of(replace(ASKED, id="seven"))["answer"] == record


def test_every_passage_stands_in_it_once_with_the_hash_of_its_text() -> None:
    passages = receipt_of(ASKED)["passages"]
    quoted = {citation.passage.id: citation.passage for citation in ASKED.citations}
    assert [each["passage"] for each in passages] == list(quoted)
    for each, passage in zip(passages, quoted.values(), strict=True):
        assert each == {
            "passage": passage.id,
            "document": passage.source.id,
            "language": "en",
            "path": passage.source.path,
            "pinpoint": passage.pinpoint,
            "start": passage.start,
            "end": passage.end,
            "sha256": hashlib.sha256(passage.text.encode()).hexdigest(),
        }


def test_every_sentence_was_checked_at_its_place() -> None:
    assert as_read(ASKED).checks == tuple(
        Check(place, "verbatim", True, cited.passage.id, cited.start, cited.end)
        for place, cited in enumerate(ASKED.citations, 1)
    )
    assert receipt_of(ANSWERS["abstained"])["checks"] == []


def test_a_sentence_that_is_no_quotation_does_not_pass() -> None:
    first, *others = ASKED.sentences
    changed = replace(ASKED, sentences=(replace(first, text="Nobody knows."), *others))
    assert [each["passed"] for each in receipt_of(changed)["checks"]] == [False] + [True] * 5


def test_its_id_depends_on_nothing_but_question_answer_and_sources() -> None:
    assert receipt_id(ASKED) == receipt_id(ui_fakes.answer())
    for same in (
        replace(ASKED, id="seven"),
        replace(ASKED, timings=Timings(9.0, 9.0, 18.0)),
        replace(ASKED, margin=0.5),
        # The day it was asked on does not count, only whether it is asked as of an earlier one.
        replace(ASKED, question=replace(ASKED.question, asked_on=ui_fakes.DAY)),
    ):
        assert receipt_id(same) == receipt_id(ASKED)


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, question=replace(ASKED.question, text="Did the IRS share this?")),
        replace(ASKED, question=replace(ASKED.question, as_of=date(2026, 11, 21))),
        replace(ASKED, notices=()),
        replace(ASKED, receipt=replace(ASKED.receipt, index="another")),
        FOLLOWING,
    ],
    ids=["question", "day", "notices", "index", "turns"],
)
def test_another_answer_has_another_id(other: Answer) -> None:
    assert receipt_id(other) != receipt_id(ASKED)


def test_the_paper_of_an_answer_names_its_receipt() -> None:
    assert answer_paper(ASKED).reference == receipt_id(ASKED)


def altered(change: Callable[[dict[str, Any]], object], sealed: bool = False) -> bytes:
    """The receipt after a change; ``sealed`` gives it the id that fits."""
    values = receipt_of(ASKED)
    change(values)
    if sealed:
        del values["id"]
        plain = json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        values["id"] = f"r-{hashlib.sha256(plain.encode()).hexdigest()[:16]}"
    return json.dumps(values).encode()


def test_a_receipt_that_was_only_written_in_another_way_is_as_good() -> None:
    assert read_receipt(altered(lambda values: None)) == as_read(ASKED)
    assert read_receipt(b"\xef\xbb\xbf" + as_receipt(ASKED)) == as_read(ASKED)
    assert read_receipt(altered(lambda values: None, sealed=True)) == as_read(ASKED)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is no JSON"),
        (b"\x00\xff\xfegarbage", "is no JSON"),
        (b"%PDF-1.7", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (as_receipt(ASKED)[:-20], "is no JSON"),
        (b" " * (LARGEST + 1), "more than 5,000,000 bytes"),
        (b"null", "is no receipt"),
        (b"[]", "is no receipt"),
        (b'{"receipt": "another", "version": 1}', "is no receipt"),
        (b'{"receipt": "ask6103"}', "is no receipt"),
        (b'{"receipt": "ask6103", "version": true}', "is no receipt"),
        (b'{"receipt": "ask6103", "version": 0}', "is no receipt"),
        (b'{"receipt": "ask6103", "version": 2}', "of version 2; this program reads version 1"),
        (altered(lambda values: values.update(version=2)), "of version 2"),
        (b'{"receipt": "ask6103", "version": 1}', "was altered"),
        (altered(lambda values: values.update(id="r-" + "0" * 16)), "was altered"),
        (altered(lambda values: values["asked"].update(question="Another?")), "was altered"),
        (altered(lambda values: values["answer"]["notices"].clear()), "was altered"),
        (altered(lambda values: values.update(more=1)), "was altered"),
        (altered(lambda values: values.pop("passages"), sealed=True), "cannot be read"),
        (altered(lambda values: values["passages"].clear(), sealed=True), "cannot be read"),
        (altered(lambda values: values["answer"]["citations"].pop(), sealed=True), "cannot be"),
        (altered(lambda values: values["asked"].update(as_of="soon"), sealed=True), "cannot be"),
        (
            altered(lambda values: values["answer"]["citations"][0].update(as_of="x"), sealed=True),
            "cannot be",
        ),
        (altered(lambda values: values["asked"].update(removed=["x"]), sealed=True), "cannot be"),
        *(
            (altered(lambda values, path=path: values["passages"][0].update(path=path), True), "be")
            for path in ("/etc/passwd", "en/../../secret.md", "C:\\secret.md", "en\\a.md")
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_sound_receipt_is_refused_with_a_mend(content: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=r"^old\.json .*\. \w.*\.$") as refused:
        read_receipt(content, "old.json")
    assert says in str(refused.value)
