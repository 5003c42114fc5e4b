"""A paper as Markdown: marks that link to a numbered list, and text that stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

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

# A dollar sum is left alone; any other dollar sign would begin a formula in some readers. An
# exclamation mark before a link would make it a picture.
_SPECIAL = re.compile(r"[\\`*\[\]<>|~&]|(?<![^\W_])_|_(?![^\W_])|\$(?!\d)|!(?=\[|\Z)")
_AT_START = re.compile(r"^(#+|[-+=](?=\s|$|[-+=])|\d+(?=[.)](?:\s|$)))", re.MULTILINE)


def as_markdown(paper: Paper) -> str:
    """The paper as Markdown; front matter names its title, language and day for other tools."""
    parts = [_front_matter(paper), f"# {escaped(clean(paper.title))}"]
    for front in fronts(paper):
        parts.append(f"*{escaped(front.dates)}*")
        parts.append(f"**{escaped(front.disclaimer)}**")
    if paper.lead:
        parts.append(_sentences(paper.lead))
    parts.extend(_blocks(paper.blocks, listed_numbers(paper)))
    if paper.sources:
        parts.append(f"## {escaped(say(paper.language, 'paper.sources'))}")
        parts.extend(_source(source) for source in paper.sources)
    if reference := reference_line(paper):
        parts.append(f"*{escaped(reference)}*")
    if paper.record:
        parts.append(as_comment(paper.record))
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """The text with every character disarmed that would change how its Markdown reads."""
    disarmed = _SPECIAL.sub(r"\\\g<0>", text)
    return _AT_START.sub(_disarm_start, disarmed)


def _disarm_start(found: re.Match[str]) -> str:
    # A number needs its dot disarmed, not its digits; the dot follows the match.
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _front_matter(paper: Paper) -> str:
    # A JSON text is a YAML text as well, whatever stands in it.
    title = json.dumps(clean(paper.title), ensure_ascii=False)
    return (
        f"---\ntitle: {title}\nlang: {paper.language.value}\ndate: {paper.as_of.isoformat()}\n---"
    )


def _blocks(blocks: Iterable[Block], numbers: frozenset[int]) -> Iterator[str]:
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Bullets) and isinstance(before, Bullets):
            # Without something between them, two lists would be read as one.
            yield "<!-- -->"
        yield from _block(block, numbers)
        before = block


def _block(block: Block, numbers: frozenset[int]) -> Iterator[str]:
    match block:
        case Prose(lines):
            yield _sentences(lines)
        case Remark(lines):
            yield _quoted(_sentences(lines, numbers))
        case Heading(text, level):
            yield f"{'#' * level} {escaped(clean(text))}"
        case Bullets(items, ordered):
            yield "\n".join(
                _item(f"{place}. " if ordered else "- ", _sentences(item))
                for place, item in enumerate(items, start=1)
            )
        case Columns():
            yield from _columns(block, numbers)


def _columns(block: Columns, numbers: frozenset[int]) -> Iterator[str]:
    for language, side in (
        (block.left_language, block.left),
        (block.right_language, block.right),
    ):
        yield f"**{_name(language)}**"
        yield from _blocks(side, numbers)


def _name(language: Language) -> str:
    return say(language, f"paper.language_{language.value}")


def _sentences(lines: tuple[Line, ...], numbers: frozenset[int] = frozenset()) -> str:
    return _spans(paragraph_spans(lines, numbers))


def _spans(found: tuple[Span, ...]) -> str:
    return "".join(map(_span, found))


def _span(span: Span) -> str:
    if span.mark is not None:
        return f"[[{span.mark}]](#source-{span.mark})"
    stars = "*" * (2 * span.strong + span.emphasis)
    # A list line inside a sentence keeps its own line: a trailing backslash is a hard break.
    return f"{stars}{escaped(span.text)}{stars}".replace("\n", "\\\n")


def _item(bullet: str, text: str) -> str:
    return bullet + text.replace("\n", "\n" + " " * len(bullet))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _source(source: Cited) -> str:
    lines = entry(source)
    address = f"<{lines.address}>" if lines.address else escaped(lines.shown_address)
    about = (lines.cite_as, lines.under, f"{lines.standing} · {lines.facts}")
    return "\n\n".join(
        (
            f'<a id="source-{lines.number}"></a>**\\[{lines.number}\\] {escaped(lines.title)}**',
            _quoted(_spans(lines.quotation)),
            "\\\n".join((*map(escaped, about), address)),
        )
    )
