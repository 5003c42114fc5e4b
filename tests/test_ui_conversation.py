"""A conversation grows sentence by sentence, stops when told, and keeps only what was answered."""

import logging
from collections.abc import Callable

import pytest
from ui_fakes import FakeAssistant

from assistant.models import Audience, Language, Turn
from assistant.texts import say
from assistant.ui.conversation import LONGEST_QUESTION, Conversation, Stage, Wish, converse
from assistant.ui.render import render_conversation

WISH = Wish("Did the IRS share it?", Audience.STAFF, Language.EN, still=False)
STILL = Wish("Did the IRS share it?", Audience.STAFF, Language.EN, still=True)


def run(
    conversation: Conversation, wish: Wish, assistant: FakeAssistant
) -> list[tuple[Stage, int]]:
    return [
        (conversation.exchanges[-1].stage, conversation.exchanges[-1].shown)
        for _ in converse(assistant, conversation, wish, lambda seconds: None)
    ]


def test_an_answer_appears_sentence_by_sentence() -> None:
    seen = run(Conversation(), WISH, FakeAssistant())
    assert seen[0] == (Stage.WAITING, 0)
    assert seen[1:-1] == [(Stage.SHOWING, count) for count in range(1, 6)]
    assert seen[-1] == (Stage.DONE, 6)


def test_who_wants_no_motion_gets_the_answer_at_once() -> None:
    assert run(Conversation(), STILL, FakeAssistant()) == [(Stage.WAITING, 0), (Stage.DONE, 6)]


def test_the_assistant_gets_the_audience_and_the_earlier_turns() -> None:
    assistant, conversation = FakeAssistant(), Conversation()
    run(conversation, STILL, assistant)
    run(conversation, STILL, assistant)
    first, second = assistant.asked
    assert first.turns == ()
    assert first.audience is Audience.STAFF
    found = conversation.exchanges[0].answer
    assert found is not None
    assert second.turns == (Turn("user", found.question.text), Turn("assistant", found.text))


@pytest.mark.parametrize(
    ("sent", "engine"), [({}, "quotes"), ({"model": "yes"}, "quotes"), ({"model": True}, None)]
)
def test_only_a_readers_yes_lets_a_model_write(sent: dict[str, object], engine: str | None) -> None:
    assistant = FakeAssistant()
    run(Conversation(), Wish.read({"question": "Why?", "still": True} | sent), assistant)
    assert [request.engine for request in assistant.asked] == [engine]


def stopping(conversation: Conversation, at: int) -> Callable[[float], None]:
    pauses = 0

    def pause(seconds: float) -> None:
        nonlocal pauses
        pauses += 1
        if pauses == at:
            conversation.stop()

    return pause


def test_a_stop_keeps_what_is_shown_and_brings_nothing_more() -> None:
    conversation = Conversation()
    pause = stopping(conversation, at=2)
    stages = [
        conversation.exchanges[-1].stage
        for _ in converse(FakeAssistant(), conversation, WISH, pause)
    ]
    exchange = conversation.exchanges[0]
    assert stages[-1] is Stage.STOPPED
    assert exchange.shown == 2
    assert not conversation.busy


def test_a_stop_before_the_answer_drops_it() -> None:
    conversation = Conversation()
    running = converse(FakeAssistant(), conversation, WISH, lambda seconds: None)
    next(running)
    conversation.stop()
    list(running)
    assert conversation.exchanges[0].answer is None
    assert conversation.turns() == ()


def test_forgetting_during_an_answer_leaves_nothing() -> None:
    conversation = Conversation()
    running = converse(FakeAssistant(), conversation, WISH, lambda seconds: None)
    next(running)
    next(running)
    conversation.forget()
    list(running)
    assert conversation.exchanges == []


def test_a_failure_ends_the_exchange_and_logs_no_word_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    conversation = Conversation()
    wish = Wish("explode 123-45-6789", Audience.PUBLIC, Language.ES, still=False)
    with caplog.at_level(logging.DEBUG):
        seen = run(conversation, wish, FakeAssistant())
    assert seen[-1] == (Stage.FAILED, 0)
    assert conversation.turns() == ()
    assert "RuntimeError" in caplog.text
    assert "123-45-6789" not in caplog.text
    assert "explode" not in caplog.text


class TestWhatAModelWrites:
    """The fake lets a model write two sentences where it is told to go slowly."""

    SLOWLY = Wish("Did the IRS share it? slowly", Audience.PUBLIC, Language.EN, False, model=True)

    def test_it_appears_as_it_comes_and_the_rest_follows(self) -> None:
        seen = run(Conversation(), self.SLOWLY, FakeAssistant())
        assert seen[0] == (Stage.WAITING, 0)
        assert seen[1:4] == [(Stage.SHOWING, 1), (Stage.SHOWING, 2), (Stage.SHOWING, 2)]
        assert seen[4:] == [*((Stage.SHOWING, count) for count in (3, 4, 5)), (Stage.DONE, 6)]

    def test_who_wants_no_motion_gets_it_at_once(self) -> None:
        wish = Wish(self.SLOWLY.question, Audience.PUBLIC, Language.EN, still=True, model=True)
        seen = run(Conversation(), wish, FakeAssistant())
        assert seen == [(Stage.WAITING, 0), (Stage.DONE, 6)]

    def test_a_stop_keeps_what_is_shown_and_leaves_the_model(self) -> None:
        conversation, assistant = Conversation(), FakeAssistant()
        running = converse(assistant, conversation, self.SLOWLY, lambda seconds: None)
        next(running), next(running)
        assert not assistant.left
        conversation.stop()
        list(running)
        exchange = conversation.exchanges[0]
        assert (exchange.stage, exchange.shown) == (Stage.STOPPED, 1)
        assert assistant.left

    def test_the_page_says_who_writes_until_it_is_whole(self) -> None:
        conversation = Conversation()
        pages = [
            render_conversation(conversation, Language.EN)
            for _ in converse(FakeAssistant(), conversation, self.SLOWLY, lambda seconds: None)
        ]
        writing = say(Language.EN, "ui.writing")
        assert [writing in page for page in pages] == [True] * 3 + [False] * 5


@pytest.mark.parametrize(
    ("sent", "wish"),
    [
        (
            {"question": "  Hi? ", "audience": "advocate", "language": "es", "still": True},
            Wish("Hi?", Audience.ADVOCATE, Language.ES, still=True),
        ),
        ({"question": "Hi?"}, Wish("Hi?", Audience.PUBLIC, Language.EN, still=False)),
        (
            {"question": 7, "audience": [], "language": {}},
            Wish("", Audience.PUBLIC, Language.EN, still=False),
        ),
        (None, Wish("", Audience.PUBLIC, Language.EN, still=False)),
        ("text", Wish("", Audience.PUBLIC, Language.EN, still=False)),
        ({"question": "x", "still": "yes"}, Wish("x", Audience.PUBLIC, Language.EN, still=False)),
    ],
)
def test_a_wish_is_read_from_anything_a_browser_may_send(sent: object, wish: Wish) -> None:
    assert Wish.read(sent) == wish


def test_a_question_is_cut_at_the_length_the_box_allows() -> None:
    assert len(Wish.read({"question": "x" * 9999}).question) == LONGEST_QUESTION
