"""Street addresses in the forms people type them, in English and in Spanish.

Every repeated part has a small upper bound, so a long text costs time in proportion to its length.
"""

from __future__ import annotations

import re
from itertools import chain

from assistant.guard.kinds import Found, PersonalKind
from assistant.guard.words import word_list

_WORD = r"[^\W_][\w'’.-]{0,19}"
_STREET_WORD = r"(?:[^\W\d_][\w'’.-]{0,19}|\d{1,3}(?i:st|nd|rd|th))"
_TITLE = r"[A-ZÁÉÍÓÚÑ][\w'’.-]{1,19}"
_POINT = r"(?:[NSEW]|[NS][EW]|North|South|East|West|Norte|Sur|Este|Oeste)\b\.?"
_PLAIN_SUFFIX = r"street|st|avenue|ave|boulevard|blvd|lane|ln|rd|apartments|pkwy|hwy"
# Words that make an address only beside a proper name: "District Court", "a long road".
_OTHER_SUFFIX = (
    r"Road|Drive|Dr|Court|Ct|Way|Place|Circle|Cir|Terrace|Ter|Trail|Trl|Parkway|Highway|Plaza|"
    r"Square|Sq|Loop|Alley|Run|Path|Broadway"
)
_STATES = (
    r"A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|P[AR]|RI|"
    r"S[CD]|T[NX]|UT|V[TA]|W[AVIY]"
)
# States whose letters are no word of either language, safe to read without a comma.
_BARE_STATES = r"A[KZR]|C[AT]|DC|FL|GA|I[DL]|K[SY]|M[DINSOT]|N[EVHJMYCD]|OH|PR|RI|T[NX]|V[TA]"
_STATE_NAMES = (
    r"alabama|arizona|california|colorado|florida|georgia|illinois|massachusetts|nevada|"
    r"new jersey|new mexico|nuevo m[eé]xico|new york|nueva york|north carolina|carolina del norte|"
    r"oregon|texas|tejas|virginia|washington|pennsylvania|maryland|michigan|ohio|tennessee|utah"
)
_ZIP = r"\d{5}(?:-\d{4})?(?!\d)"

_UNIT = re.compile(
    r",? ?(?:(?:apt|apartment|unit|suite|ste|bldg|lot|spc|space|trailer|apto|apartamento|depto|"
    r"dpto|departamento|piso|int|interior|no)\b\.? ?#?|#) ?[\w-]{1,6}(?!\w)",
    re.IGNORECASE,
)
_PLACES = (
    re.compile(rf",? ?(?:{_WORD},? ){{0,3}}?(?i:{_STATES}|{_STATE_NAMES})\b\.?,? {_ZIP}"),
    re.compile(rf",? (?:{_WORD} ){{0,2}}{_WORD}, (?:{_STATES}|(?i:{_STATE_NAMES}))\b"),
    re.compile(rf",? (?:{_WORD} ){{0,3}}?(?:{_BARE_STATES}|(?i:{_STATE_NAMES}))\b"),
    re.compile(rf", {_TITLE}(?: {_TITLE}){{0,2}}(?=[,.?!;)]|$)"),
    re.compile(rf",? (?i:col(?:onia|\.)?) {_TITLE}(?: {_TITLE}){{0,2}}"),
    re.compile(rf",? (?:(?i:C\.?P\.? ?|zip ))?{_ZIP}"),
)
_AMERICAN = re.compile(
    r"(?<![\w.,$/:(-])(?<!§ )\d{1,6}[A-Za-z]?(?: \d/\d)?,? "
    rf"(?:{_POINT} )?(?P<name>(?:{_STREET_WORD} ){{1,4}}?)"
    rf"(?:(?P<plain>(?i:{_PLAIN_SUFFIX}))|(?P<other>(?i:{_OTHER_SUFFIX})))\b"
    rf"(?! (?i:journal))\.?(?: {_POINT})?"
)
_SPANISH = re.compile(
    r"\b(?:calle|c/|avenida|avda|av|calzada|calz|boulevard|blvd|bulevar|callej[oó]n|privada|"
    r"cerrada|pasaje|prolongaci[oó]n|carretera|camino|jir[oó]n|carrera|cra|paseo|colonia)\b\.? ?"
    rf"(?P<name>(?:{_WORD} ){{0,5}}?{_WORD}),? ?(?:#|n[uú]m(?:ero)?\.?|no\.?|nro\.?)? ?"
    r"(?<!\d)(?P<house>\d{1,5}(?:-\d{1,4})?[A-Z]?)(?!\w)(?![.,]\d)",
    re.IGNORECASE,
)
_LIVING = re.compile(
    r"\b(?:i (?:live|stay) (?:at|on)|i am (?:living|staying) at|we live (?:at|on)|"
    r"i['’]?m (?:living|staying) at|my (?:home |new |old |current |mailing |street )?address is|"
    r"mi (?:direcci[oó]n|domicilio) es|(?:vivo|vivimos|me quedo) en|(?:home )?address:|"
    r"direcci[oó]n:|domicilio:) {1,3}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:(?i:el|the|n[uú]mero|no\.?|#) ?){0,2}\d{2,6}(?i: de la calle| de)? "
    rf"(?:{_WORD},? ?){{1,4}}"
)
_NAMED_STREET = re.compile(
    r"(?i:(?:la |el )?(?:calle|avenida|av\.?|callej[oó]n|privada|colonia))"
    rf"(?: (?:de|del|la|las|los|el)){{0,2}}(?: {_TITLE}){{1,4}}"
)
_SENTENCE_END = re.compile(r"\w{4,}\.$")
_BOX = re.compile(
    r"\b(?:p\.? ?o\.? ?box|apartado(?: postal| de correos)?) ?#? ?\d{1,7}(?!\d)", re.IGNORECASE
)

_LINKS = frozenset({"de", "del", "la", "las", "los", "el"})
_NOT_STREETS = word_list("not_streets")
_NOT_HOUSES = word_list("not_houses")


def find_addresses(text: str) -> list[Found]:
    """Every street address of a folded text; a bare word such as "calle" is none."""
    boxes = ((box.start(), _address_end(text, box.end())) for box in _BOX.finditer(text))
    spans = chain(_american(text), _spanish(text), _after_living(text), boxes)
    return [Found(PersonalKind.STREET_ADDRESS, start, end) for start, end in spans]


def _american(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in _AMERICAN.finditer(text):
        words = match["name"].split()
        if any(_bare(word) in _NOT_STREETS or _SENTENCE_END.match(word) for word in words):
            continue
        named = all(not word[0].islower() for word in [*words, match["other"] or words[0]])
        end = _address_end(text, match.end())
        if match["plain"] or named or any(map(str.isdigit, text[match.end() : end])):
            spans.append((match.start(), end))
    return spans


def _spanish(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in _SPANISH.finditer(text):
        words = [_bare(word) for word in match["name"].split()]
        names = [word for word in words if word not in _LINKS]
        follows = _bare(text[match.end() : match.end() + 20].strip().partition(" ")[0])
        if not names or words[0] == "el" or words[-1] in _LINKS or follows in _NOT_HOUSES:
            continue
        if not (any(name in _NOT_STREETS for name in names) or _reads_as_year(match)):
            spans.append((match.start(), _address_end(text, match.end())))
    return spans


def _reads_as_year(match: re.Match[str]) -> bool:
    """Whether the last number is a year: of a date, or after words that are no proper name."""
    if not re.fullmatch(r"(?:19|20)\d\d", match["house"]):
        return False
    return match["name"].islower() or re.match(r"\d", match["name"]) is not None


def _after_living(text: str) -> list[tuple[int, int]]:
    """What follows "I live at" or "vivo en", where it starts like an address."""
    spans: list[tuple[int, int]] = []
    for lead in _LIVING.finditer(text):
        start = lead.end()
        street = _NAMED_STREET.match(text, start)
        numbered = _NUMBERED.match(text, start)
        if street:
            spans.append((start, _address_end(text, street.end())))
        elif numbered:
            end = _street_end(numbered)
            if end > start:
                spans.append((start, _address_end(text, end)))
    return spans


def _street_end(numbered: re.Match[str]) -> int:
    """Where a street without a suffix stops: at the first word of the sentence around it."""
    start = end = numbered.start()
    passed_number = False
    for word in re.finditer(r"\S+", numbered[0]):
        bare = _bare(word[0])
        if passed_number and bare not in _LINKS and bare in _NOT_STREETS | _NOT_HOUSES:
            break
        end = start + word.end() - word[0].endswith((",", "."))
        if passed_number and word[0].endswith(","):
            return end
        passed_number = passed_number or bare.isdigit()
    return (
        end
        if numbered[0][: end - start].rstrip().rpartition(" ")[2].strip("#").isalpha()
        else start
    )


def _address_end(text: str, end: int) -> int:
    """Where an address ends whose street stops at ``end``: unit, city, state and ZIP follow."""
    unit = _UNIT.match(text, end)
    end = unit.end() if unit else end
    places = (pattern.match(text, end) for pattern in _PLACES)
    return max((place.end() for place in places if place), default=end)


def _bare(word: str) -> str:
    return word.lower().strip(".,;:?!#()'’")
