"""What a reader must know beside an entry, worded in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.desk.faq import Brief, Entry, Side
from assistant.models import Citation, Language, Outcome, Standing
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.timeline import standing_on

# What holds needs no flag; everything else is said with its date.
_HOLDING = frozenset({Standing.IN_FORCE, Standing.IN_EFFECT, Standing.AFFIRMED})


class FlagKind(StrEnum):
    """Why an entry is flagged; each has a text, ``faq.flag_<name>``."""

    PARTIAL = "partial"
    ABSTAINED = "abstained"
    OUT_OF_SCOPE = "out_of_scope"
    BLOCKED = "blocked"
    CLARIFY = "clarify"
    REMOVED = "removed"
    ONE_WORDING = "one_wording"
    REWORDED = "reworded"
    EDITED = "edited"
    UNTWINNED = "untwinned"
    STANDING = "standing"
    STOOD = "stood"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to know about an entry in one language, and the quotation it is about."""

    kind: FlagKind
    text: str
    citations: tuple[Citation, ...] = field(default=())


def flags_of(entry: Entry, side: Side, brief: Brief) -> tuple[Flag, ...]:
    """Everything to know about one side of an entry, the most needed first."""
    return (
        *_about_answer(entry, side),
        *_about_question(entry, side),
        *_about_sources(side, brief),
        *(Flag(FlagKind.NOTE, note) for note in side.notes),
    )


def _about_answer(entry: Entry, side: Side) -> Iterator[Flag]:
    if entry.outcome is not Outcome.ANSWERED:
        yield _flag(FlagKind(entry.outcome.value), side.language)
    if side.edited:
        yield _flag(FlagKind.EDITED, side.language)
    if side.untwinned:
        yield _flag(FlagKind.UNTWINNED, side.language, count=side.untwinned)


def _about_question(entry: Entry, side: Side) -> Iterator[Flag]:
    language = side.language
    if side.asked_in is not language:
        named = say(language, f"faq.named_{side.asked_in.value}")
        yield _flag(FlagKind.ONE_WORDING, language, given=named)
    if side.reworded:
        wording = entry.asked.wordings.get(language, "")
        yield _flag(FlagKind.REWORDED, language, wording=wording)
    if entry.removed:
        kinds = ", ".join(say(language, f"guard.kind_{kind.value}") for kind in entry.removed)
        yield _flag(FlagKind.REMOVED, language, kinds=kinds)


def _about_sources(side: Side, brief: Brief) -> Iterator[Flag]:
    """One flag a document whose standing is not simply that it holds."""
    told: set[str] = set()
    for citation in (each for said in side.said for each in said.citations):
        source = citation.passage.source
        status: Standing | None = source.status
        kind, day = FlagKind.STANDING, source.as_of
        if brief.earlier_day:
            # Today's status is of no use for a day before it; the timeline knows some of that day.
            status = standing_on(source.id, brief.as_of)
            kind, day = FlagKind.STOOD, brief.as_of.isoformat()
        if status and status not in _HOLDING and source.id not in told:
            told.add(source.id)
            text = say(
                side.language,
                f"faq.flag_{kind.value}",
                status=say(side.language, f"names.status_{status.value}"),
                day=say_date(side.language, day),
            )
            yield Flag(kind, text, (citation,))


def _flag(kind: FlagKind, language: Language, **values: object) -> Flag:
    return Flag(kind, say(language, f"faq.flag_{kind.value}", **values))
