"""Which sections of a large file are taken, and what is told of those that are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches

from assistant.corpus.official.facts import Draft, Reading, UnreadableFile
from assistant.corpus.official.text import listed

MOST_UNASKED = 40  # sections that are imported without being named


class Selection:
    """Gathers the wanted sections of one file in their order."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._folded = {each.casefold() for each in wanted}
        self._named: set[str] = set()
        self._seen: Counter[str] = Counter()
        self._drafts: list[Draft] = []
        self._left_out: list[str] = []
        self._held: list[str] = []
        self._count = 0

    def numbered(self, id_: str) -> str:
        """The id itself, or with a number where the file has had it before: stable in a file."""
        self._seen[id_] += 1
        return id_ if self._seen[id_] == 1 else f"{id_}-{self._seen[id_]}"

    def wants(self, keys: Iterable[str]) -> bool:
        """Whether a section so numbered is wanted; "7213a" means § 7213A all the same."""
        keys = list(keys)
        self._held += keys
        if not self._wanted:
            return True
        exact = self._wanted.intersection(keys)
        loose = {
            each
            for each in self._wanted - exact
            if each.casefold() in {key.casefold() for key in keys}
        }
        self._named |= exact | loose
        return bool(exact | loose)

    def leave_out(self, told: str) -> None:
        """Notes a section that holds no law any more, or no text."""
        self._left_out.append(told)

    def take(self, draft: Draft) -> None:
        """Keeps a document; one too many, unasked, is only counted."""
        self._count += 1
        if self._wanted or self._count <= MOST_UNASKED:
            self._drafts.append(draft)

    def reading(self) -> Reading:
        """What was gathered.

        Raises:
            UnreadableFile: Nothing was named, and there is too much or nothing.
        """
        if not self._wanted and self._count > MOST_UNASKED:
            what = f"the file holds {self._count} sections that could be imported"
            first = " ".join(f"--section '{each}'" for each in self._held[:2])
            raise UnreadableFile(what, f"Name those you want, for example {first}")
        if not self._wanted and not self._drafts:
            what = "the file holds no section that could be imported"
            left = f": left out {listed(self._left_out)}" if self._left_out else ""
            raise UnreadableFile(what + left, "Check that it is the file you meant")
        notices = list(self._near())
        if self._left_out:
            notices.append(f"left out: {listed(self._left_out)}")
        return Reading(tuple(self._drafts), tuple(notices), frozenset(self._named))

    def _near(self) -> Iterable[str]:
        for name in sorted(self._wanted - self._named):
            if near := get_close_matches(name, self._held, n=3, cutoff=0.75):
                yield f"no section {name}; near it: {', '.join(near)}"
