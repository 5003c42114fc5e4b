"""The set of personal details: well formed, true to its rules, and the goals hold on it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.models import Language

ROOT = Path(__file__).resolve().parent.parent
# evals is run from a checkout and never installed, so only the checkout can name it.
sys.path.insert(0, str(ROOT))

from evals import gate  # noqa: E402
from evals.cases import Split  # noqa: E402
from evals.personal import command, run  # noqa: E402
from evals.personal.cases import (  # noqa: E402
    Case,
    Kind,
    Legal,
    Way,
    case_of,
    load_cases,
    load_legal,
)
from evals.personal.made import EACH, made_cases  # noqa: E402
from evals.personal.rates import missed, rates  # noqa: E402
from evals.personal.report import failures, page, told  # noqa: E402

EN = Language.EN
GONE = "My SSN is {ssn|219-09-9274}, am I on the list?"
# No word and no form tells that this is one, so that something is missed on purpose.
STAYS = "is {name|zzyzx} <there>?"


def case(marked: str, name: str = "c-1") -> Case:
    return case_of(name, EN, Split.DEV, Way.PLAIN, marked)


@pytest.fixture(scope="module")
def small() -> command.Run:
    legal = (Legal(language=EN, text="§ 6103(i)(2)"), Legal(language=EN, text="my name is Ana <"))
    kept = run.kept_whole(legal, ROOT / "tests" / "small_corpus")
    return run.judge((case(GONE), case(STAYS, "c-2"))), kept


def test_a_mark_becomes_a_detail_at_its_place() -> None:
    marked = case("a {ssn|1\n2} b {name|José}.")
    assert marked.text == "a 1\n2 b José."
    assert [(each.kind, marked.written(each)) for each in marked.details] == [
        (Kind.SSN, "1\n2"),
        (Kind.NAME, "José"),
    ]


def test_a_detail_counts_as_gone_when_no_letter_or_digit_of_it_stays(small: command.Run) -> None:
    judged, kept = small
    assert [each.gone for each in judged] == [(True,), (False,)]
    assert [(each.taken, each.astray) for each in judged] == [(9, 0), (0, 0)]
    assert [(held.id, held.written(detail)) for held, detail in missed(judged)] == [
        ("c-2", "zzyzx")
    ]
    assert kept[run.LEGAL].share == 0.5
    assert kept[run.QUESTIONS].changed == ()


def test_what_else_is_taken_lowers_the_precision() -> None:
    (judged,) = run.judge((case("My SSN is {ssn|219-09}-9274."),))
    assert rates((judged,))["group"]["numbers"].precision == pytest.approx(5 / 9)


def test_a_goal_that_is_missed_or_not_measured_is_named(small: command.Run) -> None:
    kept = {"numbers": {"recall": 1.0}, run.LEGAL: {"changed": 0.5}}
    assert command.short_of(small, kept) == []
    short = command.short_of(
        small,
        {"names": {"recall": 0.5}, run.LEGAL: {"changed": 0.4}, "births": {"recall": 0.1}},
    )
    assert short == [
        "personal names, recall: 0.0000 is below its goal 0.5",
        "personal legal lines, changed: 0.5000 is over its goal 0.4",
        "personal births, recall: not measured, goal 0.1",
    ]


def test_the_tables_and_the_page_tell_the_same_and_the_page_asks_no_other_host(
    small: command.Run,
) -> None:
    assert re.search(r"numbers +1 +1\.000 +1\.000 +1\.000", told(*small))
    assert "c-2 (name, plain): 'zzyzx'" in failures(*small)
    html = page(*small)
    assert "&lt;there&gt;" in html and "<there>" not in html
    assert "http" not in html and "<script" not in html


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{}", "line 1"),
        ('{"id":"x","language":"en","split":"dev","way":"plain","marked":"none"}', "line 1"),
        ('{"id":"x","language":"en","split":"dev","way":"plain","marked":"{x|1}"}', "x: 'x' is no"),
    ],
)
def test_a_line_that_is_no_case_is_refused(tmp_path: Path, line: str, says: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        load_cases(file)


def test_the_set_is_large_and_holds_every_kind_and_way_in_both_languages() -> None:
    hand, made, legal = load_cases(), made_cases(), load_legal()
    every = (*hand, *made)
    assert len(hand) >= 800 and len(made) == 4 * EACH * len(Kind) and len(legal) >= 400
    assert len({each.id for each in every}) == len(every)
    assert len({(each.language, each.text) for each in hand}) == len(hand)
    for language in Language:
        of_language = [each for each in hand if each.language is language]
        assert {detail.kind for each in of_language for detail in each.details} == set(Kind)
        assert {each.way for each in of_language} == set(Way)
        assert sum(each.language is language for each in legal) >= 200


def test_made_cases_are_the_same_each_time_and_no_half_knows_the_other() -> None:
    once, again = made_cases(), made_cases()
    assert once == again
    halves = {
        split: {
            each.written(detail)
            for each in once
            if each.split is split
            for detail in each.details
            if detail.kind in (Kind.NAME, Kind.ADDRESS)
        }
        for split in Split
    }
    assert halves[Split.DEV].isdisjoint(halves[Split.TEST])


def test_made_numbers_are_true_to_their_rules() -> None:
    plain = [
        (detail.kind, re.sub(r"\D", "", each.written(detail)))
        for each in made_cases()
        if each.way in (Way.PLAIN, Way.DASHED, Way.SPACED)
        for detail in each.details
    ]
    for kind, digits in plain:
        if kind is Kind.ITIN:
            assert digits[0] == "9" and int(digits[3:5]) in itin_middles()
        elif kind is Kind.CARD:
            assert luhn(digits)
        elif kind is Kind.BANK and len(digits) == 9:
            weights = (3, 7, 1) * 3
            assert sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 10 == 0


def itin_middles() -> set[int]:
    return {*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)}


def luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(sum(map(int, str(value))) for value in doubled) % 10 == 0


def test_the_gate_keeps_the_goals() -> None:
    """It measures them on the whole set; here they are only kept from being lowered."""
    goals = gate.of_personal(gate.load_floors())
    assert goals["numbers"]["recall"] >= 0.99
    assert min(goals["addresses"]["recall"], goals["names"]["recall"]) >= 0.9
    assert all(named.get("changed", 0) <= 0.005 for named in goals.values())


def test_what_was_not_looked_at_while_mending_is_found_too() -> None:
    cases = (*load_cases(), *made_cases())
    unseen = [each for each in cases if each.split is Split.TEST]
    halves = rates(run.judge(unseen))["split"]
    assert halves["test: numbers"].recall >= 0.99
    assert min(halves[f"test: {each}"].recall for each in ("addresses", "names")) >= 0.9


def test_the_goals_for_details_are_no_floors_of_answers() -> None:
    floors = {"all": {"passed": 0.1}, "personal names": {"recall": 0.9}}
    assert gate.of_split(floors, "dev") == {}
    assert gate.of_personal(floors) == {"names": {"recall": 0.9}}
    assert [each.group for each in gate.missed((), floors)] == ["all"]
