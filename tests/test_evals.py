"""The evaluation: questions true to the documents, scores by table, a runner that reports."""

import ast
import json
import math
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import CorpusError, UsageError
from assistant.models import (
    Answer,
    Audience,
    Basis,
    Citation,
    Disagreement,
    Hit,
    Kind,
    Language,
    Outcome,
    Passage,
    Question,
    Receipt,
    Request,
    Side,
    Source,
    Standing,
    Timings,
)

ROOT = Path(__file__).parent.parent
# evals is run from a checkout and never installed, so only the checkout can name it.
sys.path.insert(0, str(ROOT))

from evals import command, report, score  # noqa: E402
from evals.__main__ import COMMANDS, main  # noqa: E402
from evals.cases import Case, CaseType, Split, Target, load_cases  # noqa: E402
from evals.check import Documents, copied, shingles, straddling, untrue  # noqa: E402
from evals.judge import shown_text  # noqa: E402
from evals.run import Record, confusion, run_cases  # noqa: E402

CORPUS = ROOT / "corpus"
ANSWERED, PARTIAL, ABSTAINED = Outcome.ANSWERED, Outcome.PARTIAL, Outcome.ABSTAINED
OUT_OF_SCOPE, BLOCKED = Outcome.OUT_OF_SCOPE, Outcome.BLOCKED


def passage(document: str, pinpoint: str, text: str, language: Language = Language.EN) -> Passage:
    source = Source(
        id=document,
        language=language,
        title=document,
        kind=Kind.GUIDE,
        citation=document,
        publisher="Nobody",
        url="https://example.org",
        published="2026",
        as_of="2026-11-22",
        status=Standing.IN_EFFECT,
        basis=Basis.SECONDARY,
        sources=(),
        topics=(),
        audiences=(Audience.PUBLIC,),
        related=(),
        path=f"{language}/guides/{document}.md",
    )
    return Passage(f"{document}-{pinpoint}", source, pinpoint, 0, 0, 0, len(text), text, (), ())


def answer(
    text: str,
    outcome: Outcome = ANSWERED,
    cited: tuple[str, ...] = (),
    notices: tuple[str, ...] = (),
    corpus: str = "c1",
) -> Answer:
    citations = tuple(
        Citation(number, passage(document, "Here", text), 0, 4, text[:4])
        for number, document in enumerate(cited, start=1)
    )
    return Answer(
        question=Question("q", "q", Language.EN, Audience.PUBLIC, date(2026, 11, 22)),
        engine="quotes",
        outcome=outcome,
        text=text,
        sentences=(),
        citations=citations,
        notices=notices,
        follow_ups=(),
        receipt=Receipt(corpus, "i1", "e", "quotes", "s"),
        timings=Timings(1.0, 1.0, 2.0),
    )


def case(**changes: object) -> Case:
    plain = Case(
        id="en-1",
        question="how many got sent over",
        turns=(),
        language=Language.EN,
        audience=Audience.PUBLIC,
        type=CaseType.FIGURE,
        expect=(ANSWERED,),
        cite=(Target("numbers", "Matched"), Target("faq")),
        key_facts=(("47,289", "47,000"), ("august 7, 2025",)),
        must_not=("1\\.28 million people were shared",),
        split=Split.DEV,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


class FakeAssistant:
    """Answers from a table of questions and remembers what it was asked."""

    def __init__(self, answers: dict[str, Answer], hits: tuple[Hit, ...] = ()) -> None:
        self.answers = answers
        self.hits = hits
        self.asked: list[Request] = []
        self.refreshed = 0
        self.why_stale: str | None = None
        self.searched: list[tuple[str, Language | None, int]] = []

    def search(self, text: str, language: Language | None = None, k: int = 10) -> tuple[Hit, ...]:
        self.searched.append((text, language, k))
        return self.hits[:k]

    def stale(self) -> str | None:
        return self.why_stale

    def refresh(self, watch: Callable[[object], None]) -> None:
        self.refreshed += 1

    def ask(self, request: Request) -> Answer:
        self.asked.append(request)
        return self.answers.get(request.question, answer("Nothing here.", ABSTAINED))


GOOD = answer(
    "The IRS sent 47,289 addresses on **August 7, 2025**. [1]", cited=("numbers", "elsewhere")
)
HITS = (
    Hit(passage("other", "Aside", "Nothing."), 0.9),
    Hit(passage("faq", "Why", "About 47,000 people."), 0.8),
    Hit(passage("numbers", "People matched by the IRS", "More."), 0.7),
)


def three_records() -> tuple[Record, ...]:
    """A good answer, a wrong abstention in Spanish, and a question rightly declined."""
    cases = [
        case(),
        case(id="es-1", language=Language.ES, question="cuántas", audience=Audience.STAFF),
        case(id="en-2", question="office hours", expect=(OUT_OF_SCOPE,), cite=(), key_facts=()),
    ]
    answers = {cases[0].question: GOOD, "office hours": answer("No.", OUT_OF_SCOPE)}
    return run_cases(FakeAssistant(answers, HITS), cases)


class TestScores:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Sección  6103", "Seccion 6103"),
            ("el año\u00a0pasado\n", "el ano pasado "),
            ("\u201cO\u2019Donnell\u201d", '"O\'Donnell"'),
        ],
    )
    def test_folding_drops_accents_curls_and_runs_of_space(self, text: str, expected: str) -> None:
        assert score.fold(text) == expected

    def test_plain_text_has_no_marks_and_no_emphasis(self) -> None:
        assert score.plain("sent **47,289** [1][2]. *Centro* [3]") == "sent 47,289. Centro"

    @pytest.mark.parametrize(
        ("found", "rank", "at_two", "reciprocal"),
        [
            ([], None, 0.0, 0.0),
            ([False, False], None, 0.0, 0.0),
            ([True, True], 1, 1.0, 1.0),
            ([False, True], 2, 1.0, 0.5),
            ([False, False, False, True], 4, 0.0, 0.25),
        ],
    )
    def test_ranks_count_from_one(
        self, found: list[bool], rank: int | None, at_two: float, reciprocal: float
    ) -> None:
        assert score.rank_of_first(found) == rank
        assert score.found_by(rank, 2) == at_two
        assert score.reciprocal_rank(rank) == reciprocal

    @pytest.mark.parametrize(
        ("text", "facts", "share", "missing"),
        [
            ("anything", [], None, ()),
            ("47,289 people", [["47,289", "47,000"], ["august"]], 0.5, ("august",)),
            ("about 47,000 [2] in August", [["47,289", "47,000"], ["august"]], 1.0, ()),
            ("dos años", [["dos anos"]], 1.0, ()),
            ("", [["a"], ["b"]], 0.0, ("a", "b")),
        ],
    )
    def test_facts_are_counted_once_each(
        self, text: str, facts: list[list[str]], share: float | None, missing: tuple[str, ...]
    ) -> None:
        assert score.facts_held(text, facts) == share
        assert score.facts_missing(text, facts) == missing

    @pytest.mark.parametrize(
        ("cited", "acceptable", "share"),
        [
            (["a", "b"], ["a"], 0.5),
            (["a", "a", "b", "c"], ["a", "b"], pytest.approx(2 / 3)),
            (["x"], ["a"], 0.0),
            ([], ["a"], None),
            (["a"], [], None),
        ],
    )
    def test_citation_precision_counts_documents_not_marks(
        self, cited: list[str], acceptable: list[str], share: float | None
    ) -> None:
        assert score.citation_precision(cited, acceptable) == share

    def test_violations_name_the_forbidden_pattern(self) -> None:
        assert score.violations("Tú dirección SÍ fue enviada", ["si fue", "no fue"]) == ("si fue",)

    @pytest.mark.parametrize(
        ("expect", "got", "held_back", "over_abstained"),
        [
            ([ABSTAINED], ABSTAINED, 1.0, None),
            ([BLOCKED], OUT_OF_SCOPE, 1.0, None),
            ([OUT_OF_SCOPE], PARTIAL, 0.0, None),
            ([ANSWERED, PARTIAL], ABSTAINED, None, 1.0),
            ([ANSWERED], PARTIAL, None, 0.0),
            ([ABSTAINED, PARTIAL], ABSTAINED, None, None),
        ],
    )
    def test_abstention_is_judged_only_where_one_side_is_right(
        self,
        expect: list[Outcome],
        got: Outcome,
        held_back: float | None,
        over_abstained: float | None,
    ) -> None:
        assert score.held_back(expect, got) == held_back
        assert score.over_abstained(expect, got) == over_abstained

    @pytest.mark.parametrize(
        ("text", "facts", "expected"),
        [
            ("No court ordered that.", [["no court"], ["february"]], 1.0),
            ("Courts differ.", [["no court"], ["february"]], 0.0),
            ("Courts differ.", [], None),
        ],
    )
    def test_a_false_premise_is_corrected_by_any_key_fact(
        self, text: str, facts: list[list[str]], expected: float | None
    ) -> None:
        assert score.corrected(text, facts) == expected

    def test_means_skip_what_was_not_measured(self) -> None:
        assert score.mean([1.0, None, 0.0]) == 0.5
        assert score.mean([None]) is None

    @pytest.mark.parametrize(
        ("values", "share", "expected"),
        [([], 0.5, None), ([3.0], 0.95, 3.0), ([4.0, 1.0, 3.0, 2.0], 0.5, 2.0)],
    )
    def test_percentiles_are_values_that_occurred(
        self, values: list[float], share: float, expected: float | None
    ) -> None:
        assert score.percentile(values, share) == expected

    def test_p95_of_a_hundred_is_the_ninety_fifth(self) -> None:
        assert score.percentile([float(n) for n in range(1, 101)], 0.95) == 95.0

    def test_an_interval_holds_the_mean_and_comes_out_the_same_again(self) -> None:
        values = [1.0] * 30 + [0.0] * 10 + [None] * 5
        low, high = score.bootstrap(values) or (math.nan, math.nan)
        assert 0.5 < low < 0.75 < high < 0.95
        assert score.bootstrap(values) == (low, high)

    def test_an_interval_of_nothing_is_none_and_of_equals_has_no_width(self) -> None:
        assert score.bootstrap([None]) is None
        assert score.bootstrap([1.0, 1.0, 1.0]) == (1.0, 1.0)

    def test_an_interval_may_be_of_another_statistic(self) -> None:
        values = [float(n) for n in range(1, 102)]
        low, high = score.bootstrap(values, statistic=max) or (math.nan, math.nan)
        assert 90 < low <= high == 101

    @pytest.mark.parametrize(
        ("values", "others", "difference"),
        [
            ([1.0, 0.0, None], [0.0, 0.0], 0.5),
            ([0.25] * 4, [0.75] * 9, -0.5),
            ([None], [1.0], None),
            ([1.0], [], None),
        ],
    )
    def test_a_gap_is_the_first_mean_less_the_second(
        self, values: list[float | None], others: list[float | None], difference: float | None
    ) -> None:
        gap = score.gap(values, others)
        assert (gap[0] if gap else None) == difference

    def test_a_gap_has_an_interval_around_it_and_none_where_nothing_varies(self) -> None:
        difference, low, high = score.gap([1.0, 0.0] * 50, [0.0] * 100) or (0.0, 0.0, 0.0)
        assert 0.35 < low < difference == 0.5 < high < 0.65
        assert score.gap([1.0, 1.0], [0.0, 0.0]) == (1.0, 1.0, 1.0)


LINE = {
    "id": "en-1",
    "question": "how many?",
    "language": "en",
    "audience": "public",
    "type": "figure",
    "expect": "answered",
    "cite": ["numbers#Matched", "faq"],
    "key_facts": [["47,289"]],
    "must_not": [],
    "split": "dev",
}


class TestCaseFile:
    def write(self, folder: Path, *lines: object) -> Path:
        path = folder / "questions.jsonl"
        texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
        return path

    def test_a_line_becomes_a_case(self, tmp_path: Path) -> None:
        (read,) = load_cases(self.write(tmp_path, {**LINE, "as_of": "2025-12-01"}))
        assert read.cite == (Target("numbers", "Matched"), Target("faq"))
        assert read.documents == {"numbers", "faq"}
        assert read.pinpoints == (Target("numbers", "Matched"),)
        assert (read.expect, read.as_of) == ((ANSWERED,), date(2025, 12, 1))

    def test_the_last_turn_is_the_question_and_search_reads_all_the_user_said(
        self, tmp_path: Path
    ) -> None:
        turns = [
            {"role": "user", "text": "who reviewed it"},
            {"role": "assistant", "text": "TIGTA."},
            {"role": "user", "text": "and when"},
        ]
        line = {key: value for key, value in LINE.items() if key != "question"} | {"turns": turns}
        (read,) = load_cases(self.write(tmp_path, "", line))
        assert read.question == "and when"
        assert [turn.role for turn in read.turns] == ["user", "assistant"]
        assert read.search_text == "who reviewed it and when"

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"id": "Not An Id"}, "id"),
            ({"language": "fr"}, "language"),
            ({"audience": "everyone"}, "audience"),
            ({"type": "hard"}, "type"),
            ({"expect": []}, "expect"),
            ({"expect": "perhaps"}, "expect"),
            ({"split": "train"}, "split"),
            ({"as_of": "soon"}, "as_of"),
            ({"key_facts": [[]]}, "at least one pattern"),
            ({"key_facts": [["(open"]]}, "not a regular expression"),
            ({"key_facts": [["orden de expulsión"]]}, "without accents"),
            ({"must_not": ["[open"]}, "not a regular expression"),
            ({"key_facts": []}, "needs cite and key_facts"),
            ({"cite": []}, "needs cite and key_facts"),
            ({"turns": [{"role": "user", "text": "x"}]}, "either question or turns"),
            ({"question": None}, "either question or turns"),
            ({"colour": "red"}, "colour"),
        ],
    )
    def test_a_bad_line_is_named_with_its_field(
        self, tmp_path: Path, change: dict[str, object], says: str
    ) -> None:
        path = self.write(tmp_path, {**LINE, "id": "ok"}, {**LINE, **change})
        with pytest.raises(UsageError, match="questions.jsonl, line 2: ") as raised:
            load_cases(path)
        assert says in str(raised.value)

    def test_a_conversation_must_end_with_the_user(self, tmp_path: Path) -> None:
        line = {key: value for key, value in LINE.items() if key != "question"}
        line["turns"] = [{"role": "assistant", "text": "Yes."}]
        with pytest.raises(UsageError, match="last turn"):
            load_cases(self.write(tmp_path, line))

    def test_an_id_is_used_once(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="line 2: id 'en-1' is used twice"):
            load_cases(self.write(tmp_path, LINE, LINE))

    @pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00", b"{]"])
    def test_a_file_that_holds_no_questions_is_refused(
        self, tmp_path: Path, content: bytes
    ) -> None:
        path = tmp_path / "q.jsonl"
        path.write_bytes(content)
        with pytest.raises(UsageError, match="q.jsonl"):
            load_cases(path)

    def test_a_missing_file_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot be read"):
            load_cases(tmp_path / "none.jsonl")


@pytest.fixture(scope="module")
def questions() -> tuple[Case, ...]:
    return load_cases()


class TestQuestionSet:
    def test_it_is_true_to_the_documents_copies_none_and_keeps_its_halves_apart(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Every document, pinpoint and fact is looked up, so it is done once: by the command."""
        assert main(["check"]) == 0
        assert "0 complaints" in capsys.readouterr().out

    def test_the_halves_are_about_equal_in_each_language(self, questions: tuple[Case, ...]) -> None:
        for language in Language:
            splits = Counter(c.split for c in questions if c.language is language)
            assert 0.4 < splits[Split.DEV] / splits.total() < 0.6

    def test_the_mix_is_that_of_the_people_it_stands_for(self, questions: tuple[Case, ...]) -> None:
        size = len(questions)
        audiences = Counter(c.audience for c in questions)
        spanish = sum(c.language is Language.ES for c in questions)
        not_answerable = sum(not score.must_answer(c.expect) for c in questions)
        assert size >= 60
        assert 0.4 <= spanish / size <= 0.5
        assert 0.45 <= audiences[Audience.PUBLIC] / size <= 0.55
        assert audiences[Audience.STAFF] / size >= 0.2
        assert audiences[Audience.ADVOCATE] / size >= 0.2
        assert not_answerable >= 12
        assert {c.type for c in questions} == set(CaseType)

    def test_every_shelf_is_asked_about(self, questions: tuple[Case, ...]) -> None:
        shelves = {path.stem: path.parent.name for path in CORPUS.glob("en/*/*.md")}
        asked = {shelves[c.cite[0].document] for c in questions if c.cite}
        assert asked == set(shelves.values())

    def test_no_two_questions_are_the_same(self, questions: tuple[Case, ...]) -> None:
        asked = Counter(score.fold(c.question).casefold() for c in questions)
        assert asked.most_common(1)[0][1] == 1


class TestChecks:
    @pytest.fixture
    def small(self, tmp_path: Path) -> Documents:
        folder = tmp_path / "en" / "guides"
        folder.mkdir(parents=True)
        (folder / "numbers.md").write_text(
            "---\nid: numbers\n---\n\n## People matched\n\n"
            "> How many addresses did the agency hand over in August?\n\n"
            "The agency sent 47,289 addresses on August 7, 2025.\n\n"
            "## People asked about\n\nThe list had many names on it.\n",
            encoding="utf-8",
        )
        (folder / "faq.md").write_text(
            "---\nid: faq\n---\n\n## Help\n\nAsk a clinic.\n", encoding="utf-8"
        )
        return Documents(tmp_path)

    TRUE = (Target("numbers", "matched"),)

    def test_a_true_case_brings_no_complaint(self, small: Documents) -> None:
        assert untrue([case(cite=self.TRUE, key_facts=(("47,289",),))], small) == ()

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"cite": (*TRUE, Target("nowhere"))}, "no document 'nowhere'"),
            ({"cite": (Target("numbers", "Nowhere"),)}, "'Nowhere' is in 0 headings"),
            ({"cite": (Target("numbers", "people"),)}, "'people' is in 2 headings"),
            ({"key_facts": (("47,289", "50,000"),)}, "no cited document says '50,000'"),
            ({"key_facts": (("47,289",), ("how many addresses",))}, "'how many addresses'"),
            ({"key_facts": (("47,289",), ("id: numbers",))}, "'id: numbers'"),
            ({"cite": (*TRUE, Target("faq"))}, "'faq' holds none of the key facts"),
        ],
    )
    def test_what_the_documents_do_not_hold_is_named(
        self, small: Documents, changes: dict[str, object], says: str
    ) -> None:
        base: dict[str, object] = {"cite": self.TRUE, "key_facts": (("47,289",),)}
        (complaint,) = untrue([case(**{**base, **changes})], small)
        assert says in complaint

    @pytest.mark.parametrize(
        ("question", "taken"),
        [
            ("How many addresses did the agency hand over in August?", True),
            ("tell me how many ADDRESSES did the, ok", True),
            ("The list had many names", True),
            ("People matched", True),
            ("whose address went out", False),
        ],
    )
    def test_a_question_taken_from_the_documents_is_named(
        self, small: Documents, question: str, taken: bool
    ) -> None:
        assert bool(copied([case(question=question)], small)) is taken

    def test_shingles_are_runs_of_five(self) -> None:
        assert shingles(["a", "b", "c", "d", "e", "f"]) == {tuple("abcde"), tuple("bcdef")}
        assert shingles(["a", "b"]) == frozenset()

    def test_a_document_in_both_halves_is_named(self) -> None:
        halves = [case(split=Split.DEV), case(id="en-2", split=Split.TEST)]
        assert straddling(halves) == ("numbers",)

    def test_a_folder_without_documents_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CorpusError, match="No documents"):
            Documents(tmp_path)


class TestRun:
    def test_a_good_answer_scores_what_it_earned(self) -> None:
        asked = case()
        (record,) = run_cases(FakeAssistant({asked.question: GOOD}, HITS), [asked])
        found, said, ended = record.scores.finding, record.scores.answering, record.scores.ending
        assert (found.document_rank, found.pinpoint_rank) == (2, 3)
        assert (found.document_at_5, found.pinpoint_at_10) == (1.0, 1.0)
        assert found.reciprocal_rank == 0.5
        assert found.facts_found == 0.5
        assert (said.facts_answer, said.facts_shown) == (1.0, 1.0)
        assert said.citation_precision == 0.5
        assert (ended.outcome, said.violation, ended.over_abstained) == (1.0, 0.0, 0.0)
        assert ended.held_back is None
        assert record.passed

    def test_facts_in_notices_are_counted_apart(self) -> None:
        asked = case()
        shown = answer("47,289 people.", cited=("faq",), notices=("On August 7, 2025.",))
        (record,) = run_cases(FakeAssistant({asked.question: shown}), [asked])
        said = record.scores.answering
        assert (said.facts_answer, said.facts_shown) == (0.5, 1.0)

    def test_both_sides_of_a_dispute_are_shown(self) -> None:
        sides = (Side("IRS", "Less than 5 percent.", (1,)), Side("Court", "42,695.", (2,)))
        shown = replace(answer("Counts differ."), disagreements=(Disagreement("count", sides),))
        assert "42,695" in shown_text(shown, notices=False)

    @pytest.mark.parametrize(
        ("changes", "given", "passed"),
        [
            ({}, answer("47,289 on August 7, 2025", cited=("elsewhere",)), False),
            ({}, answer("47,289.", cited=("faq",)), False),
            ({}, answer("I cannot say.", ABSTAINED), False),
            ({"must_not": ("august",)}, GOOD, False),
            ({"expect": (ABSTAINED, PARTIAL)}, answer("I cannot say.", ABSTAINED), True),
            ({"expect": (ABSTAINED, PARTIAL)}, GOOD, False),
        ],
    )
    def test_a_pass_needs_outcome_facts_citation_and_nothing_forbidden(
        self, changes: dict[str, object], given: Answer, passed: bool
    ) -> None:
        asked = case(**changes)
        (record,) = run_cases(FakeAssistant({asked.question: given}), [asked])
        assert record.passed is passed

    def test_an_accepted_abstention_is_not_asked_for_facts(self) -> None:
        asked = case(expect=(ABSTAINED, PARTIAL))
        (record,) = run_cases(FakeAssistant({}), [asked])
        assert record.scores.answering.facts_answer is None

    def test_a_wrong_abstention_holds_no_facts(self) -> None:
        (record,) = run_cases(FakeAssistant({}), [case()])
        assert record.scores.answering.facts_answer == 0.0
        assert record.scores.ending.over_abstained == 1.0

    def test_the_assistant_is_asked_as_the_asker_would_and_warm(self) -> None:
        fake = FakeAssistant({})
        own_day = case(id="en-2", as_of=date(2025, 12, 1), audience=Audience.STAFF)
        spanish = case(id="es-1", language=Language.ES)
        seen: list[tuple[int, int]] = []
        records = run_cases(
            fake, [case(), own_day, spanish], date(2026, 1, 1), lambda *at: seen.append(at)
        )
        assert len(records) == 3
        assert seen == [(1, 3), (2, 3), (3, 3)]
        warm, asked = fake.asked[:2], fake.asked[2:]
        assert [request.language for request in warm] == [Language.EN, Language.ES]
        assert [request.as_of for request in asked] == [
            date(2026, 1, 1),
            date(2025, 12, 1),
            date(2026, 1, 1),
        ]
        assert asked[1].audience is Audience.STAFF
        assert fake.searched[2] == (spanish.question, Language.ES, 10)

    def test_outcomes_are_counted_by_what_was_acceptable_in_whatever_order(self) -> None:
        both = [case(expect=(PARTIAL, ABSTAINED)), case(id="en-2", expect=(ABSTAINED, PARTIAL))]
        assert confusion(run_cases(FakeAssistant({}), both)) == {
            ("partial or abstained", ABSTAINED): 2
        }


class TestReport:
    @pytest.fixture
    def records(self) -> tuple[Record, ...]:
        return three_records()

    def test_the_tables_show_rows_intervals_outcomes_and_what_each_head_means(
        self, records: tuple[Record, ...]
    ) -> None:
        shown = report.table(records)
        assert "pin@5" in shown
        assert "95% bootstrap intervals" in shown
        lines = shown.splitlines()
        assert any(line.startswith("out_of_scope") for line in lines)
        assert any(line.startswith("pin@5     A governing section") for line in lines)
        for group in ("all", "en", "es", "staff", "dev", "figure"):
            assert any(line.startswith(f"{group} ") for line in lines)

    def test_intervals_of_shares_drop_their_zeros_and_no_other(
        self, records: tuple[Record, ...]
    ) -> None:
        ended = report.table(records).split("WHAT THE SEARCH FOUND")[0].splitlines()
        assert "0.67 .00–1.00" in ended[2]

    def test_failures_show_the_question_the_reason_and_the_answer(
        self, records: tuple[Record, ...]
    ) -> None:
        shown = report.failures(records)
        assert "es-1 [es staff figure dev] cuántas" in shown
        assert "outcome abstained, acceptable answered" in shown
        assert "missing 47,289; august 7, 2025" in shown
        assert "rank of the first acceptable document 2, section 3" in shown
        assert "  | Nothing here." in shown
        assert "en-2" not in shown


class TestCommand:
    @pytest.fixture
    def questions_file(self, tmp_path: Path) -> Path:
        lines = [LINE, {**LINE, "id": "en-2", "question": "who signed", "split": "test"}]
        path = tmp_path / "questions.jsonl"
        path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        return path

    @pytest.fixture(autouse=True)
    def fake(self, monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
        made = FakeAssistant({"how many?": answer("47,289", cited=("faq",))})
        monkeypatch.setattr(command, "Assistant", lambda _: made)
        return made

    @pytest.mark.parametrize(("why", "refreshed"), [("no index yet", 1), (None, 0)])
    def test_a_stale_index_is_refreshed_first_and_said_so(
        self,
        questions_file: Path,
        fake: FakeAssistant,
        capsys: pytest.CaptureFixture[str],
        why: str | None,
        refreshed: int,
    ) -> None:
        fake.why_stale = why
        assert main(["--questions", str(questions_file)]) == 0
        assert fake.refreshed == refreshed
        assert ("no index yet" in capsys.readouterr().err) is bool(why)

    def test_results_go_to_stdout_and_progress_to_stderr(
        self, questions_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["--questions", str(questions_file), "--failures"]) == 0
        out, err = capsys.readouterr()
        assert out.startswith("HOW QUESTIONS ENDED")
        assert "en-2 [en public figure test] who signed" in out
        assert "2/2" in err
        assert "2/2" not in out

    def test_one_half_can_be_run_alone(
        self, questions_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["--questions", str(questions_file), "--split", "dev"]) == 0
        out, _ = capsys.readouterr()
        assert "\ndev" in out
        assert "\ntest" not in out

    def test_a_run_is_kept_and_compared(
        self, questions_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        kept = tmp_path / "run.json"
        basic = ["--questions", str(questions_file), "--as-of", "2026-11-22"]
        assert main([*basic, "--out", str(kept)]) == 0
        assert main([*basic, "--against", str(kept)]) == 0
        assert "gained 0: -\nlost 0: -" in capsys.readouterr().out

    def test_a_wrong_file_ends_with_a_sentence_and_code_two(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["--questions", str(tmp_path / "none.jsonl")]) == 2
        assert "cannot be read as questions" in capsys.readouterr().err

    def test_a_bare_call_is_a_run(
        self, questions_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def figures(arguments: list[str]) -> str:
            assert main([*arguments, "--questions", str(questions_file)]) == 0
            return capsys.readouterr().out.split("LENGTH")[0]

        assert figures([]) == figures(["run"])

    def test_each_word_leads_to_its_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        measured = {"checks", "personal", "attacks", "wordings", "peers", "fit", "adapter", "load"}
        assert set(COMMANDS) == {"run", "check", "gate", *measured}
        said: list[list[str]] = []
        monkeypatch.setattr(command, "gate", lambda arguments: said.append(arguments) or 7)
        assert main(["gate", "--split", "dev"]) == 7
        assert said == [["--split", "dev"]]

    def test_a_record_and_a_report_are_written(
        self, questions_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        kept, shown = tmp_path / "run.json", tmp_path / "run.html"
        basic = ["run", "--questions", str(questions_file)]
        assert main([*basic, "--out", str(kept), "--report", str(shown)]) == 0
        assert json.loads(kept.read_text(encoding="utf-8"))["receipt"]["index"] == "i1"
        page = shown.read_text(encoding="utf-8")
        assert "Gained and lost" not in page
        assert main([*basic, "--against", str(kept), "--report", str(shown)]) == 0
        assert "Gained and lost" in shown.read_text(encoding="utf-8")

    def test_a_wrong_earlier_record_ends_it_before_anything_is_asked(
        self, questions_file: Path, fake: FakeAssistant, tmp_path: Path
    ) -> None:
        arguments = ["--questions", str(questions_file), "--against", str(tmp_path / "no.json")]
        assert main(arguments) == 2
        assert fake.asked == []

    def test_without_its_library_a_run_says_what_is_left_out(
        self,
        questions_file: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setitem(sys.modules, "ir_measures", None)
        assert main(["--questions", str(questions_file)]) == 0
        assert "nDCG and recall need ir-measures" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("floor", "code", "says"),
        [
            (0.5, 0, "1 floors, 0 missed"),
            (0.75, 1, "all, outcome: 0.5000 is below its floor 0.75"),
        ],
    )
    def test_the_gate_fails_where_a_floor_is_missed(
        self,
        questions_file: Path,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        floor: float,
        code: int,
        says: str,
    ) -> None:
        floors = tmp_path / "floors.yaml"
        floors.write_text(f"all: {{outcome: {floor}}}\n", encoding="utf-8")
        arguments = ["gate", "--questions", str(questions_file), "--floors", str(floors)]
        assert main(arguments) == code
        assert says in capsys.readouterr().out

    def test_a_gate_without_floors_for_what_is_run_is_refused(
        self, questions_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        floors = tmp_path / "floors.yaml"
        floors.write_text("all: {outcome: 0.5}\n", encoding="utf-8")
        named = ["--questions", str(questions_file), "--floors", str(floors)]
        assert main(["gate", *named, "--split", "dev"]) == 2
        assert "has no floor for dev" in capsys.readouterr().err

    def test_checking_false_questions_names_them(
        self, questions_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["--questions", str(questions_file), "--check"]) == 2
        assert "en-1: no document 'numbers' in en" in capsys.readouterr().out

    def test_folders_are_passed_to_the_settings(
        self, questions_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["--questions", str(questions_file), "--check", "--corpus", str(tmp_path)]
        assert main(arguments) == 3
        assert "No documents" in capsys.readouterr().err


def test_the_evaluation_sees_only_the_front_of_the_assistant() -> None:
    allowed = {f"assistant.{name}" for name in ("service", "models", "config", "errors")}
    for path in sorted((ROOT / "evals").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if (name or "").split(".")[0] == "assistant":
                    assert name in allowed, f"{path.name} imports {name}"
