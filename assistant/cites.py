"""References to statutes and regulations, found in running text of either language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_letters, ascii_uppercase


class Code(StrEnum):
    """The two federal codes a reference can point into."""

    USC = "usc"
    CFR = "cfr"


_CODE_NAMES = {Code.USC: "U.S.C.", Code.CFR: "C.F.R."}


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the U.S. Code or the C.F.R.; letter case counts, (i) and (I) are two places."""

    title: int
    kind: Code
    section: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = "".join(f"({part})" for part in self.path)
        return f"{self.title} {_CODE_NAMES[self.kind]} § {self.section}{place}"

    def contains(self, other: Reference) -> bool:
        """Whether the other is this very place or lies inside it."""
        same = (self.title, self.kind, self.section) == (other.title, other.kind, other.section)
        return same and other.path[: len(self.path)] == self.path


@dataclass(frozen=True, slots=True)
class FoundReference:
    """A reference and the span of text that states it."""

    reference: Reference
    start: int
    end: int


# Sections of the subject: they are known by their number alone.
_SUBJECT = (
    dict.fromkeys(("6012", "6103", "6109", "7213", "7213A", "7431", "7803"), 26)
    | dict.fromkeys(("1253", "1302", "1303", "1304", "1305", "1306"), 8)
    | dict.fromkeys(("1324", "1325", "1326", "1360", "1373"), 8)
    | dict.fromkeys(("552a", "701", "702", "703", "704", "705", "706"), 5)
    | {"1905": 18}
)
# Its neighbours are known only behind a section sign or word.
_NEIGHBOURS = (
    dict.fromkeys(("1103", "1182", "1227", "1231", "1357", "1644"), 8)
    | dict.fromkeys(("551", "552"), 5)
    | dict.fromkeys(("1030", "2331", "3559", "3571"), 18)
    | {"3554": 44}
)
# A year (1905) and everyday counts (701 to 706) need a sign or a subdivision to be sections.
_TOO_COMMON = {"1905", "701", "702", "703", "704", "705", "706"}
# Subtitle F of the tax code: procedure and administration.
_TAX_PROCEDURE = range(6001, 7875)
_TAX = 26
_LAST_TITLE = 54

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"))
_DASH = "[-\u2010-\u2014]"
_DOUBLED = "|".join(letter * 2 for letter in ascii_letters)
_PART = rf"\((?:[A-Za-z]|{_DOUBLED}|[ivxl]{{2,5}}|[IVXL]{{2,5}}|[0-9]{{1,3}})\)"
_CODE = r"(?:U\.?\s?S\.?\s?C|C\.?\s?F\.?\s?R)(?:\.\s?A\b|ode\b|A\b|\.|\b)"
_PLACE = re.compile(
    r"(?<![\w.,:$€])(?:"
    # What people type on a phone: 6103i2, 6103-i-2, 6103(i)2.
    rf"6103(?P<typed>{_DASH}?[a-p](?:{_DASH}?[0-9]{{1,2}})?(?![A-Za-z0-9])|\([a-p]\)[0-9]{{1,2}})"
    r"|(?P<cfr>[0-9]{1,4}\.[0-9]{1,5}[A-Za-z]?"
    rf"(?:(?:\([A-Za-z0-9]{{1,3}}\)){{0,3}}{_DASH}[0-9]{{1,3}}[A-Z]?)?)"
    rf"|(?P<usc>[0-9]{{1,5}}(?:[A-Za-z]{{1,2}}(?:{_DASH}[0-9]{{1,2}})?)?))"
    rf"(?P<path>(?:\s?{_PART}){{0,8}})"
    rf"(?![A-Za-z0-9%]|[.,:][0-9]|\s?{_CODE})"
)
_PARTS = re.compile(r"[A-Za-z0-9]+")
_TYPED_PARTS = re.compile(r"[a-p]|[0-9]+")

_MANY = r"(?:§\s?§|sections|secciones|art[ií]culos|secs\.)"
_MARK = rf"(?:{_MANY}|§|section|secci[oó]n|sec\.|art[ií]culo|art\.)"
_TAX_CODE = (
    r"(?:I\.R\.C\.|IRC|(?:Internal\sRevenue|tax)\sCode"
    r"|C[oó]digo\s(?:de\s(?:Rentas|Impuestos)\sIntern[ao]s|tributario|fiscal))(?![A-Za-z])"
)
_OF_CODE = (
    r"(?:\sof\sthe\s(?:United\sStates|U\.?S\.?)\sCode"
    r"|\sdel\sC[oó]digo\sde\s(?:los\s)?(?:Estados\sUnidos|EE\.\s?UU\.))?"
)
_TITLE = r"(?:title|t[ií]tulo)\s"
# What may stand right before a place. The leftmost match wins, so the fullest form does.
_BEFORE = re.compile(
    r"(?<![\w.,:$-])(?:"
    rf"(?P<title>[0-9]{{1,2}})\s?(?P<code>{_CODE}),?\s?{_MARK}?"
    rf"|{_TITLE}(?P<titled>[0-9]{{1,2}}){_OF_CODE},?\s{_MARK}"
    rf"|(?P<tax>{_TAX_CODE}),?\s?{_MARK}?"
    rf"|(?P<rules>Treas(?:\.|ury)\sReg(?:\.|s\.|ulations?)),?\s?{_MARK}?"
    rf"|(?P<mark>{_MARK})"
    r")\s?\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf",?\s(?:of|del?)\s(?:the\s)?(?:{_TITLE}(?P<title>[0-9]{{1,2}})(?![0-9])|(?P<tax>{_TAX_CODE}))",
    re.IGNORECASE,
)
_SEVERAL = re.compile(rf"{_MANY}\s?\Z", re.IGNORECASE)
_JOINED = re.compile(
    rf"\s?[,;]\s?(?:(?:and|or|y|e|o|u)\s)?(?:§\s?)?|\s(?:and|or|to|through|y|e|o|u|a|al)\s(?:§\s?)?|\s?{_DASH}\s?"
)
_WINDOW = 64
# Words that make the number beside them a form, a page, a year or a count. "About 6103" and
# "6103 requests" speak of the section, so "about" and "requests" are no such words.
_NUMBERED = re.compile(
    r"(?:\b(?:form|formulario|pub\.|publication|publicaci[oó]n|nos?\.|n[uú]m\.|page|p[aá]gina"
    r"|room|year|años?|nearly|almost|approximately|exactly|unos|unas|casi|aproximadamente"
    r"|exactamente)\s?|[-/#\u2010-\u2014]|\bn\.º\s)\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s(?:new\s|nuev[oa]s\s)?(?:people|persons?|personas?|individuals"
    r"|taxpayers|contribuyentes|immigrants|inmigrantes|addresses|direcciones|names|nombres"
    r"|times|veces|days|d[ií]as|years|años|dollars|d[oó]lares|pesos|percent|por\sciento"
    r"|million|millones|mil|thousand|employees|empleados|agents|agentes|pages|p[aá]ginas)\b",
    re.IGNORECASE,
)
_HYPHENED = re.compile(rf"(?:{_DASH}|/)[0-9]")
# "Section 702" of another act is not § 702 of title 5.
_OTHER_ACT = re.compile(
    r"\sof\s(?:the\s)?(?:FISA|INA|Foreign|Social|Immigration)\b"
    r"|\sde\s(?:la\s)?(?:FISA|INA|Ley\sde\s(?:Vigilancia|Inmigración|Seguro|Seguridad))\b"
)
_YEARS = range(1950, 2050)


# Digits that change places under a quick thumb: 6013 for 6103.
_TYPOS = {
    number[:at] + number[at + 1] + number[at] + number[at + 2 :]: number
    for number in ("6103", "7213", "7431")
    for at in range(3)
}


@dataclass(frozen=True, slots=True)
class _Spot:
    """A possible place with what stands right before and right after it."""

    place: re.Match[str]
    left: str
    before: re.Match[str] | None
    after: re.Match[str] | None

    @property
    def titled(self) -> bool:
        return self.before is not None and self.before["mark"] is None

    @property
    def start(self) -> int:
        lead = len(self.left) - self.before.start() if self.before else 0
        return self.place.start() - lead

    @property
    def end(self) -> int:
        return self.after.end() if self.after and not self.titled else self.place.end()


def find_references(text: str) -> tuple[FoundReference, ...]:
    """Every reference the text states, in order, with ``text[start:end]`` stating it.

    A section without its title counts when it is one of the subject's, or when the text has
    named its title before. Years, amounts, forms, docket numbers and counts do not count.
    """
    found: list[FoundReference] = []
    titles: dict[str, int] = {}
    several = False
    for place in _PLACE.finditer(text):
        spot = _look_around(place, found[-1].end if found else 0)
        if spot.before is None and several and _JOINED.fullmatch(spot.left):
            reference = _inherited(place, found[-1].reference)
        else:
            reference = _stated(spot, titles)
            several = reference is not None and _names_several(spot)
        if reference is None:
            continue
        found.append(FoundReference(reference, spot.start, spot.end))
        if spot.titled or spot.after:
            titles[reference.section] = reference.title
    return tuple(found)


def near_miss(text: str) -> str | None:
    """The section most likely meant when two digits of it changed places, as in "6013"."""
    meant = {found.reference.section for found in find_references(text)}
    for place in _PLACE.finditer(text):
        suggestion = _TYPOS.get(place["usc"] or "")
        if suggestion is None or suggestion in meant:
            continue
        spot = _look_around(place, 0)
        stated = _stated(spot, {})
        elsewhere = stated is not None and stated.title != _TAX
        if not elsewhere and not _is_count(spot):
            return suggestion + place["path"]
    return None


def _look_around(place: re.Match[str], reach: int) -> _Spot:
    left = place.string[max(reach, place.start() - _WINDOW) : place.start()]
    after = _AFTER.match(place.string, place.end())
    return _Spot(place, left, _BEFORE.search(left), after)


def _names_several(spot: _Spot) -> bool:
    return spot.before is not None and _SEVERAL.search(spot.before.group()) is not None


def _is_count(spot: _Spot) -> bool:
    """Whether a number without a section sign reads as something else than a section."""
    text, end = spot.place.string, spot.place.end()
    if spot.before is not None or spot.place["path"]:
        return False
    return bool(
        _NUMBERED.search(spot.left) or _COUNTED.match(text, end) or _HYPHENED.match(text, end)
    )


def _stated(spot: _Spot, titles: dict[str, int]) -> Reference | None:
    """The reference a place states by itself, or None when it states none."""
    kind = Code.CFR if spot.place["cfr"] else Code.USC
    before = spot.before
    if before is not None and before["code"]:
        named = Code.CFR if "F" in before["code"].upper() else Code.USC
        return _reference(spot.place, int(before["title"]), named)
    if before is not None and before["titled"]:
        return _reference(spot.place, int(before["titled"]), kind)
    if before is not None and (before["tax"] or before["rules"]):
        return _reference(spot.place, _TAX, Code.CFR if before["rules"] else Code.USC)
    # "Chapter 76 of the tax code" is no section 76: few digits need a section sign.
    if spot.after is not None and (before is not None or len(spot.place["usc"] or "") > 3):
        return _reference(spot.place, int(spot.after["title"] or _TAX), kind)
    if kind is Code.CFR:
        known = spot.place["cfr"].startswith("301.")
        return _reference(spot.place, _TAX, kind) if known else None
    title = _bare_title(spot) if before is None else _marked_title(spot, titles)
    return _reference(spot.place, title, kind)


def _reference(place: re.Match[str], title: int, kind: Code) -> Reference | None:
    if not 0 < title <= _LAST_TITLE or bool(place["cfr"]) != (kind is Code.CFR):
        return None
    path = tuple(_PARTS.findall(place["path"]))
    if place["typed"]:
        return Reference(title, kind, "6103", (*_TYPED_PARTS.findall(place["typed"]), *path))
    return Reference(title, kind, (place["cfr"] or place["usc"]).translate(_DASHES), path)


def _bare_title(spot: _Spot) -> int:
    section = _section(spot.place)
    if _is_count(spot) or (section in _TOO_COMMON and not spot.place["path"]):
        return 0
    return _SUBJECT.get(section, 0)


def _marked_title(spot: _Spot, titles: dict[str, int]) -> int:
    section = _section(spot.place)
    if _OTHER_ACT.match(spot.place.string, spot.place.end()):
        return 0
    known = titles.get(section) or _SUBJECT.get(section) or _NEIGHBOURS.get(section)
    if known:
        return known
    digits = section.rstrip(ascii_uppercase)
    return _TAX if digits.isdigit() and int(digits) in _TAX_PROCEDURE else 0


def _section(place: re.Match[str]) -> str:
    return "6103" if place["typed"] else (place["usc"] or "").translate(_DASHES)


def _inherited(place: re.Match[str], first: Reference) -> Reference | None:
    """A further section of "§§ 7213, 7431 and 7803", under the title of the one before."""
    section = place["usc"] or ""
    year = section.isdigit() and int(section) in _YEARS and not place["path"]
    if year or len(section) == 1 or _COUNTED.match(place.string, place.end()):
        return None
    return _reference(place, first.title, first.kind)
