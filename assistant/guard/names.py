"""Names given with words that say so: "my name is …", "mi clienta …", "Atentamente, …".

A name that stands alone is left: judges, officials and plaintiffs are what people ask about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.guard.kinds import Found, PersonalKind, Reading
from assistant.guard.name_words import COMMON, FAMILY, GIVEN
from assistant.guard.relations import RELATION, RELATIONS
from assistant.guard.words import word_list

_Span = tuple[int, int]

_ENDERS = word_list("enders")
_NATIONALITIES = word_list("nationalities")
_NOT_NAMES = word_list("not_names") | _ENDERS | _NATIONALITIES
_NOT_GIVEN = word_list("not_given_names")

# "Diallo", "McAllister" and "O'Connor", but not "ICE".
_TITLE = r"[A-ZÁÉÍÓÚÑ](?:[a-zà-ÿ'’-]|[A-Z](?=[a-zà-ÿ])){1,19}"
_MOST_WORDS = 6  # of a name, particles not counted
_MOST_TOKENS = 10
_LINKS = word_list("name_links")
_TOKEN = re.compile(r" {0,2}([^\W\d_][^\W\d_.'’-]*(?:['’-][^\W\d_]+)*\.?)")
_PERSON = (
    r"(?:the|an?|el|la|una?|este|esta|this) (?:taxpayer|owner|worker|employee|applicant|person|man|"
    r"woman|guy|lady|patient|student|contribuyente|se[nñ]ora?|persona|hombre|mujer|muchach[oa]|"
    r"due[nñ][oa]|trabajador[a]?|emplead[oa]|paciente|alumn[oa]|cliente|clienta|client)"
)
# After these a name follows, capitalised or not.
_INTRODUCTION = re.compile(
    r"\b(?:m[yi] (?:full |legal |real |first |last |maiden )?(?:name|nam|nme|naem|nmae) (?:is|es)|"
    r"my (?:full |legal )?name['’]?s|(?:(?<![^\n])|(?<=[.!?,] ))name['’]s|"
    r"m[iy] no[mn]bre(?: completo| legal)? e?s|"
    r"mi apellido es|me (?:ll|y)amo|"
    rf"{RELATION}['’]?s? (?:full )?(?:name is|is (?:named|called))|"
    rf"(?:his|her|their) (?:full )?name is|el nombre de (?:mi|su) (?:{RELATIONS}) es|"
    rf"{RELATION}(?: que)? se llama|"
    rf"{_PERSON}(?: se llama|['’]?s? (?:full |legal )?(?:name is|is (?:named|called))))\b|"
    r"\b(?:(?:full |last |first |legal )?name|nombres?(?:\(s\))?(?: completo)?|apellidos?)"
    r"(?: ?[:=]| -(?= ))|"
    r"\b(?:name of|nombre del?)(?: the| la)? \w{1,15} ?[:=]",
    re.IGNORECASE,
)
# After these a name is what begins with a capital letter and has two words, or is a common one.
_CAPITAL = re.compile(
    r"\b(?i:i['’]?(?: a)?m called|i go by|(?:people|everyone|everybody|they|friends) calls? me|"
    r"me (?:dicen|conocen como)|under the name(?: of)?|in the name of|a nombre de|full name|"
    r"complete name|nombre completo|m[yi] (?:name|nombre)|(?<![^.!?\n] )se llama|(?:my|"
    r"mis) (?:info|information|details|data|datos)(?: are| son)?|"
    r"(?:les? )?(?:habla|escribe|saluda)(?: con)?|aqu[ií]|"
    # Officials sign orders; who signs a question does so before it or after it.
    r"(?<![^\n] )(?:signed(?: by)?|firmad[oa](?: por)?|firma))\b,?:?(?= {1,2}[A-ZÁÉÍÓÚÑ])"
)
# Here one word will do.
_NICKNAME = re.compile(
    r"\b(?i:call me|first name|last name|(?<!me )apellidos?|d[ií]ga(?:n|s)?me|"
    r"ll[aá]me(?:n|s)?me) (?P<name>[A-ZÁÉÍÓÚÑ][a-záéíóúñü]{1,19})\b"
)
# After these a name is only a name when one of its words is a common one.
_GREETING = re.compile(
    r"\b(?:soy|i am|i['’]?m|this is|it['’]?s me|thanks|thank you|gracias|yours|"
    r"atentamente|sincerely|regards|saludos)\b,?|(?:\A|\n) {0,3}(?:name|nombre)\b",
    re.IGNORECASE,
)
# What ends a letter, and the name under it.
_CLOSING = re.compile(
    r"\b(?i:thanks|thank you|gracias|atentamente|atte|sincerely|cordialmente|respectfully|"
    r"respetuosamente|yours(?: truly)?|best|"
    r"(?:best |kind )?regards|saludos|love)[,.!]?\s{1,4}"
    r"(?:(?i:ing|lic|dr|dra|sr|sra|mr|mrs|ms)\.? )?"
    r"(?P<name>(?:[A-ZÁÉÍÓÚÑ][\w'’-]{0,19}\.? ?(?:de |del |la )?){1,4})(?=\s{0,3}\Z|\n)"
)
_RELATIVE = re.compile(
    rf"\b(?i:{RELATION})"
    r"(?i:,? (?:named|called|llamad[oa]|mrs?\.?|ms\.?|se[nñ]ora?)|,)?"
    rf"(?P<name>(?: (?:(?:de|del|la|las|los|van|von|al|el) ){{0,3}}"
    rf"{_TITLE}){{1,4}})\b"
)
# "Oumar Diallo, my husband".
_OF_WHOM = re.compile(rf"\b(?P<name>{_TITLE}(?: {_TITLE}){{1,3}}), (?i:{RELATION})\b")
# "My name is blacked out", but "my name is Ahmed".
_PARTICIPLE = re.compile(r"(?!.*(?:m[ae]d|[wr]al[ie]d|jared|fred|sa[iy]ed|syed)$).{2,}(?:ed|ing)$")
# "Ever" is a word, and "Ever Josué" a name.
_TWO_CAPITALS = re.compile(rf" {{0,2}}{_TITLE} {_TITLE}\b")
_SHORT_FORM = re.compile(
    r"\b(?:[A-Za-z]|[JS]r|Ma|Fco|Mr|Mrs|Ms|Sra|Dr|Hdez|Glez|Gzlez|Rdz|Rguez|Mtz|Fdez|Lpz|Pto|Sta)\.$"
)


def _introduced(text: str) -> Iterator[_Span]:
    for match in _INTRODUCTION.finditer(text):
        if span := _name_after(text, match.end()):
            yield span


def _capitalised(text: str) -> Iterator[_Span]:
    for match in _CAPITAL.finditer(text):
        span = _name_after(text, match.end())
        if span and (len(words := _words(text, span)) > 1 or words[0] in GIVEN):
            yield span


def _in_apposition(text: str) -> Iterator[_Span]:
    for match in _OF_WHOM.finditer(text):
        words = [word for word in re.finditer(r"\S+", match["name"]) if word[0] not in _NOT_GIVEN]
        if words:
            yield match.start() + words[0].start(), match.end("name")


def _nicknamed(text: str) -> Iterator[_Span]:
    for match in _NICKNAME.finditer(text):
        if match["name"] not in _NOT_GIVEN and match["name"].lower() not in _NOT_NAMES:
            yield match.span("name")


def _greeting(text: str) -> Iterator[_Span]:
    for match in _GREETING.finditer(text):
        span = _name_after(text, match.end())
        if span:
            first, *others = _words(text, span)
            # John Doe is what courts call those whose name they keep.
            known = first in GIVEN or FAMILY.intersection(others[:2])
            if "doe" not in others and (known or _reads_as_name(text, match, span)):
                yield span


def _reads_as_name(text: str, lead: re.Match[str], span: _Span) -> bool:
    """Whether two capitalised words that no list knows are a name: after "I am" nothing else is."""
    words = text[slice(*span)].split()
    of_oneself = lead[0].lower().rstrip(",") in {"soy", "i am", "i'm", "i’m"}
    return (
        of_oneself
        and len(words) > 1
        and all(re.fullmatch(_TITLE, word) for word in words[:2])
        and _NOT_GIVEN.isdisjoint(words)
    )


def _words(text: str, span: _Span) -> list[str]:
    return [word.strip(".'’,") for word in text[slice(*span)].lower().split()]


def _closing(text: str) -> Iterator[_Span]:
    match = _CLOSING.search(text)
    if match and match["name"].split()[0].lower().strip(".") not in _NOT_NAMES:
        yield match.span("name")


def _of_relatives(text: str) -> Iterator[_Span]:
    for match in _RELATIVE.finditer(text):
        if match["name"].split()[0] not in _NOT_GIVEN:
            yield _given_part(match)


def _given_part(match: re.Match[str]) -> _Span:
    """The capitalised words up to the first that cannot be part of a name."""
    start = match.start("name") + 1
    end = start
    for word in re.finditer(r"\S+", match["name"]):
        if word[0] in _NOT_GIVEN:
            break
        end = match.start("name") + word.end()
    return start, end


def _name_after(text: str, position: int) -> _Span | None:
    """The span of a name that starts here, capitalised or not; None where no name does."""
    first = _TOKEN.match(text, position)
    if first is None or not (_can_begin(first[1]) or _two_names(text, position)):
        return None
    capitalised = first[1][0].isupper() and not first[1].isupper()
    start, end = first.span(1)
    words = 1
    for _ in range(_MOST_TOKENS):
        token = None if _ends_sentence(text, start, end) else _TOKEN.match(text, end)
        if token and capitalised and words > 1 and token[1] == "y":
            token = _second_family(text, token.end())
        if token is None or words == _MOST_WORDS or not _goes_on(token[1], capitalised):
            break
        words += token[1].lower() not in _LINKS
        end = token.end(1)
    return start, end - _ends_sentence(text, start, end)


def _two_names(text: str, position: int) -> bool:
    """Whether two capitalised words stand here of which one is a common name: "Ever Josué"."""
    match = _TWO_CAPITALS.match(text, position)
    words = match[0].lower().split() if match else []
    return bool(words) and (words[0] in GIVEN or words[1] in COMMON)


def _second_family(text: str, position: int) -> re.Match[str] | None:
    """What follows "y" in "García y Vega"; None where a new clause follows."""
    token = _TOKEN.match(text, position)
    return token if token and token[1][0].isupper() and _can_begin(token[1]) else None


def _ends_sentence(text: str, start: int, end: int) -> bool:
    return text[end - 1] == "." and not _SHORT_FORM.search(text, start, end)


def _can_begin(word: str) -> bool:
    bare = word.lower().rstrip(".")
    capitalised = word[0].isupper() and word[1:].islower()
    return bare not in _NOT_NAMES and (capitalised or not _PARTICIPLE.match(bare))


def _goes_on(word: str, capitalised: bool) -> bool:
    bare = word.lower().rstrip(".")
    if bare in _LINKS:
        return True
    if capitalised and not any(map(str.isupper, word)):
        return False
    return bare not in _ENDERS


# Each way of giving a name, and the words of which it needs one.
_BY_WORD: tuple[tuple[frozenset[str], Callable[[str], Iterator[_Span]]], ...] = (
    (word_list("introducing"), _introduced),
    (word_list("before_capitals"), _capitalised),
    (word_list("before_nicknames"), _nicknamed),
    (word_list("greeting"), _greeting),
    (word_list("closing"), _closing),
    (word_list("relations"), _of_relatives),
    (word_list("relations"), _in_apposition),
)


def find_names(reading: Reading) -> list[Found]:
    """Every name that its sentence introduces: "me llamo …", "my client …", "soy María …"."""
    spans = [
        span for telling, find in _BY_WORD if reading.has(telling) for span in find(reading.text)
    ]
    return [Found(PersonalKind.NAME, start, end) for start, end in spans]
