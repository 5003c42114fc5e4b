"""An answer as plain Markdown with its list of sources, ready to paste elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.models import Answer, Citation, Disagreement, Language
from assistant.texts import say
from assistant.texts.dates import say_date


def answer_with_sources(answer: Answer) -> str:
    """The answer, its sources (quote, pinpoint, standing, dates, link) and its notices."""
    language = answer.question.language
    parts = [answer.text, *map(_disagreement, answer.disagreements)]
    if answer.disagreements:
        parts.insert(1, say(language, "ui.disagree_heading"))
    if answer.citations:
        parts.append(say(language, "answers.sources_heading"))
        parts.append("\n".join(source_line(group, language) for group in by_passage(answer)))
    parts.extend(f"_{notice}_" for notice in answer.notices)
    parts.append(f"_{say(language, 'answers.disclaimer')}_")
    return "\n\n".join(parts)


def side_line(holder: str, text: str, citations: Sequence[int]) -> str:
    """What one holder says, on one line with its marks."""
    return f"{holder}: {text} {' '.join(f'[{number}]' for number in citations)}"


def _disagreement(point: Disagreement) -> str:
    sides = (side_line(each.holder, each.text, each.citations) for each in point.sides)
    return "\n".join((f"**{point.about}**", "", *(f"- {side}" for side in sides)))


def by_passage(answer: Answer) -> list[tuple[Citation, ...]]:
    """The citations in groups that quote the same passage, in reading order."""
    groups: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        groups.setdefault(citation.passage.id, []).append(citation)
    return [tuple(group) for group in groups.values()]


def numbers(group: Sequence[Citation]) -> str:
    """The marks of a group, as they stand in the answer: ``[1] [2]``."""
    return " ".join(f"[{citation.number}]" for citation in group)


def source_line(group: Sequence[Citation], language: Language) -> str:
    """One passage on one line: its marks, title, pinpoint, standing, date, link."""
    passage = group[0].passage
    source = passage.source
    return say(
        language,
        "answers.source_line",
        numbers=numbers(group),
        title=source.title,
        pinpoint=passage.pinpoint,
        status=say(language, f"names.status_{source.status.value}"),
        as_of=say_date(language, source.as_of),
        url=source.url,
    )
