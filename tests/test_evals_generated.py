"""What the evaluation tells of a language model: what it wrote, what was shown, what was not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import TODAY
from fakes import FakeEmbedder, make_passage

from assistant.answer.generated.prompt import Prompt
from assistant.config import Settings
from assistant.errors import UsageError
from assistant.models import Request
from assistant.service import Assistant
from evals import command
from evals.generated import listening
from evals.generated.figures import Figures, entry, figures_of, told
from evals.generated.listening import Heard, Listening, Sentence
from evals.generated.page import parts
from evals.generated.scripted import FLAWS, TRUE, WRONG_KEY, Scripted

LAW = "The IRS gave 47,289 addresses to ICE in January. It may not give more."
OTHER = "DHS is bound by the order of Judge Talwani."
PROMPT = Prompt("rules", "question", {"P1": make_passage(LAW), "P2": make_passage(OTHER)})


class TestScripted:
    def test_the_perfect_one_repeats_with_the_right_keys(self) -> None:
        model = Scripted("scripted:perfect")
        text = "".join(model.stream(PROMPT))
        assert text.splitlines() == [
            "The IRS gave 47,289 addresses to ICE in January. [P1]",
            "DHS is bound by the order of Judge Talwani. [P2]",
            "It may not give more. [P1]",
        ]
        assert set(model.made.values()) == {TRUE}

    def test_the_poisoned_one_says_nothing_that_its_passage_says(self) -> None:
        model = Scripted("scripted:poisoned")
        lines = "".join(model.stream(PROMPT)).splitlines()
        assert len(lines) == len(model.made) == 3
        for line in lines:
            said, _, key = line.rpartition(" ")
            passage = PROMPT.passages.get(key.strip("[]"))
            assert passage is None or said not in passage.text

    @pytest.mark.parametrize(
        ("flaw", "text", "flawed"),
        [
            ("figure", "It gave 47,289 names.", "It gave 57,289 names."),
            ("figure", "Section 6103(i)(2) holds.", "Section 6103(i)(2) holds."),
            ("date", "On January 2 it ended.", "On February 2 it ended."),
            ("date", "El 3 de enero acabó.", "El 3 de febrero acabó."),
            ("denial", "It may not give more.", "It may give more."),
            ("denial", "The order is in force.", "The order is not in force."),
            ("denial", "La orden es firme.", "La orden no es firme."),
            ("name", "The IRS asked ICE.", "The ICE asked ICE."),
        ],
    )
    def test_each_flaw_changes_one_thing(self, flaw: str, text: str, flawed: str) -> None:
        assert FLAWS[flaw](text) == flawed

    def test_another_script_is_a_wrong_option(self) -> None:
        with pytest.raises(UsageError, match="scripted:perfect or scripted:poisoned"):
            Scripted("scripted:odd")


@pytest.fixture
def settings(shared_assistant: Assistant) -> Settings:
    return shared_assistant.settings.model_copy(update={"model_seconds": 20.0})


@pytest.fixture(autouse=True)
def fake_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "open_embedder", lambda name: FakeEmbedder())


class TestListening:
    def test_what_a_model_repeats_is_heard_as_shown_and_borne(self, settings: Settings) -> None:
        heard = _heard(settings, "scripted:perfect")
        assert heard.asked
        shown = [each for each in heard.sentences if each.shown]
        assert shown
        assert all(each.borne and each.quotes and each.flaw == TRUE for each in shown)

    def test_what_was_flawed_is_heard_with_what_speaks_against_it(self, settings: Settings) -> None:
        heard = _heard(settings, "scripted:poisoned")
        withheld = [each for each in heard.sentences if not each.shown]
        assert withheld
        assert all(each.objections for each in withheld)

    def test_a_question_that_no_model_is_asked_is_heard_as_such(self, settings: Settings) -> None:
        asking = Listening(settings, "scripted:perfect")
        asking.ask(Request("Write a poem about cats.", id="en-1", as_of=TODAY))
        assert [(each.asked, each.sentences) for each in asking.heard] == [(False, ())]

    def test_warming_up_is_not_counted(self, settings: Settings) -> None:
        asking = Listening(settings, "scripted:perfect")
        asking.ask(Request("What is section 6103?", as_of=TODAY))
        assert asking.heard == []


def _heard(settings: Settings, engine: str) -> Heard:
    asking = Listening(settings, engine)
    asking.ask(Request("Can ICE see my taxes?", id="en-1", as_of=TODAY))
    return asking.heard[0]


HEARD = (
    Heard("1", True, (Sentence("A.", True, True, (), "true", ("A.",), True),), None),
    Heard(
        "2",
        True,
        (
            Sentence("B.", True, True, ("figures",), WRONG_KEY, ("C.",), False),
            Sentence("D.", True, False, ("figures", "support"), "figure"),
            Sentence("E.", False, False, ("cites",), "figure"),
        ),
        "slow",
    ),
    Heard("3", False, (), None),
)


class TestFigures:
    def test_each_sentence_is_counted_where_it_belongs(self) -> None:
        assert figures_of(HEARD) == Figures(
            answers=3,
            asked=2,
            with_sentences=2,
            written=4,
            cited=3,
            shown=2,
            unsupported=1,
            withheld_by={"figures": 1, "support": 1, "cites": 1},
            fallbacks={"slow": 1},
            flaws_written={"figure": 2, "true": 1, "key": 1},
            flaws_shown={"true": 1, "key": 1},
        )

    def test_the_table_tells_what_was_shown_unsupported_and_why_answers_fell_back(self) -> None:
        table = told(figures_of(HEARD))
        assert "  shown, unsupported when checked again  1\n" in table
        assert "slow 1" in table

    def test_the_page_counts_and_shows_in_full_what_must_not_have_been_shown(self) -> None:
        page = "".join(parts(HEARD))
        rows = re.findall(r"<th scope=\"row\">(.*?)</th>((?:<td>.*?</td>)+)", page)
        counted = {name: re.findall(r"<td>(.*?)</td>", cells) for name, cells in rows}
        assert counted["Sentences written"] == ["4"]
        assert counted["Shown, and unsupported when checked again"] == ["1"]
        assert counted["figures"] == ["1"]
        assert counted["slow"] == ["1"]
        assert (counted["figure"], counted["key"]) == (["2", "0"], ["1", "1"])
        assert re.findall(r"<li>(.*?)</li>", page) == ["2: B."]

    def test_a_model_that_did_all_well_has_no_list_of_wrongs(self) -> None:
        assert "<li>" not in "".join(parts(HEARD[:1]))

    def test_a_record_keeps_each_sentence(self) -> None:
        kept = json.loads(json.dumps(entry(HEARD)))
        assert kept["answers"][1]["sentences"][1]["objections"] == ["figures", "support"]
        assert kept["figures"]["unsupported"] == 1


def test_a_run_with_an_engine_reports_and_records_it(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(command, "load_settings", lambda **folders: settings)
    questions, out = tmp_path / "q.jsonl", tmp_path / "run.json"
    line = {
        "id": "en-1",
        "question": "Can ICE see my taxes?",
        "language": "en",
        "audience": "public",
        "type": "figure",
        "expect": ["answered"],
        "cite": ["numbers"],
        "key_facts": [["tax"]],
        "must_not": [],
        "split": "dev",
    }
    questions.write_text(json.dumps(line), encoding="utf-8")
    report = tmp_path / "run.html"
    arguments = ["--questions", str(questions), "--engine", "scripted:perfect", "--out", str(out)]
    arguments += ["--report", str(report)]
    assert command.run([*arguments, "--as-of", TODAY.isoformat()]) == 0
    assert "WHAT CAME OF THE MODEL'S SENTENCES" in capsys.readouterr().out
    kept = json.loads(out.read_text(encoding="utf-8"))
    assert kept["settings"]["engine"] == kept["receipt"]["engine"] == "scripted:perfect"
    assert kept["model"]["figures"]["asked"] == 1
    assert "model_url" not in kept["settings"]
    assert 'id="model"' in report.read_text(encoding="utf-8")
