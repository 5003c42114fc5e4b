"""The paper of a list: every mark leads to a source that holds the sentence's very words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desk_faq_fakes import BOTH, EN, ES, TEXTS, FakeAsk, entries_of, library, public, sentences_of
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.faq import Brief, Faq, with_side
from assistant.desk.faq_changes import changes
from assistant.desk.faq_edit import edited_answer
from assistant.desk.faq_paper import Since, paper_of
from assistant.desk.faq_record import kept, read_record, still_said
from assistant.export.paper import Bullets, Columns, Heading, Paper, Prose, Remark, lines_of
from assistant.models import Language
from assistant.texts import say

LAW, NUMBER = "What does the law say about returns?", "What is the fine in this law?"


def faq(text: str = LAW, brief: Brief = BOTH, ask: FakeAsk | None = None) -> Faq:
    return Faq(brief, entries_of(text, ask or FakeAsk(points=True), brief))


def headings(paper: Paper) -> list[str]:
    blocks = [
        inner
        for block in paper.blocks
        for inner in ((*block.left, *block.right) if isinstance(block, Columns) else (block,))
    ]
    return [block.text for block in blocks if isinstance(block, Heading) and block.level == 2]


def test_one_language_is_one_column() -> None:
    paper = paper_of(faq(f"{LAW}\n{NUMBER}", public(EN)))
    assert not any(isinstance(block, Columns) for block in paper.blocks)
    assert headings(paper) == [f"1. {LAW}", f"2. {NUMBER}"]
    assert paper.title == say(EN, "faq.paper_title")
    assert {source.language for source in paper.sources} == {EN}


@pytest.mark.parametrize(("languages"), [(EN, ES), (ES, EN)])
def test_both_languages_stand_side_by_side_that_of_the_maker_first(
    languages: tuple[Language, Language],
) -> None:
    paper = paper_of(faq(brief=public(*languages)))
    assert paper.language is languages[0]
    for block in paper.blocks:
        assert isinstance(block, Columns)
        assert (block.left_language, block.right_language) == languages
    assert paper.title == " / ".join(say(each, "faq.paper_title") for each in languages)


@pytest.mark.parametrize("brief", [public(EN), public(ES), BOTH])
def test_every_marked_sentence_stands_in_the_quotation_of_its_source(brief: Brief) -> None:
    paper = paper_of(faq(f"{LAW}\n{NUMBER}", brief))
    sources = {source.number: source for source in paper.sources}
    assert list(sources) == list(range(1, len(sources) + 1))
    flags = {say(each, "faq.flag_standing") for each in Language}
    marked = [line for line in lines_of(paper) if line.citations and line.text not in flags]
    assert len(marked) >= 5 * len(brief.languages)
    for line in marked:
        assert any(line.text in sources[number].quote for number in line.citations)


def test_sentences_of_one_passage_share_a_source_and_gaps_are_shown() -> None:
    paper = paper_of(faq(brief=public(EN), ask=FakeAsk(quoted=(("law", 2), ("law", 0)))))
    (source,) = paper.sources
    assert source.quote == "The law keeps returns private. […] A fine is up to $5,000."
    near = paper_of(faq(brief=public(EN), ask=FakeAsk(quoted=(("law", 1), ("law", 2)))))
    assert near.sources[0].quote == "It was written in 1976. A fine is up to $5,000."


@given(
    st.lists(
        st.sampled_from([(name, place) for name in ("law", "order") for place in range(2)]),
        min_size=1,
        max_size=8,
    ),
    st.lists(st.text(max_size=30), max_size=3),
)
def test_whatever_is_quoted_and_edited_every_mark_resolves(
    quoted: list[tuple[str, int]], own: list[str]
) -> None:
    (entry,) = entries_of(LAW, FakeAsk(quoted=tuple(quoted)))
    side = edited_answer(entry.sides[0], "\n".join((*own, entry.sides[0].said[0].text)))
    paper = paper_of(Faq(BOTH, (with_side(entry, side),)))
    texts = {passage.text for passage in library()}
    sources = {source.number: source for source in paper.sources}
    for line in lines_of(paper):
        for number in line.citations:
            assert line.text in sources[number].quote
            assert any(line.text in text for text in texts)


def test_an_answer_says_where_the_sources_differ_and_what_is_flagged() -> None:
    ask = FakeAsk(library(law="superseded"), points=True)
    paper = paper_of(faq(brief=public(EN), ask=ask))
    (point,) = (block for block in paper.blocks if isinstance(block, Bullets))
    assert [item[0].text for item in point.items] == [
        f"{say(EN, 'disputes.holder_tigta')}:",
        f"{say(EN, 'disputes.holder_government')}:",
    ]
    (remark,) = (block for block in paper.blocks if isinstance(block, Remark))
    assert "replaced" in remark.lines[0].text
    assert remark.lines[0].citations == (1,)


def test_a_question_without_an_answer_has_its_flag_and_nothing_else() -> None:
    paper = paper_of(faq(f"{LAW} <abstained>", public(EN)))
    heading, remark = paper.blocks
    assert isinstance(heading, Heading)
    assert isinstance(remark, Remark)
    assert remark.lines[0].text == say(EN, "faq.flag_abstained")
    assert paper.sources == ()


def test_an_editors_own_words_are_told_before_the_first_answer() -> None:
    (entry,) = entries_of(LAW, brief=public(EN))
    side = edited_answer(entry.sides[0], "The law keeps returns private.\nCall our clinic.")
    paper = paper_of(Faq(public(EN), (with_side(entry, side),)))
    first = paper.blocks[0]
    assert isinstance(first, Remark)
    assert first.lines[0].text == say(EN, "faq.lead_edited")
    own = [line for line in lines_of(paper) if line.text == "Call our clinic."]
    assert [line.citations for line in own] == [()]


def test_a_list_of_an_earlier_day_says_so_first() -> None:
    then = Brief((EN,), date(2025, 12, 15), earlier_day=True)
    paper = paper_of(faq(brief=then))
    assert paper.as_of == date(2025, 12, 15)
    first = paper.blocks[0]
    assert isinstance(first, Remark)
    assert first.lines[0].text == say(EN, "faq.lead_earlier")


def test_what_changed_stands_at_the_end_in_each_column() -> None:
    old, new = faq(), faq(ask=FakeAsk(library({**TEXTS}), quoted=(("law", 0),)))
    says = still_said(sentences_of(library()))
    found = {each: changes(kept(old), kept(new), each, says) for each in Language}
    paper = paper_of(new, Since(date(2026, 8, 3), found))
    last = paper.blocks[-1]
    assert isinstance(last, Columns)
    for side, language, day in ((last.left, EN, "August 3"), (last.right, ES, "3 de agosto")):
        heading, question, bullets, *rest = side
        assert isinstance(heading, Heading)
        assert day in heading.text
        assert isinstance(question, Heading)
        assert (question.text, question.level) == (LAW, 3)
        assert isinstance(bullets, Bullets)
        assert [item[0].text for item in bullets.items] == [each.text for each in found[language]]
        assert rest == []


def test_that_nothing_changed_is_said_too() -> None:
    whole = faq(brief=public(EN))
    paper = paper_of(whole, Since(date(2026, 8, 3), {EN: ()}))
    last = paper.blocks[-1]
    assert isinstance(last, Prose)
    assert last.lines[0].text == say(EN, "faq.changes_none")


def test_the_paper_carries_its_record() -> None:
    whole = faq()
    assert read_record(paper_of(whole).record or "") == kept(whole)
    assert replace(paper_of(whole), record=None).record is None
