"""The table of what was in force when: sound by itself, and every entry as the documents say."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.models import Language, Passage, Standing
from assistant.status import dates_in, first_day, known_on
from assistant.timeline import (
    Entry,
    EntryKind,
    Limit,
    entries,
    entries_before,
    in_force_on,
    names_later,
    next_after,
    standing_on,
)

EN, ES = Language.EN, Language.ES
MOU = "mou-2025-04-07-overview"
# No document published by then states these: digests of the time before were written later, a day
# that is not known is told by a later document, and some documents speak of a moment days later.
STATED_LATER = {
    "centro-suit",
    "requests-june",
    "mou-unsealed",
    "headline",
    "dhs-told",
}

by_id = pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.id)
in_both = pytest.mark.parametrize("language", Language)


class TestTheTableByItself:
    def test_it_is_in_the_order_of_days(self) -> None:
        starts = [entry.starts for entry in entries()]
        assert starts == sorted(starts)

    @by_id
    def test_nothing_ends_before_it_starts_or_is_confirmed_for_no_day(self, entry: Entry) -> None:
        assert entry.ends is None or entry.ends > entry.starts
        assert entry.confirmed >= entry.starts
        assert entry.ends is None or entry.confirmed >= entry.ends

    @by_id
    def test_only_orders_limit_anything(self, entry: Entry) -> None:
        assert entry.limits is None or entry.kind is EntryKind.ORDER

    @by_id
    @in_both
    def test_every_telling_pattern_can_be_read(self, entry: Entry, language: Language) -> None:
        for name in entry.names[language]:
            assert re.compile(name).search("") is None, name

    @by_id
    def test_telling_words_are_given_in_both_languages_or_in_none(self, entry: Entry) -> None:
        assert bool(entry.names[EN]) == bool(entry.names[ES])


@pytest.mark.parametrize(
    ("day", "holding", "following"),
    [
        ("2025-02-01", [], "ctr-suit"),
        ("2025-03-01", [], "centro-suit"),
        ("2025-03-25", ["tro-denied"], "agreement-signed"),
        ("2025-05-11", ["tro-denied", "agreement-signed"], "pi-denied"),
        ("2025-06-01", ["agreement-signed", "pi-denied", "centro-appealed"], "requests-june"),
        (
            "2025-10-15",
            ["agreement-signed", "pi-denied", "centro-appealed", "notice-order"],
            "record-filed",
        ),
        (
            "2025-12-15",
            ["agreement-signed", "pi-denied", "centro-appealed", "stay", "use-unbound"],
            "ice-statement",
        ),
        (
            "2026-02-12",
            [
                "agreement-signed",
                "pi-denied",
                "centro-appealed",
                "stay",
                "appeal-26-5006",
                "injunction",
            ],
            "appeal-brief",
        ),
        (
            "2026-11-22",
            [
                "agreement-signed",
                "stay",
                "appeal-26-5006",
                "injunction",
                "centro-affirmed",
                "ruling-42695",
            ],
            None,
        ),
    ],
)
def test_each_day_has_what_held_then(day: str, holding: list[str], following: str | None) -> None:
    asked = date.fromisoformat(day)
    assert [entry.id for entry in in_force_on(asked)] == holding
    after = next_after(asked)
    assert (after.id if after else None) == following


def test_an_entry_counts_from_its_first_day_and_no_longer_on_the_day_it_ends() -> None:
    first, last = date(2025, 3, 20), date(2025, 5, 12)
    assert "tro-denied" not in [entry.id for entry in entries_before(date(2025, 3, 19))]
    assert "tro-denied" in [entry.id for entry in in_force_on(first)]
    assert "tro-denied" not in [entry.id for entry in in_force_on(last)]
    assert "tro-denied" in [entry.id for entry in entries_before(last)]


def test_moments_are_never_in_force() -> None:
    kinds = {entry.kind for entry in in_force_on(date(2026, 11, 22))}
    assert kinds.isdisjoint({EntryKind.EVENT, EntryKind.REPORT})


@pytest.mark.parametrize(
    ("day", "limits"),
    [
        ("2025-11-20", set()),
        ("2025-11-21", {Limit.SHARING}),
        ("2026-02-04", {Limit.SHARING}),
        ("2026-02-05", {Limit.SHARING, Limit.USE}),
        ("2026-11-22", {Limit.SHARING, Limit.USE}),
    ],
)
def test_what_orders_limit_changes_with_each(day: str, limits: set[Limit]) -> None:
    held = {entry.limits for entry in in_force_on(date.fromisoformat(day))}
    assert held - {None} == limits


@pytest.mark.parametrize(
    ("document", "day", "standing"),
    [
        (MOU, "2025-04-06", None),
        (MOU, "2025-04-07", Standing.IN_EFFECT),
        (MOU, "2025-11-20", Standing.IN_EFFECT),
        (MOU, "2025-11-21", Standing.BLOCKED),
        ("court-centro-pi-denial-2025-05-12", "2025-05-20", None),
        ("court-centro-pi-denial-2025-05-12", "2025-12-15", Standing.PENDING),
        ("court-centro-pi-denial-2025-05-12", "2026-02-24", Standing.AFFIRMED),
        ("a-document-of-which-the-table-knows-nothing", "2026-02-24", None),
    ],
)
def test_a_document_stands_as_it_did_then(
    document: str, day: str, standing: Standing | None
) -> None:
    assert standing_on(document, date.fromisoformat(day)) is standing


@pytest.mark.parametrize(
    ("english", "spanish", "known_from"),
    [
        (
            "Two preliminary orders stood in the way of the MOU.",
            "Dos órdenes preliminares impedían el memorando.",
            "2026-02-05",
        ),
        (
            "The government appealed the Washington order as D.C. Circuit No. 26-5006.",
            "El gobierno apeló la orden de Washington como No. 26-5006.",
            "2026-01-13",
        ),
        (
            "The order that reached ICE's use came later, from Judge Talwani.",
            "La orden que alcanzó el uso de ICE vino después, de la jueza Talwani.",
            "2026-02-05",
        ),
        (
            "The D.C. Circuit held that the agreement is no final action.",
            "El Circuito de D.C. sostuvo que el acuerdo no es una acción final.",
            "2026-02-24",
        ),
        (
            "The figure 42,695 is about 90 percent of 47,289.",
            "La cifra de 42,695 es cerca del 90 por ciento de 47,289.",
            "2026-02-26",
        ),
        (
            "The Romo declaration does not name an exact count of errors.",
            "La declaración de Romo no da un número exacto de errores.",
            "2026-02-11",
        ),
        (
            "The IRS said less than 5 percent had incomplete addresses.",
            "El IRS dijo que menos del 5 por ciento tenía direcciones incompletas.",
            "2026-02-11",
        ),
        (
            "The inspector general's review examined the matching process.",
            "La revisión del inspector general examinó el proceso de comparación.",
            "2026-06-08",
        ),
        (
            "The IRS sent ICE 47,289 last known addresses.",
            "El IRS envió a ICE 47,289 últimas direcciones conocidas.",
            "2025-08-07",
        ),
    ],
)
@in_both
def test_telling_words_hold_a_sentence_back_until_its_day(
    english: str, spanish: str, known_from: str, language: Language
) -> None:
    text, first = english if language is EN else spanish, date.fromisoformat(known_from)
    assert names_later(text, language, date.fromordinal(first.toordinal() - 1))
    assert not names_later(text, language, first)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Section 6103(a) makes returns confidential.", EN),
        ("Publication 1075 tells agencies to report no later than 24 hours after.", EN),
        ("A tax transcript shows what the IRS has on file.", EN),
        ("The D.C. Circuit upheld a Ways and Means request.", EN),
        ("TIGTA reports on the security of IRS technology.", EN),
        ("La sección 6103(a) hace confidenciales las declaraciones.", ES),
        ("El comisionado actúa de acuerdo con los derechos del contribuyente.", ES),
        ("Una transcripción de impuestos muestra lo que tiene el IRS.", ES),
        ("El Circuito de D.C. confirmó una solicitud de Medios y Arbitrios.", ES),
    ],
)
def test_what_was_so_before_all_of_it_is_never_held_back(text: str, language: Language) -> None:
    assert not names_later(text, language, date(2024, 1, 1))


@by_id
@in_both
class TestEveryEntryInTheCorpus:
    def stating(
        self, entry: Entry, language: Language, passages: tuple[Passage, ...]
    ) -> list[tuple[Passage, str]]:
        stated = entry.stated[language]
        return [
            (passage, sentence.text)
            for passage in passages
            if passage.source.language is language and passage.source.id == stated.document
            for sentence in passage.sentences
            if stated.sentence.search(sentence.text)
        ]

    def test_one_sentence_states_it_and_its_day(
        self, entry: Entry, language: Language, whole_passages: tuple[Passage, ...]
    ) -> None:
        ((passage, sentence),) = self.stating(entry, language, whole_passages)
        # What an order left open is said on the day of the order, which the title gives.
        where = sentence if entry.id != "use-unbound" else passage.source.title
        assert entry.written in dates_in(where), where

    def test_its_document_reaches_the_day_up_to_which_it_is_confirmed(
        self, entry: Entry, language: Language, whole_passages: tuple[Passage, ...]
    ) -> None:
        ((passage, _),) = self.stating(entry, language, whole_passages)
        assert entry.confirmed <= first_day(passage.source.as_of)

    def test_it_was_published_by_then_where_a_document_was(
        self, entry: Entry, language: Language, whole_passages: tuple[Passage, ...]
    ) -> None:
        ((passage, _),) = self.stating(entry, language, whole_passages)
        if entry.id not in STATED_LATER:
            assert known_on(passage.source, entry.starts), passage.source.published

    def test_the_documents_that_it_leaves_standing_are_in_the_corpus(
        self, entry: Entry, language: Language, whole_passages: tuple[Passage, ...]
    ) -> None:
        held = {each.source.id for each in whole_passages if each.source.language is language}
        assert set(entry.standings) <= held


@in_both
def test_the_last_standing_is_the_one_that_the_front_matter_gives(
    language: Language, whole_passages: tuple[Passage, ...]
) -> None:
    today = date(2026, 11, 22)
    sources = {p.source.id: p.source for p in whole_passages if p.source.language is language}
    known = {each for entry in entries() for each in entry.standings}
    for name in known:
        assert standing_on(name, today) is sources[name].status, name
