"""A paper as a file: the suffix says which writer, and what cannot be written says why."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.errors import UsageError
from assistant.export.docx import as_docx
from assistant.export.html import as_html
from assistant.export.markdown import as_markdown
from assistant.export.paper import Paper
from assistant.export.pdf import as_pdf


def _html(paper: Paper) -> bytes:
    return as_html(paper).encode()


def _markdown(paper: Paper) -> bytes:
    return as_markdown(paper).encode()


_WRITERS: dict[str, Callable[[Paper], bytes]] = {
    ".docx": as_docx,
    ".html": _html,
    ".md": _markdown,
    ".pdf": as_pdf,
}
SUFFIXES = tuple(_WRITERS)


def as_bytes(paper: Paper, suffix: str) -> bytes:
    """The paper as the content of a file with one of the ``SUFFIXES``, made in memory only."""
    return _WRITERS[suffix](paper)


def check_path(path: Path, suffixes: Sequence[str] = SUFFIXES) -> None:
    """Raises `UsageError` when no such file can be saved there; worth asking before long work."""
    # Unlike the path's own, these tests do not fail on a name that no system takes.
    if os.path.isdir(path):
        raise UsageError(
            f"{path} is a folder, so no file was written. "
            f"Add a name, as in {path / f'paper{suffixes[0]}'}."
        )
    if path.suffix.lower() not in suffixes:
        ending = f"ends in {path.suffix}" if path.suffix else "has no ending"
        *others, last = suffixes
        wanted = f"{', '.join(others)} or {last}" if others else last
        raise UsageError(f"{path} {ending}, so no file was written. Let it end in {wanted}.")
    if not os.path.isdir(path.parent):
        raise UsageError(
            f"There is no folder {path.parent}, so {path.name} was not written. "
            "Make the folder first, or name another."
        )


def save(paper: Paper, path: Path) -> None:
    """Writes the paper to that file, in place of one that is there; its suffix says as what.

    Raises:
        UsageError: The suffix is unknown, the folder is missing, or the file cannot be written.
    """
    check_path(path)
    write(as_bytes(paper, path.suffix.lower()), path)


def write(content: bytes, path: Path) -> None:
    """Writes a file, in place of one that is there.

    Raises:
        UsageError: It cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"{path} could not be written: {error.strerror or error}. "
            "Close it if it is open elsewhere, check the folder's rights and room, or name another."
        ) from error
