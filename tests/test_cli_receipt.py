"""``assistant ask --receipt`` saves a receipt, and ``assistant receipt`` checks it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from commands import SMALL_CORPUS, Ran, here
from fakes import FakeEmbedder

from assistant import service
from assistant.config import Settings

REQUEST = "When may the IRS give an address to a criminal investigator under 6103(i)(2)?"
SOLICITUD = "¿Qué debe decir la solicitud de ICE al IRS según la sección 6103(i)(2)?"
pytestmark = pytest.mark.usefixtures("no_plans")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus and its index, as ``corpus`` and ``index`` in one folder."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(SMALL_CORPUS, folder / "corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "examples", dict)
        assert here("index", settings=settings_of(folder)).code == 0
    return folder


@pytest.fixture
def small(built: Path, tmp_path: Path) -> Settings:
    """A copy that a test may alter."""
    shutil.copytree(built, tmp_path / "small")
    return settings_of(tmp_path / "small")


def settings_of(folder: Path) -> Settings:
    return Settings(corpus=folder / "corpus", index=folder / "index", embedder=FakeEmbedder().name)


def saved(question: str, file: Path, settings: Settings) -> Ran:
    ran = here("ask", question, "--receipt", str(file), settings=settings)
    assert ran.code == 0
    assert file.is_file()
    return ran


@pytest.mark.parametrize(
    ("question", "kept", "same"),
    [
        (REQUEST, "The receipt {} is in {}.", "The answer is the same, word for word."),
        (SOLICITUD, "El recibo {} está en {}.", "La respuesta es la misma, palabra por palabra."),
    ],
)
def test_a_receipt_is_saved_and_checked_in_its_language(
    small: Settings, tmp_path: Path, question: str, kept: str, same: str
) -> None:
    file = tmp_path / "answer.json"
    ran = saved(question, file, small)
    id_ = json.loads(file.read_bytes())["id"]
    assert kept.format(id_, file) in ran.err
    assert "assistant receipt" not in ran.out
    checked = here("receipt", str(file), settings=small)
    assert (checked.code, checked.err) == (0, "")
    first, second = checked.lines
    assert id_ in first and question in first
    assert second == same


def test_a_changed_answer_is_done_too_and_says_what_changed(
    small: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "answer.json"
    saved(REQUEST, file, small)
    law = small.corpus / "en" / "statutes" / "section-6103.md"
    text = law.read_text(encoding="utf-8").replace("must name the taxpayer", "must name a taxpayer")
    law.write_text(text, encoding="utf-8", newline="\n")
    ran = here("receipt", str(file), settings=small)
    assert ran.code == 0
    assert "Preparing the index: the documents have changed." in ran.err
    assert ran.lines[1] == "The answer is no longer the same."
    assert re.search(r"- Source \[1\] \(section-6103\): the quoted sentence is no longer", ran.out)
    assert "The documents as a whole have changed." in ran.out
    facts = json.loads(here("receipt", str(file), "--json", settings=small).out)
    assert list(facts) == ["receipt", "same", "differences"]
    assert facts["same"] is False
    first = facts["differences"][0]
    assert (first["change"], first["aside"], first["number"]) == ("altered", False, 1)
    assert first["document"] == "section-6103"


def test_a_receipt_of_someone_else_cannot_steer_the_terminal(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    saved("hello\x1b[2J\x9b1m there", file, settings_of(built))
    ran = here("receipt", str(file), settings=settings_of(built))
    assert ran.code == 0
    assert "hello" in ran.out
    assert not {"\x1b", "\x9b"} & set(ran.out)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read"),
        (b"", "is no JSON"),
        (b"\x80garbage", "is no JSON"),
        (b"{}", "is no receipt"),
        (b'{"receipt": "ask6103", "version": 2}', "is a receipt of version 2"),
        (b'{"receipt": "ask6103", "version": 1, "id": "r-1"}', "was altered"),
    ],
)
def test_a_file_that_cannot_be_used_ends_with_two(
    built: Path, tmp_path: Path, content: bytes | None, says: str
) -> None:
    file = tmp_path / "old.json"
    if content is not None:
        file.write_bytes(content)
    ran = here("receipt", str(file), settings=settings_of(built))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"assistant: {file} ")
    assert says in ran.err
    assert here("receipt", str(tmp_path), settings=settings_of(built)).code == 2


def test_without_an_index_nothing_is_checked_and_none_is_built(built: Path, tmp_path: Path) -> None:
    settings = settings_of(built)
    file = tmp_path / "answer.json"
    saved(REQUEST, file, settings)
    nowhere = tmp_path / "nowhere"
    ran = here("receipt", str(file), "--index", str(nowhere), settings=settings)
    assert (ran.code, ran.out) == (3, "")
    assert f"There is no index in {nowhere}" in ran.err
    assert "Run assistant index first" in ran.err
    assert not nowhere.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([REQUEST, "--receipt", "."], "is a folder"),
        ([REQUEST, "--receipt", "answer.txt"], "ends in .txt, so no file was written. Let it end"),
        ([REQUEST, "--receipt", "nowhere/answer.json"], "There is no folder nowhere"),
        (["--batch", "some.jsonl", "--receipt", "answer.json"], "--receipt is for one question"),
    ],
)
def test_a_receipt_that_cannot_be_saved_is_told_before_anything_is_asked(
    built: Path, arguments: list[str], says: str
) -> None:
    ran = here("ask", *arguments, settings=settings_of(built))
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_no_personal_number_reaches_the_file(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    ran = saved(f"My SSN is 123-45-6789. {REQUEST}", file, settings_of(built))
    said = ran.out + ran.err + file.read_text(encoding="utf-8")
    assert "123456789" not in re.sub(r"[- ]", "", said)
    checked = here("receipt", str(file), "--json", settings=settings_of(built))
    assert json.loads(checked.out)["differences"] == []
