"""An audience reads the same sentences in an order of its own, and what answers best is first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import pytest
from fakes import make_found, make_passage, make_source
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.register import in_register
from assistant.answer.select import Chosen
from assistant.models import Audience, Basis, Kind, Passage
from assistant.retrieve.find import Found

PUBLIC, STAFF, ADVOCATE = Audience.PUBLIC, Audience.STAFF, Audience.ADVOCATE
TEXT = "One is here. Two is here. Three is here."


def passage(
    name: str,
    kind: Kind = Kind.NEWS,
    basis: Basis = Basis.SECONDARY,
    audiences: tuple[Audience, ...] = (),
) -> Passage:
    source = replace(make_source(name, kind=kind, audiences=audiences), basis=basis)
    return make_passage(TEXT, source)


def scored(passages: Sequence[Passage], scores: Sequence[float] | None = None) -> Found:
    """The passages found with these scores; where none are given, all answer alike."""
    found = make_found(passages)
    given_scores = scores or [1.0] * len(passages)
    hits = [replace(hit, score=score) for hit, score in zip(found.hits, given_scores, strict=True)]
    return replace(found, hits=tuple(hits))


def chosen(*passages: Passage) -> tuple[Chosen, ...]:
    return tuple(Chosen(each, sentence, 1.0) for each in passages for sentence in each.sentences)


def read_by(
    audience: Audience, passages: Sequence[Passage], scores: Sequence[float] | None = None
) -> list[str]:
    """The documents in the order in which an audience reads them."""
    ordered = in_register(chosen(*passages), scored(passages, scores), audience)
    return [name for name, _ in groupby(each.passage.source.id for each in ordered)]


PLAIN = passage("plain", Kind.GUIDE)
LAW = passage("law", Kind.STATUTE)
RECORD = passage("record", Kind.AGREEMENT, Basis.PRIMARY)


@pytest.mark.parametrize(
    ("audience", "first"),
    [(PUBLIC, "plain"), (STAFF, "law"), (ADVOCATE, "record")],
)
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_what_answers_alike_each_reads_its_own_first(
    audience: Audience, first: str, order: tuple[int, ...]
) -> None:
    assert read_by(audience, [(PLAIN, LAW, RECORD)[place] for place in order])[0] == first


@pytest.mark.parametrize("kind", [Kind.STATUTE, Kind.REGULATION, Kind.COURT, Kind.OVERSIGHT])
def test_staff_read_the_law_and_its_oversight_before_a_guide(kind: Kind) -> None:
    assert read_by(STAFF, [PLAIN, passage("law", kind)]) == ["law", "plain"]
    assert read_by(PUBLIC, [passage("law", kind), PLAIN]) == ["plain", "law"]


def test_advocates_read_what_can_be_published_first_and_a_guide_is_no_such_thing() -> None:
    guide = passage("guide", Kind.GUIDE, Basis.PRIMARY)
    assert read_by(ADVOCATE, [guide, RECORD]) == ["record", "guide"]
    assert read_by(ADVOCATE, [passage("other"), guide]) == ["other", "guide"]


@pytest.mark.parametrize("audience", Audience)
def test_a_document_that_names_an_audience_is_read_by_it_first(audience: Audience) -> None:
    other = next(each for each in Audience if each is not audience)
    pair = [passage("theirs", audiences=(other,)), passage("mine", audiences=(audience,))]
    assert read_by(audience, pair) == ["mine", "theirs"]


@pytest.mark.parametrize("audience", Audience)
def test_what_answers_much_better_is_read_first_by_everyone(audience: Audience) -> None:
    everything = [PLAIN, LAW, RECORD, passage("news")]
    assert read_by(audience, everything, [1.0, 1.0, 1.0, 9.0])[0] == "news"


@pytest.mark.parametrize("audience", Audience)
def test_of_what_is_liked_as_much_the_order_is_kept(audience: Audience) -> None:
    news = [passage(name) for name in ("one", "two", "three")]
    assert read_by(audience, news) == ["one", "two", "three"]
    assert read_by(audience, news[::-1]) == ["three", "two", "one"]


def test_what_was_not_found_comes_after_what_was() -> None:
    stray = passage("stray")
    ordered = in_register(chosen(stray, PLAIN), scored([PLAIN]), STAFF)
    assert [each.passage.source.id for each in ordered] == ["plain"] * 3 + ["stray"] * 3


@pytest.mark.parametrize("audience", Audience)
def test_nothing_chosen_stays_nothing(audience: Audience) -> None:
    assert in_register((), scored([PLAIN]), audience) == ()


MIXED = [
    passage(f"{kind.value}-{basis.value}", kind, basis, (list(Audience)[place % 3],))
    for place, kind in enumerate(Kind)
    for basis in Basis
]


@given(
    picks=st.lists(st.integers(0, len(MIXED) - 1), max_size=6, unique=True),
    scores=st.lists(st.floats(-2, 2), min_size=6, max_size=6),
    most=st.integers(1, 3),
    audience=st.sampled_from(Audience),
)
def test_an_order_adds_nothing_loses_nothing_and_keeps_a_passage_together(
    picks: list[int], scores: list[float], most: int, audience: Audience
) -> None:
    passages = [MIXED[pick] for pick in picks]
    given_order = tuple(
        Chosen(each, sentence, 1.0) for each in passages for sentence in each.sentences[:most]
    )
    found = scored(passages, scores[: len(passages)])
    ordered = in_register(given_order, found, audience)
    assert len(ordered) == len(given_order)
    assert set(ordered) == set(given_order)
    runs = [(key, list(run)) for key, run in groupby(ordered, key=lambda each: each.passage.id)]
    assert len({key for key, _ in runs}) == len(runs)
    for _, run in runs:
        starts = [each.sentence.start for each in run]
        assert starts == sorted(starts)
    assert in_register(ordered, found, audience) == ordered
