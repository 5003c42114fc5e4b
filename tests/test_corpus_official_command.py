"""``assistant corpus import``: what is written, what is said, and with which exit code it ends."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from documents import copy_alone
from official_files import bulk, cluster, code, opinion, pdf, register, section, write
from test_corpus_official_pdf import FIRST, SECOND
from typer.testing import CliRunner, Result

from assistant.cli.corpus import app
from assistant.corpus.check import check_corpus
from assistant.corpus.official import write as writing
from assistant.corpus.read import read_corpus
from assistant.errors import CorpusError, UsageError
from assistant.index.passages import load_passages, save_passages
from assistant.index.split import split
from assistant.models import Origin
from assistant.ui.pages.library_reading import document_page
from assistant.verify.quotes import source_reader, stands

ROOT = Path(__file__).resolve().parent.parent
runner = CliRunner()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return copy_alone(("statutes/usc-26-6103-i-2",), folder)


def bring(corpus: Path, *arguments: str | Path) -> Result:
    return runner.invoke(app, ["import", *map(str, arguments), "--corpus", str(corpus)])


def official(corpus: Path) -> list[str]:
    return sorted(each.relative_to(corpus).as_posix() for each in corpus.rglob("official-*"))


@pytest.fixture
def every_form(tmp_path: Path) -> list[Path]:
    """One file of each form, under names that tell nothing."""
    return [
        write(tmp_path, "a", code()),
        write(tmp_path, "b.pdf", bulk("<P>(a) Yes.</P><P>(b) No.</P>")),
        write(tmp_path, "c.xml", register()),
        write(tmp_path, "d.txt", opinion()),
        write(tmp_path, "e.json", pdf([FIRST, SECOND])),
        write(tmp_path, "f", cluster()),
    ]


def test_every_form_is_known_by_its_content_and_becomes_a_sound_document(
    corpus: Path, every_form: list[Path]
) -> None:
    result = bring(corpus, *every_form)
    assert result.exit_code == 0, result.output
    assert official(corpus) == [
        "en/courts/official-opinion-77-clerk-v-list.md",
        "en/courts/official-pdf-case-1-25-cv-00999-xyz-2025-11-21.md",
        "en/guidance/official-fr-2025-00001-2025-03-04.md",
        "en/regulations/official-cfr-1-2-4.md",
        "en/statutes/official-usc-99-5.md",
    ]
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert rows[0] == ["official-usc-99-5", "new", "6", "99 U.S.C. § 5: Secrecy of lists"]
    assert {row[1] for row in rows} == {"new"}
    assert "Imported: 5. Run `assistant index`" in result.stderr
    assert check_corpus(corpus) == ()
    assert runner.invoke(app, ["check", "--corpus", str(corpus)]).exit_code == 0


def test_imported_texts_can_be_split_kept_shown_and_quoted(
    corpus: Path, every_form: list[Path], tmp_path: Path
) -> None:
    bring(corpus, *every_form)
    documents = [each for each in read_corpus(corpus) if each.source.origin is Origin.OFFICIAL]
    passages = split(documents)
    file = tmp_path / "passages"
    save_passages(file, passages)
    assert load_passages(file) == passages
    text_of = source_reader(corpus)
    assert all(stands(each, sentence, text_of) for each in passages for sentence in each.sentences)
    page = document_page(documents[0], {}, twin=False)
    assert "imported from an official file" in page and "in our own words" not in page
    shown = runner.invoke(app, ["show", "official-usc-99-5", "--corpus", str(corpus)]).stdout
    assert re.search(r"^origin: +official$", shown, re.MULTILINE)
    assert "## § 5(a)(2)(B): General rule" in shown
    listed = runner.invoke(app, ["list", "--kind", "statute", "--corpus", str(corpus)]).stdout
    assert "official-usc-99-5\ten\tstatute\tin-force\t2026-01-12" in listed


def test_good_files_are_imported_and_bad_ones_told(corpus: Path, tmp_path: Path) -> None:
    broken = write(tmp_path, "broken.xml", code()[:200])
    good = write(tmp_path, "good.xml", code())
    result = bring(corpus, broken, good)
    assert result.exit_code == 2
    assert official(corpus) == ["en/statutes/official-usc-99-5.md"]
    assert f"assistant: {broken}:1: the XML breaks off" in result.stderr
    assert "Traceback" not in result.output


def test_importing_again_says_whether_the_text_changed(corpus: Path, tmp_path: Path) -> None:
    changes = []
    for text in (
        code(),
        code(),
        code(name="Online@119-80"),
        code().replace("no clerk", "no clerks"),
    ):
        result = bring(corpus, write(tmp_path, "f", text))
        changes.append(result.stdout.split("\t")[1])
    assert changes == [
        "new",
        "the same text as before",
        "the same text, other facts (edition, dates, address)",
        "the text changed",
    ]
    assert [
        each.name for each in (corpus / "en/statutes").iterdir() if "official" in each.name
    ] == ["official-usc-99-5.md"]


def test_a_document_that_was_not_imported_is_never_replaced(corpus: Path, tmp_path: Path) -> None:
    taken = corpus / "en/statutes/official-usc-99-5.md"
    ours = (corpus / "en/statutes/usc-26-6103-i-2.md").read_text(encoding="utf-8")
    taken.write_text(ours, encoding="utf-8", newline="\n")
    result = bring(corpus, write(tmp_path, "f", code()))
    assert result.exit_code == 2
    assert "is taken by en/statutes/official-usc-99-5.md, which was not imported" in result.stderr
    assert taken.read_text(encoding="utf-8") == ours


def test_sections_are_chosen_and_one_that_no_file_has_is_told(corpus: Path, tmp_path: Path) -> None:
    one = write(tmp_path, "1", code(section("6103") + section("7213A"), title="99"))
    two = write(tmp_path, "2", bulk("<P>Yes.</P>"))
    result = bring(corpus, one, two, "--section", "§ 7213a", "--section", "2.4")
    assert result.exit_code == 0, result.output
    assert len(official(corpus)) == 2
    result = bring(corpus, one, "--section", "6103", "--section", "6013")
    assert result.exit_code == 2
    assert "no file has a section '6013'" in result.stderr
    assert "near it: 6103" in result.stderr
    assert any("6103" in each for each in official(corpus))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--as-of", "yesterday"), "--as-of 'yesterday' is no day"),
        (("--published", "2025-02-30"), "is no day"),
        (("--url", "javascript:alert(1)"), "is no address"),
        (("--section", "§"), "--section needs a number"),
    ],
)
def test_an_option_that_makes_no_sense_is_a_usage_error(
    corpus: Path, tmp_path: Path, options: tuple[str, str], said: str
) -> None:
    error = bring(corpus, write(tmp_path, "f", code()), *options).exception
    assert isinstance(error, UsageError)
    assert said in str(error)
    assert bring(corpus).exit_code == 2


def test_a_missing_corpus_folder_is_a_corpus_error(tmp_path: Path) -> None:
    error = bring(tmp_path / "nowhere", write(tmp_path, "f", code())).exception
    assert isinstance(error, CorpusError)


def test_nothing_half_written_is_left(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    before = sorted(corpus.rglob("*"))
    monkeypatch.setattr(writing.os, "fsync", full)
    result = bring(corpus, write(tmp_path, "f", code()))
    assert result.exit_code == 2
    assert "cannot be written: No space left on device" in result.stderr
    assert sorted(corpus.rglob("*")) == before


def test_an_imported_text_is_never_committed() -> None:
    name = "corpus/en/statutes/official-usc-26-6103.md"
    asked = subprocess.run(
        ["git", "check-ignore", "--no-index", name], cwd=ROOT, capture_output=True, text=True
    )
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    # Outside a checkout, as in a source archive, there is only the list to look at.
    assert asked.stdout.strip() == name or "corpus/**/official-*.md" in lines


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("origin: official", "origin: digest", "does not fit origin 'digest'"),
        ("origin: official", "origin: rumour", "'origin' cannot be used"),
        ("language: en", "language: es", "Official texts are in English only"),
    ],
)
def test_the_check_holds_origin_and_name_together(
    corpus: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    bring(corpus, write(tmp_path, "f", code()))
    file = corpus / "en/statutes/official-usc-99-5.md"
    text = file.read_text(encoding="utf-8").replace(old, new)
    file.write_text(text, encoding="utf-8", newline="\n")
    assert any(said in str(problem) for problem in check_corpus(corpus))


def test_the_command_in_the_readme_runs(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    (line,) = [each for each in readme if each.startswith("assistant corpus import")]
    _, _, _, name, *options = shlex.split(line)
    law = section(options[1]).replace("/t99/", "/t26/")
    write(tmp_path, name, code(law, title="26"))
    monkeypatch.chdir(tmp_path)
    assert bring(corpus, name, *options).exit_code == 0
    assert official(corpus) == ["en/statutes/official-usc-26-6103.md"]
