"""Unique words to follow through the running app, and a search of everything they could reach."""

from __future__ import annotations

import os
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

# Made anew in every run, so that they stand nowhere else on the machine. A question's own word may
# stand in what its asker saves; what is personal may stand nowhere at all.
_LETTERS = "".join(secrets.choice(ascii_lowercase) for _ in range(12))
_FIGURES = f"{secrets.randbelow(10_000):04}"
ASKED = f"quokka{_LETTERS}"
_NAME = f"Que{_LETTERS}"
_ITIN = f"9{_FIGURES[:2]}-78-{_FIGURES}"
_PHONE = f"713-555-{_FIGURES}"
_MAIL = f"{_LETTERS}@example.org"
SECRETS = (_NAME, _ITIN, _ITIN.replace("-", ""), _PHONE, _MAIL)
PERSONAL = f"my name is {_NAME} Zzyzx, my ITIN is {_ITIN}, call {_PHONE} or write {_MAIL}. "
PERSONALES = f"me llamo {_NAME} Zzyzx, mi ITIN es {_ITIN}, mi cel {_PHONE}, correo {_MAIL}. "
# Where programs leave things beside their own home.
SHARED = tuple(place for place in map(Path, ("/tmp", "/var/tmp", "/dev/shm")) if place.is_dir())
_HOMES = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")


def homes(folder: Path) -> dict[str, str]:
    """An environment in which a program's own places all lie in this folder."""
    return dict.fromkeys(_HOMES, str(folder))


@dataclass(frozen=True, slots=True)
class Found:
    """A marker, and the file that holds it."""

    marker: str
    place: str


def holding(data: bytes, markers: tuple[str, ...]) -> list[str]:
    """The markers that stand in some bytes, in any case, as UTF-8 or as UTF-16."""
    folded = data.lower()
    return [
        marker
        for marker in markers
        if marker.lower().encode() in folded or marker.lower().encode("utf-16-le") in folded
    ]


def found_in(files: Iterator[Path] | list[Path], markers: tuple[str, ...]) -> list[Found]:
    """Which markers stand in which files; what is packed as a zip is looked into."""
    return [
        Found(marker, place)
        for file in files
        for place, data in _contents(file)
        for marker in holding(data, markers)
    ]


def written_since(folder: Path, moment: float) -> Iterator[Path]:
    """Every ordinary file below a folder that was written or made since, on the same disk."""
    disk = folder.stat().st_dev
    for place, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if _is_on(Path(place) / each, disk)]
        for name in names:
            file = Path(place) / name
            if _is_newer(file, moment):
                yield file


def _is_on(folder: Path, disk: int) -> bool:
    try:
        return not folder.is_symlink() and folder.stat().st_dev == disk
    except OSError:
        return False


def _is_newer(file: Path, moment: float) -> bool:
    try:
        told = file.lstat()
    except OSError:  # gone meanwhile: another process's own
        return False
    return file.is_file() and not file.is_symlink() and max(told.st_mtime, told.st_ctime) >= moment


def _contents(file: Path) -> Iterator[tuple[str, bytes]]:
    try:
        yield str(file), file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                for name in packed.namelist():
                    yield f"{file}!{name}", packed.read(name)
    except OSError:
        return
