"""``assistant faq``: a list answered and saved, progress on stderr, and what changed since."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

import docx
import pytest
from commands import ROOT, here, shell

from assistant.config import Settings
from assistant.desk.faq_earlier import read_earlier
from assistant.desk.faq_record import read_record
from assistant.models import Language
from assistant.texts import say

REQUEST = "What must a request to the IRS under 6103(i)(2) say?"
SOLICITUD = "¿Qué debe decir la solicitud de ICE al IRS según la sección 6103(i)(2)?"
LIST = f"# My list\n1. {REQUEST}\n\n- {SOLICITUD}\n2. {REQUEST}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "questions.txt"
    path.write_text(f"1. {REQUEST}\n\n- {SOLICITUD}\n2. {REQUEST}\n", encoding="utf-8")
    return path


def test_a_list_is_printed_as_markdown_with_its_merged_lines_on_stderr(
    small: Settings, file: Path
) -> None:
    ran = here("faq", str(file), settings=small)
    assert ran.code == 0
    assert say(Language.EN, "faq.merged", line=4, first=1) in ran.err
    assert "2/2" in ran.err
    assert "Answering" not in ran.out
    for text in (f"1\\. {REQUEST}", f"2\\. {SOLICITUD}", "**English**", "**Español**"):
        assert text in ran.out
    assert say(Language.ES, "faq.flag_one_wording", given="inglés")[:40] in ran.out


@pytest.mark.parametrize(
    ("lang", "shown", "absent"), [("en", "Sources", "Fuentes"), ("es", "Fuentes", "Sources")]
)
def test_one_language_is_one_column(
    small: Settings, file: Path, lang: str, shown: str, absent: str
) -> None:
    ran = here("faq", str(file), "--lang", lang, settings=small)
    assert f"## {shown}" in ran.out
    assert f"## {absent}" not in ran.out
    assert "**English**" not in ran.out


@pytest.mark.parametrize("suffix", [".docx", ".md", ".html", ".pdf"])
def test_a_list_is_saved_as_the_name_of_its_file_says(
    small: Settings, file: Path, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"list{suffix}"
    ran = here("faq", str(file), "--out", str(out), settings=small)
    assert (ran.code, ran.out) == (0, "")
    assert f"Saved 2 questions and answers in {out}." in ran.notice
    assert out.stat().st_size > 1000
    if suffix == ".docx":
        document = docx.Document(io.BytesIO(out.read_bytes()))
        cells = [cell.text for table in document.tables for cell in table.rows[1].cells]
        assert any(REQUEST in text for text in cells)


def test_json_is_the_record_of_the_list(small: Settings, file: Path) -> None:
    ran = here("faq", str(file), "--json", "--for", "staff", settings=small)
    record = read_record(ran.out)
    assert record.audience.value == "staff"
    assert [list(entry.wordings) for entry in record.entries] == [[Language.EN], [Language.ES]]
    assert list(json.loads(ran.out)["languages"]) == ["en", "es"]


def test_questions_come_from_stdin_too(small: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = io.TextIOWrapper(io.BytesIO(f"1. {REQUEST}\n".encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", typed)
    ran = here("faq", "-", "--lang", "en", settings=small)
    assert ran.code == 0
    assert f"1\\. {REQUEST}" in ran.out


@pytest.mark.parametrize("suffix", [".docx", ".md", ".html", ".json"])
def test_an_earlier_list_tells_what_changed_and_can_be_asked_again(
    small: Settings, file: Path, tmp_path: Path, suffix: str
) -> None:
    earlier = tmp_path / f"earlier{suffix}"
    if suffix == ".json":
        earlier.write_text(here("faq", str(file), "--json", settings=small).out, encoding="utf-8")
    else:
        assert here("faq", str(file), "--out", str(earlier), settings=small).code == 0
    again = here("faq", "--since", str(earlier), settings=small)
    assert again.code == 0
    assert "What changed since" in again.out
    assert "Qué cambió desde" in again.out
    assert "Nothing changed" in again.out
    other = tmp_path / "other.txt"
    other.write_text(f"{REQUEST}\nWhich judge blocked the sharing of addresses?", encoding="utf-8")
    changed = here("faq", str(other), "--since", str(earlier), settings=small)
    for question, key in (
        ("Which judge blocked the sharing of addresses?", "faq.change_question_came"),
        (SOLICITUD, "faq.change_question_went"),
    ):
        assert f"### {question}\n\n- {say(Language.EN, key)}" in changed.out


def test_an_earlier_list_is_asked_again_in_its_own_languages_and_wordings(
    small: Settings, tmp_path: Path
) -> None:
    listed, earlier = tmp_path / "list.txt", tmp_path / "earlier.md"
    listed.write_text(f"{SOLICITUD} | {REQUEST}", encoding="utf-8")
    assert here("faq", str(listed), "--lang", "es", "--out", str(earlier), settings=small).code == 0
    record = read_record(here("faq", "--since", str(earlier), "--json", settings=small).out)
    assert record.languages == (Language.ES,)
    assert record.entries[0].lead is Language.ES
    both = here("faq", "--since", str(earlier), "--lang", "both", "--json", settings=small)
    assert read_record(both.out).languages == tuple(Language)


def test_a_corrected_document_is_told_as_a_reworded_sentence(
    small_settings: Settings, file: Path, tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier.md"
    assert here("faq", str(file), "--out", str(earlier), settings=small_settings).code == 0
    record = read_earlier(earlier.name, earlier.read_bytes())
    quote = record.entries[0].sides[Language.EN].quotes[0]
    path = next(small_settings.corpus.glob(f"en/*/{quote.document}.md"))
    before = path.read_text(encoding="utf-8")
    assert quote.text in before
    path.write_text(
        before.replace(quote.text, f"{quote.text[:-1]}, as before."), encoding="utf-8", newline="\n"
    )
    ran = here("faq", "--since", str(earlier), "--lang", "en", settings=small_settings)
    assert ran.code == 0
    assert "Its source now says" in ran.out
    assert "as before." in ran.out


def test_a_list_as_of_an_earlier_day_says_so(small: Settings, file: Path) -> None:
    ran = here("faq", str(file), "--lang", "en", "--as-of", "2025-06-30", settings=small)
    assert say(Language.EN, "faq.lead_earlier")[:50] in " ".join(ran.out.split())
    assert "June 30, 2025" in ran.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Give a file of questions, one a line: assistant faq QUESTIONS.txt"),
        (["nowhere.txt"], "nowhere.txt cannot be read: No such file"),
        (["LIST", "--lang", "auto"], "There is no language 'auto'. Use en, es or both."),
        (["LIST", "--as-of", "soon"], "'soon' is no date"),
        (["LIST", "--out", "list.exe"], "list.exe ends in .exe"),
        (["LIST", "--out", "nowhere/list.md"], "There is no folder nowhere"),
        (["LIST", "--since", "nowhere.md"], "nowhere.md cannot be read: No such file"),
        (["LIST", "--since", "README.md"], "This file holds no list that was saved here."),
        (["LIST", "--since", "pyproject.toml"], "and not from .toml"),
        (["EMPTY"], "There is no question in this list. Write one question a line."),
        (["LONG"], "Line 2 has more than 500 characters."),
        (["LATIN"], "is not UTF-8 text. Save it as UTF-8 and try again."),
    ],
)
def test_a_wrong_call_ends_with_two_before_an_index_is_built(
    small_settings: Settings, tmp_path: Path, arguments: list[str], says: str
) -> None:
    written = {
        "LIST": LIST.encode(),
        "EMPTY": b"\n - \n",
        "LONG": f"{REQUEST}\n{'Why? ' * 200}".encode(),
        "LATIN": "¿Qué?".encode("latin-1"),
    }
    for name, content in written.items():
        (tmp_path / name).write_bytes(content)
    given = [str(tmp_path / each) if each in written else each for each in arguments]
    ran = here("faq", *given, settings=small_settings)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.notice
    assert "Traceback" not in ran.err
    assert not small_settings.index.exists()


def test_a_personal_number_is_never_said_or_saved(small: Settings, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(f"My SSN is 123-45-6789. {REQUEST}", encoding="utf-8")
    out = tmp_path / "out.html"
    ran = here("faq", str(listed), "--out", str(out), settings=small)
    assert ran.code == 0
    assert "6789" not in ran.out + ran.err + out.read_text(encoding="utf-8")
    assert say(Language.EN, "guard.kind_ssn") in out.read_text(encoding="utf-8")


@pytest.mark.corpus
def test_the_real_documents_answer_a_list_side_by_side(
    whole_index: Settings, tmp_path: Path
) -> None:
    shutil.copy(ROOT / "tests" / "questions.txt", tmp_path / "questions.txt")
    out = tmp_path / "list.md"
    ran = shell("faq", str(tmp_path / "questions.txt"), "--out", str(out), settings=whole_index)
    assert ran.code == 0, ran.err
    record = read_earlier(out.name, out.read_bytes())
    assert len(record.entries) == 3
    for entry in record.entries:
        english, spanish = (entry.sides[language] for language in Language)
        assert [each.document for each in english.quotes] == [
            each.document for each in spanish.quotes
        ]
        assert len(english.quotes) >= 3
