"""A paper as one HTML file: its style inside, nothing fetched, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assistant.export import look
from assistant.export.embedded import as_comment
from assistant.export.paper import (
    Block,
    Bullets,
    Cited,
    Columns,
    Heading,
    Line,
    Paper,
    Prose,
    Remark,
)
from assistant.export.wording import (
    Front,
    Span,
    clean,
    entry,
    fronts,
    listed_numbers,
    paragraph_spans,
    reference_line,
)
from assistant.models import Language
from assistant.texts import say

_STYLE = f"""
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{
  max-width: 44rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem;
  background: #fff; color: {look.INK};
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: break-word;
}}
h1, h2, h3 {{ margin: 0; line-height: 1.25; text-wrap: pretty; break-after: avoid; }}
h1 {{ font-size: 1.9rem; letter-spacing: -0.018em; }}
h2 {{ margin-top: 2.4rem; color: {look.ACCENT}; font-size: 1.35rem; }}
h3 {{ margin-top: 1.6rem; font-size: 1.1rem; }}
p, ul, ol {{ margin: 0.75rem 0 0; }}
ul, ol {{ padding-inline-start: 1.4rem; }}
li + li {{ margin-top: 0.4rem; }}
a {{ color: {look.ACCENT}; }}
.front {{
  margin-top: 1rem; padding-top: 0.9rem; border-top: 2px solid {look.ACCENT};
  color: {look.QUIET}; font-size: 0.9rem; line-height: 1.5;
}}
.front + .front {{ border-top: 1px solid {look.LINE}; }}
.front p {{ margin: 0.3rem 0 0; }}
.front strong {{ color: {look.INK}; }}
.lead {{ margin-top: 1.5rem; font-size: 1.15rem; }}
.mark {{
  margin-inline-start: 0.2em; font-size: 0.8em; font-variant-numeric: tabular-nums;
  font-weight: 600; text-decoration: none;
}}
.remark {{
  margin-top: 1rem; padding: 0.7rem 1rem; border-inline-start: 4px solid {look.ACCENT};
  background: {look.ACCENT_SOFT};
}}
.remark p {{ margin: 0; }}
.remark + .remark {{ margin-top: 0.5rem; }}
.columns {{ display: grid; gap: 0 2rem; margin-top: 1rem; }}
.columns > div {{ min-width: 0; padding-bottom: 0.5rem; }}
.columns .tongue {{
  margin: 0; border-bottom: 1px solid {look.LINE}; color: {look.QUIET}; font-size: 0.85rem;
  font-weight: 600;
}}
.sources {{ padding: 0; list-style: none; font-size: 0.9rem; line-height: 1.5; }}
.sources > li {{ margin-top: 1.1rem; padding-inline-start: 2.6rem; break-inside: avoid; }}
.sources > li:target {{ background: {look.ACCENT_SOFT}; }}
.sources .number {{
  float: inline-start; margin-inline-start: -2.6rem; color: {look.ACCENT}; font-weight: 600;
}}
.sources p {{ margin: 0.15rem 0 0; }}
.sources blockquote {{
  margin: 0.4rem 0; padding-inline-start: 0.8rem; border-inline-start: 3px solid {look.LINE};
}}
.quiet {{ color: {look.QUIET}; }}
.reference {{ margin-top: 2rem; color: {look.QUIET}; font-size: 0.9rem; }}
@media (min-width: 44rem) {{ .columns {{ grid-template-columns: 1fr 1fr; }} }}
@media print {{
  @page {{ margin: 0.9in 1in; }}
  body {{ max-width: none; padding: 0; font-size: 11pt; }}
  a {{ color: inherit; text-decoration: none; }}
  .columns {{ grid-template-columns: 1fr 1fr; }}
  .remark, .sources > li:target {{ background: none; }}
}}
"""


def as_html(paper: Paper) -> str:
    """The paper as a page that asks no host for anything and prints without its screen dress."""
    title = _plain(clean(paper.title))
    body = "".join(
        (
            f"<h1>{title}</h1>",
            *map(_front, fronts(paper)),
            f'<p class="lead">{_sentences(paper.lead)}</p>' if paper.lead else "",
            _blocks(paper.blocks, paper),
            _sources(paper),
            _reference(paper),
        )
    )
    return (
        f'<!doctype html>\n<html lang="{paper.language.value}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # The file says for itself that nothing in it may run or be fetched.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f'<meta name="date" content="{paper.as_of.isoformat()}">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>{body}</main>\n{_record(paper)}</body>\n</html>\n"
    )


def _record(paper: Paper) -> str:
    return f"{as_comment(paper.record)}\n" if paper.record else ""


def _plain(text: str) -> str:
    return escape(text, quote=True)


def _front(front: Front) -> str:
    return (
        f'<div class="front" lang="{front.language.value}"><p>{_plain(front.dates)}</p>'
        f"<p><strong>{_plain(front.disclaimer)}</strong></p></div>"
    )


def _blocks(blocks: Iterable[Block], paper: Paper) -> str:
    return "".join(_block(block, paper) for block in blocks)


def _block(block: Block, paper: Paper) -> str:
    match block:
        case Columns():
            return _columns(block, paper)
        case Prose(lines, language):
            return f"<p{_lang(language)}>{_sentences(lines)}</p>"
        case Remark(lines, language):
            said = _sentences(lines, listed_numbers(paper))
            return f'<div class="remark" role="note"{_lang(language)}><p>{said}</p></div>'
        case Heading(text, level, language):
            return f"<h{level}{_lang(language)}>{_plain(clean(text))}</h{level}>"
        case Bullets(items, ordered, language):
            name = "ol" if ordered else "ul"
            inner = "".join(f"<li>{_sentences(item)}</li>" for item in items)
            return f"<{name}{_lang(language)}>{inner}</{name}>"


def _columns(block: Columns, paper: Paper) -> str:
    sides = ((block.left_language, block.left), (block.right_language, block.right))
    inner = "".join(
        f'<div lang="{language.value}"><p class="tongue">{_plain(_name(language))}</p>'
        f"{_blocks(side, paper)}</div>"
        for language, side in sides
    )
    return f'<div class="columns">{inner}</div>'


def _name(language: Language) -> str:
    return say(language, f"paper.language_{language.value}")


def _lang(language: Language | None) -> str:
    return f' lang="{language.value}"' if language else ""


def _sentences(lines: Iterable[Line], numbers: frozenset[int] = frozenset()) -> str:
    return _spans(paragraph_spans(lines, numbers))


def _spans(found: Iterable[Span]) -> str:
    return "".join(map(_span, found))


def _span(span: Span) -> str:
    if span.mark is not None:
        # A word joiner keeps the mark on the line of the word it belongs to.
        return f'&#8288;<a class="mark" href="#source-{span.mark}">[{span.mark}]</a>'
    html = _plain(span.text).replace("\n", "<br>")
    if span.emphasis:
        html = f"<em>{html}</em>"
    return f"<strong>{html}</strong>" if span.strong else html


def _sources(paper: Paper) -> str:
    if not paper.sources:
        return ""
    heading = _plain(say(paper.language, "paper.sources"))
    items = "".join(map(_source, paper.sources))
    return f'<h2 id="sources">{heading}</h2><ol class="sources" role="list">{items}</ol>'


def _source(source: Cited) -> str:
    lines = entry(source)
    shown = _plain(lines.shown_address)
    if lines.address:
        shown = f'<a href="{_plain(lines.address)}" rel="noreferrer">{shown}</a>'
    colour = look.STANDING_COLOUR[source.status]
    return (
        f'<li id="source-{lines.number}" lang="{lines.language.value}">'
        f'<span class="number">[{lines.number}]</span><strong>{_plain(lines.title)}</strong>'
        f"<blockquote>{_spans(lines.quotation)}</blockquote>"
        f"<p>{_plain(lines.cite_as)}</p><p>{_plain(lines.under)}</p>"
        f'<p class="quiet"><strong style="color: {colour}">{_plain(lines.standing)}</strong>'
        f" · {_plain(lines.facts)}</p><p>{shown}</p></li>"
    )


def _reference(paper: Paper) -> str:
    line = reference_line(paper)
    return f'<p class="reference">{_plain(line)}</p>' if line else ""
