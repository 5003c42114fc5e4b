"""How the command starts: quickly, under each of its names, in any terminal."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest
from commands import MODULE, ROOT, SCRIPTS, environment, here, shell

NAMES = [(str(SCRIPTS / "assistant"),), (str(SCRIPTS / "ask6103"),), MODULE]
COMMANDS = ("ask", "search", "receipt", "index", "serve", "doctor", "corpus")
# About a third of a second is needed; what else a machine does is no part of it, but slows it.
PATIENCE = 1.5


def test_help_comes_at_once() -> None:
    def computing() -> float:
        """Seconds of processor time that processes begun here have used so far."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    def seconds() -> float:
        before = computing()
        ran = shell("--help")
        assert (ran.code, ran.err) == (0, "")
        return computing() - before

    assert min(seconds() for _ in range(3)) < PATIENCE


def test_help_names_every_command_and_that_it_is_no_legal_advice() -> None:
    shown = " ".join(here("--help").out.split())
    assert "Information, not legal advice." in shown
    for command in COMMANDS:
        assert f" {command} " in shown


@pytest.mark.parametrize("arguments", [["--help"], *([name, "-h"] for name in COMMANDS)])
def test_no_help_loads_a_library_that_only_answers_or_serves(arguments: list[str]) -> None:
    program = (
        "import sys\nfrom assistant.cli.app import main\n"
        f"sys.argv = ['assistant', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'scipy', 'torch', 'transformers', 'sentence_transformers', 'chromadb',"
        " 'gradio', 'uvicorn', 'bm25s', 'lingua', 'langchain_core', 'assistant.service'}\n"
        "print('loaded', *sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stderr == "loaded\n"
    assert "Usage:" in ran.stdout


@pytest.mark.parametrize("program", NAMES, ids=["assistant", "ask6103", "python -m assistant"])
def test_every_name_of_the_command_does_the_same(program: tuple[str, ...]) -> None:
    ran = shell("corpus", "show", "court-status-today", program=program)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == here("corpus", "show", "court-status-today").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bogus"], "No such command 'bogus'"),
        (["serv"], "Did you mean 'serve'"),
        (["--bogus"], "No such option: --bogus"),
        (["ask", "x", "--bogus"], "No such option: --bogus"),
        (["index", "--index"], "Option '--index' requires"),
        (["serve", "--port", "seven"], "Invalid value for '--port'"),
        (["serve", "--port", "65536"], "Invalid value for '--port'"),
        (["What is an ITIN?"], 'Begin with a command: assistant ask "…"'),
        (["¿Puede ICE ver mis impuestos?"], 'Begin with a command: assistant ask "…"'),
    ],
)
def test_a_wrong_call_ends_with_two_and_says_what_is_wrong(arguments: list[str], says: str) -> None:
    ran = here(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.notice
    assert "Traceback" not in ran.err


def test_a_variable_with_a_value_that_cannot_be_used_is_named() -> None:
    ran = here("ask", "What is an ITIN?", ASSISTANT_ENGINE="oracle")
    assert (ran.code, ran.out) == (2, "")
    assert "no engine 'oracle'" in ran.err
    assert "set with --engine or ASSISTANT_ENGINE" in ran.err


@pytest.mark.parametrize(
    "arguments", [["list"], ["list", "--json"], ["show", "case-law-6103-7431"]]
)
def test_a_reader_who_stops_reading_is_no_failure(arguments: list[str]) -> None:
    with subprocess.Popen(
        [*MODULE, "corpus", *arguments],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()  # long before the first line: every line then meets a closed pipe
        assert process.stderr.read() == ""
        assert process.wait(30) == 0


def test_a_terminal_without_our_signs_gets_a_question_mark_and_no_error() -> None:
    ran = subprocess.run(
        [*MODULE, "corpus", "show", "guide-could-i-be-affected"],
        cwd=ROOT,
        env=environment(PYTHONIOENCODING="latin-1"),
        capture_output=True,
        check=True,
    )
    assert ran.stderr == b""
    assert "The IRS?DHS agreement of April 7, 2025" in ran.stdout.decode("latin-1")
