"""Checking the whole corpus: every document by itself, then against the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.corpus.arrows import arrow_problems
from assistant.corpus.frontmatter import parse_front_matter
from assistant.corpus.problem import DocumentError, Problem
from assistant.corpus.read import document_files, read_document
from assistant.corpus.shape import CheckedDocument, shape_problems
from assistant.corpus.twins import twin_problems
from assistant.models import Language

_Key = tuple[str, Language]


def check_corpus(folder: Path) -> tuple[Problem, ...]:
    """Everything in the corpus that must be mended, by file and line; nothing when it is sound.

    Raises:
        CorpusError: The folder is missing or holds no document.
    """
    documents: list[CheckedDocument] = []
    problems: list[Problem] = []
    unread: set[str] = set()
    for path in document_files(folder):
        try:
            document = read_document(path, folder)
        except DocumentError as error:
            problems.extend(error.problems)
            unread.add(path.stem)
            continue
        _, key_lines = parse_front_matter(document.text, document.source.path)
        documents.append(CheckedDocument(document, key_lines))
    for checked in documents:
        problems.extend(shape_problems(checked))
        problems.extend(arrow_problems(checked))
    problems.extend(_among(documents, unread))
    return tuple(sorted(problems))


def _among(documents: Sequence[CheckedDocument], unread: set[str]) -> Iterator[Problem]:
    by_key: dict[_Key, CheckedDocument] = {}
    for checked in documents:
        source = checked.document.source
        first = by_key.setdefault((source.id, source.language), checked)
        if first is not checked:
            what = f"id '{source.id}' is taken by {first.document.source.path}"
            yield checked.problem("id", what, "Give one of the two another id and file name")
    for (name, language), checked in by_key.items():
        yield from _related(checked, by_key, unread)
        other = Language.ES if language is Language.EN else Language.EN
        twin = by_key.get((name, other))
        if checked.document.source.is_official:
            # Official texts are in English alone; a translation would be no official text.
            continue
        if twin is None and name not in unread:
            what = f"the document has no twin in '{other}'"
            yield checked.problem(1, what, f"Write it under the same id in the folder '{other}'")
        elif twin is not None and language is Language.EN:
            yield from twin_problems(checked, twin)


def _related(
    checked: CheckedDocument, by_key: dict[_Key, CheckedDocument], unread: set[str]
) -> Iterator[Problem]:
    source = checked.document.source
    for name in source.related:
        if name == source.id:
            yield checked.problem("related", "the document names itself", "Remove it")
        elif (name, source.language) not in by_key and name not in unread:
            what = f"related '{name}' is not a document in '{source.language}'"
            yield checked.problem("related", what, "Correct or remove the id")
