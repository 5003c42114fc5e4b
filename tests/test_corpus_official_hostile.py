"""Files made to harm, or broken on the way: each ends in one plain message and leaves nothing."""

from __future__ import annotations

import gzip
import re
import zipfile
from pathlib import Path

import pytest
from official_files import SANDWICH, USLM_2, cluster, code, ecfr, opinion, section, write

from assistant.corpus.check import check_corpus
from assistant.corpus.official import json_text, xml
from assistant.corpus.official.facts import Wanted
from assistant.corpus.official.importing import import_files
from assistant.corpus.official.text import slug

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {here} "{f"&{before};" * 10}">'
        for before, here in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
REMOTE = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">'


def uslm(before: str, inside: str) -> str:
    body = code(section("1", inside))
    return before + body.partition("?>")[2]


def problem_of(tmp_path: Path, content: str | bytes) -> str:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    file = write(tmp_path, "official.xml", content)
    (outcome,) = import_files([file], corpus, Wanted()).files
    assert outcome.written == ()
    assert [*corpus.rglob("*")] == []
    assert outcome.problem.startswith(f"{file}:")
    assert "\n" not in outcome.problem
    return outcome.problem


@pytest.mark.parametrize(
    "content",
    [
        uslm(LAUGHS, "&i;"),
        uslm(OUTSIDE, "&e;"),
        uslm(REMOTE, "x"),
        LAUGHS + "<DIV5>&i;</DIV5>",
        '<?xml version="1.0"?><!DOCTYPE mods [<!ATTLIST a b CDATA "c">]><mods/>',
    ],
)
def test_a_dtd_or_an_entity_is_refused(tmp_path: Path, content: str) -> None:
    assert "declares a DTD or entities" in problem_of(tmp_path, content)


@pytest.mark.parametrize(
    "content",
    [
        "<DIV5>" + "<a>" * 1_000_000,
        code("<p>" * 1_000_000),
        code('<section identifier="/us/usc/t99/s1">' + "<level>" * 200_000),
        ecfr("<P>" + "<I>" * 200_000),
    ],
)
def test_deep_nesting_is_refused(tmp_path: Path, content: str) -> None:
    assert "levels deep" in problem_of(tmp_path, content)


@pytest.mark.parametrize("depth", [10_000, 1_000_000])
def test_deep_json_is_refused(tmp_path: Path, depth: int) -> None:
    assert "nested" in problem_of(tmp_path, '{"a":' * depth + "1" + "}" * depth)
    assert "nested" in problem_of_again(tmp_path, "[" * depth)


def problem_of_again(tmp_path: Path, content: str) -> str:
    folder = tmp_path / "again"
    folder.mkdir()
    return problem_of(folder, content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (code()[: len(code()) // 2], r":\d+: the XML breaks off or is damaged"),
        (code().replace("secret", "sec\x00ret"), r":\d+: the XML breaks off or is damaged"),
        (code().replace("</chapeau>", ""), r":\d+: .*mismatched tag"),
        (code().replace("UTF-8", "KLINGON-1"), "cannot be decoded|damaged"),
        (code().encode().replace(b"secret", b"secr\xe9t"), "damaged"),
        ("", "the file is empty"),
        ("\x00\x00\x00", "the file is empty"),
        ("hello", "plain text of no known form"),
        ("\x01\x02\x00\x03binary", "binary data"),
        ("<!DOCTYPE html><html><body>Not found</body></html>", "a web page"),
        (
            "<?xml version='1.0'?>\n<!-- x --><html xmlns='http://www.w3.org/1999/xhtml'/>",
            "web page",
        ),
        ("<feed/>", "root 'feed'"),
        ("<FEDREG/>", "a whole issue of the Federal Register"),
        ("<mods xmlns='http://www.loc.gov/mods/v3'/>", "a MODS record"),
        ("<bill/>", "a bill in the older XML"),
        (f"<bill xmlns='{USLM_2}'/>", "a bill in USLM XML.*only the U.S. Code"),
        (f"<pLaw xmlns='{USLM_2}'/>", "a public law in USLM XML"),
        (f"<frDoc xmlns='{USLM_2}'/>", "a document of the Federal Register in USLM"),
        ("<uscDoc xmlns='http://example.org/uslm'/>", "root 'uscDoc'"),
        ("<uscDoc/>", "root 'uscDoc'"),
        ('{"a": 1', ":1: the JSON breaks off"),
        ('{"a": "\ud800"}'.encode("utf-8", "surrogatepass"), "not in UTF-8"),
        (b'{"a": "\xe9"}', "not in UTF-8"),
        ('{"a": ' + "9" * 5000 + "}", "cannot be read"),
        (gzip.compress(b"x", mtime=0), "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture.*OCR"),
    ],
)
def test_what_cannot_be_read_is_told_with_place_and_mend(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    assert re.search(said, problem_of(tmp_path, content))


def test_a_zip_archive_is_to_be_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr("usc26.xml", code())
    said = problem_of(tmp_path, (tmp_path / "made.zip").read_bytes())
    assert "a zip archive" in said and "Unpack it" in said


def test_a_folder_or_a_missing_file_is_told(tmp_path: Path) -> None:
    outcome = import_files([tmp_path, tmp_path / "no.xml"], tmp_path, Wanted())
    assert ["cannot be opened" in each.problem for each in outcome.files] == [True, True]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_that_say_so_are_read(tmp_path: Path, encoding: str) -> None:
    text = code().replace("UTF-8", "utf-16") if encoding == "utf-16" else code()
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    outcome = import_files([write(tmp_path, "f", text.encode(encoding))], corpus, Wanted())
    assert [each.id for each in outcome.files[0].written] == ["official-usc-99-5"]


def test_a_huge_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml, "LARGEST", 1000)
    monkeypatch.setattr(json_text, "LARGEST", 1000)
    assert "more than any official file" in problem_of(tmp_path, code())
    assert "fewer documents" in problem_of_again(tmp_path, '{"a": "' + "x" * 2000 + '"}')


@pytest.mark.parametrize(
    "identifier",
    [
        "../../../../tmp/evil",
        "..%2f..%2fevil",
        "1\u0000",
        "a\\..\\..\\b",
        ".",
        "con",
        "\u202e1",
        "x" * 5000,
    ],
)
def test_no_name_in_a_file_leads_out_of_the_corpus(tmp_path: Path, identifier: str) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    told = cluster(case_name=f"{identifier} v. Y")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(f"official {identifier}"))
    files = [
        write(tmp_path, "1", code(section(identifier.replace("\u0000", "")))),
        write(tmp_path, "2", opinion(cluster=told)),
        write(tmp_path, "3", ecfr("<P>Yes.</P>", number=identifier.replace("\u0000", ""))),
    ]
    import_files(files, corpus, Wanted(as_of="2026-01-01"))
    made = {each.relative_to(corpus).as_posix() for each in corpus.rglob("*") if each.is_file()}
    assert all(re.fullmatch(r"en/(statutes|courts)/official-[a-z0-9-]{1,60}\.md", m) for m in made)
    assert made
    assert {each.name for each in tmp_path.iterdir()} == {"corpus", "1", "2", "3"}


def test_text_that_looks_like_front_matter_or_yaml_stays_text(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    heading = 'Quote " and: colon\n---\norigin: digest'
    hostile = SANDWICH.replace("Secrecy of lists", heading)
    import_files([write(tmp_path, "f", code(hostile))], corpus, Wanted())
    assert check_corpus(corpus) == ()
