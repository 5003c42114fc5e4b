"""A conversation grows as its answers come, stops when told, and keeps only what was answered."""

import logging

import pytest
from ui_fakes import FakeAssistant

from assistant.models import Audience, Language, Turn
from assistant.texts import say
from assistant.ui.conversation import (
    LONGEST_QUESTION,
    Conversation,
    Exchange,
    Stage,
    Wish,
    converse,
)
from assistant.ui.render import render_conversation

WISH = Wish("Did the IRS share it?", Audience.STAFF, Language.EN)


def run(
    conversation: Conversation, wish: Wish, assistant: FakeAssistant
) -> list[tuple[Stage, int]]:
    """The stage and the number of sentences at each change."""
    return [
        (conversation.exchanges[-1].stage, sentences(conversation.exchanges[-1]))
        for _ in converse(assistant, conversation, wish)
    ]


def sentences(exchange: Exchange) -> int:
    return len(exchange.answer.sentences) if exchange.answer else 0


def test_quotations_are_there_at_once() -> None:
    assert run(Conversation(), WISH, FakeAssistant()) == [(Stage.WAITING, 0), (Stage.DONE, 6)]


def test_an_answer_arrives_only_once() -> None:
    conversation = Conversation()
    arriving = [
        conversation.exchanges[-1].arriving for _ in converse(FakeAssistant(), conversation, WISH)
    ]
    assert arriving == [False, True]
    assert not conversation.exchanges[-1].arriving


def test_the_assistant_gets_the_audience_and_the_earlier_turns() -> None:
    assistant, conversation = FakeAssistant(), Conversation()
    run(conversation, WISH, assistant)
    run(conversation, WISH, assistant)
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
    run(Conversation(), Wish.read({"question": "Why?"} | sent), assistant)
    assert [request.engine for request in assistant.asked] == [engine]


def test_a_stop_before_the_answer_drops_it() -> None:
    conversation = Conversation()
    running = converse(FakeAssistant(), conversation, WISH)
    next(running)
    conversation.stop()
    list(running)
    assert conversation.exchanges[0].answer is None
    assert conversation.turns() == ()


def test_forgetting_during_an_answer_leaves_nothing() -> None:
    conversation = Conversation()
    running = converse(FakeAssistant(), conversation, WISH)
    next(running)
    next(running)
    conversation.forget()
    list(running)
    assert conversation.exchanges == []


def test_a_failure_ends_the_exchange_and_logs_no_word_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    conversation = Conversation()
    wish = Wish("explode 123-45-6789", Audience.PUBLIC, Language.ES)
    with caplog.at_level(logging.DEBUG):
        seen = run(conversation, wish, FakeAssistant())
    assert seen[-1] == (Stage.FAILED, 0)
    assert conversation.turns() == ()
    assert "RuntimeError" in caplog.text
    assert "123-45-6789" not in caplog.text
    assert "explode" not in caplog.text


class TestWhatAModelWrites:
    """The fake lets a model write two sentences where it is told to go slowly."""

    SLOWLY = Wish("Did the IRS share it? slowly", Audience.PUBLIC, Language.EN, model=True)

    def test_it_appears_as_it_comes_and_then_whole(self) -> None:
        seen = run(Conversation(), self.SLOWLY, FakeAssistant())
        growing = [(Stage.WRITING, 1), (Stage.WRITING, 2)]
        assert seen == [(Stage.WAITING, 0), *growing, (Stage.DONE, 6)]

    def test_what_was_there_does_not_arrive_again(self) -> None:
        conversation = Conversation()
        running = converse(FakeAssistant(), conversation, self.SLOWLY)
        assert not any(conversation.exchanges[-1].arriving for _ in running)

    def test_a_stop_keeps_what_is_shown_and_leaves_the_model(self) -> None:
        conversation, assistant = Conversation(), FakeAssistant()
        running = converse(assistant, conversation, self.SLOWLY)
        next(running), next(running)
        assert not assistant.left
        conversation.stop()
        list(running)
        exchange = conversation.exchanges[0]
        assert (exchange.stage, sentences(exchange)) == (Stage.STOPPED, 1)
        assert assistant.left

    def test_the_page_says_who_writes_until_it_is_whole(self) -> None:
        conversation = Conversation()
        pages = [
            render_conversation(conversation, Language.EN)
            for _ in converse(FakeAssistant(), conversation, self.SLOWLY)
        ]
        writing = say(Language.EN, "ui.writing")
        assert [writing in page for page in pages] == [True, True, True, False]


@pytest.mark.parametrize(
    ("sent", "wish"),
    [
        (
            {"question": "  Hi? ", "audience": "advocate", "language": "es"},
            Wish("Hi?", Audience.ADVOCATE, Language.ES),
        ),
        ({"question": "Hi?"}, Wish("Hi?", Audience.PUBLIC, Language.EN)),
        (
            {"question": 7, "audience": [], "language": {}},
            Wish("", Audience.PUBLIC, Language.EN),
        ),
        (None, Wish("", Audience.PUBLIC, Language.EN)),
        ("text", Wish("", Audience.PUBLIC, Language.EN)),
        ({"question": "x", "model": "yes"}, Wish("x", Audience.PUBLIC, Language.EN)),
    ],
)
def test_a_wish_is_read_from_anything_a_browser_may_send(sent: object, wish: Wish) -> None:
    assert Wish.read(sent) == wish


def test_a_question_is_cut_at_the_length_the_box_allows() -> None:
    assert len(Wish.read({"question": "x" * 9999}).question) == LONGEST_QUESTION
