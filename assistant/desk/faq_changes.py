"""What changed since an earlier FAQ: questions, outcomes, sentences, and how sources stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from assistant.desk.faq_record import Kept, KeptEntry, KeptQuote, KeptSide, KeptSource
from assistant.desk.faq_suggested import same_wording
from assistant.models import Language
from assistant.texts import say
from assistant.texts.dates import say_date

_ALIKE = 0.6  # from here on two sentences of one document are one that was worded anew

# Whether a document still says a sentence, whatever an answer quotes of it.
StillSays = Callable[[Language, KeptQuote], bool]


class ChangeKind(StrEnum):
    """What can have changed; each has a text, ``faq.change_<name>``."""

    QUESTION_CAME = "question_came"
    QUESTION_WENT = "question_went"
    OUTCOME = "outcome"
    REWORDED = "reworded"
    GONE = "gone"
    CAME = "came"
    WENT = "went"
    EDITED = "edited"
    STANDING = "standing"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Change:
    """One change, worded for a reader; without a ``question`` it is about a source."""

    kind: ChangeKind
    text: str
    question: str = ""


def changes(old: Kept, new: Kept, language: Language, still_says: StillSays) -> tuple[Change, ...]:
    """Everything that differs, in a reader's language: question by question, then the sources.

    Sentences are compared as they were quoted, whatever an editor made of them since. What a
    source no longer says is told apart from what an answer merely no longer quotes.
    """
    return tuple((*_questions(old, new, language, still_says), *_sources(old, new, language)))


def by_question(found: Sequence[Change]) -> tuple[tuple[str, tuple[Change, ...]], ...]:
    """The changes of each question together; those of sources stand last, under no question."""
    groups = groupby(found, key=lambda change: change.question)
    return tuple((question, tuple(group)) for question, group in groups)


def earlier_entry(entry: KeptEntry, old: Kept) -> KeptEntry | None:
    """The entry that asked the same in an earlier FAQ."""
    mine = _wordings(entry)
    return next((each for each in old.entries if mine & _wordings(each)), None)


def _wordings(entry: KeptEntry) -> set[str]:
    asked = entry.wordings.values()
    return {same_wording(each) for each in (*asked, *(s.question for s in entry.sides.values()))}


def _questions(old: Kept, new: Kept, language: Language, still_says: StillSays) -> Iterator[Change]:
    met: list[KeptEntry] = []
    for entry in new.entries:
        earlier = earlier_entry(entry, old)
        question = _question(entry, language)
        if earlier is None:
            yield _change(ChangeKind.QUESTION_CAME, language, question)
        else:
            met.append(earlier)
            yield from _answers(earlier, entry, question, language, still_says)
    for entry in old.entries:
        if entry not in met:
            yield _change(ChangeKind.QUESTION_WENT, language, _question(entry, language))


def _question(entry: KeptEntry, language: Language) -> str:
    side = entry.sides.get(language) or next(iter(entry.sides.values()), None)
    return side.question if side else next(iter(entry.wordings.values()), "")


def _answers(
    old: KeptEntry, new: KeptEntry, question: str, language: Language, still_says: StillSays
) -> Iterator[Change]:
    if old.outcome is not new.outcome:
        before, after = (
            say(language, f"names.outcome_{each.outcome.value}") for each in (old, new)
        )
        yield _change(ChangeKind.OUTCOME, language, question, before=before, after=after)
    shared = [each for each in (language, *Language) if each in old.sides and each in new.sides]
    for spoken in dict.fromkeys(shared):
        # The other column says the same: it is heard only where this one did not change.
        sides = (old.sides[spoken], new.sides[spoken])
        found = tuple(_sides(*sides, question, language, _saying(still_says, spoken)))
        yield from found
        if found:
            return


def _saying(still_says: StillSays, spoken: Language) -> Callable[[KeptQuote], bool]:
    return lambda quote: still_says(spoken, quote)


def _sides(
    old: KeptSide,
    new: KeptSide,
    question: str,
    language: Language,
    said_still: Callable[[KeptQuote], bool],
) -> Iterator[Change]:
    went = [each for each in old.quotes if each.text not in {q.text for q in new.quotes}]
    came = [each for each in new.quotes if each.text not in {q.text for q in old.quotes}]
    only_left = [each for each in went if said_still(each)]
    for before in (each for each in went if each not in only_left):
        if (after := _likest(before, came)) is None:
            yield _change(ChangeKind.GONE, language, question, before=before.text)
        else:
            came.remove(after)
            texts = {"before": before.text, "after": after.text}
            yield _change(ChangeKind.REWORDED, language, question, **texts)
    for each in came:
        yield _change(ChangeKind.CAME, language, question, after=each.text)
    for each in only_left:
        yield _change(ChangeKind.WENT, language, question, before=each.text)
    if old.said is not None and new.said is None and (went or came):
        yield _change(ChangeKind.EDITED, language, question, before=" ".join(old.said))


def _likest(before: KeptQuote, came: Iterable[KeptQuote]) -> KeptQuote | None:
    """The new sentence of the same document that is this one worded anew."""
    scored = [
        (SequenceMatcher(None, before.text, after.text, autojunk=False).ratio(), after)
        for after in came
        if after.document == before.document
    ]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _ALIKE else None


def _sources(old: Kept, new: Kept, language: Language) -> Iterator[Change]:
    """How sources stand that both quote; those checked again on the same days are told in one."""
    again: dict[tuple[str, str], list[str]] = {}
    for name, source in new.sources.items():
        before = old.sources.get(name)
        if before is None or (before.status, before.as_of) == (source.status, source.as_of):
            continue
        if before.status is source.status:
            again.setdefault((before.as_of, source.as_of), []).append(_title(source, language))
        else:
            yield _standing(before, source, language)
    for (earlier, later), titles in again.items():
        yield _change(
            ChangeKind.CHECKED,
            language,
            titles=_listed(titles, language),
            before=say_date(language, earlier),
            after=say_date(language, later),
        )


def _standing(before: KeptSource, source: KeptSource, language: Language) -> Change:
    names = [say(language, f"names.status_{each.status.value}") for each in (before, source)]
    return _change(
        ChangeKind.STANDING,
        language,
        title=say(language, "faq.quoted_title", title=_title(source, language)),
        before=names[0],
        before_day=say_date(language, before.as_of),
        after=names[1],
        after_day=say_date(language, source.as_of),
    )


def _listed(titles: Sequence[str], language: Language) -> str:
    return "; ".join(say(language, "faq.quoted_title", title=title) for title in titles)


def _title(source: KeptSource, language: Language) -> str:
    return source.titles.get(language) or next(iter(source.titles.values()), "")


def _change(kind: ChangeKind, language: Language, question: str = "", **values: object) -> Change:
    return Change(kind, say(language, f"faq.change_{kind.value}", **values), question)
