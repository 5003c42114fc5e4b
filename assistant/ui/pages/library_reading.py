"""A document as it is read: its facts, its sections with anchors, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assistant.models import Document, Language, Section, Source
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.ui.addresses import LIBRARY, document_address, section_id
from assistant.ui.badge import badge
from assistant.ui.frame import address
from assistant.ui.markup import emphasised, plain, web_address

_LIST_LINE = re.compile(r"(?:[-*+]|\d{1,3}[.)]) ")


def document_page(document: Document, sources: Mapping[str, Source], twin: bool) -> str:
    """A document with all that is known of it; ``sources`` are those of its language, by id."""
    source = document.source
    language = source.language
    sections = "".join(
        _section(document, section, number, twin)
        for number, section in enumerate(document.sections)
    )
    return (
        f'<div class="sheet reading">{_ways_out(source, twin)}'
        f'<article aria-labelledby="document"><h1 id="document" class="title" '
        f'tabindex="-1">{plain(source.title)}</h1>'
        f'<p class="source-meta"><span>{plain(say(language, f"names.kind_{source.kind.value}"))}'
        f"</span> {badge(source.status, source.as_of, language)}</p>"
        f'{_official(source)}<div class="columns"><div class="text">'
        f'<p class="digest">{_say(language, _nature(source))}</p>{sections}'
        f"{_related(source, sources)}{_origins(source)}</div>"
        f'<div class="beside">{_facts(source)}{_contents(document)}</div></div></article></div>'
    )


def _nature(source: Source) -> str:
    return "official_text" if source.is_official else "digest"


def missing_page(language: Language) -> str:
    """What a reader meets where there is no such document."""
    return (
        f'<div class="sheet reading"><h1 id="document" tabindex="-1">{_say(language, "missing")}'
        f'</h1><p class="lead">{_say(language, "missing_lead")}</p><p><a data-back '
        f'href="{plain(address(LIBRARY, language))}">{_say(language, "back")}</a></p></div>'
    )


def _say(language: Language, name: str, **values: object) -> str:
    return plain(say(language, f"library.{name}", **values))


def _ways_out(source: Source, twin: bool) -> str:
    language = source.language
    other = _other(language)
    back = f'<a data-back href="{plain(address(LIBRARY, language))}">← {_say(language, "back")}</a>'
    read = (
        f'<a data-twin="{other.value}" lang="{other.value}" hreflang="{other.value}" '
        f'href="{plain(address(LIBRARY, other, doc=source.id))}">{_say(other, "twin")}</a>'
    )
    return f'<p class="ways-out" data-screen>{back}{read if twin else ""}</p>'


def _facts(source: Source) -> str:
    items = "".join(
        f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in _rows(source)
    )
    return f'<dl class="facts">{items}</dl>'


def _rows(source: Source) -> Iterator[tuple[str, str]]:
    language = source.language
    label = {name: plain(say(language, f"ui.{name}_label")) for name in ("basis", "citation")}
    yield _say(language, "publisher_label"), _as_written(source.publisher)
    yield label["citation"], _as_written(source.citation)
    yield label["basis"], plain(say(language, f"names.basis_{source.basis.value}"))
    yield (
        plain(say(language, "ui.published_label")),
        plain(say_date(language, source.published)),
    )


def _as_written(text: str) -> str:
    return f'<span class="cite-as">{plain(text)}</span>'


def _official(source: Source) -> str:
    found = web_address(source.url)
    if found is None:
        return ""
    return f'<p class="official">{_outside(*found, source.language)}</p>'


def _outside(url: str, host: str, language: Language) -> str:
    words = plain(say(language, "ui.original", host=host))
    tab = plain(say(language, "ui.new_tab"))
    return (
        f'<a href="{plain(url)}" target="_blank" rel="noopener noreferrer">{words} '
        f'<span class="unseen">{tab}</span></a>'
    )


def _contents(document: Document) -> str:
    here = document.source
    items = "".join(
        f'<li><a data-section href="{plain(document_address(here, number))}">'
        f"{plain(section.heading)}</a></li>"
        for number, section in enumerate(document.sections)
    )
    label = _say(here.language, "contents")
    return (
        f'<nav class="contents" aria-label="{label}" data-screen><h2>{label}</h2>'
        f"<ol>{items}</ol></nav>"
    )


def _section(document: Document, section: Section, number: int, twin: bool) -> str:
    source = document.source
    label = _say(source.language, "link_to", heading=section.heading)
    paragraphs = (document.text[start:end] for start, end in section.paragraphs)
    return (
        f'<section class="section" id="{section_id(number)}" tabindex="-1">'
        f'<h2>{plain(section.heading)} <a class="anchor" data-screen data-section data-copy-link '
        f'href="{plain(document_address(source, number))}" aria-label="{label}">#</a>'
        f"{_twin_section(source, number, section.heading) if twin else ''}</h2>"
        f"{_questions(section, source.language)}{''.join(map(_paragraph, paragraphs))}</section>"
    )


def _twin_section(source: Source, number: int, heading: str) -> str:
    other = _other(source.language)
    name = plain(say(other, f"ui.language_{other.value}"))
    href = address(LIBRARY, other, section=section_id(number), doc=source.id)
    return (
        f'<a class="other" data-screen data-twin="{other.value}" lang="{other.value}" '
        f'hreflang="{other.value}" href="{plain(href)}">{name}'
        f'<span class="unseen" lang="{source.language.value}">: {plain(heading)}</span></a>'
    )


def _other(language: Language) -> Language:
    return next(each for each in Language if each is not language)


def _questions(section: Section, language: Language) -> str:
    if not section.questions:
        return ""
    items = "".join(f"<li>{plain(question)}</li>" for question in section.questions)
    summary = _say(language, "questions", count=len(section.questions))
    return (
        f'<details class="questions" data-screen><summary>{summary}</summary><ul>{items}</ul>'
        "</details>"
    )


def _paragraph(text: str) -> str:
    """A paragraph, with the list that it may introduce."""
    lead: list[str] = []
    items: list[str] = []
    for line in (line.strip() for line in text.split("\n")):
        if _LIST_LINE.match(line):
            items.append(_LIST_LINE.sub("", line, count=1))
        elif line and items:
            items[-1] += f" {line}"
        elif line:
            lead.append(line)
    html = f"<p>{emphasised(' '.join(lead))}</p>" if lead else ""
    if items:
        html += f"<ul>{''.join(f'<li>{emphasised(item)}</li>' for item in items)}</ul>"
    return html


def _related(source: Source, sources: Mapping[str, Source]) -> str:
    held = [sources[name] for name in source.related if name in sources]
    if not held:
        return ""
    items = "".join(
        f'<li><a data-doc="{plain(each.id)}" href="{plain(document_address(each))}">'
        f"{plain(each.title)}</a></li>"
        for each in held
    )
    heading = _say(source.language, "related")
    return f'<section class="related"><h2>{heading}</h2><ul>{items}</ul></section>'


def _origins(source: Source) -> str:
    addresses = [found for url in _others(source) if (found := web_address(url))]
    if not addresses:
        return ""
    items = "".join(
        f'<li><a href="{plain(url)}" target="_blank" rel="noopener noreferrer">{plain(url)}</a>'
        "</li>"
        for url, _ in addresses
    )
    summary = _say(source.language, "origins", count=len(addresses))
    return (
        f'<details class="origins"><summary>{summary}</summary>'
        f'<ul class="cite-as">{items}</ul></details>'
    )


def _others(source: Source) -> Iterable[str]:
    return dict.fromkeys((source.url, *source.sources))
