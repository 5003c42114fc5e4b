"""Documents of the Federal Register as its API gives them: what is published of each, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.corpus.official.dates import is_day
from assistant.corpus.official.facts import Draft, Pinpoint, Reading
from assistant.corpus.official.selection import Selection
from assistant.corpus.official.text import folded, paragraph, slug
from assistant.corpus.shape import Shelf
from assistant.models import Kind, Standing

_NUMBER = re.compile(r"[A-Z0-9]{1,4}-\d{1,6}")
_PARTS = (("abstract", "Summary"), ("dates", "Dates"), ("action", "Action"))
_SITE = "https://www.federalregister.gov/"


def is_register(told: dict[str, Any]) -> bool:
    """Whether an object has the shape of a document of the Federal Register."""
    return "document_number" in told and "publication_date" in told


def read_register(results: list[dict[str, Any]]) -> Reading:
    """A document for each result that has a text; the API gives its summary, not all of it.

    Raises:
        UnreadableFile: There are too many, or none could be taken.
    """
    selection = Selection(frozenset())
    for told in results:
        for draft in _document(told, selection):
            selection.take(draft)
    reading = selection.reading()
    notice = "the API gives summary, dates and action of a document, so these alone can be quoted"
    return Reading(reading.drafts, (*reading.notices, notice))


def _document(told: dict[str, Any], selection: Selection) -> Iterator[Draft]:
    number, day = _text(told, "document_number"), _text(told, "publication_date")
    title = _text(told, "title")
    if not number or not title or not is_day(day):
        selection.leave_out(f"{number or 'a document'} (no number, title or day of publication)")
        return
    sections = tuple(
        Pinpoint(heading, (text,)) for name, heading in _PARTS if (text := _text(told, name))
    )
    page = _page(told, number)
    if not page or not _text(told, "abstract"):
        lacking = "summary" if page else "address"
        selection.leave_out(f"{number[:20]} (no {lacking} in the file)")
        return
    kind = _text(told, "type")
    cited = _text(told, "citation") or f"FR Doc. {number}"
    selection.wants([number])
    yield Draft(
        # A number alone may come again in another year.
        id=selection.numbered(slug(f"official fr {number} {day}")),
        shelf=Shelf.REGULATIONS if "Rule" in kind else Shelf.GUIDANCE,
        title=f"{title} ({kind})" if kind else title,
        kind=Kind.REGULATION if "Rule" in kind else Kind.GUIDANCE,
        citation=f"{cited} (FR Doc. {number}, published {day})",
        publisher=_agencies(told),
        url=page,
        published=day,
        as_of=day,
        pinpoints=sections,
        status=_standing(told, kind, day),
        sources=tuple(each for each in (_address(told, "pdf_url"),) if each),
    )


def _standing(told: dict[str, Any], kind: str, day: str) -> Standing:
    """What the document was on the day it was published."""
    effective = _text(told, "effective_on")
    if kind == "Proposed Rule" or (is_day(effective) and effective > day):
        return Standing.PENDING
    return Standing.IN_EFFECT


def _agencies(told: dict[str, Any]) -> str:
    agencies = told.get("agencies")
    listed = agencies if isinstance(agencies, list) else []
    names = [
        folded(str(each.get("name") or each.get("raw_name") or ""))
        for each in listed
        if isinstance(each, dict)
    ]
    return ", ".join(dict.fromkeys(filter(None, names))) or "Federal Register"


def _page(told: dict[str, Any], number: str) -> str:
    """Its page on the site; empty where neither address nor number leads to one."""
    by_number = f"{_SITE}d/{number}" if _NUMBER.fullmatch(number) else ""
    return _address(told, "html_url") or by_number


def _address(told: dict[str, Any], name: str) -> str:
    text = _text(told, name)
    official = (_SITE, "https://www.govinfo.gov/")
    return text if text.startswith(official) and not re.search(r"[\s\"<>]", text) else ""


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return paragraph(folded(value)) if isinstance(value, str) else ""
