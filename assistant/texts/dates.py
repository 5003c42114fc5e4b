"""Dates as each language writes them."""

from __future__ import annotations

from assistant.models import Language

_MONTHS = {
    Language.EN: "January February March April May June July August September October November "
    "December",
    Language.ES: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}


def months(language: Language) -> list[str]:
    """The names of the months, as running text has them."""
    return _MONTHS[language].split()


def say_date(language: Language, written: str) -> str:
    """``2026-07-28`` as July 28, 2026 or 28 de julio de 2026; months and years likewise."""
    year, *rest = written.split("-")
    if not rest:
        return year
    month = months(language)[int(rest[0]) - 1]
    day = str(int(rest[1])) if len(rest) > 1 else ""
    if language is Language.ES:
        return f"{day} de {month} de {year}" if day else f"{month} de {year}"
    return f"{month} {day}, {year}" if day else f"{month} {year}"
