"""Street addresses in the forms people type them, in English and in Spanish.

Every repeated part has a small upper bound, so a long text costs time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.guard.kinds import Found, PersonalKind, Reading
from assistant.guard.places import PART, PART_WORDS, TITLE, WORD, address_end, address_start
from assistant.guard.words import word_list

_Span = tuple[int, int]

_STREET_WORD = (
    r"(?:[^\W\d_][\w'’.-]{0,19}|\d{1,3}(?i:st|nd|rd|th)|"
    r"(?<=[NSEWnsew] )\d{1,3}(?= (?i:st|ave|ter|ct)))"
)
_POINT = r"(?:(?i:[NSEW]|[NS][EW])|North|South|East|West|Norte|Sur|Este|Oeste)\b\.?"
_PLAIN_SUFFIX = (
    r"street|st|avenue|ave|av|boulevard|blvd|lane|ln|rd|apartments|pkwy|hwy|"
    r"str[ei]+t|streat|aven[eu]{1,2}|a[vb]enida|bul[ei]?[vb]ard?|roa?d"
)
# Words that make an address only beside a proper name: "District Court", "a long road".
_OTHER_SUFFIX = (
    r"Road|Drive|Dr|Court|Ct|Way|Place|Pl|Circle|Cir|Terrace|Ter|Trail|Trl|Parkway|Highway|Plaza|"
    r"Square|Sq|Loop|Alley|Run|Path|Broadway|Bend|Cove|Crossing|Heights|Hill|Ridge|Row|Turnpike|"
    r"Pike|Mile|Commons|Landing|Xing|Pass|Glen|Grove|Manor|Vista"
)
_HOUSE = r"(?<![\w.,$/:(-])(?<!§ )\d{1,6}(?:-\d{1,3})?[A-Za-z]?(?: \d/\d)?,? "
_AMERICAN = re.compile(
    _HOUSE + rf"(?:{_POINT} )?(?P<name>(?:{_STREET_WORD} ){{1,4}}?)"
    rf"(?:(?P<plain>(?i:{_PLAIN_SUFFIX}))|(?P<other>(?i:{_OTHER_SUFFIX})))\b"
    rf"(?:\.? (?:(?i:{_PLAIN_SUFFIX})|{_OTHER_SUFFIX})\b)?"
    rf"(?! (?i:journal))\.?(?: {_POINT})?"
)
# "614 S Hancock #6": a unit shows that what stands before it is a street.
_BEFORE_UNIT = re.compile(
    _HOUSE + rf"(?:{_POINT} )?{TITLE}(?: {TITLE})?,? "
    r"(?=(?:#|(?i:apt|unit|apto|ste|suite)\b\.?) ?\w)"
)
# "1207 Avenida del Sol" stands in Arizona.
_SPANISH_NAMED = re.compile(
    _HOUSE + r"(?i:avenida|calle|camino|paseo|v[ií]a|rancho)"
    rf"(?: (?:de|del|la|las|los|el)){{0,3}}(?: {TITLE}){{1,3}}"
)
# Streets with a number for a name, and boxes along a mail route.
_NUMBERED_ROAD = re.compile(
    _HOUSE + r"(?:[NSEW] )?(?:county (?:road|rd)|co\.? rd|farm to market(?: road)?|fm|"
    r"(?:state|us|u\.s\.) (?:road|rd|highway|hwy|route|rte)|highway|hwy|route|rte|avenue|ave) "
    r"#?(?:\d{1,4}|[A-Z])(?!\w)(?: [NSEW]\b)?",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"\b(?:p\.? ?o\.? ?bo?x|p\.?o\.?b\.?|post office bo?x|"
    r"(?:apartado|apdo\.?|apto\.?) (?:postal|de correos|a[eé]reo)|casilla postal) ?"
    r"(?:#|no\.?|n[uú]m\.?)? ?\d{1,7}(?!\d)|"
    r"\b(?:(?:rural )?route|rt[ea]?\.?|r\.? ?r\.?|h\.? ?c\.? ?r?\.?|highway contract|star route|"
    r"rural|ruta(?: rural)?)[- ]?#?\d{1,4},? "
    r"(?:box|bx|buz[oó]n|caja) ?#?\d{1,6}(?:-?[A-Z])?(?!\w)",
    re.IGNORECASE,
)
# Post that waits to be fetched, with its place.
_WAITING = re.compile(
    rf"\b(?i:general delivery|lista de correos|poste restante),? {TITLE}(?: {TITLE}){{0,2}}"
)
# A house on a mail route: "12 Rural Route 4".
_ON_ROUTE = re.compile(_HOUSE + r"rural (?:route|rte?) \d{1,3}(?!\w)", re.IGNORECASE)
_NAMED = (
    r"(?:(?:de |del |la |las |los |el |[NSEW]\.? )*"
    rf"(?:{TITLE}|\d{{1,3}}(?:st|nd|rd|th|[aª])?)(?: {TITLE}){{0,2}})"
)
# Two streets that meet, where somebody lives or stands.
_CORNER = re.compile(
    r"\b(?i:corner of|esquina (?:de|entre|con)|"
    r"(?:li[vb]es?|living|stay|staying) (?:up |down |over )?(?:on|at|by)|"
    r"[vb]i[vb](?:o|e|imos|en) (?:por|en|sobre)) (?:the |la )?"
    rf"(?P<place>{_NAMED} (?:and|&|at|y|e|con|with) {_NAMED})"
)
_RANCH = re.compile(
    r"\b(?i:rancho|ranch|finca|hacienda|granja)(?: (?:de|del|la|las|los|el|El|La|Las|Los))* "
    rf"{TITLE}(?: {TITLE}){{0,2}}"
)
_SPANISH = re.compile(
    r"\b(?:calle|c/|avenida|avda|ave?|calzada|calz|boulevard|blvd|bulevar|callej[oó]n|privada|"
    r"cerrada|pasaje|prolongaci[oó]n|carretera|camino|jir[oó]n|carrera|cra|paseo|colonia|"
    r"diagonal|andador|transversal)\b\.? ?"
    rf"(?P<name>(?:{WORD} ){{0,5}}?{WORD}),? ?(?:#|n[uú]m(?:ero)?\.?|no\.?|nro\.?)? ?"
    r"(?<!\d)(?P<house>\d{1,5}(?:-\d{1,4})?(?:-?[A-Z])?|s/n)(?!\w)(?![.,]\d)",
    re.IGNORECASE,
)
# "4a Calle 5-67", and "Carrera 7 # 71-21" without a name.
_CROSSING = re.compile(
    r"\b(?:\d{1,3} ?(?:[aªoº°]|ra|da|ta|na|va|er)?\.? (?:calle|avenida|ave?)|"
    r"(?:calle|carrera|cra|cr|kra|diagonal|transversal|avenida|av) ?\d{1,3}[a-z]?)\b\.?,? "
    r"(?:[NSEOA]\.? |sur |norte )?(?:#|no\.?|n[uú]m\.?)? ?[\dA-Z]{1,3}[A-Z]? ?- ?\d{1,3}(?!\w)",
    re.IGNORECASE,
)
_PARTS = re.compile(rf"\b{PART}(?:,? (?:y )?{PART}){{1,5}}", re.IGNORECASE)
_ROAD_KM = re.compile(
    r"\b(?:carretera|camino|ruta|autopista)(?: (?:a|al|de|del|la|el|libre|federal|vieja)){0,3}"
    rf"(?: {WORD}){{1,3}}?,? (?:km|kil[oó]metro)\.? ?\d{{1,4}}(?:[.+]\d{{1,3}})?(?!\w)",
    re.IGNORECASE,
)
_LIVING = re.compile(
    r"\b(?:(?:i|we|he|she|they) (?:li[vb]es?|lived|stays?|rents?|moved) (?:at|on|in|to)|"
    r"i am (?:living|staying|renting) (?:at|on)|moved (?:to|from|out of)|"
    r"i['’]?m (?:living|staying|renting) (?:at|on)|"
    r"(?:my|our|his|her) (?:home |new |old |current |mailing |street )?(?:address|adress|adres|"
    r"place|house|home) is(?: at| on)?|"
    r"(?:mi|nuestra|su) (?:direcci?[oó]n|domicilio|casa|apartamento|apto)(?: nuev[oa]| vieja|"
    r" actual)? (?:es|est[aá] en)|"
    r"(?:[vb]i[vb]o|[vb]i[vb]imos|[vb]i[vb]e|[vb]i[vb]en|[vb]i[vb][ií]a|me quedo|rent[oa]|"
    r"rentamos|nos mudamos|me mud[eé]) (?:en|a|de)|"
    r"viviendo en|"
    r"(?:fueron|vinieron|llegaron|llegar[aá]n|ir[aá]n|van|iban|vayan|mandaron|siguen llegando) a|"
    r"(?:came|went|going|go|come|sent|coming) to|"
    r"(?:home |mailing )?ad?dress ?:?|direcci[oó]n ?:|domicilio ?:) {0,3}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:(?i:es|el|la|the|n[uú]mero|no\.?|#) ?){0,3}(?:\d{2,6}|\d\d \d\d)"
    r"(?i: de la calle| de la| de)? "
    rf"(?:{WORD},? ?){{1,4}}"
)
_NAMED_STREET = re.compile(
    r"(?i:(?:la |el )?(?:calle|avenida|av\.?|callej[oó]n|privada|colonia))"
    rf"(?: (?:de|del|la|las|los|el)){{0,2}}(?: {TITLE}){{1,4}}"
)
_SENTENCE_END = re.compile(r"(?<!\w)\w{4,}\.$")

_LINKS = frozenset({"de", "del", "la", "las", "los", "el"})
_NOT_STREETS = word_list("not_streets")
_NOT_HOUSES = word_list("not_houses")
_STOPS = (_NOT_STREETS | _NOT_HOUSES | word_list("enders")) - _LINKS
_SUFFIX = re.compile(rf"{_PLAIN_SUFFIX}|{_OTHER_SUFFIX}", re.IGNORECASE)


def _boxes(text: str) -> Iterator[_Span]:
    """What is an address by its form alone, whatever its words are."""
    for pattern in (
        _BOX,
        _WAITING,
        _ON_ROUTE,
        _NUMBERED_ROAD,
        _BEFORE_UNIT,
        _SPANISH_NAMED,
        _CROSSING,
        _ROAD_KM,
        _RANCH,
    ):
        for match in pattern.finditer(text):
            yield match.start(), address_end(text, match.end())


def _corners(text: str) -> Iterator[_Span]:
    """Two streets that meet where somebody is, with what is said of the house."""
    for match in _CORNER.finditer(text):
        names = {_bare(word) for word in match["place"].split() if word[0].isupper()}
        if names and names.isdisjoint(_NOT_STREETS):
            yield match.start("place"), address_end(text, match.end())


def _parts(text: str) -> Iterator[_Span]:
    for match in _PARTS.finditer(text):
        if any(map(str.isdigit, match[0])):
            yield match.start(), address_end(text, match.end())


def _american(text: str) -> Iterator[_Span]:
    for match in _AMERICAN.finditer(text):
        words = match["name"].split()
        if any(_bare(word) in _NOT_STREETS or _SENTENCE_END.match(word) for word in words):
            continue
        named = all(not word[0].islower() for word in [*words, match["other"] or words[0]])
        named = named or any(word[0].isdigit() for word in words)
        end = address_end(text, match.end())
        if match["plain"] or named or any(map(str.isdigit, text[match.end() : end])):
            yield match.start(), end


def _spanish(text: str) -> Iterator[_Span]:
    for match in _SPANISH.finditer(text):
        words = [_bare(word) for word in match["name"].split()]
        names = [word for word in words if word not in _LINKS]
        follows = _bare(text[match.end() : match.end() + 20].strip().partition(" ")[0])
        if not names or words[0] == "el" or words[-1] in _LINKS or follows in _NOT_HOUSES:
            continue
        if not (any(name in _NOT_STREETS for name in names) or _reads_as_year(match)):
            yield match.start(), address_end(text, match.end())


def _reads_as_year(match: re.Match[str]) -> bool:
    """Whether the last number is a year: of a date, or after words that are no proper name."""
    if not re.fullmatch(r"(?:19|20)\d\d", match["house"]):
        return False
    return match["name"].islower() or re.match(r"\d", match["name"]) is not None


def _after_living(text: str) -> Iterator[_Span]:
    """What follows "I live at" or "vivo en", where it starts like an address."""
    for lead in _LIVING.finditer(text):
        start = lead.end()
        street = _NAMED_STREET.match(text, start)
        numbered = _NUMBERED.match(text, start)
        if street:
            yield start, address_end(text, street.end())
        elif numbered:
            end = _street_end(numbered)
            if end > start:
                yield start, address_end(text, end)


def _street_end(numbered: re.Match[str]) -> int:
    """Where a street without a suffix stops: at the first word of the sentence around it."""
    start = end = numbered.start()
    passed_number = False
    for word in re.finditer(r"\S+", numbered[0]):
        bare = _bare(word[0])
        if passed_number and bare in _STOPS:
            break
        end = start + word.end() - word[0].endswith((",", "."))
        if passed_number and (word[0].endswith(",") or _SUFFIX.fullmatch(bare)):
            return end
        passed_number = passed_number or bare.isdigit()
    last = numbered[0][: end - start].rstrip().rpartition(" ")[2].strip("#")
    return end if last.isalpha() else start


def _bare(word: str) -> str:
    return word.lower().strip(".,;:?!#()'’")


_LIVING_WORDS = word_list("living")
_CORNER_WORDS = word_list("corners")
_FORM_WORDS = word_list("address_forms")
_STREET_WORDS = word_list("spanish_streets")
# Forms of addresses, and the words of which each needs one.
_BY_WORD: tuple[tuple[frozenset[str], Callable[[str], Iterator[_Span]]], ...] = (
    (_FORM_WORDS, _boxes),
    (_STREET_WORDS, _spanish),
    (PART_WORDS, _parts),
)


def find_addresses(reading: Reading) -> list[Found]:
    """Every street address of a text; a bare word such as "calle" is none."""
    text = reading.text
    spans = [*_after_living(text)] if reading.has(_LIVING_WORDS) else []
    spans += _corners(text) if reading.has(_CORNER_WORDS) else ()
    if reading.digits or "s/n" in text:
        spans += _american(text)
        spans += (span for words, find in _BY_WORD if reading.has(words) for span in find(text))
    return [
        Found(PersonalKind.STREET_ADDRESS, address_start(text, start), end) for start, end in spans
    ]
