"""Where the sources differ every side is quoted, with its citation, or none is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from contract import check_record
from fakes import chosen_from, make_part, make_passage, make_source
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.compose import Composed, compose
from assistant.answer.disputes import MOST_DISPUTES, disputes, touched, with_disputes
from assistant.answer.picks import picked
from assistant.export.record import answer_record
from assistant.models import Audience, Language, Passage, Question, Request
from assistant.service import Assistant
from assistant.status import dates_in, known_on
from assistant.texts import catalogue
from assistant.verify.quotes import Reads

EN, ES = Language.EN, Language.ES
TODAY = date(2026, 11, 22)

# Questions that touch a point, in each language.
ASKED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "error_count": (
        ("Was it 42,695 or less than 5 percent?", "how many ICE disclosures were errors"),
        ("¿Fueron 42,695 o menos del 5 por ciento?", "¿cuántas divulgaciones fueron errores?"),
    ),
    "address_lawful": (
        (
            "Is sharing addresses with ICE legal?",
            "one court says its ok and other judges say no, which court is right",
        ),
        (
            "¿Es legal compartir direcciones con ICE?",
            "una corte dice una cosa y los jueces se contradicen",
        ),
    ),
    "matches_reported": (
        ("FedScoop ran 47,489 matches. Which do I print?",),
        ("¿De dónde sale el 47,489?",),
    ),
    "early_report": (
        ("The Post wrote 40,000 names and fewer than 3 percent",),
        ("El Post habló de 40,000 nombres",),
    ),
    "request_size": (
        ("Is it 1.28, 1.27 or 1.2 million names?", "How many names did ICE send to the IRS?"),
        ("¿Son 1.27 o 1.2 millones?", "¿Cuántos nombres mandó ICE?"),
    ),
    "covers_whom": (
        ("Who does the agreement cover?", "does the deal apply only to convicted people"),
        ("¿A quiénes cubre el acuerdo?", "¿el acuerdo abarca solo a criminales?"),
    ),
    "criminal_investigations": (
        ("Were a million people really under criminal investigation?",),
        ("¿De verdad un millón de personas estaban bajo investigación?",),
    ),
    "social_security_order": (
        ("Does Judge Talwani's order also cover Social Security data?",),
        ("¿La orden de la jueza Talwani abarca los datos del Seguro Social?",),
    ),
    "policy_reviewable": (
        ("Is the agreement a final agency action?",),
        ("¿El acuerdo es una acción final de la agencia?",),
    ),
    "custody": (
        ("Who at ICE could see the IRS data?", "did one employee alone hold the file"),
        ("¿Quién en ICE tiene los datos del IRS?", "¿un solo empleado tenía el archivo?"),
    ),
    "tax_credit_request": (
        ("Did the White House ask who claimed the EITC?",),
        ("¿La Casa Blanca preguntó quién cobró el EITC?",),
    ),
    "taxes_paid": (
        ("How much do undocumented immigrants pay in taxes?", "Is it $96.7 or $89.8 billion?"),
        ("¿Cuánto pagan en impuestos los indocumentados?", "¿96.7 u 89.8 mil millones?"),
    ),
}
UNTOUCHED = {
    EN: (
        "Did the IRS give my address to ICE?",
        "Should I file my taxes?",
        "Where can I get free help?",
        "Is the late filing penalty less than 5 percent a month?",
        "Is it illegal not to file?",
        "Who is Judge Talwani?",
        "How do I get an ITIN?",
        "Can ICE see my Social Security file?",
        "Am I eligible for the child tax credit?",
    ),
    ES: (
        "¿El IRS le dio mi dirección a ICE?",
        "¿Debo declarar mis impuestos?",
        "¿Dónde consigo ayuda gratis?",
        "¿La multa por declarar tarde es menos del 5 por ciento?",
        "¿Es ilegal no declarar?",
        "¿Quién es la jueza Talwani?",
        "¿Cómo saco un ITIN?",
        "¿Puedo pedir el crédito por hijos?",
    ),
}


def asked(language: Language) -> list[tuple[str, str]]:
    place = list(Language).index(language)
    return [(name, text) for name, by in ASKED.items() for text in by[place]]


def question(text: str, language: Language = EN, as_of: date = TODAY) -> Question:
    return Question(text, text, language, Audience.PUBLIC, as_of)


def names(text: str, language: Language, shown: Iterable[str] = ()) -> list[str]:
    return [dispute.name for dispute in touched(question(text, language), list(shown))]


def test_every_dispute_has_questions_here() -> None:
    assert list(ASKED) == [dispute.name for dispute in disputes()]


@pytest.mark.parametrize(("name", "text"), asked(EN))
def test_a_question_touches_its_point_in_english(name: str, text: str) -> None:
    assert name in names(text, EN)[:MOST_DISPUTES]


@pytest.mark.parametrize(("name", "text"), asked(ES))
def test_a_question_touches_its_point_in_spanish(name: str, text: str) -> None:
    assert name in names(text, ES)[:MOST_DISPUTES]


@pytest.mark.parametrize(
    ("language", "text"), [(la, text) for la in UNTOUCHED for text in UNTOUCHED[la]]
)
def test_other_questions_touch_nothing(language: Language, text: str) -> None:
    assert names(text, language) == []


def test_what_the_question_touches_comes_before_what_only_the_sentences_do() -> None:
    shown = ["Judge Kollar-Kotelly counted 42,695.", "FedScoop wrote 47,489."]
    assert names("How much do immigrants pay in taxes?", EN, shown) == [
        "taxes_paid",
        "error_count",
        "matches_reported",
    ]


@pytest.mark.parametrize("language", Language)
def test_every_label_is_used_and_every_point_and_holder_has_one(language: Language) -> None:
    needed = {f"disputes.about_{dispute.name}" for dispute in disputes()}
    needed |= {f"disputes.holder_{holder}" for each in disputes() for holder, _ in each.sides}
    assert {key for key in catalogue(language) if key.startswith("disputes.")} == needed


def test_a_point_has_two_sides_or_more() -> None:
    assert all(len({holder for holder, _ in each.sides}) >= 2 for each in disputes())


class TestInMemory:
    """Two documents that differ on how many matches there were."""

    SWORN = "The IRS found 47,289 matches and sent them."
    PRESS = "FedScoop gave the number of matches as 47,489."

    def passages(self, sworn: str = SWORN, published: str = "2025-10") -> list[Passage]:
        romo = make_source("court-ctr-irs-romo-declaration", published="2026-02-11")
        news = make_source("news-fedscoop-2025-10-30-record", published=published)
        return [make_passage(f"Before. {sworn}", romo), make_passage(self.PRESS, news)]

    def reader(self, passages: list[Passage]) -> Reads:
        return {passage.source.path: passage.text for passage in passages}.get

    def shown(
        self,
        passages: list[Passage],
        composed: Composed | None = None,
        as_of: date = TODAY,
        reads: Reads | None = None,
    ) -> Composed:
        own = composed or compose(chosen_from(passages[0], 0))
        asking = question("Which is right, 47,489?", as_of=as_of)
        return with_disputes(own, asking, make_part(passages), reads or self.reader(passages))

    def test_every_side_is_a_quotation_with_a_number_that_resolves(self) -> None:
        whole = self.shown(self.passages())
        (point,) = whole.disagreements
        assert [side.holder for side in point.sides] == ["IRS, sworn statement (Romo)", "FedScoop"]
        assert [side.text for side in point.sides] == [self.SWORN, self.PRESS]
        quotes = {citation.number: citation.quote for citation in whole.citations}
        assert list(quotes) == [1, 2, 3]
        for side in point.sides:
            assert [quotes[number] for number in side.citations] == [side.text]

    def test_a_quotation_that_is_cited_already_keeps_its_number(self) -> None:
        passages = self.passages()
        own = compose((*chosen_from(passages[1], 0), *chosen_from(passages[0], 0)))
        whole = self.shown(passages, own)
        (point,) = whole.disagreements
        assert [side.citations for side in point.sides] == [(3,), (1,)]
        assert whole.citations[:2] == own.citations and len(whole.citations) == 3

    def test_the_answer_itself_is_left_as_it_was(self) -> None:
        passages = self.passages()
        own = compose(chosen_from(passages[0], 0))
        whole = self.shown(passages, own)
        assert (whole.text, whole.sentences) == (own.text, own.sentences)
        assert whole.citations[: len(own.citations)] == own.citations

    def test_a_side_that_is_not_found_drops_the_point(self) -> None:
        whole = self.shown(self.passages(sworn="The IRS found some matches."))
        assert whole.disagreements == () and len(whole.citations) == 1

    def test_a_side_that_no_longer_stands_drops_the_point(self) -> None:
        passages = self.passages()
        changed = {passages[0].source.path: passages[0].text, passages[1].source.path: "Gone."}
        whole = self.shown(passages, reads=changed.get)
        assert whole.disagreements == () and len(whole.citations) == 1

    @pytest.mark.parametrize(
        ("day", "points"), [(date(2026, 2, 10), 0), (date(2026, 2, 11), 1), (TODAY, 1)]
    )
    def test_a_point_waits_until_every_side_has_spoken(self, day: date, points: int) -> None:
        assert len(self.shown(self.passages(), as_of=day).disagreements) == points

    @given(st.lists(st.sampled_from([(0, 0), (0, 1), (1, 0)]), unique=True, min_size=1))
    def test_numbers_count_on_without_gap_or_repeat(self, cited: list[tuple[int, int]]) -> None:
        passages = self.passages()
        own = compose([each for at, n in cited for each in chosen_from(passages[at], n)])
        whole = self.shown(passages, own)
        places = {(each.passage.id, each.start) for each in whole.citations}
        assert [each.number for each in whole.citations] == list(range(1, len(places) + 1))


@pytest.mark.corpus
class TestOnTheRealCorpus:
    @pytest.mark.parametrize("language", Language)
    def test_every_side_is_one_sentence(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        part = whole_assistant.index().languages[language]
        found = {
            (dispute.name, holder): len(picked(part, pick))
            for dispute in disputes()
            for holder, pick in dispute.sides
        }
        assert {side: count for side, count in found.items() if count != 1} == {}

    @pytest.mark.parametrize("language", Language)
    def test_each_side_makes_its_point_touch_when_an_answer_shows_it(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        """Or one side alone could be read in an answer, in silence about the others."""
        part = whole_assistant.index().languages[language]
        figures = {"matches_reported", "request_size", "early_report"}
        silent = [
            (dispute.name, holder)
            for dispute in disputes()
            for holder, pick in dispute.sides
            for chosen in picked(part, pick)
            if dispute.name not in names("?", language, [chosen.sentence.text])
        ]
        # Of these the usual figure stands in most answers; only the other one makes a dispute.
        assert {name for name, _ in silent} <= figures

    @pytest.mark.parametrize("language", Language)
    def test_a_question_on_a_point_gets_every_side_of_it(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        missing = []
        for name, text in asked(language):
            answer = whole_assistant.ask(Request(text, language=language))
            record = answer_record(answer)
            check_record(record)
            assert len(record["disagreements"]) <= MOST_DISPUTES
            label = catalogue(language)[f"disputes.about_{name}"]
            if record["sentences"] and label not in [
                point["about"] for point in record["disagreements"]
            ]:
                missing.append((name, text))
        assert missing == []

    @pytest.mark.parametrize("language", Language)
    def test_nothing_of_a_later_day_is_a_side(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        text = ASKED["error_count"][list(Language).index(language)][0]
        for day in (date(2026, 2, 12), date(2025, 9, 1)):
            answer = whole_assistant.ask(Request(text, language=language, as_of=day))
            points = [point.about for point in answer.disagreements]
            assert catalogue(language)["disputes.about_error_count"] not in points
            for cited in answer.citations:
                assert known_on(cited.passage.source, day)
                assert all(named <= day for named in dates_in(cited.quote))
