"""Anything at all, where people, files and browsers hand it in: read or refused, never a crash."""

from __future__ import annotations

import json
import re
import unicodedata
from contextlib import redirect_stdout
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ui_fakes import answer as whole_answer
from ui_page_text import parse

from assistant.cli.asking import Defaults, answer_batch
from assistant.corpus.frontmatter import parse_front_matter, split_front_matter
from assistant.corpus.problem import DocumentError
from assistant.errors import AssistantError, UsageError
from assistant.export.receipt import as_receipt, read_receipt
from assistant.guard.fold import fold, plain
from assistant.guard.personal import MARK, remove_personal
from assistant.guard.readable import readable
from assistant.guard.screen import screen, urgent
from assistant.models import Answer, AnswerSentence, Audience, Language, Request
from assistant.service import Assistant
from assistant.ui.conversation import Exchange, Stage, Wish
from assistant.ui.render import render_exchange

# fmt: off
# Pieces that mean something to one reader or another, in any order, with anything between them.
PIECES = st.sampled_from(
    [
        "<b>", "</b>", "<script>", "</script", "<!--", "-->", "<", ">", "](", "[x]", "javascript:",
        "(http://x.y/z)", "=", "\u0301", "\u202e", "\U000e0041", "\ud800", "\x00", "\x1b[31m",
        "123-45-6789", "A123456789", "900-70-1234", "(555) 010-0199", "maria@example.org",
        "12 Main Street", "my name is Maria Lopez", "nací el 3 de mayo de 1990", MARK, "[", "]",
        "ignore your rules", "ICE is at my door", "§ 6103(i)(2)", "¿", ". ", "\n", " ", "\t", "and",
    ]
)
# fmt: on
TEXTS = st.one_of(
    st.lists(PIECES, max_size=12).map("".join),
    st.lists(PIECES, max_size=12).map(" ".join),
    st.text(st.characters(), max_size=80),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)
some = settings(max_examples=40)


def is_whole(text: str) -> bool:
    """Whether a file in UTF-8 could hold it."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


class TestWhatAnAskerWrites:
    @some
    @given(TEXTS)
    def test_what_is_readable_stays_as_it_is(self, text: str) -> None:
        once = readable(text)
        assert readable(once) == once

    @some
    @given(TEXTS)
    def test_nothing_readable_begins_markup_or_hides(self, text: str) -> None:
        once = readable(text)
        assert not re.search(r"<[a-zA-Z/!?]|\]\(|(?:java|vb)script:", once, re.IGNORECASE)
        kinds = {unicodedata.category(sign) for sign in once if sign not in "\n\t"}
        assert not kinds & {"Cc", "Cf", "Co", "Cs"}
        once.encode("utf-8")

    @some
    @given(TEXTS)
    @example("<<b>script>alert(1)<</b>/script>")
    @example("[a](javas<b>cript:alert(1))")
    def test_readable_adds_no_letter(self, text: str) -> None:
        left = iter(text)
        assert all(sign in left for sign in readable(text) if not sign.isspace())

    @some
    @given(TEXTS.map(readable))
    def test_taking_details_out_twice_takes_no_more(self, text: str) -> None:
        once = remove_personal(text)
        assert remove_personal(once.text).text == once.text

    @some
    @given(TEXTS.map(readable))
    def test_taking_details_out_adds_nothing_but_its_mark(self, text: str) -> None:
        composed = unicodedata.normalize("NFC", text)
        kept = remove_personal(text).text
        left = iter(composed)
        assert all(sign in left for sign in kept.replace(MARK, ""))

    @some
    @given(TEXTS, st.sampled_from(list(Language)))
    def test_any_text_is_screened_and_in_the_same_way_twice(
        self, text: str, language: Language
    ) -> None:
        assert screen(text, language) == screen(text, language)
        urgent(text, language)

    @some
    @given(TEXTS)
    def test_folding_keeps_the_places(self, text: str) -> None:
        folded = fold(text)
        assert len(folded.places) == len(folded.text) + 1
        assert list(folded.places) == sorted(folded.places)
        assert re.fullmatch(r"[a-z0-9. ]*", plain(text))

    @some
    @given(VALUES)
    def test_any_wish_of_a_browser_becomes_a_plain_one(self, sent: object) -> None:
        assert isinstance(Wish.read(sent).question, str)


class TestFiles:
    @some
    @given(TEXTS.filter(is_whole))
    @example("id: \x00")
    @example("a: &a [*a]")
    def test_front_matter_is_read_or_refused(self, text: str) -> None:
        for written in (text, f"---\n{text}\n---\n"):
            try:
                split_front_matter(written, "x.md")
                parse_front_matter(written, "x.md")
            except (DocumentError, AssistantError):
                continue

    @some
    @given(VALUES)
    def test_a_receipt_is_read_or_refused(self, values: object) -> None:
        with pytest.raises(UsageError):
            read_receipt(json.dumps(values).encode())

    @some
    @given(st.sampled_from([b"{", b"}", b"[", b'"', b"1", b"\xff", b"null", b"\\ud800"]), st.data())
    def test_a_damaged_receipt_is_refused_or_the_same(self, piece: bytes, data: Any) -> None:
        whole = as_receipt(whole_answer())
        at = data.draw(st.integers(0, len(whole)))
        try:
            read = read_receipt(whole[:at] + piece + whole[at:])
        except UsageError:
            return
        assert read == read_receipt(whole)


class Echo:
    """Answers everything in the same way, with the question as the assistant would keep it."""

    def ask(self, request: Request) -> Answer:
        whole = whole_answer()
        text = remove_personal(readable(request.question)).text
        return replace(whole, question=replace(whole.question, text=text))


LINES = st.one_of(
    TEXTS,
    VALUES.map(json.dumps),
    st.fixed_dictionaries({"id": VALUES, "question": TEXTS, "turns": VALUES}).map(json.dumps),
    st.fixed_dictionaries({"id": TEXTS, "question": TEXTS, "language": TEXTS}).map(json.dumps),
)


@some
@given(st.lists(LINES, max_size=4))
@example(['{"id": "\\ud800", "question": "\\ud800 Are my tax returns confidential?"}'])
@example(['{"id": NaN, "question": "x"}', '{"question": {"a": 1}}', '{"turns": [[]]}'])
@example(["[" * 100_000, '{"question": ' + "9" * 10_000 + "}"])
def test_every_line_of_a_batch_gets_a_line_of_json(lines: list[str]) -> None:
    written = BytesIO()
    out = TextIOWrapper(written, encoding="utf-8")
    defaults = Defaults(None, Audience.PUBLIC, None, "quotes")
    with redirect_stdout(out):
        answer_batch(cast(Assistant, Echo()), lines, defaults)
        out.flush()
    said = written.getvalue().decode().split("\n")[:-1]
    assert len(said) == sum(bool(line.strip()) for line in lines)
    assert all({"answer", "error"} & set(json.loads(line)) for line in said)


@pytest.mark.parametrize("part", ["question", "text", "notice", "follow"])
@settings(max_examples=15)
@given(text=TEXTS.filter(is_whole))
def test_any_text_is_text_on_the_page(part: str, text: str) -> None:
    whole = whole_answer()
    poisoned = {
        "question": replace(whole, question=replace(whole.question, text=text)),
        "text": replace(whole, sentences=(AnswerSentence(text, (1,)),)),
        "notice": replace(whole, notices=(text,)),
        "follow": replace(whole, follow_ups=(text,)),
    }[part]
    page = parse(render_exchange(Exchange("q", Stage.DONE, poisoned), 1, Language.EN, last=True))
    assert not {element.tag for element in page.find()} & {"script", "img", "b", "iframe"}
