"""One question has one answer, in each language wanted, and no sentence that is not quoted."""

from __future__ import annotations

from datetime import date

import pytest
from desk_faq_fakes import (
    BOTH,
    EN,
    ES,
    TODAY,
    FakeAsk,
    entries_of,
    library,
    one_entry,
    public,
    sentences_of,
)
from fakes import make_part

from assistant.desk.faq import Brief, Faq, Side, entry_for, faq_of
from assistant.desk.faq_list import Asked, read_questions
from assistant.index.opened import LanguageIndex
from assistant.models import Audience, Language, Outcome, Passage
from assistant.service import Assistant
from assistant.texts import say
from assistant.verify.quotes import source_reader

ASKED, PREGUNTA = "What does the law say about returns?", "¿Qué dice la ley de las declaraciones?"
IN_ENGLISH = (
    "The law keeps returns private.",
    "A fine is up to $5,000.",
    "A judge blocked it on May 4, 2026.",
)
IN_SPANISH = (
    "La ley guarda en privado las declaraciones.",
    "Una multa llega a $5,000.",
    "Una jueza lo bloqueó el 4 de mayo de 2026.",
)


def said(side: Side | None) -> tuple[str, ...]:
    assert side is not None
    return tuple(each.text for each in side.said)


@pytest.mark.parametrize(
    ("written", "brief", "asks", "sides"),
    [
        (ASKED, public(EN), [EN], {EN: EN}),
        (PREGUNTA, public(ES), [ES], {ES: ES}),
        # Asked in its own language, whatever the answer's is to be.
        (ASKED, public(ES), [EN], {ES: EN}),
        (PREGUNTA, public(EN), [ES], {EN: ES}),
        (ASKED, BOTH, [EN], {EN: EN, ES: EN}),
        (PREGUNTA, BOTH, [ES], {EN: ES, ES: ES}),
        (f"{ASKED} | {PREGUNTA}", BOTH, [EN], {EN: EN, ES: ES}),
        (f"{PREGUNTA} | {ASKED}", BOTH, [ES], {EN: EN, ES: ES}),
        (f"{ASKED} | {PREGUNTA}", public(ES, EN), [EN], {ES: ES, EN: EN}),
        (f"{ASKED} | {PREGUNTA}", public(ES), [EN], {ES: ES}),
    ],
)
def test_a_question_is_asked_once_and_answered_in_each_language(
    written: str, brief: Brief, asks: list[Language], sides: dict[Language, Language]
) -> None:
    ask = FakeAsk()
    entry = one_entry(written, ask, brief)
    assert [each.language for each in ask.asked] == asks
    assert entry.lead is asks[0]
    assert {each.language: each.asked_in for each in entry.sides} == sides
    assert tuple(each.language for each in entry.sides) == brief.languages
    for side in entry.sides:
        assert said(side) == (IN_ENGLISH if side.language is EN else IN_SPANISH)
        assert side.untwinned == 0
        for each in side.said:
            (citation,) = each.citations
            assert citation.quote == each.text
            assert citation.passage.source.language is side.language


def test_what_is_asked_carries_audience_and_day() -> None:
    ask = FakeAsk()
    one_entry(ASKED, ask, Brief((EN,), date(2025, 12, 15), Audience.STAFF))
    (request,) = ask.asked
    assert (request.audience, request.as_of) == (Audience.STAFF, date(2025, 12, 15))
    assert request.question == ASKED
    assert request.turns == ()


@pytest.mark.parametrize(
    ("first", "second", "asks", "lead"),
    [
        (Outcome.ANSWERED, Outcome.PARTIAL, 1, EN),
        (Outcome.PARTIAL, Outcome.ANSWERED, 2, ES),
        (Outcome.ABSTAINED, Outcome.PARTIAL, 2, ES),
        (Outcome.ABSTAINED, Outcome.ABSTAINED, 2, EN),
        (Outcome.PARTIAL, Outcome.ABSTAINED, 2, EN),
        (Outcome.CLARIFY, Outcome.OUT_OF_SCOPE, 2, EN),
    ],
)
def test_the_other_wording_serves_where_the_first_falls_short(
    first: Outcome, second: Outcome, asks: int, lead: Language
) -> None:
    ask = FakeAsk()
    written = f"{ASKED} <{first.value}> | {PREGUNTA} <{second.value}>"
    entry = one_entry(written, ask)
    assert len(ask.asked) == asks
    assert entry.lead is lead
    assert entry.outcome is (first if lead is EN else second)


def test_a_lead_that_is_given_is_asked_alone() -> None:
    ask = FakeAsk()
    asked = Asked({EN: f"{ASKED} <abstained>", ES: PREGUNTA}, EN)
    entry = entry_for(asked, BOTH, ask, sentences_of(ask.passages), lead=EN)
    assert (len(ask.asked), entry.outcome) == (1, Outcome.ABSTAINED)


def test_a_sentence_without_a_twin_is_left_out_and_counted() -> None:
    entry = one_entry(ASKED, FakeAsk(quoted=(("odd", 0), ("odd", 1), ("odd", 3), ("law", 0))))
    english, spanish = entry.sides
    assert len(english.said) == 4
    assert said(spanish) == ("Se pagó.", "La ley guarda en privado las declaraciones.")
    assert (english.untwinned, spanish.untwinned) == (0, 2)


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.ANSWERED, Outcome.PARTIAL}))
def test_a_question_without_an_answer_says_nothing(outcome: Outcome) -> None:
    entry = one_entry(f"{ASKED} <{outcome.value}>")
    assert entry.outcome is outcome
    assert all(side.said == () and side.untwinned == 0 for side in entry.sides)


def test_where_the_sources_differ_both_columns_say_so() -> None:
    entry = one_entry(ASKED, FakeAsk(points=True))
    for side, texts in zip(entry.sides, (IN_ENGLISH, IN_SPANISH), strict=True):
        (point,) = side.points
        assert point.about == say(side.language, "disputes.about_error_count")
        assert [each.said.text for each in point.sides] == list(texts[:2])
        assert point.sides[0].holder == say(side.language, "disputes.holder_tigta")


def test_a_point_that_lacks_a_twin_is_absent_and_not_one_sided() -> None:
    entry = one_entry(ASKED, FakeAsk(points=True, quoted=(("odd", 0), ("law", 0))))
    assert [len(side.points) for side in entry.sides] == [1, 0]


def test_notices_about_the_question_are_kept_and_said_in_both_languages() -> None:
    kept = {"answers.notice_not_held": {"provision": "§ 6103(z)"}, "answers.notice_changed": {}}
    left = ("answers.notice_partial", "guard.urgent_at_the_door")
    notices = tuple(say(EN, key, **values) for key, values in kept.items())
    ask = FakeAsk(notices={EN: (*notices, *(say(EN, key) for key in left), "Something else.")})
    entry = one_entry(ASKED, ask)
    for side in entry.sides:
        assert side.notes == tuple(say(side.language, key, **each) for key, each in kept.items())


def test_personal_numbers_never_reach_the_answer() -> None:
    ask = FakeAsk()
    entry = one_entry("My SSN is 123-45-6789, did ICE get my address?", ask)
    assert "6789" not in repr(entry)
    assert "6789" not in repr(ask.asked)
    assert entry.removed


def parts(passages: tuple[Passage, ...]) -> dict[Language, LanguageIndex]:
    return {language: make_part(passages, language) for language in Language}


def with_orders(quoted: tuple[tuple[str, int], ...], brief: Brief, whole: Assistant) -> Faq:
    """A list whose answers quote so, over the real documents on the orders."""
    entries = entries_of(ASKED, FakeAsk(quoted=quoted), brief)
    index = whole.index()
    passages = [each for part in index.languages.values() for each in part.passages]
    sentences = sentences_of(()).of(passages, source_reader(whole.settings.corpus))
    return faq_of(entries, brief, index.languages, sentences)


@pytest.mark.corpus
def test_the_state_of_the_orders_is_quoted_where_an_answer_touches_them(
    whole_assistant: Assistant,
) -> None:
    faq = with_orders((("order", 0),), BOTH, whole_assistant)
    assert set(faq.orders) == set(Language)
    for language, quoted in faq.orders.items():
        assert len(quoted) == 4
        for each in quoted:
            (citation,) = each.citations
            assert citation.quote == each.text
            assert citation.passage.source.language is language
            assert citation.passage.source.id == "court-status-today"


@pytest.mark.corpus
def test_the_orders_are_left_out_where_nothing_touches_them_or_it_is_too_early(
    whole_assistant: Assistant,
) -> None:
    assert with_orders((("law", 0),), BOTH, whole_assistant).orders == {}
    early = Brief((EN, ES), date(2026, 3, 1), earlier_day=True)
    assert with_orders((("order", 0),), early, whole_assistant).orders == {}


def test_without_the_document_on_the_orders_nothing_is_said_of_them() -> None:
    entries = entries_of(ASKED)
    passages = library()
    faq = faq_of(entries, BOTH, parts(passages), sentences_of(passages))
    assert (faq.orders, faq.entries, faq.languages) == ({}, entries, (EN, ES))


@pytest.mark.corpus
def test_the_real_assistant_answers_alike_in_both_columns(whole_assistant: Assistant) -> None:
    index = whole_assistant.index()
    passages = [each for part in index.languages.values() for each in part.passages]
    sentences = sentences_of(()).of(passages, source_reader(whole_assistant.settings.corpus))
    listed = read_questions("Did the IRS give my address to ICE?\n¿Dónde hay ayuda gratis?")
    for asked in listed.questions:
        entry = entry_for(asked, Brief((EN, ES), TODAY), whole_assistant.ask, sentences)
        english, spanish = entry.sides
        assert len(english.said) >= 3
        assert len(english.said) + english.untwinned == len(spanish.said) + spanish.untwinned
        documents = [
            [each.citations[0].passage.source.id for each in side.said] for side in entry.sides
        ]
        assert english.untwinned or spanish.untwinned or documents[0] == documents[1]
        for side in entry.sides:
            for each in side.said:
                (citation,) = each.citations
                path = whole_assistant.settings.corpus / citation.passage.source.path
                assert each.text in path.read_text(encoding="utf-8")
