"""A paper is saved as what its file's ending says, or the error says what, where and the mend."""

from __future__ import annotations

from pathlib import Path

import papers
import pytest

from assistant.errors import UsageError
from assistant.export.html import as_html
from assistant.export.save import SUFFIXES, as_bytes, check_path, save

BEGINS = {".docx": b"PK\x03\x04", ".html": b"<!doctype html>", ".md": b"---\n", ".pdf": b"%PDF-1"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_ending_has_its_writer(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"paper{suffix}"
    save(papers.paper(), file)
    assert file.read_bytes().startswith(BEGINS[suffix])
    assert file.read_bytes() == as_bytes(papers.paper(), suffix)


def test_an_ending_in_capitals_is_understood(tmp_path: Path) -> None:
    save(papers.paper(), tmp_path / "PAPER.HTML")
    assert (tmp_path / "PAPER.HTML").read_text(encoding="utf-8") == as_html(papers.paper())


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "paper.md"
    file.write_text("old" * 100_000, encoding="utf-8")
    save(papers.paper(), file)
    assert file.read_bytes() == as_bytes(papers.paper(), ".md")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("paper.odt", r"ends in \.odt.*\.docx, \.html, \.md or \.pdf"),
        ("paper", r"has no ending.*\.docx"),
        ("folder.pdf", r"is a folder.*Add a name"),
        ("missing/paper.pdf", r"no folder .*missing.*Make the folder"),
        ("file.md/paper.pdf", r"no folder .*file\.md"),
        ("x" * 300 + ".md", r"could not be written: .*another"),
    ],
)
def test_what_cannot_be_written_says_what_where_and_the_mend(
    tmp_path: Path, name: str, told: str
) -> None:
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "file.md").write_text("", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError, match=told) as raised:
        save(papers.paper(), tmp_path / name)
    assert str(tmp_path) in str(raised.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_without_leave_to_write_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, content: bytes) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(UsageError, match=r"paper\.md could not be written: Permission denied"):
        save(papers.paper(), tmp_path / "paper.md")


def test_a_place_can_be_checked_before_long_work(tmp_path: Path) -> None:
    check_path(tmp_path / "paper.pdf")
    with pytest.raises(UsageError, match="ending"):
        check_path(tmp_path / "paper")
    assert list(tmp_path.iterdir()) == []
