"""What is found: the passage that says it, from the source that governs, known on the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from fakes import FakeEmbedder, make_index, make_passage, make_source

from assistant.config import Settings
from assistant.models import Audience, Kind, Language, Passage, Standing
from assistant.retrieve.find import Finder, Found, Search
from assistant.service import Assistant

EN, ES = Language.EN, Language.ES
SHARED = "The agency handed addresses to immigration officers."
BLOCKED = "A judge in Washington stopped the exchange."
LISTS = {
    "passage_vector",
    "sentence_vector",
    "question_vector",
    "text_words",
    "question_words",
    "question_map",
}


def find(passages: Sequence[Passage], text: str, k: int = 10, **more: Any) -> Found:
    embedder = FakeEmbedder()
    finder = Finder(make_index(passages, embedder), embedder)
    return finder.find(Search(text, more.pop("language", EN), k, **more))


def documents(found: Found) -> list[str]:
    return [hit.passage.source.id for hit in found.hits]


def doc(name: str, text: str, **facts: Any) -> Passage:
    pinpoint = facts.pop("pinpoint", "Heading")
    source = make_source(name, **facts)
    return make_passage(text, source, pinpoint=pinpoint, questions=("Anything else?",))


def test_the_passage_that_holds_the_words_comes_first() -> None:
    passages = [doc("one", BLOCKED), doc("two", SHARED), doc("three", "Nothing of the kind.")]
    assert documents(find(passages, "Which addresses were handed to officers?"))[0] == "two"


def test_what_lies_beside_the_subject_must_fit_clearly_better() -> None:
    said = "Officers were handed addresses by the agency."
    beside = replace(make_source("beside"), topics=("tests", "neighbouring-subject"))
    passages = [
        make_passage(SHARED, beside, questions=("Anything else?",)),
        doc("ours", said),
        doc("far", "Nothing of the kind."),
    ]
    asked = "Were officers handed addresses by an agency?"
    assert documents(find(passages, asked))[0] == "ours"
    assert documents(find(passages[::2], asked))[0] == "beside"


def test_a_question_that_a_section_answers_vouches_for_all_of_its_parts() -> None:
    source = make_source("long")
    asked = ("Why is the sky blue?",)
    parts = [
        make_passage("Zinc is a metal.", source, part=0, questions=asked),
        make_passage("Wool is warm.", source, part=1, start=50, questions=asked),
    ]
    others = [doc(f"other-{number}", f"Filler number {number}.") for number in range(5)]
    found = find([*others, *parts], "why is the sky blue")
    assert documents(found)[:2] == ["long", "long"]
    # Both reach as high, so they share the first place.
    assert [hit.ranks["question_words"] for hit in found.hits[:2]] == [1, 1]


def test_passages_that_reach_as_high_share_a_rank_and_the_next_comes_after_both() -> None:
    source = make_source("long")
    asked = ("Why is the sky blue?",)
    parts = [
        make_passage("Zinc is a metal.", source, part=0, questions=asked),
        make_passage("Wool is warm.", source, part=1, start=50, questions=asked),
    ]
    other = make_passage("Grass grows.", make_source("sea"), questions=("Why is the sea salty?",))
    found = find([other, *parts], "why is the blue sky above the sea so very blue")
    ranks = {hit.passage.text: hit.ranks["question_words"] for hit in found.hits}
    assert ranks == {"Zinc is a metal.": 1, "Wool is warm.": 1, "Grass grows.": 3}


@pytest.mark.parametrize(("k", "expected"), [(1, 1), (2, 2), (50, 3)])
def test_no_more_than_k_are_found(k: int, expected: int) -> None:
    passages = [doc("one", BLOCKED), doc("two", SHARED), doc("three", "A judge stopped officers.")]
    assert len(find(passages, "judge officers exchange", k).hits) == expected


def test_hits_tell_their_score_and_their_rank_in_each_list() -> None:
    found = find([doc("one", BLOCKED), doc("two", SHARED)], "the judge in Washington")
    assert [hit.score for hit in found.hits] == sorted((h.score for h in found.hits), reverse=True)
    assert set(found.peaks) == LISTS
    for hit in found.hits:
        assert set(hit.ranks) <= LISTS
        assert all(rank >= 1 for rank in hit.ranks.values())
    assert found.hits[0].ranks["text_words"] == 1


def test_the_vector_is_that_of_the_text() -> None:
    found = find([doc("one", BLOCKED)], "the judge")
    assert list(found.vector) == list(FakeEmbedder().encode(["the judge"])[0])


class TestAProvisionThatIsNamed:
    PASSAGES = (
        doc("crime", "Employees who tell may go to prison.", pinpoint="The crime of § 7213"),
        doc("requests", "Zinc is a metal.", pinpoint="What § 6103(i)(2) asks for"),
        doc("letters", "Wool is warm.", pinpoint="What § 6103(k)(6) allows"),
    )
    WORDY = doc("wordy", "Everyone has heard of section 7213 and of section 6103(i)(2).")

    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("§ 7213", "crime"),
            ("what does 26 U.S.C. § 7213 say?", "crime"),
            ("6103(i)(2)", "requests"),
            ("6103i2", "requests"),
        ],
    )
    def test_its_own_section_comes_before_others_that_speak_of_it(
        self, text: str, first: str
    ) -> None:
        assert documents(find([*self.PASSAGES, self.WORDY], text))[0] == first

    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("section 6103(i)", "requests"),
            ("section 6103(i)(2)(B)", "requests"),
            ("section 6103(k)", "letters"),
        ],
    )
    def test_what_lies_inside_or_around_it_comes_before_its_neighbours(
        self, text: str, first: str
    ) -> None:
        assert documents(find(self.PASSAGES, text))[0] == first


# Two documents that say the same: of what facts the one that is shown must be.
TIES: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ({"kind": Kind.STATUTE}, {"kind": Kind.NEWS}, {}),
    ({"kind": Kind.STATUTE}, {"kind": Kind.REGULATION}, {}),
    ({"kind": Kind.COURT}, {"kind": Kind.GUIDANCE}, {}),
    ({"kind": Kind.GUIDE}, {"kind": Kind.NEWS}, {}),
    ({"status": Standing.IN_FORCE}, {"status": Standing.SUPERSEDED}, {}),
    ({"status": Standing.PENDING}, {"status": Standing.REVERSED}, {}),
    ({"status": Standing.BLOCKED}, {"status": Standing.HISTORICAL}, {}),
    (
        {"kind": Kind.NEWS, "status": Standing.IN_EFFECT},
        {"kind": Kind.STATUTE, "status": Standing.SUPERSEDED},
        {},
    ),
    (
        {"kind": Kind.STATUTE, "status": Standing.SUPERSEDED},
        {"kind": Kind.NEWS, "status": Standing.IN_EFFECT},
        {"past": True},
    ),
]


@pytest.mark.parametrize(("winner", "loser", "search"), TIES)
@pytest.mark.parametrize("swapped", [False, True], ids=["first", "second"])
def test_of_two_that_say_the_same_the_one_that_governs_is_shown(
    winner: dict[str, Any], loser: dict[str, Any], search: dict[str, Any], swapped: bool
) -> None:
    pair = [doc("winner", SHARED, **winner), doc("loser", SHARED, **loser)]
    found = find(pair[::-1] if swapped else pair, "addresses handed to officers", **search)
    assert documents(found) == ["winner"]


@pytest.mark.parametrize("audience", Audience)
def test_whom_a_document_is_for_changes_nothing(audience: Audience) -> None:
    """Whoever asks, the same is found."""
    passages = [doc("one", SHARED), doc("two", BLOCKED), doc("three", "Officers wait.")]
    other = [replace(each, source=replace(each.source, audiences=(audience,))) for each in passages]
    text = "addresses handed to officers by a judge"
    first, second = find(passages, text), find(other, text)
    assert documents(first) == documents(second)
    assert [hit.score for hit in first.hits] == [hit.score for hit in second.hits]


def test_what_one_document_says_twice_is_not_merged() -> None:
    source = make_source("one")
    twice = [
        make_passage(
            SHARED, source, pinpoint=heading, section=number, questions=(f"{heading}, and then?",)
        )
        for number, heading in enumerate(("First", "Second"))
    ]
    assert len(find(twice, "addresses handed to officers").hits) == 2


class TestAsOfAnEarlierDay:
    PASSAGES = (
        doc("old", "The exchange of addresses began.", published="1976"),
        doc("spring", "An exchange of addresses was agreed.", published="2025-04-07"),
        doc("june", "In June the exchange of addresses went on.", published="2025-06"),
        doc("later", BLOCKED, published="2025-11-21"),
    )

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(1975, 12, 31), set()),
            (date(1976, 1, 1), {"old"}),
            (date(2025, 4, 6), {"old"}),
            (date(2025, 4, 7), {"old", "spring"}),
            (date(2025, 5, 31), {"old", "spring"}),
            (date(2025, 6, 1), {"old", "spring", "june"}),
            (date(2025, 11, 20), {"old", "spring", "june"}),
            (date(2025, 11, 21), {"old", "spring", "june", "later"}),
            (None, {"old", "spring", "june", "later"}),
        ],
    )
    def test_only_what_was_published_by_then_is_found(
        self, day: date | None, expected: set[str]
    ) -> None:
        found = find(self.PASSAGES, "the exchange of addresses in June: a judge", as_of=day)
        assert set(documents(found)) == expected


def test_only_passages_of_the_asked_language_are_found() -> None:
    passages = [doc("one", SHARED), doc("uno", "La agencia entregó direcciones.", language=ES)]
    assert documents(find(passages, "direcciones que entregó la agencia", language=ES)) == ["uno"]
    assert documents(find(passages, "addresses", language=EN)) == ["one"]


@pytest.mark.parametrize("language", Language)
def test_a_language_without_documents_gives_nothing(
    language: Language, small_settings: Settings
) -> None:
    for file in (small_settings.corpus / language.value).rglob("*.md"):
        file.unlink()
    assistant = Assistant(small_settings, FakeEmbedder())
    assistant.refresh(lambda step: None)
    finder = Finder(assistant.index(), FakeEmbedder())
    other = next(each for each in Language if each is not language)
    assert finder.find(Search("addresses direcciones", other, 5)).hits
    for text in ("addresses of § 6103(i)(2)", ""):
        nothing = finder.find(Search(text, language, 5, date(2026, 1, 1)))
        assert nothing.hits == ()
        assert nothing.peaks == dict.fromkeys(LISTS, 0.0)
        assert list(nothing.vector) == list(FakeEmbedder().encode([text])[0])


def test_twins_are_the_same_place_in_two_languages(shared_assistant: Assistant) -> None:
    (english,) = shared_assistant.search("How many addresses did the IRS give to ICE?", EN, 1)
    (spanish,) = shared_assistant.search("¿Cuántas direcciones le dio el IRS a ICE?", ES, 1)
    one, other = english.passage, spanish.passage
    assert (one.source.id, one.section, one.part) == (other.source.id, other.section, other.part)
    assert one.source.language is EN
    assert other.source.language is ES
    assert one.id != other.id


@pytest.mark.parametrize(
    "text", ["", " ", "?", "the of and", "\0", "x" * 3000, "🧾", "§", "((((", "%s {0}"]
)
@pytest.mark.parametrize("language", Language)
def test_any_text_can_be_searched(
    text: str, language: Language, shared_assistant: Assistant
) -> None:
    assert len(shared_assistant.search(text, language, 3)) <= 3


def test_the_same_search_finds_the_same(shared_assistant: Assistant) -> None:
    text = "Did the IRS give my address to ICE?"
    assert shared_assistant.search(text) == shared_assistant.search(text)


def test_personal_details_are_gone_before_anything_is_searched(shared_assistant: Assistant) -> None:
    with_number = shared_assistant.search("Did the IRS give 123-45-6789 to ICE?", EN)
    without = shared_assistant.search("Did the IRS give […] to ICE?", EN)
    assert with_number == without
