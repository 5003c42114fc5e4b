"""The sentences that a listed question names: each stands in the question's own section."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.corpus.problem import Problem
from assistant.corpus.sentences import sentence_spans
from assistant.corpus.shape import CheckedDocument
from assistant.models import Document, Section

# What `assistant.corpus.read` could not read, and so left as part of the question.
_UNREAD = re.compile(r"→[\s\d,]*$")


def arrow_problems(checked: CheckedDocument) -> Iterator[Problem]:
    """Every arrow of a document that points at no sentence of its section, or twice at one."""
    document = checked.document
    for section in document.sections:
        count = _sentences(document, section)
        lines = _question_lines(document, section)
        asked = zip(lines, section.questions, section.answers, strict=True)
        for line, question, numbers in asked:
            if _UNREAD.search(question):
                what = f"an arrow that cannot be read: '{question}'"
                yield checked.problem(line, what, "Write it as '> question → 2, 3'")
            if beyond := [number for number in numbers if not 1 <= number <= count]:
                named = ", ".join(map(str, beyond))
                what = f"the arrow points at {named}, and the section's sentences are 1 to {count}"
                mend = "Count the section's sentences from 1, and name those that answer"
                yield checked.problem(line, what, mend)
            if len(set(numbers)) < len(numbers):
                yield checked.problem(line, "the arrow names a sentence twice", "Name it once")


def _sentences(document: Document, section: Section) -> int:
    return sum(len(sentence_spans(document.text[start:end])) for start, end in section.paragraphs)


def _question_lines(document: Document, section: Section) -> list[int]:
    """The line of each question: the first quoted lines under the heading, empty ones left out."""
    under = document.text.split("\n")[section.line :]
    quoted = [
        number
        for number, line in enumerate(under, start=section.line + 1)
        if line.startswith(">") and line[1:].strip()
    ]
    return quoted[: len(section.questions)]
