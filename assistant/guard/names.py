"""Names given with words that say so, dates of birth, and e-mail addresses.

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
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+")
_SPOKEN_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+ ?(?:[(\[] ?(?:at|arroba) ?[)\]]|@| at | arroba ) ?"
    r"(?:gmail|hotmail|yahoo|outlook|icloud|live|aol|proton\w{0,4})"
    r"(?: ?\. ?| ?[(\[]? ?(?:dot|punto) ?[)\]]? ?)(?:com|es|mx|net|org)(?:\.mx)?\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|ene(?:ro)?|febrero|marzo|abr(?:il)?|"
    r"mayo|junio|julio|ago(?:sto)?|sept?iembre|octubre|noviembre|dic(?:iembre)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_BIRTH = re.compile(
    r"\b(?:born|birth ?day|birth ?date|date of birth|d\.?o\.?b|nac[ií](?:do|da)?|naci[oó]|"
    r"fecha de nac(?:imiento)?|cumplea[nñ]os|f\. ?nac)(?!\w)"
    r"(?:\.(?=[ :]{0,3}\d))?[^\d\n?!;.]{0,30}?"
    rf"(\d{{1,2}} ?[-/. ] ?\d{{1,2}} ?[-/. ] ?\d{{2,4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|"
    rf"\b{_MONTH} {_DAY}(?!\d)(?:,? (?:of )?\d{{4}})?|"
    rf"{_DAY} (?:de |of )?{_MONTH}(?:,? (?:de |del |of )?\d{{4}})?)(?!\d)",
    re.IGNORECASE,
)


def find_emails(text: str) -> list[Found]:
    """Every e-mail address of a folded text, written out or spelled with "at" and "arroba"."""
    return [
        Found(PersonalKind.EMAIL, *match.span())
        for pattern in (_EMAIL, _SPOKEN_EMAIL)
        for match in pattern.finditer(text)
    ]


def find_births(text: str) -> list[Found]:
    """Every full date that a word beside it calls a birth; a year alone stays."""
    return [Found(PersonalKind.DATE_OF_BIRTH, *match.span(1)) for match in _BIRTH.finditer(text)]


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
