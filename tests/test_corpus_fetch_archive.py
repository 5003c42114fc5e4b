"""One member of a zip archive comes out, whole, or nothing does."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest
from official_services import packed

from assistant.corpus.fetch import archive
from assistant.corpus.fetch.archive import unpack
from assistant.errors import CorpusError, ServiceError

NAME = "usc26.xml"


def unpacked(content: bytes, folder: Path, name: str = NAME) -> bytes:
    file = folder / "held.zip"
    file.write_bytes(content)
    unpack(file, name, folder / "out.xml")
    return (folder / "out.xml").read_bytes()


def test_the_member_that_is_asked_for_comes_out_and_no_other(tmp_path: Path) -> None:
    content = packed({"readme.txt": b"hello", NAME: b"<uscDoc/>" * 1000})
    assert unpacked(content, tmp_path) == b"<uscDoc/>" * 1000
    assert {each.name for each in tmp_path.iterdir()} == {"held.zip", "out.xml"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>Not found</body></html>",
        b"PK",
        b"PK\x03\x04" + b"x" * 300,
        packed({NAME: b"<uscDoc/>" * 1000})[:-30],
        b"<html>" + packed({NAME: b"x"}),
    ],
)
def test_what_is_no_zip_archive_is_told(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="no zip archive, or breaks off"):
        unpacked(content, tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "../usc26.xml",
        "a/../../usc26.xml",
        "/etc/cron.d/x",
        "..\\x",
        "\\\\host\\x",
        "C:\\x",
        "a/..",
    ],
)
def test_a_name_that_leads_away_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="leads out of its folder"):
        unpacked(packed({NAME: b"<uscDoc/>", name: b"x"}), tmp_path)
    assert not (tmp_path / "out.xml").exists()


def test_a_link_is_refused(tmp_path: Path) -> None:
    def linked(info: zipfile.ZipInfo) -> None:
        info.external_attr = (stat.S_IFLNK | 0o777) << 16

    with pytest.raises(ServiceError, match="leads out of its folder"):
        unpacked(packed({NAME: b"/etc/passwd"}, linked), tmp_path)


def test_another_title_is_not_taken_for_the_one_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match=r"holds no 'usc26\.xml'"):
        unpacked(packed({"usc42.xml": b"x", "in/usc26.xml": b"x", "USC26.XML": b"x"}), tmp_path)


def test_two_members_of_that_name_are_refused(tmp_path: Path) -> None:
    content = packed({NAME: b"a", "usc27.xml": b"b"}).replace(b"usc27.xml", b"usc26.xml")
    with pytest.raises(ServiceError, match=r"holds 2 'usc26\.xml'"):
        unpacked(content, tmp_path)


def test_a_bomb_is_refused_by_what_it_says_of_itself(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="unpacks to 60 MB or more"):
        unpacked(packed({NAME: bytes(60 << 20)}), tmp_path)
    assert not (tmp_path / "out.xml").exists()


def test_a_bomb_that_lies_is_refused_by_what_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_STEEPEST", 1)
    content = packed({NAME: bytes(600_000)})
    lying = content.replace((600_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(ServiceError):
        unpacked(lying, tmp_path)
    out = tmp_path / "out.xml"
    assert not out.exists() or out.stat().st_size <= 100


def test_a_list_of_a_million_files_is_not_read(tmp_path: Path) -> None:
    content = bytearray(packed({NAME: b"x"}))
    content[-10:-6] = (50 << 20).to_bytes(4, "little")
    with pytest.raises(ServiceError, match="far more than one title"):
        unpacked(bytes(content), tmp_path)
    many = packed({f"{number}.xml": b"" for number in range(201)})
    with pytest.raises(ServiceError, match="lists 201 files"):
        unpacked(many, tmp_path)


def test_a_damaged_or_encrypted_member_is_refused(tmp_path: Path) -> None:
    content = bytearray(packed({NAME: bytes(range(256)) * 100}))
    content[60] ^= 0xFF
    with pytest.raises(ServiceError, match="damaged"):
        unpacked(bytes(content), tmp_path)
    secret = bytearray(packed({NAME: b"x"}))
    at = secret.index(b"PK\x01\x02")
    secret[at + 8] |= 1
    with pytest.raises(ServiceError, match="encrypted"):
        unpacked(bytes(secret), tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "out.xml").symlink_to("/dev/full")
    with pytest.raises(CorpusError, match="cannot be kept there"):
        unpacked(packed({NAME: b"x" * 100_000}), tmp_path)
