"""The quotes engine: what opens the answer, sentences for the question, then standing facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from fakes import FakeEmbedder, make_index, make_passage, make_source
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import quotes
from assistant.answer.picks import patterns_of, pick_of
from assistant.answer.plans.planner import Shared, Told
from assistant.answer.plans.table import Aspect, Plan, plans
from assistant.answer.premises import Premise
from assistant.answer.quotes import MOST_STANDING, Draft, QuotesEngine
from assistant.answer.select import MOST_SENTENCES
from assistant.index.opened import Index, LanguageIndex
from assistant.models import Audience, Kind, Language, Passage, Question, Request
from assistant.retrieve.find import Finder, Found, Search
from assistant.service import Assistant
from assistant.status import dates_in, known_on

EN, ES = Language.EN, Language.ES
PUBLIC, STAFF, ADVOCATE = Audience.PUBLIC, Audience.STAFF, Audience.ADVOCATE
TODAY = date(2026, 11, 22)

ZEBRAS = "Zebras graze in the green valley."
WHALES = "Whales sing in the cold ocean."
OWLS = "Owls hunt beside the old barn."
FOXES = "Foxes sleep under seven tall pines."
FACTS = {"zebras": ZEBRAS, "whales": WHALES, "owls": OWLS, "foxes": FOXES}
LANTERN = "Who lit the lantern?"
# Passages that answer, from which eight sentences are chosen.
ANSWERING = (
    "Ana lit the lantern. Nobody slept. Rain fell.",
    "Bruno saw the lantern. Doors were shut. Snow came.",
    "The lantern burned. Carla wept.",
    "A lantern hung there. Deer fled.",
    "Every lantern broke. Wind rose.",
)


def passage(name: str, text: str, published: str = "2025-01-01") -> Passage:
    return make_passage(text, make_source(name, published=published), questions=(f"About {name}?",))


def answering(*texts: str) -> list[Passage]:
    return [passage(f"lantern-{number}", text) for number, text in enumerate(texts)]


def facts(published: str = "2025-01-01") -> list[Passage]:
    return [passage(name, text, published) for name, text in FACTS.items()]


def aspect(*names: str) -> Aspect:
    """A fact that any of these documents can state, in its one sentence."""
    entries = tuple({"document": name, "en": "^", "es": "^"} for name in names)
    return Aspect("-".join(names), entries)


def plan_of(leads: Sequence[str] = (), after: Sequence[str] = ()) -> Plan:
    examples: dict[Language, tuple[str, ...]] = {language: () for language in Language}
    return Plan("any", examples, frozenset(), tuple(map(aspect, leads)), tuple(map(aspect, after)))


Planned = Callable[..., None]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Planned:
    """Makes every question call for a plan with these facts, for sure or not; at first for none."""

    def planned(leads: Sequence[str] = (), after: Sequence[str] = (), *, sure: bool = True) -> None:
        kind = Told(plan_of(leads, after), 99.0 if sure else -99.0)
        monkeypatch.setattr(quotes, "told", lambda part, text, found: kind)

    monkeypatch.setattr(quotes, "told", lambda part, text, found: None)
    return planned


@pytest.fixture
def believed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes every question rest on a false premise that this document puts right."""

    def believed(*names: str) -> None:
        wrong = tuple(
            Premise(
                name,
                patterns_of(None),
                patterns_of(None),
                pick_of({"document": name, "en": "^", "es": "^"}),
            )
            for name in names
        )
        monkeypatch.setattr(quotes, "premises_in", lambda text, language: wrong)

    return believed


class Engine:
    """An engine over passages in memory, asked about what answers first."""

    def __init__(self, main: Sequence[Passage], others: Sequence[Passage]) -> None:
        embedder = FakeEmbedder()
        self.index: Index = make_index([*main, *others], embedder)
        self.finder = Finder(self.index, embedder)
        self.engine = QuotesEngine(self.index, embedder)
        self.main = main

    def draft(self, text: str = LANTERN, audience: Audience = PUBLIC, as_of: date = TODAY) -> Draft:
        found = self.finder.find(Search(text, EN, 12, as_of=as_of if as_of < TODAY else None))
        places = {each.source.id: place for place, each in enumerate(self.main)}
        hits = sorted(
            (hit for hit in found.hits if hit.passage.source.id in places),
            key=lambda hit: places[hit.passage.source.id],
        )
        # The audience orders by score and liking: here all are alike but for their places.
        scored = tuple(
            type(hit)(hit.passage, 100.0 - place, hit.ranks) for place, hit in enumerate(hits)
        )
        question = Question(text, text, EN, audience, as_of)
        return self.engine.draft(question, Found(scored, found.vector, found.peaks))

    def texts(self, audience: Audience = PUBLIC, as_of: date = TODAY) -> list[str]:
        return [each.sentence.text for each in self.draft(LANTERN, audience, as_of).chosen]


def shown_of(*texts: str) -> list[str]:
    return Engine(answering(*(texts or ANSWERING)), facts()).texts()


def direct(planned: Planned) -> list[str]:
    """What is shown where no plan is called for: as many sentences as an answer may have."""
    planned()
    shown = shown_of()
    assert len(shown) == MOST_SENTENCES == 8
    return shown


class TestPartsOfAQuestion:
    """Each part that clearly calls for a plan adds what that plan opens with."""

    STORY = "My sister has a lantern. Who pays for it? Where do owls sleep?"

    def texts(
        self, monkeypatch: pytest.MonkeyPatch, of_parts: dict[str, Told], whole: Told | None
    ) -> list[str]:
        def told(part: LanguageIndex, text: str, found: Found) -> Told | None:
            return whole if text == self.STORY else of_parts.get(text)

        monkeypatch.setattr(quotes, "told", told)
        engine = Engine(answering(*ANSWERING), facts())
        return [each.sentence.text for each in engine.draft(self.STORY).chosen]

    def test_what_a_part_asks_comes_after_what_the_whole_asks(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        owls = Told(replace(plan_of(["owls"]), name="owls"), 0.6)
        whole = Told(plan_of(["zebras"]), 0.9)
        shown = self.texts(monkeypatch, {"Where do owls sleep?": owls}, whole)
        assert shown[:2] == [ZEBRAS, OWLS]
        assert self.texts(monkeypatch, {"Where do owls sleep?": owls}, None)[0] == OWLS

    def test_a_part_that_is_less_clear_adds_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        owls = Told(replace(plan_of(["owls"]), name="owls"), 0.49)
        assert OWLS not in self.texts(monkeypatch, {"Where do owls sleep?": owls}, None)

    def test_a_part_of_the_same_plan_says_nothing_twice(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = Told(plan_of(["zebras"]), 0.9)
        parts = {"Who pays for it?": whole, "Where do owls sleep?": whole}
        assert self.texts(monkeypatch, parts, whole).count(ZEBRAS) == 1

    def test_each_part_adds_two_facts_at_most(self, monkeypatch: pytest.MonkeyPatch) -> None:
        many = Told(replace(plan_of(["owls", "foxes", "whales"]), name="many"), 0.9)
        shown = self.texts(monkeypatch, {"Who pays for it?": many}, None)
        assert [text for text in shown if text in FACTS.values()] == [OWLS, FOXES]


class TestWhatOpensTheAnswer:
    @pytest.mark.parametrize(
        "names", [("zebras",), ("zebras", "whales"), ("whales", "zebras"), ("owls", "zebras")]
    )
    def test_leads_come_first_in_the_order_of_the_plan(
        self, names: tuple[str, ...], planned: Planned
    ) -> None:
        first = direct(planned)
        planned(leads=names)
        shown = shown_of()
        assert shown == [*(FACTS[name] for name in names), *first[: 8 - len(names)]]

    def test_they_stand_before_the_direct_answer_and_standing_facts_after_it(
        self, planned: Planned
    ) -> None:
        first = direct(planned)
        planned(leads=["zebras"], after=["whales", "owls"])
        assert shown_of() == [ZEBRAS, *first[:5], WHALES, OWLS]

    def test_a_premise_is_put_right_before_them(
        self, planned: Planned, believed: Callable[[str], None]
    ) -> None:
        first = direct(planned)
        believed("foxes")
        assert shown_of() == [FOXES, *first[:7]]
        planned(leads=["zebras", "whales"], after=["owls"])
        assert shown_of() == [FOXES, ZEBRAS, WHALES, *first[:4], OWLS]

    def test_of_several_premises_the_first_that_can_be_is_put_right(
        self, planned: Planned, believed: Callable[..., None]
    ) -> None:
        believed("nowhere", "foxes", "owls")
        shown = shown_of()
        assert shown[0] == FOXES
        assert OWLS not in shown

    def test_what_puts_a_premise_right_is_not_said_again_as_a_lead(
        self, planned: Planned, believed: Callable[[str], None]
    ) -> None:
        believed("zebras")
        planned(leads=["zebras", "whales"])
        shown = shown_of()
        assert shown[:2] == [ZEBRAS, WHALES]
        assert shown.count(ZEBRAS) == 1

    def test_what_opened_the_answer_is_not_said_again_below(self, planned: Planned) -> None:
        planned(leads=["zebras"], after=["zebras", "whales"])
        shown = shown_of(f"Ana lit the lantern. {ZEBRAS}", *ANSWERING[1:])
        assert shown[0] == ZEBRAS
        assert shown.count(ZEBRAS) == 1
        assert shown[-1] == WHALES

    def test_two_leads_that_say_the_same_are_one(self, planned: Planned) -> None:
        planned(leads=["zebras", "twin", "owls"])
        twin = passage("twin", "Zebras graze in that green valley.")
        shown = Engine(answering(*ANSWERING), [*facts(), twin]).texts()
        assert shown[:2] == [ZEBRAS, OWLS]
        assert twin.text not in shown

    def test_a_lead_that_no_document_states_is_left_out(self, planned: Planned) -> None:
        first = direct(planned)
        planned(leads=["nowhere", "owls"])
        assert shown_of() == [OWLS, *first[:7]]

    def test_of_several_sentences_that_state_a_fact_the_first_is_quoted(
        self, planned: Planned, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        either = Plan("any", {}, frozenset(), (aspect("nowhere", "owls", "foxes"),), ())
        monkeypatch.setattr(quotes, "told", lambda part, text, found: Told(either, 99.0))
        shown = shown_of()
        assert shown[0] == OWLS
        assert FOXES not in shown

    def test_without_anything_found_they_are_all_that_is_said(self, planned: Planned) -> None:
        planned(leads=["zebras"], after=["owls"])
        assert Engine((), facts()).texts() == [ZEBRAS, OWLS]


class TestStandingFacts:
    def test_a_plan_of_many_gets_no_more_than_two_said(self, planned: Planned) -> None:
        first = direct(planned)
        planned(after=["zebras", "whales", "owls"])
        assert MOST_STANDING == 2
        assert shown_of() == [*first[:6], ZEBRAS, WHALES]

    @pytest.mark.parametrize(
        "names", [("zebras", "whales"), ("whales", "zebras"), ("owls", "whales"), ("owls",)]
    )
    def test_they_follow_the_direct_answer_in_the_order_of_the_plan(
        self, names: tuple[str, ...], planned: Planned
    ) -> None:
        first = direct(planned)
        planned(after=names)
        assert shown_of() == [*first[: 8 - len(names)], *(FACTS[name] for name in names)]

    def test_where_there_is_room_no_sentence_gives_way(self, planned: Planned) -> None:
        planned(after=["zebras", "whales"])
        shown = shown_of("Ana lit the lantern. Nobody slept.")
        assert shown == ["Ana lit the lantern.", "Nobody slept.", ZEBRAS, WHALES]

    @pytest.mark.parametrize("said", [ZEBRAS, "All zebras graze in that green valley."])
    def test_what_the_direct_answer_says_in_any_words_is_not_said_again(
        self, said: str, planned: Planned
    ) -> None:
        planned(after=["zebras", "whales", "owls"])
        shown = shown_of(f"{said} Ana lit the lantern.", *ANSWERING[1:])
        assert len([text for text in shown if "ebras" in text]) == 1
        assert shown[-2:] == [WHALES, OWLS]

    def test_what_gives_way_keeps_no_fact_out(self, planned: Planned) -> None:
        texts = [*ANSWERING[:4], f"{ZEBRAS} Every lantern broke."]
        planned()
        assert ZEBRAS in shown_of(*ANSWERING[:4], ZEBRAS)
        planned(after=["zebras", "whales"])
        shown = shown_of(*texts)
        assert shown[-2:] == [ZEBRAS, WHALES]
        assert shown.count(ZEBRAS) == 1
        assert len(shown) == 8

    def test_two_facts_that_say_the_same_are_one(self, planned: Planned) -> None:
        twin = passage("twin", "Zebras graze in that green valley.")
        planned(after=["zebras", "twin", "owls"])
        shown = Engine(answering(*ANSWERING), [*facts(), twin]).texts()
        assert len([text for text in shown if "Zebras" in text]) == 1
        assert shown[-1] == OWLS


class TestAPlanThatIsNotSure:
    def test_changes_nothing(self, planned: Planned) -> None:
        first = direct(planned)
        planned(leads=["zebras", "whales"], after=["owls"], sure=False)
        assert shown_of() == first

    def test_leaves_a_premise_put_right(
        self, planned: Planned, believed: Callable[[str], None]
    ) -> None:
        believed("foxes")
        first = direct(planned)
        planned(leads=["zebras"], sure=False)
        assert shown_of() == first
        assert first[0] == FOXES


def test_the_plan_is_told_from_the_question_and_what_was_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[LanguageIndex, str, int]] = []

    def told(part: LanguageIndex, text: str, found: Found) -> None:
        asked.append((part, text, len(found.hits)))

    monkeypatch.setattr(quotes, "told", told)
    engine = Engine(answering(*ANSWERING), facts())
    engine.texts()
    assert asked == [(engine.index.languages[EN], LANTERN, len(ANSWERING))]


class TestAPlanThatIsOnlyLikely:
    """What the likely plans share opens the answer and comes after it."""

    def texts(
        self, monkeypatch: pytest.MonkeyPatch, chance: float, opening: int, after: int
    ) -> list[str]:
        plan = plan_of(["zebras", "whales", "owls"], ["foxes"])
        shared = Shared(plan.leads[1 : 1 + opening], (*plan.after, *plan.leads[::-1])[:after])
        kind = Told(plan, chance, shared=shared)
        monkeypatch.setattr(quotes, "told", lambda part, text, found: kind)
        return shown_of()

    def test_what_is_shared_opens_and_follows(
        self, monkeypatch: pytest.MonkeyPatch, planned: Planned
    ) -> None:
        without = direct(planned)
        shown = self.texts(monkeypatch, 0.2, opening=1, after=2)
        assert shown[0] == WHALES
        assert shown[1:6] == without[:5]
        assert set(shown[6:]) == {FOXES, OWLS}

    def test_a_likelier_one_opens_with_its_first_lead(
        self, monkeypatch: pytest.MonkeyPatch, planned: Planned
    ) -> None:
        without = direct(planned)
        assert self.texts(monkeypatch, 0.3, opening=1, after=0)[:2] == [ZEBRAS, WHALES]
        assert self.texts(monkeypatch, 0.3, opening=0, after=0) == [ZEBRAS, *without[:7]]

    def test_where_nothing_is_shared_nothing_is_added(
        self, monkeypatch: pytest.MonkeyPatch, planned: Planned
    ) -> None:
        without = direct(planned)
        assert self.texts(monkeypatch, 0.29, opening=0, after=0) == without


PLANS = {
    "no plan": ((), ()),
    "leads": (("zebras", "whales"), ()),
    "all": (("zebras",), ("whales", "owls", "foxes")),
}


@pytest.mark.parametrize("names", PLANS.values(), ids=PLANS)
@pytest.mark.parametrize("text", [LANTERN, "zebras", "Who lit whales?", ""])
class TestWhateverIsAsked:
    def draft(self, text: str, audience: Audience = PUBLIC) -> tuple[Draft, Index]:
        engine = Engine(answering(*ANSWERING), facts())
        return engine.draft(text, audience), engine.index

    def test_there_are_never_more_than_eight_and_none_twice(
        self, names: tuple[tuple[str, ...], tuple[str, ...]], text: str, planned: Planned
    ) -> None:
        planned(*names)
        texts = [each.sentence.text for each in self.draft(text)[0].chosen]
        assert len(texts) <= 8
        assert len(set(texts)) == len(texts)

    def test_every_sentence_is_one_of_its_passage(
        self, names: tuple[tuple[str, ...], tuple[str, ...]], text: str, planned: Planned
    ) -> None:
        planned(*names)
        made, index = self.draft(text)
        for each in made.chosen:
            assert each.passage in index.languages[EN].passages
            assert each.sentence in each.passage.sentences

    def test_the_same_question_drafts_the_same(
        self, names: tuple[tuple[str, ...], tuple[str, ...]], text: str, planned: Planned
    ) -> None:
        planned(*names)
        assert self.draft(text)[0] == self.draft(text)[0]

    def test_every_audience_is_told_the_same_sentences(
        self, names: tuple[tuple[str, ...], tuple[str, ...]], text: str, planned: Planned
    ) -> None:
        planned(*names)
        told = {frozenset(self.draft(text, each)[0].chosen) for each in Audience}
        assert len(told) == 1


class TestAnAudience:
    def texts(self, audience: Audience) -> list[str]:
        """Of a guide and a statute that answer alike, and of what opens and ends the answer."""
        sources = {"guide": Kind.GUIDE, "law": Kind.STATUTE}
        main = [
            make_passage(
                ANSWERING[place],
                make_source(name, kind=kind, audiences=tuple(Audience)),
                questions=(f"About {name}?",),
            )
            for place, (name, kind) in enumerate(sources.items())
        ]
        engine = Engine(main, facts())
        found = engine.finder.find(Search(LANTERN, EN, 12))
        hits = tuple(
            type(hit)(hit.passage, 1.0, hit.ranks)
            for hit in found.hits
            if hit.passage.source.id in sources
        )
        question = Question(LANTERN, LANTERN, EN, audience, TODAY)
        draft = engine.engine.draft(question, Found(hits, found.vector, found.peaks))
        return [each.sentence.text for each in draft.chosen]

    def test_reads_what_it_likes_first_between_what_opens_and_what_ends(
        self, planned: Planned, believed: Callable[[str], None]
    ) -> None:
        believed("foxes")
        planned(leads=["zebras"], after=["owls"])
        told = {audience: self.texts(audience) for audience in Audience}
        for texts in told.values():
            assert (texts[:2], texts[-1]) == ([FOXES, ZEBRAS], OWLS)
        lit, saw = "Ana lit the lantern.", "Bruno saw the lantern."
        assert told[PUBLIC].index(lit) < told[PUBLIC].index(saw)
        assert told[STAFF].index(saw) < told[STAFF].index(lit)
        assert told[ADVOCATE].index(saw) < told[ADVOCATE].index(lit)


class TestAsOfAnEarlierDay:
    DAY = date(2025, 6, 1)
    LATER = (
        "Ana lit the lantern on May 4, 2025. Bruno put the lantern out on July 9, 2025. Rain fell."
    )

    @pytest.mark.parametrize("names", PLANS.values(), ids=PLANS)
    @pytest.mark.parametrize("audience", Audience)
    def test_no_source_published_later_and_no_later_date_is_shown(
        self,
        names: tuple[tuple[str, ...], tuple[str, ...]],
        audience: Audience,
        planned: Planned,
        believed: Callable[[str], None],
    ) -> None:
        planned(*names)
        believed("foxes")
        main = [*answering(self.LATER), passage("new", ANSWERING[1], "2025-08-01")]
        engine = Engine(main, [*facts()[:1], *facts("2025-08-01")[1:]])
        shown = engine.draft(audience=audience, as_of=self.DAY).chosen
        assert shown
        for each in shown:
            assert known_on(each.passage.source, self.DAY), each.passage.source.id
            assert all(day <= self.DAY for day in dates_in(each.sentence.text))
        assert "Bruno put the lantern out on July 9, 2025." in engine.texts(audience)

    @pytest.mark.parametrize("place", ["leads", "after"])
    def test_a_fact_that_was_not_known_yet_is_told_another_way_or_not_at_all(
        self, place: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The next sentence that can state it is taken, where that was known."""
        others = [passage("zebras", ZEBRAS, "2025-08-01"), passage("owls", OWLS)]
        engine = Engine(answering(*ANSWERING), others)
        for aspects, then in [(("zebras", "owls"), {OWLS}), (("zebras",), set())]:
            stated = (aspect(*aspects),)
            plan = Plan(
                "any",
                {},
                frozenset(),
                stated if place == "leads" else (),
                stated if place == "after" else (),
            )
            monkeypatch.setattr(quotes, "told", lambda *_, plan=plan: Told(plan, 99.0))
            assert {ZEBRAS, OWLS} & set(engine.texts(as_of=self.DAY)) == then
            assert {ZEBRAS, OWLS} & set(engine.texts()) == {ZEBRAS}

    def test_a_correction_that_was_not_known_yet_opens_nothing(
        self, planned: Planned, believed: Callable[[str], None]
    ) -> None:
        believed("foxes")
        planned(leads=["zebras"])
        late = passage("foxes", FOXES, "2025-08-01")
        engine = Engine(answering(*ANSWERING), [late, passage("zebras", ZEBRAS)])
        assert engine.texts(as_of=self.DAY)[0] == ZEBRAS
        assert engine.texts()[:2] == [FOXES, ZEBRAS]


names_of_facts = st.lists(st.sampled_from([*FACTS, "nowhere"]), max_size=3, unique=True)


@given(
    leads=names_of_facts,
    after=names_of_facts,
    texts=st.lists(st.sampled_from(ANSWERING), max_size=5, unique=True),
    audience=st.sampled_from(Audience),
)
def test_whatever_a_plan_calls_for_an_answer_keeps_its_promises(
    leads: list[str], after: list[str], texts: list[str], audience: Audience
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        kind = Told(plan_of(leads, after), 99.0)
        patch.setattr(quotes, "told", lambda part, text, found: kind)
        shown = Engine(answering(*texts), facts()).texts(audience)
    assert len(shown) <= MOST_SENTENCES
    assert len(set(shown)) == len(shown)
    opening = [FACTS[name] for name in leads if name in FACTS]
    assert shown[: len(opening)] == opening
    ending = [FACTS[name] for name in after if name in FACTS and name not in leads]
    standing = ending[:MOST_STANDING]
    assert shown[len(shown) - len(standing) :] == standing


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("text", "opened_by"),
    [
        ("Am I on the list that the IRS gave to ICE?", "nobody_can_tell"),
        ("¿Debo declarar impuestos este año?", "duty_to_file"),
    ],
)
def test_with_the_real_documents_a_clear_question_is_opened_by_its_lead(
    text: str, opened_by: str, whole_assistant: Assistant
) -> None:
    aspects = {each.name: each for plan in plans().values() for each in plan.leads}
    answer = whole_assistant.ask(Request(text))
    (pick, *_) = aspects[opened_by].picks
    assert pick.patterns[answer.question.language].search(answer.sentences[0].text)
