"""How each service is asked for a text: paths made of checked numbers, and the files that come."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from assistant.corpus.fetch.answers import JSON, XML, ZIP, Asked, NotThere, Token
from assistant.corpus.fetch.archive import unpack
from assistant.corpus.fetch.asking import Caller
from assistant.corpus.fetch.catalogue import Host, Release, Text
from assistant.corpus.official.courtlistener import id_of
from assistant.corpus.official.dates import is_day
from assistant.corpus.official.facts import UnreadableFile, Wanted
from assistant.corpus.official.json_text import read_json
from assistant.corpus.official.text import section_key
from assistant.errors import ServiceError, SettingsError

TOKEN_VARIABLE = "COURTLISTENER_TOKEN"  # nosec B105
_TOKEN = re.compile(r"[A-Za-z0-9_.~+/=-]{8,200}")
_NUMBER = re.compile(r"[1-9]\d{0,11}")


@dataclass(frozen=True, slots=True)
class Brought:
    """Files to import together: each with its official address, and what is wanted of them."""

    files: tuple[tuple[Path, str], ...]
    wanted: Wanted


class Services:
    """Brings texts of every service into one folder."""

    def __init__(self, caller: Caller, folder: Path, release: Release) -> None:
        self._caller, self._folder, self._release = caller, folder, release

    def bring(self, texts: Sequence[Text]) -> Brought:
        """The files that hold these texts, which are all of one file.

        Raises:
            ServiceError: The service is away, refuses, or answers with something else.
            CorpusError: The disk has no room.
            SettingsError: The service needs a token, and there is none that can be used.
        """
        ways: dict[Host, Callable[[Sequence[Text]], Brought]] = {
            Host.CODE: self._sections,
            Host.REGULATIONS: self._regulation,
            Host.REGISTER: self._register,
            Host.COURTS: self._opinion,
        }
        return ways[texts[0].host](texts)

    def _sections(self, texts: Sequence[Text]) -> Brought:
        """A whole title of the Code, for the service gives no section alone as XML."""
        title = f"{texts[0].title:0>2}"
        point = self._release
        name = f"xml_usc{title}@{point}"
        asked = Asked(
            Host.CODE,
            f"/download/releasepoints/us/pl/{point.congress}/{point.law}/{name}.zip",
            ZIP,
            f"There may be no release point {point}: see "
            f"https://{Host.CODE}/download/priorreleasepoints.htm, and name one with --release.",
        )
        archive, file = self._folder / f"{name}.zip", self._folder / f"usc{title}.xml"
        self._caller.bring(asked, archive)
        unpack(archive, file.name, file)
        archive.unlink()
        return Brought(((file, asked.address),), Wanted(sections=_keys(texts)))

    def _regulation(self, texts: Sequence[Text]) -> Brought:
        (text,) = texts
        day = self._day(text.title)
        part = text.number.partition(".")[0]
        query = f"part={part}&section={quote(text.number, safe='')}"
        asked = Asked(
            Host.REGULATIONS,
            f"/api/versioner/v1/full/{day}/title-{text.title}.xml?{query}",
            XML,
            f"The section may have been removed or renumbered by {day}: look for it at "
            f"https://{Host.REGULATIONS}/current/title-{text.title}.",
        )
        file = self._brought(asked, f"{text.name}.xml")
        return Brought(((file, asked.address),), Wanted(sections=_keys(texts), as_of=day))

    def _day(self, title: str) -> str:
        """The day up to which a title of the C.F.R. is told."""
        day = self._days.get(title, "")
        if not day:
            what = f"{Host.REGULATIONS} does not tell up to which day title {title} is kept"
            raise ServiceError(f"{what}. Try again later.")
        return day

    @cached_property
    def _days(self) -> dict[str, str]:
        """The day of each title of the C.F.R., empty where it is none; asked for once."""
        asked = Asked(Host.REGULATIONS, "/api/versioner/v1/titles.json", JSON, "Try later.")
        titles = _object(self._brought(asked, "titles.json"), asked).get("titles")
        days = {}
        for each in titles if isinstance(titles, list) else ():
            if isinstance(each, dict):
                day = str(each.get("up_to_date_as_of") or "")
                days[str(each.get("number"))] = day if is_day(day) else ""
        return days

    def _register(self, texts: Sequence[Text]) -> Brought:
        (text,) = texts
        path = f"/api/v1/documents/{quote(text.number, safe='')}.json"
        absent = f"Look for its number at https://{Host.REGISTER}/."
        asked = Asked(Host.REGISTER, path, JSON, absent)
        file = self._brought(asked, f"{text.name}.json")
        found = str(_object(file, asked).get("document_number", ""))
        _same(found.upper(), text.number, asked)
        return Brought(((file, asked.address),), Wanted())

    def _opinion(self, texts: Sequence[Text]) -> Brought:
        """An opinion, and the cluster that tells its case and its day."""
        (text,) = texts
        token = read_token()
        number = text.number
        absent = f"Look for the case at https://{Host.COURTS}/; its address holds other numbers."
        asked = Asked(Host.COURTS, f"/api/rest/v4/opinions/{number}/", JSON, absent, token)
        file = self._brought(asked, f"{text.name}.json")
        opinion = _object(file, asked)
        _same(id_of(opinion, ""), number, asked)
        cluster = id_of(opinion, "cluster")
        if not _NUMBER.fullmatch(cluster):
            what = f"{Host.COURTS} does not tell which case opinion {number} belongs to"
            raise NotThere(f"{what}: {asked.address}. {absent}")
        of = Asked(Host.COURTS, f"/api/rest/v4/clusters/{cluster}/", JSON, absent, token)
        beside = self._brought(of, f"{text.name}-cluster.json")
        _same(id_of(_object(beside, of), ""), cluster, of)
        return Brought(((file, asked.address), (beside, of.address)), Wanted())

    def _brought(self, asked: Asked, name: str) -> Path:
        file = self._folder / name
        self._caller.bring(asked, file)
        return file


def read_token() -> Token:
    """The user's token to CourtListener, from the environment alone.

    Raises:
        SettingsError: There is none, or it is none.
    """
    value = os.environ.get(TOKEN_VARIABLE, "").strip()
    if not value:
        what = f"{Host.COURTS} gives opinions only to those who have an account"
        mend = f"Make a free one, and put its API token into the variable {TOKEN_VARIABLE}"
        raise SettingsError(f"{what}. {mend}.")
    if not _TOKEN.fullmatch(value):
        what = f"{TOKEN_VARIABLE} holds signs that no token has"
        raise SettingsError(f"{what} (it is not shown here). Copy it again from your profile page.")
    return Token(Host.COURTS, value)


def _keys(texts: Sequence[Text]) -> frozenset[str]:
    return frozenset(section_key(text.number) for text in texts)


def _object(file: Path, asked: Asked) -> dict[str, Any]:
    try:
        told = read_json(file)
    except UnreadableFile as error:
        raise ServiceError(f"{asked.address}: {error}") from error
    if not isinstance(told, dict):
        raise ServiceError(f"{asked.host} answers in an unknown form: {asked.address}. Try later.")
    return told


def _same(found: str, number: str, asked: Asked) -> None:
    if found != number:
        what = f"{asked.host} answers with another text than was asked for"
        raise ServiceError(f"{what}: {asked.address}. Nothing of it was taken. Try again later.")
