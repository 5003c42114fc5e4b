"""What the two languages of one document must have in common: shape, facts and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.corpus.figures import figures
from assistant.corpus.problem import Problem
from assistant.corpus.shape import CheckedDocument
from assistant.models import Document, Language, Section

_SAME_KEYS = (
    "kind",
    "citation",
    "publisher",
    "url",
    "published",
    "as_of",
    "status",
    "basis",
    "sources",
    "topics",
    "audiences",
    "related",
)
# A Spanish page may repeat words that a reader should send in English.
_ENGLISH_WORDS = re.compile(r'en inglés: "([^"]+)"')
# Shorter paragraphs may be names, which are the same in both languages.
_TRANSLATABLE = 60


def twin_problems(english: CheckedDocument, spanish: CheckedDocument) -> Iterator[Problem]:
    """Every point in which a Spanish document departs from its English twin."""
    yield from _front_matter(english, spanish)
    ours, theirs = english.document.sections, spanish.document.sections
    if len(ours) != len(theirs):
        what = f"{len(theirs)} headings, and {len(ours)} in {english.document.source.path}"
        mend = "Give both twins the same headings in the same order"
        yield spanish.problem(theirs[-1].line if theirs else 1, what, mend)
        return
    for section, twin in zip(ours, theirs, strict=True):
        yield from _section(english, section, spanish, twin)


def _front_matter(english: CheckedDocument, spanish: CheckedDocument) -> Iterator[Problem]:
    here, there = spanish.document.source, english.document.source
    if here.path.partition("/")[2] != there.path.partition("/")[2]:
        what = f"the twin stands elsewhere: {there.path}"
        yield spanish.problem(1, what, "Put both on the same shelf under the same name")
    for key in _SAME_KEYS:
        if getattr(here, key) != getattr(there, key):
            what = f"'{key}' differs from the twin {there.path}:{english.key_lines.get(key, 1)}"
            yield spanish.problem(key, what, "Correct the wrong one of the two")
    yield from _compare(
        english, ("title", there.title), spanish, ("title", here.title), "the title"
    )


def _section(
    english: CheckedDocument, section: Section, spanish: CheckedDocument, twin: Section
) -> Iterator[Problem]:
    yield from _compare(
        english,
        (section.line, section.heading),
        spanish,
        (twin.line, twin.heading),
        "the heading",
    )
    if len(section.paragraphs) != len(twin.paragraphs):
        what = (
            f"{len(twin.paragraphs)} paragraphs under this heading, and "
            f"{len(section.paragraphs)} at {english.document.source.path}:{section.line}"
        )
        yield spanish.problem(twin.line, what, "Divide both twins into the same paragraphs")
        return
    for here, there in zip(twin.paragraphs, section.paragraphs, strict=True):
        ours, theirs = _part(english.document, there), _part(spanish.document, here)
        if ours[1] == theirs[1] and len(ours[1]) > _TRANSLATABLE:
            what = "the paragraph stands in the same words in both languages"
            yield spanish.problem(theirs[0], what, "Translate it")
        yield from _compare(english, ours, spanish, theirs, "the paragraph")


def _part(document: Document, span: tuple[int, int]) -> tuple[int, str]:
    start, end = span
    return document.text.count("\n", 0, start) + 1, document.text[start:end]


def _compare(
    english: CheckedDocument,
    ours: tuple[int | str, str],
    spanish: CheckedDocument,
    theirs: tuple[int | str, str],
    name: str,
) -> Iterator[Problem]:
    (there, english_text), (here, spanish_text) = ours, theirs
    unquoted = _ENGLISH_WORDS.sub(
        lambda quoted: "" if quoted[1].rstrip(".") in english_text else quoted.group(),
        spanish_text,
    )
    expected = figures(english_text, Language.EN)
    found = figures(unquoted, Language.ES)
    if expected != found:
        line = english.key_lines.get(there, 1) if isinstance(there, str) else there
        what = (
            f"the figures of {name} differ from {english.document.source.path}:{line}: "
            f"only here {_listed(found - expected)}; only there {_listed(expected - found)}"
        )
        yield spanish.problem(here, what, "Correct the wrong one, after the source")


def _listed(figures: dict[str, int]) -> str:
    return ", ".join(sorted(figures)) or "none"
