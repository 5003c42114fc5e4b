"""What changed since an earlier list: each change once, quoting what was and what is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_faq_fakes import BOTH, EN, ES, TEXTS, FakeAsk, entries_of, library, public, sentences_of

from assistant.desk.faq import Brief, Faq, with_side
from assistant.desk.faq_carry import with_edits_of
from assistant.desk.faq_changes import Change, ChangeKind, by_question, changes
from assistant.desk.faq_edit import edited_answer, edited_question
from assistant.desk.faq_record import Kept, kept, still_said
from assistant.models import Language, Outcome, Standing

LAW, NUMBER = "What does the law say about returns?", "What is the fine in this law?"
OLD = {**TEXTS}
# One sentence reworded, one gone, one new; in both languages.
NEW = {
    **TEXTS,
    "law": {
        EN: "The law keeps all tax returns private. It was written in 1976.\n\n"
        "Prison is possible too.",
        ES: "La ley guarda en privado todas las declaraciones. Se escribió en 1976.\n\n"
        "También hay cárcel.",
    },
}


def listed(
    text: str = LAW,
    texts: dict[str, dict[Language, str]] = OLD,
    brief: Brief = BOTH,
    **standing: Standing | str,
) -> Kept:
    return kept(Faq(brief, entries_of(text, FakeAsk(library(texts, **standing)), brief)))


def told(
    old: Kept,
    new: Kept,
    language: Language = EN,
    texts: dict[str, dict[Language, str]] = OLD,
) -> tuple[Change, ...]:
    """What changed, where the documents hold these texts now."""
    return changes(old, new, language, still_said(sentences_of(library(texts))))


def kinds(old: Kept, new: Kept, language: Language = EN) -> list[ChangeKind]:
    return [each.kind for each in told(old, new, language)]


@pytest.mark.parametrize("language", Language)
def test_a_list_compared_with_itself_changed_nothing(language: Language) -> None:
    record = listed(f"{LAW}\n{NUMBER}")
    assert told(record, record, language) == ()


def test_what_the_sources_no_longer_say_is_quoted_beside_what_they_say_now() -> None:
    found = told(listed(), listed(texts=NEW), EN, NEW)
    assert [each.kind for each in found] == [
        ChangeKind.REWORDED,
        ChangeKind.GONE,
        ChangeKind.CAME,
    ]
    reworded, gone, came = (each.text for each in found)
    assert "The law keeps returns private." in reworded
    assert "The law keeps all tax returns private." in reworded
    assert "A fine is up to $5,000." in gone
    assert "Prison is possible too." in came
    assert {each.question for each in found} == {LAW}


def test_what_an_answer_merely_no_longer_quotes_is_told_apart() -> None:
    old = kept(Faq(BOTH, entries_of(LAW, FakeAsk(quoted=(("law", 0), ("law", 2))))))
    new = kept(Faq(BOTH, entries_of(LAW, FakeAsk(quoted=(("law", 0), ("order", 0))))))
    found = told(old, new)
    assert [each.kind for each in found] == [ChangeKind.CAME, ChangeKind.WENT]
    assert "still says it" in found[1].text
    assert "A fine is up to $5,000." in found[1].text


def test_the_same_changes_are_told_in_spanish_of_the_spanish_column() -> None:
    found = told(listed(), listed(texts=NEW), ES, NEW)
    assert [each.kind for each in found] == [
        ChangeKind.REWORDED,
        ChangeKind.GONE,
        ChangeKind.CAME,
    ]
    assert "La ley guarda en privado todas las declaraciones." in found[0].text
    assert "También hay cárcel." in found[2].text


def test_the_changes_of_a_question_stand_together_and_those_of_sources_last() -> None:
    old = listed(f"{LAW}\n{NUMBER}")
    new = listed(f"{NUMBER}\n{LAW}", NEW, order="reversed")
    groups = by_question(told(old, new, EN, NEW))
    assert [question for question, _ in groups] == [NUMBER, LAW, ""]
    assert [each.kind for each in groups[-1][1]] == [ChangeKind.STANDING]


def test_what_changed_in_one_column_only_is_told_as_well() -> None:
    texts = {**TEXTS, "law": {**TEXTS["law"], ES: NEW["law"][ES]}}
    new = listed(LAW.replace("?", " today?"), texts)
    old = listed(LAW.replace("?", " today?"))
    # The English text stands, so English sentences are quoted; their twins are others now.
    found = told(old, new, EN, texts)
    assert found
    assert all(
        "La ley" in each.text or "cárcel" in each.text or "multa" in each.text for each in found
    )


def test_questions_that_came_and_went_are_told() -> None:
    found = told(listed(LAW), listed(NUMBER), EN)
    assert [each.kind for each in found] == [ChangeKind.QUESTION_CAME, ChangeKind.QUESTION_WENT]
    assert [each.question for each in found] == [NUMBER, LAW]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LAW, LAW.upper()),
        (f"{LAW} | ¿Qué dice la ley de las declaraciones?", LAW),
        (LAW, f"¿Qué dice la ley de las declaraciones? | {LAW}"),
    ],
)
def test_a_question_is_the_same_in_either_of_its_wordings(before: str, after: str) -> None:
    assert kinds(listed(before), listed(after)) == []


def test_another_order_of_questions_is_no_change() -> None:
    assert kinds(listed(f"{LAW}\n{NUMBER}"), listed(f"{NUMBER}\n{LAW}")) == []


def test_another_outcome_is_told_by_its_names() -> None:
    before = listed(f"{LAW} | ¿Qué dice la ley de aquí?")
    entry = replace(
        before.entries[0], outcome=Outcome.ABSTAINED, sides=dict(before.entries[0].sides)
    )
    found = told(replace(before, entries=(entry,)), before, EN)
    assert [each.kind for each in found] == [ChangeKind.OUTCOME]
    assert "The sources here do not say" in found[0].text
    assert "Answered" in found[0].text


def test_a_source_with_another_standing_is_told_with_both_days() -> None:
    old, new = listed(), listed(order="reversed")
    source = replace(new.sources["order"], as_of="2026-11-22")
    found = told(old, replace(new, sources={**new.sources, "order": source}), EN)
    assert [each.kind for each in found] == [ChangeKind.STANDING]
    for words in ("Title of order", "in effect", "July 28, 2026", "reversed", "November 22, 2026"):
        assert words in found[0].text


def test_sources_checked_again_on_the_same_day_are_told_together() -> None:
    old = listed()
    sources = {name: replace(each, as_of="2026-11-22") for name, each in old.sources.items()}
    found = told(old, replace(old, sources=sources), EN)
    assert [each.kind for each in found] == [ChangeKind.CHECKED]
    for words in ("“Title of law”", "“Title of order”", "July 28, 2026", "November 22, 2026"):
        assert words in found[0].text


def test_a_list_of_one_language_is_compared_in_that_language() -> None:
    old, new = listed(brief=public(ES)), listed(texts=NEW, brief=public(ES, EN))
    found = told(old, new, EN, NEW)
    assert [each.kind for each in found][:1] == [ChangeKind.REWORDED]
    assert "La ley guarda en privado todas" in found[0].text
    assert found[0].text.startswith("Its source now says")


def test_lists_without_a_common_language_are_compared_by_their_questions() -> None:
    assert kinds(listed(brief=public(EN)), listed(brief=public(ES))) == []


def edited(texts: dict[str, dict[Language, str]], words: str) -> Kept:
    ask = FakeAsk(library(texts))
    (entry,) = entries_of(LAW, ask)
    side = edited_answer(entry.sides[0], words)
    return kept(Faq(BOTH, (with_side(entry, side),)))


OWN = "The law keeps returns private.\nCall our clinic."


def test_an_editors_words_are_no_change_while_the_quotations_stay() -> None:
    assert kinds(edited(OLD, OWN), listed()) == []
    assert kinds(listed(), edited(OLD, OWN)) == []


def test_an_editors_words_are_given_back_where_the_quotations_changed() -> None:
    found = told(edited(OLD, OWN), listed(texts=NEW), EN, NEW)
    assert found[-1].kind is ChangeKind.EDITED
    assert "Call our clinic." in found[-1].text


@pytest.mark.parametrize(
    ("texts", "kept_edits"), [(OLD, True), (NEW, False)], ids=["same", "changed"]
)
def test_edits_are_carried_over_where_the_answer_is_the_same(
    texts: dict[str, dict[Language, str]], kept_edits: bool
) -> None:
    old = edited(OLD, OWN)
    (entry,) = entries_of(LAW, FakeAsk(library(texts)))
    carried = with_edits_of(entry, old)
    assert carried.sides[0].edited is kept_edits
    assert carried.sides[1] == entry.sides[1]
    if kept_edits:
        assert [bool(each.citations) for each in carried.sides[0].said] == [True, False]


def test_an_emptied_answer_and_a_new_wording_are_carried_over() -> None:
    (entry,) = entries_of(LAW)
    side = edited_question(edited_answer(entry.sides[0], ""), entry, "Is my return private?")
    old = kept(Faq(BOTH, (with_side(entry, side),)))
    (again,) = entries_of(LAW)
    carried = with_edits_of(again, old).sides[0]
    assert (carried.question, carried.reworded, carried.said) == ("Is my return private?", True, ())


def test_an_entry_that_was_not_there_carries_nothing() -> None:
    (entry,) = entries_of(NUMBER)
    assert with_edits_of(entry, edited(OLD, OWN)) == entry
