"""The Ask page: an answer as a file, and a count of marks that knows no question."""

from __future__ import annotations

import pytest
from ui_fakes import answer, unanswered

from assistant.export.receipt import read_receipt
from assistant.models import Language, Outcome
from assistant.ui.conversation import Conversation, Exchange, Stage
from assistant.ui.frame import Sent, heard
from assistant.ui.helpful import Helpful, Mark
from assistant.ui.pages.ask import answer_file


def talked() -> Conversation:
    return Conversation(
        [
            Exchange("first", Stage.DONE, answer(question="first")),
            Exchange("second", Stage.DONE, unanswered(Outcome.ABSTAINED)),
            Exchange("third", Stage.FAILED),
        ]
    )


@pytest.mark.parametrize(
    ("suffix", "begins"), [(".docx", b"PK"), (".pdf", b"%PDF"), (".md", b"# first")]
)
def test_an_answer_is_handed_over_as_the_file_that_was_asked_for(
    suffix: str, begins: bytes
) -> None:
    sent = Sent.read({"turn": 1, "suffix": suffix, "language": "es"})
    file = answer_file(talked(), sent).file
    assert file is not None
    assert file.name == f"pregunte-al-6103-respuesta-2026-11-22{suffix}"
    assert begins in file.content[:400]


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "ask-6103-receipt-{}.json"), ("es", "pregunte-al-6103-recibo-{}.json")],
)
def test_its_receipt_is_handed_over_under_its_own_id(language: str, name: str) -> None:
    conversation = talked()
    sent = Sent.read({"turn": 1, "suffix": ".json", "language": language})
    file = answer_file(conversation, sent).file
    assert file is not None
    receipt = read_receipt(file.content)
    assert file.name == name.format(receipt.id)
    assert receipt.asked.question == "first"
    paper = answer_file(conversation, Sent.read({"turn": 1, "suffix": ".md"})).file
    assert paper is not None
    assert receipt.id.encode() in paper.content


@pytest.mark.parametrize(
    "sent",
    [
        {"turn": 3, "suffix": ".md"},
        {"turn": 4, "suffix": ".md"},
        {"turn": 0, "suffix": ".md"},
        {"suffix": ".md"},
        {"turn": "1", "suffix": ".md"},
        {"turn": 1, "suffix": ".exe"},
        {"turn": 1},
    ],
    ids=str,
)
def test_what_cannot_be_had_as_a_file_is_a_failure_and_no_error(sent: dict[str, object]) -> None:
    conversation = talked()
    answers = {"paper": lambda read: answer_file(conversation, read)}
    assert heard({"event": "paper", **sent}, answers) == {"failed": True}


def test_an_empty_conversation_has_no_file() -> None:
    with pytest.raises((ValueError, IndexError)):
        answer_file(Conversation(language=Language.ES), Sent.read({"turn": 1, "suffix": ".md"}))


@pytest.mark.parametrize(
    ("steps", "counted"),
    [
        ([], (0, 0)),
        ([(Mark.YES, None)], (1, 0)),
        ([(Mark.YES, None), (Mark.YES, None)], (2, 0)),
        ([(Mark.YES, None), (Mark.NO, Mark.YES)], (0, 1)),
        ([(Mark.NO, None), (None, Mark.NO)], (0, 0)),
    ],
)
def test_a_changed_mind_is_counted_once(
    steps: list[tuple[Mark | None, Mark | None]], counted: tuple[int, int]
) -> None:
    count = Helpful()
    for now, before in steps:
        count.mark(now, before)
    assert (count.yes, count.no) == counted


def test_no_count_falls_below_nothing_whatever_is_sent() -> None:
    count = Helpful()
    count.mark(None, Mark.YES)
    assert (count.yes, count.no) == (0, 0)
