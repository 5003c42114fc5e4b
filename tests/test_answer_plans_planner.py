"""Of which kind a question is: its words, its vector and the documents found speak for a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from fakes import FakeEmbedder, make_part, make_passage, make_source
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.answer.foreign.table import foreign
from assistant.answer.plans import planner as module
from assistant.answer.plans.planner import WEIGHTS, Shared, Told, shared_by, told
from assistant.answer.plans.table import Aspect, Plan, examples, plan_named
from assistant.index.embed import open_embedder
from assistant.index.kinds import KindMap
from assistant.index.opened import LanguageIndex
from assistant.index.words import words
from assistant.models import Hit, Language
from assistant.retrieve.find import LISTS, Finder, Found, Search
from assistant.service import Assistant

Array = NDArray[np.float32]

EN, ES = Language.EN, Language.ES

THINGS = {
    "zebra": "cebra",
    "whale": "ballena",
    "lantern": "linterna",
    "bakery": "panadería",
    "violin": "violín",
    "harbour": "puerto",
    "kettle": "tetera",
    "garden": "jardín",
    "castle": "castillo",
    "winter": "invierno",
    "bicycle": "bicicleta",
    "mirror": "espejo",
}
PATTERNS = {
    EN: ("{0} {0}", "about the {0}", "tell me of the {0}", "which {0} is it", "{0} or nothing"),
    ES: ("{0} {0}", "sobre {0}", "hábleme de {0}", "cuál {0} es", "{0} o nada"),
}


def plan_of(thing: str, spanish: str) -> Plan:
    """A kind of question about one thing, answered by two documents of its own."""
    examples = {
        language: tuple(pattern.format(name) for pattern in PATTERNS[language])
        for language, name in ((EN, thing), (ES, spanish))
    }
    return Plan(thing, examples, frozenset({f"{thing}-1", f"{thing}-2"}), (), ())


PLANS = {thing: plan_of(thing, spanish) for thing, spanish in THINGS.items()}


def part_of(plans_by_name: Mapping[str, Plan], language: Language) -> LanguageIndex:
    """An index that has learned these plans from vectors of shared words."""
    asked = [
        (plan.name, text) for plan in plans_by_name.values() for text in plan.examples[language]
    ]
    kinds = KindMap.learn(
        [name for name, _ in asked],
        [words(text, language) for _, text in asked],
        FakeEmbedder().encode([text for _, text in asked]),
    )
    return make_part([], language, kinds=kinds)


PARTS = {language: part_of(PLANS, language) for language in Language}


@pytest.fixture
def of_things(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans about twelve things in place of the real ones."""
    monkeypatch.setattr(module, "plan_named", PLANS.__getitem__)
    monkeypatch.setattr(module, "plans_of", names_of)
    monkeypatch.setattr(module, "plan_asking", lambda text, language: None)


def names_of(document: str) -> tuple[str, ...]:
    """Of the plans about twelve things, those that a document answers."""
    return tuple(name for name, plan in PLANS.items() if document in plan.answered_by)


def found_in(documents: Sequence[str], vector: Array) -> Found:
    """One passage of each of these documents, in this order."""
    hits = tuple(
        Hit(make_passage("One thing is known.", make_source(name)), 1.0 - place / 20, {})
        for place, name in enumerate(documents)
    )
    return Found(hits, vector, dict.fromkeys(LISTS, 1.0))


def tell(text: str, language: Language = EN, documents: Sequence[str] = ()) -> Told:
    """What is told with vectors of shared words."""
    found = found_in(documents, FakeEmbedder().encode([text])[0])
    kind = told(PARTS[language], text, found)
    assert kind is not None
    return kind


@pytest.mark.usefixtures("of_things")
class TestWordsAndVector:
    @pytest.mark.parametrize("language", Language)
    def test_an_example_is_surely_of_its_own_plan(self, language: Language) -> None:
        for plan in PLANS.values():
            for example in plan.examples[language]:
                kind = tell(example, language)
                assert (kind.plan, kind.sure) == (plan, True), example

    @pytest.mark.parametrize(
        ("text", "language", "expected"),
        [
            ("Which zebra is it?", EN, "zebra"),
            ("tell me about the KETTLE", EN, "kettle"),
            ("the whale, or nothing", EN, "whale"),
            ("¿Cuál cebra es?", ES, "zebra"),
            ("hableme de panaderia", ES, "bakery"),
            ("ballena o nada", ES, "whale"),
        ],
    )
    def test_a_question_like_an_example_is_surely_of_its_plan(
        self, text: str, language: Language, expected: str
    ) -> None:
        named = tell(text, language, [f"{expected}-1", f"{expected}-2"])
        assert (named.plan.name, named.sure) == (expected, True)

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Volcanoes form where plates meet.", EN),
            ("47,289", EN),
            ("", EN),
            ("?", EN),
            ("Los volcanes nacen donde chocan placas.", ES),
            ("", ES),
            # Examples of the other language are not read.
            ("hábleme de ballena", EN),
            ("tell me of the whale", ES),
        ],
    )
    def test_an_unlike_question_has_less_of_a_chance(self, text: str, language: Language) -> None:
        example = PLANS["whale"].examples[language][1]
        assert tell(text, language).chance < tell(example, language).chance - 0.05

    @pytest.mark.parametrize(
        ("chance", "sure", "opening"),
        [
            (0.5, True, ["first", "second"]),
            (0.49, False, ["first", "shared"]),
            (0.3, False, ["first", "shared"]),
            (0.29, False, ["shared"]),
        ],
    )
    def test_only_a_sure_one_opens_with_all_that_it_leads_with(
        self, chance: float, sure: bool, opening: list[str]
    ) -> None:
        first, second, other = (Aspect(name, ()) for name in ("first", "second", "shared"))
        plan = replace(PLANS["zebra"], leads=(first, second), after=(second,))
        kind = Told(plan, chance, shared=Shared((other,), (other, first)))
        assert kind.sure is sure
        assert [lead.name for lead in kind.leads] == opening
        assert [each.name for each in kind.after] == (["second"] if sure else ["shared", "first"])

    def test_a_fact_is_not_opened_with_twice(self) -> None:
        first = Aspect("first", ())
        plan = replace(PLANS["zebra"], leads=(first,))
        assert Told(plan, 0.4, shared=Shared((first,))).leads == (first,)

    def test_the_chance_is_less_where_two_speak_alike(self) -> None:
        assert tell("which zebra is it").chance > tell("zebra whale").chance > 0

    @pytest.mark.parametrize(
        ("nearest", "chance", "known"), [(0.5, False, False), (0.9, True, True)]
    )
    def test_what_is_far_from_ours_has_a_chance_only_as_the_same_as_an_example(
        self, nearest: float, chance: bool, known: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kinds = PARTS[EN].kinds.kinds
        alike = np.array([nearest if kind == "zebra" else 0.0 for kind in kinds])
        nothing = np.zeros(len(kinds))
        seen = {"taught": nothing, "nearest": alike, "middle": 3 * alike, "found": nothing}
        monkeypatch.setattr(module, "signs", lambda part, text, found: seen)
        found = replace(found_in((), np.zeros(384, dtype=np.float32)), ours=-0.9)
        kind = told(PARTS[EN], "some animal or other", found)
        assert kind
        assert ((kind.chance > 0), kind.known) == (chance, known)

    def test_a_rare_word_tells_more_than_those_of_every_plan(self) -> None:
        assert tell("tell me of the zebra").plan.name == "zebra"
        assert tell("zebra").chance > tell("tell me of the").chance

    def test_the_same_question_is_told_the_same(self) -> None:
        assert tell("which violin", EN, ["zebra-1"]) == tell("which violin", EN, ["zebra-1"])


class TestTheVeryWordsOfAnExample:
    @pytest.fixture(autouse=True)
    def asked(self, of_things: None, monkeypatch: pytest.MonkeyPatch) -> None:
        """A plan that is asked for in the words of no other, and one that the index never met."""
        self.unknown = plan_of("volcano", "volcán")
        asking = {"so what": PLANS["whale"], "and now": self.unknown}
        monkeypatch.setattr(module, "plan_asking", lambda text, language: asking.get(text))

    def test_are_certainly_of_its_plan_whatever_else_speaks(self) -> None:
        kind = tell("so what", documents=["zebra-1", "zebra-2"] * 3)
        assert (kind.plan.name, kind.sure, kind.certain) == ("whale", True, True)

    def test_of_a_plan_that_the_index_has_not_learned_are_told_as_all_else_is(self) -> None:
        kind = tell("and now", documents=["zebra-1", "zebra-2"] * 3)
        assert kind.plan.name in PLANS
        assert not kind.certain

    def test_what_is_only_like_them_is_not_certain(self) -> None:
        assert not tell("so what now").certain


@pytest.mark.usefixtures("of_things")
class TestTheDocumentsFound:
    """Where words and vector say nothing, the documents tell."""

    OTHERS = tuple(f"elsewhere-{number}" for number in range(12))

    def tell(self, *documents: str) -> Told:
        vector = np.zeros(FakeEmbedder.dimension, dtype=np.float32)
        kind = told(PARTS[EN], "zzz", found_in(documents, vector))
        assert kind is not None
        return kind

    @pytest.mark.parametrize("name", ["zebra", "mirror"])
    def test_those_of_a_plan_tell_it(self, name: str) -> None:
        assert self.tell(f"{name}-1", f"{name}-2").plan.name == name
        assert self.tell(f"{name}-2", *self.OTHERS).plan.name == name

    def test_the_first_counts_more_than_the_second(self) -> None:
        assert self.tell("zebra-1", "whale-1").plan.name == "zebra"
        assert self.tell("whale-1", "zebra-1").plan.name == "whale"

    def test_several_count_more_than_one_above_them(self) -> None:
        assert self.tell("zebra-1", *["whale-1", "whale-2"] * 2).plan.name == "whale"

    def test_the_more_of_them_the_stronger(self) -> None:
        assert self.tell().chance < self.tell("zebra-1").chance
        assert self.tell("zebra-1").chance < self.tell("zebra-1", "zebra-2").chance

    def test_those_far_down_count_nothing(self) -> None:
        assert self.tell(*self.OTHERS, "zebra-1").chance == self.tell(*self.OTHERS).chance

    def test_alone_they_are_not_enough(self) -> None:
        assert not self.tell(*["zebra-1", "zebra-2"] * 4).sure

    def test_they_weigh_between_two_that_words_speak_for(self) -> None:
        first = tell("zebra whale").plan.name
        other = "whale" if first == "zebra" else "zebra"
        with_its_own, with_others = (
            tell("zebra whale", documents=[f"{name}-1", f"{name}-2"] * 3) for name in (first, other)
        )
        assert with_its_own.chance > tell("zebra whale").chance
        assert with_others.plan.name == other or with_others.chance < with_its_own.chance - 0.1


def test_where_the_index_knows_no_kinds_nothing_is_told() -> None:
    vector = FakeEmbedder().encode(["?"])[0]
    assert told(make_part([]), "which zebra", found_in(("zebra-1",), vector)) is None


@given(text=st.text(max_size=80), language=st.sampled_from(Language))
def test_any_text_is_told_with_a_chance(text: str, language: Language) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "plan_named", PLANS.__getitem__)
        patch.setattr(module, "plans_of", names_of)
        patch.setattr(module, "plan_asking", lambda text, language: None)
        kind = tell(text, language)
    assert kind.plan in PLANS.values()
    assert 0 <= kind.chance <= 1


# Questions clearly of one kind, in words that no example has, and the plans that fit it.
KINDS = [
    ("is my name one of those the tax people gave to immigration", EN, "aff_am_i_on_the_list"),
    ("i have an old deportation order, am i in danger from my taxes", EN, "aff_removal_order"),
    ("i'm in daca, did they send my address", EN, "aff_daca"),
    ("does my green card protect me from this", EN, "aff_citizen_or_green_card"),
    (
        "do they notify the people whose address was given",
        EN,
        "aff_will_i_get_a_letter hlp_find_out",
    ),
    ("can they come knock on my house because of taxes", EN, "aff_come_to_my_door"),
    ("does SNAP share data with immigration too", EN, "aff_snap"),
    ("should I do my taxes this season or skip them", EN, "should_i_file"),
    ("how much money do i have to make before i must file", EN, "fil_income_limit"),
    ("how do i apply for an itin", EN, "fil_how_to_get_itin"),
    ("my itin ran out, how can I renew it", EN, "fil_renew_itin"),
    ("can my tax preparer report me to ice", EN, "fil_preparer_sharing"),
    ("who does taxes for free near me", EN, "fil_free_help"),
    ("is the sharing stopped right now", EN, "crt_blocked_now"),
    ("who are the plaintiffs in these suits", EN, "crt_who_sued"),
    ("is there anything at the supreme court about this", EN, "crt_supreme_court"),
    ("what was in the november order", EN, "crt_november_order"),
    ("¿estoy yo en la lista que el IRS le mandó a ICE?", ES, "aff_am_i_on_the_list"),
    ("tengo una orden de deportación vieja, ¿corro peligro?", ES, "aff_removal_order"),
    ("tengo daca, ¿mandaron mi dirección?", ES, "aff_daca"),
    ("¿me van a avisar por carta si dieron mis datos?", ES, "aff_will_i_get_a_letter hlp_find_out"),
    ("me mudé y no avisé al IRS, ¿qué dirección tienen?", ES, "aff_moved"),
    ("¿declaro mis impuestos este año o mejor no?", ES, "should_i_file"),
    ("¿cómo saco un ITIN?", ES, "fil_how_to_get_itin"),
    ("se me venció el itin, ¿cómo lo renuevo?", ES, "fil_renew_itin fil_renew_or_wait"),
    ("¿mi preparador puede denunciarme con la migra?", ES, "fil_preparer_sharing"),
    ("¿quién me hace los impuestos gratis?", ES, "fil_free_help"),
    ("¿ahorita está parado el intercambio de datos?", ES, "crt_blocked_now"),
    ("¿qué organizaciones presentaron las demandas?", ES, "crt_who_sued"),
    ("¿hay algo de esto en la Corte Suprema?", ES, "crt_supreme_court"),
    ("¿qué dice la orden de noviembre?", ES, "crt_november_order"),
]


@pytest.fixture(scope="module")
def finder(whole_assistant: Assistant) -> Finder:
    """A finder in the real documents, with the real model."""
    return Finder(whole_assistant.index(), open_embedder(whole_assistant.settings.embedder))


@pytest.mark.corpus
class TestWithTheRealModel:
    def tell(self, text: str, language: Language, assistant: Assistant, finder: Finder) -> Told:
        part = assistant.index().languages[language]
        kind = told(part, text, finder.find(Search(text, language, 12)))
        assert kind is not None
        return kind

    @pytest.mark.parametrize(("text", "language", "expected"), KINDS)
    def test_a_question_clearly_of_one_kind_gets_its_plan_or_leads_of_it(
        self,
        text: str,
        language: Language,
        expected: str,
        whole_assistant: Assistant,
        finder: Finder,
    ) -> None:
        plan = self.tell(text, language, whole_assistant, finder).plan
        fitting = [plan_named(name) for name in expected.split()]
        leads = {aspect.name for each in fitting for aspect in each.leads}
        assert plan in fitting or leads & {aspect.name for aspect in plan.leads}, plan.name

    def test_most_of_them_are_told_for_sure(
        self, whole_assistant: Assistant, finder: Finder
    ) -> None:
        kinds = [self.tell(*asked, whole_assistant, finder) for *asked, _ in KINDS]
        assert sum(kind.sure for kind in kinds) > len(kinds) / 2

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
    def test_an_unlike_one_is_surely_of_none(
        self, text: str, language: Language, whole_assistant: Assistant, finder: Finder
    ) -> None:
        assert not self.tell(text, language, whole_assistant, finder).sure

    @pytest.mark.parametrize("language", Language)
    def test_nearly_every_example_is_told_to_be_of_its_own_plan(
        self, language: Language, whole_assistant: Assistant
    ) -> None:
        index = whole_assistant.index()
        asked = examples()[language]
        vectors = index.texts.rows([text for _, text in asked])
        right = 0
        for (name, text), vector in zip(asked, vectors, strict=True):
            kind = told(index.languages[language], text, found_in((), vector))
            right += kind is not None and kind.plan.name == name
        assert right > 0.95 * len(asked)


@pytest.mark.corpus
@pytest.mark.parametrize("language", Language)
def test_hardly_any_question_that_is_not_ours_is_like_a_well_known_one(
    language: Language, whole_assistant: Assistant
) -> None:
    """Such a likeness is answered on any evidence."""
    index = whole_assistant.index()
    part = index.languages[language]
    others = [text for texts in foreign(language).values() for text in texts]
    vectors = index.texts.rows(others)
    hits = []
    for text, vector in zip(others, vectors, strict=True):
        ours = part.scope.strength(words(text, language), vector)
        kind = told(part, text, Found((), vector, {}, ours))
        if kind and kind.known:
            hits.append(text)
    assert len(hits) < 0.008 * len(others), hits


def test_plans_that_lead_with_the_same_fact_stand_together() -> None:
    alike = "aff_am_i_on_the_list", "hlp_scared"
    kinds = (*alike, "exc_long")
    first, second, third = map(plan_named, kinds)
    assert first and second and third
    assert first.leads[0] is second.leads[0] is not third.leads[0]
    scores = np.array([8.0, 8.1, 8.3])
    best, chance = module.best_of(scores, kinds)
    assert kinds[best] == alike[1]
    powers = np.exp([*scores, module.WEIGHTS.none])
    assert chance == pytest.approx((powers[0] + powers[1]) / powers.sum())


class TestWhatLikelyPlansShare:
    """Three plans: the first two open with the same fact, and all three have another after it."""

    @pytest.fixture(autouse=True)
    def named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        once, both, rare = (Aspect(name, ()) for name in ("once", "both", "rare"))
        made = {
            "zebra": replace(PLANS["zebra"], leads=(both, once), after=(rare,)),
            "whale": replace(PLANS["whale"], leads=(both,), after=(rare,)),
            "violin": replace(PLANS["violin"], leads=(rare,), after=()),
        }
        monkeypatch.setattr(module, "plan_named", made.get)

    def shared(self, zebra: float, whale: float, violin: float) -> tuple[list[str], list[str]]:
        """What is shared where the plans have these chances and none has the rest."""
        rest = 1 - zebra - whale - violin
        chances = np.array([zebra, whale, violin])
        scores = WEIGHTS.none + np.log(np.maximum(chances, 1e-9) / rest)
        shared = shared_by(scores, ("zebra", "whale", "violin"))
        return [each.name for each in shared.opening], [each.name for each in shared.after]

    def test_a_fact_is_as_likely_as_its_plans_together(self) -> None:
        opening, after = self.shared(0.15, 0.1, 0.02)
        assert opening == ["both"]
        assert after == ["rare", "both", "once"]

    def test_what_too_few_speak_for_is_left_out(self) -> None:
        assert self.shared(0.05, 0.01, 0.0) == ([], [])
        assert self.shared(0.09, 0.0, 0.3) == (["rare"], ["rare"])

    def test_two_facts_may_open_and_the_likeliest_is_first(self) -> None:
        assert self.shared(0.3, 0.0, 0.25)[0] == ["both", "once"]
