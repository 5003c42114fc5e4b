"""Reading documents: front matter, sections, questions, and where each paragraph stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from assistant.corpus.frontmatter import FrontMatter, parse_front_matter, split_front_matter
from assistant.corpus.problem import DocumentError, Problem
from assistant.errors import CorpusError
from assistant.models import Document, Section, Source

_HEADING = re.compile(r"^## .*$", re.MULTILINE)
_LINE = re.compile(r"[^\n]+")
# A question may end in "→ 2, 3": the second and third sentences of its section answer it.
_ANSWERED = re.compile(r"\s*→ (?P<numbers>\d{1,3}(?:, \d{1,3})*)$")
_LIST_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)]) ")


def document_files(folder: Path) -> tuple[Path, ...]:
    """Every ``*.md`` below the folder in a fixed order, hidden folders left out.

    Raises:
        CorpusError: The folder is missing or holds no document.
    """
    if not folder.is_dir():
        raise CorpusError(
            f"{folder}: there is no such folder of documents. "
            "Give the right one with --corpus or ASSISTANT_CORPUS."
        )
    found = [
        path
        for path in folder.rglob("*.md")
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not found:
        raise CorpusError(
            f"{folder}: the folder holds no documents (*.md). "
            "Give the folder whose children are 'en' and 'es' with --corpus or ASSISTANT_CORPUS."
        )
    return tuple(sorted(found, key=lambda path: path.relative_to(folder).as_posix()))


def read_document(path: Path, corpus: Path) -> Document:
    """One document whole; each paragraph's ``text[start:end]`` is the paragraph itself.

    Raises:
        DocumentError: The file cannot be read as a document; it names file, line and mend.
    """
    file = path.relative_to(corpus).as_posix()
    text = read_source(path, file)
    matter, _ = parse_front_matter(text, file)
    _, body = split_front_matter(text, file)
    return Document(source=_source(matter, file), text=text, sections=_sections(text, body))


def read_corpus(folder: Path) -> tuple[Document, ...]:
    """Every document, by language and then by path.

    Raises:
        CorpusError: The folder is missing or empty, or a document cannot be read.
    """
    documents = [read_document(path, folder) for path in document_files(folder)]
    return tuple(sorted(documents, key=lambda found: (found.source.language, found.source.path)))


def corpus_hash(folder: Path) -> str:
    """A SHA-256 that changes when a document is added, removed, renamed or edited.

    Raises:
        CorpusError: The folder is missing or empty, or a document cannot be opened.
    """
    total = hashlib.sha256()
    for path in document_files(folder):
        file = path.relative_to(folder).as_posix()
        content = _content(path, file)
        # The length keeps the end of one file apart from the name of the next.
        total.update(f"{file}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def read_source(path: Path, file: str) -> str:
    """The text of a file in the one accepted form: UTF-8, no byte order mark, LF line ends.

    Raises:
        DocumentError: The file is written in another form or cannot be opened.
    """
    content = _content(path, file)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = Problem(file, line, "the text is not UTF-8", "Save the file as UTF-8")
        raise DocumentError([problem]) from error
    if text.startswith("\ufeff"):
        mend = "Save the file as UTF-8 without a byte order mark"
        raise DocumentError([Problem(file, 1, "the file begins with a byte order mark", mend)])
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        mend = "Save the file with LF line ends"
        raise DocumentError([Problem(file, line, "the line holds a carriage return", mend)])
    return text


def _content(path: Path, file: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = Problem(file, 1, f"cannot be opened: {error.strerror}", "Check its permissions")
        raise DocumentError([problem]) from error


def _source(matter: FrontMatter, file: str) -> Source:
    return Source(**{name: getattr(matter, name) for name in FrontMatter.model_fields}, path=file)


def _sections(text: str, body: int) -> tuple[Section, ...]:
    headings = list(_HEADING.finditer(text, body))
    ends = [found.start() for found in headings[1:]] + [len(text)]
    return tuple(
        Section(
            heading=found.group()[3:].strip(),
            line=text.count("\n", 0, found.start()) + 1,
            questions=tuple(question for question, _ in asked),
            paragraphs=_paragraphs(text, found.end(), end),
            answers=tuple(numbers for _, numbers in asked),
        )
        for found, end in zip(headings, ends, strict=True)
        for asked in (_questions(text[found.end() : end]),)
    )


def _questions(section: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The questions right under a heading, each with the numbers of the sentences it names."""
    lines = takewhile(lambda line: line.startswith(">"), section.strip().split("\n"))
    return tuple(_question(line[1:].strip()) for line in lines if line[1:].strip())


def _question(line: str) -> tuple[str, tuple[int, ...]]:
    named = _ANSWERED.search(line)
    if named is None:
        return line, ()
    return line[: named.start()], tuple(map(int, named["numbers"].split(", ")))


def _paragraphs(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    paragraphs: list[tuple[int, int]] = []
    open_list = False
    for run_start, run_end in _runs(text, start, end):
        is_list = _LIST_ITEM.match(text, run_start) is not None
        introduced = bool(paragraphs) and text[paragraphs[-1][1] - 1] == ":"
        if is_list and (introduced or open_list):
            paragraphs[-1] = (paragraphs[-1][0], run_end)
            open_list = True
        else:
            paragraphs.append((run_start, run_end))
            open_list = False
    return tuple(paragraphs)


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of lines without a blank line or a quoted line between them, white space cut off."""
    first: int | None = None
    last = start
    for line in _LINE.finditer(text, start, end):
        content = line.group().strip()
        apart = text.count("\n", last, line.start()) > 1
        if first is not None and (apart or not content or content.startswith(">")):
            yield first, last
            first = None
        if content and not content.startswith(">"):
            left = line.start() + line.group().index(content)
            first = left if first is None else first
            last = left + len(content)
    if first is not None:
        yield first, last
