"""Courts and agencies as the first page of their papers names them, and their own sites."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.corpus.official.text import folded


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued a paper, and where that office publishes its papers."""

    name: str
    site: str
    is_court: bool = True


_DISTRICTS = {
    "district of columbia": "dcd",
    "district of massachusetts": "mad",
    "district of maryland": "mdd",
    "southern district of new york": "nysd",
    "northern district of california": "cand",
}
_CIRCUITS = {
    "district of columbia": "cadc",
    "federal": "cafc",
    "first": "ca1",
    "second": "ca2",
    "third": "ca3",
    "fourth": "ca4",
    "fifth": "ca5",
    "sixth": "ca6",
    "seventh": "ca7",
    "eighth": "ca8",
    "ninth": "ca9",
    "tenth": "ca10",
    "eleventh": "ca11",
}
_SINGLE = {
    "supreme court of the united states": Issuer(
        "Supreme Court of the United States", "https://www.supremecourt.gov/opinions/"
    ),
    "united states tax court": Issuer("United States Tax Court", "https://www.ustaxcourt.gov/"),
    "united states court of federal claims": Issuer(
        "United States Court of Federal Claims", "https://www.uscfc.uscourts.gov/"
    ),
    "treasury inspector general for tax administration": Issuer(
        "Treasury Inspector General for Tax Administration", "https://www.tigta.gov/", False
    ),
    "government accountability office": Issuer(
        "Government Accountability Office", "https://www.gao.gov/", False
    ),
    "congressional research service": Issuer(
        "Congressional Research Service", "https://www.congress.gov/crs-products", False
    ),
    "joint committee on taxation": Issuer(
        "Joint Committee on Taxation", "https://www.jct.gov/", False
    ),
    "taxpayer advocate service": Issuer(
        "Taxpayer Advocate Service", "https://www.taxpayeradvocate.irs.gov/", False
    ),
}
_DISTRICT = re.compile(
    r"united states district court (?:for the )?(?P<place>[a-z .]{0,20}district of [a-z ]{4,14})"
)
_CIRCUIT = re.compile(
    r"united states court of appeals (?:for the )?(?P<place>[a-z ]{3,22}?) circuit"
)


def issuer_of(first_page: str) -> Issuer | None:
    """The issuer that a first page names earliest; None when it names none that is known."""
    text = folded(first_page).lower()
    found = [(text.index(name), issuer) for name, issuer in _SINGLE.items() if name in text]
    for match in (_CIRCUIT.search(text), _DISTRICT.search(text)):
        if match and (issuer := _of_place(match)):
            found.append((match.start(), issuer))
    return min(found, key=lambda each: each[0])[1] if found else None


def _of_place(match: re.Match[str]) -> Issuer | None:
    place = match["place"].strip()
    if match.re is _CIRCUIT:
        code = _CIRCUITS.get(place)
        name = f"United States Court of Appeals for the {_titled(place)} Circuit"
        return Issuer(name, f"https://www.{code}.uscourts.gov/") if code else None
    for district, code in _DISTRICTS.items():
        if place.startswith(district):
            name = f"United States District Court for the {_titled(district)}"
            return Issuer(name, f"https://www.{code}.uscourts.gov/")
    return None


def _titled(place: str) -> str:
    return " ".join(word if word == "of" else word.capitalize() for word in place.split())
