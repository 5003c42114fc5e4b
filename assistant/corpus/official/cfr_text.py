"""The text of a section of the C.F.R. as pinpoints: its paragraphs' places where they are sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.corpus.official.cfr_levels import Mark, Path, places
from assistant.corpus.official.dates import written_days
from assistant.corpus.official.facts import Pinpoint
from assistant.corpus.official.levels import Level, Words, pinpoints
from assistant.corpus.official.table_rows import table_rows
from assistant.corpus.official.text import folded, is_closed, paragraph, run_in
from assistant.corpus.official.xml import all_text, local

if TYPE_CHECKING:
    # Only the name of a type: what parses is defusedxml.
    from xml.etree.ElementTree import Element  # nosec B405

# History, authorities, editors' notes and footnotes: not the words of the rule.
_BESIDE = frozenset(
    [
        "HEAD",
        "CITA",
        "AUTH",
        "SOURCE",
        "SECAUTH",
        "PARAUTH",
        "EDNOTE",
        "EFFDNOT",
        "FTNT",
        "APPRO",
        "CROSSREF",
        "SU",
        "img",
    ]
)
_TABLES = frozenset({"TABLE", "GPOTABLE"})
_PARAGRAPHS = frozenset({"P", "FP", "PSPACE", "HED", "HD1", "HD2", "HD3", "LI"})
# Where italics begin and end while a paragraph is read; the file's own such signs are taken out.
_ON, _OFF = "\ue000", "\ue001"
_MARK = re.compile(
    rf"\s*{_ON}?\({_ON}?(?P<text>[a-z]{{1,5}}|[A-Z]{{1,3}}|\d{{1,3}}){_OFF}?\){_OFF}?"
)
_ITALIC = re.compile(rf"\s*{_ON}(?P<text>[^{_ON}{_OFF}]{{1,200}}?)[.—]\s*{_OFF}(?:[.—])?")
_DANGLING = re.compile(r"(?:[;,]|\b(?:and|or))$")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of the file: its enumerators, the heading in italics after each, its text."""

    marks: tuple[Mark, ...] = ()
    headings: tuple[str, ...] = ()
    text: str = ""
    rows: tuple[str, ...] = ()


@dataclass(slots=True)
class _Node:
    """A level while it is gathered."""

    number: str
    heading: str
    words: list[_Paragraph] = field(default_factory=list)
    within: dict[str, _Node] = field(default_factory=dict)

    def level(self, label: str) -> Level:
        blocks = tuple(each.text for each in self.words if each.text)
        rows = tuple(row for each in self.words for row in each.rows)
        own = (Words(blocks, rows),) if blocks or rows else ()
        inner = (node.level(f"{label}{node.number}") for node in self.within.values())
        return Level(self.number, label, self.heading, (*own, *inner))


def section_pinpoints(section: Element, label: str, heading: str) -> tuple[Pinpoint, ...]:
    """The section's text under its places, or under the section alone where no place is sure."""
    read = list(_paragraphs(section))
    root = _Node("", heading)
    if _placed(read, root):
        return pinpoints(root.level(label))
    found = [paragraph(text) for text in run_in(map(_printed, read))]
    rows = [paragraph(row) for each in read for row in each.rows]
    texts = tuple(filter(None, (*found, *rows)))
    title = paragraph(f"{label}: {heading.rstrip('. ')}" if heading else label)
    return (Pinpoint(title, texts),) if texts else ()


def history_days(section: Element) -> list[str]:
    """The days that the section's own history names."""
    return [
        day
        for each in section.iter()
        if local(each) in {"CITA", "SOURCE"}
        for day in written_days(all_text(each))
    ]


def _paragraphs(element: Element) -> Iterator[_Paragraph]:
    for child in element:
        name = local(child)
        if name in _BESIDE:
            continue
        if name in _TABLES:
            yield _Paragraph(rows=tuple(table_rows(child)))
        elif name in _PARAGRAPHS:
            yield _read(_with_italics(child), marked=name == "P")
            yield from _paragraphs(_tables_in(child))
        else:
            yield from _paragraphs(child)


def _tables_in(element: Element) -> Element:
    inner = element.makeelement(element.tag, {})
    inner.extend(each for each in element.iter() if local(each) in _TABLES)
    return inner


def _with_italics(element: Element) -> str:
    text = (element.text or "").replace(_ON, "").replace(_OFF, "")
    for child in element:
        name = local(child)
        if name not in _BESIDE and name not in _TABLES:
            inner = _with_italics(child)
            italic = name == "I" or (name == "E" and child.get("T") == "03")
            text += f"{_ON}{inner}{_OFF}" if italic else inner
        text += (child.tail or "").replace(_ON, "").replace(_OFF, "")
    return text


def _read(text: str, marked: bool) -> _Paragraph:
    marks: list[Mark] = []
    headings: list[str] = []
    at = 0
    while marked and (found := _MARK.match(text, at)):
        marks.append(Mark(found["text"], italic=_ON in found.group()))
        at = found.end()
        named = _ITALIC.match(text, at)
        headings.append(folded(named["text"]) if named else "")
        at = named.end() if named else at
    rest = text[at:].replace(_ON, "").replace(_OFF, "")
    return _Paragraph(tuple(marks), tuple(headings), folded(rest))


def _printed(each: _Paragraph) -> str:
    """A paragraph as the file prints it, enumerators and all."""
    lead = "".join(
        f"({mark.text}) {heading}{'. ' if heading else ''}"
        for mark, heading in zip(each.marks, each.headings, strict=True)
    )
    return f"{lead.strip()} {each.text}".strip()


def _placed(read: Sequence[_Paragraph], root: _Node) -> bool:
    """Puts every paragraph where it surely belongs; False when one cannot be understood alone."""
    found = places([mark for each in read for mark in each.marks])
    if found is None or any(map(_clings, *zip(*pairwise(read), strict=True)) if read[1:] else ()):
        return False
    where = iter(found)
    current: _Node | None = root
    for each in read:
        if each.marks:
            own = [next(where) for _ in each.marks]
            current = _node(root, own, each.headings)
            if current is None and not _stands_alone(each):
                return False
        elif current is not root and not _goes_on(current, each):
            current = None
        target = current or root
        placed = each if current else _Paragraph(text=_printed(each), rows=each.rows)
        target.words.append(placed)
    return True


def _clings(before: _Paragraph, after: _Paragraph) -> bool:
    """Whether an unnumbered paragraph goes on with a sentence of a level that is not known."""
    if after.marks or not after.text:
        return False
    return after.text[0].islower() or _DANGLING.search(before.text) is not None


def _goes_on(current: _Node | None, each: _Paragraph) -> bool:
    """Whether an unnumbered paragraph or table belongs to what a lead-in just opened."""
    last = current.words[-1].text if current and current.words else ""
    return bool(last) and not is_closed(last) and (bool(each.rows) or not each.text[:1].islower())


def _stands_alone(each: _Paragraph) -> bool:
    return is_closed(each.text) and not each.text[:1].islower()


def _node(root: _Node, own: Sequence[Path | None], headings: Sequence[str]) -> _Node | None:
    """The level of a paragraph's last enumerator; those of the others are made on the way."""
    node: _Node | None = None
    for path, heading in zip(own, headings, strict=True):
        if path is None:
            return None
        node = root
        for part in path[:-1]:
            if part not in node.within:
                return None
            node = node.within[part]
        number = f"({path[-1]})"
        node = node.within.setdefault(path[-1], _Node(number, heading))
    return node
