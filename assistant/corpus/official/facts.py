"""What an importer hands on: the document that is to be, and what was left out of it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.corpus.shape import Shelf
from assistant.errors import UsageError
from assistant.models import Basis, Kind, Standing


class UnreadableFile(UsageError):
    """A file that cannot be imported; its message has no file name, and begins in lower case.

    Attributes:
        where: The line of the file, or its page, where that is known; empty otherwise.
    """

    def __init__(self, what: str, mend: str, where: str = "") -> None:
        super().__init__(f"{what}. {mend}.")
        self.where = where


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A place that can be cited, and its paragraphs in the words of the official text."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An official text ready to be written as a document of ours.

    ``citation`` names the edition as well (a release point, a day of the eCFR): answers show it.
    """

    id: str
    shelf: Shelf
    title: str
    kind: Kind
    citation: str
    publisher: str
    url: str
    published: str
    as_of: str
    pinpoints: tuple[Pinpoint, ...]
    status: Standing = Standing.IN_FORCE
    basis: Basis = Basis.PRIMARY
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave: documents to be, notices for the user, and the sections it has by name.

    ``named`` are the sections asked for that the file holds, whether or not they could be taken.
    """

    drafts: tuple[Draft, ...]
    notices: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user says beside the file: which sections, and what the file itself does not tell.

    ``sections`` are as ``section_key`` gives them; none means all.
    """

    sections: frozenset[str] = frozenset()
    as_of: str = ""
    title: str = ""
    citation: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
