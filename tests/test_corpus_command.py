"""``assistant corpus`` lists, shows and checks; results on stdout, notices on stderr."""

import json
import re
from pathlib import Path

import pytest
from documents import copy_alone
from typer.testing import CliRunner

from assistant.cli.corpus import app
from assistant.errors import CorpusError, UsageError

CORPUS = Path(__file__).parent.parent / "corpus"
PAIR = ("statutes/usc-26-6103-i-2", "agreement/agreement-numbers")
run = CliRunner()


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two real documents in both languages, chosen through the environment."""
    copy_alone(PAIR, tmp_path)
    monkeypatch.setenv("ASSISTANT_CORPUS", str(tmp_path))
    return tmp_path


def test_a_sound_corpus_is_summed_up_in_one_line() -> None:
    result = run.invoke(app, ["check", "--corpus", str(CORPUS)])
    assert result.exit_code == 0
    assert result.stderr == ""
    counts = r"\d+ documents, \d+ sections, \d+ questions"
    assert re.fullmatch(rf"Sound\. en: {counts}; es: {counts}\.\n", result.stdout)


def test_each_problem_is_a_line_and_the_exit_code_is_3(corpus: Path) -> None:
    for file in ("en/statutes/usc-26-6103-i-2.md", "es/agreement/agreement-numbers.md"):
        path = corpus / file
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("basis: ", "basis: x"), encoding="utf-8", newline="\n")
    result = run.invoke(app, ["check"])
    assert result.exit_code == 3
    starts = [line.split(": ")[0] for line in result.stdout.splitlines()]
    assert starts == ["en/statutes/usc-26-6103-i-2.md:11", "es/agreement/agreement-numbers.md:11"]
    assert result.stderr.startswith("To mend: 2, in files: 2, under ")


def test_the_list_is_tab_separated_when_piped(corpus: Path) -> None:
    result = run.invoke(app, ["list"])
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert [(row[0], row[1]) for row in rows] == [
        ("agreement-numbers", "en"),
        ("usc-26-6103-i-2", "en"),
        ("agreement-numbers", "es"),
        ("usc-26-6103-i-2", "es"),
    ]
    assert {len(row) for row in rows} == {6}
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--lang", "es"], ["agreement-numbers es", "usc-26-6103-i-2 es"]),
        (["--shelf", "statutes"], ["usc-26-6103-i-2 en", "usc-26-6103-i-2 es"]),
        (["--kind", "guide", "--lang", "en"], ["agreement-numbers en"]),
        (["--kind", "news"], []),
    ],
)
def test_the_list_can_be_narrowed(corpus: Path, options: list[str], expected: list[str]) -> None:
    result = run.invoke(app, ["list", "--json", *options])
    rows = json.loads(result.stdout)
    assert [f"{row['id']} {row['language']}" for row in rows] == expected
    assert all(list(row) == ["id", "language", "kind", "status", "as_of", "title"] for row in rows)
    assert bool(result.stderr) is (expected == [])


def test_json_keeps_spanish_letters(corpus: Path) -> None:
    result = run.invoke(app, ["list", "--json", "--lang", "es"])
    assert "qué" in result.stdout


@pytest.mark.parametrize("options", [["--lang", "fr"], ["--shelf", "attic"], ["--kind", "rumour"]])
def test_an_unknown_value_is_a_usage_error(corpus: Path, options: list[str]) -> None:
    assert run.invoke(app, ["list", *options]).exit_code == 2


def test_show_gives_the_facts_and_then_the_text(corpus: Path) -> None:
    result = run.invoke(app, ["show", "usc-26-6103-i-2"])
    assert result.exit_code == 0
    source = (CORPUS / "en" / f"{PAIR[0]}.md").read_text(encoding="utf-8")
    facts, heading, text = result.stdout.partition("\n## ")
    assert re.match(r"id: +usc-26-6103-i-2\n", facts)
    assert re.search(r"^kind: +statute$", facts, re.MULTILINE)
    assert re.search(r"^language: +en$", facts, re.MULTILINE)
    assert source.endswith(heading + text)


def test_show_speaks_the_language_asked_for(corpus: Path) -> None:
    result = run.invoke(app, ["show", "usc-26-6103-i-2", "--lang", "es"])
    assert re.search(r"^language: +es$", result.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["usc-26-6103-i-3"], "Did you mean usc-26-6103-i-2"),
        (["zzz"], "See `assistant corpus list`"),
        (["zzz", "--lang", "es"], "There is no document 'zzz'"),
    ],
)
def test_an_unknown_id_brings_the_nearest(corpus: Path, arguments: list[str], message: str) -> None:
    error = run.invoke(app, ["show", *arguments]).exception
    assert isinstance(error, UsageError)
    assert message in str(error)


def test_a_document_held_in_the_other_language_only_says_so(corpus: Path) -> None:
    (corpus / "es" / f"{PAIR[0]}.md").unlink()
    error = run.invoke(app, ["show", "usc-26-6103-i-2", "--lang", "es"]).exception
    assert isinstance(error, UsageError)
    assert "is not held in 'es'. Ask for it with --lang en" in str(error)


@pytest.mark.parametrize("command", [["check"], ["list"], ["show", "any"]])
def test_a_missing_folder_is_the_corpus_error_of_every_command(
    tmp_path: Path, command: list[str]
) -> None:
    error = run.invoke(app, [*command, "--corpus", str(tmp_path / "nowhere")]).exception
    assert isinstance(error, CorpusError)
    assert "nowhere: there is no such folder" in str(error)


def test_a_terminal_gets_a_table_with_whole_ids(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "70")
    app(["list", "--lang", "en"], standalone_mode=False)
    out = capsys.readouterr().out
    assert "as_of" in out.splitlines()[0]
    assert re.search(r"^agreement-numbers +en +guide", out, re.MULTILINE)
    app(["show", "agreement-numbers"], standalone_mode=False)
    shown = capsys.readouterr().out
    assert "https://fedscoop.com/ice-irs-data-sharing-millions-of-records-court-case" in shown
    assert "## Numbers of people ICE asked about" in shown
