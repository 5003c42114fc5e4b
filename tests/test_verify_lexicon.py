"""The word lists: each is read, and no pattern takes long over a text made to slow it down."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest

from assistant.verify import clauses, dropped, facts, lexicon

SLOWEST = 0.5  # seconds over 20,000 characters
HOSTILE = {
    "letters": "a" * 20_000,
    "digits": "1" * 20_000,
    "grouped": "1,1." * 5_000,
    "spaces": "su " * 6_667,
    "blanks": " " * 20_000,
    "quotes": "“" * 20_000,
    "capitals": "A." * 10_000,
    "your": "your a a " * 2_222,
    "debe": "debe " * 4_000,
    "dashes": "A-’" * 6_667,
}


def patterns() -> Iterator[re.Pattern[str]]:
    lists = lexicon.lexicon()
    for kind in lists.personal.values():
        yield from kind
    yield from (names.pattern for _, names in lists.alike)
    for each in (*lists.same, *lists.counted, *lists.strength.values()):
        yield each.pattern
    yield from (side.pattern for pair in lists.opposites for side in pair)
    yield from (each.pattern for each in (lists.hedges, lists.actors, lists.present, lists.over))
    for module in (facts, lexicon, clauses, dropped):
        yield from (each for each in vars(module).values() if isinstance(each, re.Pattern))


@pytest.mark.parametrize("name", HOSTILE)
def test_no_pattern_is_slow_over_a_hostile_text(name: str) -> None:
    slow = []
    for pattern in patterns():
        started = time.process_time()
        for _ in pattern.finditer(HOSTILE[name]):
            pass
        if (taken := time.process_time() - started) > SLOWEST:
            slow.append((pattern.pattern[:80], round(taken, 2)))
    assert slow == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Internal Revenue Service", "the IRS"),
        ("Public Law 116-25", "P.L. 116-25"),
        ("el Departamento del Tesoro", "el Tesoro"),
        ("section 6103", "§ 6103"),
    ],
)
def test_names_of_one_thing_are_the_same(one: str, other: str) -> None:
    assert lexicon.unified(one) == lexicon.unified(other)


def test_a_figure_in_a_list_stands_for_any() -> None:
    over = next(
        side for pair in lexicon.lexicon().opposites for side in pair if side.within("over 5")
    )
    assert over.within("over $47,289 names")
    assert not over.within("a suit over taxes")
