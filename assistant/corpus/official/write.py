"""Writing an imported text as a document: whole or not at all, and never over one of ours."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.corpus.frontmatter import FENCE, split_front_matter
from assistant.corpus.official.facts import Draft
from assistant.corpus.problem import DocumentError
from assistant.corpus.read import read_document
from assistant.errors import CorpusError, UsageError
from assistant.models import Language, Origin

TOPIC = "official-text"


class Change(StrEnum):
    """What an import did to the corpus."""

    NEW = "new"
    SAME = "the same text as before"
    TEXT = "the text changed"
    FACTS = "the same text, other facts (edition, dates, address)"


@dataclass(frozen=True, slots=True)
class Written:
    """A document that was written: its id, its path in the corpus, what changed, its size."""

    id: str
    path: str
    change: Change
    title: str
    pinpoints: int


def write_draft(draft: Draft, corpus: Path) -> Written:
    """Writes a draft into the corpus, in place of the one imported before.

    Raises:
        UsageError: The name is taken by a document that was not imported.
        CorpusError: The folder cannot be written to.
    """
    path = corpus / Language.EN / draft.shelf / f"{draft.id}.md"
    before = _imported_before(path, draft.id, corpus)
    text = document_text(draft)
    _replace(path, text)
    return Written(
        id=draft.id,
        path=path.relative_to(corpus).as_posix(),
        change=_change(before, text),
        title=draft.title,
        pinpoints=len(draft.pinpoints),
    )


def document_text(draft: Draft) -> str:
    """The whole file: front matter, then a heading and its paragraphs for each pinpoint."""
    matter = "".join(f"{line}\n" for line in _front_matter(draft))
    sections = (
        f"## {place.heading}\n\n" + "".join(f"{text}\n\n" for text in place.paragraphs)
        for place in draft.pinpoints
    )
    return f"{FENCE}{matter}{FENCE}\n" + "".join(sections).rstrip("\n") + "\n"


def _front_matter(draft: Draft) -> Iterator[str]:
    yield f"id: {draft.id}"
    yield f"title: {_quoted(draft.title)}"
    yield f"kind: {draft.kind}"
    yield f"citation: {_quoted(draft.citation)}"
    yield f"publisher: {_quoted(draft.publisher)}"
    yield f"url: {_quoted(draft.url)}"
    yield f"published: {draft.published}"
    yield f"as_of: {draft.as_of}"
    yield f"status: {draft.status}"
    yield f"basis: {draft.basis}"
    yield "sources:"
    yield from (f"  - {_quoted(url)}" for url in dict.fromkeys((draft.url, *draft.sources)))
    yield f"topics: [{TOPIC}]"
    yield "audiences: [public, staff, advocate]"
    yield f"language: {Language.EN}"
    yield "related: []"
    yield f"origin: {Origin.OFFICIAL}"


def _quoted(text: str) -> str:
    """A YAML text in double quotes, which JSON's are."""
    return json.dumps(text, ensure_ascii=False)


def _imported_before(path: Path, name: str, corpus: Path) -> str | None:
    """The text of the document that will be replaced; None when there is none.

    Raises:
        UsageError: A document of that id is not an imported one, or stands elsewhere.
    """
    for found in sorted(corpus.glob(f"*/*/{name}.md")):
        file = found.relative_to(corpus).as_posix()
        try:
            document = read_document(found, corpus)
        except DocumentError as error:
            what = f"{file} stands where '{name}' is to be written, and cannot be read"
            raise UsageError(f"{what}. Mend or remove it: {error}") from error
        if not document.source.is_official:
            what = f"the id '{name}' is taken by {file}, which was not imported"
            raise UsageError(f"{what}. Give that document another id and file name.")
        if found != path:
            raise UsageError(f"'{name}' was imported to {file} before. Remove that file first.")
        return document.text
    return None


def _change(before: str | None, after: str) -> Change:
    if before is None:
        return Change.NEW
    if before == after:
        return Change.SAME
    bodies = [text[split_front_matter(text, "")[1] :] for text in (before, after)]
    return Change.FACTS if bodies[0] == bodies[1] else Change.TEXT


def _replace(path: Path, text: str) -> None:
    """Puts a file in its place in one step: nobody ever reads half of it.

    Raises:
        CorpusError: The disk is full, or the folder may not be written to.
    """
    aside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Hidden, and no *.md, so that a reader of the corpus passes over it.
        handle, name = tempfile.mkstemp(prefix=".importing-", dir=path.parent)
        aside = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        aside.chmod(0o644)
        aside.replace(path)
    except OSError as error:
        if aside is not None:
            aside.unlink(missing_ok=True)
        what = f"{path}: cannot be written: {error.strerror or error}"
        raise CorpusError(f"{what}. Check disk and permissions, and import again.") from error
