"""What the README tells a newcomer to type is there and works."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from commands import here

from assistant.config import Settings
from evals.__main__ import main as evaluate

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
LINES = [
    line.partition("#")[0].strip()
    for language, block in BLOCKS
    if language in {"sh", ""}
    for line in block.splitlines()
    if line.strip()
]
# Those that name a language model are run in test_readme_models.py.
ASSISTANT = [line for line in LINES if line.startswith("assistant ") and "--engine" not in line]
MAKE = sorted(set(re.findall(r"`?make ([a-z-]+)", README)))
EVALS = [line for line in LINES if line.startswith("python -m evals")]
# Not run here: they serve, or take minutes and tools of their own; what is imported is run, with
# such a file, in test_corpus_official_command.py.
LONG = {"assistant index", *(line for line in LINES if line.startswith("assistant corpus import"))}


def test_the_commands_are_found_at_all() -> None:
    assert len(ASSISTANT) >= 8
    assert {"run", "test", "eval"} <= set(MAKE)
    assert len(EVALS) >= 3


@pytest.mark.corpus
@pytest.mark.parametrize("line", [line for line in ASSISTANT if line not in LONG])
def test_every_assistant_command_runs_and_says_something(line: str, whole_index: Settings) -> None:
    ran = here(*shlex.split(line)[1:], settings=whole_index)
    assert ran.code == 0, ran.err
    assert ran.out.strip()


@pytest.mark.parametrize("target", MAKE)
def test_every_make_target_is_in_the_makefile(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("line", EVALS)
def test_every_evaluation_command_knows_its_options(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in line.split(" && "):
        words = shlex.split(command)[3:]
        options = [word for word in words if word.startswith("--")]
        with pytest.raises(SystemExit) as left:
            evaluate([*words, "--help"])
        assert left.value.code == 0
        helped = capsys.readouterr().out
        assert all(option in helped for option in options)


@pytest.mark.corpus
def test_the_python_example_runs(whole_index: Settings) -> None:
    (code,) = [block for language, block in BLOCKS if language == "python"]
    places = {
        "ASSISTANT_INDEX": str(whole_index.index),
        "ASSISTANT_CORPUS": str(whole_index.corpus),
    }
    ran = subprocess.run(
        [sys.executable, "-c", code + "\nprint(len(retriever.invoke('Can ICE see my taxes?')))"],
        cwd=ROOT,
        env={**os.environ, **places},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "5"
