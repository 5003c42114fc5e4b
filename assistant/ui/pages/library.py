"""The Library: every document of the reader's language, to browse, search and read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from assistant.corpus.read import read_document
from assistant.corpus.shape import Shelf
from assistant.errors import CorpusError
from assistant.models import Document, Kind, Language, Source, Standing
from assistant.texts import say
from assistant.ui.addresses import LIBRARY
from assistant.ui.frame import Assistant, Page, Reply, Sent, fixed, live
from assistant.ui.markup import plain
from assistant.ui.pages.library_list import LONGEST_WORDS, document_list, search_form
from assistant.ui.pages.library_reading import document_page, missing_page
from assistant.ui.pages.library_shelves import Found, Wanted, chosen, found_among, sources_of

_LONGEST_ID = 200
_PASSAGES = 40  # found for a search; several are of the same document


def build(assistant: Assistant) -> None:
    """The search form, and the list or the document that the address asks for."""
    forms = {
        each: search_form(tuple(_sources(assistant, each).values()), each) for each in Language
    }
    fixed("finding", forms)
    live("library", {each: _opening(each) for each in Language}, {"look": partial(look, assistant)})


def look(assistant: Assistant, sent: Sent) -> Reply:
    """The document that was asked for, or else the list of those that fit."""
    name = sent.text("doc", _LONGEST_ID)
    return _read(assistant, name, sent.language) if name else _list(assistant, sent)


def _opening(language: Language) -> str:
    return (
        f'<div class="sheet"><p class="quiet">{plain(say(language, "library.opening"))}</p></div>'
    )


def _sources(assistant: Assistant, language: Language) -> dict[str, Source]:
    return sources_of(assistant.index().languages[language].passages)


def _list(assistant: Assistant, sent: Sent) -> Reply:
    language = sent.language
    wanted = Wanted(
        shelf=sent.choice(Shelf, "shelf"),
        kind=sent.choice(Kind, "kind"),
        standing=sent.choice(Standing, "standing"),
        year=sent.text("year", 10),
        words=sent.text("words", LONGEST_WORDS),
    )
    fitting = chosen(tuple(_sources(assistant, language).values()), wanted)
    found = _find(assistant, fitting, wanted.words, language)
    html = document_list(fitting, found, wanted, language)
    return Reply(html=html, data={"found": len(found)})


def _find(
    assistant: Assistant, sources: Sequence[Source], words: str, language: Language
) -> tuple[Found, ...]:
    if not words:
        return tuple(map(Found, sources))
    return found_among(sources, assistant.search(words, language, _PASSAGES), words)


def _read(assistant: Assistant, name: str, language: Language) -> Reply:
    sources = _sources(assistant, language)
    document = _document(assistant, sources.get(name))
    if document is None:
        return Reply(html=missing_page(language), data={"title": ""})
    other = next(each for each in Language if each is not language)
    twin = name in _sources(assistant, other)
    html = document_page(document, sources, twin)
    return Reply(html=html, data={"title": document.source.title})


def _document(assistant: Assistant, source: Source | None) -> Document | None:
    """The document as it stands on disk now; None when it was moved or damaged since."""
    if source is None:
        return None
    corpus = assistant.settings.corpus
    try:
        return read_document(corpus / source.path, corpus)
    except (CorpusError, OSError):
        return None


PAGE = Page(
    path=LIBRARY,
    room="library",
    build=build,
    scripts=("library.js",),
    styles=("library.css",),
    words=("library.link_copied",),
)
