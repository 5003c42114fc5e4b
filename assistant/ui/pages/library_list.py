"""The library's lists as HTML: the form to search and choose with, the shelves, what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from assistant.corpus.shape import Shelf
from assistant.models import Kind, Language, Passage, Source, Standing
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.ui.addresses import document_address
from assistant.ui.badge import badge
from assistant.ui.markup import emphasised, plain
from assistant.ui.pages.library_shelves import EARLIER, Found, Wanted, by_shelf, years

LONGEST_WORDS = 300
_SECTIONS_SHOWN = 2
_EXCERPT = 220


def search_form(sources: Sequence[Source], language: Language) -> str:
    """The library's heading, its search box, and the choices to narrow the list with."""
    return (
        f'<div class="sheet finding"><h1>{_say(language, "title")}</h1>'
        f'<p class="lead">{_say(language, "lead", count=len(sources))}</p>'
        '<form class="search" data-screen data-search role="search" autocomplete="off">'
        f'<div class="field"><label for="words">{_say(language, "words_label")}</label>'
        f'<input id="words" name="words" type="search" maxlength="{LONGEST_WORDS}" '
        'enterkeyhint="search"></div>'
        f'<button type="submit" class="button go">{_say(language, "search")}</button></form>'
        f'<details class="narrow" data-screen><summary>{_say(language, "narrow")}</summary>'
        f'<div class="choices">{_choices(sources, language)}</div></details></div>'
    )


def document_list(
    sources: Sequence[Source], found: Sequence[Found], wanted: Wanted, language: Language
) -> str:
    """All shelves, closed; or, where something is wanted, the documents that fit."""
    if wanted.everything:
        return f'<div class="sheet shelves">{_shelves(sources, language)}</div>'
    count = _say(language, "count_one" if len(found) == 1 else "count", count=len(found))
    items = "".join(_item(each, language) for each in found)
    nothing = "" if found else f'<p class="nothing">{_say(language, "nothing")}</p>'
    return (
        f'<div class="sheet found"><div class="count"><h2 tabindex="-1">{count}</h2>'
        f'<button type="button" class="quiet-button" data-all>{_say(language, "show_all")}'
        f"</button></div>{nothing}<ol>{items}</ol></div>"
    )


def _say(language: Language, name: str, **values: object) -> str:
    return plain(say(language, f"library.{name}", **values))


def _choices(sources: Sequence[Source], language: Language) -> str:
    used = by_shelf(sources)
    kinds = {source.kind for source in sources}
    standings = {source.status for source in sources}
    return (
        _select("shelf", language, [(each, _shelf_name(each, language)) for each in used])
        + _select("kind", language, _named(Kind, kinds, "kind", language))
        + _select("standing", language, _named(Standing, standings, "status", language))
        + _select("year", language, [(year, _year(year, language)) for year in years(sources)])
    )


def _named(
    fixed: type[StrEnum], used: Iterable[StrEnum], prefix: str, language: Language
) -> list[tuple[str, str]]:
    held = set(used)
    return [
        (each.value, plain(say(language, f"names.{prefix}_{each.value}")))
        for each in fixed
        if each in held
    ]


def _year(year: str, language: Language) -> str:
    return _say(language, "earlier") if year == EARLIER else year


def _select(name: str, language: Language, options: Sequence[tuple[str, str]]) -> str:
    items = "".join(f'<option value="{plain(value)}">{words}</option>' for value, words in options)
    return (
        f'<div class="field"><label for="choice-{name}">{_say(language, f"{name}_label")}</label>'
        f'<select id="choice-{name}" name="{name}" data-choice><option value="">'
        f"{_say(language, 'any')}</option>{items}</select></div>"
    )


def _shelf_name(shelf: Shelf, language: Language) -> str:
    return _say(language, f"shelf_{shelf.value}")


def _shelves(sources: Sequence[Source], language: Language) -> str:
    return "".join(
        f'<details class="shelf" id="shelf-{shelf.value}"><summary>'
        f'<h2>{_shelf_name(shelf, language)}</h2> <span class="many">{len(held)}</span>'
        f'<span class="about">{_say(language, f"about_{shelf.value}")}</span></summary>'
        f"<ol>{''.join(_item(Found(source), language) for source in held)}</ol></details>"
        for shelf, held in by_shelf(sources).items()
    )


def _item(found: Found, language: Language) -> str:
    source = found.source
    kind = plain(say(language, f"names.kind_{source.kind.value}"))
    shown = "".join(_section(passage) for passage in _one_a_section(found.passages))
    return (
        f'<li lang="{source.language.value}"><a class="title" data-doc="{plain(source.id)}" '
        f'href="{plain(document_address(source))}">{plain(source.title)}</a>'
        f'<p class="source-meta"><span>{kind}</span> {badge(source.status, source.as_of, language)}'
        f" <span>{_say(language, 'published', date=say_date(language, source.published))}</span>"
        f"</p>{shown}</li>"
    )


def _one_a_section(passages: Sequence[Passage]) -> list[Passage]:
    best: dict[int, Passage] = {}
    for passage in passages:
        best.setdefault(passage.section, passage)
    return list(best.values())[:_SECTIONS_SHOWN]


def _section(passage: Passage) -> str:
    source = passage.source
    return (
        f'<p class="within"><a data-doc="{plain(source.id)}" '
        f'href="{plain(document_address(source, passage.section))}">{plain(passage.pinpoint)}</a>'
        f" — <span>{emphasised(_excerpt(passage))}</span></p>"
    )


def _excerpt(passage: Passage) -> str:
    """The first sentence, or its beginning where it is long."""
    text = passage.sentences[0].text if passage.sentences else passage.text
    if len(text) <= _EXCERPT:
        return text
    return text[:_EXCERPT].rsplit(" ", 1)[0].rstrip(",;:") + " …"
