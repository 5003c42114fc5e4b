"""A personal detail of any kind stops at the door: nothing behind it ever holds one."""

from __future__ import annotations

import json
import logging
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from commands import here
from fakes import FakeEmbedder
from pypdf import PdfReader

from assistant.config import Settings
from assistant.export.answer import answer_paper
from assistant.export.receipt import as_receipt
from assistant.export.save import SUFFIXES, as_bytes
from assistant.export.text import answer_with_sources
from assistant.guard.kinds import PersonalKind as Kind
from assistant.models import Audience, Language, Turn
from assistant.service import Assistant, Request
from assistant.texts import say
from assistant.ui.conversation import Conversation, Wish, converse
from assistant.ui.render import render_conversation

ASKED = {
    Language.EN: "Did the IRS give my address to ICE?",
    Language.ES: "¿El IRS dio mi dirección a ICE?",
}
# What is said before the question, what of it must be nowhere, and its kind.
DETAILS = [
    (Language.EN, "My SSN is 219-09-9274.", "219-09-9274", Kind.SSN),
    (Language.EN, "My ITIN is 9l2-7O-4432.", "9l2-7O-4432", Kind.ITIN),
    (
        Language.ES,
        "Mi ITIN es nueve uno dos siete cero cuatro cuatro tres dos.",
        "siete",
        Kind.ITIN,
    ),
    (Language.EN, "A-number A208-\n551-932.", "551-932", Kind.A_NUMBER),
    (Language.ES, "Mi recibo es IOE0923456781.", "0923456781", Kind.RECEIPT_NUMBER),
    (Language.EN, "Our EIN is 47-2081935.", "47-2081935", Kind.EIN),
    (Language.ES, "Mi pasaporte es G38412907.", "G38412907", Kind.DOCUMENT),
    (Language.EN, "I paid with 4539 5787 6362 1486.", "6362 1486", Kind.CARD),
    (Language.ES, "Cuenta 4839201756 del banco.", "4839201756", Kind.CARD),
    (Language.ES, "Mi cel es 713-555-0188.", "713-555-0188", Kind.PHONE),
    (Language.EN, "Write to rosa.zuniga84@gmail.com.", "zuniga84", Kind.EMAIL),
    (Language.ES, "Vivo en la calle Olmo 4517, apto 3.", "Olmo 4517", Kind.STREET_ADDRESS),
    (Language.EN, "I was born on March 14, 1985.", "March 14, 1985", Kind.DATE_OF_BIRTH),
    (Language.EN, "My name is Wilmer Tzoc Pineda.", "Tzoc", Kind.NAME),
]
every_detail = pytest.mark.parametrize(
    ("language", "said", "gone", "kind"), DETAILS, ids=[f"{d[0]}-{d[3]}" for d in DETAILS]
)


class Overhearing(FakeEmbedder):
    """An embedder that remembers each text it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def encode(self, texts, progress=None):  # type: ignore[no-untyped-def]
        self.heard += texts
        return super().encode(texts, progress)


def holds(text: str, gone: str) -> bool:
    """Whether a detail stands in a text, however its marks, spaces and accents are written."""
    return _bare(gone) in _bare(text)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).lower()


def read(content: bytes, suffix: str) -> str:
    """All that a file says, its hidden parts too."""
    if suffix == ".docx":
        with zipfile.ZipFile(BytesIO(content)) as parts:
            inner = (parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
            return re.sub("<[^>]+>", "", " ".join(inner))
    if suffix == ".pdf":
        book = PdfReader(BytesIO(content))
        return " ".join([str(book.metadata), *(each.extract_text() for each in book.pages)])
    return content.decode("utf-8")


@every_detail
def test_search_receipt_record_paper_copy_and_log_hold_none(
    language: Language,
    said: str,
    gone: str,
    kind: Kind,
    shared_assistant: Assistant,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    embedder = Overhearing()
    assistant = Assistant(shared_assistant.settings, embedder)
    question = f"{said} {ASKED[language]}"
    turns = (Turn("user", question), Turn("assistant", said))
    answer = assistant.ask(Request(question, language=language, turns=turns))
    assert answer.citations, "the question is still answered"
    assert kind in answer.question.removed
    paper = answer_paper(answer)
    kept: Sequence[str] = (
        *embedder.heard,
        answer.question.search_text,
        *(turn.text for turn in answer.question.turns),
        as_receipt(answer).decode("utf-8"),
        answer_with_sources(answer),
        *(read(as_bytes(paper, suffix), suffix) for suffix in SUFFIXES),
        caplog.text,
    )
    assert embedder.heard
    assert [text for text in kept if holds(text, gone)] == []


@every_detail
def test_the_page_and_the_link_to_share_hold_none(
    language: Language, said: str, gone: str, kind: Kind, shared_assistant: Assistant
) -> None:
    conversation = Conversation()
    wish = Wish(f"{said} {ASKED[language]}", Audience.PUBLIC, language)
    for _ in converse(shared_assistant, conversation, wish):
        pass
    # The link is made of the question as it stands on the page.
    page = render_conversation(conversation, language)
    assert not holds(re.sub("<[^>]+>", "", page), gone)
    assert not holds(page, gone)
    assert say(language, f"guard.kind_{kind}") in page
    assert not any(holds(turn.text, gone) for turn in conversation.turns())


def test_a_batch_gives_back_questions_without_details(small: Settings, tmp_path: Path) -> None:
    lines = [
        {"id": str(number), "question": f"{said} {ASKED[language]}", "language": language}
        for number, (language, said, _, _) in enumerate(DETAILS)
    ]
    file = tmp_path / "batch.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    ran = here("ask", "--batch", str(file), settings=small)
    answers = [json.loads(line) for line in ran.lines]
    assert len(answers) == len(DETAILS)
    for found, (language, _, gone, kind) in zip(answers, DETAILS, strict=True):
        assert "[…]" in found["question"]
        assert not holds(json.dumps(found, ensure_ascii=False), gone)
        assert any(say(language, f"guard.kind_{kind}") in notice for notice in found["notices"])


@pytest.mark.parametrize("language", list(Language))
def test_each_kind_is_told_kindly_in_words_of_its_own(language: Language) -> None:
    told = [say(language, f"guard.kind_{kind}") for kind in Kind]
    assert len(set(told)) == len(told)
    opens = {Language.EN: ("a ", "an ", "the "), Language.ES: ("un ", "una ", "el ")}[language]
    assert all(each.startswith(opens) and each[-1] not in ".:" for each in told)
    notice = say(language, "guard.removed", kinds=", ".join(told))
    assert notice.startswith(
        {Language.EN: "For your safety", Language.ES: "Por su seguridad"}[language]
    )
