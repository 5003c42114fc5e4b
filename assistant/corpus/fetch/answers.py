"""What a service answered, judged by its head: go on, follow, wait, or say what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from assistant.corpus.fetch.catalogue import Host
from assistant.errors import ServiceError

_MOVED = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({429, 503})
_PAGE = "text/html"


class NotThere(ServiceError):
    """The service works and has no such text; others may be asked of it."""


class AskLater(ServiceError):
    """The service asks to be left alone for some time.

    Attributes:
        seconds: How long it says; None when it does not.
        overloaded: Whether that is passing trouble of its own, not a limit of ours.
    """

    def __init__(self, what: str, seconds: float | None, overloaded: bool) -> None:
        super().__init__(what)
        self.seconds, self.overloaded = seconds, overloaded


@dataclass(frozen=True, slots=True)
class Form:
    """What a body must be: how it is named, its media types, the most bytes, and seconds for it."""

    name: str
    types: frozenset[str]
    most: int
    seconds: float


ZIP = Form(
    "a zip archive",
    frozenset(["application/zip", "application/x-zip-compressed", "application/octet-stream"]),
    most=100 << 20,
    seconds=900,
)
XML = Form("XML", frozenset(["application/xml", "text/xml"]), most=20 << 20, seconds=120)
JSON = Form("JSON", frozenset(["application/json"]), most=30 << 20, seconds=120)


@dataclass(frozen=True, slots=True)
class Token:
    """A user's own key to one host; it is never shown, and goes to that host alone."""

    host: Host
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a path made by our own code, and what is to be said if it is not there."""

    host: Host
    path: str
    form: Form
    absent: str
    token: Token | None = None

    @property
    def address(self) -> str:
        """Where it stands, for a reader."""
        return f"https://{self.host}{self.path}"


@dataclass(frozen=True, slots=True)
class Head:
    """The status and the headers of an answer."""

    status: int
    headers: dict[str, str]

    def __init__(self, status: int, headers: Sequence[tuple[bytes, bytes]]) -> None:
        named = {name.decode("latin-1").lower(): value for name, value in headers}
        told = {name: value.decode("latin-1") for name, value in named.items()}
        object.__setattr__(self, "status", status)
        object.__setattr__(self, "headers", told)


def next_place(asked: Asked, here: tuple[Host, str], head: Head) -> tuple[Host, str] | None:
    """Host and path to follow to; None when the answer is here.

    Raises:
        ServiceError: It leads away from the official hosts, or is no answer with a body.
    """
    host, path = here
    if head.status in _MOVED:
        return _followed(host, path, head.headers.get("location", ""))
    if head.status != 200:
        raise _refusal(asked, host, head)
    _check_body(asked, host, head)
    return None


def _followed(host: Host, path: str, location: str) -> tuple[Host, str]:
    try:
        if not location.isascii() or not location.isprintable() or " " in location:
            raise ValueError(location)
        to = urlsplit(urljoin(f"https://{host}{path}", location))
        well = to.scheme == "https" and to.port in {None, 443} and not to.username
        onward = Host(to.hostname or "") if well and location else None
    except ValueError:
        onward = None
    if onward is None:
        what = f"{host} leads on to a place that is no official service over https: not followed"
        raise ServiceError(f"{what}. Try again later, and tell us if it stays so.")
    return onward, (to.path or "/") + (f"?{to.query}" if to.query else "")


def _refusal(asked: Asked, host: Host, head: Head) -> ServiceError:
    status = f"HTTP {head.status}"
    if head.status in {400, 404, 410}:
        said = "does not understand the request" if head.status == 400 else "has no such text"
        return NotThere(f"{host} {said} ({status}): {asked.address}. {asked.absent}")
    if head.status in {401, 403} and asked.token:
        what = f"{host} does not accept the token in COURTLISTENER_TOKEN ({status})"
        return ServiceError(f"{what}. Check it on your profile page there.")
    if head.status in _LATER:
        return _later(host, head)
    if head.status in {401, 403}:
        what = f"{host} refuses the request ({status})"
        return ServiceError(f"{what}. It may not serve this network; download the text by hand.")
    return ServiceError(f"{host} answers with an error ({status}). Try again later.")


def _later(host: Host, head: Head) -> AskLater:
    seconds = _seconds_told(head.headers)
    when = "later" if seconds is None else f"in {_spoken(seconds)}"
    if head.status == 429:
        what = f"{host} has had as many requests as it allows (HTTP 429)"
        return AskLater(f"{what}. Try again {when}.", seconds, overloaded=False)
    return AskLater(f"{host} is busy (HTTP 503). Try again {when}.", seconds, overloaded=True)


def _seconds_told(headers: dict[str, str]) -> float | None:
    """How long to wait by ``Retry-After``: a number, or a day and hour set against ``Date``."""
    told = headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        return max(0.0, (_moment(told) - _moment(headers.get("date", ""))).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def _moment(text: str) -> datetime:
    moment = parsedate_to_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _spoken(seconds: float) -> str:
    whole = max(1, round(seconds))
    if whole < 120:
        return f"{whole} s"
    minutes = -(-whole // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"


def _check_body(asked: Asked, host: Host, head: Head) -> None:
    form = asked.form
    kind = head.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _PAGE:
        what = f"{host} answers with a web page instead of {form.name}: {asked.address}"
        raise NotThere(f"{what}. {asked.absent}")
    if kind and kind not in form.types:
        what = f"{host} answers with '{printable(kind)}' instead of {form.name}: {asked.address}"
        raise ServiceError(f"{what}. Try again later, or download the text by hand.")
    coding = head.headers.get("content-encoding", "").strip().lower()
    if coding not in {"", "identity"}:
        what = f"{host} answers compressed ('{printable(coding)}'), which was not asked for"
        raise ServiceError(f"{what}. Try again later, or download the text by hand.")
    length = head.headers.get("content-length", "")
    if length.isdigit() and int(length[:18]) > form.most:
        raise too_much(asked, host)


def too_much(asked: Asked, host: Host) -> ServiceError:
    """What is said of a body beyond all bounds."""
    what = f"{host} sends more than {asked.form.most >> 20} MB, more than any such text has"
    return ServiceError(f"{what}: {asked.address}. Download it by hand, and look at what it is.")


def printable(text: str) -> str:
    """The beginning of what a service said, without anything that a terminal would obey."""
    return "".join(sign for sign in text[:60] if sign.isascii() and sign.isprintable())
