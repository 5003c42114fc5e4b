"""The guided check's page: what it asks, what it answers a browser, and that it keeps nothing."""

from __future__ import annotations

import base64
import io
import re

import pytest
from docx import Document
from pypdf import PdfReader
from ui_fakes import FakeAssistant
from ui_page_text import foreign_wording, parse, spoken_texts

from assistant.desk.affected import queries, reasons, room
from assistant.models import Language
from assistant.texts import say
from assistant.ui.frame import Sent, heard
from assistant.ui.pages.affected import PAGE, found, saved
from assistant.ui.pages.affected_questions import questions, way_out
from assistant.verify.quotes import source_reader

EN, ES = Language.EN, Language.ES
in_both = pytest.mark.parametrize("language", Language)


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant()


def asked_page(assistant: FakeAssistant, language: Language) -> str:
    read = source_reader(assistant.settings.corpus)
    return questions(reasons(assistant.index().languages[language], read), language)


def result(assistant: FakeAssistant, language: Language, **answers: object) -> str:
    html = found(assistant, Sent({**answers, "language": language.value})).html
    assert html is not None
    assert not isinstance(html, str)
    return html[language]


class TestTheQuestions:
    @in_both
    def test_each_has_a_heading_choices_a_reason_and_ways_on(
        self, assistant: FakeAssistant, language: Language
    ) -> None:
        html = asked_page(assistant, language)
        for query in queries():
            (form,) = re.findall(rf'<form class="step" data-step="{query.name}".*?</form>', html)
            values = re.findall(rf'<input type="radio" name="{query.name}" value="(\w+)">', form)
            assert tuple(values) == query.choices
            assert form.count("<h1") == 1
            for does in ("back", "forward", "skip-question", "to-result"):
                assert f"data-{does}" in form
            assert say(language, "affected.why_label") in form
            assert "<blockquote" in form

    @in_both
    def test_nothing_can_be_typed_and_nothing_is_chosen_before_the_reader_does(
        self, assistant: FakeAssistant, language: Language
    ) -> None:
        html = asked_page(assistant, language)
        assert set(re.findall(r'<input type="(\w+)"', html)) == {"radio"}
        assert "<textarea" not in html
        assert "checked" not in html

    @in_both
    def test_only_the_start_is_shown_before_the_script_takes_over(
        self, assistant: FakeAssistant, language: Language
    ) -> None:
        html = asked_page(assistant, language)
        shown = re.findall(r'class="step" data-step="(\w+)"[^>]*?(?: hidden)?>', html)
        hidden = re.findall(r'data-step="(\w+)"[^>]* hidden>', html)
        assert [each for each in shown if each not in hidden] == ["start"]

    @in_both
    def test_the_way_out_is_a_button(self, language: Language) -> None:
        html = way_out(language)
        assert '<button type="button" class="button" data-quick-exit>' in html
        assert say(language, "affected.leave") in html

    def test_a_question_that_needs_leaving_out_is_marked_for_the_script(
        self, assistant: FakeAssistant
    ) -> None:
        """The script knows one answer after which a question makes no sense, and no more."""
        html = asked_page(assistant, EN)
        assert re.findall(r'data-unless="([^"]+)"', html) == ["filed:never"]


class TestTheResult:
    @in_both
    def test_has_its_parts_and_every_mark_leads_to_a_quotation(
        self, assistant: FakeAssistant, language: Language
    ) -> None:
        html = result(assistant, language, order="ordered", contact="call", worry="money")
        assert re.findall(r'data-part="(\w+)"', html) == list(room())
        marks = re.findall(r'class="cite" href="#([\w-]+)"', html)
        assert len(marks) > 30
        assert all(f'id="{mark}"' in html for mark in marks)
        sentences = re.findall(r'<span class="sentence">(.*?)</span>', html)
        assert all('class="cite"' in each for each in sentences)

    @in_both
    def test_is_in_one_language(self, assistant: FakeAssistant, language: Language) -> None:
        html = result(assistant, language, worry="filing")
        assert foreign_wording(spoken_texts(parse(html), language), language) == []

    def test_comes_in_both_languages_at_once(self, assistant: FakeAssistant) -> None:
        assert set(found(assistant, Sent({})).html or ()) == {EN, ES}

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"filed": "<script>", "order": ["ordered"], "worry": None, "group": 7},
            {"answers": {"filed": "itin"}, "filed": "itin" * 20},
        ],
    )
    def test_what_cannot_be_an_answer_counts_as_skipped(
        self, assistant: FakeAssistant, sent: dict[str, object]
    ) -> None:
        assert result(assistant, EN, **sent) == result(assistant, EN)

    def test_has_no_script_and_no_address_but_those_of_sources(
        self, assistant: FakeAssistant
    ) -> None:
        html = result(assistant, EN)
        assert "<script" not in html
        assert re.findall(r'(?:src|action)="', html) == []


class TestTheFiles:
    @in_both
    @pytest.mark.parametrize("kind", ["pdf", "docx"])
    def test_are_made_in_memory_under_a_name_that_says_nothing(
        self, assistant: FakeAssistant, language: Language, kind: str
    ) -> None:
        sent = {"kind": kind, "language": language.value, "order": "ordered", "event": "paper"}
        answer = heard(sent, {"paper": lambda read: saved(assistant, read)})
        file = answer["file"]
        assert isinstance(file, dict)
        assert re.fullmatch(rf"ask6103-\d{{4}}-\d\d-\d\d\.{kind}", file["name"])
        content = io.BytesIO(base64.b64decode(file["content"]))
        if kind == "pdf":
            words = " ".join(page.extract_text() for page in PdfReader(content).pages)
        else:
            words = " ".join(each.text for each in Document(content).paragraphs)
        told = " ".join(words.split())
        for part in ("first", "covers", "certain", "record", "steps", "help"):
            assert say(language, f"affected.part_{part}") in told
        assert "4134" in told

    def test_of_a_kind_that_there_is_not_is_a_pdf(self, assistant: FakeAssistant) -> None:
        made = saved(assistant, Sent({"kind": "../../etc"})).file
        assert made is not None
        assert made.content.startswith(b"%PDF")


def test_nothing_of_an_answer_stays_on_the_server(assistant: FakeAssistant) -> None:
    """The same request gives the same result, whatever was asked before it."""
    before = result(assistant, EN)
    result(assistant, EN, filed="itin", order="ordered", worry="use")
    assert result(assistant, EN) == before
    assert assistant.asked == []


def test_the_page_says_by_itself_what_it_lists() -> None:
    for language in Language:
        for word in PAGE.words:
            assert say(language, word)
