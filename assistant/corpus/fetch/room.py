"""What is said when the disk has no room for what is fetched."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import CorpusError


def no_room(file: Path, error: OSError) -> CorpusError:
    """The error to raise when a file cannot be written."""
    what = f"{file.parent}: what is fetched cannot be kept there: {error.strerror or error}"
    return CorpusError(f"{what}. Make room, or name another folder in TMPDIR, and try again.")
