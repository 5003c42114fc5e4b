"""The comparison with other tools: protocol, mapping, paired intervals, tools that misbehave."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.models import Audience, Language, Outcome, Turn
from assistant.service import Assistant

ROOT = Path(__file__).resolve().parent.parent
# evals is run from a checkout and never installed, so only the checkout can name it.
sys.path.insert(0, str(ROOT))

from evals.cases import Case, CaseType, Split, Target  # noqa: E402
from evals.peers import command, environment  # noqa: E402
from evals.peers.catalogue import OURS, PEERS, Peer  # noqa: E402
from evals.peers.compare import Bench, NotRun, Ran, asked, run_peer  # noqa: E402
from evals.peers.judge import Judged, Piece, Scores, difference, groups, judge  # noqa: E402
from evals.peers.mapping import Files  # noqa: E402
from evals.peers.record import record, write  # noqa: E402
from evals.peers.session import QUIET, Limits  # noqa: E402
from evals.peers.table import table  # noqa: E402
from evals.peers.tools import our_search  # noqa: E402
from evals.peers.tools.task import Task  # noqa: E402
from evals.peers.wire import (  # noqa: E402
    Found,
    Nonsense,
    Ready,
    Reply,
    question_line,
    read_question,
    read_ready,
    read_reply,
    ready_line,
    reply_line,
)

PEER_FILES = sorted((ROOT / "evals" / "peers").rglob("*.py"))
SMALL = ROOT / "tests" / "small_corpus"
MOU, STATUS = "mou-of-april-2025", "court-status-today"
EN, ES = Language.EN, Language.ES

# A tool that answers with whole documents, in the order of their names, and that is as noisy as
# real ones: it prints to stdout from Python and from below.
GOOD = """
import os
from evals.peers.tools.task import Built
print("Loading weights: 100%")
DISTRIBUTIONS = ("pytest",)
def build(task):
    documents = task.documents()
    def search(text, language):
        print("Batches: 1/1")
        os.system("echo from below")
        return [d for d in documents if d[0].startswith(language)]
    return Built(len(documents), search)
"""
READY = """
import json, os, sys
print(json.dumps({"pieces": 1, "versions": {}}), flush=True)
"""


def case(id: str = "en-1", language: Language = EN, **changes: object) -> Case:
    plain = Case(
        id=id,
        question="how many got sent over",
        turns=(),
        language=language,
        audience=Audience.PUBLIC,
        type=CaseType.FIGURE,
        expect=(Outcome.ANSWERED,),
        cite=(Target(MOU, "What was shared"),),
        key_facts=(("47,289", "47,000"), ("august 7, 2025",)),
        must_not=(),
        split=Split.DEV,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


CASES = (
    case("en-1"),
    case("en-2", split=Split.TEST, cite=(Target(STATUS),)),
    case("es-1", ES, cite=(Target(STATUS),)),
)


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Peer]:
    """Writes a script where a tool's process finds it; one that builds is served as tools are."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def write(script: str, name: str = "fake") -> Peer:
        (tmp_path / f"peer_{name}.py").write_text(script, encoding="utf-8")
        served = ("evals.peers.tools.serve",) if "def build" in script else ()
        return Peer(name, ("-m", *served, f"peer_{name}"), "as a test sets it", "example.org")

    return write


def bench(cases: Sequence[Case] = CASES, answer: float = 30) -> Bench:
    return Bench(SMALL, Path("model"), tuple(cases), Limits(build=60, answer=answer))


def run(peer: Peer, a_bench: Bench | None = None) -> Ran | NotRun:
    return run_peer(peer, Path(sys.executable), a_bench or bench(), lambda done, total: None)


def reason(peer: Peer, a_bench: Bench | None = None) -> str:
    outcome = run(peer, a_bench)
    assert isinstance(outcome, NotRun)
    return outcome.reason


class TestProtocol:
    def test_every_line_reads_back_as_what_was_written(self) -> None:
        question = ("en-1", "¿qué dice «§ 6103»?\nsegunda línea", "es")
        assert read_question(question_line(*question)) == question
        assert read_ready(ready_line(Ready(7, {"tool": "1.0"}))) == Ready(7, {"tool": "1.0"})
        line = reply_line("en-1", [("en/a.md", "uno\ndos")], 1.5)
        assert line.count("\n") == 1
        assert read_reply(line, "en-1") == Reply("en-1", (Found("en/a.md", "uno\ndos"),), 1.5)

    @pytest.mark.parametrize(
        ("line", "complaint"),
        [
            ("Loading weights\n", "not JSON"),
            ("", "not JSON"),
            ("[1]", "not an object"),
            ('{"id": "other", "results": [], "ms": 1}', "'other' when 'en-1' was asked"),
            ('{"results": [], "ms": 1}', "id is None"),
            ('{"id": "en-1", "ms": 1}', "no list of results"),
            ('{"id": "en-1", "results": ["en/a.md"], "ms": 1}', "no list of results"),
            ('{"id": "en-1", "results": [{"document": 3, "text": ""}], "ms": 1}', "document is 3"),
            ('{"id": "en-1", "results": [{"document": "a"}], "ms": 1}', "text is None"),
            ('{"id": "en-1", "results": [], "ms": "1"}', "ms is '1'"),
            ('{"id": "en-1", "results": [], "ms": true}', "ms is True"),
            ('{"id": "en-1", "results": [], "ms": -1}', "ms is -1"),
            ('{"id": "en-1", "results": [], "ms": NaN}', "ms is nan"),
        ],
    )
    def test_a_reply_of_another_shape_is_nonsense(self, line: str, complaint: str) -> None:
        with pytest.raises(Nonsense, match=complaint.replace("[", r"\[")):
            read_reply(line, "en-1")

    @pytest.mark.parametrize("line", ["hello", "{}", '{"pieces": 1}', '{"versions": {"a": 1}}'])
    def test_a_first_line_of_another_shape_is_nonsense(self, line: str) -> None:
        with pytest.raises(Nonsense):
            read_ready(line)


class TestMapping:
    @pytest.mark.parametrize(
        ("name", "document"),
        [
            (f"en/courts/{STATUS}.md", (EN, STATUS)),
            (f"es/courts/{STATUS}.md", (ES, STATUS)),
            (str(SMALL / "en" / "agreement" / f"{MOU}.md"), (EN, MOU)),
            (f"en/statutes/{STATUS}.md", None),
            (STATUS, None),
            ("/etc/passwd", None),
            ("../small_corpus/en/courts/court-status-today.md", None),
            ("", None),
        ],
    )
    def test_a_file_is_known_by_its_place(self, name: str, document: object) -> None:
        assert Files(SMALL).named(name) == document

    def test_a_corpus_reached_through_a_link_is_the_same(self, tmp_path: Path) -> None:
        link = tmp_path / "linked"
        link.symlink_to(SMALL, target_is_directory=True)
        files = Files(link)
        assert len(files) == 6
        assert files.named(str(SMALL / "en" / "courts" / f"{STATUS}.md")) == (EN, STATUS)

    def test_sections_hold_every_character_of_the_documents(self) -> None:
        task = Task(SMALL, Path(), Path())
        whole = dict(task.documents())
        pieces = task.sections()
        for path, text in whole.items():
            assert "".join(piece for name, piece in pieces if name == path) == text
        assert len(pieces) == sum(text.count("\n## ") + 1 for text in whole.values())


class TestScores:
    def pieces(self, *documents: tuple[Language, str]) -> list[Piece]:
        return [Piece(document, f"text of {document[1]}") for document in documents]

    def test_the_twin_in_the_other_language_counts_apart(self) -> None:
        scores = judge(case(), self.pieces((ES, MOU), (EN, STATUS), (EN, MOU)), 2.5).scores
        assert (scores.document_at_5, scores.document_at_10) == (1.0, 1.0)
        assert scores.reciprocal_rank == pytest.approx(1 / 3)
        assert scores.either_at_5 == 1.0
        assert scores.ms == 2.5

    def test_only_the_first_five_and_ten_results_count(self) -> None:
        others = [(EN, STATUS)] * 5
        assert judge(case(), self.pieces(*others, (EN, MOU)), 1).scores.document_at_5 == 0.0
        assert judge(case(), self.pieces(*others, (EN, MOU)), 1).scores.document_at_10 == 1.0
        late = judge(case(), self.pieces(*others, *others, (EN, MOU)), 1).scores
        assert late.document_at_10 == 0.0

    def test_facts_are_looked_for_in_five_results_and_in_one_page(self) -> None:
        long = Piece((EN, MOU), "x" * 3990 + " 47,289 addresses")
        late = Piece((EN, MOU), "On August 7, 2025")
        scores = judge(case(), [long, late], 1).scores
        assert (scores.facts_at_5, scores.facts_page) == (1.0, 0.5)
        scores = judge(case(), [Piece((EN, MOU), "nothing")] * 5 + [late], 1).scores
        assert (scores.facts_at_5, scores.facts_page) == (0.0, 0.5)
        assert scores.characters == 35

    def test_quoted_questions_take_no_room_on_the_page_and_state_no_fact(self) -> None:
        quoted = Piece((EN, MOU), "> " + "what? " * 800 + "\n> 47,289?\n\nOn August 7, 2025.\n")
        assert judge(case(), [quoted], 1).scores.facts_page == 0.5
        whole = Piece((EN, MOU), "More > less.\n>\nThey gave 47,289.")
        assert judge(case(), [quoted, whole], 1).scores.facts_page == 1.0

    def test_what_a_question_does_not_measure_is_left_out(self) -> None:
        bare = judge(case(cite=(), key_facts=()), self.pieces((EN, MOU)), 1).scores
        assert (bare.document_at_5, bare.reciprocal_rank, bare.facts_at_5) == (None, None, None)

    def test_no_result_is_a_miss_not_an_error(self) -> None:
        scores = judge(case(), [], 1).scores
        assert (scores.document_at_10, scores.reciprocal_rank, scores.facts_at_5) == (0, 0, 0)

    def test_groups_are_languages_splits_and_both(self) -> None:
        judged = [judge(each, [], 1) for each in CASES]
        assert {name: len(members) for name, members in groups(judged).items()} == {
            "all": 3, "en": 2, "es": 1, "dev": 2, "test": 1,
            "en dev": 1, "en test": 1, "es dev": 1,
        }  # fmt: skip


def judged(scores: Sequence[float | None]) -> list[Judged]:
    return [
        Judged(case(f"en-{number}"), (), Scores(value, None, None, None, None, None, 0.0, 0.0))
        for number, value in enumerate(scores)
    ]


class TestDifference:
    def test_a_gain_on_most_questions_is_clear_of_zero(self) -> None:
        gain = difference(judged([1.0] * 40), judged([0.0] * 30 + [1.0] * 10), "document_at_5")
        assert gain is not None
        assert gain.mean == pytest.approx(0.75)
        assert 0 < gain.low <= 0.75 <= gain.high <= 1
        assert gain.clear
        assert gain.n == 40

    def test_a_loss_is_clear_too_and_has_its_sign(self) -> None:
        gain = difference(judged([0.0] * 40), judged([1.0] * 40), "document_at_5")
        assert gain is not None
        assert (gain.mean, gain.low, gain.high, gain.clear) == (-1.0, -1.0, -1.0, True)

    def test_as_many_gained_as_lost_is_not_clear(self) -> None:
        gain = difference(judged([1.0, 0.0] * 20), judged([0.0, 1.0] * 20), "document_at_5")
        assert gain is not None
        assert gain.low < 0 < gain.high
        assert not gain.clear

    def test_questions_are_paired_by_id_so_equal_scores_have_no_width(self) -> None:
        mine = judged([1.0, 0.0, 0.5, 0.25] * 10)
        gain = difference(mine, list(reversed(mine)), "document_at_5")
        assert gain is not None
        assert (gain.mean, gain.low, gain.high, gain.clear) == (0.0, 0.0, 0.0, False)

    def test_only_questions_that_both_measure_are_counted(self) -> None:
        gain = difference(judged([1.0, None, 1.0]), judged([0.0, 0.0, None, 0.0]), "document_at_5")
        assert gain is not None
        assert gain.n == 1
        assert difference(judged([None]), judged([None]), "document_at_5") is None

    def test_the_same_scores_give_the_same_interval(self) -> None:
        mine, theirs = judged([1.0, 0.0, 1.0] * 9), judged([0.0, 0.0, 1.0] * 9)
        first = difference(mine, theirs, "document_at_5")
        assert first == difference(mine, theirs, "document_at_5")


class TestRunning:
    def test_a_tool_is_asked_everything_and_scored(self, tool: Callable[..., Peer]) -> None:
        outcome = run(tool(GOOD))
        assert isinstance(outcome, Ran)
        assert [each.case.id for each in outcome.judged] == ["en-1", "en-2", "es-1"]
        assert outcome.pieces == 6
        assert outcome.versions == {"pytest": pytest.__version__}
        assert outcome.index_seconds > 0
        first, second, spanish = (each.scores for each in outcome.judged)
        assert (first.reciprocal_rank, first.facts_at_5) == (1.0, 0.5)
        assert second.reciprocal_rank == spanish.reciprocal_rank == 0.5
        assert outcome.judged[2].found[1] == (ES, STATUS)
        assert first.ms > 0

    def test_earlier_turns_are_asked_with_the_question(self, tool: Callable[..., Peer]) -> None:
        script = READY + (
            "line = json.loads(sys.stdin.readline())\n"
            f"name = 'en/courts/{STATUS}.md'\n"
            "found = [{'document': name, 'text': line['text']}]\n"
            "print(json.dumps({'id': line['id'], 'results': found, 'ms': 1}), flush=True)\n"
        )
        follow_up = case(turns=(Turn("user", "47,289 addresses?"), Turn("assistant", "Yes.")))
        outcome = run(tool(script), bench([follow_up]))
        assert isinstance(outcome, Ran)
        assert outcome.judged[0].scores.facts_at_5 == 0.5

    @pytest.mark.parametrize(
        ("script", "said"),
        [
            ("import no_such_library", "code 1: ModuleNotFoundError: No module named"),
            ("raise SystemExit('the model is missing')", "code 1: the model is missing"),
            ("print('Hello!')", "does not keep to the protocol: not JSON: 'Hello!'"),
            ("print('{}')", "does not keep to the protocol: no versions"),
            ("", "ended with code 0"),
            (READY + "sys.stdin.readline(); sys.exit('out of memory')", "code 1: out of memory"),
            (READY, "ended with code 0"),
            (READY + "sys.stdin.readline(); print('null', flush=True)", "protocol: not an object"),
            (READY + "os.kill(os.getpid(), 9)", "ended with code -9"),
        ],
    )
    def test_a_tool_that_fails_is_not_run_and_says_why(
        self, tool: Callable[..., Peer], script: str, said: str
    ) -> None:
        assert said in reason(tool(script))

    def test_a_tool_that_names_no_document_is_not_run(self, tool: Callable[..., Peer]) -> None:
        script = GOOD.replace("return [d for d in documents", "return [('x/y.md', 't') for d in d")
        script = script.replace("for d in d if d[0].startswith(language)]", "for d in (1,)]")
        assert "names 'x/y.md', which is no document" in reason(tool(script))

    def test_a_tool_that_falls_silent_is_ended(self, tool: Callable[..., Peer]) -> None:
        sleepy = READY + "import time; sys.stdin.readline(); time.sleep(600)"
        assert "said nothing for 0.2 seconds" in reason(tool(sleepy), bench(answer=0.2))

    def test_what_a_tool_started_is_ended_with_it(self, tool: Callable[..., Peer]) -> None:
        nested = (
            "import subprocess\n"
            "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
            "sys.exit('gone')"
        )
        assert "said nothing" in reason(tool(READY + nested), bench(answer=0.5))

    def test_a_tool_that_is_not_installed_is_told_apart(self, tmp_path: Path) -> None:
        python = tmp_path / "bin" / "python"
        outcome = run_peer(PEERS[1], python, bench(), lambda done, total: None)
        assert isinstance(outcome, NotRun)
        assert outcome.reason == f"not installed: there is no python in {tmp_path}"
        python.parent.mkdir()
        python.write_text("not a program", encoding="utf-8")
        outcome = run_peer(PEERS[1], python, bench(), lambda done, total: None)
        assert isinstance(outcome, NotRun)
        assert outcome.reason.startswith("cannot be started: ")

    def test_telemetry_and_downloads_are_off_and_our_settings_stay_home(
        self, tool: Callable[..., Peer], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ASSISTANT_EMBEDDER", "another")
        monkeypatch.setenv("HF_HUB_OFFLINE", "0")
        quiet = f"all(os.environ.get(k) == v for k, v in {QUIET!r}.items())"
        ours = "not any(k.startswith('ASSISTANT_') for k in os.environ)"
        assert "True" in reason(tool(f"import os, sys\nsys.exit(str({quiet} and {ours}))"))
        assert {"ANONYMIZED_TELEMETRY", "HAYSTACK_TELEMETRY_ENABLED", "DO_NOT_TRACK"} <= set(QUIET)

    def test_every_tool_computes_on_as_many_threads_as_the_others(
        self, tool: Callable[..., Peer], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OMP_NUM_THREADS", "64")
        telling = tool("import os, sys\nsys.exit(os.environ['OMP_NUM_THREADS'] + ' threads')")
        assert "1 threads" in reason(telling)
        three = replace(bench(), limits=Limits(threads=3))
        assert "3 threads" in reason(telling, three)

    def test_nothing_of_an_index_is_left(
        self, tool: Callable[..., Peer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
        (tmp_path / "temp").mkdir()
        script = GOOD.replace("documents =", "(task.work / 'index').write_text('x'); documents =")
        assert isinstance(run(tool(script)), Ran)
        assert list((tmp_path / "temp").iterdir()) == []

    def test_a_limit_spreads_over_the_file_and_takes_what_measures(self) -> None:
        idle = case("idle", cite=(), key_facts=())
        many = [idle, *(case(f"en-{number}") for number in range(10))]
        assert [each.id for each in asked(many, 3)] == ["en-0", "en-3", "en-6"]
        assert len(asked(many, None)) == len(asked(many, 99)) == 10
        assert asked([idle], 3) == ()


class TestOurs:
    def test_our_own_search_answers_by_the_same_rules(
        self, small_assistant: Assistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        given = []

        def ours(settings: object) -> Assistant:
            given.append(settings)
            return small_assistant

        monkeypatch.setattr(our_search, "Assistant", ours)
        built = our_search.build(Task(SMALL, Path(), tmp_path))
        assert built.pieces == 12
        assert str(given[0].index).startswith(str(tmp_path))  # type: ignore[attr-defined]
        files = Files(SMALL)
        results = built.search("Did the IRS give my address to ICE?", "en")
        assert results
        assert {files.named(name)[0] for name, _ in results} == {EN}  # type: ignore[index]
        assert all(text in (SMALL / name).read_text(encoding="utf-8") for name, text in results)


class TestReport:
    def runs(self, tool: Callable[..., Peer]) -> list[Ran | NotRun]:
        fake = tool(GOOD)
        mine = run(replace(fake, name=OURS))
        return [mine, run(fake), NotRun(replace(fake, name="broken"), "ended with code 1")]

    def test_the_table_shows_scores_differences_speed_and_what_is_missing(
        self, tool: Callable[..., Peer]
    ) -> None:
        text = table(self.runs(tool), bench())
        assert text.startswith("3 questions naming documents or facts, small_corpus/, 1 thread a")
        for expected in ("all (3)", "es dev (1)", "ours less the other", "pytest ", "median"):
            assert expected in text
        assert "not run: broken: ended with code 1" in text
        assert "+0.000 (+0.00 +0.00) " in text
        assert "front matter" in text
        assert text.endswith("broken: as a test sets it.\n")
        assert all(line == line.rstrip() or "(+0" in line for line in text.splitlines())

    def test_without_ours_there_is_no_difference_and_without_any_no_table(
        self, tool: Callable[..., Peer]
    ) -> None:
        runs = self.runs(tool)
        assert "ours less the other" not in table(runs[1:], bench())
        assert "not run: broken" in table(runs[2:], bench())

    def test_the_record_is_data_with_what_it_was_made_from(
        self, tool: Callable[..., Peer], tmp_path: Path
    ) -> None:
        questions = tmp_path / "questions.jsonl"
        questions.write_text("{}", encoding="utf-8")
        data = json.loads(json.dumps(record(self.runs(tool), bench(), questions)))
        assert len(data["corpus"]) == len(data["questions"]) == 64
        fake = data["peers"]["fake"]
        assert fake["summary"]["all"]["n"] == 3
        assert fake["ours_less_this"]["all"]["document_at_5"]["clear"] is False
        assert fake["records"][2]["found"][1] == f"es/{STATUS}"
        assert data["peers"][OURS]["ours_less_this"] is None
        assert data["peers"]["broken"]["not_run"] == "ended with code 1"
        assert str(SMALL) not in json.dumps(data)

    def test_a_record_that_cannot_be_written_is_a_usage_error(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="Give another --out"):
            write(tmp_path / "nowhere" / "out.json", {})


class TestCommand:
    @pytest.fixture
    def questions(self, tmp_path: Path) -> Path:
        line = {
            "id": "en-1",
            "question": "how many",
            "language": "en",
            "audience": "public",
            "type": "figure",
            "expect": "answered",
            "cite": [MOU],
            "key_facts": [["47,289"]],
            "must_not": [],
            "split": "dev",
        }
        path = tmp_path / "questions.jsonl"
        lines = [line, line | {"id": "en-2", "split": "test"}]
        path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        return path

    @pytest.fixture
    def fakes(
        self, tool: Callable[..., Peer], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        named = {OURS: GOOD, "good": GOOD, "broken": "raise SystemExit('no')"}
        peers = tuple(tool(script, name) for name, script in named.items())
        monkeypatch.setattr(command, "PEERS", peers)
        monkeypatch.setattr(environment, "interpreter", lambda folder: Path(sys.executable))
        monkeypatch.setattr(environment, "model_folder", lambda: tmp_path)

    @pytest.mark.usefixtures("fakes")
    def test_one_failing_tool_does_not_stop_the_rest(
        self, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "peers.json"
        arguments = ["--questions", str(questions), "--corpus", str(SMALL), "--out", str(out)]
        assert command.main(arguments) == 0
        said = capsys.readouterr()
        assert "not run: broken: ended with code 1: no" in said.out
        assert "  good " in said.out
        assert "ours: 2/2\n" in said.err
        assert "broken: not run: ended with code 1: no" in said.err
        assert set(json.loads(out.read_text("utf-8"))["peers"]) == {OURS, "good", "broken"}

    @pytest.mark.usefixtures("fakes")
    def test_every_tool_gets_the_documents_as_they_were_at_the_start(
        self, questions: Path, small_corpus: Path, tmp_path: Path
    ) -> None:
        meddling = f"import shutil\nshutil.rmtree({str(small_corpus)!r}, ignore_errors=True)\n"
        for name in (OURS, "good"):
            (tmp_path / f"peer_{name}.py").write_text(meddling + GOOD, encoding="utf-8")
        out = tmp_path / "peers.json"
        arguments = ["--questions", str(questions), "--corpus", str(small_corpus)]
        assert command.main([*arguments, "--out", str(out)]) == 0
        peers = json.loads(out.read_text("utf-8"))["peers"]
        assert peers["good"]["pieces"] == peers[OURS]["pieces"] == 6

    @pytest.mark.usefixtures("fakes")
    def test_one_tool_runs_beside_ours_on_the_chosen_questions(
        self, questions: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        chosen = ["--only", "good", "--limit", "1", "--split", "test"]
        assert command.main(["--questions", str(questions), "--corpus", str(SMALL), *chosen]) == 0
        out = capsys.readouterr().out
        assert out.startswith("1 question naming")
        assert "good" in out
        assert "broken" not in out

    @pytest.mark.parametrize(
        ("arguments", "code", "said"),
        [
            (["--corpus", "/nowhere"], 3, "No documents under /nowhere"),
            (["--questions", "/nowhere.jsonl"], 2, "cannot be read as questions"),
        ],
    )
    def test_what_cannot_be_used_has_its_code_and_message(
        self, arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert command.main(arguments) == code
        assert said in capsys.readouterr().err

    @pytest.mark.parametrize("arguments", [["--limit", "0"], ["--only", "nobody"], ["--x"]])
    def test_a_wrong_call_is_a_usage_error(self, arguments: list[str]) -> None:
        with pytest.raises(SystemExit) as stopped:
            command.main(arguments)
        assert stopped.value.code == 2

    def test_the_help_names_every_tool_and_how_it_is_set(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        out = StringIO()
        monkeypatch.setattr("sys.stdout", out)
        with pytest.raises(SystemExit):
            command.main(["--help"])
        assert all(peer.name in out.getvalue() for peer in PEERS)
        assert "RecursiveCharacterTextSplitter 1000/200" in out.getvalue()


class TestEnvironment:
    def test_torch_comes_first_then_what_is_pinned(self, tmp_path: Path) -> None:
        steps: list[Sequence[str]] = []
        folder = tmp_path / "env"
        environment.set_up(folder, "torch==2.13.0 --index-url https://example.org", steps.append)
        python = str(environment.interpreter(folder))
        assert steps[0][1:] == ["-m", "venv", str(folder)]
        assert all(step[0] == python for step in steps[1:])
        assert steps[1][-3:] == ["torch==2.13.0", "--index-url", "https://example.org"]
        assert steps[2][-len(environment.pinned()) :] == [*environment.pinned()]
        assert (folder / ".gitignore").read_text("utf-8") == "*\n"

    def test_a_failing_step_stops_with_what_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stderr", sys.__stderr__)
        with pytest.raises(UsageError, match=r"ended with code 3\. Read what it said"):
            environment._run([sys.executable, "-c", "raise SystemExit(3)"])

    def test_setup_only_makes_the_environment(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        made = []
        monkeypatch.setattr(environment, "set_up", lambda folder, torch: made.append(folder))
        assert command.main(["--setup", "--venv", str(tmp_path)]) == 0
        assert made == [tmp_path]
        assert capsys.readouterr().out == ""

    def test_every_pin_is_exact_and_covers_what_the_tools_report(self) -> None:
        pins = dict(pin.split("==") for pin in environment.pinned())
        for file in (ROOT / "evals" / "peers" / "tools").glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                is_list = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == (
                    "DISTRIBUTIONS"
                )
                if is_list:
                    names = set(ast.literal_eval(node.value))  # type: ignore[attr-defined]
                    assert names <= pins.keys() | {"ask6103"}, file.name

    def test_the_model_is_the_installed_one(self) -> None:
        assert (environment.model_folder() / "model.safetensors").is_file()


class TestShape:
    def test_every_tool_has_its_module(self) -> None:
        for peer in PEERS:
            for module in peer.program[1:]:
                assert (ROOT / f"{module.replace('.', '/')}.py").is_file()
        assert [peer.name for peer in PEERS][0] == OURS
        assert len({peer.name for peer in PEERS}) == len(PEERS) == 6

    @pytest.mark.parametrize("file", PEER_FILES, ids=lambda file: str(file.stem))
    def test_modules_and_functions_stay_small(self, file: Path) -> None:
        source = file.read_text(encoding="utf-8")
        assert len(source.splitlines()) < 400
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 40, node.name

    @pytest.mark.parametrize("file", PEER_FILES, ids=lambda file: str(file.stem))
    def test_of_the_assistant_only_service_models_settings_and_errors_are_used(
        self, file: Path
    ) -> None:
        allowed = {f"assistant.{name}" for name in ("service", "models", "config", "errors")}
        if file.stem == "wire" or (file.parent.name == "tools" and file.stem != "our_search"):
            allowed = set()  # These run where the assistant is not installed.
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            ours = {name for name in names if name.split(".")[0] == "assistant"}
            assert ours <= allowed, f"{file.name}: {ours - allowed}"
