"""Opinions as CourtListener gives them: an opinion, and the cluster that names its case and day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.corpus.official.courts import issuer_of
from assistant.corpus.official.dates import is_day
from assistant.corpus.official.facts import Draft, Pinpoint, UnreadableFile
from assistant.corpus.official.html_text import Block, html_blocks
from assistant.corpus.official.pages import grouped, page_pinpoints
from assistant.corpus.official.text import folded, paragraph, slug
from assistant.corpus.shape import Shelf
from assistant.models import Basis, Kind, Standing

SITE = "https://www.courtlistener.com"
_TEXTS = [
    "html_with_citations",
    "html",
    "html_lawbox",
    "html_columbia",
    "html_anon_2020",
    "xml_harvard",
]
_TAGGED = re.compile(r"<[a-zA-Z/!]")
_LAST_NUMBER = re.compile(r"/(\d{1,12})/?$")
_PATH = re.compile(r"/opinion/\d{1,12}/[\w-]{0,120}/?")
_GOVERNMENT = re.compile(r"https?://[\w.-]{1,100}\.gov/\S{1,300}")


@dataclass(frozen=True, slots=True)
class _Sort:
    """What sort of opinion it is: how it is named, and whether the court speaks in it."""

    name: str
    speaks: bool = True


_SORTS = {
    "010": _Sort("Opinion with any separate opinions"),
    "015": _Sort("Opinion of the court, unanimous"),
    "020": _Sort("Lead opinion"),
    "025": _Sort("Plurality opinion"),
    "030": _Sort("Concurring opinion", speaks=False),
    "035": _Sort("Opinion concurring in part and dissenting in part", speaks=False),
    "040": _Sort("Dissenting opinion", speaks=False),
    "050": _Sort("Addendum"),
    "060": _Sort("Remittitur"),
    "070": _Sort("Opinion on rehearing"),
    "080": _Sort("Opinion on the merits"),
    "090": _Sort("Opinion on a motion to strike"),
    "100": _Sort("Opinion of the trial court"),
}
_UNTOLD = _Sort("Opinion of a sort that is not told")


def is_opinion(told: dict[str, Any]) -> bool:
    """Whether an object has the shape of an opinion with its text."""
    return "plain_text" in told and any(name in told for name in _TEXTS)


def is_cluster(told: dict[str, Any]) -> bool:
    """Whether an object has the shape of a cluster: the case, its day and its opinions."""
    return "sub_opinions" in told and "case_name" in told and "date_filed" in told


def id_of(told: dict[str, Any], name: str) -> str:
    """The number of an object's own, or of the cluster it belongs to, by number or address."""
    value = told.get(f"{name}_id") if name else told.get("id")
    if isinstance(value, int):
        return str(value)
    address = told.get(name or "resource_uri")
    if isinstance(address, dict):
        return id_of(address, "")
    if isinstance(address, int):
        return str(address)
    found = _LAST_NUMBER.search(str(address or value or ""))
    return found[1] if found else ""


def opinions_in(told: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Each opinion that an object is or holds, with its cluster where that is there too."""
    cluster = told.get("cluster")
    if is_opinion(told):
        yield told, cluster if isinstance(cluster, dict) and is_cluster(cluster) else None
    elif is_cluster(told):
        yield from ((each, told) for each in _objects(told.get("sub_opinions")))
    elif isinstance(cluster, dict) and is_cluster(cluster):
        held = [*_objects(told.get("opinions")), *_objects([told.get("opinion")])]
        yield from ((each, cluster) for each in held or _objects(cluster.get("sub_opinions")))


def _objects(value: object) -> list[dict[str, Any]]:
    every = value if isinstance(value, list) else []
    return [each for each in every if isinstance(each, dict) and is_opinion(each)]


def draft_of(opinion: dict[str, Any], cluster: dict[str, Any]) -> tuple[Draft, list[str]]:
    """An opinion as a document of its own, so that none speaks for another; and notices.

    Raises:
        UnreadableFile: It has no text, or its case has no name or day.
    """
    number = id_of(opinion, "") or id_of(cluster, "")
    sort = _SORTS.get(str(opinion.get("type", ""))[:3], _UNTOLD)
    case = _line(cluster, "case_name") or _line(cluster, "case_name_full")
    day = _line(cluster, "date_filed")
    if not case or not is_day(day) or not number:
        what = f"the case of opinion {number or '?'} has no name, number or day of decision"
        raise UnreadableFile(what, "Download opinion and cluster again")
    author = _line(opinion, "author_str")
    named = f"{sort.name} ({author})" if author else sort.name
    places, first = _places(opinion, named)
    court = _court(cluster, first)
    cited = "; ".join(_citations(cluster)) or f"{case}, No. {_docket(cluster) or number}"
    pages = [each for each in (_page(opinion, number), _line(opinion, "download_url")) if each]
    draft = Draft(
        id=slug(f"official opinion {number} {case}"),
        shelf=Shelf.COURTS,
        title=f"{case}: {named}",
        kind=Kind.COURT,
        citation=f"{cited} ({'' if sort.speaks else f'{sort.name.lower()}, '}{day})",
        publisher=court or "Court as told by CourtListener (Free Law Project)",
        url=pages[0],
        published=day,
        as_of=day,
        pinpoints=places,
        # Words of a judge who speaks alone are no ruling.
        status=Standing.IN_EFFECT if sort.speaks else Standing.HISTORICAL,
        basis=Basis.PRIMARY if sort.speaks else Basis.BACKGROUND,
        sources=tuple(each for each in pages[1:] if _GOVERNMENT.fullmatch(each)),
    )
    return draft, list(_notices(opinion, cluster, sort, number))


def _notices(
    opinion: dict[str, Any], cluster: dict[str, Any], sort: _Sort, number: str
) -> Iterator[str]:
    if opinion.get("extracted_by_ocr"):
        yield f"opinion {number} was read by OCR: compare what you quote with the page"
    if sort is _SORTS["010"]:
        yield f"opinion {number} is a combined one: a dissent within it is not told apart"
    if sort is _UNTOLD:
        yield f"the file does not tell what sort of opinion {number} is"
    if not sort.speaks:
        yield f"opinion {number} is not the court's: {sort.name.lower()}"
    if cluster.get("date_filed_is_approximate"):
        yield f"the day of opinion {number} is approximate"
    if cluster.get("blocked"):
        yield f"CourtListener keeps the case of opinion {number} from search engines"


def _places(opinion: dict[str, Any], named: str) -> tuple[tuple[Pinpoint, ...], str]:
    """The text under its pages, or under its paragraphs; and how it begins."""
    for name in _TEXTS:
        html = opinion.get(name)
        if isinstance(html, str) and (blocks := _blocks(html)):
            return _by_page(blocks, named), " ".join(each.text for each in blocks[:12])
    plain = opinion.get("plain_text")
    text = plain if isinstance(plain, str) else ""
    pages = text.split("\f")
    places = page_pinpoints(pages, f"{named}, page")
    if not places:
        what = "the opinion has no text"
        raise UnreadableFile(what, "Get its PDF from the address in download_url, and import that")
    if len(pages) == 1:
        every = [each for place in places for each in place.paragraphs]
        return grouped(every, named), text[:3000]
    return places, pages[0]


def _blocks(html: str) -> list[Block]:
    if "<pre" in html[:300]:
        # CourtListener's wrapping of plain text: lines, not paragraphs, are told there.
        return []
    return html_blocks(html) if _TAGGED.search(html) else []


def _by_page(blocks: list[Block], named: str) -> tuple[Pinpoint, ...]:
    if not any(each.page for each in blocks):
        return grouped([each.text for each in blocks], named)
    pages: dict[str, list[str]] = {}
    for each in blocks:
        pages.setdefault(each.page, []).append(each.text)
    return tuple(
        Pinpoint(f"{named}, page *{page}" if page else f"{named}, before the first page", tuple(of))
        for page, of in pages.items()
    )


def _court(cluster: dict[str, Any], first: str) -> str:
    docket = cluster.get("docket")
    court = docket.get("court") if isinstance(docket, dict) else None
    if isinstance(court, dict):
        return _line(court, "full_name")
    issuer = issuer_of(first)
    return issuer.name if issuer else ""


def _docket(cluster: dict[str, Any]) -> str:
    docket = cluster.get("docket")
    return _line(docket, "docket_number") if isinstance(docket, dict) else ""


def _citations(cluster: dict[str, Any]) -> Iterable[str]:
    listed = cluster.get("citations")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict):
            parts = (folded(str(each.get(key) or "")) for key in ("volume", "reporter", "page"))
            yield " ".join(filter(None, parts))
        elif isinstance(each, str):
            yield folded(each)


def _page(opinion: dict[str, Any], number: str) -> str:
    path = _line(opinion, "absolute_url")
    return f"{SITE}{path}" if _PATH.fullmatch(path) else f"{SITE}/opinion/{number}/"


def _line(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return paragraph(folded(value)) if isinstance(value, str) else ""
