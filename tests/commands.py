"""The ``assistant`` command as a script meets it: in its own process, or quickly in this one."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import sysconfig
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from fakes import FakeEmbedder

from assistant.cli.app import main
from assistant.config import Settings
from assistant.index.embed import Embedder, open_embedder

ROOT = Path(__file__).resolve().parent.parent
SMALL_CORPUS = ROOT / "tests" / "small_corpus"
MODULE = (sys.executable, "-m", "assistant")
SCRIPTS = Path(sysconfig.get_path("scripts"))
# Wide enough that no message is folded, and no colour that this machine's settings would force.
_PLAIN = {"COLUMNS": "300", "TERM": "dumb"}
_FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE", "PY_COLORS")
_FRAME = re.compile("[╭╮╰╯─│]")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: its exit code, its results, and its notices."""

    code: int
    out: str
    err: str

    @property
    def notice(self) -> str:
        """The notices in one line, without the frame that Typer draws."""
        return " ".join(_FRAME.sub(" ", self.err).split())

    @property
    def lines(self) -> list[str]:
        """The results, line by line."""
        return self.out.splitlines()


def environment(settings: Settings | None = None, **more: str) -> dict[str, str]:
    """This process's environment with the folders and the model of these settings."""
    kept = {name: value for name, value in os.environ.items() if name not in _FORCING}
    if settings:
        kept |= {
            "ASSISTANT_CORPUS": str(settings.corpus),
            "ASSISTANT_INDEX": str(settings.index),
            "ASSISTANT_EMBEDDER": settings.embedder,
        }
    return {**kept, **_PLAIN, **more}


def here(
    *arguments: str, settings: Settings | None = None, terminal: bool = False, **more: str
) -> Ran:
    """Runs the command in this process; the fake embedder serves where it is named."""
    out, err = _Screen(terminal), _Screen(terminal)
    with (
        mock.patch.dict(os.environ, environment(settings, **more), clear=True),
        mock.patch.object(sys, "argv", ["assistant", *arguments]),
        mock.patch("assistant.service.open_embedder", _open_embedder),
        mock.patch("assistant.cli.doctor.open_embedder", _open_embedder),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _exit_code()
    return Ran(code, out.text(), err.text())


def shell(
    *arguments: str,
    settings: Settings | None = None,
    program: tuple[str, ...] = MODULE,
    folder: Path = ROOT,
    **more: str,
) -> Ran:
    """Runs the command in a process of its own, both outputs piped."""
    ran = subprocess.run(
        [*program, *arguments],
        cwd=folder,
        env=environment(settings, **more),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


class _Screen(io.TextIOWrapper):
    """What is written, in UTF-8; a pipe or, when told so, a terminal."""

    def __init__(self, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def text(self) -> str:
        self.flush()
        written: bytes = self.buffer.getvalue()  # type: ignore[attr-defined]
        return written.decode("utf-8")


def _exit_code() -> int:
    try:
        main()
    except SystemExit as leaving:
        assert leaving.code is None or isinstance(leaving.code, int), leaving.code
        return leaving.code or 0
    return 0


def _open_embedder(name: str) -> Embedder:
    return FakeEmbedder() if name == FakeEmbedder().name else open_embedder(name)
