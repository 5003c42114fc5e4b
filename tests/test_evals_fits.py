"""Fits: the same figures every time, from the tuning half alone, and nothing changed by them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from fakes import FakeEmbedder, make_found, make_index, make_part, make_passage, make_source

from assistant.answer import select
from assistant.answer.cues import cues_of
from assistant.answer.weigh import WEIGHTS as RULE
from assistant.errors import UsageError
from assistant.models import Audience, Language, Outcome, Passage, Question, Request
from assistant.retrieve.find import Finder, Found, Search
from assistant.retrieve.fuse import WEIGHTS

ROOT = Path(__file__).resolve().parent.parent
# evals is run from a checkout and never installed, so only the checkout can name it.
sys.path.insert(0, str(ROOT))

from evals.__main__ import main  # noqa: E402
from evals.cases import Case, CaseType, Split, Target, load_cases  # noqa: E402
from evals.check import Documents  # noqa: E402
from evals.fits import abstention, command, fusion, logistic, plans, sentences  # noqa: E402
from evals.fits.everyday import Everyday, load_everyday  # noqa: E402
from evals.fits.report import Basis, Fit, told  # noqa: E402
from evals.wordings.cases import Wording  # noqa: E402

EN, ES = Language.EN, Language.ES
DAY = date(2026, 11, 22)
ANSWERED, ABSTAINED = Outcome.ANSWERED, Outcome.ABSTAINED
SEED = 6103


def case(name: str, question: str, *, answer: bool = True, split: Split = Split.DEV) -> Case:
    return Case(
        id=name,
        question=question,
        turns=(),
        language=EN,
        audience=Audience.PUBLIC,
        type=CaseType.FACTUAL,
        expect=(ANSWERED,) if answer else (ABSTAINED,),
        cite=(Target("numbers"),) if answer else (),
        key_facts=(("47,289",),) if answer else (),
        must_not=(),
        split=split,
    )


PASSAGES = (
    make_passage(
        "Officers asked for many people. The agency sent 47,289 addresses to them.",
        make_source("numbers"),
        questions=("How many addresses were sent?",),
    ),
    make_passage(
        "A judge in Boston stopped the exchange. It was in February.",
        make_source("orders"),
        questions=("Who stopped it?",),
    ),
    make_passage(
        "Clinics help for free. Nobody must pay for that.",
        make_source("help"),
        questions=("Who helps me?",),
    ),
)


class FakeLooking:
    """Finds much for questions of the subject, little for others, nothing for greetings."""

    def __init__(self, passages: Iterable[Passage] = PASSAGES) -> None:
        self.passages = tuple(passages)
        self.parts = {EN: make_part(self.passages)}
        self.asked: list[str] = []

    def looked_up(self, request: Request) -> tuple[Question, Found] | None:
        self.asked.append(request.question)
        if request.question.startswith("hello"):
            return None
        text, language = request.question, request.language or EN
        peak = 0.9 if "addresses" in text else 0.2
        question = Question(text, text, language, request.audience, request.as_of or DAY)
        return question, make_found(self.passages, text, peak + len(text) / 1000)

    def index(self) -> SimpleNamespace:
        return SimpleNamespace(languages=self.parts)


class TestRegression:
    RNG = np.random.default_rng(1)
    SIGNS = RNG.normal(size=(4000, 3)) * [1.0, 10.0, 1.0]
    TRUE = np.array([1.5, -0.2, 0.0])
    HOLDS = (RNG.uniform(size=4000) < 1 / (1 + np.exp(-(SIGNS @ TRUE + 0.5)))).astype(float)

    def test_it_finds_again_what_made_the_answers(self) -> None:
        found = logistic.fit(self.SIGNS, self.HOLDS, np.ones(4000), 1.0)
        assert found.weights == pytest.approx(self.TRUE, abs=0.15)
        assert found.base == pytest.approx(0.5, abs=0.15)
        assert found.log_odds(self.SIGNS[:2]).shape == (2,)

    def test_it_comes_out_the_same_again(self) -> None:
        one, two = (logistic.fit(self.SIGNS, self.HOLDS, np.ones(4000), 1.0) for _ in range(2))
        assert np.array_equal(one.weights, two.weights)

    def test_a_penalty_draws_weights_to_nothing_whatever_their_unit(self) -> None:
        free = logistic.fit(self.SIGNS, self.HOLDS, np.ones(4000), 0.0)
        held = logistic.fit(self.SIGNS, self.HOLDS, np.ones(4000), 5000.0)
        share = held.weights[:2] / free.weights[:2]
        assert share.max() < 0.5
        assert share[0] == pytest.approx(share[1], rel=0.25)

    def test_a_sign_that_never_changes_weighs_nothing(self) -> None:
        signs = np.column_stack([self.SIGNS[:, 0], np.ones(4000)])
        found = logistic.fit(signs, self.HOLDS, np.ones(4000), 1.0)
        assert found.weights[1] == pytest.approx(0.0, abs=1e-6)

    def test_a_row_that_counts_twice_is_as_two(self) -> None:
        twice = np.concatenate([self.SIGNS[:200], self.SIGNS[:50]])
        holds = np.concatenate([self.HOLDS[:200], self.HOLDS[:50]])
        counts = np.where(np.arange(200) < 50, 2.0, 1.0)
        one = logistic.fit(twice, holds, np.ones(250), 1.0)
        other = logistic.fit(self.SIGNS[:200], self.HOLDS[:200], counts, 1.0)
        assert one.weights == pytest.approx(other.weights, abs=1e-3)

    def test_every_row_is_held_out_once(self) -> None:
        parts = logistic.folds(11, 3, SEED)
        assert sorted(np.concatenate(parts)) == list(range(11))
        assert [list(part) for part in parts] == [list(p) for p in logistic.folds(11, 3, SEED)]
        assert [list(part) for part in parts] != [list(p) for p in logistic.folds(11, 3, 7)]

    def test_groups_count_the_same_however_large(self) -> None:
        counts = logistic.even(["a", "a", "a", "b"])
        assert counts[:3].sum() == pytest.approx(counts[3]) == 2.0


class TestAbstention:
    CASES = (
        *(case(f"a-{n}", f"how many addresses {'x' * n}") for n in range(20)),
        *(case(f"b-{n}", f"what about boats {'x' * n}", answer=False) for n in range(6)),
        case("c-1", "hello addresses", answer=False),
    )
    OTHERS = tuple(
        Everyday(question=f"soup or {'x' * n}", language=EN, near=n % 2 == 0) for n in range(20)
    )

    def fit(self) -> Fit:
        return abstention.fit(FakeLooking(), self.CASES, self.OTHERS, SEED)

    def test_it_tells_ours_from_the_rest_and_comes_out_the_same_again(self) -> None:
        fit = self.fit()
        assert fit.scores["fitted"] == {
            "kept, to answer": 0.0,
            "kept, not to answer": 1.0,
            "kept, everyday": 1.0,
            "kept, near": 1.0,
        }
        assert fit.scores["held out"]["kept, everyday"] == 1.0
        assert self.fit() == fit

    def test_it_names_every_weight_of_the_rule_beside_todays(self) -> None:
        fit = self.fit()
        assert set(fit.today) == set(fit.fitted)
        assert fit.today["question_map"] == RULE.question_map
        assert {"base", "partial"} < set(fit.today)

    def test_what_the_guard_ends_counts_as_kept_and_is_not_learned_from(self) -> None:
        fit = self.fit()
        assert fit.n == {
            "to answer": 20,
            "not to answer": 7,
            "everyday": 10,
            "near": 10,
            "ended by the guard": 1,
        }

    def test_what_may_end_either_way_teaches_nothing(self) -> None:
        looking = FakeLooking()
        either = replace(case("d-1", "either addresses"), expect=(ANSWERED, ABSTAINED))
        abstention.fit(looking, (*self.CASES, either), self.OTHERS, SEED)
        assert "either addresses" not in looking.asked

    def test_it_says_how_far_it_is(self) -> None:
        seen: list[tuple[int, int]] = []
        abstention.fit(FakeLooking(), self.CASES, self.OTHERS, SEED, lambda *at: seen.append(at))
        assert seen[-1] == (47, 47)


class TestSentences:
    TEXT = "How many addresses did they send?"

    def asked(self) -> sentences.Asked:
        looking = FakeLooking()
        looked_up = looking.looked_up(Request(self.TEXT, language=EN))
        assert looked_up is not None
        return sentences.Asked(case("a", self.TEXT), *looked_up, looking.parts[EN])

    def test_marks_times_taste_is_what_the_chooser_scores(self) -> None:
        asked = self.asked()
        table, holds = sentences.marks(asked)
        own = np.array(astuple(select._TASTE))
        with sentences.chooser(own, everything=True):
            chosen = select.choose(
                asked.part, asked.found, self.TEXT, cues_of(self.TEXT, EN), 99, DAY
            )
        assert len(chosen) == 6
        assert sorted(table @ own) == pytest.approx(sorted(each.score for each in chosen))
        assert holds.sum() == 1

    def test_the_chooser_has_its_own_taste_again_afterwards(self) -> None:
        own = (select._TASTE, select._QUOTAS, select._SAME)
        with (
            pytest.raises(ValueError, match="broken off"),
            sentences.chooser(np.zeros(len(sentences.NAMES)), everything=True),
        ):
            assert select._TASTE.words == 0
            raise ValueError("broken off")
        assert own == (select._TASTE, select._QUOTAS, select._SAME)

    def test_a_fit_names_every_weight_and_keeps_what_too_few_have(self) -> None:
        cases = [case(f"a-{n}", f"{self.TEXT} {'x' * n}") for n in range(12)]
        fit = sentences.fit(FakeLooking(), cases, SEED)  # type: ignore[arg-type]
        assert set(fit.today) == set(fit.fitted) == set(sentences.NAMES)
        assert fit.fitted["words"] == fit.today["words"] > 0
        assert fit.fitted["long"] == fit.today["long"]
        assert any("have long" in note for note in fit.notes)
        assert fit.n["of them with a key fact"] == 12
        assert fit.scores["today"]["key facts"] == 1.0
        assert fit == sentences.fit(FakeLooking(), cases, SEED)  # type: ignore[arg-type]

    def test_only_what_is_to_be_answered_is_asked(self) -> None:
        looking = FakeLooking()
        cases = [case("a", self.TEXT), case("b", "boats", answer=False)]
        assert len(list(sentences._asked(looking, cases, lambda *at: None))) == 1  # type: ignore[arg-type]
        assert looking.asked == [self.TEXT]


class TestFusion:
    CASES = (case("a", "how many addresses were sent"), case("b", "addresses sent to officers"))

    def fit(self, seed: int = SEED) -> Fit:
        embedder = FakeEmbedder()
        spanish = replace(PASSAGES[0], id="es", source=make_source("numbers", ES))
        index = make_index((*PASSAGES, spanish), embedder)
        cases = (*self.CASES, *(replace(c, id=f"{c.id}-es", language=ES) for c in self.CASES))
        return fusion.fit(index, embedder, cases, seed, 20)

    def test_the_same_seed_draws_the_same_and_another_draws_otherwise(self) -> None:
        assert self.fit() == self.fit()
        assert self.fit(7).fitted != self.fit().fitted

    def test_it_names_every_weight_of_each_language_and_changes_none(self) -> None:
        before = dict(WEIGHTS)
        fit = self.fit()
        assert before == WEIGHTS
        assert set(fit.today) == {f"{lang} {name}" for lang in Language for name in fusion.NAMES}
        assert fit.today["en document"] == WEIGHTS[EN].document
        assert all(0 < value < 2.5 for value in fit.fitted.values())
        assert set(fit.scores) == {"today", "fitted", "held out"}
        assert fit.scores["today"]["en document_at_5"] == 1.0

    def test_weights_are_the_finders_own_again_afterwards(self) -> None:
        own = WEIGHTS[EN]
        with fusion.weighing(EN, np.arange(7.0)):
            assert WEIGHTS[EN].document == 6.0
        assert WEIGHTS[EN] is own

    def test_lists_are_scored_once_a_question_and_weighed_anew(self) -> None:
        embedder = FakeEmbedder()
        index = make_index(PASSAGES, embedder)
        finder = fusion._Finder(index, embedder)
        plain = Finder(index, FakeEmbedder())
        embedder.encoded.clear()
        search = Search("who helps with addresses", EN, 3)
        for values in (np.ones(7), np.eye(7)[3], np.eye(7)[4]):
            with fusion.weighing(EN, values):
                ours, theirs = (each.find(search) for each in (finder, plain))
                assert [hit.score for hit in ours.hits] == [hit.score for hit in theirs.hits]
        assert embedder.encoded == ["who helps with addresses"]


class TestEverydayQuestions:
    def test_there_are_some_four_hundred_in_two_languages_near_and_far(self) -> None:
        read = load_everyday()
        assert len(read) >= 400
        for language in Language:
            of_it = [each for each in read if each.language is language]
            assert 0.48 < len(of_it) / len(read) < 0.52
            assert 0.4 < sum(each.near for each in of_it) / len(of_it) < 0.6

    def test_none_stands_twice_or_in_the_evaluation(self) -> None:
        asked = [each.question.casefold() for each in load_everyday()]
        assert len(asked) == len(set(asked))
        assert set(asked).isdisjoint(each.question.casefold() for each in load_cases())

    def test_none_is_a_question_of_the_documents(self) -> None:
        documents = Documents(ROOT / "corpus")
        printed = {
            question.casefold()
            for language in Language
            for document in documents.ids(language)
            for section in documents.sections(language, document)
            for question in section.questions
        }
        assert printed.isdisjoint(each.question.casefold() for each in load_everyday())

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b'{"question": "", "language": "en", "near": true}', "line 1: "),
            (b'{"question": "a", "language": "fr", "near": true}', "line 1: "),
            (b'{"question": "a", "language": "en", "near": true}\n{', "line 2: "),
            (b"\xff", "cannot be read"),
        ],
    )
    def test_a_file_that_holds_none_is_refused(
        self, tmp_path: Path, content: bytes, says: str
    ) -> None:
        path = tmp_path / "e.jsonl"
        path.write_bytes(content)
        with pytest.raises(UsageError, match=f"e.jsonl.*{says}"):
            load_everyday(path)


class FakeReady(FakeLooking):
    """One whose index is fresh and has a name."""

    def stale(self) -> None:
        return None

    def index(self) -> SimpleNamespace:
        return SimpleNamespace(manifest=SimpleNamespace(corpus="c1", id="i1"))


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command fits on the fakes."""
    monkeypatch.setattr(command, "Assistant", lambda settings, embedder: FakeReady())
    monkeypatch.setattr(command, "open_embedder", lambda name: FakeEmbedder())


class TestCommand:
    FIT = Fit("taste", {"questions": 2}, {"words": 1.6}, {"words": 1.25}, {"today": {"facts": 0.5}})

    def test_todays_constant_stands_beside_the_fitted_one_with_what_it_was_made_from(self) -> None:
        lines = told(self.FIT, Basis(7, "q" * 64, "e" * 64, "c" * 64, "i1")).splitlines()
        assert lines[0] == "taste"
        assert any(line.split() == ["words", "1.6", "1.25"] for line in lines)
        assert any(line.split() == ["facts", "0.500"] for line in lines)
        assert lines[-1].startswith(f"Seed 7; questions {'q' * 16},")

    @pytest.mark.usefixtures("fresh")
    @pytest.mark.parametrize("what", [what for what in command.FITS if what != "plans"])
    def test_only_the_tuning_half_is_asked(
        self, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given: list[Case] = []

        def keep(*arguments: object) -> Fit:
            given.extend(arguments[2 if what == "fusion" else 1])  # type: ignore[call-overload]
            return self.FIT

        for room in (abstention, sentences, fusion):
            monkeypatch.setattr(room, "fit", keep)
        kept = tmp_path / "fit.json"
        assert main(["fit", what, "--out", str(kept)]) == 0
        assert {each.split for each in given} == {Split.DEV}
        written = json.loads(kept.read_text(encoding="utf-8"))
        assert written["fitted"] == {"words": 1.25}
        assert len(written["basis"]["questions"]) == len(written["basis"]["everyday"]) == 64
        assert (written["basis"]["seed"], written["basis"]["corpus"]) == (SEED, "c1")

    @pytest.mark.usefixtures("fresh")
    def test_plans_are_fitted_to_fresh_wordings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given: list[Wording] = []

        def keep(*arguments: object) -> Fit:
            given.extend(arguments[2])  # type: ignore[call-overload]
            return self.FIT

        monkeypatch.setattr(plans, "fit", keep)
        assert main(["fit", "plans"]) == 0
        assert len(given) == 1200
        assert all(isinstance(each, Wording) for each in given)

    @pytest.mark.parametrize("arguments", [["love"], ["fusion", "--draws", "0"], []])
    def test_what_cannot_be_fitted_is_refused(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["fit", *arguments])
        assert ended.value.code == 2
        assert "usage: python -m evals fit" in capsys.readouterr().err


class TestPlans:
    RNG = np.random.default_rng(2)
    TRUE = np.array([6.0, 9.0, 8.0, 2.0])
    LEADS = np.array([0, 1, 2, 2, 3])

    def told(self, count: int) -> list[plans._Told]:
        """Wordings whose right fact is drawn by the chances that the true weights give."""
        made = []
        for _ in range(count):
            seen = self.RNG.uniform(0, 1, size=(4, 5))
            powers = np.exp(self.TRUE @ seen)
            plan = self.RNG.choice(5, p=powers / powers.sum())
            made.append(plans._Told(seen, self.LEADS, int(self.LEADS[plan])))
        return made

    def test_its_slope_is_that_of_its_chance(self) -> None:
        (one,) = self.told(1)
        at = np.array([1.0, 2.0, 3.0, 4.0])
        _, slope = one.shares(at)
        steps = np.eye(4) * 1e-5
        measured = [(one.shares(at + s)[0] - one.shares(at - s)[0]) / 2e-5 for s in steps]
        assert slope == pytest.approx(measured, abs=1e-4)

    def test_it_finds_again_about_what_made_the_answers(self) -> None:
        told = self.told(3000)
        found = plans._fitted(told, np.zeros(4))
        assert found == pytest.approx(self.TRUE, rel=0.35)
        assert plans._share(told, found) > plans._share(told, np.array([0.0, 0.0, 0.0, 9.0]))

    def test_plans_of_the_same_fact_count_as_one(self) -> None:
        seen = np.array([[1.0, 0.0, 0.8, 0.8, 0.0], *np.zeros((3, 5))])
        together = plans._Told(seen, self.LEADS, 2)
        assert together.is_right(np.array([1.0, 0.0, 0.0, 0.0]))
        assert not plans._Told(seen, np.arange(5), 2).is_right(np.array([1.0, 0.0, 0.0, 0.0]))
