"""What stands before and after a street in an address: building and unit, quarter, city, ZIP."""

from __future__ import annotations

import re

from assistant.guard.words import word_list

WORD = r"[^\W_][\w'’.-]{0,19}"
TITLE = r"[A-ZÁÉÍÓÚÑ][\w'’.-]{1,19}"

_STATES = (
    r"A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|P[AR]|RI|"
    r"S[CD]|T[NX]|UT|V[TA]|W[AVIY]"
)
# States whose letters are no word of either language, safe to read without a comma.
_BARE_STATES = r"A[KZR]|C[AT]|DC|FL|GA|I[DL]|K[SY]|M[DINSOT]|N[EVHJMYCD]|OH|PR|RI|T[NX]|UT|V[TA]"
# And those that are none in small letters either.
_PLAIN_STATES = r"a[kz]|ct|dc|fl|ga|il|k[sy]|m[adnst]|n[cdhjmvy]|oh|ri|t[nx]|ut|w[aiv]"
_STATE_NAMES = (
    r"alabama|arizona|california|colorado|florida|georgia|illinois|massachusetts|nevada|"
    r"new jersey|new mexico|nuevo m[eé]xico|new york|nueva york|north carolina|carolina del norte|"
    r"oregon|texas|tejas|virginia|washington|pennsylvania|maryland|michigan|ohio|tennessee|utah"
)
_ZIP = r"\d{5}(?:-\d{4})?(?!\d)"
_CITIES = "|".join(
    re.escape(city) for city in sorted(word_list("cities", ","), key=len, reverse=True)
)
_NUMBERED_PART = (
    r"apt|apartment|unit|suite|ste|spc?|traila|tra[iy]ler|yarda|bldg|building|lot|space|trlr|"
    r"room|rm|floor|fl|box|"
    r"apto|aptmt?|apartamento|depto|dpto|departamento|piso|int|interior|edificio|edif|torre|lote|lt|casa|"
    r"manzana|mza?|bloque|block|pol[ií]gono|zona|pasaje|senda|km|cuarto|local|espacio|no|n[uú]m"
)
_NAMED_PART = (
    r"col(?:onia)?|barrio|bo|fracc(?:ionamiento)?|urb(?:anizaci[oó]n)?|residencial|reparto|sector|"
    r"aldea|cant[oó]n|caser[ií]o|ejido|delegaci[oó]n|alcald[ií]a|municipio|mpio|condominio"
)
_SMALL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|"
    r"uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)\b"
)
_ROOM = (
    r"(?:first|second|third|primer|segundo|tercer) (?:floor|piso)\b|planta baja\b|basement\b|"
    r"s[oó]tano\b|(?:back|front|rear) (?:room|unit|house|apartment)\b|"
    r"(?:cuarto|cas(?:it)?a|departamento) de (?:atr[aá]s|adelante|arriba|abajo)\b"
)
# A building or a park of homes with a name of its own.
_HOMES = (
    r"(?:mobile home park|trailer park|mobile estates|rv park|apartments|apts|towers?|villas|"
    r"townhomes|complex)"
)
_BUILDING = rf"(?-i:{TITLE})(?: (?-i:{TITLE})){{0,3}} {_HOMES}\b(?: at (?-i:{TITLE}))?"
_PARK = (
    r"(?:(?:del|de la|el|la) )?(?:parque|parqueadero)(?: (?:de|los|las|la|el))*"
    rf"(?: (?-i:{TITLE})){{1,3}}"
)
_UNIT = (
    r"(?:\d{1,2}(?:st|nd|rd|th|o|er|do|ro|to|ero)\.? (?:floor|fl|piso)\b|"
    rf"{_ROOM}|zona \d{{1,2}} de {WORD}|"
    rf"(?:(?:{_NUMBERED_PART})\b\.? ?#?|#) ?"
    rf"(?:\d[\w-]{{0,5}}|[A-Za-z]-?\d{{0,4}}|{_SMALL})(?!\w)|"
    rf"(?:carretera|highway|hwy) \d{{1,4}}(?: (?:sur|norte|este|oeste|north|south|east|west))?\b)"
)
_QUARTER = rf"(?:{_NAMED_PART})\b\.? (?:(?:de|del|la|las|los|el|san|santa) ){{0,2}}{WORD}"

PART_WORDS = word_list("address_parts")
# A part of an address that has no street: "Manzana 4 Lote 12, Colonia Las Torres".
_STREET_PART = r"\d{1,2} ?(?:[aªoº]|ra|da|ta|na|va|er)?\.? (?:calle|avenida|ave?)\b"
PART = rf"(?:{_UNIT}|{_STREET_PART}|{_QUARTER}(?: {TITLE}){{0,2}})"

_TOWN = r"[A-ZÁÉÍÓÚÑ][a-zà-ÿ]{2,19}"
_STARTERS = "|".join(word_list("not_given_names"))
_THEN = r"(?: ?(?:,|/{1,2}|-{1,2}|\|) ?| )?"
_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_THEN}(?i:{_UNIT})",
        # After a comma only: "2849 W Cermak Rd, 1R", "…, atrás".
        r", (?i:atr[aá]s|al fondo|arriba|abajo|rear|upstairs|downstairs|\d{1,2}[a-z]|"
        r"the \w+ (?:bldg|building|house))(?!\w)",
        # A town without a comma, where the sentence ends or goes on in small letters.
        rf" (?!(?:{_STARTERS})\b){_TOWN}(?: {_TOWN})?(?=,? (?:{_STATES})\b|$| [a-z¿])",
        rf"{_THEN}(?i:{_QUARTER})(?: {TITLE}){{0,2}}",
        rf"{_THEN}(?:{WORD},? ){{0,3}}?(?i:{_STATES}|{_STATE_NAMES})\b\.?,? {_ZIP}",
        rf",? (?:{WORD} ){{0,2}}{WORD}, (?:(?:{_STATES}|(?i:{_STATE_NAMES}))\b|"
        rf"(?i:{_STATES})(?= ?[,.?!;)]|$))",
        rf",? (?:{WORD} ){{0,3}}?(?:{_BARE_STATES}|(?i:{_STATE_NAMES}))\b",
        rf",? (?:{WORD} ){{1,2}}?(?i:{_PLAIN_STATES})\b",
        rf",? (?i:{_CITIES})\b(?:,? (?i:{_PLAIN_STATES})\b)?",
        rf", {TITLE}(?: (?:de |del )?{TITLE}){{0,2}}(?=[,.?!;)]|$)",
        # Before a small letter a capital is a town's, where it does not begin a sentence.
        rf", (?!(?:{_STARTERS})\b){_TOWN}(?: {_TOWN}){{0,2}}(?= [a-z¿])",
        rf",? (?:(?i:C\.?P\.? ?|zip ))?{_ZIP}",
        # Mexico and Spain put the town after the number.
        rf", {_ZIP} {TITLE}(?: {TITLE}){{0,2}}(?=,)(?:, {TITLE})?",
    )
)
_MOST_PLACES = 6
_BEFORE = re.compile(
    rf"(?:c/o (?:{TITLE} ){{0,4}})?(?:(?i:{_UNIT}),? (?:(?i:of|de|en|at) )?){{0,3}}"
    rf"(?:(?:the )?(?i:{_BUILDING}|{_PARK}|the (?-i:{TITLE}) at (?-i:{TITLE})), )?\Z"
)
_LONGEST_BEFORE = 80


def address_end(text: str, end: int) -> int:
    """Where an address ends whose street stops at ``end``: unit, quarter, city, ZIP follow."""
    for _ in range(_MOST_PLACES):
        places = (pattern.match(text, end) for pattern in _PLACES)
        further = max((place.end() for place in places if place), default=end)
        if further == end:
            break
        end = further
    return end


def address_start(text: str, start: int) -> int:
    """Where an address begins whose street starts at ``start``: a unit may stand before it."""
    first = max(0, start - _LONGEST_BEFORE)
    before = _BEFORE.search(text[first:start])
    return (
        first + before.start() if before and _word_begins(text, first + before.start()) else start
    )


def _word_begins(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()
