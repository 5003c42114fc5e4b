"""``assistant corpus fetch``: what is listed, asked for, imported and said, and how it ends."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from documents import copy_alone
from official_files import cluster, code, opinion, register, section
from official_services import SECRET, Reply, Server, Ways, packed, serving
from typer.testing import CliRunner, Result

from assistant.cli.corpus import app
from assistant.corpus.check import check_corpus
from assistant.corpus.fetch import doors
from assistant.corpus.fetch.catalogue import Host, read_catalogue
from assistant.errors import CorpusError

runner = CliRunner()

DAY = "2026-11-20"
TITLES = f"{Host.REGULATIONS}/api/versioner/v1/titles.json"
ZIPS = f"{Host.CODE}/download/releasepoints/us/pl"
TITLE_26 = f"{ZIPS}/119/102not101/xml_usc26@119-102not101.zip"
RULE = (
    f"{Host.REGULATIONS}/api/versioner/v1/full/{DAY}/title-26.xml"
    "?part=301&section=301.6103%28i%29-1"
)
NOTICE = f"{Host.REGISTER}/api/v1/documents/2025-00001.json"
OPINION = f"{Host.COURTS}/api/rest/v4/opinions/77/"
CLUSTER = f"{Host.COURTS}/api/rest/v4/clusters/70/"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return copy_alone(("statutes/usc-26-6103-i-2",), folder)


@pytest.fixture
def between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files lie that are brought and not yet imported."""
    folder = tmp_path / "between"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def ways(server: Server, monkeypatch: pytest.MonkeyPatch) -> Ways:
    made = Ways(server)
    monkeypatch.setattr(doors, "official", made.doors)
    monkeypatch.delenv("COURTLISTENER_TOKEN", raising=False)
    return made


def fetch(corpus: Path, *arguments: str) -> Result:
    return runner.invoke(app, ["fetch", *arguments, "--corpus", str(corpus)])


def official(corpus: Path) -> list[str]:
    return sorted(each.relative_to(corpus).as_posix() for each in corpus.rglob("*official*"))


def title(*numbers: str) -> Reply:
    xml = code("".join(section(number) for number in numbers), title="26").replace("t99", "t26")
    return Reply(packed({"usc26.xml": xml.encode()}), kind="application/zip")


def titles(day: str | None = DAY) -> Reply:
    told = {"titles": [{"number": 26, "up_to_date_as_of": day}, {"number": 8}]}
    return Reply(json.dumps(told).encode())


def rule() -> Reply:
    xml = (
        '<?xml version="1.0"?><DIV8 N="301.6103(i)-1" TYPE="SECTION" hierarchy_metadata="{'
        "&quot;path&quot;:&quot;/on/_SUBSTITUTE_DATE_/title-26/section-301.6103(i)-1&quot;,"
        '&quot;citation&quot;:&quot;26 CFR 301.6103(i)-1&quot;}">'
        "<HEAD>§ 301.6103(i)-1 Disclosure.</HEAD><P>(a) Yes.</P><P>(b) No.</P></DIV8>"
    )
    return Reply(xml.encode(), kind="application/xml")


def court(server: Server) -> None:
    server.tells(OPINION, Reply(json.dumps(opinion()).encode()))
    server.tells(CLUSTER, Reply(json.dumps(cluster()).encode()))


def test_without_a_name_the_names_are_listed_and_nobody_is_reached(corpus: Path) -> None:
    # The gate of conftest.py fails this test at any look-up or connection.
    result = runner.invoke(app, ["fetch"])
    assert result.exit_code == 0
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert all(len(row) == 3 for row in rows)
    assert {row[1] for row in rows} == set(Host)
    assert {row[0] for row in rows} == {*read_catalogue().texts, "fr-NUMBER", "opinion-NUMBER"}
    assert "seen 2026-07-16" in result.stderr


@pytest.mark.network
def test_sections_of_the_code_come_in_the_zip_of_their_title(
    corpus: Path, between: Path, server: Server, ways: Ways
) -> None:
    server.tells(TITLE_26, title("6103", "6104", "7213A"))
    result = fetch(corpus, "usc-26-6103", "usc-26-7213a")
    assert result.exit_code == 0, result.output
    assert official(corpus) == [
        "en/statutes/official-usc-26-6103.md",
        "en/statutes/official-usc-26-7213a.md",
    ]
    assert server.asked == [TITLE_26]
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert [row[:2] for row in rows] == [
        ["official-usc-26-6103", "new"],
        ["official-usc-26-7213a", "new"],
    ]
    assert "release point 119-102not101, seen 2026-07-16" in result.stderr
    assert "from uscode.house.gov (all of title 26" in result.stderr
    assert "Imported: 2. Run `assistant index`" in result.stderr
    assert check_corpus(corpus) == ()
    assert list(between.iterdir()) == []
    again = fetch(corpus, "usc-26-6103")
    assert "\tthe same text as before\t" in again.stdout


@pytest.mark.network
def test_another_release_point_can_be_named(corpus: Path, server: Server, ways: Ways) -> None:
    server.tells(f"{ZIPS}/119/110/xml_usc26@119-110.zip", title("6103"))
    result = fetch(corpus, "usc-26-6103", "--release", "119-110")
    assert result.exit_code == 0, result.output
    assert "seen" not in result.stderr


@pytest.mark.network
@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<html>Not found</html>", kind="text/html"),
        Reply(b"<html>Not found</html>", kind="application/zip"),
        Reply(status=404),
    ],
)
def test_a_page_instead_of_a_zip_is_told(
    reply: Reply, corpus: Path, between: Path, server: Server, ways: Ways
) -> None:
    server.tells(TITLE_26, reply)
    result = fetch(corpus, "usc-26-6103")
    assert result.exit_code == 4
    if reply.kind == "application/zip":
        assert "no zip archive" in result.stderr
    else:
        assert "There may be no release point 119-102not101" in result.stderr
        assert "name one with --release" in result.stderr
    assert (official(corpus), list(between.iterdir())) == ([], [])


@pytest.mark.network
def test_a_section_that_the_title_does_not_have_ends_with_2(
    corpus: Path, between: Path, server: Server, ways: Ways
) -> None:
    server.tells(TITLE_26, title("6103"))
    result = fetch(corpus, "usc-26-6103", "usc-26-7213")
    assert result.exit_code == 2
    assert "no file has a section '7213'" in result.stderr
    assert official(corpus) == ["en/statutes/official-usc-26-6103.md"]


@pytest.mark.network
def test_what_will_not_import_ends_with_2_and_names_its_address(
    corpus: Path, between: Path, server: Server, ways: Ways
) -> None:
    bad = packed({"usc26.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"})
    server.tells(TITLE_26, Reply(bad, kind="application/zip"))
    result = fetch(corpus, "usc-26-6103")
    assert result.exit_code == 2
    assert f"https://{TITLE_26}: the XML declares a DTD" in result.stderr
    assert str(between) not in result.output
    assert (official(corpus), list(between.iterdir())) == ([], [])


@pytest.mark.network
def test_a_regulation_is_asked_for_as_of_the_day_that_the_service_tells(
    corpus: Path, server: Server, ways: Ways
) -> None:
    server.tells(TITLES, titles())
    server.tells(RULE, rule())
    result = fetch(corpus, "cfr-26-301-6103-i-1")
    assert result.exit_code == 0, result.output
    assert server.asked == [TITLES, RULE]
    (file,) = corpus.rglob("official-cfr-26-301-6103-i-1.md")
    assert f"as_of: {DAY}" in file.read_text(encoding="utf-8")
    assert ways.slept == [1.0]


@pytest.mark.network
def test_the_day_is_asked_for_once(corpus: Path, server: Server, ways: Ways) -> None:
    server.tells(TITLES, titles())
    server.tells(RULE, rule())
    result = fetch(corpus, "cfr-26-301-6103-c-1", "cfr-26-301-6103-i-1")
    assert server.asked.count(TITLES) == 1
    assert result.exit_code == 4
    assert "removed or renumbered by 2026-11-20" in result.stderr
    assert official(corpus) == ["en/regulations/official-cfr-26-301-6103-i-1.md"]


@pytest.mark.network
@pytest.mark.parametrize("day", [None, "", "soon", "2026-13-01", "../../x"])
def test_a_day_that_is_none_never_becomes_a_path(
    day: str | None, corpus: Path, server: Server, ways: Ways
) -> None:
    server.tells(TITLES, titles(day))
    result = fetch(corpus, "cfr-26-301-6103-i-1")
    assert result.exit_code == 4
    assert "does not tell up to which day" in result.stderr
    assert server.asked == [TITLES]


@pytest.mark.network
@pytest.mark.parametrize("body", [b"[]", b"{", b'"x"', b"\xff\xfe\xfd"])
def test_json_of_another_shape_is_told(
    body: bytes, corpus: Path, server: Server, ways: Ways
) -> None:
    server.tells(TITLES, Reply(body))
    result = fetch(corpus, "cfr-26-301-6103-i-1")
    assert result.exit_code == 4
    assert "www.ecfr.gov" in result.stderr


@pytest.mark.network
def test_a_document_of_the_federal_register_comes_by_its_number(
    corpus: Path, server: Server, ways: Ways
) -> None:
    server.tells(NOTICE, Reply(json.dumps(register()).encode()))
    result = fetch(corpus, "fr-2025-00001")
    assert result.exit_code == 0, result.output
    assert official(corpus) == ["en/guidance/official-fr-2025-00001-2025-03-04.md"]


@pytest.mark.network
def test_another_document_than_was_asked_for_is_not_taken(
    corpus: Path, server: Server, ways: Ways
) -> None:
    server.tells(NOTICE.replace("00001", "00002"), Reply(json.dumps(register()).encode()))
    result = fetch(corpus, "fr-2025-00002")
    assert result.exit_code == 4
    assert "another text than was asked for" in result.stderr
    assert official(corpus) == []


@pytest.mark.network
def test_an_opinion_comes_with_its_case(
    corpus: Path, server: Server, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURTLISTENER_TOKEN", SECRET)
    court(server)
    result = fetch(corpus, "opinion-77")
    assert result.exit_code == 0, result.output
    assert official(corpus) == ["en/courts/official-opinion-77-clerk-v-list.md"]
    assert server.asked == [OPINION, CLUSTER]
    sent = {each.headers.get("authorization") for each in server.requests}
    assert sent == {f"Token {SECRET}"}
    assert SECRET not in result.output
    kept = [file for file in corpus.rglob("*") if file.is_file()]
    assert all(SECRET.encode() not in file.read_bytes() for file in kept)


@pytest.mark.network
def test_the_token_goes_to_no_other_service(
    corpus: Path, server: Server, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURTLISTENER_TOKEN", SECRET)
    server.tells(TITLE_26, title("6103"))
    server.tells(TITLES, titles())
    server.tells(RULE, rule())
    fetch(corpus, "usc-26-6103", "cfr-26-301-6103-i-1", "fr-2025-00001")
    assert len(server.requests) == 4
    assert all(SECRET.encode() not in each.raw for each in server.requests)


@pytest.mark.network
@pytest.mark.parametrize("token", ["", "  ", "short", "two words here", "x\r\nHost: y", "é" * 30])
def test_without_a_token_that_can_be_used_no_opinion_is_asked_for(
    token: str, corpus: Path, server: Server, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURTLISTENER_TOKEN", token)
    result = fetch(corpus, "opinion-77")
    assert result.exit_code == 2
    assert "COURTLISTENER_TOKEN" in result.stderr
    assert not token.strip() or token not in result.output
    assert server.requests == []


@pytest.mark.network
def test_a_used_up_limit_says_when_to_try_again_and_asks_for_no_more(
    corpus: Path, server: Server, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURTLISTENER_TOKEN", SECRET)
    server.tells(OPINION, Reply(status=429, headers=("Retry-After: 7200",)))
    result = fetch(corpus, "opinion-77", "opinion-78")
    assert result.exit_code == 4
    assert "Try again in 2 h 0 min." in result.stderr
    assert (
        "opinion-78: Not asked for, since the one before failed at www.courtlistener.com"
        in result.stderr
    )
    assert server.asked == [OPINION]


@pytest.mark.network
def test_a_service_that_fails_stops_no_other(
    corpus: Path, between: Path, server: Server, ways: Ways
) -> None:
    server.tells(TITLE_26, Reply(status=500))
    server.tells(TITLES, titles())
    server.tells(RULE, rule())
    result = fetch(corpus, "usc-26-6103", "cfr-26-301-6103-i-1")
    assert result.exit_code == 4
    assert official(corpus) == ["en/regulations/official-cfr-26-301-6103-i-1.md"]
    assert list(between.iterdir()) == []


def test_a_name_that_is_unknown_ends_with_2_before_anything_is_asked(corpus: Path) -> None:
    result = fetch(corpus, "usc-8-1253", "usc-26-613")
    assert isinstance(result.exception, Exception)
    assert getattr(result.exception, "exit_code", None) == 2
    assert "Did you mean" in str(result.exception)
    assert result.stderr == ""


def test_without_a_corpus_nothing_is_asked(tmp_path: Path) -> None:
    result = fetch(tmp_path / "nowhere", "fr-2025-00001")
    assert isinstance(result.exception, CorpusError)


@pytest.mark.network
def test_an_interrupted_fetch_leaves_nothing(
    corpus: Path, between: Path, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        assert list(between.iterdir())
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.corpus.fetch.asking.next_place", stopped)
    result = fetch(corpus, "usc-26-6103")
    assert result.exit_code != 0
    assert (official(corpus), list(between.iterdir())) == ([], [])
