"""The guided check: each rule at its bounds, every quotation in the documents, and the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.picks import Pick, picked
from assistant.config import Settings
from assistant.desk import affected
from assistant.desk.affected import (
    UNKNOWN,
    Result,
    Rule,
    asked,
    check,
    holding,
    kept_answers,
    paper,
    queries,
    read_answers,
    reasons,
    room,
    rules,
)
from assistant.errors import UsageError
from assistant.export.paper import lines_of
from assistant.index.opened import LanguageIndex
from assistant.models import Language, Passage
from assistant.texts import catalogue, lines, say
from assistant.verify.quotes import source_reader
from evals.reading import ease, grade

EN, ES = Language.EN, Language.ES
DAY = date(2026, 11, 29)
CORPUS = Path(__file__).resolve().parent.parent / "corpus"
READ = source_reader(CORPUS)
MOST_SENTENCES = sum(room().values())
# Nobody outside can say it, so no text may: that a person was, or was not, on a list.
TELLING = {
    EN: re.compile(r"\byou (are|were|have been|will be) (not )?(on|affected|shared|included|safe)"),
    ES: re.compile(r"\busted (no )?(está|estaba|fue|será|estará) (en|afectad|incluid|a salvo)"),
}

choices = st.fixed_dictionaries(
    {},
    optional={query.name: st.sampled_from(query.choices) for query in queries()},
)
in_both = pytest.mark.parametrize("language", Language)
every_rule = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)


def every_answer_about(part: str) -> Iterator[dict[str, str]]:
    """Every choice with every other, of the questions that a part of the result looks at."""
    looked_at = {
        name
        for rule in rules()
        for circumstance in rule.when
        for name, _ in circumstance.answers
        if rule.part == part
    }
    about = [query for query in queries() if query.name in looked_at]
    for chosen in product(*(query.choices for query in about)):
        yield read_answers({query.name: each for query, each in zip(about, chosen, strict=True)})


@pytest.fixture(scope="module")
def parts(whole_passages: tuple[Passage, ...]) -> dict[Language, Any]:
    """Each language of the corpus, with as much of an index as quoting needs."""
    return {language: _Part(language, whole_passages) for language in Language}


class _Part:
    """Stands for one language of an index where only its passages are read."""

    def __init__(self, language: Language, passages: tuple[Passage, ...]) -> None:
        self.language = language
        self.passages = tuple(each for each in passages if each.source.language is language)


def found(answers: dict[str, str], part: LanguageIndex) -> Result:
    return check(answers, part, READ)


class TestTheQuestions:
    def test_there_are_at_most_eight(self) -> None:
        assert 0 < len(queries()) <= 8

    def test_each_can_be_answered_with_not_knowing(self) -> None:
        assert all(query.choices[-1] == UNKNOWN for query in queries())
        assert all(query.choices.count(UNKNOWN) == 1 for query in queries())

    def test_none_asks_for_anything_to_be_typed(self) -> None:
        assert all(len(query.choices) >= 4 for query in queries())

    def test_who_never_filed_is_not_asked_for_the_address_of_a_return(self) -> None:
        assert "address" not in [query.name for query in asked({"filed": "never"})]
        assert asked({}) == queries()
        assert asked({"filed": "itin"}) == queries()

    @in_both
    def test_every_question_and_choice_has_its_words(self, language: Language) -> None:
        for query in queries():
            say(language, f"affected.question_{query.name}")
            say(language, f"affected.why_{query.name}")
            for choice in query.choices[:-1]:
                say(language, f"affected.choice_{query.name}_{choice}")
        assert say(language, "affected.choice_unknown")

    @in_both
    def test_each_says_by_a_quotation_why_it_is_asked(self, language: Language, parts: Any) -> None:
        told = reasons(parts[language], READ)
        assert list(told) == [query.name for query in queries()]


class TestReadingAnswers:
    def test_what_is_left_out_is_skipped(self) -> None:
        assert read_answers({}) == {}
        assert read_answers({"order": "open"}) == {"order": "open"}

    def test_an_answer_to_a_question_that_is_not_asked_is_dropped(self) -> None:
        assert read_answers({"filed": "never", "address": "same"}) == {"filed": "never"}

    @pytest.mark.parametrize(
        ("given", "named"),
        [({"name": "Ana"}, "'name'"), ({"order": "perhaps"}, "'perhaps'")],
    )
    def test_what_is_no_question_or_choice_is_named(
        self, given: dict[str, str], named: str
    ) -> None:
        with pytest.raises(UsageError, match=named):
            read_answers(given)

    @pytest.mark.parametrize(
        "sent",
        [None, "itin", [], 7, {"filed": ["itin"]}, {"filed": "123-45-6789"}, {"x": {}}],
    )
    def test_what_a_browser_cannot_mean_counts_as_skipped(self, sent: object) -> None:
        assert kept_answers(sent) == {}

    def test_what_a_browser_means_is_kept_beside_what_it_cannot_mean(self) -> None:
        assert kept_answers({"filed": "ssn", "order": "?"}) == {"filed": "ssn"}


# For each finding: answers with which it holds, and answers so near that only it is gone.
BRANCHES: dict[str, tuple[dict[str, str], dict[str, str] | None]] = {
    "door": ({"contact": "ice"}, {"contact": "letter"}),
    "ordered": ({"order": "ordered"}, {"order": "open"}),
    "caller": ({"contact": "call"}, {"contact": "nobody"}),
    "named": ({}, None),
    "itin": ({"filed": "itin"}, {"filed": "ssn"}),
    "ssn": ({"filed": "ssn"}, {"filed": "itin"}),
    "listed": ({"filed": "listed"}, {"filed": "itin"}),
    "never": ({"filed": "never"}, {"filed": "listed"}),
    "listing": ({"order": "ordered"}, {"order": "unknown"}),
    "supervision": ({"order": "ordered"}, {"order": "unordered"}),
    "open": ({"order": "open"}, {"order": "unordered"}),
    "unordered": ({"order": "unordered"}, {"order": "open"}),
    "unsure": ({"order": "unknown"}, {"order": "unordered"}),
    "held": ({"filed": "itin", "address": "same"}, {"filed": "itin", "address": "later"}),
    "moved": ({"address": "moved"}, {"address": "same"}),
    "later": ({"address": "later"}, {"address": "moved"}),
    "nobody": ({}, None),
    "sent": ({}, None),
    "courts": ({}, None),
    "used": ({"worry": "use"}, {"worry": "knowing"}),
    "daca": ({"group": "daca"}, {"group": "none"}),
    "protection": ({"group": "protection"}, {"group": "daca"}),
    "citizen": ({"group": "citizen"}, {"group": "mixed"}),
    "mixed": ({"group": "mixed"}, {"group": "citizen", "worry": "money"}),
    "children": ({"worry": "money"}, {"worry": "filing"}),
    "advice": ({"order": "ordered"}, {"order": "unknown"}),
    "hotline": ({"order": "unknown"}, {"order": "open"}),
    "scams": ({"contact": "call"}, {"contact": "letter"}),
    "letter": ({"contact": "letter"}, {"contact": "ice"}),
    "before_filing": (
        {"worry": "filing", "order": "ordered"},
        {"worry": "filing", "order": "open"},
    ),
    "first_itin": (
        {"worry": "filing", "filed": "never"},
        {"worry": "filing", "filed": "itin"},
    ),
    "filing": ({"worry": "filing"}, {"worry": "money"}),
    "new_box": ({"worry": "filing"}, {"worry": "money"}),
    "refund": ({"worry": "money"}, {"worry": "filing"}),
    "credits": ({"worry": "money"}, {"worry": "family"}),
    "plan": ({"worry": "family"}, {"worry": "use"}),
    "ask_first": (
        {"worry": "knowing", "order": "ordered"},
        {"worry": "knowing", "order": "unordered"},
    ),
    "asking": ({"worry": "knowing"}, {"worry": "use"}),
    "suing": ({"worry": "knowing"}, {"worry": "unknown"}),
    "mail": ({"address": "moved"}, {"address": "unknown"}),
    "make_sure": ({"order": "unordered"}, {"order": "open"}),
    "duty": ({"worry": "use"}, {"worry": "filing"}),
    "papers": ({"filed": "ssn"}, {"filed": "never"}),
    "tax_help": ({}, None),
    "returns": ({"worry": "filing"}, {"worry": "use"}),
    "legal_help": ({}, None),
    "licensed": ({}, None),
    "lawyer": ({"helper": "lawyer"}, {"helper": "tax"}),
    "preparer": ({"helper": "tax"}, {"helper": "notary"}),
    "notary": ({"helper": "notary"}, {"helper": "lawyer"}),
    "strangers": ({"helper": "nobody"}, {"helper": "lawyer"}),
    "detained": ({"contact": "ice"}, {"contact": "call"}),
    "complaint": ({"worry": "use"}, {"worry": "money"}),
}


class TestEveryRule:
    def test_has_its_branch_here(self) -> None:
        assert list(BRANCHES) == [rule.name for rule in rules()]

    @every_rule
    def test_holds_and_does_not_hold(self, rule: Rule) -> None:
        fits, near = BRANCHES[rule.name]
        assert rule in holding(fits)
        assert rule.when == () if near is None else rule not in holding(near)

    @every_rule
    def test_speaks_of_questions_and_choices_that_there_are(self, rule: Rule) -> None:
        known = {query.name: set(query.choices) for query in queries()}
        for circumstance in rule.when:
            for name, allowed in circumstance.answers:
                assert allowed <= known[name]

    @every_rule
    def test_each_of_its_circumstances_is_enough(self, rule: Rule) -> None:
        for circumstance in rule.when:
            for name, allowed in circumstance.answers:
                for choice in allowed:
                    answers = {other: min(some) for other, some in circumstance.answers}
                    assert rule.holds({**answers, name: choice})

    @every_rule
    def test_is_shown_in_a_part_that_there_is(self, rule: Rule) -> None:
        assert 0 < len(rule.says) <= room()[rule.part]
        for language in Language:
            # It is set as a label with a full stop of its own.
            assert say(language, f"affected.finding_{rule.name}")[-1] not in ".?!:"

    def test_of_a_part_stand_together_in_the_order_of_the_parts(self) -> None:
        assert list(dict.fromkeys(rule.part for rule in rules())) == list(room())
        order = [list(room()).index(rule.part) for rule in rules()]
        assert order == sorted(order)

    def test_skipping_and_not_knowing_find_the_same(self) -> None:
        for query in queries():
            assert holding({query.name: UNKNOWN}) == holding({})


def every_pick() -> list[Any]:
    picks = [(query.name, query.because) for query in queries()]
    picks += [(rule.name, pick) for rule in rules() for pick in rule.says]
    return [pytest.param(pick, id=f"{name}-{place}") for place, (name, pick) in enumerate(picks)]


@in_both
@pytest.mark.parametrize("pick", every_pick())
def test_every_pick_is_one_sentence_of_its_document(
    pick: Pick, language: Language, parts: Any
) -> None:
    assert len(picked(parts[language], pick)) == 1


@in_both
def test_twins_are_quoted_in_both_languages(language: Language, parts: Any) -> None:
    """The same section of the same document, so that both languages are told the same."""
    other = ES if language is EN else EN
    for rule in rules():
        for pick in rule.says:
            (here,), (there,) = picked(parts[language], pick), picked(parts[other], pick)
            places = [(each.passage.source.id, each.passage.section) for each in (here, there)]
            assert places[0] == places[1], rule.name
            sentences = [_place(parts[language], here), _place(parts[other], there)]
            assert sentences[0] == sentences[1], (rule.name, here.sentence.text)


def _place(part: Any, chosen: Any) -> int:
    """Which sentence of its section it is; a long section's passages may be cut differently."""
    passage = chosen.passage
    before = [
        len(each.sentences)
        for each in part.passages
        if (each.source.id, each.section) == (passage.source.id, passage.section)
        and each.part < passage.part
    ]
    return sum(before) + int(passage.sentences.index(chosen.sentence))


class TestEveryWayThrough:
    @pytest.mark.parametrize("part", room())
    def test_finds_room_for_what_is_urgent_and_for_a_stated_worry(self, part: str) -> None:
        may_go = {"papers", "mail", "new_box"}
        for answers in every_answer_about(part):
            held = {rule.name for rule in holding(answers) if rule.part == part}
            true = {rule.name for rule in rules() if rule.part == part and rule.holds(answers)}
            assert true - held <= may_go, answers
            assert held or part == "first", answers

    @in_both
    @given(answers=choices)
    def test_ends_in_a_result_of_quotations_with_help(
        self, answers: dict[str, str], language: Language, parts: Any
    ) -> None:
        result = found(read_answers(answers), parts[language])
        assert result.whole
        sentences = [
            each for part in result.parts for finding in part.findings for each in finding.sentences
        ]
        numbers = [number for each in sentences for number in each.citations]
        assert numbers == [each.number for each in result.citations]
        assert numbers == list(range(1, len(numbers) + 1))
        assert [each.text for each in sentences] == [each.quote for each in result.citations]
        assert len(sentences) <= MOST_SENTENCES
        assert len({each.text for each in sentences}) == len(sentences)
        helping = [part for part in result.parts if part.name == "help"]
        assert any("justice.gov/eoir" in each.text for each in sentences)
        assert any("4134" in each.text for each in sentences)
        assert helping == [result.parts[-1]]

    @in_both
    @given(answers=choices)
    def test_no_quotation_says_that_anyone_was_or_was_not_on_a_list(
        self, answers: dict[str, str], language: Language, parts: Any
    ) -> None:
        result = found(read_answers(answers), parts[language])
        assert [c.quote for c in result.citations if TELLING[language].search(c.quote)] == []

    @given(answers=choices)
    def test_both_languages_are_told_the_same(self, answers: dict[str, str], parts: Any) -> None:
        english, spanish = (found(read_answers(answers), parts[each]) for each in (EN, ES))
        told = [
            [(part.name, [finding.name for finding in part.findings]) for part in each.parts]
            for each in (english, spanish)
        ]
        assert told[0] == told[1]
        assert len(english.citations) == len(spanish.citations)


class TestWhatNoLongerStands:
    def test_a_changed_document_is_not_quoted_and_the_result_says_so(self, parts: Any) -> None:
        def changed(path: str) -> str | None:
            text = (CORPUS / path).read_text(encoding="utf-8")
            return text.replace("No outside person", "Some person")

        result = check({}, parts[EN], changed)
        assert not result.whole
        assert "No outside person" not in " ".join(each.quote for each in result.citations)
        notice = say(EN, "answers.notice_changed")
        assert notice in [line.text for line in lines_of(paper(result, DAY))]

    def test_a_question_whose_reason_is_gone_is_still_asked(self, parts: Any) -> None:
        assert reasons(parts[EN], lambda path: None) == {}

    def test_without_documents_nothing_is_said(self, parts: Any) -> None:
        result = check({}, parts[EN], lambda path: None)
        assert (result.parts, result.citations, result.whole) == ((), (), False)


class TestThePaper:
    @in_both
    @given(answers=choices)
    def test_every_sentence_of_fact_has_its_mark(
        self, answers: dict[str, str], language: Language, parts: Any
    ) -> None:
        result = found(read_answers(answers), parts[language])
        made = paper(result, DAY)
        marked = [line for line in lines_of(made) if line.citations]
        own = {line.text for line in lines_of(made) if not line.citations}
        labels = {
            f"**{say(language, f'affected.finding_{finding.name}')}.**"
            for part in result.parts
            for finding in part.findings
        }
        assert own == labels | {say(language, "affected.result_lead")}
        assert [line.text for line in marked] == [each.quote for each in result.citations]
        assert (made.language, made.as_of) == (language, DAY)

    @in_both
    @given(answers=choices)
    def test_each_document_is_listed_once_with_all_that_it_says(
        self, answers: dict[str, str], language: Language, parts: Any
    ) -> None:
        result = found(read_answers(answers), parts[language])
        made = paper(result, DAY)
        titles = [source.title for source in made.sources]
        assert len(titles) == len(set(titles))
        for line in (line for line in lines_of(made) if line.citations):
            (number,) = line.citations
            source = made.sources[number - 1]
            assert source.number == number
            (citation,) = [each for each in result.citations if each.quote == line.text]
            assert source.title == citation.passage.source.title
            assert citation.quote in source.quote
            assert citation.passage.pinpoint in source.pinpoint

    def test_holds_no_answer(self, parts: Any) -> None:
        """A paper may be found by others: it shows what was quoted, never what was chosen."""
        made = paper(found({"order": "ordered", "filed": "itin"}, parts[EN]), DAY)
        own = {line.text.strip("*.") for line in lines_of(made) if not line.citations}
        for query in queries():
            assert say(EN, f"affected.question_{query.name}") not in own
            for choice in query.choices[:-1]:
                assert say(EN, f"affected.choice_{query.name}_{choice}") not in own


def own_sentences(language: Language) -> list[str]:
    """What the check says in its own voice, sentence by sentence."""
    texts: list[str] = []
    for key in catalogue(language):
        if key.startswith("affected."):
            value = catalogue(language)[key]
            texts += lines(language, key) if isinstance(value, list) else [value]
    return [each for text in texts for each in re.split(r"(?<=[.?!])\s+", text) if each]


class TestTheWords:
    @in_both
    def test_carry_no_figure(self, language: Language) -> None:
        """Facts are quoted. A year is named where it is asked about, and nowhere else."""
        figures = {
            text: re.findall(r"\d+", re.sub(r"\{\w+\}", "", text))
            for text in own_sentences(language)
        }
        assert {figure for found in figures.values() for figure in found} <= {"1", "2025"}

    @in_both
    def test_tell_nobody_that_they_were_or_were_not(self, language: Language) -> None:
        assert [each for each in own_sentences(language) if TELLING[language].search(each)] == []

    def test_are_easy_in_english(self) -> None:
        level = grade(own_sentences(EN))
        assert level is not None
        assert level <= 8

    def test_are_easy_in_spanish(self) -> None:
        level = ease(own_sentences(ES))
        assert level is not None
        assert level >= 65

    @pytest.mark.parametrize("key", ["question", "why"])
    def test_of_each_question_are_easy_by_themselves(self, key: str) -> None:
        for query in queries():
            text = say(EN, f"affected.{key}_{query.name}")
            level = grade(re.split(r"(?<=[.?!])\s+", text))
            assert level is not None
            assert level <= 8, text


def test_the_table_names_nothing_twice() -> None:
    text = Path(affected.__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    names = re.findall(r"^  (\w+):$", text, re.MULTILINE)
    assert len(names) == len(set(names)) == len(queries()) + len(rules())
    assert set(yaml.safe_load(text)) == {"questions", "parts", "findings"}


@pytest.mark.corpus
@in_both
def test_an_opened_index_gives_the_same(
    whole_index: Settings, language: Language, parts: Any
) -> None:
    from assistant.service import Assistant

    opened = Assistant(whole_index).index().languages[language]
    answers = {"filed": "itin", "order": "ordered", "worry": "knowing"}
    told = [
        [(each.quote, each.passage.source.id, each.passage.pinpoint) for each in result.citations]
        for result in (found(answers, opened), found(answers, parts[language]))
    ]
    assert told[0] == told[1]
