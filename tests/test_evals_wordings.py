"""Fresh wordings: read, drawn, asked and counted; none of them is what a plan has learned from."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from fakes import make_part, make_passage, make_source
from ui_fakes import answer as whole_answer

from assistant.answer.cues import folded
from assistant.answer.lessons import examples
from assistant.answer.plans.table import Aspect, Plan
from assistant.errors import UsageError
from assistant.models import AnswerSentence, Language, Outcome, Request

ROOT = Path(__file__).resolve().parent.parent
# evals is run from a checkout and never installed, so only the checkout can name it.
sys.path.insert(0, str(ROOT))

from evals.wordings import cases, command, run  # noqa: E402
from evals.wordings.cases import Wording, drawn, load_wordings  # noqa: E402
from evals.wordings.report import record, shares, table  # noqa: E402
from evals.wordings.run import Asked, ask_wordings  # noqa: E402

EN, ES = Language.EN, Language.ES
WORDINGS = load_wordings()
FIRST, SECOND, OTHER = "Zebras graze.", "Zebras sleep.", "Whales sing."


def aspect(name: str, pattern: str) -> Aspect:
    return Aspect(name, ({"document": "zebras", "en": pattern, "es": pattern},))


PLANS = {
    "zebra": Plan(
        "zebra", {EN: (), ES: ()}, frozenset(), (aspect("a", "graze"), aspect("b", "sleep")), ()
    ),
    "plain": Plan("plain", {EN: (), ES: ()}, frozenset(), (), ()),
}


def words_of(text: str) -> str:
    return " ".join(re.findall(r"\w+", folded(text)))


def wording(language: Language = EN, question: str = "what do they eat") -> Wording:
    return Wording(plan="zebra", language=language, question=question)


def asked_with(outcome: Outcome, *shown: str) -> Asked:
    passage = make_passage(f"{FIRST} {SECOND} {OTHER}", make_source("zebras"))
    index = SimpleNamespace(languages={EN: make_part([passage], EN)})

    def ask(request: Request) -> object:
        assert request.question == "what do they eat"
        sentences = tuple(AnswerSentence(text, (1,)) for text in shown)
        return replace(whole_answer(), outcome=outcome, sentences=sentences)

    assistant = SimpleNamespace(ask=ask, index=lambda: index)
    return ask_wordings(assistant, [wording()])[0]  # type: ignore[arg-type]


class TestTheSet:
    def test_it_is_large_and_in_both_languages_for_every_plan_that_it_names(self) -> None:
        counts = Counter((each.plan, each.language) for each in WORDINGS)
        assert len(WORDINGS) > 3500
        assert all((plan, language) in counts for plan, _ in counts for language in Language)

    @pytest.mark.parametrize("language", Language)
    def test_none_is_what_an_index_learns_from(self, language: Language) -> None:
        learned = {words_of(text) for _, text in examples()[language]}
        mine = {words_of(each.question) for each in WORDINGS if each.language is language}
        assert mine.isdisjoint(learned)

    def test_none_stands_there_twice(self) -> None:
        counts = Counter((each.language, words_of(each.question)) for each in WORDINGS)
        assert max(counts.values()) == 1


@pytest.fixture
def of_zebras(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two plans in place of the real ones."""
    monkeypatch.setattr(cases, "plan_named", PLANS.get)
    monkeypatch.setattr(run, "plans", lambda: PLANS)


@pytest.mark.usefixtures("of_zebras")
class TestReading:
    @pytest.mark.parametrize(
        ("line", "why"),
        [
            ('{"plan": "whale", "language": "en", "question": "what"}', "no plan with leads"),
            ('{"plan": "plain", "language": "en", "question": "what"}', "no plan with leads"),
            ('{"plan": "zebra", "language": "fr", "question": "quoi"}', "line 1"),
            ('{"plan": "zebra", "language": "en", "question": ""}', "line 1"),
            ("zebra", "line 1"),
            ("", "holds no wordings|line 1"),
        ],
    )
    def test_what_is_no_wording_is_refused_by_its_line(
        self, line: str, why: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "wordings.jsonl"
        file.write_text(line, encoding="utf-8")
        with pytest.raises(UsageError, match=why):
            load_wordings(file)

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot be read as wordings"):
            load_wordings(tmp_path / "none.jsonl")

    def test_a_seed_draws_the_same_and_another_seed_others(self) -> None:
        first = drawn(WORDINGS, 50, 0)
        assert first == drawn(WORDINGS, 50, 0) != drawn(WORDINGS, 50, 1)
        assert len(set(first)) == 50
        assert drawn(WORDINGS[:3], 50, 0) == WORDINGS[:3]


@pytest.mark.usefixtures("of_zebras")
class TestAsking:
    @pytest.mark.parametrize(
        ("shown", "opened", "told"),
        [
            ((FIRST, OTHER), True, True),
            ((OTHER, FIRST), False, True),
            ((SECOND, OTHER), False, False),
            ((), False, False),
        ],
    )
    def test_it_counts_whether_the_first_lead_opens_the_answer(
        self, shown: tuple[str, ...], opened: bool, told: bool
    ) -> None:
        asked = asked_with(Outcome.ANSWERED, *shown)
        assert (asked.opened, asked.told) == (opened, told)

    @pytest.mark.parametrize("outcome", Outcome)
    def test_an_answer_in_part_counts_as_answered(self, outcome: Outcome) -> None:
        assert asked_with(outcome).answered is (outcome in {Outcome.ANSWERED, Outcome.PARTIAL})


class TestTelling:
    ASKED = (
        Asked(wording(EN), answered=True, opened=True, told=True),
        Asked(wording(EN, "and what else"), answered=True, opened=False, told=True),
        Asked(wording(ES, "qué comen"), answered=False, opened=False, told=False),
    )

    def test_shares_are_counted_by_language(self) -> None:
        found = shares(self.ASKED)
        assert found["all"] == pytest.approx(
            {"n": 3, "answered": 2 / 3, "opened": 1 / 3, "told": 2 / 3}
        )
        assert found["English"] == {"n": 2, "answered": 1, "opened": 0.5, "told": 1}
        assert found["Spanish"] == {"n": 1, "answered": 0, "opened": 0, "told": 0}

    def test_a_language_that_nobody_asked_in_is_left_out(self) -> None:
        assert set(shares(self.ASKED[:2])) == {"all", "English"}

    def test_the_table_has_a_line_for_each_group(self) -> None:
        lines = table(self.ASKED).splitlines()
        assert [line.split()[0] for line in lines] == ["n", "all", "English", "Spanish"]
        assert lines[2].split() == ["English", "2", "1.000", "0.500", "1.000"]

    def test_the_file_holds_every_wording(self) -> None:
        held = record(self.ASKED)
        assert [each["question"] for each in held["wordings"]] == [
            each.wording.question for each in self.ASKED
        ]


def test_a_count_of_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["--count", "0"])
    assert "at least one wording" in capsys.readouterr().err
