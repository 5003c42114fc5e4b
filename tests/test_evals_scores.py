"""Scores of citations, rankings, reading and outcomes, each by table."""

import math
import sys
from dataclasses import replace
from datetime import date

import pytest
from test_evals import ABSTAINED, ANSWERED, PARTIAL, FakeAssistant, answer, case, passage

from assistant.models import Answer, AnswerSentence, Citation, Hit, Language, Outcome
from evals import citing, ranking, reading
from evals.cases import Case, CaseType, Target
from evals.judge import judge
from evals.measures import MEASURES
from evals.run import run_cases


def quoted(*said: tuple[str, str, str], sentences: tuple[str, ...] | None = None) -> Answer:
    """An answer of quotations: (document, the sentence, the passage it is said to stand in)."""
    citations = tuple(
        Citation(number, passage(document, "People matched", text), 0, len(quote), quote)
        for number, (document, quote, text) in enumerate(said, start=1)
    )
    shown = sentences or tuple(each.quote for each in citations)
    return replace(
        answer(" ".join(f"{text} [{n}]" for n, text in enumerate(shown, start=1))),
        citations=citations,
        sentences=tuple(AnswerSentence(text, (n,)) for n, text in enumerate(shown, start=1)),
    )


SENT = "The IRS sent 47,289 addresses."
ASIDE = "Congress passed the law in 1976."
FACTS = (("47,289",), ("august 7",))


class TestCitations:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            (answer("No.", ABSTAINED), None),
            (quoted(("n", SENT, f"Before. {SENT} After."), ("n", ASIDE, ASIDE)), 1.0),
            (quoted(("n", SENT, SENT), ("n", ASIDE, "Something else.")), 0.5),
            (quoted(("n", SENT, SENT), sentences=("The IRS sent 48,000 addresses.",)), 0.0),
            (quoted(("n", SENT, SENT), sentences=("It sent 47,289.", ASIDE)), 0.0),
            (quoted(("n", "El año\u00a0pasado.", "Fue el año pasado. El año pasado.")), 1.0),
        ],
    )
    def test_a_sentence_stands_when_its_quotation_and_its_passage_hold_it(
        self, given: Answer, expected: float | None
    ) -> None:
        assert citing.verbatim(given) == expected

    @pytest.mark.parametrize(
        ("given", "shown", "expected"),
        [
            (quoted(("n", SENT, SENT)), SENT, 1.0),
            (quoted(("n", SENT, SENT)), f"{SENT} On August 7, says a notice.", 0.5),
            (quoted(("n", SENT, ASIDE)), SENT, 0.0),
            (quoted(("n", ASIDE, SENT)), f"{ASIDE} 47,289.", 0.0),
            (quoted(("n", ASIDE, ASIDE)), ASIDE, None),
        ],
    )
    def test_a_fact_is_cited_when_a_sentence_and_its_passage_hold_it(
        self, given: Answer, shown: str, expected: float | None
    ) -> None:
        assert citing.facts_cited(given, shown, FACTS) == expected

    @pytest.mark.parametrize(
        ("given", "facts", "expected"),
        [
            (quoted(("n", SENT, SENT), ("n", ASIDE, ASIDE)), FACTS, 0.5),
            (quoted(("n", SENT, SENT), ("m", SENT, SENT)), FACTS, 1.0),
            (quoted(("n", ASIDE, SENT)), FACTS, 0.0),
            (quoted(("n", SENT, SENT)), (), None),
            (answer("No.", ABSTAINED), FACTS, None),
        ],
    )
    def test_a_quotation_counts_when_it_holds_a_key_fact_itself(
        self, given: Answer, facts: tuple[tuple[str, ...], ...], expected: float | None
    ) -> None:
        assert citing.quote_precision(given.citations, facts) == expected

    @pytest.mark.parametrize(
        ("document", "heading", "expected"),
        [
            ("n", "matched", True),
            ("n", "PEOPLE", True),
            ("n", "asked about", False),
            ("m", "matched", False),
        ],
    )
    def test_a_governing_section_is_told_by_document_and_words_of_its_heading(
        self, document: str, heading: str, expected: bool
    ) -> None:
        cited = quoted(("n", SENT, SENT)).citations
        assert citing.pinpoint_cited(cited, [Target(document, heading)]) is expected

    def test_without_a_section_that_governs_none_is_cited(self) -> None:
        assert citing.pinpoint_cited(quoted(("n", SENT, SENT)).citations, []) is False


class TestRanking:
    TARGETS = (Target("a", "Short answer"), Target("b"), Target("a"), Target("c"))

    def test_a_document_has_the_highest_of_its_grades(self) -> None:
        assert ranking.grades(self.TARGETS) == {"a": 2, "b": 1, "c": 1}

    @pytest.mark.parametrize(
        ("found", "gains", "recall"),
        [
            (["a", "b", "c"], (2, 1, 1), 1.0),
            (["x", "a"], (0, 2), 1 / 3),
            (["b", "b", "a"], (1, 2), 2 / 3),
            (["x", "y"], (0, 0), 0.0),
            ([], (), 0.0),
        ],
    )
    def test_documents_are_scored_where_each_first_stands(
        self, found: list[str], gains: tuple[int, ...], recall: float
    ) -> None:
        def gain(grades: tuple[int, ...]) -> float:
            return sum(grade / math.log2(place + 1) for place, grade in enumerate(grades, start=1))

        scored = ranking.graded(found, self.TARGETS, 10)
        assert scored is not None
        assert scored.ndcg == pytest.approx(gain(gains) / gain((2, 1, 1)))
        assert scored.recall == pytest.approx(recall)

    def test_only_the_first_k_count(self) -> None:
        scored = ranking.graded(["x", "a", "b"], self.TARGETS, 2)
        assert scored is not None
        assert scored.recall == pytest.approx(1 / 3)

    def test_nothing_listed_is_nothing_measured(self) -> None:
        assert ranking.graded(["a"], [], 10) is None

    def test_without_the_library_it_is_not_measured(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "ir_measures", None)
        assert not ranking.available()
        assert ranking.graded(["a"], self.TARGETS, 10) is None


class TestReading:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("The IRS sent 47,289.", ("The", "IRS", "sent", "47,289")),
            ("well-founded, don\u2019t", ("well-founded", "don\u2019t")),
            ("¿Qué año?", ("Qué", "año")),
            ("§ — …", ()),
        ],
    )
    def test_words_and_figures_are_counted_and_signs_are_not(
        self, text: str, expected: tuple[str, ...]
    ) -> None:
        assert reading.words(text) == expected

    @pytest.mark.parametrize(
        ("word", "count"),
        [
            ("tax", 1),
            ("address", 2),
            ("disclosed", 2),
            ("shared", 1),
            ("ended", 2),
            ("rules", 1),
            ("places", 2),
            ("table", 2),
            ("agreement", 3),
            ("enforcement", 3),
            ("official", 3),
            ("taxpayer", 3),
            ("immigration", 4),
            ("confidentiality", 6),  # seven when spoken: an estimate
            ("IRS", 1),
            ("DHS", 3),
            ("47,289", 1),
        ],
    )
    def test_english_syllables_are_estimated(self, word: str, count: int) -> None:
        assert reading.syllables(word, Language.EN) == count

    @pytest.mark.parametrize(
        ("word", "count"),
        [
            ("ley", 1),
            ("y", 1),
            ("guerra", 2),
            ("vergüenza", 3),
            ("quiero", 2),
            ("ciudad", 2),
            ("país", 2),
            ("guía", 2),
            ("huía", 2),
            ("leía", 3),
            ("oído", 3),
            ("poeta", 3),
            ("aéreo", 4),
            ("creer", 2),
            ("ahora", 3),
            ("prohibir", 2),
            ("construí", 2),
            ("averiguáis", 4),
            ("aleluya", 4),
            ("impuestos", 3),
            ("dirección", 3),
            ("coche", 2),
            ("ICE", 2),
            ("47,289", 1),
        ],
    )
    def test_spanish_syllables_follow_the_rules_of_spelling(self, word: str, count: int) -> None:
        assert reading.syllables(word, Language.ES) == count

    def test_the_grade_is_flesch_and_kincaids(self) -> None:
        # Ten words in two sentences, thirteen syllables.
        said = ["The court said no to the plan.", "Agencies must comply."]
        assert reading.grade(said) == pytest.approx(0.39 * 5 + 11.8 * 1.3 - 15.59)

    def test_the_ease_is_szigriszt_pazos(self) -> None:
        # Six words in one sentence, nine syllables.
        said = ["La ley protege sus datos hoy."]
        assert reading.ease(said) == pytest.approx(206.835 - 62.3 * 9 / 6 - 6)

    @pytest.mark.parametrize("said", [[], ["§"]])
    def test_without_words_there_is_neither(self, said: list[str]) -> None:
        assert reading.grade(said) is None
        assert reading.ease(said) is None


class TestJudging:
    def ending(self, asked: Case, given: Answer) -> tuple[float | None, ...]:
        ended = judge(asked, (), given, 1.0).ending
        return ended.premise_first, ended.premise_answer, ended.dated

    FALSE = case(type=CaseType.FALSE_PREMISE, key_facts=FACTS)

    @pytest.mark.parametrize(
        ("asked", "given", "expected"),
        [
            (FALSE, quoted(("n", SENT, SENT), ("n", ASIDE, ASIDE)), (1.0, 1.0, None)),
            (FALSE, quoted(("n", ASIDE, ASIDE), ("n", SENT, SENT)), (0.0, 1.0, None)),
            (FALSE, quoted(("n", ASIDE, ASIDE)), (0.0, 0.0, None)),
            (FALSE, answer("I cannot say.", ABSTAINED), (0.0, 0.0, None)),
            (
                replace(FALSE, expect=(ANSWERED, ABSTAINED)),
                answer("I cannot say.", ABSTAINED),
                (None, None, None),
            ),
            (case(key_facts=FACTS), quoted(("n", SENT, SENT)), (None, None, None)),
        ],
    )
    def test_premises_are_judged_in_questions_with_a_false_one(
        self, asked: Case, given: Answer, expected: tuple[float | None, ...]
    ) -> None:
        assert self.ending(asked, given) == expected

    DATED = case(as_of=date(2025, 12, 1), key_facts=(("47,289",),), must_not=("1976",))

    @pytest.mark.parametrize(
        ("asked", "given", "expected"),
        [
            (DATED, quoted(("n", SENT, SENT)), 1.0),
            (replace(DATED, as_of=None, type=CaseType.STATUS), quoted(("n", SENT, SENT)), 1.0),
            (replace(DATED, as_of=None), quoted(("n", SENT, SENT)), None),
            (DATED, quoted(("n", "Many.", "Many.")), 0.0),
            (DATED, quoted(("n", SENT, SENT), ("n", ASIDE, ASIDE)), 0.0),
            (DATED, answer("I cannot say.", ABSTAINED), 0.0),
            (
                replace(DATED, expect=(PARTIAL, ABSTAINED)),
                answer("I cannot say.", ABSTAINED),
                None,
            ),
        ],
    )
    def test_an_answer_of_a_day_says_every_fact_and_nothing_forbidden(
        self, asked: Case, given: Answer, expected: float | None
    ) -> None:
        assert self.ending(asked, given)[2] == expected

    @pytest.mark.parametrize(
        ("expect", "given", "expected"),
        [
            ((ANSWERED,), quoted(("numbers", SENT, SENT)), 1.0),
            ((ANSWERED,), quoted(("faq", SENT, SENT)), 0.0),
            ((ANSWERED,), answer("I cannot say.", ABSTAINED), 0.0),
            ((ANSWERED, ABSTAINED), answer("I cannot say.", ABSTAINED), None),
        ],
    )
    def test_a_governing_section_is_asked_of_answers_and_of_wrong_abstentions(
        self, expect: tuple[Outcome, ...], given: Answer, expected: float | None
    ) -> None:
        said = judge(case(expect=expect), (), given, 1.0).answering
        assert said.pinpoint_cited == expected

    def test_length_and_grade_are_of_the_sentences_and_of_their_language(self) -> None:
        english = judge(case(), (), quoted(("n", SENT, SENT), ("n", ASIDE, ASIDE)), 1.0).reading
        assert (english.words, english.sentences, english.ease) == (11.0, 2.0, None)
        assert english.grade is not None
        said = quoted(("n", "La ley protege sus datos.", ""))
        asked = replace(said.question, language=Language.ES)
        spanish = judge(case(), (), replace(said, question=asked), 1.0).reading
        assert spanish.grade is None
        assert spanish.ease is not None

    def test_what_was_not_answered_has_no_length(self) -> None:
        read = judge(case(), (), answer("I cannot say.", ABSTAINED), 12.5).reading
        assert (read.words, read.sentences, read.grade, read.ease) == (None,) * 4
        assert read.milliseconds == 12.5

    def test_every_measure_reads_a_score_that_is_there(self) -> None:
        hits = (Hit(passage("numbers", "People matched", SENT), 0.9),)
        asked = case(type=CaseType.FALSE_PREMISE, as_of=date(2025, 12, 1), key_facts=FACTS)
        given = quoted(("numbers", SENT, SENT))
        (record,) = run_cases(FakeAssistant({asked.question: given}, hits), [asked])
        unmeasured = {measure.name for measure in MEASURES if measure.of(record) is None}
        assert unmeasured == {"held_back", "ease"}
