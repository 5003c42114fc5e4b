"""A FAQ as plain data: nothing is lost on the way, and nothing gains a mark that it should not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from desk_faq_fakes import (
    BOTH,
    EN,
    ES,
    TEXTS,
    TODAY,
    FakeAsk,
    entries_of,
    library,
    one_entry,
    public,
    reader,
    sentences_of,
)
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.faq import Entry, Faq, with_side
from assistant.desk.faq_edit import edited_answer, edited_question
from assistant.desk.faq_record import (
    KeptQuote,
    asked_values,
    entry_values,
    kept,
    kept_entry,
    read_asked,
    read_entry,
    read_kept,
    read_record,
    restored,
)
from assistant.models import Standing
from assistant.texts import say

ASKED = "My SSN is 123-45-6789: what does the law say?"


def edited() -> Entry:
    """An entry with everything that can be kept."""
    notices = (say(EN, "answers.notice_not_held", provision="§ 6103(z)"),)
    entry = one_entry(ASKED, FakeAsk(points=True, notices={EN: notices}))
    side = edited_answer(entry.sides[0], "The law keeps returns private.\nCall our clinic.")
    entry = with_side(entry, edited_question(side, entry, "What is the law?"))
    return with_side(entry, edited_question(entry.sides[1], entry, "¿Cuál es la ley?"))


@pytest.mark.parametrize(
    "entry",
    [
        one_entry("What is the law?"),
        one_entry("¿Cuál es la ley de impuestos?"),
        one_entry("What <abstained> is the law?"),
        one_entry("What is the law?", FakeAsk(quoted=(("odd", 0), ("odd", 1)))),
        edited(),
    ],
)
def test_an_entry_comes_back_as_it_was(entry: Entry) -> None:
    values = json.loads(json.dumps(entry_values(entry)))
    assert restored(read_entry(values), BOTH, sentences_of(library())) == unnumbered(entry)


def unnumbered(entry: Entry) -> Entry:
    """The entry with the number 0 on every quotation: real numbers are made where it is shown."""
    text = repr(entry)
    sides = tuple(
        replace(
            side,
            quoted=tuple(plain(each) for each in side.quoted),
            said=tuple(plain(each) for each in side.said),
            points=tuple(
                replace(
                    point,
                    sides=tuple(replace(each, said=plain(each.said)) for each in point.sides),
                )
                for point in side.points
            ),
        )
        for side in entry.sides
    )
    assert text == repr(entry)
    return replace(entry, sides=sides)


def plain(said: Any) -> Any:
    return replace(said, citations=tuple(replace(each, number=0) for each in said.citations))


def test_a_whole_list_comes_back_from_its_json() -> None:
    faq = Faq(BOTH, (*entries_of("What is the law?\n¿Cuál es la ley de impuestos?"), edited()))
    record = kept(faq)
    assert read_record(record.as_json()) == record
    assert read_kept(json.loads(json.dumps(record.as_values()))) == record
    assert (record.as_of, record.languages, len(record.entries)) == (TODAY, (EN, ES), 3)
    assert set(record.sources) == {"law", "order"}
    assert record.sources["law"].titles == {EN: "Title of law", ES: "Title of law"}


def test_a_record_holds_no_personal_number() -> None:
    assert "6789" not in kept(Faq(BOTH, (edited(),))).as_json()


def test_the_languages_of_a_brief_choose_the_sides() -> None:
    values = read_entry(entry_values(one_entry("What is the law?")))
    back = restored(values, public(ES), sentences_of(library()))
    assert [side.language for side in back.sides] == [ES]


def test_a_quotation_that_the_document_lost_is_left_out_and_told() -> None:
    record = kept_entry(one_entry("What is the law?"))
    altered = {**TEXTS, "law": {EN: "The law changed. It was written in 1976.", ES: "Otra."}}
    now = sentences_of(library()).reread(reader(library(altered)))
    back = restored(record, BOTH, now)
    assert [each.text for each in back.sides[0].said] == ["A judge blocked it on May 4, 2026."]
    assert back.sides[0].notes == (say(EN, "answers.notice_changed"),)
    assert back.sides[0].quoted == back.sides[0].said


@pytest.mark.parametrize(
    "quote",
    [
        KeptQuote("law", "The law lets anyone see returns."),
        KeptQuote("order", "The law keeps returns private."),
        KeptQuote("nowhere", "The law keeps returns private."),
        KeptQuote("law", "The law keeps"),
    ],
)
def test_a_quotation_that_was_made_up_gets_no_mark(quote: KeptQuote) -> None:
    record = kept_entry(one_entry("What is the law?"))
    side = replace(record.sides[EN], quotes=(quote, record.sides[EN].quotes[2]))
    back = restored(replace(record, sides={EN: side}), BOTH, sentences_of(library()))
    assert [each.text for each in back.sides[0].said] == [record.sides[EN].quotes[2].text]
    own = restored(
        replace(record, sides={EN: replace(side, said=(quote.text,))}),
        BOTH,
        sentences_of(library()),
    )
    assert own.sides[0].said == ()


def test_labels_and_notes_that_are_not_ours_are_left_out() -> None:
    record = kept_entry(edited())
    side = record.sides[EN]
    point = replace(side.points[0], about="What the editor of this page believes")
    holder = replace(side.points[0].sides[0], holder="A friend of mine")
    foreign = replace(
        side,
        points=(point, replace(side.points[0], sides=(holder, *side.points[0].sides[1:]))),
        notes=("File at once!", *side.notes),
    )
    back = restored(replace(record, sides={EN: foreign}), BOTH, sentences_of(library()))
    assert back.sides[0].points == ()
    assert back.sides[0].notes == side.notes


@given(st.lists(st.text(max_size=40), max_size=6))
def test_no_text_from_outside_gets_a_mark_but_by_its_very_words(texts: list[str]) -> None:
    record = kept_entry(one_entry("What is the law?"))
    quotes = tuple(KeptQuote("law", each) for each in texts)
    side = replace(record.sides[EN], quotes=quotes, said=tuple(texts))
    back = restored(replace(record, sides={EN: side}), BOTH, sentences_of(library()))
    for each in back.sides[0].said:
        assert not each.citations or each.citations[0].quote == each.text in TEXTS["law"][EN]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "{}",
        "[]",
        '{"kind": "something else"}',
        '{"as_of": "2026-11-29", "languages": [], "entries": []}',
        '{"as_of": "2026-11-29", "languages": ["fr"], "entries": []}',
        '{"as_of": "soon", "languages": ["en"], "entries": []}',
        '{"as_of": "2026-11-29", "languages": ["en"], "entries": [], "version": 2}',
        '{"as_of": "2026-11-29", "languages": ["en"], "entries": [{"wordings": "x"}]}',
    ],
)
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_record(text)


def test_an_entry_that_could_not_be_asked_again_is_refused() -> None:
    record = kept(Faq(BOTH, entries_of("What is the law?")))
    for wordings in ({}, {ES: "¿Qué?"}, {EN: ""}, {EN: "x" * 501}):
        entry = replace(record.entries[0], wordings=wordings)
        with pytest.raises(ValueError, match="wording"):
            read_record(replace(record, entries=(entry,)).as_json())


def test_too_many_entries_are_refused() -> None:
    record = kept(Faq(BOTH, entries_of("What is the law?") * 101))
    with pytest.raises(ValueError, match="too many questions"):
        read_record(record.as_json())


@pytest.mark.parametrize(
    "changed",
    [
        {"wordings": {}},
        {"wordings": {"en": ""}},
        {"wordings": {"en": "x" * 501}},
        {"wordings": {"fr": "Quoi ?"}},
        {"lead": "es"},
        {"removed": ["a_secret"]},
    ],
)
def test_a_question_that_could_not_be_asked_is_refused(changed: dict[str, object]) -> None:
    values = asked_values(one_entry("What is the law on returns?").asked)
    assert read_asked(values) == one_entry("What is the law on returns?").asked
    with pytest.raises(ValueError, match=r"."):
        read_asked({**values, **changed})


def test_the_standing_of_every_source_is_kept() -> None:
    passages = library(law="superseded")
    entries = entries_of("What is the law?", FakeAsk(passages))
    record = kept(Faq(BOTH, entries))
    assert record.sources["law"].status is Standing.SUPERSEDED
    assert record.sources["law"].as_of == "2026-07-28"
