"""Which document a tool's result is from."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from assistant.models import Language

Named = tuple[Language, str]


class Files:
    """The corpus's files by the names that tools give them: within the corpus, or on disk."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus.resolve()
        self._known = {
            path.relative_to(self._corpus).as_posix(): (Language(folder), path.stem)
            for folder in Language
            for path in self._corpus.glob(f"{folder}/*/*.md")
        }

    def __len__(self) -> int:
        return len(self._known)

    def named(self, name: str) -> Named | None:
        """Language and id of the document, or None when there is no such file."""
        path = PurePosixPath(Path(name).as_posix())
        if path.is_absolute() and path.is_relative_to(self._corpus.as_posix()):
            path = path.relative_to(self._corpus.as_posix())
        return self._known.get(path.as_posix())
