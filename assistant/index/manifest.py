"""What an index was made from, and whether what lies on disk is still that.

An index folder holds finished builds and a file ``current`` naming the one in use. The manifest is
written last, so a build without a manifest is unfinished and never read.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import zlib
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from assistant.errors import SearchIndexError
from assistant.index.adapter import ADAPTER_SHA256

FORMAT = 6
_CURRENT = "current"
_MANIFEST = "manifest.json"
_LIBRARIES = ("bm25s", "chromadb", "PyStemmer", "numpy")
# Chroma writes to its database whenever it opens it, so SQLite's own check stands for a checksum.
_DATABASE = "chroma/chroma.sqlite3"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The identity of a build. ``files`` maps names to (size in bytes, CRC-32)."""

    format: int
    corpus: str
    embedder: str
    dimension: int
    libraries: dict[str, str]
    examples: str
    passages: int
    questions: int
    sentences: int
    files: dict[str, tuple[int, int]]

    @property
    def id(self) -> str:
        """A hash of everything the index was made from, and of nothing else."""
        made_from = (
            self.format,
            self.corpus,
            self.embedder,
            sorted(self.libraries.items()),
            self.examples,
        )
        return hashlib.sha256(repr(made_from).encode()).hexdigest()[:16]


def libraries() -> dict[str, str]:
    """Installed versions of what an index depends on: libraries, and the model's adapter."""
    return {name: version(name) for name in _LIBRARIES} | {"adapter": ADAPTER_SHA256[:16]}


def write_manifest(build: Path, manifest: Manifest) -> None:
    """Writes the manifest; from then on the build counts as finished."""
    file = build / _MANIFEST
    file.write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True), encoding="utf-8")
    _sync(file)


def read_manifest(build: Path) -> Manifest:
    """The manifest of a build.

    Raises:
        SearchIndexError: It is missing, unreadable, or of another format.
    """
    try:
        facts = json.loads((build / _MANIFEST).read_text(encoding="utf-8"))
        facts["files"] = {name: (size, crc) for name, (size, crc) in facts["files"].items()}
        manifest = Manifest(**facts)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(build, f"its manifest cannot be read ({type(error).__name__})") from error
    if manifest.format != FORMAT:
        raise damaged(build, f"it has format {manifest.format}, this version reads {FORMAT}")
    return manifest


def current_build(folder: Path) -> Path | None:
    """The build in use, or None when the folder holds none."""
    try:
        name = (folder / _CURRENT).read_text(encoding="utf-8").strip()
        build = folder / "builds" / name
        return build if name and build.is_dir() else None
    except (OSError, ValueError):
        return None


def make_current(folder: Path, build: Path) -> None:
    """Swaps the build in; readers see the old one or the new one, never neither."""
    aside = folder / f"{_CURRENT}.new"
    aside.write_text(build.name, encoding="utf-8")
    _sync(aside)
    os.replace(aside, folder / _CURRENT)


def sweep(folder: Path) -> None:
    """Removes unfinished builds and old ones; the current one stays, and one before it."""
    current = current_build(folder)
    finished = sorted(
        (build for build in (folder / "builds").glob("build-*") if build != current),
        key=lambda build: build.stat().st_mtime,
    )
    for build in finished[:-1]:
        shutil.rmtree(build, ignore_errors=True)
    drop_unfinished(folder)


def drop_unfinished(folder: Path) -> None:
    """Removes what a build that failed or was killed has left; nobody reads it."""
    for build in (folder / "builds").glob("unfinished-*"):
        shutil.rmtree(build, ignore_errors=True)


def checksums(build: Path) -> dict[str, tuple[int, int]]:
    """(size, CRC-32) of every file of a build that no reader changes."""
    files = sorted(file for file in build.rglob("*") if file.is_file() and file.name != _MANIFEST)
    names = {file.relative_to(build).as_posix(): file for file in files}
    return {name: _checksum(file) for name, file in names.items() if not name.startswith(_DATABASE)}


def check_files(build: Path, manifest: Manifest) -> None:
    """Compares every file with the manifest.

    Raises:
        SearchIndexError: A file is missing, truncated or altered.
    """
    for name, expected in manifest.files.items():
        file = build / name
        if not file.is_file():
            raise damaged(build, f"the file {name} is missing")
        if _checksum(file) != expected:
            raise damaged(build, f"the file {name} was altered")
    if (build / "chroma").is_dir():
        _check_database(build)


def _check_database(build: Path) -> None:
    file = build / _DATABASE
    try:
        # Not "mode=ro": a reader killed while it opened the database leaves a journal, which SQLite
        # takes back by itself, but only where it may write.
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True)) as database:
            (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise damaged(build, f"the file {_DATABASE} was altered ({error})") from error
    if verdict != "ok":
        raise damaged(build, f"the file {_DATABASE} was altered")


def damaged(place: Path, what: str) -> SearchIndexError:
    """The error for an index that cannot be used, with its mend."""
    return SearchIndexError(
        f"The index in {place} cannot be used: {what}. Rebuild it: assistant index --rebuild"
    )


def _checksum(file: Path) -> tuple[int, int]:
    size = crc = 0
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            crc = zlib.crc32(block, crc)
            size += len(block)
    return size, crc


def _sync(file: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())
