"""What changed since an earlier list: each change once, quoting what was and what is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_faq_fakes import BOTH, EN, ES, TEXTS, FakeAsk, entries_of, library, public

from assistant.desk.faq import Brief, Faq, with_side
from assistant.desk.faq_carry import with_edits_of
from assistant.desk.faq_changes import ChangeKind, changes
from assistant.desk.faq_edit import edited_answer, edited_question
from assistant.desk.faq_record import Kept, kept
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


def kinds(old: Kept, new: Kept, language: Language = EN) -> list[ChangeKind]:
    return [each.kind for each in changes(old, new, language)]


@pytest.mark.parametrize("language", Language)
def test_a_list_compared_with_itself_changed_nothing(language: Language) -> None:
    record = listed(f"{LAW}\n{NUMBER}")
    assert changes(record, record, language) == ()


def test_sentences_that_went_came_or_were_reworded_are_quoted() -> None:
    found = changes(listed(), listed(texts=NEW), EN)
    assert [each.kind for each in found] == [
        ChangeKind.REWORDED,
        ChangeKind.WENT,
        ChangeKind.CAME,
    ]
    reworded, went, came = (each.text for each in found)
    assert "The law keeps returns private." in reworded
    assert "The law keeps all tax returns private." in reworded
    assert "A fine is up to $5,000." in went
    assert "Prison is possible too." in came
    assert all(LAW in each.text and each.question == LAW for each in found)


def test_the_same_changes_are_told_in_spanish_of_the_spanish_column() -> None:
    found = changes(listed(), listed(texts=NEW), ES)
    assert [each.kind for each in found] == kinds(listed(), listed(texts=NEW))
    assert "La ley guarda en privado todas las declaraciones." in found[0].text
    assert "También hay cárcel." in found[2].text


def test_what_changed_in_one_column_only_is_told_as_well() -> None:
    texts = {**TEXTS, "law": {**TEXTS["law"], ES: NEW["law"][ES]}}
    new = listed(LAW.replace("?", " today?"), texts)
    old = listed(LAW.replace("?", " today?"))
    # The English text stands, so English sentences are quoted; their twins are others now.
    found = changes(old, new, EN)
    assert found
    assert all(
        "La ley" in each.text or "cárcel" in each.text or "multa" in each.text for each in found
    )


def test_questions_that_came_and_went_are_told() -> None:
    found = changes(listed(LAW), listed(NUMBER), EN)
    assert [each.kind for each in found] == [ChangeKind.QUESTION_CAME, ChangeKind.QUESTION_WENT]
    assert NUMBER in found[0].text
    assert LAW in found[1].text


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
    found = changes(replace(before, entries=(entry,)), before, EN)
    assert [each.kind for each in found] == [ChangeKind.OUTCOME]
    assert "The sources here do not say" in found[0].text
    assert "Answered" in found[0].text


def test_a_source_with_another_standing_is_told_with_both_days() -> None:
    old, new = listed(), listed(order="reversed")
    source = replace(new.sources["order"], as_of="2026-11-22")
    found = changes(old, replace(new, sources={**new.sources, "order": source}), EN)
    assert [each.kind for each in found] == [ChangeKind.STANDING]
    for words in ("Title of order", "in effect", "July 28, 2026", "reversed", "November 22, 2026"):
        assert words in found[0].text


def test_sources_checked_again_on_the_same_day_are_told_together() -> None:
    old = listed()
    sources = {name: replace(each, as_of="2026-11-22") for name, each in old.sources.items()}
    found = changes(old, replace(old, sources=sources), EN)
    assert [each.kind for each in found] == [ChangeKind.CHECKED]
    for words in ("“Title of law”", "“Title of order”", "July 28, 2026", "November 22, 2026"):
        assert words in found[0].text


def test_a_list_of_one_language_is_compared_in_that_language() -> None:
    old, new = listed(brief=public(ES)), listed(texts=NEW, brief=public(ES, EN))
    found = changes(old, new, EN)
    assert [each.kind for each in found][:1] == [ChangeKind.REWORDED]
    assert "La ley guarda en privado todas" in found[0].text
    assert found[0].text.startswith("In the answer to")


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
    found = changes(edited(OLD, OWN), listed(texts=NEW), EN)
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
