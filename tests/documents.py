"""Some of the real documents, copied into a folder of a test's own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection
from pathlib import Path

from assistant.models import Language

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def copy_alone(names: Collection[str], folder: Path) -> Path:
    """Copies documents in both languages that name none that is not there, and gives the folder."""
    for language in Language:
        for name in names:
            copy = _copied(CORPUS / language.value / f"{name}.md", folder)
            text = copy.read_text(encoding="utf-8")
            alone = re.sub(r"^related: .*$", "related: []", text, flags=re.MULTILINE)
            copy.write_text(alone, encoding="utf-8", newline="\n")
    return folder


def copy_of_ids(ids: Collection[str], folder: Path) -> Path:
    """Copies documents as they are, in both languages, by their ids, and gives the folder."""
    for file in CORPUS.rglob("*.md"):
        if file.stem in ids:
            _copied(file, folder)
    return folder


def _copied(file: Path, folder: Path) -> Path:
    copy = folder / file.relative_to(CORPUS)
    copy.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(file, copy))
