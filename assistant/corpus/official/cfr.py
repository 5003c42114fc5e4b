"""The C.F.R. in eCFR XML: an answer of the eCFR service, or GPO's bulk file of a title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from assistant.corpus.official.cfr_text import history_days, section_pinpoints
from assistant.corpus.official.dates import written_days
from assistant.corpus.official.facts import Draft, Reading, UnreadableFile, Wanted
from assistant.corpus.official.place_label import place_label
from assistant.corpus.official.selection import Selection
from assistant.corpus.official.text import folded, section_key, slug
from assistant.corpus.official.xml import all_text, local, walk
from assistant.corpus.shape import Shelf
from assistant.models import Kind

if TYPE_CHECKING:
    # Only the name of a type: what parses is defusedxml.
    from xml.etree.ElementTree import Element  # nosec B405

PUBLISHER = "Office of the Federal Register and Government Publishing Office (eCFR)"
_CITED = re.compile(r"(?P<title>\d{1,2}) CFR (?:§ )?(?P<section>\d+[A-Za-z]?\.\S+)")
_NUMBER = re.compile(r"\d+[A-Za-z]?\.[0-9A-Za-z().–—‑-]+")
_HEAD = re.compile(r"^§+\s*\S+\s*")
_DATED_PATH = re.compile(r"/on/(\d{4}-\d{2}-\d{2})/")


@dataclass(slots=True)
class _Place:
    """Where in the code the reader stands: what the divisions above say."""

    title: str = ""
    day: str = ""
    in_source: bool = False
    published: tuple[str, ...] = ()  # days on which the part came out, for texts without a history
    guessed: bool = False  # whether an amendment stands for the day of a text


def is_division(name: str) -> bool:
    """Whether a root of that name is a division of the C.F.R., as the eCFR service answers."""
    return re.fullmatch(r"DIV[1-9]", name) is not None


def read_regulations(file: Path, wanted: Wanted) -> Reading:
    """The sections that are wanted, each as a document.

    Raises:
        UnreadableFile: The file cannot be read, or has too many sections.
    """
    place = _Place()
    selection = Selection(wanted.sections)
    for step in walk(file, lambda element: element.get("TYPE") in {"SECTION", "APPENDIX"}):
        if step.unit:
            for draft in _section(step.element, place, wanted, selection):
                selection.take(draft)
        else:
            _take(step.element, step.begins, place)
    reading = selection.reading()
    if not place.guessed or not reading.drafts:
        return reading
    notice = (
        "the file does not say its day: each text is dated by the last amendment it names "
        "(give the day that you asked the eCFR for with --as-of YYYY-MM-DD)"
    )
    return Reading(reading.drafts, (*reading.notices, notice), reading.named)


def _take(element: Element, begins: bool, place: _Place) -> None:
    name = local(element)
    if name == "DIV1":
        place.title = folded(element.get("N") or "") or place.title
    elif name == "DIV5":
        place.published = () if begins else place.published
    elif name == "SOURCE":
        place.in_source = begins
    elif place.in_source and not begins:
        place.published += tuple(written_days(all_text(element)))
    elif name == "AMDDATE" and (days := written_days(all_text(element))):
        place.day = days[-1]
    told = _hierarchy(element)
    if told and not place.title:
        found = re.match(r"(\d{1,2}) CFR", str(told.get("citation", "")))
        place.title = found[1] if found else ""


def _hierarchy(element: Element) -> dict[str, Any]:
    """What the service tells of a division; on the first of them it is escaped twice."""
    text = element.get("hierarchy_metadata") or ""
    for candidate in (text, unescape(text)):
        try:
            told = json.loads(candidate)
        except ValueError:
            continue
        return told if isinstance(told, dict) else {}
    return {}


def _section(
    element: Element, place: _Place, wanted: Wanted, selection: Selection
) -> Iterator[Draft]:
    told = _hierarchy(element)
    title, number = _named(element, told, place)
    head = folded(" ".join(all_text(each) for each in element if local(each) == "HEAD"))
    if element.get("TYPE") == "APPENDIX":
        if not wanted.sections:
            selection.leave_out(f"{head or 'an appendix'} (appendices are not read)")
        return
    if not title or not number:
        if not wanted.sections:
            selection.leave_out(f"{head or 'a section'} (no number that can be cited)")
        return
    id_ = selection.numbered(slug(f"official cfr {title} {number}"))
    if not selection.wants([section_key(number)]):
        return
    cited = f"{title} C.F.R. § {number}"
    label = place_label(f"§ {number}", cited)
    found = section_pinpoints(element, label, _HEAD.sub("", head))
    if "[Reserved]" in head or not found:
        selection.leave_out(f"§ {number} ({'reserved' if '[Reserved]' in head else 'no text'})")
        return
    day, dated = _day(element, told, place, wanted)
    heading = _HEAD.sub("", head).rstrip(". ")
    yield Draft(
        id=id_,
        shelf=Shelf.REGULATIONS,
        title=f"{cited}: {heading}" if heading else cited,
        kind=Kind.REGULATION,
        citation=f"{cited} ({'eCFR of' if dated else 'eCFR, last amended'} {day})",
        publisher=PUBLISHER,
        url=_page(title, number, day if dated else ""),
        published=day,
        as_of=day,
        pinpoints=found,
    )


def _named(element: Element, told: dict[str, Any], place: _Place) -> tuple[str, str]:
    """Title and number of a section: as the service cites it, or as the division is numbered."""
    cited = _CITED.fullmatch(folded(str(told.get("citation", ""))))
    if cited:
        return cited["title"], cited["section"]
    number = folded(element.get("N") or "").removeprefix("§").strip()
    title = place.title if re.fullmatch(r"\d{1,2}", place.title) else ""
    return title, number if _NUMBER.fullmatch(number) else ""


def _day(element: Element, told: dict[str, Any], place: _Place, wanted: Wanted) -> tuple[str, bool]:
    """The day of a text, and whether file or user say it rather than its last amendment."""
    dated = _DATED_PATH.search(str(told.get("path", "")))
    if day := (dated[1] if dated else "") or place.day or wanted.as_of:
        return day, True
    days = history_days(element) or place.published
    if not days:
        what = "the file does not say of which day its text is"
        mend = "Give the day that you asked the eCFR for with --as-of YYYY-MM-DD"
        raise UnreadableFile(what, mend)
    place.guessed = True
    return max(days), False


def _page(title: str, number: str, day: str) -> str:
    when = f"on/{day}" if day else "current"
    return f"https://www.ecfr.gov/{when}/title-{title}/section-{quote(number, safe='()')}"
