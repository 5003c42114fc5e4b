"""What an editor made of an earlier answer, kept where the answer is still the same."""

from __future__ import annotations

from dataclasses import replace

from assistant.desk.faq import Entry, Side
from assistant.desk.faq_changes import earlier_entry
from assistant.desk.faq_edit import edited_answer
from assistant.desk.faq_record import Kept, KeptSide, kept_entry


def with_edits_of(entry: Entry, old: Kept) -> Entry:
    """The entry with the edits of the earlier one, in each language whose quotations are the same.

    Where they are not, the new answer stands as it was found: an edit may rest on what has gone.
    """
    earlier = earlier_entry(kept_entry(entry), old)
    if earlier is None:
        return entry
    sides = tuple(
        _carried(side, earlier.sides[side.language]) if side.language in earlier.sides else side
        for side in entry.sides
    )
    return replace(entry, sides=sides)


def _carried(side: Side, earlier: KeptSide) -> Side:
    worded = replace(
        side, question=earlier.question, asked_in=earlier.asked_in, reworded=earlier.reworded
    )
    same = [each.text for each in side.quoted] == [each.text for each in earlier.quotes]
    if not same or earlier.said is None:
        return worded
    return edited_answer(worded, "\n".join(earlier.said))
