"""The quotes engine: sentences for the question, then the standing facts it calls for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pytest
from fakes import FakeEmbedder, make_index, make_passage, make_source
from numpy.typing import NDArray

from assistant.answer import quotes
from assistant.answer.plans import Aspect, Plan
from assistant.answer.quotes import MOST_STANDING, Draft, QuotesEngine
from assistant.answer.select import MOST_SENTENCES
from assistant.index.opened import Index
from assistant.models import Audience, Language, Passage, Question
from assistant.retrieve.find import Finder, Found, Search
from assistant.status import dates_in, known_on

EN, ES = Language.EN, Language.ES
PUBLIC, STAFF, ADVOCATE = Audience.PUBLIC, Audience.STAFF, Audience.ADVOCATE
TODAY = date(2026, 11, 22)

ZEBRAS = "Zebras graze in the green valley."
WHALES = "Whales sing in the cold ocean."
OWLS = "Owls hunt beside the old barn."
FACTS = {"zebras": ZEBRAS, "whales": WHALES, "owls": OWLS}
LANTERN = "Who lit the lantern?"
# Three passages that answer, from which eight sentences are chosen.
ANSWERING = (
    "Ana lit the lantern. Nobody slept. Rain fell.",
    "Bruno saw the lantern. Doors were shut. Snow came.",
    "The lantern burned. Carla wept.",
)


def passage(name: str, text: str, published: str = "2025-01-01") -> Passage:
    return make_passage(text, make_source(name, published=published), questions=(f"About {name}?",))


def answering(*texts: str) -> list[Passage]:
    return [passage(f"lantern-{number}", text) for number, text in enumerate(texts)]


def facts(published: str = "2025-01-01") -> list[Passage]:
    return [passage(name, text, published) for name, text in FACTS.items()]


def plan_of(*names: str) -> Plan:
    """A plan with these aspects, each searched for in the words of its fact."""
    aspects = tuple(
        Aspect(name, {language: FACTS.get(name, name) for language in Language}) for name in names
    )
    return Plan("any", {language: () for language in Language}, frozenset(), aspects)


@dataclass
class FakePlanner:
    """Tells the same plan for every question."""

    plan: Plan | None

    def plan_for(self, text: str, found: Found, language: Language) -> Plan | None:
        """What it was given."""
        return self.plan


Plans = Callable[..., None]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Plans:
    """Makes every question call for these aspects; for no plan where none are named."""

    def planned(*names: str) -> None:
        planner = FakePlanner(plan_of(*names) if names else None)
        monkeypatch.setattr(quotes, "Planner", lambda encode: planner)

    planned()
    return planned


@dataclass
class CountingFinder:
    """A finder that keeps what it was asked."""

    finder: Finder
    asked: list[Search] = field(default_factory=list)

    def find(self, search: Search) -> Found:
        """What the finder finds."""
        self.asked.append(search)
        return self.finder.find(search)

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The finder's vectors."""
        return self.finder.vectors(texts)


class Engine:
    """An engine over passages in memory, asked about what answers first."""

    def __init__(self, main: Sequence[Passage], others: Sequence[Passage]) -> None:
        embedder = FakeEmbedder()
        self.index: Index = make_index([*main, *others], embedder)
        self.finder = CountingFinder(Finder(self.index, embedder))
        self.engine = QuotesEngine(self.index, self.finder)
        self.main = main

    def draft(self, text: str = LANTERN, audience: Audience = PUBLIC, as_of: date = TODAY) -> Draft:
        found = self.finder.find(Search(text, EN, 12, as_of=as_of if as_of < TODAY else None))
        places = {each.source.id: place for place, each in enumerate(self.main)}
        hits = sorted(
            (hit for hit in found.hits if hit.passage.source.id in places),
            key=lambda hit: places[hit.passage.source.id],
        )
        question = Question(text, text, EN, audience, as_of)
        return self.engine.draft(question, Found(tuple(hits), found.vector, found.peaks))

    def texts(self, audience: Audience = PUBLIC, as_of: date = TODAY) -> list[str]:
        return [each.sentence.text for each in self.draft(LANTERN, audience, as_of).chosen]


def direct(planned: Plans) -> list[str]:
    """What is shown where no standing fact is called for."""
    planned()
    shown = Engine(answering(*ANSWERING), facts()).texts()
    assert len(shown) == MOST_SENTENCES == 8
    return shown


class TestStandingFacts:
    @pytest.mark.parametrize(("audience", "most"), [(PUBLIC, 2), (STAFF, 1), (ADVOCATE, 1)])
    def test_the_public_gets_two_and_those_who_work_with_the_record_one(
        self, audience: Audience, most: int, planned: Plans
    ) -> None:
        first = direct(planned)
        planned("zebras", "whales", "owls")
        shown = Engine(answering(*ANSWERING), facts()).texts(audience)
        assert MOST_STANDING[audience] == most
        assert shown == [*first[: 8 - most], *[ZEBRAS, WHALES][:most]]

    @pytest.mark.parametrize(
        "names", [("zebras", "whales"), ("whales", "zebras"), ("owls", "whales"), ("owls",)]
    )
    def test_they_follow_the_direct_answer_in_the_order_of_the_plan(
        self, names: tuple[str, ...], planned: Plans
    ) -> None:
        first = direct(planned)
        planned(*names)
        shown = Engine(answering(*ANSWERING), facts()).texts()
        assert shown == [*first[: 8 - len(names)], *(FACTS[name] for name in names)]

    def test_where_there_is_room_no_sentence_gives_way(self, planned: Plans) -> None:
        planned("zebras", "whales")
        shown = Engine(answering("Ana lit the lantern. Nobody slept."), facts()).texts()
        assert shown == ["Ana lit the lantern.", "Nobody slept.", ZEBRAS, WHALES]

    def test_what_the_direct_answer_says_is_not_said_again(self, planned: Plans) -> None:
        planned("zebras", "whales", "owls")
        said = f"Ana lit the lantern. {ZEBRAS}"
        shown = Engine(answering(said, *ANSWERING[1:]), facts()).texts()
        assert shown.count(ZEBRAS) == 1
        assert shown[-2:] == [WHALES, OWLS]

    def test_what_it_says_in_other_words_is_not_said_again(self, planned: Plans) -> None:
        planned("zebras", "owls")
        said = "Ana lit the lantern. All zebras graze in that green valley."
        shown = Engine(answering(said, *ANSWERING[1:]), facts()).texts()
        assert ZEBRAS not in shown
        assert shown[-1] == OWLS

    def test_what_gives_way_keeps_no_fact_out(self, planned: Plans) -> None:
        last = f"The lantern burned. {ZEBRAS}"
        planned()
        assert Engine(answering(*ANSWERING[:2], last), facts()).texts()[-1] == ZEBRAS
        planned("zebras", "whales")
        shown = Engine(answering(*ANSWERING[:2], last), facts()).texts()
        assert shown[-2:] == [ZEBRAS, WHALES]
        assert shown.count(ZEBRAS) == 1
        assert len(shown) == 8

    def test_what_is_said_as_a_standing_fact_is_not_said_before_it(self, planned: Plans) -> None:
        last = f"{ZEBRAS} The lantern burned."
        planned("zebras")
        shown = Engine(answering(*ANSWERING[:2], last), facts()).texts()
        assert shown[-2:] == ["The lantern burned.", ZEBRAS]
        assert shown.count(ZEBRAS) == 1
        assert len(shown) == 8

    def test_two_facts_that_say_the_same_are_one(self, planned: Plans) -> None:
        twin = passage("twin", "Zebras graze in that green valley.")
        planned("zebras", "Zebras graze in that green valley.", "owls")
        shown = Engine(answering(*ANSWERING), [*facts(), twin]).texts()
        assert len([text for text in shown if "Zebras" in text]) == 1
        assert shown[-1] == OWLS

    def test_an_aspect_that_nothing_fits_is_left_out(self, planned: Plans) -> None:
        first = direct(planned)
        planned("Penguins march across the endless southern ice shelf.")
        assert Engine(answering(*ANSWERING), facts()).texts() == first
        planned("Penguins march across the endless southern ice shelf.", "owls", "whales")
        assert Engine(answering(*ANSWERING), facts()).texts() == [*first[:6], OWLS, WHALES]

    def test_each_is_searched_for_once_a_day_and_language(self, planned: Plans) -> None:
        planned("zebras", "whales")
        engine = Engine(answering(*ANSWERING), facts())
        first = engine.texts()
        assert [search.text for search in engine.finder.asked[1:]] == [ZEBRAS, WHALES]
        assert all(search.as_of == TODAY for search in engine.finder.asked[1:])
        assert engine.texts() == first
        assert len(engine.finder.asked) == 4
        engine.texts(as_of=date(2026, 1, 1))
        assert len(engine.finder.asked) == 7

    def test_days_without_end_are_not_all_kept_and_change_no_answer(
        self, planned: Plans, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(quotes, "_MOST_KEPT", 3)
        planned("zebras", "whales")
        engine = Engine(answering(*ANSWERING), facts())
        first = engine.texts()
        for month in range(1, 11):
            assert engine.texts(as_of=date(2026, month, 1)) == first
        assert engine.texts() == first

    def test_without_anything_found_they_are_all_that_is_said(self, planned: Plans) -> None:
        planned("zebras", "whales", "owls")
        assert Engine((), facts()).texts() == [ZEBRAS, WHALES]


@pytest.mark.parametrize("names", [(), ("zebras", "whales", "owls")], ids=["no plan", "a plan"])
@pytest.mark.parametrize("text", [LANTERN, "zebras", "Who lit whales?", ""])
@pytest.mark.parametrize("audience", Audience)
class TestWhateverIsAsked:
    def draft(self, text: str, audience: Audience) -> tuple[Draft, Index]:
        engine = Engine(answering(*ANSWERING), facts())
        return engine.draft(text, audience), engine.index

    def test_there_are_never_more_than_eight_and_none_twice(
        self, names: tuple[str, ...], text: str, audience: Audience, planned: Plans
    ) -> None:
        planned(*names)
        made, _ = self.draft(text, audience)
        texts = [each.sentence.text for each in made.chosen]
        assert len(texts) <= 8
        assert len(set(texts)) == len(texts)

    def test_every_sentence_is_one_of_its_passage(
        self, names: tuple[str, ...], text: str, audience: Audience, planned: Plans
    ) -> None:
        planned(*names)
        made, index = self.draft(text, audience)
        for each in made.chosen:
            assert each.passage in index.languages[EN].passages
            assert each.sentence in each.passage.sentences

    def test_the_same_question_drafts_the_same(
        self, names: tuple[str, ...], text: str, audience: Audience, planned: Plans
    ) -> None:
        planned(*names)
        assert self.draft(text, audience)[0] == self.draft(text, audience)[0]


class TestAsOfAnEarlierDay:
    DAY = date(2025, 6, 1)
    LATER = (
        "Ana lit the lantern on May 4, 2025. Bruno put the lantern out on July 9, 2025. Rain fell."
    )

    @pytest.mark.parametrize("names", [(), ("zebras", "whales", "owls")])
    @pytest.mark.parametrize("audience", Audience)
    def test_no_source_published_later_and_no_later_date_is_shown(
        self, names: tuple[str, ...], audience: Audience, planned: Plans
    ) -> None:
        planned(*names)
        main = [*answering(self.LATER), passage("new", ANSWERING[1], "2025-08-01")]
        engine = Engine(main, [*facts()[:1], *facts("2025-08-01")[1:]])
        shown = engine.draft(audience=audience, as_of=self.DAY).chosen
        assert shown
        for each in shown:
            assert known_on(each.passage.source, self.DAY), each.passage.source.id
            assert all(day <= self.DAY for day in dates_in(each.sentence.text))
        assert "Bruno put the lantern out on July 9, 2025." in engine.texts(audience)

    def test_a_later_question_still_gets_what_an_earlier_day_had_to_do_without(
        self, planned: Plans
    ) -> None:
        planned("zebras", "whales")
        engine = Engine(answering(*ANSWERING), facts("2025-08-01"))
        for _ in range(2):
            assert {ZEBRAS, WHALES}.isdisjoint(engine.texts(as_of=self.DAY))
            assert engine.texts()[-2:] == [ZEBRAS, WHALES]

    def test_what_is_not_known_yet_is_not_filled_with_something_else(self, planned: Plans) -> None:
        planned("zebras")
        others = [passage("other", "The valley has a green barn."), *facts("2025-08-01")]
        engine = Engine(answering(*ANSWERING), others)
        assert "The valley has a green barn." not in engine.texts(as_of=self.DAY)
        assert engine.texts()[-1] == ZEBRAS
