"""The record inside a paper: unseen, harmless, and read back to the letter from every file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.export.docx import as_docx
from assistant.export.embedded import (
    as_comment,
    record_in_docx,
    record_in_text,
)
from assistant.export.html import as_html
from assistant.export.markdown import as_markdown
from assistant.export.paper import Line, Paper, Prose
from assistant.models import Language

HOSTILE = '--> <script>alert(1)</script> ]]> & &lt; <!-- "¿Qué?" \\u003c {"a": "}"} --'
READ: dict[str, Callable[[Paper], str | None]] = {
    "md": lambda paper: record_in_text(as_markdown(paper)),
    "html": lambda paper: record_in_text(as_html(paper)),
    "docx": lambda paper: record_in_docx(as_docx(paper)),
}


def paper(record: str | None) -> Paper:
    prose = Prose((Line("A sentence."),))
    return Paper("Title", Language.EN, date(2026, 11, 29), blocks=(prose,), record=record)


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("value", [{}, {"text": HOSTILE}, {HOSTILE: [1, 2.5, None, True]}])
def test_a_record_is_read_back_from_every_kind_of_file(kind: str, value: object) -> None:
    found = READ[kind](paper(json.dumps(value, ensure_ascii=False)))
    assert found is not None
    assert json.loads(found) == value


@pytest.mark.parametrize("kind", READ)
def test_a_paper_without_a_record_holds_none(kind: str) -> None:
    assert READ[kind](paper(None)) is None


@given(st.dictionaries(st.text(), st.text()))
def test_no_text_can_end_the_comment_or_begin_another(value: dict[str, str]) -> None:
    comment = as_comment(json.dumps(value, ensure_ascii=False))
    inner = comment.removeprefix("<!--").removesuffix("-->")
    assert not {"<", ">", "&", "\n"} & set(inner)
    assert "--" not in inner
    assert comment.isascii()
    found = record_in_text(f"before {comment} after")
    assert found is not None
    assert json.loads(found) == value


def test_a_reader_of_the_paper_does_not_see_the_record() -> None:
    hidden = paper(json.dumps({"text": "not to be seen"}))
    document = docx.Document(io.BytesIO(as_docx(hidden)))
    assert all("not to be seen" not in each.text for each in document.paragraphs)
    body = as_html(hidden).split("</main>")[0]
    assert "not to be seen" not in body


def test_a_word_file_that_was_opened_and_saved_still_holds_its_record() -> None:
    first = as_docx(paper(json.dumps({"text": HOSTILE})))
    document = docx.Document(io.BytesIO(first))
    document.add_paragraph("Added by hand.")
    again = io.BytesIO()
    document.save(again)
    found = record_in_docx(again.getvalue())
    assert found is not None
    assert json.loads(found) == {"text": HOSTILE}


def test_the_same_paper_gives_the_same_word_file() -> None:
    assert as_docx(paper("{}")) == as_docx(paper("{}"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"plain text"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="no Word file"):
        record_in_docx(content)


def test_a_part_that_claims_to_be_huge_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.export.embedded._LARGEST", 100)
    assert record_in_docx(as_docx(paper(json.dumps({"text": "x" * 200})))) is None


def test_a_damaged_word_file_is_refused() -> None:
    whole = bytearray(as_docx(paper(json.dumps({"text": "x" * 500}))))
    with zipfile.ZipFile(io.BytesIO(bytes(whole))) as package:
        part = next(each for each in package.infolist() if each.filename.startswith("customXml/i"))
    for place in range(part.header_offset + 60, part.header_offset + 90):
        whole[place] ^= 0xFF
    with pytest.raises(ValueError, match="no Word file"):
        record_in_docx(bytes(whole))
