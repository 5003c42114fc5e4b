"""An answer as plain Markdown with its list of sources, ready to paste elsewhere."""

from __future__ import annotations

from assistant.models import Answer, Citation, Language
from assistant.texts import say


def answer_with_sources(answer: Answer) -> str:
    """The answer, its sources (quote, pinpoint, standing, dates, link) and its notices."""
    language = answer.question.language
    parts = [answer.text]
    if answer.citations:
        parts.append(say(language, "answers.sources_heading"))
        parts.append("\n".join(source_line(citation, language) for citation in answer.citations))
    parts.extend(f"_{notice}_" for notice in answer.notices)
    parts.append(f"_{say(language, 'answers.disclaimer')}_")
    return "\n\n".join(parts)


def source_line(citation: Citation, language: Language) -> str:
    """One source on one line: number, title, pinpoint, standing, date, link."""
    source = citation.passage.source
    return say(
        language,
        "answers.source_line",
        number=citation.number,
        title=source.title,
        pinpoint=citation.passage.pinpoint,
        status=say(language, f"names.status_{source.status.value}"),
        as_of=source.as_of,
        url=source.url,
    )
