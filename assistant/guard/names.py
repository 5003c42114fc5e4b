"""Names given with words that say so: "my name is …", "mi clienta …", "Atentamente, …".

A name that stands alone is left: judges, officials and plaintiffs are what people ask about.
"""

from __future__ import annotations

import re

from assistant.guard.kinds import Found, PersonalKind
from assistant.guard.words import word_list

_NOT_NAMES = word_list("not_names") | word_list("enders")
_ENDERS = word_list("enders")
_GIVEN = word_list("given_names")
_NOT_GIVEN = word_list("not_given_names")
_RELATIONS = "|".join(sorted(word_list("relations")))

_MOST_WORDS = 5
_LINKS = frozenset({"de", "del", "la", "las", "los", "van", "von", "da", "dos", "san", "santa"})
_TOKEN = re.compile(r" {0,2}([^\W\d_][^\W\d_.'’-]*(?:['’-][^\W\d_]+)*\.?)")

_INTRODUCTION = re.compile(
    r"\b(?:my (?:full |legal |real |first |last )?name is|my name['’]?s|mi nombre(?: completo)? es|"
    r"mi apellido es|me llamo)\b|"
    r"\b(?:(?:full |last |first )?name|nombre(?: completo)?|apellidos?) ?:",
    re.IGNORECASE,
)
# After these a name is only a name when it begins with a common given name.
_GREETING = re.compile(
    r"\b(?:soy|i am|i['’]m|this is|(?:le |les )?(?:habla|escribe|saluda)|thanks|thank you|gracias|"
    r"atentamente|sincerely|regards|saludos)\b,?",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\b(?i:(?:my|mi|our|nuestr[oa]) (?:\w{{1,12}} )?(?:{_RELATIONS}))"
    r"(?i:,? (?:se llama|is named|is called|named|llamad[oa]|mrs?\.?|ms\.?|se[nñ]ora?)|,)?"
    r"(?P<name>(?: [A-ZÁÉÍÓÚÑ][a-záéíóúñü'’-]{1,19}){1,4})\b"
)
# "My name is blacked out", but "my name is Ahmed".
_PARTICIPLE = re.compile(r"(?!.*(?:m[ae]d|[wr]al[ie]d|jared|fred|sa[iy]ed|syed)$).{2,}(?:ed|ing)$")
_SHORT_FORM = re.compile(r"\b(?:[A-Z]|[JS]r|Ma|Fco)\.$")


def find_names(text: str) -> list[Found]:
    """Every name that its sentence introduces: "me llamo …", "my client …", "soy María …"."""
    found = [
        Found(PersonalKind.NAME, *span)
        for match in _INTRODUCTION.finditer(text)
        if (span := _name_after(text, match.end()))
    ]
    for match in _GREETING.finditer(text):
        span = _name_after(text, match.end())
        if span and text[slice(*span)].split()[0].lower().strip(".'’") in _GIVEN:
            found.append(Found(PersonalKind.NAME, *span))
    for match in _RELATIVE.finditer(text):
        if match["name"].split()[0] not in _NOT_GIVEN:
            found.append(Found(PersonalKind.NAME, *_given_part(match)))
    return found


def _given_part(match: re.Match[str]) -> tuple[int, int]:
    """The capitalised words up to the first that cannot be part of a name."""
    start = match.start("name") + 1
    end = start
    for word in re.finditer(r"\S+", match["name"]):
        if word[0] in _NOT_GIVEN:
            break
        end = match.start("name") + word.end()
    return start, end


def _name_after(text: str, position: int) -> tuple[int, int] | None:
    """The span of a name that starts here, capitalised or not; None where no name does."""
    first = _TOKEN.match(text, position)
    if first is None or not _can_begin(first[1].lower().rstrip(".")):
        return None
    capitalised = first[1][0].isupper() and not first[1].isupper()
    start, end = first.span(1)
    for _ in range(_MOST_WORDS - 1):
        token = _TOKEN.match(text, end)
        if token is None or not _goes_on(token[1], capitalised):
            break
        end = token.end(1)
    sentence_end = text[end - 1] == "." and not _SHORT_FORM.search(text, start, end)
    return start, end - sentence_end


def _can_begin(word: str) -> bool:
    return word not in _NOT_NAMES and not _PARTICIPLE.match(word)


def _goes_on(word: str, capitalised: bool) -> bool:
    bare = word.lower().rstrip(".")
    if bare in _LINKS:
        return True
    if capitalised and not word[0].isupper():
        return False
    return bare not in _ENDERS
