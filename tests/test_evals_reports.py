"""Figures by group, records, comparisons, floors, and the page: what a run leaves behind."""

import ast
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from test_evals import (
    ABSTAINED,
    ANSWERED,
    GOOD,
    HITS,
    ROOT,
    FakeAssistant,
    answer,
    case,
    three_records,
)

from assistant.config import load_settings
from assistant.errors import UsageError
from assistant.models import Language, Outcome, Receipt
from evals import gate, summary
from evals.abstention import curve, curves, would_answer
from evals.chart import Bar, Trace, bars, traces
from evals.compare import compare, told
from evals.measures import BY_NAME, HEADLINES, MEASURES, STEADY, TITLES, Unit
from evals.page import page, worst
from evals.record import read_record, record_file, write_json
from evals.run import Record, run_cases
from evals.summary import Figure


@pytest.fixture
def records() -> tuple[Record, ...]:
    return three_records()


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "q.jsonl"
    path.write_text("{}", encoding="utf-8")
    return path


class TestMeasures:
    def test_names_and_heads_are_used_once(self) -> None:
        assert len(BY_NAME) == len(MEASURES) == len({measure.head for measure in MEASURES})

    def test_every_family_is_shown(self) -> None:
        assert {measure.family for measure in MEASURES} == set(TITLES)

    def test_headlines_are_shares(self) -> None:
        assert all(BY_NAME[name].unit is Unit.SHARE for name in HEADLINES)

    def test_time_and_length_gate_nothing(self) -> None:
        steady = {measure.name for measure in STEADY}
        assert steady.isdisjoint({"median_ms", "p95_ms", "words", "sentences", "grade", "ease"})

    @pytest.mark.parametrize(
        ("name", "value", "kept"),
        [
            ("outcome", 0.8, True),
            ("outcome", 0.9, True),
            ("outcome", 0.79, False),
            ("violation", 0.8, True),
            ("violation", 0.79, True),
            ("violation", 0.81, False),
        ],
    )
    def test_a_floor_is_a_ceiling_where_lower_is_better(
        self, name: str, value: float, kept: bool
    ) -> None:
        assert BY_NAME[name].kept(value, 0.8) is kept


class TestSummary:
    def test_every_group_has_its_figures(self, records: tuple[Record, ...]) -> None:
        rows = summary.summary(records)
        sizes = {name: row["outcome"].n for names in rows.values() for name, row in names.items()}
        assert sizes == {
            "all": 3,
            "en": 2,
            "es": 1,
            "public": 2,
            "staff": 1,
            "dev": 3,
            "figure": 3,
        }
        everyone, language = rows["all"]["all"], rows["language"]
        assert everyone["facts_answer"].value == 0.5
        assert everyone["held_back"].value == 1.0
        assert everyone["passed"].value == pytest.approx(2 / 3)
        assert language["en"]["over_abstained"].value == 0.0
        assert language["es"]["over_abstained"].value == 1.0

    def test_a_figure_counts_the_questions_that_measure_it(
        self, records: tuple[Record, ...]
    ) -> None:
        figure = summary.figure(records, BY_NAME["facts_answer"])
        assert (figure.n, figure.low, figure.high) == (2, 0.0, 1.0)
        assert summary.figure(records, BY_NAME["dated"]) == Figure(0, None, None, None)

    def test_times_are_percentiles(self, records: tuple[Record, ...]) -> None:
        times = sorted(record.scores.reading.milliseconds for record in records)
        assert summary.figure(records, BY_NAME["median_ms"]).value == times[1]
        assert summary.figure(records, BY_NAME["p95_ms"]).value == times[2]

    def test_the_gap_is_spanish_less_english(self, records: tuple[Record, ...]) -> None:
        found = summary.gaps(records)
        assert found["facts_answer"].difference == -1.0
        assert found["outcome"].difference == -1.0
        assert "dated" not in found
        assert "median_ms" not in found
        assert summary.gaps(records[:1]) == {}

    @pytest.mark.parametrize(
        ("value", "unit", "shown", "sign"),
        [
            (0.714, Unit.SHARE, "0.71", "+0.71"),
            (-0.004, Unit.SHARE, "-0.00", "+0.00"),
            (115.93, Unit.NUMBER, "115.9", "+115.9"),
            (133.4, Unit.MILLISECONDS, "133", "+133"),
        ],
    )
    def test_figures_are_written_by_their_unit(
        self, value: float, unit: Unit, shown: str, sign: str
    ) -> None:
        assert summary.written(value, unit) == shown
        assert summary.signed(value, unit) == sign

    def test_what_was_not_measured_is_a_dash_without_interval(self) -> None:
        assert summary.written(None, Unit.SHARE) == "–"
        assert summary.interval(Figure(0, None, None, None), Unit.SHARE) == ""


class TestRecordFile:
    def test_a_record_comes_back_with_settings_hashes_and_scores(
        self, records: tuple[Record, ...], tmp_path: Path, questions: Path
    ) -> None:
        made = record_file(records, load_settings(), questions)
        write_json(tmp_path / "run.json", made, "--out")
        kept = read_record(tmp_path / "run.json")
        assert (kept["receipt"]["corpus"], kept["receipt"]["index"]) == ("c1", "i1")
        assert kept["settings"]["engine"] == "quotes"
        assert len(kept["questions"]) == 64
        assert kept["summary"]["language"]["es"]["outcome"]["value"] == 0.0
        assert kept["gaps"]["outcome"]["difference"] == -1.0
        assert [entry["id"] for entry in kept["records"]] == ["en-1", "es-1", "en-2"]
        assert kept["records"][0]["scores"]["document_rank"] == 2
        assert kept["records"][0]["as_of"] == "2026-11-22"

    def test_it_names_no_folder(self, records: tuple[Record, ...], questions: Path) -> None:
        written = json.dumps(record_file(records, load_settings(), questions))
        assert str(ROOT) not in written

    def test_it_names_the_corpus_though_the_first_answer_needed_none(
        self, records: tuple[Record, ...], questions: Path
    ) -> None:
        none = replace(records[0].answer, receipt=Receipt("", "", "e", "quotes", "s"))
        first = replace(records[0], answer=none)
        kept = record_file([first, *records[1:]], load_settings(), questions)
        assert kept["receipt"]["corpus"] == "c1"

    @pytest.mark.parametrize(
        "content",
        [
            "",
            "[]",
            "{}",
            '{"records": [{"id": "x"}]}',
            '{"records": [{"id": 1, "passed": true}]}',
            '{"records": [{"id": "x", "passed": true, "scores": {"outcome": "high"}}]}',
            '{"records": [{"id": "x", "passed": true, "scores": []}]}',
            '{"records": ["x"]}',
        ],
    )
    def test_a_file_that_is_no_record_is_refused(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "run.json"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(UsageError, match="run.json is not a record"):
            read_record(path)

    def test_a_record_that_cannot_be_written_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot be written.*another --out"):
            write_json(tmp_path / "no" / "run.json", {}, "--out")


def weighed(name: str, expect: Outcome, outcome: Outcome, margin: float | None) -> Record:
    """A question that ended so, its evidence so far above the threshold."""
    asked = case(id=name, question=name, expect=(expect,))
    ended = replace(answer("It says.", outcome), margin=margin)
    (record,) = run_cases(FakeAssistant({name: ended}), [asked])
    return record


class TestAbstention:
    MUST, MUST_NOT = ANSWERED, ABSTAINED

    @pytest.mark.parametrize(
        ("outcome", "margin", "lower", "higher"),
        [
            (ANSWERED, 0.5, True, False),
            (ANSWERED, 4.0, True, True),
            (Outcome.PARTIAL, 0.0, True, False),
            (ABSTAINED, -0.5, True, False),
            (ABSTAINED, -4.0, False, False),
            (Outcome.OUT_OF_SCOPE, -0.5, True, False),
            # The guard ended it; a mistaken belief is put right; no sentence stood.
            (Outcome.BLOCKED, None, False, False),
            (Outcome.PARTIAL, -0.5, True, True),
            (ABSTAINED, 0.5, False, False),
        ],
    )
    def test_a_moved_threshold_changes_what_hangs_on_it(
        self, outcome: Outcome, margin: float | None, lower: bool, higher: bool
    ) -> None:
        record = weighed("q", self.MUST, outcome, margin)
        assert would_answer(record, 0) is (outcome in {ANSWERED, Outcome.PARTIAL})
        assert would_answer(record, -1) is lower
        assert would_answer(record, 1) is higher

    def test_a_curve_counts_each_sort_over_its_own_questions(self) -> None:
        drawn = curve(
            [
                weighed("a", self.MUST, ANSWERED, 2.1),
                weighed("b", self.MUST, ABSTAINED, -0.6),
                weighed("c", self.MUST_NOT, ANSWERED, 0.6),
                weighed("d", self.MUST_NOT, ABSTAINED, -1.1),
            ]
        )
        assert drawn is not None
        assert (drawn.must_abstain, drawn.must_answer) == (2, 2)
        at = {point.moved: (point.kept, point.over) for point in drawn.points}
        assert at[0] == (drawn.today.kept, drawn.today.over) == (0.5, 0.5)
        assert at[-1] == (0.5, 0.0)
        assert at[-2] == (0.0, 0.0)
        assert at[1] == (1.0, 0.5)
        assert at[3] == (1.0, 1.0)

    def test_today_is_what_the_tables_say(self, records: tuple[Record, ...]) -> None:
        drawn = curve(records)
        assert drawn is not None
        figures = summary.figures(records)
        assert drawn.today.kept == figures["held_back"].value
        assert drawn.today.over == figures["over_abstained"].value

    def test_both_shares_only_rise_with_the_threshold(self, records: tuple[Record, ...]) -> None:
        drawn = curve(records)
        assert drawn is not None
        for shares in ([p.kept for p in drawn.points], [p.over for p in drawn.points]):
            assert shares == sorted(shares)

    def test_a_half_without_questions_of_both_sorts_has_no_curve(
        self, records: tuple[Record, ...]
    ) -> None:
        assert set(curves(records)) == {"dev"}
        assert curve(records[:1]) is None
        assert "abstention" not in page(records[:1])

    def test_record_and_page_tell_it(self, records: tuple[Record, ...], questions: Path) -> None:
        kept = record_file(records, load_settings(), questions)
        points = kept["abstention"]["dev"]["points"]
        assert {"moved": 0.0, "kept": 1.0, "over": 0.5} in points
        assert kept["records"][0]["margin"] is None
        shown = page(records)
        assert '<svg viewBox="0 0 420 420"' in shown
        assert "dev (n 2 and 1): marked at 0.50 across, 1.00 up" in shown


class TestComparison:
    @pytest.fixture
    def earlier(self, records: tuple[Record, ...], questions: Path) -> dict[str, Any]:
        kept = record_file(records, load_settings(), questions)
        return dict(json.loads(json.dumps(kept)))

    def test_the_same_run_gains_and_loses_nothing(
        self, records: tuple[Record, ...], earlier: dict[str, Any], questions: Path
    ) -> None:
        same = compare(earlier, records, questions)
        assert told(same) == "gained 0: -\nlost 0: -"
        assert [change.measure for change in same.changes] == list(STEADY)

    def test_gains_and_losses_are_told_by_id_and_by_score(
        self, records: tuple[Record, ...], earlier: dict[str, Any], questions: Path
    ) -> None:
        spanish = answer("47,289, August 7, 2025", cited=("faq",), corpus="c2")
        changed = FakeAssistant({"cuántas": spanish, "office hours": GOOD})
        cases = [record.case for record in records[1:]] + [case(id="en-9")]
        compared = compare(earlier, run_cases(changed, cases), questions)
        lines = told(compared).splitlines()
        assert lines[:2] == ["gained 1: es-1", "lost 1: en-2"]
        by_name = {change.measure.name: change for change in compared.changes}
        assert (by_name["outcome"].gained, by_name["outcome"].lost) == (("es-1",), ("en-2",))
        assert by_name["over_abstained"].gained == ("es-1",)
        assert by_name["held_back"].lost == ("en-2",)
        assert by_name["document_at_5"].lost == ("es-1",)
        assert by_name["citation_precision"].gained == ()
        assert "not in the earlier record: en-9" in lines
        assert "in the earlier record only: 1 questions" in lines
        assert "the corpus differs: gains and losses may come from the documents" in lines

    def test_other_questions_and_another_index_are_told(
        self, records: tuple[Record, ...], earlier: dict[str, Any], questions: Path
    ) -> None:
        earlier["receipt"]["index"] = "i0"
        questions.write_text("{ }", encoding="utf-8")
        notes = " ".join(compare(earlier, records, questions).notes)
        assert "the index differs" in notes
        assert "the questions differ" in notes

    def test_a_record_from_before_a_score_was_taken_is_compared_by_the_others(
        self, records: tuple[Record, ...], earlier: dict[str, Any], questions: Path
    ) -> None:
        for entry in earlier["records"]:
            entry["scores"] = {}
        earlier["records"][0]["passed"] = False
        compared = compare(earlier, records, questions)
        assert [change.measure.name for change in compared.moved] == ["passed"]
        assert compared.moved[0].gained == ("en-1",)


class TestGate:
    def floors(self, folder: Path, text: str) -> Path:
        path = folder / "floors.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    @pytest.mark.parametrize(
        ("floors", "says"),
        [
            ({"all": {"passed": 0.6667, "outcome": 0.5}}, []),
            ({"all": {"passed": 0.6668}}, ["passed: 0.6667 is below its floor 0.6668"]),
            ({"es": {"over_abstained": 0.5}}, ["over_abstained: 1.0000 is over its ceiling 0.5"]),
            ({"all": {"dated": 0.1}}, ["dated: not measured, floor 0.1"]),
            ({"advocate": {"passed": 0.1}}, ["passed: not measured, floor 0.1"]),
        ],
    )
    def test_each_floor_missed_is_named(
        self, records: tuple[Record, ...], floors: gate.Floors, says: list[str]
    ) -> None:
        short = gate.missed(records, floors)
        assert [each.says.partition(" (")[0] for each in short] == says

    def test_one_half_is_held_to_its_own_floors(self) -> None:
        floors = {"all": {"passed": 0.1}, "dev": {"passed": 0.2}}
        assert gate.of_split(floors, "dev") == {"dev": {"passed": 0.2}}
        assert gate.of_split(floors, "test") == {}
        assert gate.of_split(floors, None) == floors

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "cannot be read as floors"),
            ("all: [", "cannot be read as floors"),
            ("all: {passed: high}", "cannot be read as floors"),
            ("all: {median_ms: 50}", "median_ms cannot gate"),
            ("all: {pased: 0.5}", "pased cannot gate"),
        ],
    )
    def test_a_file_that_holds_no_floors_is_refused(
        self, tmp_path: Path, text: str, says: str
    ) -> None:
        with pytest.raises(UsageError, match=f"floors.yaml.*{says}"):
            gate.load_floors(self.floors(tmp_path, text))

    def test_the_committed_floors_hold_for_all_for_each_half_and_each_language(self) -> None:
        floors = gate.load_floors()
        of_answers = {name for name in floors if not name.startswith(gate.PERSONAL)}
        checked = {"checks dev", "checks test", gate.ATTACKS}
        assert of_answers == {"all", "en", "es", "dev", "test", *checked}
        assert {"numbers", "addresses", "names"} < set(gate.of_personal(floors))
        assert floors["all"]["verbatim"] == 1.0
        assert all(0 <= floor <= 1 for named in floors.values() for floor in named.values())


class _Outline(HTMLParser):
    """Headings, table cells, ids, and everything that could ask for another file."""

    FETCHING = ("src", "srcset", "href", "data", "action", "poster", "background")

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.heads_without_scope = 0
        self.captions = 0
        self.tables = 0
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.asks: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.heads_without_scope += tag == "th" and "scope" not in given
        self.tables += tag == "table"
        self.captions += tag == "caption"
        self.ids += [given["id"]] if "id" in given else []
        self.labelled += given.get("aria-labelledby", "").split()
        self.asks += [given[name] for name in self.FETCHING if name in given]


class TestPage:
    @pytest.fixture
    def shown(self, records: tuple[Record, ...], questions: Path) -> str:
        earlier = record_file(records, load_settings(), questions)
        earlier["records"][0]["passed"] = False
        return page(records, compare(earlier, records, questions))

    @pytest.fixture
    def outline(self, shown: str) -> _Outline:
        outline = _Outline()
        outline.feed(shown)
        return outline

    def test_it_asks_no_other_file_or_host_and_runs_nothing(
        self, shown: str, outline: _Outline
    ) -> None:
        assert all(address.startswith("#") for address in outline.asks)
        assert {address[1:] for address in outline.asks} <= set(outline.ids)
        assert outline.tags.isdisjoint({"script", "link", "img", "iframe", "object", "base"})
        assert not re.search(r"@import|url\(|https?:", shown)

    def test_headings_go_down_one_step_at_a_time_from_a_single_first(
        self, outline: _Outline
    ) -> None:
        assert outline.headings.count(1) == 1
        assert outline.headings[0] == 1
        steps = zip(outline.headings, outline.headings[1:], strict=False)
        assert all(below - above <= 1 for above, below in steps)

    def test_tables_have_captions_and_scoped_heads_and_pictures_have_words(
        self, outline: _Outline
    ) -> None:
        assert outline.tables == outline.captions > 5
        assert outline.heads_without_scope == 0
        assert outline.labelled
        assert set(outline.labelled) <= set(outline.ids)
        assert len(outline.ids) == len(set(outline.ids))

    def test_it_shows_dark_and_prints(self, shown: str) -> None:
        assert "prefers-color-scheme: dark" in shown
        assert "@media print" in shown
        assert "system-ui" in shown

    def test_it_shows_the_run_what_changed_and_the_worst(self, shown: str) -> None:
        assert ">c1<" in shown
        assert ">i1<" in shown
        assert "1: en-1" in shown
        assert '<span lang="es">cuántas</span>' in shown
        assert "missing 47,289; august 7, 2025" in shown

    def test_what_askers_and_documents_say_is_escaped(self) -> None:
        asked = case(question="<script>alert(1)</script> & more")
        records = run_cases(FakeAssistant({asked.question: answer("<b>No</b>")}, HITS), [asked])
        shown = page(records)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in shown
        assert "&lt;b&gt;No&lt;/b&gt;" in shown

    def test_a_run_in_one_language_without_failures_leaves_both_parts_out(
        self, records: tuple[Record, ...]
    ) -> None:
        shown = page(records[:1])
        assert "Spanish less English" not in shown
        assert "The ten worst answers" not in shown
        assert "Gained and lost" not in shown

    def test_the_worst_come_first_and_passes_never(self) -> None:
        cases = {
            "forbidden": answer("1.28 million people were shared, 47,289, August 7, 2025"),
            "abstained": answer("No.", ABSTAINED),
            "half": answer("47,289", cited=("faq",)),
            "elsewhere": answer("47,289", cited=("other",)),
            "good": GOOD,
        }
        asked = [case(id=name, question=name) for name in cases]
        ranked = worst(run_cases(FakeAssistant(cases), asked), 3)
        assert [record.case.id for record in ranked] == ["forbidden", "abstained", "elsewhere"]


class TestChart:
    TRACES = (
        Trace("dev", "dev", ((0.0, 0.0), (1.0, 1.0)), (0.5, 0.5)),
        Trace("test", "test", ((0.0, 0.5),), (0.0, 0.5)),
    )

    def test_curves_stand_on_two_scales_and_say_their_marks(self) -> None:
        drawn = ElementTree.fromstring(traces("t", "Kept", "wrongly & so", "rightly", self.TRACES))
        assert drawn[1].text == (
            "dev: marked at 0.50 across, 0.50 up; test: marked at 0.00 across, 0.50 up"
        )
        first, second = (each.attrib["points"] for each in drawn.iter("polyline"))
        (left, bottom), (right, top) = (
            tuple(map(float, spot.split(","))) for spot in first.split()
        )
        assert right - left == bottom - top > 0
        assert second == f"{left:g},{(bottom + top) / 2:g}"
        mark = next(drawn.iter("circle"))
        assert float(mark.attrib["cx"]) == (left + right) / 2

    ROWS = (Bar("legal & <other>", 45, 0.5, 0.25, 0.75), Bar("who", 3, 1.0, 1.0, 1.0))

    def test_a_picture_is_sound_and_says_its_figures_in_words(self) -> None:
        drawn = ElementTree.fromstring(bars("b", "Passed", self.ROWS))
        assert drawn.attrib["role"] == "img"
        title, described = drawn[0], drawn[1]
        assert title.text == "Passed"
        assert described.text == (
            "legal & <other> 0.50 (0.25 to 0.75, n 45); who 1.00 (1.00 to 1.00, n 3)"
        )

    def test_bars_and_whiskers_stand_on_one_scale(self) -> None:
        drawn = ElementTree.fromstring(bars("b", "Passed", self.ROWS))
        half, whole = (float(each.attrib["width"]) for each in drawn.iter("rect"))
        assert half * 2 == whole
        start = float(next(drawn.iter("rect")).attrib["x"])
        whisker = next(each for each in drawn.iter("line") if each.get("class") == "whisker")
        assert float(whisker.attrib["x1"]) == start + whole / 4
        assert float(whisker.attrib["x2"]) == start + whole * 3 / 4


FILES = sorted((ROOT / "evals").rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_modules_and_functions_of_the_evaluation_stay_small(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 400
    long = [
        f"{node.name} has {length} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) >= 40
    ]
    assert long == []


def test_spanish_answers_are_marked_as_spanish(records: tuple[Record, ...]) -> None:
    asked = records[1].answer.question
    spanish = replace(records[1].answer, question=replace(asked, language=Language.ES))
    assert '<blockquote lang="es">' in page([replace(records[1], answer=spanish)])
