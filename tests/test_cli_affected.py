"""``assistant affected``: asks on stderr, tells on stdout, saves only what was asked for."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from commands import Ran, here
from documents import copy_of_ids
from fakes import FakeEmbedder
from pypdf import PdfReader

from assistant.config import Settings
from assistant.desk.affected import queries, rules
from assistant.models import Language
from assistant.texts import say

EN, ES = Language.EN, Language.ES
in_both = pytest.mark.parametrize("language", Language)

pytestmark = pytest.mark.usefixtures("no_kinds_learned")


@pytest.fixture(scope="module")
def held(no_kinds_learned: None, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of the documents that the check quotes, made by the fake embedder."""
    folder = tmp_path_factory.mktemp("affected")
    picks = [query.because for query in queries()]
    quoted = {pick.document for pick in picks}
    quoted |= {pick.document for rule in rules() for pick in rule.says}
    corpus = copy_of_ids(quoted, folder / "corpus")
    settings = Settings(corpus=corpus, index=folder / "index", embedder=FakeEmbedder().name)
    assert here("index", settings=settings).code == 0
    return settings


def run(
    held: Settings,
    monkeypatch: pytest.MonkeyPatch,
    *arguments: str,
    typed: str = "",
    terminal: bool = False,
) -> Ran:
    """The command with these lines on stdin, after which nobody types any more."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    screen = {"TERM": "xterm-256color", "COLUMNS": "60"} if terminal else {}
    return here("affected", *arguments, settings=held, terminal=terminal, **screen)


def headings(language: Language, *parts: str) -> list[str]:
    return [say(language, f"affected.part_{part}") for part in parts]


class TestAsking:
    @in_both
    def test_who_presses_enter_seven_times_is_asked_all_and_helped(
        self, held: Settings, monkeypatch: pytest.MonkeyPatch, language: Language
    ) -> None:
        ran = run(held, monkeypatch, "--lang", language.value, typed="\n" * 7)
        assert ran.code == 0
        for number, query in enumerate(queries(), 1):
            progress = say(language, "affected.progress", number=number, total=7)
            assert f"{progress}\n{say(language, f'affected.question_{query.name}')}\n" in ran.err
        for heading in headings(language, "covers", "certain", "record", "steps", "help"):
            assert heading in ran.lines
        assert "justice.gov/eoir" in ran.out

    def test_questions_are_no_part_of_the_result(
        self, held: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ran = run(held, monkeypatch, typed="1\n1\n1\n")
        assert not [
            each for each in queries() if say(EN, f"affected.question_{each.name}") in ran.out
        ]

    def test_no_more_lines_skip_what_is_left(
        self, held: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        skipped = run(held, monkeypatch, typed="\n" * 7)
        ended = run(held, monkeypatch, typed="")
        assert (ended.code, ended.out) == (0, skipped.out)

    def test_a_number_chooses(self, held: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        typed = run(held, monkeypatch, typed="1\n2\n1\n\n2\n3\n5\n")
        written = run(
            held,
            monkeypatch,
            "--answers",
            "filed=itin,address=moved,order=ordered,contact=call,helper=notary,worry=knowing",
        )
        assert typed.out == written.out
        assert headings(EN, "first")[0] in typed.lines

    @pytest.mark.parametrize("wrong", ["9", "0", "-1", "yes", "1.5", "²"])
    def test_what_is_no_number_of_the_list_is_asked_again(
        self, held: Settings, monkeypatch: pytest.MonkeyPatch, wrong: str
    ) -> None:
        ran = run(held, monkeypatch, typed=f"{wrong}\n4\n")
        assert ran.err.count(say(EN, "affected.cli_wrong")) == 1
        assert ran.out == run(held, monkeypatch, "--answers", "filed=never").out

    def test_who_never_filed_is_asked_one_question_less(
        self, held: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ran = run(held, monkeypatch, typed="4\n")
        assert say(EN, "affected.question_address") not in ran.err
        assert say(EN, "affected.progress", number=2, total=6) in ran.err
        assert say(EN, "affected.progress", number=6, total=6) in ran.err


class TestAnswersGivenAtOnce:
    def test_nothing_is_asked(self, held: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        ran = run(held, monkeypatch, "--answers", " filed = ssn , worry=filing")
        assert (ran.code, ran.err) == (0, "")
        assert "does not shield a person" in ran.out

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("filed", "'filed' is no answer. Write --answers filed=itin"),
            (
                "filed=green",
                "filed has no choice 'green'. It has itin, ssn, listed, never, unknown",
            ),
            ("name=Ana", "no question 'name'. It has filed, address, order"),
        ],
    )
    def test_what_is_no_answer_ends_with_the_mend(
        self, held: Settings, monkeypatch: pytest.MonkeyPatch, written: str, said: str
    ) -> None:
        ran = run(held, monkeypatch, "--answers", written)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err


class TestTheResult:
    @in_both
    def test_every_sentence_has_a_mark_and_every_mark_a_source(
        self, held: Settings, monkeypatch: pytest.MonkeyPatch, language: Language
    ) -> None:
        ran = run(held, monkeypatch, "--lang", language.value, "--answers", "order=ordered")
        told, _, listed = ran.out.partition(f"\n{say(language, 'paper.sources')}\n")
        marks = set(re.findall(r"\[(\d+)\]", told))
        assert marks == set(re.findall(r"^\[(\d+)\]", listed, re.MULTILINE))
        for line in re.findall(r"^(?:- |\d+\. )(.*)$", told, re.MULTILINE):
            assert line.endswith("]"), line
        assert say(language, "paper.disclaimer") in listed

    def test_is_plain_when_piped_and_folded_on_a_terminal(
        self, held: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        piped = run(held, monkeypatch, "--answers", "")
        assert "\x1b" not in piped.out
        assert "**" not in piped.out
        ran = run(held, monkeypatch, "--answers", "", terminal=True)
        bare = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in ran.lines]
        assert "\x1b[1m" in ran.out
        assert max(len(line) for line in bare if "://" not in line) <= 60
        assert " ".join(bare).split() == piped.out.split()


class TestSaving:
    @pytest.mark.parametrize("suffix", [".docx", ".md", ".html", ".pdf"])
    def test_the_file_holds_the_result_and_nothing_else_is_left(
        self, held: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, suffix: str
    ) -> None:
        file = tmp_path / f"result{suffix}"
        ran = run(held, monkeypatch, "--answers", "filed=itin", "--out", str(file))
        assert (ran.code, ran.out) == (0, "")
        assert ran.err.strip() == say(EN, "affected.cli_saved", file=file)
        assert list(tmp_path.iterdir()) == [file]
        assert file.stat().st_size > 1000

    @in_both
    def test_a_pdf_opens_and_helps(
        self, held: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: Language
    ) -> None:
        file = tmp_path / "result.pdf"
        run(held, monkeypatch, "--lang", language.value, "--answers", "", "--out", str(file))
        pages = [page.extract_text() for page in PdfReader(file).pages]
        words = " ".join(" ".join(pages).split())
        assert say(language, "affected.title") in words
        assert "4134" in words
        result = " ".join(pages[:2])
        assert all(heading in result for heading in headings(language, "covers", "steps", "help"))

    @pytest.mark.parametrize("name", ["result.txt", "result", "nowhere/result.pdf"])
    def test_where_nothing_can_be_saved_nothing_is_asked(
        self, held: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
    ) -> None:
        ran = run(held, monkeypatch, "--out", str(tmp_path / name), typed="1\n")
        assert (ran.code, ran.out) == (2, "")
        assert say(EN, "affected.question_filed") not in ran.err
        assert list(tmp_path.iterdir()) == []
