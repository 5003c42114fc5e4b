"""The plans: kinds of question told by examples, and facts that stand in the documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from assistant.answer.cues import folded
from assistant.answer.picks import Pick, pick_of, picked
from assistant.answer.plans import table
from assistant.answer.plans.table import examples, plan_asking, plan_named, plans
from assistant.answer.select import MOST_SENTENCES, Chosen
from assistant.answer.then import known_by
from assistant.corpus.figures import figures
from assistant.guard.screen import Urgency
from assistant.index.opened import LanguageIndex
from assistant.models import Language, Passage
from assistant.texts import say

EN, ES = Language.EN, Language.ES
TODAY = date(2026, 12, 1)
FOLDER = Path(table.__file__).parent
FILES = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in FOLDER.glob("*.yaml")
}
PICKS: list[tuple[str, Pick]] = [
    (name, pick_of(entry))
    for written in FILES.values()
    for name, entries in written.get("aspects", {}).items()
    for entry in entries
]
EXAMPLES = [
    (plan.name, language, example)
    for plan in plans().values()
    for language, texts in plan.examples.items()
    for example in texts
]

each_language = pytest.mark.parametrize("language", Language)
# What no name of a law or a case has in it.
_SAID = re.compile(
    r"\b(?:the|is|are|was|did|do|does|can|what|who|how|my|el|los|las|es|son|qué|quién|cómo|mi)\b",
    re.IGNORECASE,
)


class _Part:
    """Stands for one language of an index where only its passages are read."""

    def __init__(self, language: Language, passages: tuple[Passage, ...]) -> None:
        self.language = language
        self.passages = tuple(each for each in passages if each.source.language is language)


# An aspect, and the sentences of the real documents that each of its picks meets by language.
Met = list[tuple[str, dict[Language, tuple[Chosen, ...]]]]


@pytest.fixture(scope="module")
def met(whole_passages: tuple[Passage, ...]) -> Met:
    parts = [cast(LanguageIndex, _Part(each, whole_passages)) for each in Language]
    return [(name, {part.language: picked(part, pick) for part in parts}) for name, pick in PICKS]


class TestExamples:
    @each_language
    def test_every_plan_has_five_and_more(self, language: Language) -> None:
        few = {plan.name: len(plan.examples[language]) for plan in plans().values()}
        assert {name: count for name, count in few.items() if count < 5} == {}

    def test_none_is_empty_or_has_space_around_it(self) -> None:
        assert [text for _, _, text in EXAMPLES if not text or text != text.strip()] == []

    @each_language
    def test_none_stands_for_two_plans_or_twice(self, language: Language) -> None:
        counts = Counter(
            re.sub(r"\W+", " ", folded(example)).strip()
            for _, spoken, example in EXAMPLES
            if spoken is language
        )
        assert [text for text, count in counts.items() if count > 1] == []

    def test_none_is_left_untranslated(self) -> None:
        """Names of laws and cases are the same in both languages; what is said of them is not."""
        spoken = [{text for _, each, text in EXAMPLES if each is language} for language in Language]
        assert [text for text in set.intersection(*spoken) if _SAID.search(text)] == []

    def test_all_are_told_to_an_index_to_learn_from(self) -> None:
        told = [
            (name, language, text) for language, asked in examples().items() for name, text in asked
        ]
        assert sorted(told) == sorted(EXAMPLES)

    def test_each_asks_for_its_plan_however_it_is_typed(self) -> None:
        for name, language, text in EXAMPLES:
            for typed in (text, f"  {text.upper()} ", text.rstrip("?") + "???"):
                plan = plan_asking(typed, language)
                assert plan and plan.name == name, typed

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("", EN),
            ("?", ES),
            ("ICE", EN),
            ("where does my husband work", EN),
            ("what should I eat now", EN),
            ("Did ICE give my address to the IRS?", EN),
            ("qué se puede compartir en la mesa", ES),
            # Nor is one of the other language.
            ("Did the IRS give my address to ICE?", ES),
        ],
    )
    def test_what_only_shares_words_with_one_asks_for_none(
        self, text: str, language: Language
    ) -> None:
        assert plan_asking(text, language) is None

    def test_a_figure_or_a_yes_is_text_as_everything_is(self) -> None:
        assert {type(text) for _, _, text in EXAMPLES} == {str}


class TestPlans:
    def test_there_are_many_and_each_has_a_name_of_its_own(self) -> None:
        assert [plan.name for plan in plans().values()] == list(plans())
        assert len(plans()) > 30

    def test_every_aspect_is_called_for_by_a_plan_or_stands_ready_for_all(self) -> None:
        called_for = {each.name for plan in plans().values() for each in (*plan.leads, *plan.after)}
        own = [
            name
            for file, written in FILES.items()
            if file != "standing"
            for name in written.get("aspects", {})
        ]
        assert [name for name in own if name not in called_for] == []

    def test_none_calls_for_an_aspect_twice(self) -> None:
        called_for = {
            plan.name: Counter(aspect.name for aspect in (*plan.leads, *plan.after))
            for plan in plans().values()
        }
        assert [
            name for name, counts in called_for.items() if max(counts.values(), default=0) > 1
        ] == []

    def test_what_opens_an_answer_leaves_half_of_it_to_the_question(self) -> None:
        put_right = 1
        most = MOST_SENTENCES // 2 - put_right
        assert {
            plan.name: len(plan.leads) for plan in plans().values() if len(plan.leads) > most
        } == {}

    def test_one_with_facts_names_documents_and_a_plain_one_none(self) -> None:
        facts = {plan.name: bool(plan.leads or plan.after) for plan in plans().values()}
        assert {plan.name: bool(plan.answered_by) for plan in plans().values()} == facts

    @each_language
    def test_the_documents_that_answer_are_in_the_corpus(
        self, language: Language, whole_passages: tuple[Passage, ...]
    ) -> None:
        there = {each.source.id for each in whole_passages if each.source.language is language}
        named = {
            (plan.name, document) for plan in plans().values() for document in plan.answered_by
        }
        assert {(plan, document) for plan, document in named if document not in there} == set()


class TestAspectsInTheRealDocuments:
    """By aspect and not by pick, so that a failure names every aspect that must be mended."""

    @each_language
    def test_every_pick_is_exactly_one_sentence(self, language: Language, met: Met) -> None:
        assert met
        counts = [(name, len(found[language])) for name, found in met]
        assert [(name, count) for name, count in counts if count != 1] == []

    def test_twins_are_quoted_in_both_languages(self, met: Met) -> None:
        """The same section of the same document, so that both languages are told the same."""
        apart = [
            (name, here.passage.pinpoint, there.passage.pinpoint)
            for name, found in met
            for here, there in zip(found[EN], found[ES], strict=True)
            if (here.passage.source.id, here.passage.section)
            != (there.passage.source.id, there.passage.section)
        ]
        assert apart == []

    def test_twins_say_the_same_figures_and_dates(self, met: Met) -> None:
        other = [
            (name, here.sentence.text, there.sentence.text)
            for name, found in met
            for here, there in zip(found[EN], found[ES], strict=True)
            if set(figures(here.sentence.text, EN)) != set(figures(there.sentence.text, ES))
        ]
        assert other == []

    @each_language
    def test_each_can_be_said_today(self, language: Language, met: Met) -> None:
        said = {
            name
            for name, found in met
            for each in found[language]
            if known_by(each.passage, each.sentence, TODAY)
        }
        assert {name for name, _ in met} - said == set()

    @each_language
    def test_each_stands_alone(self, language: Language, met: Met) -> None:
        """What is asked may be answered by it in the first sentence: nothing stands before it."""
        leaning = {
            EN: re.compile(r"(?:It (?!is )|This|That|They|These|Those|He|She|Such|Both)\b"),
            ES: re.compile(r"(?:Esto|Eso|Est[ae]s?|Es[ae]s?|Estos|Ambos|Ambas|Ell[ao]s?)\b"),
        }
        texts = [(name, each.sentence.text) for name, found in met for each in found[language]]
        assert [(name, text) for name, text in texts if leaning[language].match(text)] == []

    @pytest.mark.parametrize(
        ("name", "happened"),
        [
            ("agreement_signed", date(2025, 4, 7)),
            ("what_was_shared", date(2025, 8, 7)),
            ("sharing_blocked", date(2025, 11, 21)),
            ("use_blocked", date(2026, 2, 5)),
            ("one_appeal_lost", date(2026, 2, 24)),
            ("court_count", date(2026, 2, 26)),
            ("watchdog", date(2026, 6, 8)),
        ],
    )
    @each_language
    def test_what_happened_on_a_day_cannot_be_said_the_day_before(
        self, name: str, happened: date, language: Language, met: Met
    ) -> None:
        sentences = [each for aspect, found in met if aspect == name for each in found[language]]
        assert sentences
        day_before = happened - timedelta(days=1)
        assert not any(known_by(each.passage, each.sentence, day_before) for each in sentences)


ASPECT = {"document": "doc", "en": "^One", "es": "^Uno"}
PLAN = {"en": ["Which one?"], "es": ["¿Cuál?"], "answered_by": ["doc"], "leads": ["first"]}


class TestTheFiles:
    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        """A folder of plans in place of the real one."""
        monkeypatch.setattr(table, "_FOLDER", tmp_path)
        plans.cache_clear()
        yield tmp_path
        plans.cache_clear()

    def write(self, folder: Path, name: str, **tables: Any) -> None:
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(tables, sort_keys=False), "utf-8")

    def test_a_plan_may_call_for_an_aspect_of_another_file(self, folder: Path) -> None:
        self.write(folder, "b", plans={"zebra": PLAN, "ant": PLAN | {"leads": ["first", "other"]}})
        self.write(folder, "a", aspects={"first": [ASPECT]}, plans={"whale": PLAN})
        self.write(folder, "c", aspects={"other": [ASPECT, ASPECT]})
        assert list(plans()) == ["whale", "zebra", "ant"]
        assert [aspect.name for aspect in plan_named("ant").leads] == ["first", "other"]
        assert [len(aspect.picks) for aspect in plan_named("ant").leads] == [1, 2]
        assert plan_named("whale").after == ()
        assert plan_named("whale").answered_by == {"doc"}

    def test_their_examples_are_listed_by_language_as_they_are_written(self, folder: Path) -> None:
        plan = PLAN | {"en": ["6103", "yes", "which one? # 2"]}
        self.write(folder, "a", aspects={"first": [ASPECT]}, plans={"whale": plan})
        assert examples() == {
            EN: [("whale", "6103"), ("whale", "yes"), ("whale", "which one? # 2")],
            ES: [("whale", "¿Cuál?")],
        }

    def test_a_bare_number_or_truth_value_is_an_example_too(self, folder: Path) -> None:
        (folder / "a.yaml").write_text("plans:\n  whale:\n    en: [6103, yes]\n    es: [1.28]\n")
        assert examples() == {EN: [("whale", "6103"), ("whale", "yes")], ES: [("whale", "1.28")]}

    @pytest.mark.parametrize("key", ["aspects", "plans"])
    def test_a_name_that_two_files_give_is_refused_and_told(self, folder: Path, key: str) -> None:
        entry = [ASPECT] if key == "aspects" else PLAN
        self.write(folder, "a", **{key: {"twice": entry}})
        self.write(folder, "b", **{key: {"twice": entry}})
        with pytest.raises(ValueError, match=f"{key} are called 'twice'"):
            plans()

    def test_an_aspect_that_no_file_has_is_refused(self, folder: Path) -> None:
        self.write(folder, "a", plans={"whale": PLAN})
        with pytest.raises(KeyError, match="first"):
            plans()

    def test_no_plan_has_a_name_that_none_was_given(self) -> None:
        assert plan_named("no_such_plan") is None

    def test_without_files_there_are_no_plans(self, folder: Path) -> None:
        assert plans() == {}
        assert examples() == {EN: [], ES: []}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("urgency", [Urgency.AT_THE_DOOR, Urgency.STOPPED, Urgency.DETAINED])
def test_what_is_asked_for_who_cannot_wait_is_a_question_of_a_plan(
    urgency: Urgency, language: Language
) -> None:
    plan = plan_asking(say(language, f"guard.asked_{urgency}"), language)
    assert plan and plan.leads
