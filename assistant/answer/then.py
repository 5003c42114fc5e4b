"""What an answer as of an earlier day may say: nothing that had not happened by then.

Documents go on being written after the day that they bear: a digest of an order of November also
tells that it was appealed in January. A sentence is left out when it names a later day; when it
names, by judge, docket or figure, what the timeline knows to be later; when it carries on, without
a day of its own, after a sentence of its paragraph that is left out for its day; and when its
heading or title is of a later day.
"""

from __future__ import annotations

from datetime import date

from assistant.models import Language, Passage, Sentence
from assistant.status import dates_in, first_day, known_on
from assistant.timeline import horizon, names_later


def known_by(passage: Passage, sentence: Sentence, day: date) -> bool:
    """Whether source and sentence speak of no day after the one that is asked about."""
    if not known_on(passage.source, day):
        return False
    if day >= horizon():
        return True  # a day that a document names beyond that is foreseen, not told
    language = passage.source.language
    if names_later(passage.source.title, language, day):
        return False
    if not said_by(passage.pinpoint, language, day) or not said_by(sentence.text, language, day):
        return False
    return bool(dates_in(sentence.text)) or not _carries_on(passage, sentence, day)


def said_by(text: str, language: Language, day: date) -> bool:
    """Whether a text could have been said on that day: it names nothing later."""
    if day >= horizon():
        return True
    return all(named <= day for named in dates_in(text)) and not names_later(text, language, day)


def _carries_on(passage: Passage, sentence: Sentence, day: date) -> bool:
    """Whether the last day named before a sentence in its paragraph is later than the day.

    Neither what is foreseen nor the month in which the source was last checked is an event.
    """
    place = sentence.start - passage.start
    named = dates_in(passage.text[max(passage.text.rfind("\n\n", 0, place), 0) : place])
    if not named or not day < named[-1] <= horizon():
        return False
    return named[-1].replace(day=1) != first_day(passage.source.as_of[:7])
