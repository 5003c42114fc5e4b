"""What one document must be by itself: in its place, dated in order, every heading complete."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from assistant.corpus.frontmatter import split_front_matter
from assistant.corpus.problem import Problem
from assistant.models import Document, Language, Section


class Shelf(StrEnum):
    """The folders of a language, by who speaks in the documents."""

    STATUTES = "statutes"
    REGULATIONS = "regulations"
    GUIDANCE = "guidance"
    AGREEMENT = "agreement"
    COURTS = "courts"
    OVERSIGHT = "oversight"
    ANALYSIS = "analysis"
    REPORTING = "reporting"
    GUIDES = "guides"


# Controls, invisible format marks (zero width, bidi), private and unassigned characters, and
# line separators: a reader cannot see them, and a search or a quotation stumbles over them.
_STRAY_CATEGORIES = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_HEADING_LINE = re.compile(r"^ {0,3}(#+)(?: |$)")
# What version control leaves out by its name: an imported text is never committed.
OFFICIAL_PREFIX = "official-"
_UNDERLINE = re.compile(r"^(=+|-+)\s*$")


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document that could be read, with the line of each front-matter key."""

    document: Document
    key_lines: dict[str, int]

    def problem(self, where: int | str, what: str, mend: str) -> Problem:
        """A problem of this document at a line, or at the line of a front-matter key."""
        line = where if isinstance(where, int) else self.key_lines.get(where, 1)
        return Problem(self.document.source.path, line, what, mend)


def shape_problems(checked: CheckedDocument) -> Iterator[Problem]:
    """Everything wrong with one document that can be told without the others."""
    yield from _place(checked)
    yield from _origin(checked)
    yield from _dates(checked)
    yield from _characters(checked)
    yield from _lines(checked)
    yield from _sections(checked)


def _place(checked: CheckedDocument) -> Iterator[Problem]:
    source = checked.document.source
    path = PurePosixPath(source.path)
    languages = ", ".join(Language)
    if len(path.parts) != 3 or path.parts[0] not in set(Language):
        mend = f"Put it at <language>/<shelf>/<id>.md, with a language of {languages}"
        yield checked.problem(1, "the file is not on a shelf of a language", mend)
    else:
        if path.parts[1] not in set(Shelf):
            mend = f"Move it to one of {', '.join(Shelf)}"
            yield checked.problem(1, f"'{path.parts[1]}' is not a known shelf", mend)
        if path.parts[0] != source.language:
            what = f"language '{source.language}' stands in the folder '{path.parts[0]}'"
            yield checked.problem("language", what, "Move the file or correct 'language'")
    if path.stem != source.id:
        what = f"id '{source.id}' is not the file's name '{path.stem}'"
        yield checked.problem("id", what, "Make the two the same")


def _origin(checked: CheckedDocument) -> Iterator[Problem]:
    source = checked.document.source
    if source.is_official != source.id.startswith(OFFICIAL_PREFIX):
        what = f"id '{source.id}' does not fit origin '{source.origin}'"
        mend = f"Imported texts, and they alone, have an id that begins with {OFFICIAL_PREFIX}"
        yield checked.problem("origin", what, mend)
    if source.is_official and source.language is not Language.EN:
        what = f"an official text in '{source.language}'"
        yield checked.problem("language", what, "Official texts are in English only")


def _dates(checked: CheckedDocument) -> Iterator[Problem]:
    source = checked.document.source
    length = min(len(source.published), len(source.as_of))
    if source.published[:length] > source.as_of[:length]:
        what = f"published {source.published} is later than as_of {source.as_of}"
        yield checked.problem("published", what, "Correct the wrong one of the two dates")


def _characters(checked: CheckedDocument) -> Iterator[Problem]:
    for number, line in enumerate(checked.document.text.split("\n"), start=1):
        if line.isascii() and line.isprintable():
            continue
        for sign in dict.fromkeys(line):
            if unicodedata.category(sign) in _STRAY_CATEGORIES or sign == "\ufffd":
                name = unicodedata.name(sign, "no name")
                what = f"stray character U+{ord(sign):04X} ({name})"
                yield checked.problem(number, what, "Remove it, or write what was meant")
        if not unicodedata.is_normalized("NFC", line):
            what = "an accent is written as a separate character"
            yield checked.problem(number, what, "Save the line in Unicode form NFC")


def _lines(checked: CheckedDocument) -> Iterator[Problem]:
    """Lines that stand where neither a question nor a paragraph may."""
    text = checked.document.text
    _, body = split_front_matter(text, checked.document.source.path)
    first = text.count("\n", 0, body) + 1
    state = "before"
    for number, line in enumerate(text[body:].split("\n"), start=first):
        marked = _HEADING_LINE.match(line)
        if line.startswith("## "):
            state = "heading"
        elif marked or (state != "before" and _UNDERLINE.match(line)):
            what = f"a heading of another form: '{line.strip()}'"
            yield checked.problem(number, what, "Write headings as '## …', one level only")
        elif not line.strip():
            continue
        elif state == "before":
            yield checked.problem(number, "text before the first heading", "Move it under one")
            state = "told"
        elif line.startswith(">"):
            if state == "text":
                what = "questions that do not stand right under a heading"
                yield checked.problem(number, what, "Move them up, above the section's text")
        elif state == "heading":
            state = "text"


def _sections(checked: CheckedDocument) -> Iterator[Problem]:
    sections = checked.document.sections
    if not sections:
        yield checked.problem(1, "the document has no headings", "Divide it with '## ' lines")
    headings: dict[str, int] = {}
    questions: dict[str, int] = {}
    for section in sections:
        yield from _section(checked, section)
        # In the law (i) and (I) are two places.
        key = section.heading if checked.document.source.is_official else section.heading.casefold()
        if key in headings:
            what = f"the heading '{section.heading}' stands on line {headings[key]} already"
            yield checked.problem(section.line, what, "Give each heading its own words")
        headings.setdefault(key, section.line)
        for question in section.questions:
            asked = question.casefold()
            if asked in questions:
                what = f"the question '{question}' stands under line {questions[asked]} already"
                yield checked.problem(section.line, what, "Keep it under one heading")
            questions.setdefault(asked, section.line)


def _section(checked: CheckedDocument, section: Section) -> Iterator[Problem]:
    if not section.heading:
        yield checked.problem(section.line, "a heading without words", "Name the section")
    if not section.questions and not checked.document.source.is_official:
        mend = "Add the questions it answers, as '> ' lines right under the heading"
        yield checked.problem(section.line, "a section without a question", mend)
    if not section.paragraphs:
        mend = "Add its text, or remove the heading"
        yield checked.problem(section.line, "a section without a paragraph", mend)
