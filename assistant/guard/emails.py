"""E-mail addresses, written out or said: "juan punto perez arroba gmail punto com"."""

from __future__ import annotations

import re

from assistant.guard.kinds import Found, PersonalKind, Reading

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+ ?@ ?[\w-]+(?: ?[.,] ?[\w-]+)(?:\.[\w-]+)*")
_HOSTS = (
    r"gmail|gmial|gamil|hotmail|yahoo|outlook|icloud|live|msn|aol|comcast|mail|correo|protonmail|"
    r"proton"
)
_DOT = r" ?[(\[{]? ?(?:\.|dot|punto) ?[)\]}]? ?"
_JOINT = r" (?:dot|punto|underscore|dash|guion bajo|gui[oó]n(?: bajo)?|raya(?: baja)?|plus|m[aá]s) "
_YEAR = r" \d{1,4}| [a-z]{3,9}a y [a-z]{3,6}| [a-z]{3,7}ty[- ][a-z]{3,5}"  # in words as well
_SAID = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,40}}(?:{_JOINT}[\w.+-]{{1,40}}(?:{_YEAR})?){{0,3}}"
    r"(?: ?[(\[{] ?(?:at|arroba|a|@) ?[)\]}] ?| ?@ ?| at | arroba )"
    rf"(?:(?:{_HOSTS}){_DOT}[a-z]{{2,4}}(?:{_DOT}[a-z]{{2}}\b)?|[\w-]{{1,30}} (?:dot|"
    rf"punto) [a-z]{{2,4}})\b",
    re.IGNORECASE,
)
_SAYING = frozenset({*_HOSTS.split("|"), "dot", "punto"})
# What is said to be one may have a space in it: "my email is m garcia at yahoo dot com".
_LABELLED = re.compile(
    r"\b(?:e-?mail|correo)(?: address| electr[oó]nico)?(?: is| es)?:? "
    rf"((?:[\w.+-]{{1,40}} ){{1,4}}(?:at|arroba) [\w-]{{1,30}}{_DOT}[a-z]{{2,4}}\b)",
    re.IGNORECASE,
)
# Without its end, an address of a host that everybody knows is an address all the same.
_CUT = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,60}} ?@ ?(?:{_HOSTS})\b", re.IGNORECASE)


def find_emails(reading: Reading) -> list[Found]:
    """Every e-mail address of a text, written out or spelled with "at" and "arroba"."""
    patterns = [_EMAIL, _CUT] if "@" in reading.text else []
    if reading.has(_SAYING):
        patterns += [_SAID, _LABELLED]
    return [
        Found(PersonalKind.EMAIL, *match.span(match.re.groups))
        for pattern in patterns
        for match in pattern.finditer(reading.text)
    ]
