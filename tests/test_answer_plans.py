"""A kind of question is told by examples and documents, and brings the facts that it calls for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
import yaml
from fakes import FakeEmbedder, make_passage, make_source
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.answer import plans as module
from assistant.answer import quotes
from assistant.answer.plans import Plan, Planner, example_texts, plans
from assistant.answer.quotes import MOST_STANDING, QuotesEngine
from assistant.answer.select import MOST_SENTENCES, Chosen
from assistant.corpus.read import read_corpus
from assistant.index.embed import open_embedder
from assistant.models import Audience, Hit, Language, Question
from assistant.retrieve.find import LISTS, Finder, Found, Search
from assistant.service import Assistant

Array = NDArray[np.float32]

EN, ES = Language.EN, Language.ES
TODAY = date(2026, 11, 22)
CORPUS = Path(__file__).parent.parent / "corpus"
ASPECTS = {aspect.name: aspect for plan in plans() for aspect in plan.aspects}
EXAMPLES = [
    (plan.name, language, example)
    for plan in plans()
    for language, examples in plan.examples.items()
    for example in examples
]


def plan_named(name: str) -> Plan:
    return next(plan for plan in plans() if plan.name == name)


class TestTheData:
    @pytest.mark.parametrize("plan", plans(), ids=lambda plan: plan.name)
    @pytest.mark.parametrize("language", Language)
    def test_every_plan_has_five_examples_and_more(self, plan: Plan, language: Language) -> None:
        examples = plan.examples[language]
        assert len(examples) >= 5
        assert all(example == example.strip() and example for example in examples)

    @pytest.mark.parametrize("language", Language)
    def test_no_example_stands_for_two_plans_or_twice(self, language: Language) -> None:
        folded = [
            re.sub(r"\W+", " ", example.lower()).strip()
            for _, spoken, example in EXAMPLES
            if spoken is language
        ]
        assert len(set(folded)) == len(folded)

    def test_no_example_is_left_untranslated(self) -> None:
        spoken = [{text for _, each, text in EXAMPLES if each is language} for language in Language]
        assert set.intersection(*spoken) == set()

    def test_every_example_is_among_the_texts_that_an_index_keeps(self) -> None:
        assert sorted(example_texts()) == sorted(example for _, _, example in EXAMPLES)

    def test_every_aspect_is_called_for_and_searched_in_both_languages(self) -> None:
        table = yaml.safe_load(Path(module.__file__).with_name("plans.yaml").read_text("utf-8"))
        assert set(table["aspects"]) == set(ASPECTS)
        for aspect in ASPECTS.values():
            assert set(aspect.searches) == set(Language)
            assert all(text.strip() for text in aspect.searches.values())
            assert aspect.searches[EN] != aspect.searches[ES]

    def test_no_plan_calls_for_an_aspect_twice(self) -> None:
        for plan in plans():
            names = [aspect.name for aspect in plan.aspects]
            assert len(set(names)) == len(names)

    def test_names_are_given_once(self) -> None:
        assert len({plan.name for plan in plans()}) == len(plans()) > 10

    def test_the_documents_that_answer_are_in_the_corpus_and_answer_one_plan(self) -> None:
        named = [document for plan in plans() for document in plan.answered_by]
        assert len(set(named)) == len(named)
        for language in Language:
            there = {
                each.source.id for each in read_corpus(CORPUS) if each.source.language is language
            }
            assert set(named) <= there


def found_in(documents: Sequence[str], vector: Array) -> Found:
    """One passage of each of these documents, in this order."""
    hits = tuple(
        Hit(make_passage("One thing is known.", make_source(name)), 1.0 - place / 10, {})
        for place, name in enumerate(documents)
    )
    return Found(hits, vector, dict.fromkeys(LISTS, 1.0))


def told(text: str, language: Language = EN, documents: Sequence[str] = ()) -> str | None:
    """The plan that is told with vectors of shared words."""
    embedder = FakeEmbedder()
    found = found_in(documents, embedder.encode([text])[0])
    plan = Planner(embedder.encode).plan_for(text, found, language)
    return plan.name if plan else None


@pytest.mark.parametrize("language", Language)
def test_every_example_is_told_to_be_of_its_own_plan(language: Language) -> None:
    planner = Planner(FakeEmbedder().encode)
    for name, spoken, example in EXAMPLES:
        if spoken is language:
            found = found_in([], FakeEmbedder().encode([example])[0])
            assert planner.plan_for(example, found, language) is plan_named(name), example


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("did the irs give my address to ice", EN, "am_i_affected"),
        ("should i still file taxes this year", EN, "should_i_file"),
        ("Is this agreement still in effect?", EN, "is_it_allowed_now"),
        ("how many addresses were shared", EN, "how_many"),
        ("le dio el irs mi direccion a ice", ES, "am_i_affected"),
        ("debo declarar impuestos este ano", ES, "should_i_file"),
        ("¿sigue vigente ese acuerdo?", ES, "is_it_allowed_now"),
        ("de cuantas personas dieron direccion", ES, "how_many"),
    ],
)
def test_a_question_like_an_example_gets_its_plan(
    text: str, language: Language, expected: str
) -> None:
    assert told(text, language) == expected


UNLIKE = [
    ("Zebras graze in green valleys.", EN),
    ("When does the bakery open?", EN),
    ("47,289", EN),
    ("", EN),
    ("?", EN),
    ("Las cebras pastan en el valle verde.", ES),
    ("¿A qué hora abre la panadería?", ES),
    ("", ES),
    # Examples of the other language are not read.
    ("Did the IRS give my address to ICE?", ES),
    ("¿El IRS le dio mi dirección a ICE?", EN),
]


@pytest.mark.parametrize(("text", "language"), UNLIKE)
def test_an_unlike_question_gets_none(text: str, language: Language) -> None:
    assert told(text, language) is None


class TestTheDocumentsFound:
    """Where every example is as like the question as any other, the documents tell."""

    AFFECTED = sorted(plan_named("am_i_affected").answered_by)
    COUNTS = sorted(plan_named("how_many").answered_by)
    OTHERS = ("elsewhere-1", "elsewhere-2", "elsewhere-3", "elsewhere-4", "elsewhere-5")

    def told(self, *documents: str, likeness: float = 1.0) -> str | None:
        def encode(texts: Sequence[str]) -> Array:
            return np.ones((len(texts), 1), dtype=np.float32)

        found = found_in(documents, np.array([likeness], dtype=np.float32))
        plan = Planner(encode).plan_for("zzz", found, EN)
        return plan.name if plan else None

    def test_those_of_a_plan_tell_it(self) -> None:
        assert self.told(*self.AFFECTED[:5]) == "am_i_affected"
        assert self.told(*self.COUNTS, *self.OTHERS) == "how_many"

    def test_the_first_counts_more_than_the_second(self) -> None:
        assert self.told(self.AFFECTED[0], self.COUNTS[0]) == "am_i_affected"
        assert self.told(self.COUNTS[0], self.AFFECTED[0]) == "how_many"

    def test_several_count_more_than_one_above_them(self) -> None:
        assert self.told(self.AFFECTED[0], *self.COUNTS[:3]) == "how_many"

    def test_those_after_the_fifth_count_nothing(self) -> None:
        assert self.told(*self.OTHERS, *self.COUNTS, likeness=0.9) is None
        assert self.told(*self.OTHERS[:4], self.COUNTS[0], likeness=0.9) == "how_many"

    def test_alone_they_are_not_enough(self) -> None:
        assert self.told(*self.AFFECTED[:5], likeness=0.0) is None
        assert self.told(*self.AFFECTED[:5], likeness=0.3) == "am_i_affected"

    def test_likeness_alone_is_enough_only_when_it_is_near(self) -> None:
        assert self.told(likeness=1.0) is not None
        assert self.told(likeness=0.9) is None


def test_the_examples_of_a_language_are_read_once_and_no_others() -> None:
    read: list[tuple[str, ...]] = []

    def encode(texts: Sequence[str]) -> Array:
        read.append(tuple(texts))
        return FakeEmbedder().encode(texts)

    planner = Planner(encode)
    for text in ("Am I on the list?", "What is an ITIN?"):
        planner.plan_for(text, found_in([], FakeEmbedder().encode([text])[0]), EN)
    assert read == [tuple(example for _, language, example in EXAMPLES if language is EN)]


@given(st.text(max_size=80), st.sampled_from(Language))
def test_any_text_is_told_or_not(text: str, language: Language) -> None:
    assert told(text, language) in {None, *(plan.name for plan in plans())}


# What each standing fact must say, in the words of the real documents.
SAYS: dict[str, dict[Language, tuple[str, ...]]] = {
    "nobody_can_tell": {
        EN: (r"^Nobody outside the agencies", "certain", "address"),
        ES: (r"^Nadie fuera de las agencias", "certeza", "dirección"),
    },
    "what_was_shared": {
        EN: ("47,289", "August 7, 2025", "IRS gave ICE", "address"),
        ES: ("47,289", "7 de agosto de 2025", "IRS dio a ICE", "dirección"),
    },
    "address_only": {
        EN: ("do not show", "wages", "bank accounts", "full returns"),
        ES: ("no muestran", "salarios", "cuentas bancarias", "declaraciones completas"),
    },
    "sharing_blocked": {
        EN: ("Kollar-Kotelly", "November 21, 2025", "stay|block", "IRS"),
        ES: ("Kollar-Kotelly", "21 de noviembre de 2025", "bloqueó|suspen", "IRS"),
    },
    "use_blocked": {
        EN: ("Talwani", "February 5, 2026", "barred", "ICE"),
        ES: ("Talwani", "5 de febrero de 2026", "prohibió", "ICE"),
    },
    "one_appeal_lost": {
        EN: (r"D\.C\. Circuit", "affirmed", "February 24, 2026"),
        ES: (r"Circuito de D\.C\.", "confirmó", "24 de febrero de 2026"),
    },
    "two_counts": {
        EN: ("42,695", "Kollar-Kotelly", "February 26, 2026", "preliminary"),
        ES: ("42,695", "Kollar-Kotelly", "26 de febrero de 2026", "preliminar"),
    },
    "agreement_signed": {
        EN: ("April 7, 2025", "Bessent", "Noem", "signed"),
        ES: ("7 de abril de 2025", "Bessent", "Noem", "firmaron"),
    },
    "duty_to_file": {
        EN: ("requires", "tax return", "immigration status"),
        ES: ("exige", "declaración de impuestos", "estatus migratorio"),
    },
    "no_promise": {
        EN: ("No public office can promise", "ICE"),
        ES: ("Ninguna oficina pública puede prometer", "ICE"),
    },
    "find_out": {
        EN: ("write to the IRS", "accounting of disclosures"),
        ES: ("escribir al IRS", "registro de divulgaciones"),
    },
    "free_help": {
        EN: ("Low Income Taxpayer Clinic", "Publication 4134|free"),
        ES: ("contribuyentes de bajos ingresos", "Publicación 4134|gratis"),
    },
    "right_to_sue": {
        EN: ("7431", "sue the United States"),
        ES: ("7431", "demand(ar|e) a Estados Unidos"),
    },
    "general_rule": {
        EN: (r"6103\(a\)", "forbidden unless title 26"),
        ES: (r"6103\(a\)", "prohibida salvo que el título 26"),
    },
    "criminal_exception": {
        EN: (r"6103\(i\)\(2\)", "agency head|head of an agency", "criminal"),
        ES: (r"6103\(i\)\(2\)", "jefe de una agencia", "penal"),
    },
    "watchdog": {
        EN: ("TIGTA", "found", "match"),
        ES: ("TIGTA", "encontró", "comparar"),
    },
    "officers_punished": {
        EN: (r"7213\(a\)\(1\)", "felony", "federal officer or employee"),
        ES: (r"7213\(a\)\(1\)", "delito grave", "funcionario o empleado federal"),
    },
}
# The day of what a fact tells: on the day before, nobody can be told.
HAPPENED = {
    "what_was_shared": date(2025, 8, 7),
    "sharing_blocked": date(2025, 11, 21),
    "use_blocked": date(2026, 2, 5),
    "one_appeal_lost": date(2026, 2, 24),
    "two_counts": date(2026, 2, 26),
    "agreement_signed": date(2025, 4, 7),
    "watchdog": date(2026, 6, 8),
}
_LEANING = re.compile(r"(?:It|This|That|They|These|Such|Esto|Eso|Este|Esta|Estos|Ambos)\b")

Planned = Callable[[Plan | None], None]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Planned:
    """Makes every engine that is made from now on follow this plan, whatever is asked."""

    class Fixed:
        def __init__(self, plan: Plan | None) -> None:
            self.plan = plan

        def plan_for(self, text: str, found: Found, language: Language) -> Plan | None:
            return self.plan

    def planned(plan: Plan | None) -> None:
        monkeypatch.setattr(quotes, "Planner", lambda encode: Fixed(plan))

    return planned


@pytest.fixture(scope="module")
def finder(whole_assistant: Assistant) -> Finder:
    """A finder in the real documents, with the real model."""
    return Finder(whole_assistant.index(), open_embedder(whole_assistant.settings.embedder))


@pytest.mark.corpus
class TestStandingFactsInTheRealDocuments:
    def fillings(
        self,
        name: str,
        language: Language,
        day: date,
        finder: Finder,
        assistant: Assistant,
        planned: Planned,
    ) -> list[str]:
        """What fills an aspect, where nothing else is said."""
        planned(Plan("one", {}, frozenset(), (ASPECTS[name],)))
        engine = QuotesEngine(assistant.index(), finder)
        question = Question("?", "?", language, Audience.PUBLIC, day)
        nothing = found_in([], finder.vectors(["?"])[0])
        return [each.sentence.text for each in engine.draft(question, nothing).chosen]

    def test_each_has_its_words_here(self) -> None:
        assert set(SAYS) == set(ASPECTS)

    @pytest.mark.parametrize("language", Language)
    @pytest.mark.parametrize("name", SAYS)
    def test_each_is_filled_by_a_sentence_that_says_it(
        self,
        name: str,
        language: Language,
        finder: Finder,
        whole_assistant: Assistant,
        planned: Planned,
    ) -> None:
        (said,) = self.fillings(name, language, TODAY, finder, whole_assistant, planned)
        for pattern in SAYS[name][language]:
            assert re.search(pattern, said), said
        assert not _LEANING.match(said), "it must stand alone"

    @pytest.mark.parametrize("language", Language)
    @pytest.mark.parametrize("name", HAPPENED)
    def test_before_it_happened_nothing_stands_in_its_place(
        self,
        name: str,
        language: Language,
        finder: Finder,
        whole_assistant: Assistant,
        planned: Planned,
    ) -> None:
        day = HAPPENED[name] - timedelta(days=1)
        assert self.fillings(name, language, day, finder, whole_assistant, planned) == []


LIKE = [
    ("did the irs hand my home address to ice", EN, "am_i_affected"),
    ("is it safe to do my taxes with an itin number", EN, "should_i_file"),
    ("is the irs still giving my taxes to immigration", EN, "is_it_allowed_now"),
    ("what information was shared with ice", EN, "what_was_shared"),
    ("how many addresses did ICE get", EN, "how_many"),
    ("who can help me for free with this", EN, "what_can_i_do"),
    ("how would I find out whether they shared my data", EN, "how_do_i_find_out"),
    ("dio el irs mi dirección a la migra", ES, "am_i_affected"),
    ("es seguro hacer mis taxes con itin", ES, "should_i_file"),
    ("todavía puede el irs compartir impuestos con ice", ES, "is_it_allowed_now"),
    ("qué información recibió ice del irs", ES, "what_was_shared"),
    ("cuántas direcciones recibió ICE", ES, "how_many"),
    ("quién me puede ayudar gratis con esto", ES, "what_can_i_do"),
    ("cómo averiguo si dieron mi dirección", ES, "how_do_i_find_out"),
]
PLAIN = [
    ("What is an ITIN number?", EN),
    ("what does 6103(p)(4) require of agencies", EN),
    ("¿Qué es el ITIN?", ES),
    ("qué exige la 6103(p)(4) a las agencias", ES),
]
ASKED = [
    *((text, language) for text, language, _ in LIKE),
    ("Can ICE see my taxes?", EN),
    ("¿Puede ICE ver mis impuestos?", ES),
    ("free help with taxes and immigration", EN),
    ("ayuda gratis para taxes e inmigracion", ES),
    ("so taxes this yr, yes or no", EN),
    ("Which judge blocked the sharing?", EN),
    ("timeline of the data sharing", EN),
    ("orden jueza talwani hasta cuando", ES),
    ("¿Quién es responsable de los errores?", ES),
]


@pytest.mark.corpus
class TestQuestionsWithTheRealModel:
    def found(self, text: str, language: Language, finder: Finder) -> Found:
        return finder.find(Search(text, language, 12, Audience.PUBLIC))

    @pytest.mark.parametrize(("text", "language", "expected"), LIKE)
    def test_one_like_an_example_gets_its_plan(
        self, text: str, language: Language, expected: str, finder: Finder
    ) -> None:
        plan = Planner(finder.vectors).plan_for(text, self.found(text, language, finder), language)
        assert plan is plan_named(expected), plan

    @pytest.mark.parametrize(("text", "language"), PLAIN)
    def test_a_plain_one_calls_for_no_standing_fact(
        self, text: str, language: Language, finder: Finder
    ) -> None:
        plan = Planner(finder.vectors).plan_for(text, self.found(text, language, finder), language)
        assert plan is None or plan.aspects == ()

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Zebras graze in green valleys.", EN),
            ("how do volcanoes form", EN),
            ("Which bus goes to the airport?", EN),
            ("", EN),
            ("Las cebras pastan en el valle verde.", ES),
            ("¿cómo se forman los volcanes?", ES),
            ("¿Cuánto mide el monte Everest?", ES),
            ("", ES),
        ],
    )
    def test_an_unlike_one_gets_none(self, text: str, language: Language, finder: Finder) -> None:
        plan = Planner(finder.vectors).plan_for(text, self.found(text, language, finder), language)
        assert plan is None, plan

    @pytest.mark.parametrize(("text", "language"), ASKED)
    @pytest.mark.parametrize("audience", Audience)
    def test_standing_facts_are_few_come_last_and_repeat_nothing(
        self,
        text: str,
        language: Language,
        audience: Audience,
        finder: Finder,
        whole_assistant: Assistant,
        planned: Planned,
    ) -> None:
        part = whole_assistant.index().languages[language]

        def vector(chosen: Chosen) -> Array:
            return part.vector_of(chosen.passage, chosen.sentence)

        found = finder.find(Search(text, language, 12, audience))
        question = Question(text, text, language, audience, TODAY)
        shown = QuotesEngine(whole_assistant.index(), finder).draft(question, found).chosen
        planned(None)
        direct = QuotesEngine(whole_assistant.index(), finder).draft(question, found).chosen
        standing = [each for each in shown if each not in direct]
        assert len(shown) <= MOST_SENTENCES
        assert len(standing) <= MOST_STANDING[audience]
        assert (
            shown[: len(shown) - len(standing)]
            == tuple(each for each in direct if each in shown)[: len(shown) - len(standing)]
        )
        for place, each in enumerate(standing, len(shown) - len(standing)):
            assert shown[place] == each
            assert all(float(vector(each) @ vector(other)) <= 0.7 for other in shown[:place])

    @pytest.mark.parametrize(("text", "language"), ASKED)
    def test_what_the_plan_needs_most_is_said_to_the_public(
        self, text: str, language: Language, finder: Finder, whole_assistant: Assistant
    ) -> None:
        """The two aspects needed most are each shown, or what the direct answer says is alike."""
        index = whole_assistant.index()
        part = index.languages[language]
        found = self.found(text, language, finder)
        plan = Planner(finder.vectors).plan_for(text, found, language)
        assert plan is not None
        question = Question(text, text, language, Audience.PUBLIC, TODAY)
        shown = QuotesEngine(index, finder).draft(question, found).chosen
        vectors = np.array([part.vector_of(each.passage, each.sentence) for each in shown])
        for aspect in plan.aspects[:2]:
            said = " ".join(each.sentence.text for each in shown)
            wanted = finder.vectors([aspect.searches[language]])[0]
            in_words = all(re.search(pattern, said) for pattern in SAYS[aspect.name][language])
            assert in_words or float((vectors @ wanted).max()) > 0.55, (aspect.name, said)
