"""A source as a card: what it is, where its quotations stand, whether it still holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.models import Citation, Language
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.ui.addresses import document_address
from assistant.ui.badge import badge
from assistant.ui.markup import emphasised, plain, web_address


def quotation_id(turn: int, number: int) -> str:
    """The id of a quotation in its card; the mark of the same number links to it."""
    return f"quotation-{turn}-{number}"


def source_cards(citations: Sequence[Citation], turn: int, language: Language) -> str:
    """One list item for each passage, in the order of the answer's numbers."""
    passages: dict[str, list[Citation]] = {}
    for citation in citations:
        passages.setdefault(citation.passage.id, []).append(citation)
    return "".join(source_card(of_one, turn, language) for of_one in passages.values())


def source_card(citations: Sequence[Citation], turn: int, language: Language) -> str:
    """A passage as a list item: closed it names the source, open it shows the quotations."""
    source = citations[0].passage.source
    numbers = _spans([citation.number for citation in citations])
    label = plain(say(language, "ui.source_label", number=""))
    return (
        f'<li><details class="source" id="source-{turn}-{citations[0].number}">'
        f'<summary><span class="source-number"><span class="unseen">{label}</span>{numbers}</span>'
        f'<span class="source-name"><span class="source-title" lang="{source.language.value}">'
        f"{plain(source.title)}</span>"
        f'<span class="source-meta"><span>{plain(say(language, f"names.kind_{source.kind.value}"))}'
        f"</span> {badge(source.status, source.as_of, language)}</span></span></summary>"
        f'<div class="source-body">{_passage(citations, turn, language)}'
        f"{_facts(citations[0], language)}{_links(citations[0], language)}</div></details></li>"
    )


def highlighted(citations: Sequence[Citation], turn: int) -> str:
    """The passage with each quotation, at its very offsets, inside a ``<mark>`` of its own."""
    passage = citations[0].passage
    done = 0
    html = []
    for citation in sorted(citations, key=lambda found: found.start):
        start, end = citation.start - passage.start, citation.end - passage.start
        name = quotation_id(turn, citation.number)
        if start < done:
            # Two numbers on the same words: the second finds its way, the words are shown once.
            html.append(f'<span id="{name}"></span>')
            continue
        html.append(_with_gaps(passage.text[done:start]))
        html.append(f'<mark id="{name}">{_with_gaps(passage.text[start:end])}</mark>')
        done = end
    return "".join(html) + _with_gaps(passage.text[done:])


def _spans(numbers: Sequence[int]) -> str:
    """Numbers as a reader writes them: ``1, 2`` and ``1–3`` and ``1–3, 7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )


def _with_gaps(piece: str) -> str:
    """Blank lines as paragraph gaps; the pieces around a quotation must join without a seam."""
    return '<span class="gap"></span>'.join(emphasised(part) for part in piece.split("\n\n"))


def _passage(citations: Sequence[Citation], turn: int, language: Language) -> str:
    passage = citations[0].passage
    spoken = f'lang="{passage.source.language.value}"'
    label = plain(say(language, "ui.passage_label"))
    return (
        f'<h4 class="pinpoint" {spoken}>{plain(passage.pinpoint)}</h4>'
        f'<blockquote class="passage" {spoken} aria-label="{label}">'
        f"{highlighted(citations, turn)}</blockquote>"
    )


def _facts(citation: Citation, language: Language) -> str:
    items = "".join(
        f"<div><dt>{plain(say(language, f'ui.{label}'))}</dt><dd>{value}</dd></div>"
        for label, value in _rows(citation, language)
    )
    return f'<dl class="facts">{items}</dl>'


def _rows(citation: Citation, language: Language) -> Iterator[tuple[str, str]]:
    source = citation.passage.source
    as_of = say(
        language,
        "ui.status_as_of",
        status=say(language, f"names.status_{source.status.value}"),
        date=say_date(language, source.as_of),
    )
    yield "status_label", plain(as_of)
    yield "published_label", plain(say_date(language, source.published))
    yield "basis_label", plain(say(language, f"names.basis_{source.basis.value}"))
    yield "citation_label", f'<span class="cite-as">{plain(source.citation)}</span>'


def _links(citation: Citation, language: Language) -> str:
    passage = citation.passage
    tab = f'<span class="unseen">{plain(say(language, "ui.new_tab"))}</span>'
    whole = plain(document_address(passage.source, passage.section))
    close = plain(say(language, "ui.close_source"))
    return (
        f'<p class="source-links"><a href="{whole}" target="_blank" rel="opener">'
        f"{plain(say(language, 'ui.read_whole'))} {tab}</a>{_original(citation, language, tab)}"
        f'<button type="button" class="quiet-button" data-close-source>{close}</button></p>'
    )


def _original(citation: Citation, language: Language, tab: str) -> str:
    address = web_address(citation.passage.source.url)
    if address is None:
        return ""
    url, host = address
    words = plain(say(language, "ui.original", host=host))
    return f'<a href="{plain(url)}" target="_blank" rel="noopener noreferrer">{words} {tab}</a>'
