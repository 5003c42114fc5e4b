"""The timeline with its proof: each entry beside its sentence, and what held on every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from ui_fakes import CORPUS, FakeAssistant

from assistant.desk.chronicle import chronicle, spans
from assistant.models import Language
from assistant.timeline import entries, horizon, in_force_on
from assistant.verify.quotes import source_reader

PARTS = FakeAssistant().index().languages
in_both = pytest.mark.parametrize("language", Language)


@in_both
def test_every_entry_is_told_with_a_sentence_of_its_document(language: Language) -> None:
    told = chronicle(PARTS[language], source_reader(CORPUS))
    assert [each.entry for each in told] == list(entries())
    assert [each.number for each in told] == list(range(1, len(told) + 1))
    for each in told:
        stated = each.entry.stated[language]
        assert each.quote.passage.source.id == stated.document
        assert each.quote.passage.source.language is language
        assert stated.sentence.search(each.quote.quote)


def test_an_entry_whose_sentence_is_gone_is_left_out_and_no_number_moves() -> None:
    reads = source_reader(CORPUS)

    def altered(path: str) -> str | None:
        text = reads(path)
        return text and text.replace(
            "filed the Centro complaint on", "began the lawsuit, Centro, on"
        )

    told = chronicle(PARTS[Language.EN], altered)
    assert len(told) == len(entries()) - 1
    assert "centro-suit" not in [each.entry.id for each in told]
    assert [each.number for each in told][:2] == [1, 3]


def test_the_spans_say_of_every_day_what_was_in_force_on_it() -> None:
    table = spans()
    assert [each.starts for each in table] == sorted({each.starts for each in table})
    assert all(one.names != other.names for one, other in zip(table, table[1:], strict=False))
    day = entries()[0].starts
    while day <= horizon():
        (*_, span) = [each for each in table if each.starts <= day]
        assert span.names == tuple(each.id for each in in_force_on(day)), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2025, 2, 17), ()),
        (date(2025, 4, 7), ("tro-denied", "agreement-signed")),
        (date(2025, 5, 12), ("agreement-signed", "pi-denied")),
    ],
)
def test_a_span_begins_on_the_day_of_the_change(day: date, names: tuple[str, ...]) -> None:
    assert next(each.names for each in spans() if each.starts == day) == names
