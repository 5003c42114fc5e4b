"""The quotes engine: sentences for the question, then the standing facts it calls for."""

from __future__ import annotations

from datetime import date

import pytest
from fakes import FakeEmbedder, make_index, make_passage, make_source

from assistant.answer.quotes import Draft, QuotesEngine
from assistant.index.opened import Index
from assistant.models import Audience, Language, Passage, Question
from assistant.retrieve.find import Finder, Search
from assistant.status import dates_in, known_on

EN = Language.EN
TODAY = date(2026, 11, 22)


def passage(name: str, text: str, published: str = "2025-01-01") -> Passage:
    return make_passage(text, make_source(name, published=published), questions=(f"About {name}?",))


PASSAGES = [
    passage(
        "shared",
        "The IRS gave addresses to ICE. It gave 47,289 of them in August 2025. They were many. "
        "Names were added. Nobody was told. Officers waited for the list.",
    ),
    passage("nobody", "Nobody outside the IRS or ICE can tell whether one person was on the list."),
    passage("orders", "Court orders block the sharing of tax data with ICE today.", "2026-07-28"),
    passage("file", "The legal duty to file a tax return applies whatever the status."),
    passage("help", "Free qualified legal help with taxes and immigration is near."),
    *(passage(f"filler-{number}", f"Filler {number} is about zebras.") for number in range(6)),
]


def draft(
    text: str, as_of: date = TODAY, passages: list[Passage] | None = None
) -> tuple[Draft, Index]:
    embedder = FakeEmbedder()
    index = make_index(passages or PASSAGES, embedder)
    finder = Finder(index, embedder)
    question = Question(text, text, EN, Audience.PUBLIC, as_of)
    found = finder.find(Search(text, EN, 12, as_of=as_of if as_of < TODAY else None))
    return QuotesEngine(index, finder).draft(question, found), index


def documents(made: Draft) -> list[str]:
    return [each.passage.source.id for each in made.chosen]


def test_the_direct_answer_comes_first() -> None:
    made, _ = draft("Which addresses did the IRS give?")
    assert documents(made)[0] == "shared"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Did the IRS give my address to ICE?", {"nobody", "orders"}),
        ("Should I file my tax return?", {"file"}),
    ],
)
def test_standing_facts_are_added_unasked(text: str, wanted: set[str]) -> None:
    made, _ = draft(text)
    assert wanted <= set(documents(made))


@pytest.mark.parametrize(
    "text",
    [
        "Did the IRS give my address to ICE?",
        "Should I file my taxes, and what can I do, I am afraid of ICE?",
        "zebras",
        "",
    ],
)
def test_there_are_never_more_than_six_and_none_twice(text: str) -> None:
    made, _ = draft(text)
    texts = [each.sentence.text for each in made.chosen]
    assert len(texts) <= 6
    assert len(set(texts)) == len(texts)


def test_every_sentence_is_one_of_its_passage() -> None:
    made, index = draft("Did the IRS give my address to ICE?")
    for each in made.chosen:
        assert each.passage in index.languages[EN].passages
        assert each.sentence in each.passage.sentences


def test_the_same_question_drafts_the_same() -> None:
    assert draft("Did the IRS give my address?")[0] == draft("Did the IRS give my address?")[0]


class TestAsOfAnEarlierDay:
    DAY = date(2025, 6, 1)

    @pytest.mark.parametrize(
        "text",
        ["Did the IRS give my address to ICE?", "Is the agreement still in effect?", "addresses"],
    )
    def test_no_source_published_later_and_no_later_date_is_shown(self, text: str) -> None:
        made, _ = draft(text, self.DAY)
        for each in made.chosen:
            assert known_on(each.passage.source, self.DAY), each.passage.source.id
            assert all(day <= self.DAY for day in dates_in(each.sentence.text))

    def test_a_later_question_still_gets_what_an_earlier_day_had_to_do_without(self) -> None:
        embedder = FakeEmbedder()
        index = make_index(PASSAGES, embedder)
        finder = Finder(index, embedder)
        engine = QuotesEngine(index, finder)
        text = "Did the IRS give my address to ICE?"

        def asked(day: date) -> list[str]:
            question = Question(text, text, EN, Audience.PUBLIC, day)
            search = Search(text, EN, 12, as_of=day if day < TODAY else None)
            return documents(engine.draft(question, finder.find(search)))

        assert "orders" not in asked(self.DAY)
        assert "orders" in asked(TODAY)
        assert "orders" not in asked(self.DAY)
