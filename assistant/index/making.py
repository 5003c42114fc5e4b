"""A build in the making: what was made of the very same is taken over from the build before."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

_NOTE = "made-of.txt"


class Saves(Protocol):
    """What writes itself into a new folder."""

    def save(self, folder: Path) -> None:
        """Writes it."""
        ...


@dataclass(frozen=True, slots=True)
class Making:
    """The folder of a build and, where its files are sound and alike, the build before it."""

    build: Path
    previous: Path | None

    def folder(
        self, place: Callable[[Path], Path], made_of: tuple[object, ...], make: Callable[[], Saves]
    ) -> None:
        """Fills one folder of the build, which ``place`` finds in any build.

        It is copied if it was made of the same in the same way before, and made otherwise; a hash
        of that is noted inside.
        """
        total = hashlib.sha256(_way())
        for part in made_of:
            total.update(repr(part).encode())
        note, new = total.hexdigest(), place(self.build)
        if self.previous and _noted(place(self.previous)) == note:
            shutil.copytree(place(self.previous), new)
            return
        make().save(new)
        (new / _NOTE).write_text(note, encoding="utf-8")


@cache
def _way() -> bytes:
    """A hash of this folder's code and word lists: who changes them finds everything made anew."""
    files = [file for file in Path(__file__).parent.iterdir() if file.suffix in {".py", ".yaml"}]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).digest()


def _noted(folder: Path) -> str | None:
    file = folder / _NOTE
    return file.read_text(encoding="utf-8") if file.is_file() else None
