"""Personal details made by chance, and true to their rules: ranges, prefixes, check digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from assistant.models import Language
from evals.personal.cases import Kind

# What the fourth and fifth digits of an ITIN may be.
_ITIN_MIDDLES = [*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)]
_CENTERS = ["EAC", "VSC", "WAC", "LIN", "SRC", "MSC", "NBC", "YSC", "IOE"]
_AREAS = [
    "713",
    "832",
    "323",
    "213",
    "312",
    "773",
    "602",
    "305",
    "617",
    "212",
    "214",
    "404",
    "503",
    "206",
    "702",
    "559",
]
# Country code, digits of the area and of the rest, as people group them.
_ABROAD = (("52", (2, 4, 4)), ("502", (4, 4)), ("503", (4, 4)), ("504", (4, 4)), ("57", (3, 3, 4)))
_MONTHS = {
    Language.EN: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
    ],
    Language.ES: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
    ],
}
_HOSTS = ["gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "yahoo.com.mx"]


def digits(count: int, chance: Random) -> str:
    """So many digits, the first of them no zero."""
    return str(chance.randrange(10 ** (count - 1), 10**count))


def ssn(chance: Random) -> list[str]:
    """A Social Security number: no area 000, 666 or 9xx, no group 00, no serial 0000."""
    area = chance.choice([each for each in range(1, 900) if each != 666])
    return [f"{area:03}", f"{chance.randrange(1, 100):02}", f"{chance.randrange(1, 10_000):04}"]


def itin(chance: Random) -> list[str]:
    """An ITIN, in the ranges that are given out."""
    return [f"9{chance.randrange(100):02}", str(chance.choice(_ITIN_MIDDLES)), digits(4, chance)]


def a_number(chance: Random) -> list[str]:
    """An A-number of nine digits after its letter."""
    return [f"A{chance.randrange(200, 250)}", digits(3, chance), digits(3, chance)]


def receipt(chance: Random) -> list[str]:
    """A receipt number of an immigration office."""
    year = chance.randrange(18, 27)
    return [f"{chance.choice(_CENTERS)}{year}", digits(3, chance), digits(5, chance)]


def ein(chance: Random) -> list[str]:
    """An employer number."""
    return [digits(2, chance), digits(7, chance)]


def passport(chance: Random) -> list[str]:
    """A passport: a letter and eight digits."""
    return [chance.choice("GNCE") + digits(8, chance)]


def card(chance: Random) -> list[str]:
    """A card number whose last digit is right (Luhn)."""
    first, sizes = chance.choice([("4", (4, 4, 4, 4)), ("5", (4, 4, 4, 4)), ("37", (4, 6, 5))])
    body = first + digits(sum(sizes) - len(first) - 1, chance)
    return _grouped(body + _luhn_digit(body), sizes)


def _luhn_digit(body: str) -> str:
    doubled = [
        int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))
    ]
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def bank(chance: Random) -> list[str]:
    """A routing number whose last digit is right (ABA), or an account number."""
    if chance.random() < 0.5:
        return [digits(chance.choice([8, 10, 12]), chance)]
    body = f"{chance.randrange(1, 13):02}{chance.randrange(10**6):06}"
    total = sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 1) * 3, strict=False))
    return [body + str(-total % 10)]


def phone(chance: Random) -> list[str]:
    """A telephone of the United States, or of Mexico, Central America or Colombia."""
    if chance.random() < 0.65:
        return [chance.choice(_AREAS), "555", f"{chance.randrange(100, 200):04}"]
    country, sizes = chance.choice(_ABROAD)
    first = chance.choice(["55", "33"]) if country == "52" else digits(sizes[0], chance)
    return [f"+{country}", first, *(digits(size, chance) for size in sizes[1:])]


NUMBERS: dict[Kind, Callable[[Random], list[str]]] = {
    Kind.SSN: ssn,
    Kind.ITIN: itin,
    Kind.A_NUMBER: a_number,
    Kind.RECEIPT: receipt,
    Kind.EIN: ein,
    Kind.PASSPORT: passport,
    Kind.CARD: card,
    Kind.BANK: bank,
    Kind.PHONE: phone,
}


def email(parts: Any, language: Language, chance: Random) -> str:
    """An address at a host that many use, written or said."""
    user = f"{chance.choice('abcdejlmr')}{chance.choice(['.', '_', ''])}zamora{digits(2, chance)}"
    host = chance.choice(_HOSTS)
    at, dot = ("at", "dot") if language is Language.EN else ("arroba", "punto")
    said = f"{user} {at} {host.replace('.', f' {dot} ')}"
    return said if chance.random() < 0.3 else f"{user}@{host}"


def birth(parts: Any, language: Language, chance: Random) -> str:
    """A day in one of the orders of its language."""
    month, day, year = (
        chance.randrange(1, 11),
        chance.randrange(1, 29),
        chance.randrange(1950, 2016),
    )
    name = _MONTHS[language][month - 1]
    if language is Language.EN:
        forms = [f"{month}/{day}/{year}", f"{name} {day}, {year}", f"{day} {name} {year}"]
        forms += [f"{month:02}-{day:02}-{year % 100:02}", f"{name[:3]} {day} {year}"]
    else:
        forms = [f"{day}/{month}/{year}", f"{day} de {name} de {year}", f"{day} {name} {year}"]
        forms += [f"{day:02}-{month:02}-{year % 100:02}", f"{day} de {name} del {year}"]
    return chance.choice([*forms, f"{year}-{month:02}-{day:02}"])


def address(parts: Any, language: Language, chance: Random) -> str:
    """A street, a box or a road of the United States, or, in Spanish, of another country."""
    kind = chance.random()
    if kind < 0.2:
        return _filled(chance.choice(parts["boxes"]), chance)
    if language is Language.ES and kind < 0.6:
        return _filled(chance.choice(parts["calles"]), chance)
    street, suffix = chance.choice(parts["streets"]), chance.choice(parts["suffixes"])
    unit, town = chance.choice(parts["units"]), chance.choice(parts["towns"])
    line = f"{digits(chance.choice([3, 4]), chance)} {street} {suffix}{unit}{town}"
    # Small letters need a suffix that is no word of its own, or a town after it.
    return line.lower() if town and chance.random() < 0.3 else line


def name(parts: Any, language: Language, chance: Random) -> str:
    """A name with one or two family names, now and then in small letters or capitals."""
    written = f"{chance.choice(parts['given'])} {chance.choice(parts['family'])}"
    return chance.choice([written, written, written, written.lower(), written.upper()])


TEXTS: dict[Kind, tuple[str | None, Callable[[Any, Language, Random], str]]] = {
    Kind.EMAIL: (None, email),
    Kind.BIRTH: (None, birth),
    Kind.ADDRESS: ("addresses", address),
    Kind.NAME: ("names", name),
}


def _filled(form: str, chance: Random) -> str:
    while "{n}" in form:
        form = form.replace("{n}", digits(chance.choice([3, 4]), chance), 1)
    while "{d}" in form:
        form = form.replace("{d}", str(chance.randrange(2, 40)), 1)
    return form


def _grouped(number: str, sizes: Sequence[int]) -> list[str]:
    groups = []
    for size in sizes:
        groups.append(number[:size])
        number = number[size:]
    return groups
