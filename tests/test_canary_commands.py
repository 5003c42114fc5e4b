"""Marked questions through every command, then a search of all that could have kept them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from canary import (
    ASKED,
    PERSONAL,
    PERSONALES,
    SECRETS,
    SHARED,
    Found,
    found_in,
    holding,
    homes,
    written_since,
)
from commands import ROOT, environment
from pypdf import PdfReader

from assistant.config import Settings

pytestmark = pytest.mark.corpus

ENGLISH = f"{PERSONAL}Did the IRS give my {ASKED} address to ICE?"
SPANISH = f"{PERSONALES}¿El IRS ya le dio mi dirección {ASKED} a ICE?"
# The asker names these files; they hold the question without what is personal in it.
SAVED = ("receipt.json", "faq.docx", "faq.pdf")
GIVEN = ("list.txt", "batch.jsonl")


@dataclass(frozen=True, slots=True)
class Watched:
    """What a run of several commands left behind."""

    home: Path
    began: float
    out: str
    err: str

    @property
    def kept(self) -> list[Path]:
        """Every file written meanwhile, but for those that the asker gave or asked for."""
        own = {self.home / name for name in (*SAVED, *GIVEN)}
        places = (self.home, ROOT, *SHARED)
        files = {file for place in places for file in written_since(place, self.began)}
        return sorted(files - own)

    def read(self, name: str) -> list[str]:
        """The lines of one of the watcher's own files."""
        return (self.home / name).read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def watched(whole_index: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Every command that takes a question, also with mistakes, in one process."""
    home = tmp_path_factory.mktemp("home")
    (home / "list.txt").write_text(f"{ENGLISH}\n{SPANISH}\n", encoding="utf-8")
    lines = (
        {"id": "1", "question": ENGLISH},
        {"id": "2", "turns": [ENGLISH, f"and my {ASKED} wife?"]},
        {"id": "3", "question": ENGLISH, "language": ASKED},
    )
    batch = "".join(json.dumps(line) + "\n" for line in lines) + f'{{"question": "{ENGLISH}\n'
    (home / "batch.jsonl").write_text(batch, encoding="utf-8")
    lists = [["faq", "list.txt", "--lang", "both", "--out", name] for name in SAVED[1:]]
    commands = [
        ["ask", ENGLISH, "--receipt", "receipt.json"],
        ["ask", SPANISH, "--json"],
        ["ask", *ENGLISH.split()],
        ["ask", ENGLISH * 60],
        ["ask", ENGLISH, "--engine", "nobody:nothing"],
        ["ask", "--batch", "batch.jsonl"],
        ["search", ENGLISH],
        ["receipt", "receipt.json"],
        *lists,
    ]
    began = time.time()
    ran = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "watched.py"), str(home), json.dumps(commands)],
        cwd=home,
        env=environment(whole_index, **homes(home), PYTHONPATH=str(ROOT), PYTHONFAULTHANDLER="1"),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    yield Watched(home, began, ran.stdout, ran.stderr)


def test_each_command_did_what_it_should(watched: Watched) -> None:
    ended = [line for line in watched.out.splitlines() if line.startswith("ended: ")]
    assert ended == [f"ended: {code}" for code in (0, 0, 0, 2, 2, 0, 0, 0, 0, 0)]
    assert "DEBUG:" in watched.err


def test_no_file_keeps_a_question(watched: Watched) -> None:
    kept = watched.kept
    assert watched.home / "opened.txt" in kept
    assert found_in(kept, (ASKED, *SECRETS)) == []


def test_no_log_or_message_holds_a_question(watched: Watched) -> None:
    assert holding(watched.err.encode(), (ASKED, *SECRETS)) == []


def test_what_is_personal_reaches_no_result(watched: Watched) -> None:
    assert holding(watched.out.encode(), SECRETS) == []
    assert ASKED in watched.out


def test_what_is_saved_holds_the_question_without_what_is_personal(watched: Watched) -> None:
    saved = [watched.home / name for name in SAVED]
    assert found_in(saved, SECRETS) == []
    assert Found(ASKED, str(watched.home / "receipt.json")) in found_in(saved, (ASKED,))
    pages = "".join(page.extract_text() for page in PdfReader(watched.home / "faq.pdf").pages)
    assert holding(pages.encode(), SECRETS) == []


def test_nothing_is_left_but_what_was_asked_for(watched: Watched) -> None:
    opened = {(watched.home / name).resolve() for name in watched.read("opened.txt")}
    left = {file.name for file in opened if file.is_file()}
    assert left == set(SAVED)


def test_no_other_host_is_looked_up_or_reached(watched: Watched) -> None:
    assert watched.read("reached.txt") == []
