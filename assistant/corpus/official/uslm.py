"""The U.S. Code in USLM XML, version 1 or 2, as the Office of the Law Revision Counsel gives it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.corpus.official.dates import iso_day
from assistant.corpus.official.facts import Draft, Reading, UnreadableFile, Wanted
from assistant.corpus.official.levels import pinpoints
from assistant.corpus.official.place_label import place_label
from assistant.corpus.official.selection import Selection
from assistant.corpus.official.sniff import calls_itself_made_up
from assistant.corpus.official.text import folded, section_key, slug
from assistant.corpus.official.uslm_text import heading_of, section_level
from assistant.corpus.official.xml import all_text, local, namespace, walk
from assistant.corpus.shape import Shelf
from assistant.models import Kind

if TYPE_CHECKING:
    # Only the name of a type: what parses is defusedxml.
    from xml.etree.ElementTree import Element  # nosec B405

NAMESPACES = frozenset({"http://xml.house.gov/schemas/uslm/1.0", "http://schemas.gpo.gov/xml/uslm"})
PUBLISHER = "Office of the Law Revision Counsel, U.S. House of Representatives"
_PAGE = "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title{}-section{}"
_SECTION = re.compile(r"/us/usc/t(?P<title>\d{1,2}[aA]?)/s(?P<section>[^/]+)")
_RELEASE = re.compile(r"\d{2,3}-\d+(?:not\d+)*(?:u\d+)?")
_CURRENT = re.compile(r"Current through (\S+)")
_MADE_UP = re.compile(r"reconstruct|not[- ]official|test", re.IGNORECASE)


@dataclass(slots=True)
class _Edition:
    """What a file says of itself, as far as it was read."""

    name: str = ""
    release: str = ""
    day: str = ""
    made_up: bool = False
    seen: Counter[str] = field(default_factory=Counter)

    def take(self, element: Element) -> None:
        """Keeps what an element outside the sections tells."""
        name, text = local(element), all_text(element)
        if name == "docPublicationName":
            self.name = folded(text)
            found = _RELEASE.search(text.partition("@")[2])
            self.release = found[0] if found else ""
            self.made_up |= _MADE_UP.search(text) is not None
        elif name == "property" and element.get("role") == "provenance":
            self.made_up |= _MADE_UP.search(text) is not None
        elif name in {"created", "processedDate"}:
            self.day = self.day or iso_day(text)
        elif not self.release and (current := _CURRENT.search(text)):
            found = _RELEASE.fullmatch(current[1].rstrip("."))
            self.release = found[0] if found else ""

    @property
    def label(self) -> str:
        """How the edition is cited."""
        if self.release:
            return f"release point {self.release}"
        return f"edition of {self.day}" if self.name in {"", "Online"} else f"“{self.name}”"


def read_code(file: Path, wanted: Wanted) -> Reading:
    """The sections of a title that are wanted, each as a document.

    Raises:
        UnreadableFile: The file cannot be read, is no official copy, or has too many sections.
    """
    edition = _Edition(made_up=calls_itself_made_up(file))
    selection = Selection(wanted.sections)
    for step in walk(file, _is_section):
        if step.begins and local(step.element) == "section":
            continue
        if step.unit:
            _check(edition)
            for draft in _section(step.element, edition, wanted, selection):
                selection.take(draft)
        elif not step.begins:
            edition.take(step.element)
    _check(edition)
    return selection.reading()


def _check(edition: _Edition) -> None:
    if edition.made_up:
        what = (
            "the file says itself that it is reconstructed, so it is no official text and is not "
            "imported as one"
        )
        mend = "Get the title's XML from https://uscode.house.gov/download/download.shtml"
        raise UnreadableFile(what, mend)


def _is_section(element: Element) -> bool:
    """A section of the Code; one in a quotation has no identifier."""
    identifier = element.get("identifier") or ""
    return local(element) == "section" and _SECTION.match(identifier) is not None


def _section(
    element: Element, edition: _Edition, wanted: Wanted, selection: Selection
) -> Iterator[Draft]:
    found = [_SECTION.match(each) for each in (element.get("identifier") or "").split()]
    places = [each for each in found if each]
    names = [folded(each["section"]) for each in places]
    title = places[0]["title"].lower()
    shown = ", ".join(names).replace("...", " to ")
    mark = "§§" if len(names) > 1 or "..." in names[0] else "§"
    id_ = selection.numbered(slug(f"official usc {title} {names[0]}"))
    if not selection.wants(map(section_key, names)):
        return
    if status := element.get("status"):
        selection.leave_out(f"{mark} {shown} ({status})")
        return
    place = f"{title.upper()} U.S.C. {mark} {shown}"
    label = place_label(f"{mark} {shown}", place)
    places_in_it = pinpoints(section_level(element, label))
    if not places_in_it:
        selection.leave_out(f"{mark} {shown} (no text)")
        return
    day = edition.day or wanted.as_of
    if not day:
        what = "the file does not say of which day its text is"
        raise UnreadableFile(what, "Give that day with --as-of YYYY-MM-DD")
    heading = heading_of(element)
    yield Draft(
        id=id_,
        shelf=Shelf.STATUTES,
        title=f"{place}: {heading}" if heading else place,
        kind=Kind.STATUTE,
        citation=f"{place} ({edition.label})",
        publisher=PUBLISHER,
        url=_page(title, names[0]),
        published=day,
        as_of=day,
        pinpoints=places_in_it,
    )


def _page(title: str, section: str) -> str:
    name = quote(section_key(section.partition("...")[0]), safe="")
    return f"{_PAGE.format(title, name)}&num=0&edition=prelim"


def refuse_other(root: Element) -> None:
    """Raises what is to be said of a USLM file that is no title of the Code.

    Raises:
        UnreadableFile: The root is not that of the Code.
    """
    kind = {
        "bill": "a bill",
        "resolution": "a resolution",
        "pLaw": "a public law",
        "engrossedAmendment": "an amendment to a bill",
        "amendment": "an amendment to a bill",
        "frDoc": "a document of the Federal Register",
        "statutesAtLarge": "a volume of the Statutes at Large",
    }
    name = local(root)
    if name != "uscDoc" and namespace(root) in NAMESPACES:
        what = f"it is {kind.get(name, f'a document of another kind ({name})')} in USLM XML"
        mend = (
            "Of USLM only the U.S. Code is read: get the title from "
            "https://uscode.house.gov/download/download.shtml"
        )
        raise UnreadableFile(what, mend)
