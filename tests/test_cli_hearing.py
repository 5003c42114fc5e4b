"""``assistant hearing``: asks on stderr, drafts on stdout, saves only what was asked for."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from commands import Ran, here
from documents import copy_of_ids
from docx import Document
from fakes import FakeEmbedder
from pypdf import PdfReader

from assistant.config import Settings
from assistant.desk.hearing import Body, sessions, subjects, templates
from assistant.models import Language
from assistant.texts import say

EN, ES = Language.EN, Language.ES

pytestmark = pytest.mark.usefixtures("no_kinds_learned")


@pytest.fixture(scope="module")
def held(no_kinds_learned: None, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of the documents that the questions of two subjects quote, by the fake embedder."""
    folder = tmp_path_factory.mktemp("hearing")
    wanted = [each for each in templates() if each.subject in ("courts", "custody")]
    picks = [pick for each in wanted for of in each.grounds.values() for pick in of]
    quoted = {pick.document for pick in (*picks, *sessions())}
    corpus = copy_of_ids(quoted, folder / "corpus")
    settings = Settings(corpus=corpus, index=folder / "index", embedder=FakeEmbedder().name)
    assert here("index", settings=settings).code == 0
    return settings


def run(held: Settings, monkeypatch: pytest.MonkeyPatch, *arguments: str, typed: str = "") -> Ran:
    """The command with these lines on stdin, after which nobody types any more."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return here("hearing", *arguments, settings=held)


def wordings(subject: str, body: Body, language: Language) -> list[str]:
    return [
        each.asks[language]
        for each in templates()
        if each.subject == subject and body in each.bodies
    ]


@pytest.mark.parametrize("language", Language)
def test_the_questions_come_as_markdown_with_their_sources(
    held: Settings, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    options = ("--subject", "courts", "--body", "irs", "--lang", language.value)
    ran = run(held, monkeypatch, *options)
    assert ran.code == 0
    assert ran.err == ""
    for number, wording in enumerate(wordings("courts", Body.IRS, language), 1):
        assert f"### {number}\\. {wording}" in ran.lines
    assert f"## {say(language, 'hearing.subject_courts')}" in ran.lines
    assert f"lang: {language.value}" in ran.lines
    assert '<a id="source-1">' in ran.out


def test_several_subjects_stand_in_the_order_of_the_desk(
    held: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run(held, monkeypatch, "--subject", "courts", "--subject", "custody", "--body", "dhs_ice")
    heads = [line for line in ran.lines if line.startswith("## ")]
    assert heads[:2] == [
        f"## {say(EN, 'hearing.subject_custody')}",
        f"## {say(EN, 'hearing.subject_courts')}",
    ]


def test_who_names_nothing_is_asked_by_numbers(
    held: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = list(Body).index(Body.DHS_ICE) + 1
    fitting = [each.name for each in subjects() if Body.DHS_ICE in each.bodies]
    number = fitting.index("courts") + 1
    ran = run(held, monkeypatch, typed=f"{order}\n99\n{number}\n")
    assert ran.code == 0
    assert say(EN, "hearing.body_legend") in ran.err
    assert say(EN, "hearing.cli_wrong", most=len(fitting)) in ran.err
    assert f"### 1\\. {wordings('courts', Body.DHS_ICE, EN)[0]}" in ran.lines
    assert f"## {say(EN, 'hearing.subject_custody')}" not in ran.lines


def test_who_answers_nothing_gets_the_names_for_scripts(
    held: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run(held, monkeypatch, "--lang", "es")
    assert ran.code == 0
    assert [line.split("\t")[0] for line in ran.lines] == [
        *(f"--body {body}" for body in Body),
        *(f"--subject {subject.name}" for subject in subjects()),
    ]
    assert say(ES, "hearing.subject_courts") in ran.out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--body", "epa"), "There is no body 'epa'. There are treasury, irs"),
        (("--subject", "courts"), "--body treasury or irs or dhs_ice"),
        (("--subject", "taxes"), "There is no subject 'taxes'. There are legal_basis"),
        (("--subject", "courts", "--body", "gao"), "is for gao. It has legal_basis"),
        (("--body", "irs", "--as-of", "soon"), "'soon' is no date"),
        (("--body", "irs", "--out", "paper.txt"), "Let it end in .docx"),
    ],
)
def test_what_cannot_be_done_is_told_before_any_work(
    held: Settings, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], told: str
) -> None:
    ran = run(held, monkeypatch, *options)
    assert ran.code == 2
    assert told in ran.notice
    assert ran.out == ""


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".md", ".html"])
def test_the_questions_are_saved_as_asked_and_nothing_else_is(
    held: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, suffix: str
) -> None:
    file = tmp_path / f"questions{suffix}"
    options = ("--subject", "custody", "--body", "dhs_ice", "--lang", "es", "--out", str(file))
    ran = run(held, monkeypatch, *options)
    asked = wordings("custody", Body.DHS_ICE, ES)
    assert ran.code == 0
    assert ran.out == ""
    assert ran.err.strip() == say(ES, "hearing.cli_saved", count=len(asked), file=file)
    assert list(tmp_path.iterdir()) == [file]
    written = _text_of(file)
    for wording in asked:
        assert "".join(wording.split()) in written


def test_on_an_earlier_day_what_came_later_is_left_out(
    held: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--subject", "courts", "--body", "irs", "--as-of", "2025-12-01")
    ran = run(held, monkeypatch, *options)
    assert ran.code == 0
    assert "February 11, 2026" not in ran.out


def _text_of(file: Path) -> str:
    """What the file says, without white space: a PDF breaks its lines where it likes."""
    match file.suffix:
        case ".docx":
            text = "".join(each.text for each in Document(str(file)).paragraphs)
        case ".pdf":
            text = "".join(page.extract_text() for page in PdfReader(file).pages)
        case _:
            text = file.read_text(encoding="utf-8")
    return "".join(text.split())
