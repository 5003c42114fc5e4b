"""The documents as the library finds them: by shelf, kind, standing, year and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from assistant.corpus.shape import Shelf
from assistant.models import Hit, Kind, Passage, Source, Standing

EARLIER = "earlier"
_YEARS_NAMED = 2  # the newest years have a choice of their own, all before share one


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for; None and the empty year mean that it does not matter."""

    shelf: Shelf | None = None
    kind: Kind | None = None
    standing: Standing | None = None
    year: str = ""
    words: str = ""

    @property
    def everything(self) -> bool:
        """Whether nothing was chosen and nothing searched."""
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was found, with the passages that the words were found in, best first."""

    source: Source
    passages: tuple[Passage, ...] = ()


def sources_of(passages: Iterable[Passage]) -> dict[str, Source]:
    """The documents of one language by their ids."""
    return {passage.source.id: passage.source for passage in passages}


def shelf_of(source: Source) -> Shelf:
    """The shelf that a document stands on."""
    return Shelf(PurePosixPath(source.path).parts[1])


def years(sources: Iterable[Source]) -> tuple[str, ...]:
    """The years to choose from: the newest ones, then `EARLIER` for all before them."""
    named = sorted({source.published[:4] for source in sources}, reverse=True)
    return (*named[:_YEARS_NAMED], EARLIER) if len(named) > _YEARS_NAMED else tuple(named)


def chosen(sources: Sequence[Source], wanted: Wanted) -> tuple[Source, ...]:
    """The documents that fit what is wanted apart from its words, the newest first."""
    named = {year for year in years(sources) if year != EARLIER}
    fitting = [
        source
        for source in sources
        if wanted.shelf in (None, shelf_of(source))
        and wanted.kind in (None, source.kind)
        and wanted.standing in (None, source.status)
        and _of_year(source, wanted.year, named)
    ]
    return tuple(sorted(fitting, key=lambda source: (source.published, source.id), reverse=True))


def by_shelf(sources: Iterable[Source]) -> dict[Shelf, tuple[Source, ...]]:
    """The documents of each shelf that has any, the shelves in their fixed order."""
    held = list(sources)
    shelves = {shelf: tuple(each for each in held if shelf_of(each) is shelf) for shelf in Shelf}
    return {shelf: found for shelf, found in shelves.items() if found}


def found_among(sources: Sequence[Source], hits: Sequence[Hit], words: str) -> tuple[Found, ...]:
    """What the words were found in: titles that hold them all first, then texts, best first."""
    passages: dict[str, list[Passage]] = {}
    for hit in hits:
        passages.setdefault(hit.passage.source.id, []).append(hit.passage)
    asked = words.casefold().split()
    titled = [
        source for source in sources if all(word in source.title.casefold() for word in asked)
    ]
    ids = dict.fromkeys([*(source.id for source in titled), *passages])
    held = {source.id: source for source in sources}
    return tuple(Found(held[id_], tuple(passages.get(id_, ()))) for id_ in ids if id_ in held)


def _of_year(source: Source, year: str, named: set[str]) -> bool:
    if year == EARLIER:
        return source.published[:4] not in named
    return year in ("", source.published[:4])
