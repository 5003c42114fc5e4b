"""A source as a card: what it is, where the quotation stands, whether it still holds."""

from __future__ import annotations

from assistant.models import Citation, Language, Standing
from assistant.texts import say
from assistant.ui.markup import emphasised, plain, spoken_date, web_address

# Four families of colour and sign; the words beside them say which standing it is.
_FAMILY = {
    Standing.IN_FORCE: "holds",
    Standing.IN_EFFECT: "holds",
    Standing.AFFIRMED: "holds",
    Standing.BLOCKED: "halted",
    Standing.REVERSED: "halted",
    Standing.PENDING: "waits",
    Standing.SUPERSEDED: "past",
    Standing.HISTORICAL: "past",
}


def source_id(turn: int, number: int) -> str:
    """The id of a card on the page; the marks of its turn link to it."""
    return f"source-{turn}-{number}"


def source_card(citation: Citation, turn: int, language: Language) -> str:
    """The card as a list item: closed it names the source, open it shows the quotation in place."""
    source = citation.passage.source
    inner = f'lang="{source.language.value}"'
    return (
        f'<li><details class="source" id="{source_id(turn, citation.number)}">'
        f'<summary><span class="source-number"><span class="unseen">'
        f"{plain(say(language, 'ui.source_label', number=''))}</span>{citation.number}</span>"
        f'<span class="source-name"><span class="source-title" {inner}>{plain(source.title)}</span>'
        f'<span class="source-meta"><span>{plain(say(language, f"names.kind_{source.kind.value}"))}'
        f"</span> {standing_badge(citation, language)}</span></span></summary>"
        f'<div class="source-body">{_quotation(citation, language)}{_facts(citation, language)}'
        f"{_links(citation, language)}</div></details></li>"
    )


def standing_badge(citation: Citation, language: Language) -> str:
    """The standing in words, with a colour and a sign of its family."""
    status = citation.passage.source.status
    words = plain(say(language, f"names.status_{status.value}"))
    return f'<span class="badge {_FAMILY[status]}">{words}</span>'


def highlighted(citation: Citation) -> str:
    """The passage with the quotation, at its very offsets, inside ``<mark>``."""
    text = citation.passage.text
    start = citation.start - citation.passage.start
    end = citation.end - citation.passage.start
    return "".join(
        _paragraphs(piece) if not is_quote else f"<mark>{_paragraphs(piece)}</mark>"
        for piece, is_quote in ((text[:start], False), (text[start:end], True), (text[end:], False))
    )


def _paragraphs(piece: str) -> str:
    """Blank lines as paragraph gaps; the pieces around a quotation must join without a seam."""
    return '<span class="gap"></span>'.join(emphasised(part) for part in piece.split("\n\n"))


def _quotation(citation: Citation, language: Language) -> str:
    spoken = f'lang="{citation.passage.source.language.value}"'
    label = plain(say(language, "ui.passage_label"))
    return (
        f'<h4 class="pinpoint" {spoken}>{plain(citation.passage.pinpoint)}</h4>'
        f'<blockquote class="passage" {spoken} aria-label="{label}">'
        f"{highlighted(citation)}</blockquote>"
    )


def _facts(citation: Citation, language: Language) -> str:
    source = citation.passage.source
    as_of = say(
        language,
        "ui.status_as_of",
        status=say(language, f"names.status_{source.status.value}"),
        date=spoken_date(language, source.as_of),
    )
    rows = (
        ("status_label", plain(as_of)),
        ("published_label", plain(spoken_date(language, source.published))),
        ("basis_label", plain(say(language, f"names.basis_{source.basis.value}"))),
        ("citation_label", f'<span class="cite-as">{plain(source.citation)}</span>'),
    )
    items = "".join(
        f"<div><dt>{plain(say(language, f'ui.{label}'))}</dt><dd>{value}</dd></div>"
        for label, value in rows
    )
    return f'<dl class="facts">{items}</dl>'


def _links(citation: Citation, language: Language) -> str:
    close = plain(say(language, "ui.close_source"))
    button = f'<button type="button" class="quiet-button" data-close-source>{close}</button>'
    address = web_address(citation.passage.source.url)
    if address is None:
        return f'<p class="source-links">{button}</p>'
    url, host = address
    words = plain(say(language, "ui.original", host=host))
    tab = plain(say(language, "ui.new_tab"))
    return (
        f'<p class="source-links"><a href="{plain(url)}" target="_blank" rel="noopener noreferrer">'
        f'{words} <span class="unseen">{tab}</span></a>{button}</p>'
    )
