"""Names that nothing introduces, told by what they are made of and by what stands beside them.

Of those in the public eye the whole name is known (``public_people``), and so is the office that
stands before a name ("Judge", "senadora"): they are what people ask about, and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.guard.kinds import Found, PersonalKind, Reading
from assistant.guard.name_words import COMMON, FAMILY, FAMILY_WORDS, GIVEN, GIVEN_WORDS
from assistant.guard.relations import RELATION, RELATIONS
from assistant.guard.words import word_list

_Span = tuple[int, int]

# Written small, the others are words.
_PLAIN_GIVEN = GIVEN - GIVEN_WORDS - FAMILY_WORDS
_PLAIN_FAMILY = FAMILY - GIVEN_WORDS - FAMILY_WORDS
_PLAIN_NAMES = _PLAIN_GIVEN | _PLAIN_FAMILY
_LINKS = word_list("name_links")
_WITHIN_SMALL = _PLAIN_GIVEN | _LINKS
_SAINTS = frozenset({"san", "santa", "santo", "saint", "st"})  # of a town
_NEVER = (
    word_list("never_in_names")
    | word_list("nationalities")
    | frozenset(word.lower() for word in word_list("not_given_names"))
)
_AND = frozenset({"and", "y", "e"})
_OFFICES = word_list("offices")
_ENDING = _NEVER | _OFFICES
_PUBLIC = word_list("public_people", ",")
_PUBLIC_FAMILY = frozenset(name.rpartition(" ")[2] for name in _PUBLIC)

_TITLE = r"[A-ZÁÉÍÓÚÑ](?:[a-zà-ÿ'’]|[A-Z](?=[a-zà-ÿ])){1,19}(?:-[A-ZÁÉÍÓÚÑ][a-zà-ÿ'’]{1,19})?"
_LINK = r"(?:de|del|la|las|los|van|von|al|el|bin|da|dos|[A-ZÁÉÍÓÚÑ]\.?)"
_TITLES = rf"{_TITLE}(?: (?:{_LINK} ){{0,3}}{_TITLE}){{1,5}}"
_RUN = re.compile(rf"\b{_TITLES}\b")
_WORD = re.compile(r"\S+")
# "Perez-Lopez, Maria E."
_INVERTED = re.compile(rf"\b({_TITLE})(?: {_TITLE})?, ({_TITLE})(?: [A-Z]\b\.?| {_TITLE})?")
_HONORIFIC = (
    r"(?:pastor|reverend|rev|father|padre|fray|deacon|di[aá]cono|don|do[nñ]a|ing|lic|licenciad[oa]|"
    r"profesora?|hermana?|sister|mrs?|ms|miss|mister|sra?|srta|se[nñ]or(?:a|ita)?|dra?)"
)
_HONOURED = re.compile(
    rf"\b(?i:{_HONORIFIC})\b\.? (?P<name>{_TITLE}(?: (?:{_LINK} ){{0,3}}{_TITLE}){{0,4}})"
)
_ROLE = (
    r"(?i:client|taxpayer|constituent|owner|due[nñ][oa]|clienta|cliente|contribuyente|solicitante|"
    r"applicant|patient|paciente|spouse|deceased|beneficiary|beneficiari[oa]|titular|petitioner|"
    r"detainee|detenid[oa]|signed|attn|atenci[oó]n|from|me|yo|contact|contacto|de parte de|"
    r"interesad[oa])"
)
# What a form calls a person, and what a note says in a sentence.
_FIELD = re.compile(rf"\b{_ROLE}(?: ?[:=]| -(?= )) ?(?P<name>{_TITLES})\b")
_NOTED = re.compile(rf"\b{_ROLE}(?:,| is| es|) (?P<name>{_TITLES})\b")
_ONESELF = re.compile(
    rf"\b(?:I|[Yy]o), (?P<name>{_TITLES}),|"
    rf"\b[Yy]o,? (?P<name2>{_TITLES})(?=,| (?:con|de|nacid|titular|declar|pid|solicit))"
)
_FIRST_NAMES = rf"{_TITLE}(?: {_TITLE}){{0,3}}"
_CHILDREN = re.compile(
    r"\b(?i:(?:my|our|his|her|their|mis|nuestr[oa]s|sus)(?: \w{1,12})? (?:kids|children|sons|"
    r"daughters|parents|brothers|sisters|nephews|nieces|grandchildren|grandsons|granddaughters|"
    r"friends|clients|hij[oa]s|ni[nñ][oa]s|padres|herman[oa]s|sobrin[oa]s|niet[oa]s|amig[oa]s|"
    r"client[ea]s|p[aá]p[aá]s|prim[oa]s|t[ií][oa]s)),?:? "
    rf"(?P<name>{_FIRST_NAMES}(?:(?:,|,? and|,? y| e) {_FIRST_NAMES}){{0,5}})"
)
_SPOKEN_OF = re.compile(
    r"\b(?i:(?:she|he|ella|[eé]l)(?:['’]s| is| es)|ask(?:ing)? for|pregunt\w{1,3} por|"
    rf"(?:speak|talk) (?:to|with)|habl\w{{1,3}} con) (?P<name>{_FIRST_NAMES})\b"
)
# A client is somebody's, and whoever calls is somebody.
_CLIENT = re.compile(
    r"\b(?i:clients?|clientas?|clientes?|constituents?|callers?|patients?|pacientes?|volunteers?)"
    rf"(?:,|:|(?i: named| llamad[oa]| de nombre)|) [\"“«(]?(?P<name>{_TITLES})\b"
)
# Before what only a person has: "J. Ekwueme, ITIN […]".
_NUMBERED = re.compile(
    rf"(?P<name>(?:[A-ZÁÉÍÓÚÑ]\. {_TITLE}|{_TITLES})),? "
    r"(?i:(?:ssn|itin|dob|fdn|a-?number|a#|alien|born|nacid[oa])\b)"
)
# A bank's account may be opened "con ITIN" too.
_HOLDING = re.compile(
    rf"(?P<name>{_TITLES}),? (?i:(?:con (?:itin|ssn|social|seguro)|with (?:itin|ssn))\b)"
)
_SHOUTED = re.compile(
    r"(?<!\w)(?P<name>[A-ZÁÉÍÓÚÑ]{3,20}(?:[- ][A-ZÁÉÍÓÚÑ]{3,20})?, "
    r"[A-ZÁÉÍÓÚÑ]{3,20}(?: [A-ZÁÉÍÓÚÑ]\b)?)"
)
_MARIA = re.compile(rf"\bMa\.? (?P<name>{_TITLE}(?: (?:{_LINK} ){{0,3}}{_TITLE}){{0,3}})")
_SENT = re.compile(
    r"\b(?i:question|message|note|letter|call|pregunta|mensaje|recado|llamada|carta) "
    rf"(?i:from|de(?: parte de)?) (?P<name>{_TITLES})\b"
)
# One word, which must be a common given name that is no other word.
_GOES_ON = re.compile(rf" (?:[A-Z]\. )?{_TITLE}")
_ONE = r"[^\W\d_]{2,20}"
_SINGLE = re.compile(
    rf"\b(?i:{RELATIONS})s?(?:,|(?i: named| called| llamad[oa]| de nombre)|) (?P<near>{_ONE})\b|"
    rf"\b(?i:it['’]s|habla|soy yo,?) (?P<self>{_ONE})(?= (?:again|here|otra vez|de nuevo)\b|,)|"
    rf"(?<![^\W\d_] )\b(?P<beside>{_ONE}),? (?:(?:and|y|e) )?\[…\]|"
    rf"\[…\],? (?:and|y|e) (?P<after>{_ONE})\b|"
    rf"\b(?P<whose>{_ONE}), (?i:{RELATION})\b|"
    rf"\b(?P<born>{_ONE}), (?i:born|nacid[oa]|dob)\b"
)
# Beside a detail that was taken out before: "Kwame Boateng […]".
_BESIDE = re.compile(rf"(?:(?<![^\n])|(?<=[.?!:;] ))(?P<name>{_TITLES}),?(?: {{1,2}}|\n)(?=\[…\])")
_CASE = re.compile(r",? (?:et al|v\.|vs\.)| (?:Act|Amendment|Law|Rule|Fund|Foundation)\b")
_SIGNED = re.compile(rf"(?:\n|[.?!] {{1,3}})(?P<name>{_TITLES})[.!]?\s*\Z")


def find_known_names(reading: Reading) -> list[Found]:
    """Every name of two words or more that is told by its words or by its place."""
    text = reading.text
    spans = [span for find in _WAYS for span in find(text)] if not text.islower() else []
    spans += _small(reading)
    spans += _single(text)
    return [Found(PersonalKind.NAME, start, end) for start, end in spans]


def _capitalised(text: str) -> Iterator[_Span]:
    """Runs of capitalised words in which a common given name stands before another word."""
    for run in _RUN.finditer(text):
        if (span := _named(text, *run.span())) and _is_private(text, span):
            yield span


def _named(text: str, start: int, end: int) -> _Span | None:
    """The part of a run that is a name by its words; None where none is."""
    words = [(match[0], *match.span()) for match in _WORD.finditer(text, start, end)]
    names = [number for number, (word, *_) in enumerate(words) if _bare(word) not in _LINKS]
    for place, number in enumerate(names[:-1]):
        first, second = (_bare(words[n][0]) for n in (number, names[place + 1]))
        saint = number and _bare(words[number - 1][0]) in _SAINTS
        if saint or not _reads_as_name(first, second):
            continue
        last = names[place + 1]
        for further in names[place + 2 :]:
            if _bare(words[further][0]) in _NEVER:
                break
            last = further
        return words[number][1], words[last][2]
    return None


def _reads_as_name(first: str, second: str) -> bool:
    if first in _ENDING or second in _NEVER or len(second) < 2:
        return False
    parts = frozenset(second.split("-")) | frozenset(first.split("-"))
    return first in GIVEN or (first in FAMILY and bool(parts & COMMON - {first}))


def _single(text: str) -> Iterator[_Span]:
    """One common given name where only a person is spoken of; whole names are told otherwise."""
    for match in _SINGLE.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        alone = not _GOES_ON.match(text, end)
        if alone and text[start:end].lower() in _PLAIN_GIVEN and _is_private(text, (start, end)):
            yield start, end


def _shouted(text: str) -> Iterator[_Span]:
    """The family name first, as forms and letters print it: "OLIVAS CEDILLO, RAMONA"."""
    for match in _SHOUTED.finditer(text):
        if not set(re.split(r"[ ,-]+", match["name"].lower())).isdisjoint(_PLAIN_NAMES):
            yield match.span("name")


def _small(reading: Reading) -> Iterator[_Span]:
    """Names in small letters: a given name and a family name that are no words otherwise."""
    if not (reading.has(_PLAIN_GIVEN) and reading.has(_PLAIN_FAMILY)):
        return
    words = list(_ANY_WORD.finditer(reading.text))
    for place, match in enumerate(words[:-1]):
        if match[0] not in _PLAIN_GIVEN:
            continue
        last = None
        for further in words[place + 1 : place + 5]:
            if further[0] in _PLAIN_FAMILY:
                last = further
            elif further[0] not in _WITHIN_SMALL:
                break
        first = words[place - 1] if place and words[place - 1][0] in GIVEN else match
        if last and _is_private(reading.text, (first.start(), last.end())):
            yield first.start(), last.end()


def _by(
    pattern: re.Pattern[str], sure: bool, whole: bool = False
) -> Callable[[str], Iterator[_Span]]:
    """Finds what a pattern calls a name; where it is not sure, a common name must be in it.

    A name that is told by what follows it is one as a ``whole``, or none.
    """

    def find(text: str) -> Iterator[_Span]:
        for match in pattern.finditer(text):
            called = match.span(match.lastgroup or 0)
            span = _allowed(text, *called)
            if span is None or (whole and span[1] != called[1]):
                continue
            if _is_private(text, span) and (sure or _has_common(text, span)):
                yield span

    return find


def _allowed(text: str, start: int, end: int) -> _Span | None:
    """The words of a span up to the first that is in no name."""
    last = start
    for match in _WORD.finditer(text, start, end):
        if match[0] in _AND:
            continue
        if _bare(match[0]) in _ENDING:
            break
        last = match.end()
    return (start, last) if last > start else None


def _has_common(text: str, span: _Span) -> bool:
    words = {part for word in text[slice(*span)].split() for part in _bare(word).split("-")}
    return not words.isdisjoint(COMMON)


def _inverted(text: str) -> Iterator[_Span]:
    for match in _INVERTED.finditer(text):
        family = frozenset(_bare(match[1]).split("-"))
        if family & FAMILY and _bare(match[2]) in GIVEN and _is_private(text, match.span()):
            yield match.span()


def _is_private(text: str, span: _Span) -> bool:
    """Whether a name is of nobody in the public eye, of no office and of no court case."""
    name = " ".join(_bare(word) for word in text[slice(*span)].split())
    before = [_bare(word) for word in _same_sentence(text[max(0, span[0] - 40) : span[0]])[-2:]]
    if not _OFFICES.isdisjoint(before) or {"v", "vs"} & {*before[-1:]}:
        return False
    if _CASE.match(text, span[1]):
        return False
    words = name.split()
    if _PUBLIC_FAMILY.issuperset(words):
        return False
    return not any(
        " ".join(words[a:b]) in _PUBLIC
        for a in range(len(words))
        for b in range(a + 1, len(words) + 1)
    )


def _same_sentence(text: str) -> list[str]:
    """The words after the last that ends a sentence; "Sen." does not."""
    words = text.split()
    ends = [number for number, word in enumerate(words) if len(word) > 4 and word[-1] in ".!?"]
    return words[ends[-1] + 1 :] if ends else words


def _bare(word: str) -> str:
    return word.lower().strip(".,;:!?¿¡'’\"()").removesuffix("'s").removesuffix("’s")


_ANY_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WAYS: tuple[Callable[[str], Iterator[_Span]], ...] = (
    _capitalised,
    _inverted,
    _by(_HONOURED, True),
    _shouted,
    _by(_FIELD, True),
    _by(_CLIENT, True),
    _by(_NUMBERED, True, whole=True),
    _by(_HOLDING, False, whole=True),
    _by(_MARIA, True),
    _by(_SENT, False),
    _by(_NOTED, False),
    _by(_ONESELF, True),
    _by(_CHILDREN, True),
    _by(_BESIDE, True),
    _by(_SPOKEN_OF, False),
    _by(_SIGNED, False),
)
