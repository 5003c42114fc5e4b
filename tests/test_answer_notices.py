"""What a reader must know beside the answer is said, in the language of the answer, once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from fakes import chosen_from, make_part, make_passage, make_source

from assistant.answer.compose import compose
from assistant.answer.cues import Cue
from assistant.answer.notices import Circumstances, notices_for, outcome_text
from assistant.models import (
    Audience,
    Kind,
    Language,
    Outcome,
    Passage,
    Question,
    Standing,
)
from assistant.service import Assistant
from assistant.status import dates_in
from assistant.texts import say
from assistant.texts.dates import say_date

EN, ES = Language.EN, Language.ES
TODAY = date(2026, 11, 22)
STATE = "Two orders hold. The first stops the IRS. The second stops ICE. A fourth sentence."


def passage(name: str = "doc", language: Language = EN, **facts: Any) -> Passage:
    source = make_source(name, language, **facts)
    return make_passage("One thing is known.", source, questions=("What is known?",))


def status_page(language: Language = EN, published: str = "2026-07-28") -> Passage:
    """The document that follows the court orders."""
    source = make_source("court-status-today", language, published=published)
    return make_passage(STATE, source, questions=("Which orders hold?",))


def notices(
    quoted: Sequence[Passage],
    language: Language = EN,
    *,
    cues: frozenset[Cue] = frozenset(),
    outcome: Outcome = Outcome.ANSWERED,
    all_stand: bool = True,
    as_of: date = TODAY,
    text: str = "What is known?",
    documents: Sequence[Passage] | None = None,
) -> tuple[str, ...]:
    chosen = [each for passage in quoted for each in chosen_from(passage, 0)]
    about = Circumstances(
        question=Question(text, text, language, Audience.PUBLIC, as_of),
        outcome=outcome,
        citations=compose(chosen).citations,
        cues=cues,
        all_stand=all_stand,
        earlier_day=as_of < TODAY,
    )
    known = documents if documents is not None else [status_page(language)]
    return notices_for(about, make_part(known or [passage()], language))


@pytest.mark.parametrize(
    ("checked", "told"),
    [
        ("2026-12-23", False),
        ("2026-12-24", True),
        ("2027", True),
        ("2027-01", True),
        ("2026", False),
        ("2026-11-22", False),
    ],
)
def test_a_clock_that_is_far_behind_the_documents_is_told(checked: str, told: bool) -> None:
    said = notices([passage(as_of="2026-07-28")], documents=[passage("late", as_of=checked)])
    assert [each for each in said if "clock" in each] == ([said[0]] if told else [])
    if told:
        assert "The date of this machine is November 22, 2026" in said[0]
        assert say_date(EN, checked) in said[0]


def test_a_day_that_was_asked_for_is_no_wrong_clock() -> None:
    late = [passage("late", as_of="2027-06-01")]
    said = notices([passage()], documents=late, as_of=date(2025, 12, 1))
    assert not [each for each in said if "clock" in each]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (EN, "The sources quoted were last checked on July 28, 2026. Later events may be missing."),
        (ES, "28 de julio de 2026"),
    ],
)
def test_the_day_that_the_sources_reach_is_said(language: Language, expected: str) -> None:
    (notice,) = notices([passage(language=language)], language)
    assert expected in notice


@pytest.mark.parametrize(
    ("language", "oldest", "newest"),
    [(EN, "March 2025", "July 28, 2026"), (ES, "marzo de 2025", "28 de julio de 2026")],
)
def test_where_the_sources_differ_the_whole_range_is_said(
    language: Language, oldest: str, newest: str
) -> None:
    quoted = [passage("one", language), passage("two", language, as_of="2025-03")]
    (notice,) = notices(quoted, language)
    assert notice == say(language, "answers.notice_as_of_range", oldest=oldest, newest=newest)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("status", Standing)
def test_a_source_that_does_not_simply_hold_is_marked(status: Standing, language: Language) -> None:
    holding = {Standing.IN_FORCE, Standing.IN_EFFECT, Standing.AFFIRMED}
    told = notices([passage(language=language, status=status)], language)
    marked = [notice for notice in told if "[1]" in notice]
    if status in holding:
        assert marked == []
    else:
        (notice,) = marked
        assert say(language, f"names.status_{status.value}") in notice


def test_a_document_is_marked_once_by_its_first_number() -> None:
    source = make_source("doc", status=Standing.BLOCKED)
    twice = make_passage("One thing. Another thing.", source)
    told = notices([passage("first"), twice, twice])
    assert [("[2]" in each, "[3]" in each) for each in told] == [(True, False), (False, False)]


class TestTheOrders:
    @pytest.mark.parametrize("language", Language)
    @pytest.mark.parametrize(
        ("facts", "cues", "told"),
        [
            ({"kind": Kind.COURT}, frozenset(), True),
            ({"kind": Kind.AGREEMENT}, frozenset(), True),
            ({"kind": Kind.STATUTE}, frozenset(), False),
            ({"kind": Kind.GUIDE}, frozenset(), False),
            ({"kind": Kind.GUIDE}, frozenset({Cue.AGREEMENT}), True),
        ],
    )
    def test_they_are_told_where_the_answer_touches_them(
        self, language: Language, facts: dict[str, Any], cues: frozenset[Cue], told: bool
    ) -> None:
        said = notices([passage(language=language, **facts)], language, cues=cues)
        assert any("Two orders hold." in notice for notice in said) is told

    def test_they_are_told_in_the_first_three_sentences_of_their_document(self) -> None:
        said = notices([passage(kind=Kind.COURT)])[0]
        quote = "Two orders hold. The first stops the IRS. The second stops ICE."
        assert said == say(
            EN,
            "answers.notice_orders",
            day="July 28, 2026",
            title="Title of court-status-today",
            quote=quote,
        )

    def test_without_an_answer_nothing_is_told(self) -> None:
        assert notices([], cues=frozenset({Cue.AGREEMENT}), outcome=Outcome.ABSTAINED) == ()

    def test_without_their_document_nothing_is_told(self) -> None:
        (said,) = notices([passage(kind=Kind.COURT)], documents=[])
        assert "Two orders hold." not in said

    def test_before_their_document_was_published_nothing_is_told(self) -> None:
        early = notices([passage(kind=Kind.COURT)], as_of=date(2026, 7, 27))
        assert not any("Two orders hold." in notice for notice in early)
        late = notices([passage(kind=Kind.COURT)], as_of=date(2026, 7, 28))
        assert any("Two orders hold." in notice for notice in late)

    @pytest.mark.parametrize("language", Language)
    def test_in_the_corpus_they_are_quoted_to_the_letter(
        self, language: Language, shared_assistant: Assistant
    ) -> None:
        part = shared_assistant.index().languages[language]
        (court,) = [each for each in part.passages if each.source.id == "court-status-today"][:1]
        chosen = chosen_from(court, 0)
        question = Question("?", "?", language, Audience.PUBLIC, TODAY)
        cues = frozenset({Cue.AGREEMENT})
        about = Circumstances(
            question, Outcome.ANSWERED, compose(chosen).citations, cues, True, False
        )
        said = notices_for(about, part)[0]
        file = shared_assistant.settings.corpus / court.source.path
        (quote,) = re.findall("[“«](.+)[”»]$", said)
        assert quote.count(".") >= 2
        assert quote in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", Language)
class TestTheRest:
    def test_an_answer_to_a_part_says_so(self, language: Language) -> None:
        said = notices([passage(language=language)], language, outcome=Outcome.PARTIAL)
        assert said[0] == say(language, "answers.notice_partial")

    def test_a_document_that_changed_meanwhile_is_told(self, language: Language) -> None:
        said = notices([passage(language=language)], language, all_stand=False)
        assert said[0] == say(language, "answers.notice_changed")

    def test_an_earlier_day_is_told_by_its_date(self, language: Language) -> None:
        said = notices([passage(language=language)], language, as_of=date(2025, 6, 1))
        day = "June 1, 2025" if language is EN else "1 de junio de 2025"
        assert said[0] == say(language, "answers.notice_then", day=day)

    def test_a_number_with_changed_digits_is_taken_as_meant_and_told(
        self, language: Language
    ) -> None:
        said = notices([passage(language=language)], language, text="section 6013")
        assert said[0] == say(language, "answers.notice_near_miss", meant="6103")

    def test_a_plain_answer_of_today_has_only_its_date(self, language: Language) -> None:
        assert len(notices([passage(language=language)], language)) == 1

    @pytest.mark.parametrize("outcome", [Outcome.ABSTAINED, Outcome.OUT_OF_SCOPE])
    def test_an_outcome_without_answer_has_its_own_text(
        self, language: Language, outcome: Outcome
    ) -> None:
        text = outcome_text(outcome, language)
        assert len(text) > 40
        other = outcome_text(outcome, EN if language is ES else ES)
        assert text != other


def test_the_two_outcomes_without_answer_are_told_apart() -> None:
    assert outcome_text(Outcome.ABSTAINED, EN) != outcome_text(Outcome.OUT_OF_SCOPE, EN)


@pytest.mark.parametrize("language", Language)
class TestAsOfAnEarlierDay:
    """The timeline speaks where the document that follows the orders was not published yet."""

    STAY = {
        EN: "The order of November 21, 2025 stopped the IRS from giving addresses.",
        ES: "La orden del 21 de noviembre de 2025 impidió que el IRS diera direcciones.",
    }
    DAY = date(2025, 12, 15)

    def stay(self, language: Language) -> Passage:
        name = "court-ctr-irs-stay-2025-11-21"
        source = make_source(name, language, kind=Kind.COURT, published="2025-11-21")
        return make_passage(self.STAY[language], source, questions=("Is it blocked?",))

    def test_the_order_that_held_is_quoted_with_its_document(self, language: Language) -> None:
        stay = self.stay(language)
        said = notices(
            [passage(language=language, kind=Kind.COURT)],
            language,
            as_of=self.DAY,
            documents=[stay, status_page(language)],
        )
        quoted = say(language, "answers.quoted", quote=self.STAY[language], title=stay.source.title)
        day = "December 15, 2025" if language is EN else "15 de diciembre de 2025"
        assert said[1] == say(language, "answers.notice_orders_sharing", day=day, quotes=quoted)

    def test_an_order_that_the_answer_shows_is_not_quoted_again(self, language: Language) -> None:
        stay = self.stay(language)
        said = notices([stay], language, as_of=self.DAY, documents=[stay])
        assert not any(self.STAY[language] in notice for notice in said)
        assert any(("was blocked" if language is EN else "bloqueado") in each for each in said)

    def test_before_any_order_none_is_told(self, language: Language) -> None:
        said = notices(
            [passage(language=language, kind=Kind.COURT)],
            language,
            as_of=date(2025, 6, 1),
            documents=[self.stay(language)],
        )
        day = "June 1, 2025" if language is EN else "1 de junio de 2025"
        assert said[1] == say(language, "answers.notice_no_order", day=day, quotes="").strip()

    @pytest.mark.parametrize("as_of", [date(2024, 1, 1), date(2026, 3, 1)])
    def test_of_a_time_that_the_documents_do_not_tell_nothing_is_said(
        self, as_of: date, language: Language
    ) -> None:
        quoted = [passage(language=language, kind=Kind.COURT, published="2020-01-01")]
        assert len(notices(quoted, language, as_of=as_of, documents=[self.stay(language)])) == 1

    @pytest.mark.parametrize(
        ("document", "as_of", "told"),
        [
            ("mou-2025-04-07-overview", date(2025, 6, 1), None),
            ("mou-2025-04-07-overview", date(2026, 3, 1), Standing.BLOCKED),
            ("court-ctr-irs-appeal-26-5006", date(2026, 3, 1), Standing.PENDING),
            ("news-of-which-the-table-knows-nothing", date(2026, 3, 1), None),
        ],
    )
    def test_a_source_is_marked_as_it_stood_then_or_not_at_all(
        self, document: str, as_of: date, told: Standing | None, language: Language
    ) -> None:
        quoted = passage(document, language, status=Standing.BLOCKED)
        said = notices([quoted], language, as_of=as_of)
        marked = [each for each in said if "[1]" in each]
        if told is None:
            assert marked == []
        else:
            day = "March 1, 2026" if language is EN else "1 de marzo de 2026"
            status = say(language, f"names.status_{told.value}")
            assert marked == [
                say(language, "answers.notice_stood", number=1, status=status, day=day)
            ]

    def test_no_later_day_is_named(self, language: Language) -> None:
        said = notices(
            [passage(language=language, kind=Kind.COURT, status=Standing.BLOCKED)],
            language,
            as_of=self.DAY,
            documents=[self.stay(language), status_page(language)],
        )
        assert all(day <= self.DAY for notice in said for day in dates_in(notice))


@pytest.mark.parametrize("language", Language)
class TestAQuestionAboutNow:
    NOW = frozenset({Cue.NOW})

    def told(self, language: Language, **asked: Any) -> list[str]:
        said = notices([passage(language=language, kind=Kind.COURT)], language, **asked)
        words = "confirm the order" if language is EN else "confirman la orden"
        return [notice for notice in said if words in notice]

    def test_is_told_up_to_when_the_orders_are_confirmed(self, language: Language) -> None:
        (notice,) = self.told(language, cues=self.NOW)
        assert dates_in(notice) == [date(2026, 7, 28), date(2026, 7, 21)]

    def test_is_told_nothing_of_it_on_a_day_that_is_confirmed(self, language: Language) -> None:
        assert self.told(language, cues=self.NOW, as_of=date(2026, 7, 28)) == []

    def test_other_questions_are_not_told(self, language: Language) -> None:
        assert self.told(language) == []
