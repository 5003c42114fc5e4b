"""The JSON record of an answer keeps to the contract that scripts of others rely on."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import ui_fakes
from contract import CITATION_KEYS, KEYS, check_record

from assistant.export.record import answer_record
from assistant.models import Answer, Audience, Language, Outcome

ANSWERS = [
    *(ui_fakes.answer(language) for language in Language),
    *(
        ui_fakes.unanswered(outcome, language)
        for outcome in Outcome
        if outcome not in (Outcome.ANSWERED, Outcome.PARTIAL)
        for language in Language
    ),
    ui_fakes.with_disagreement(),
    replace(ui_fakes.answer(), outcome=Outcome.PARTIAL),
    replace(ui_fakes.answer(), id="seven"),
]


def name_of(answer: Answer) -> str:
    return f"{answer.outcome.value} {answer.question.language.value}"


@pytest.mark.parametrize("answer", ANSWERS, ids=name_of)
def test_every_answer_keeps_to_the_contract(answer: Answer) -> None:
    check_record(answer_record(answer))


@pytest.mark.parametrize("answer", ANSWERS, ids=name_of)
def test_a_record_is_the_same_after_json(answer: Answer) -> None:
    record = answer_record(answer)
    assert json.loads(json.dumps(record, ensure_ascii=False)) == record


def test_keys_stand_in_the_order_of_the_contract() -> None:
    record = answer_record(ui_fakes.answer())
    assert list(record) == KEYS
    assert list(record["citations"][0]) == CITATION_KEYS


@pytest.mark.parametrize(("given", "kept"), [(None, False), ("7", True), ("", True)])
def test_an_id_is_kept_only_when_one_was_given(given: str | None, kept: bool) -> None:
    record = answer_record(replace(ui_fakes.answer(), id=given))
    assert ("id" in record) is kept
    assert record.get("id") == given


def test_values_are_those_of_the_answer() -> None:
    answer = ui_fakes.answer(Language.ES, "¿El IRS dio mi dirección?")
    record = answer_record(answer)
    assert record["question"] == "¿El IRS dio mi dirección?"
    assert record["language"] == "es"
    assert record["audience"] == Audience.PUBLIC.value
    assert record["as_of"] == "2026-11-22"
    assert record["answer"] == answer.text
    for kept, cited in zip(record["citations"], answer.citations, strict=True):
        source = cited.passage.source
        assert kept["quote"] == cited.quote
        assert (kept["start"], kept["end"]) == (cited.start, cited.end)
        assert (kept["document"], kept["pinpoint"]) == (source.id, cited.passage.pinpoint)
        assert (kept["status"], kept["as_of"]) == (source.status.value, source.as_of)
    assert record["timings_ms"] == {"retrieve": 1.0, "answer": 1.0, "total": 2.0}


def test_what_search_reads_is_not_part_of_the_record() -> None:
    answer = ui_fakes.answer()
    hidden = replace(answer.question, search_text="zebra crossing")
    assert "zebra" not in json.dumps(answer_record(replace(answer, question=hidden)))


def test_sides_of_a_disagreement_keep_their_citations() -> None:
    (point,) = answer_record(ui_fakes.with_disagreement())["disagreements"]
    assert [side["holder"] for side in point["sides"]] == ["The IRS", "Judge Kollar-Kotelly"]
    assert [side["citations"] for side in point["sides"]] == [[2], [3]]
