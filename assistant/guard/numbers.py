"""Personal numbers in every common way of writing them; dockets, sections and sums stay.

Every pattern consumes at most a few dozen characters from where it starts, so the time grows
with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.guard.kinds import Found, Reading
from assistant.guard.kinds import PersonalKind as Kind

_SEP = r"(?: ?[-./_~*=|] ?| {1,3})"
_GAP = r"[-./_~*=| ]{0,3}"  # between the digits of what a word or letters make sure of
# The first digit, not inside a longer figure and not of a sum of money. It looks back from behind
# the digit, so that a search skips to digits instead of looking back from every letter.
_FIRST = r"\d(?<![\d$€£§].)(?<![$€£§] .)(?<!\d[-./:,].)"
_RIGHT = r"(?!\d)(?![-./:]\d)"
# In groups of its own, one number may stand beside another: "956-94-7710/956-94-7711".
_FIRST_OF_PAIR = r"\d(?<![\d$€£§].)(?<![$€£§] .)(?<!\d[-.:,].)(?<!\D\d/.)(?<!\D\d\d/.)"
_RIGHT_OF_PAIR = r"(?!\d)(?![-.:]\d)(?!/\d{1,2}(?!\d))"
_NOT_COUNTED = (
    r"(?! ?(?:dollars|d[oó]lares|usd|pesos|million|millones|people|personas|returns|"
    r"declaraciones|records|registros|names|nombres|addresses|direcciones)\b)"
)
_AFTER_WORD = r"(?!\w)[^\d\n]{0,40}?(?<![\d$])"

_TAX_WORD = (
    r"(?:ssn|s\.s\.n|ss#|ss #|social security|social|seguro|seguro social|itin|tin|tax ?id|"
    r"taxpayer id|n[uú]mero de (?:contribuyente|seguro)|itn|snn|i tin)"
)
_ALIEN_WORD = (
    r"(?:alien (?:registration )?(?:number|num|no|#)|a[- ]?(?:number|file)|a ?#|"
    r"uscis (?:number|no|#)|n[uú]m(?:ero|\.)? (?:de )?(?:extranjero|alien|a|uscis))"
)
_PHONE_WORD = (
    r"(?:phone|telephone|cell|cellphone|mobile|tel|tel[eé]fono|celular|cel|m[oó]vil|whats ?app|"
    r"call|text me|reach me|ll[aá]m[ea](?:me|nme|nos|n|r)?|m[aá]rc(?:a(?:me|nme)|ar|ad|o|e(?:me)?)|"
    r"(?:my|his|her|work|home|cell) number|(?:mi|su) n[uú]mero|fone|fax)"
)
_CARD_WORD = (
    r"(?:card|tarjeta|account|acct|cuenta|cta|routing|ruta|d[eé]bito|debit|cr[eé]dito|credit|bank|banco|"
    r"aba|clabe|iban|direct deposit|dep[oó]sito directo|visa|mastercard|amex)"
)
_PAPER_WORD = (
    r"(?:passport|pasaporte|ppt|licen[cs]e|licencia|matr[ií]cula|ip pin|pin|curp|rfc|dui|dpi|i-?94|"
    r"visa number|visa no|c[eé]dula|folio|credencial|border crossing card|ine|ife|dl|lic|"
    r"(?:id|documento|identificaci[oó]n) (?:number|card|no|n[uú]mero|n[uú]m|#)|"
    r"(?:state|consular|national|voter|military|school) (?:id|card)|identificaci[oó]n)"
)
_EIN_WORD = r"(?:ein|employer (?:identification|id)?|n[uú]mero de (?:empleador|patr[oó]n))"
_CENTERS = "|".join(
    map(
        " ?".join,
        ["EAC", "VSC", "WAC", "CSC", "LIN", "NSC", "SRC", "TSC", "MSC", "NBC", "YSC", "IOE", "WSC"],
    )
)
# One look for any of the words spares a text without them the eight patterns that need one.
_ANY_WORD = re.compile(
    rf"\b(?:{_EIN_WORD}|{_TAX_WORD}|{_ALIEN_WORD}|{_PHONE_WORD}|{_CARD_WORD}|{_PAPER_WORD})(?!\w)",
    re.IGNORECASE,
)
_FORM_OR_DATE = re.compile(
    r"(?<![\d.-])\d{3}\.\d{4}(?!\d)|(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?(?!\d)|"
    r"(?<!\d)\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d|(?<!\d)\d{1,2}:\d\d(?!\d)"
)
# A number that is free to call is an office's; askers want to know whether it is the real one.
_TOLL_FREE = re.compile(
    r"(?:\+?1[-. ]{0,2})?\(?8(?:00|33|44|55|66|77|88)\)?[-. ]{1,2}\d{3}[-. ]?\d{4}"
)
# Years, and the sections and forms that people list one after another in a search.
_PUBLIC_GROUP = re.compile(
    r"(?:19|20)\d\d|6103|6109|6012|7213|7216|7431|7803|1040|1099|8821|2848|4506|8822|552|"
    r"1253|1302|1306|1324|1325|1326|1360|1373|301|\d{1,2}"
)
_BANK_DISTRICT = re.compile(r"0[1-9]|1[0-2]|2[1-9]|3[0-2]")
_URL = re.compile(r"(?:https?://|www\.)\S+")
# Of the last digits of a number, and of a number that is told by its form.
_FEWEST_DIGITS, _FEWEST_OF_SHAPES = 4, 7
_DIGITS_OF_ONE = 9  # of a Social Security number, an ITIN and most alien numbers
_EXTENSION = re.compile(r",? ?(?:ext(?:ensi[oó]n|ension)?|x)\.? ?\d{1,6}(?!\w)", re.IGNORECASE)
_NOT_DIGIT = re.compile(r"\D+")

_Check = Callable[[re.Match[str]], bool]
_Name = Callable[[str], Kind]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A way of writing a number; ``group`` is the part that goes, ``check`` may spare it."""

    pattern: re.Pattern[str]
    kind: Kind | _Name
    group: int = 0
    check: _Check | None = None
    in_urls: bool = False

    def found(self, match: re.Match[str]) -> Found:
        """The part of a match that goes, under its kind."""
        kind = self.kind if isinstance(self.kind, Kind) else self.kind(match[0])
        return Found(kind, *match.span(self.group))


def find_numbers(reading: Reading) -> list[Found]:
    """Every personal number of a text, surest reading first; readings may overlap."""
    if reading.digits < _FEWEST_DIGITS:
        return []
    text = reading.text
    without_urls = _URL.sub(lambda match: " " * len(match[0]), text)
    found = []
    if reading.digits >= _FEWEST_OF_SHAPES:
        found += [each for shape in _SURE for each in _found(shape, without_urls)]
    if _ANY_WORD.search(text):
        found += _labelled(without_urls)
    for shape in _SHAPES if reading.digits >= _FEWEST_OF_SHAPES else (_LAST_FOUR, _COVERED):
        found += _found(shape, text if shape.in_urls else without_urls)
    return [_with_extension(text, each) for each in found]


def _with_extension(text: str, found: Found) -> Found:
    """A telephone with the extension that is given after it."""
    further = _EXTENSION.match(text, found.end) if found.kind is Kind.PHONE else None
    return Found(found.kind, found.start, further.end()) if further else found


def _labelled(text: str) -> Iterator[Found]:
    """The numbers beside a word that says what they are, the nearest word first."""
    matches = [
        (match.start(1) - match.start(), shape.found(match))
        for shape in _LABELLED
        for match in shape.pattern.finditer(text)
        if shape.check is None or shape.check(match)
    ]
    return (found for _, found in sorted(matches, key=lambda each: each[0]))


def _found(shape: _Shape, text: str) -> Iterator[Found]:
    return (
        shape.found(match)
        for match in shape.pattern.finditer(text)
        if shape.check is None or shape.check(match)
    )


def _digits(text: str) -> str:
    return _NOT_DIGIT.sub("", text)


def _tax_number_kind(text: str) -> Kind:
    """An ITIN leads with 9; the word beside the number settles it."""
    itin = "itin" in text.lower() or _digits(text).startswith("9")
    return Kind.ITIN if itin else Kind.SSN


def _bare_nine_kind(text: str) -> Kind:
    """Nine digits without marks or words: a bank's routing number where its last digit is right.

    One in thirty Social Security numbers looks like one; the asker is told so only in that case.
    """
    digits = _digits(text)
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, (3, 7, 1) * 3, strict=True))
    is_bank = weighed % 10 == 0 and _BANK_DISTRICT.match(digits)
    return Kind.CARD if is_bank else _tax_number_kind(text)


def _long_run_kind(text: str) -> Kind:
    digits = _digits(text)
    if len(digits) == 11 and digits[0] == "1":
        return Kind.PHONE
    return Kind.CARD if _luhn(digits) else Kind.DOCUMENT


def _not_public(match: re.Match[str]) -> bool:
    """Whether the digits are more than a date, a regulation or a list of sections and years."""
    number = match[match.re.groups and 1]
    if _FORM_OR_DATE.search(number) or _TOLL_FREE.fullmatch(number):
        return False
    groups = _NOT_DIGIT.split(number)
    return not all(_PUBLIC_GROUP.fullmatch(group) for group in groups if group)


def _not_listed(match: re.Match[str]) -> bool:
    """Whether what a word calls a number is one: nine digits are, in whatever groups."""
    whole = len(_digits(match[1])) == _DIGITS_OF_ONE and not _FORM_OR_DATE.search(match[1])
    return whole or _not_public(match)


def _not_toll_free(match: re.Match[str]) -> bool:
    return _TOLL_FREE.fullmatch(match[0]) is None


def _is_paper(match: re.Match[str]) -> bool:
    lettered = re.match(r"[A-Z]{1,3} ?\d\d(?: \d\d){2,3}$", match[1]) is not None
    return len(_digits(match[1])) >= 4 and (lettered or _not_public(match))


def _is_card(match: re.Match[str]) -> bool:
    return _not_public(match) and ("-" in match[0] or _luhn(_digits(match[0])))


def _is_phone(match: re.Match[str]) -> bool:
    area = _digits(match[0])[-10]
    return area not in "01" and _not_public(match)


def _luhn(digits: str) -> bool:
    if not 13 <= len(digits) <= 19:
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _read_aloud(match: re.Match[str]) -> bool:
    """Digits one by one are a number read aloud, unless they are dotted like a manual section."""
    places = [place for place, character in enumerate(match[0]) if character.isdigit()]
    return not all("." in match[0][a:b] for a, b in pairwise(places))


def _beside(
    words: str, least: int, most: int, kind: Kind | _Name, check: _Check = _not_public
) -> _Shape:
    """A number of so many digits, in any grouping, soon after one of the words."""
    digits = rf"(\d(?:[-._/~*=|: ()]{{0,3}}\d){{{least - 1},{most - 1}}})(?![-.]?\d){_NOT_COUNTED}"
    pattern = re.compile(rf"\b{words}{_AFTER_WORD}{digits}", re.IGNORECASE)
    return _Shape(pattern, kind, 1, check)


def _grouped(first: int, *sizes: int) -> str:
    head = _FIRST + rf"\d{{{first - 1}}}"
    return _SEP.join((head, *(rf"\d{{{size}}}" for size in sizes))) + _RIGHT


def _shape(
    pattern: str,
    kind: Kind | _Name,
    check: _Check | None = None,
    *,
    group: int = 0,
    in_urls: bool = False,
) -> _Shape:
    return _Shape(re.compile(pattern, re.IGNORECASE), kind, group, check, in_urls)


# phonenumbers was measured on evals/personal: alone it finds .85 of the telephones (.95 when it
# asks only for a possible one) and takes reports of TIGTA for some; beside these patterns, which
# find .99, it adds none.
_SURE = (
    _shape(rf"\b(?:{_CENTERS})[-#./_~*:= ]{{0,2}}\d(?:{_GAP}\d){{9}}(?!\d)", Kind.RECEIPT_NUMBER),
    _shape(r"(?<![A-Za-z])[A-Z]{3}\d{10}(?!\d)", Kind.RECEIPT_NUMBER),
    _shape(
        rf"(?<![^\W\d_])A[-#./_~*:= ]{{0,3}}\d{{2,3}}{_GAP}\d{{3}}{_GAP}\d{{3}}(?!\d)"
        rf"{_NOT_COUNTED}",
        Kind.A_NUMBER,
    ),
    # Passports of Mexico, Venezuela and others, and the newest of the United States.
    _shape(r"(?<![\w-])[A-Z]{1,2}\d{7,9}(?!\w)", Kind.DOCUMENT),
    _shape(
        r"(?<![\w-])([A-Z]{1,3}[- ]?(?:\d{6,9}|\d\d(?: \d\d){2,3}))"
        r"(?=[^\w\n]{1,3}(?:\w{1,15} )?(?:passport|pasaporte)\b)",
        Kind.DOCUMENT,
        group=1,
    ),
)
# A routing number with the account against it: "122244715-30981562".
_ROUTED = _shape(
    r"(?<![\d$.-])(?:0\d|1[0-2]|2[1-9]|3[0-2])\d{7} ?[-./:] ?\d{6,17}(?![\d-])", Kind.CARD
)
_LABELLED = (
    _beside(_ALIEN_WORD, 7, 10, Kind.A_NUMBER, _not_listed),
    _beside(_EIN_WORD, 7, 10, Kind.EIN),
    _beside(_TAX_WORD, 7, 11, _tax_number_kind, _not_listed),
    _beside(_CARD_WORD, 8, 19, Kind.CARD),
    _beside(_PHONE_WORD, 7, 15, Kind.PHONE),
    _Shape(
        re.compile(
            rf"\b{_PAPER_WORD}(?!\w)[^\d\n]{{0,24}}?\b"
            r"((?:(?-i:[A-Z]{1,5})[-# ]?|[A-Z]{1,3}-?)?\d(?:[-.]?[A-Z0-9]| \d){4,17})(?!\w)",
            re.IGNORECASE,
        ),
        Kind.DOCUMENT,
        1,
        _is_paper,
    ),
)
_LAST_FOUR = _shape(
    r"\b(?:(?:last (?:four|4)|[uú]ltimos (?:cuatro|4)|terminaci[oó]n)\b[^\d\n]{0,40}?|"
    r"(?:end(?:s|ing) (?:in|with)|termina (?:en|con)) (?!(?:19|20)\d\d\b))(?<!\d)(\d{4})(?!\d)",
    Kind.SSN,
    group=1,
)
# "XXX-XX-6121": what is left of a number that someone else covered.
_COVERED = _shape(r"(?<![\w*#])[X*#•]{3}[- ]?[X*#•]{2}[- ]?(\d{4})(?!\d)", Kind.SSN, group=1)
_SHAPES = (
    _ROUTED,
    _shape(rf"{_FIRST}\d-\d{{7}}{_RIGHT}", Kind.EIN),
    _shape(_grouped(4, 4, 4, 4), Kind.CARD, _is_card),
    _shape(_grouped(4, 6, 5), Kind.CARD, _is_card),
    _shape(
        rf"{_FIRST_OF_PAIR}\d\d{_SEP}\d\d{_SEP}\d{{4}}{_RIGHT_OF_PAIR}",
        _tax_number_kind,
        in_urls=True,
    ),
    _shape(r"\+\d(?:[ .()-]{0,3}\d){7,14}(?!\d)", Kind.PHONE, _not_toll_free),
    _shape(r"(?<!\d)\(\d{2,3}\) ?\d{3,4}[-. ]{0,2}\d{4}(?!\d)", Kind.PHONE, _not_public),
    _shape(
        rf"{_FIRST}(?:(?<=1){_SEP}?\d)?\d\d{_SEP}?\d{{3}}{_SEP}?\d{{4}}{_RIGHT}{_NOT_COUNTED}",
        Kind.PHONE,
        _is_phone,
    ),
    _shape(
        rf"{_FIRST}\d(?:(?<=52){_SEP}(?:1{_SEP})?\d\d)?(?<=55|56|33|81){_SEP}\d{{4}}{_SEP}\d{{4}}{_RIGHT}",
        Kind.PHONE,
    ),
    # Guatemala to Panama, without the plus sign.
    _shape(rf"{_FIRST}0\d(?<=50[2-7])[- ]\d{{4}}[- ]?\d{{4}}{_RIGHT}", Kind.PHONE),
    _shape(_grouped(3, 3, 2, 2), Kind.PHONE, _not_public),
    _shape(rf"{_FIRST}\d(?:[- ]\d\d){{4}}{_RIGHT}", Kind.PHONE),
    _shape(r"\b[A-Z]{4}\d{6}(?:[HMX][A-Z]{5}[A-Z0-9]\d|[A-Z0-9]{3})\b", Kind.DOCUMENT),
    _LAST_FOUR,
    _COVERED,
    _shape(
        rf"{_FIRST}\d\d[- ]{{1,2}}\d{{3}}[- ]{{1,2}}\d{{3}}{_RIGHT}{_NOT_COUNTED}", Kind.A_NUMBER
    ),
    _shape(rf"{_FIRST}\d{{8}}{_RIGHT}{_NOT_COUNTED}", _bare_nine_kind),
    _shape(rf"{_FIRST}\d{{10,}}{_RIGHT}{_NOT_COUNTED}", _long_run_kind),
    _shape(rf"{_FIRST}(?:[ .-]{{1,2}}\d){{8,14}}{_RIGHT}", Kind.SSN, _read_aloud),
)
