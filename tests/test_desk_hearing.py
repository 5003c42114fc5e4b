"""The hearing desk: every question stands on quoted sentences, in both languages alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest
import yaml

import assistant.desk.hearing as desk
from assistant.answer.picks import picked
from assistant.corpus.figures import figures
from assistant.desk.hearing import (
    Body,
    Brief,
    DraftQuestion,
    Ground,
    Template,
    brief,
    offered,
    subjects,
    templates,
    with_more,
)
from assistant.desk.hearing_edit import outside_figures, unquoted
from assistant.desk.hearing_gaps import MOST_POINTS, tells_a_gap
from assistant.desk.hearing_paper import paper
from assistant.errors import UsageError
from assistant.export.paper import Remark
from assistant.guard.personal import remove_personal
from assistant.index.opened import LanguageIndex
from assistant.models import Citation, Kind, Language
from assistant.service import Assistant
from assistant.texts import say
from assistant.verify.quotes import source_reader

EN, ES = Language.EN, Language.ES
TODAY = date(2026, 11, 22)
LAW = {Kind.STATUTE, Kind.REGULATION}
OFFERED = [(subject.name, body) for subject in subjects() for body in subject.bodies]


def part_of(assistant: Assistant, language: Language) -> LanguageIndex:
    return assistant.index().languages[language]


def drafted(
    assistant: Assistant,
    names: Sequence[str],
    body: Body,
    language: Language = EN,
    day: date = TODAY,
) -> Brief:
    reads = source_reader(assistant.settings.corpus)
    return brief(part_of(assistant, language), names, body, day, reads)


def all_questions(assistant: Assistant, language: Language) -> dict[str, DraftQuestion]:
    found: dict[str, DraftQuestion] = {}
    for body in Body:
        names = [each.name for each in subjects() if body in each.bodies]
        for question in drafted(assistant, names, body, language).questions:
            found[question.name] = question
    return found


class TestTheTable:
    def test_it_holds_enough_questions_on_enough_subjects_for_every_body(self) -> None:
        assert len(templates()) >= 40
        assert len(subjects()) >= 10
        asked = Counter(body for each in templates() for body in each.bodies)
        assert {body: count for body, count in asked.items() if count < 5} == {}
        assert set(asked) == set(Body)

    def test_every_question_belongs_to_a_subject_and_every_subject_has_some(self) -> None:
        assert {each.subject for each in templates()} == {each.name for each in subjects()}

    @pytest.mark.parametrize("question", templates(), ids=lambda each: each.name)
    def test_a_question_has_what_a_reader_is_promised(self, question: Template) -> None:
        assert 1 <= len(question.grounds[Ground.BASIS]) <= 4
        assert question.grounds[Ground.UNSAID]
        assert question.grounds[Ground.LAW]
        for language in Language:
            assert question.asks[language].endswith("?")
            assert question.then[language].endswith("?")
            assert ("¿" in question.asks[language]) is (language is ES)
            for text in (question.asks[language], question.then[language]):
                assert remove_personal(text).text == text

    def test_every_quotation_of_the_table_is_used(self) -> None:
        questions = yaml.safe_load(desk._QUESTIONS.read_text(encoding="utf-8"))
        used = set(questions["sessions"])
        for entry in questions["questions"].values():
            used.update(name for ground in Ground for name in entry.get(ground.value, ()))
        quotes = yaml.safe_load(desk._QUOTES.read_text(encoding="utf-8"))
        assert sorted(quotes) == sorted(used)

    def test_subjects_and_bodies_have_their_names_in_both_languages(self) -> None:
        for language in Language:
            names = [say(language, f"hearing.subject_{each.name}") for each in subjects()]
            names += [say(language, f"hearing.body_{body}") for body in Body]
            assert len(set(names)) == len(names)

    def test_a_name_that_is_unknown_is_told_with_those_that_are_known(self) -> None:
        with pytest.raises(UsageError, match="'taxes'.*legal_basis"):
            offered(["taxes"], Body.IRS)
        with pytest.raises(UsageError, match="gao.*custody"):
            offered(["courts"], Body.GAO)


@pytest.mark.corpus
class TestOnTheRealCorpus:
    @pytest.mark.parametrize("language", Language)
    def test_every_pick_is_one_sentence(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        part = part_of(whole_assistant, language)
        counted = {
            pick.patterns[language].pattern: len(picked(part, pick))
            for each in templates()
            for of in (*each.grounds.values(), desk.sessions())
            for pick in of
        }
        assert len(counted) > 300
        assert {pattern: count for pattern, count in counted.items() if count != 1} == {}

    def test_a_question_stands_on_the_same_sentences_in_both_languages(
        self, whole_assistant: Assistant
    ) -> None:
        english, spanish = (all_questions(whole_assistant, each) for each in (EN, ES))
        assert list(english) == list(spanish)
        for name, question in english.items():
            twin = spanish[name]
            assert list(map(_place, question.quotes())) == list(map(_place, twin.quotes())), name

    @pytest.mark.parametrize(("subject", "body"), OFFERED)
    def test_whatever_is_offered_gives_a_question(
        self, whole_assistant: Assistant, subject: str, body: Body
    ) -> None:
        for language in Language:
            made = drafted(whole_assistant, [subject], body, language)
            assert made.questions
            assert made.whole
            assert {each.subject for each in made.questions} == {subject}

    @pytest.mark.parametrize("language", Language)
    def test_a_question_asserts_no_figure_that_its_basis_does_not_quote(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        """The number of a provision may stand in the law that is quoted instead."""
        wrong = {}
        for name, question in all_questions(whole_assistant, language).items():
            for text in (question.wording, question.follow_up):
                left = unquoted(text, question.quotes(Ground.BASIS), language)
                law = unquoted(text, question.quotes(Ground.LAW), language)
                if foreign := {each for each in left if each in law or not _is_provision(each)}:
                    wrong[name] = foreign
            assert not outside_figures(question, language)
        assert wrong == {}

    @pytest.mark.parametrize("language", Language)
    def test_why_it_matters_is_quoted_from_a_statute_or_regulation(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        without = [
            name
            for name, question in all_questions(whole_assistant, language).items()
            if not any(each.passage.source.kind in LAW for each in question.quotes(Ground.LAW))
        ]
        assert without == ["first_known", "breach"]  # quoted from a digest of the IRS manual
        for name in without:
            (law,) = all_questions(whole_assistant, language)[name].quotes(Ground.LAW)
            assert "44 U.S.C. § 3554" in law.quote

    @pytest.mark.parametrize("language", Language)
    def test_why_a_question_is_closed_is_quoted_from_the_law_on_committees(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        closed = 0
        for question in all_questions(whole_assistant, language).values():
            for quote in question.quotes(Ground.CLOSED):
                closed += 1
                assert quote.passage.source.id in {
                    "guide-6103-f-committee-access",
                    "usc-26-6103-f",
                    "hearing-prep-open-questions-2",
                }
        assert closed >= 12

    def test_the_executive_session_note_is_there_where_persons_could_be_told(
        self, whole_assistant: Assistant
    ) -> None:
        flagged = {
            name
            for name, question in all_questions(whole_assistant, EN).items()
            if question.quotes(Ground.CLOSED)
        }
        assert flagged == {each.name for each in templates() if each.grounds[Ground.CLOSED]}
        assert {"wrong_person", "own_record", "weeks_between", "tigta_investigation"} <= flagged
        assert not {"revenue", "legal_advice", "yearly_report"} & flagged

    def test_every_quotation_stands_in_its_document(self, whole_assistant: Assistant) -> None:
        text_of = source_reader(whole_assistant.settings.corpus)
        for question in all_questions(whole_assistant, ES).values():
            for quote in question.quotes():
                source = text_of(quote.passage.source.path)
                assert source is not None
                assert source[quote.start : quote.end] == quote.quote

    def test_on_an_earlier_day_only_what_was_known_then_is_asked(
        self, whole_assistant: Assistant
    ) -> None:
        names = [each.name for each in subjects()]
        then = drafted(whole_assistant, names, Body.IRS, day=date(2025, 12, 1))
        assert not then.whole
        quoted = " ".join(quote.quote for quote in then.quotes())
        assert "2026" not in quoted

    @pytest.mark.parametrize("language", Language)
    def test_more_of_the_record_says_what_is_not_known_and_nothing_twice(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        part = part_of(whole_assistant, language)
        reads = source_reader(whole_assistant.settings.corpus)
        made = drafted(whole_assistant, ["custody", "notice"], Body.TIGTA, language)
        found = with_more(made, part, reads, whole_assistant.search)
        assert [points.subject for points in found.more] == ["custody", "notice"]
        texts = [quote.quote for points in found.more for quote in points.quotes]
        assert all(tells_a_gap(text, language) for text in texts)
        assert not set(texts) & {quote.quote for quote in made.quotes()}
        assert len(set(texts)) == len(texts)
        assert all(len(points.quotes) <= MOST_POINTS for points in found.more)

    def test_a_document_that_changed_takes_its_questions_away(
        self, whole_assistant: Assistant
    ) -> None:
        true = source_reader(whole_assistant.settings.corpus)

        def altered(path: str) -> str | None:
            return "" if "tigta-review" in path else true(path)

        part = part_of(whole_assistant, EN)
        made = brief(part, ["safeguards"], Body.DHS_ICE, TODAY, altered)
        assert not made.whole
        assert [each.name for each in made.questions] == []
        said = [
            line.text
            for block in paper(made).blocks
            if isinstance(block, Remark)
            for line in block.lines
        ]
        assert say(EN, "hearing.not_whole") in said


class TestMoreOfTheRecord:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("The first date on which anyone at the IRS knew is not public.", EN),
            ("Our research found no public answer to the letter.", EN),
            ("Public accounts do not explain where the numbers came from.", EN),
            ("No public agency answer about citizens was found.", EN),
            ("El número exacto no es público.", ES),
            ("Nuestra investigación no encontró ninguna respuesta pública.", ES),
            ("Los relatos públicos no explican de dónde salieron los números.", ES),
            ("Aquí no se encontró ningún conteo público.", ES),
        ],
    )
    def test_a_gap_is_told_from_how_it_is_said(self, text: str, language: Language) -> None:
        assert tells_a_gap(text, language)

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("The IRS sent the addresses on August 7, 2025.", EN),
            ("The full transcripts of the hearings were not read here.", EN),
            ("This page could not confirm the status after July 28, 2026.", EN),
            ("The judge found no proof of likely irreparable injury.", EN),
            ("El IRS envió las direcciones el 7 de agosto de 2025.", ES),
            ("Esta página no pudo confirmar el estado.", ES),
            ("La jueza no encontró prueba de un daño irreparable.", ES),
        ],
    )
    def test_a_fact_or_a_limit_of_the_reading_is_no_gap(
        self, text: str, language: Language
    ) -> None:
        assert not tells_a_gap(text, language)


def _place(citation: Citation) -> tuple[str, int, list[str]]:
    """Document, section, and the figures of the sentence, which are the same in both languages."""
    source = citation.passage.source
    return source.id, citation.passage.section, sorted(figures(citation.quote, source.language))


def _is_provision(figure: str) -> bool:
    return "(" in figure or "." in figure or (figure.isdigit() and len(figure) == 4)
