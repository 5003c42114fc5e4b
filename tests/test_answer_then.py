"""An answer as of an earlier day shows nothing of later, and tells what held then."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest
from fakes import make_found, make_part, make_passage, make_source

from assistant.answer.select import choose
from assistant.answer.then import known_by, said_by
from assistant.models import Answer, Audience, Language, Passage, Request
from assistant.service import Assistant
from assistant.status import dates_in, first_day, known_on
from assistant.timeline import entries

EN, ES = Language.EN, Language.ES
DAY = date(2025, 12, 15)
DAYS = (
    date(2025, 3, 1),
    date(2025, 6, 1),
    date(2025, 10, 15),
    DAY,
    date(2026, 1, 15),
    date(2026, 2, 12),
    date(2026, 3, 1),
)


def known(text: str, day: date = DAY, pinpoint: str = "Heading", **facts: Any) -> list[bool]:
    """Whether each sentence of a text is known by a day."""
    passage = make_passage(text, make_source(**facts), pinpoint=pinpoint)
    return [known_by(passage, sentence, day) for sentence in passage.sentences]


@pytest.fixture(scope="module")
def then(whole_passages: tuple[Passage, ...]) -> list[tuple[Passage, str, bool]]:
    """Every sentence of the corpus, and whether it is known by the day."""
    return [
        (passage, sentence.text, known_by(passage, sentence, DAY))
        for passage in whole_passages
        for sentence in passage.sentences
    ]


class TestASentence:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("The judge ruled on November 21, 2025.", [True]),
            ("The judge ruled on December 16, 2025.", [False]),
            ("The order stopped the IRS. The government appealed as No. 26-5006.", [True, False]),
            # What carries on after a later day is of that day, until a paragraph ends.
            (
                "Papers were filed on December 22, 2025. They tell of one computer.\n\nLaw is law.",
                [False, False, True],
            ),
            (
                "It ended on February 5, 2026. On May 12, 2025 it began. Both were known.",
                [False, True, True],
            ),
            # The month in which a source was last checked is no event, nor is what it foresees.
            ("In the text checked in July 2026 there was none. It names nobody.", [False, True]),
            ("The loss would come by 2035. The range is wide.", [False, True]),
        ],
    )
    def test_is_known_by_its_own_day_its_words_and_what_it_carries_on(
        self, text: str, expected: list[bool]
    ) -> None:
        assert known(text) == expected

    def test_of_a_source_published_later_is_unknown(self) -> None:
        assert known("Law is law.", published="2025-12-16") == [False]
        assert known("Law is law.", published="2025-12-15") == [True]

    @pytest.mark.parametrize(
        ("pinpoint", "expected"),
        [
            ("What the judge said in November 2025", True),
            ("What ICE said in January 2026", False),
            ("The Romo declaration", False),
        ],
    )
    def test_under_a_heading_of_later_is_unknown(self, pinpoint: str, expected: bool) -> None:
        text = "It was so on May 12, 2025. Law is law."
        assert known(text, pinpoint=pinpoint) == [expected, expected]

    def test_names_a_later_day_whatever_day_its_source_is_marked_with(self) -> None:
        assert known("The agreement of January 2026 is newer.", as_of="2023-08-18") == [False]

    def test_of_today_is_known_whatever_it_names(self) -> None:
        text = (
            "Judge Talwani ruled on February 5, 2026. Both orders hold. A change may come in 2027."
        )
        assert known(text, date(2026, 11, 22)) == [True, True, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Is the agreement still in effect?", True), ("Why does Talwani's order say 2026?", False)],
)
def test_any_text_can_be_asked_whether_it_could_have_been_said(text: str, expected: bool) -> None:
    assert said_by(text, EN, DAY) is expected


class TestTheWholeCorpus:
    def test_what_is_known_is_the_same_in_both_languages(
        self, then: list[tuple[Passage, str, bool]]
    ) -> None:
        def told(language: Language) -> Counter[tuple[str, int]]:
            return Counter(
                (passage.source.id, passage.section)
                for passage, _, is_known in then
                if is_known and passage.source.language is language
            )

        assert told(EN) == told(ES)

    def test_most_of_what_was_published_by_then_is_still_known(
        self, then: list[tuple[Passage, str, bool]]
    ) -> None:
        dated = [
            is_known
            for passage, text, is_known in then
            if known_on(passage.source, DAY) and all(named <= DAY for named in dates_in(text))
        ]
        assert sum(dated) > 0.93 * len(dated)

    def test_today_everything_is_known(self, whole_passages: tuple[Passage, ...]) -> None:
        today = max(first_day(each.source.published) for each in whole_passages)
        assert all(
            known_by(each, sentence, today)
            for each in whole_passages
            for sentence in each.sentences
        )


# The first day on which something could be told, and words that tell it.
LATER: tuple[tuple[str, str], ...] = (
    ("2025-05-12", r"Friedrich (denied|refused|found)|Friedrich (negó|se negó)"),
    ("2025-08-07", r"47,289|47,000|\b50,000 people"),
    ("2025-09-05", r"24 hours' notice|24 horas de anticipación"),
    ("2025-09-30", r"12822|Boston\b(?! Legal)"),
    ("2025-10-29", r"FedScoop|\bKies\b"),
    ("2025-11-21", r"Washington order|orden de Washington|\bstay under 5|suspensión \(\"stay\"\)"),
    ("2025-12-22", r"33,000|Fitzgerald"),
    ("2026-01-13", r"26-5006"),
    (
        "2026-02-05",
        r"Talwani (barred|blocked|found|issued)|Talwani (prohibió|bloqueó|dictó|encontró)",
    ),
    ("2026-02-05", r"[Tt]wo (court|preliminary) orders|[Bb]oth orders|[Dd]os órdenes"),
    ("2026-02-11", r"Romo|5 percent|5 por ciento"),
    (
        "2026-02-24",
        r"D\.C\. Circuit (held|affirmed|ruled)|Circuito de D\.C\. (sostuvo|confirmó|falló)",
    ),
    ("2026-02-24", r"Bondi|nonbinding|no vinculante"),
    ("2026-02-26", r"42,695"),
    ("2026-03-03", r"1097"),
    (
        "2026-06-08",
        r"TIGTA('s)? (found(?! about 530,000)|review)|inspector general's (review|report)",
    ),
    ("2026-07-28", r"Christensen|oral argument in No|alegatos orales del caso No"),
    ("2026-09-09", r"headline|titular"),
)
QUESTIONS = (
    ("Is the agreement still in effect?", EN),
    ("Did the IRS give my address to ICE?", EN),
    ("Can ICE use the addresses it already has?", EN),
    ("What did the D.C. Circuit decide?", EN),
    ("How many addresses were shared by mistake?", EN),
    ("What did Judge Talwani order, and is it on appeal?", EN),
    ("Should I file my taxes this year?", EN),
    ("What did the inspector general find?", EN),
    ("¿Un juez paró lo de compartir datos?", ES),
    ("¿El IRS le dio mi dirección a ICE?", ES),
    ("¿Puede ICE usar las direcciones que ya tiene?", ES),
    ("¿Qué decidió el Circuito de D.C.?", ES),
    ("¿Cuántas direcciones se compartieron por error?", ES),
    ("¿Qué ordenó la jueza Talwani y está en apelación?", ES),
    ("¿Debo declarar impuestos este año?", ES),
    ("¿Qué encontró el inspector general?", ES),
)
# What the notice about the courts tells of each day, and what it leaves for later.
STATE = {
    DAYS[0]: ((("tell of none that blocked",), ("ninguna que bloqueara",)), r"Friedrich"),
    DAYS[1]: (
        (("none that blocked", "May 12, 2025"), ("ninguna que bloqueara", "12 de mayo de 2025")),
        r"24 h",
    ),
    DAYS[2]: (
        (("none that blocked", "24 hours"), ("ninguna que bloqueara", "24 horas")),
        r"November|noviembre",
    ),
    DAYS[3]: (
        (
            ("sharing was blocked", "order of November 21, 2025", "could not order ICE"),
            ("estaba bloqueado", "orden del 21 de noviembre de 2025", "no podía ordenarles a ICE"),
        ),
        r"Talwani|26-5006",
    ),
    DAYS[4]: (
        (("sharing was blocked", "26-5006"), ("estaba bloqueado", "26-5006")),
        r"Talwani",
    ),
    DAYS[5]: (
        (("November 21, 2025", "February 5, 2026"), ("21 de noviembre", "5 de febrero de 2026")),
        r"42,695",
    ),
    DAYS[6]: (
        (("November 21, 2025", "February 5, 2026"), ("21 de noviembre", "5 de febrero de 2026")),
        r"July|julio",
    ),
}


@cache
def ask(assistant: Assistant, question: str, language: Language, day: date) -> Answer:
    request = Request(question, language=language, audience=Audience.ADVOCATE, as_of=day)
    return assistant.ask(request)


def everything(answer: Answer) -> list[str]:
    """All texts of an answer that a reader may take for its words."""
    quotes = [citation.quote for citation in answer.citations]
    sides = [side.text for point in answer.disagreements for side in point.sides]
    pinpoints = [citation.passage.pinpoint for citation in answer.citations]
    return [answer.text, *quotes, *sides, *pinpoints, *answer.notices, *answer.follow_ups]


@pytest.mark.corpus
@pytest.mark.parametrize("day", DAYS, ids=str)
class TestAsOfADay:
    @pytest.mark.parametrize(("question", "language"), QUESTIONS)
    def test_nothing_of_later_is_shown_anywhere(
        self, question: str, language: Language, day: date, whole_assistant: Assistant
    ) -> None:
        answer = ask(whole_assistant, question, language, day)
        for text in everything(answer):
            assert all(named <= day for named in dates_in(text)), text
            for first, telling in LATER:
                if date.fromisoformat(first) > day:
                    assert not re.search(telling, text), (telling, text)

    @pytest.mark.parametrize(
        ("question", "language"), [QUESTIONS[2], QUESTIONS[10]], ids=["en", "es"]
    )
    def test_the_state_of_that_day_is_told(
        self, question: str, language: Language, day: date, whole_assistant: Assistant
    ) -> None:
        answer = ask(whole_assistant, question, language, day)
        shown = " ".join(everything(answer))
        told, untold = STATE[day]
        assert any(all(part in shown for part in parts) for parts in told), answer.notices
        assert not re.search(untold, " ".join(answer.notices))

    @pytest.mark.parametrize("language", Language)
    def test_what_notices_quote_stands_in_a_document_known_then(
        self,
        day: date,
        language: Language,
        whole_assistant: Assistant,
        whole_passages: tuple[Passage, ...],
    ) -> None:
        question = "Is the agreement blocked?" if language is EN else "¿Está bloqueado el acuerdo?"
        answer = ask(whole_assistant, question, language, day)
        texts = [
            sentence.text
            for passage in whole_passages
            if passage.source.language is language and known_on(passage.source, day)
            for sentence in passage.sentences
        ]
        quotes = [
            quote
            for notice in answer.notices
            for quote in re.findall(r"[“«]([^”»]{30,})[”»] \(", notice)
        ]
        assert quotes or day == DAYS[0] or len(answer.citations) > 0
        for quote in quotes:
            rest = quote
            for text in texts:
                rest = rest.replace(text, "")
            assert not rest.strip(), rest


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("question", "language"), [("Is it blocked now?", EN), ("¿Está bloqueado ahora?", ES)]
)
def test_a_question_about_now_is_told_how_far_the_orders_are_confirmed(
    question: str, language: Language, whole_assistant: Assistant
) -> None:
    asked = f"{question} IRS ICE"
    answer = whole_assistant.ask(Request(asked, language=language))
    (notice,) = [
        each for each in answer.notices if re.search("confirm the order|confirman la", each)
    ]
    confirmed = {entry.confirmed for entry in entries() if entry.limits}
    assert set(dates_in(notice)) == confirmed


def test_passages_of_which_nothing_was_known_make_room_for_others() -> None:
    later = [
        make_passage(f"Zebra {number} came on February 11, 2026.", make_source(f"later-{number}"))
        for number in range(4)
    ]
    early = make_passage("A zebra came on May 12, 2025. It stayed.", make_source("early"))
    part, found = make_part([*later, early]), make_found([*later, early])
    chosen = choose(part, found, "zebra", frozenset(), day=DAY)
    assert [each.passage.source.id for each in chosen] == ["early", "early"]
