"""The FAQ page's answers to its script: what is drawn, kept, refused and saved."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping
from typing import Any

import docx
import pytest
from ui_fakes import FakeAssistant
from ui_page_text import Element, foreign_wording, parse, spoken_texts

from assistant.desk.faq_earlier import read_earlier
from assistant.desk.faq_list import MOST_QUESTIONS
from assistant.desk.faq_suggested import themes
from assistant.models import Audience, Language
from assistant.texts import say
from assistant.ui.frame import heard
from assistant.ui.pages.faq import hears
from assistant.ui.pages.faq_form import form, skeleton

EN, ES = Language.EN, Language.ES
ASKED = "Did the IRS give my address to ICE, or not?"
PREGUNTA = "¿El IRS ya le dio mi dirección a la migra?"
BOTH = {"languages": ["en", "es"], "for": "public"}
OWN = "Call our clinic on Mondays."


class Desk:
    """The page's Python side, as its script meets it."""

    def __init__(self) -> None:
        self.assistant = FakeAssistant()
        self._hears = hears(self.assistant)

    def ask(self, event: str, **sent: object) -> Mapping[str, Any]:
        """The whole answer, as it travels."""
        given = {"language": "en", "audience": "public", **sent, "event": event}
        # What travels is JSON in both directions.
        answer = heard(json.loads(json.dumps(given)), self._hears)
        travelled: dict[str, Any] = json.loads(json.dumps(answer))
        return travelled

    def data(self, event: str, **sent: object) -> dict[str, Any]:
        """The data of an answer that must have gone well."""
        answer = self.ask(event, **sent)
        assert "failed" not in answer
        data: dict[str, Any] = answer["data"]
        return data

    def entry(self, written: str, key: int = 1, **more: object) -> dict[str, Any]:
        """The entry of a list of one question."""
        (asked,) = self.data("read", list=written)["questions"]
        return self.data("answer", **{**BOTH, **more}, asked=asked, key=key)


@pytest.fixture(scope="module")
def desk() -> Desk:
    """One for all: it keeps nothing of what it is asked but the sentences of its documents."""
    return Desk()


def drawn(entry: Mapping[str, Any], language: Language = EN) -> Element:
    return parse(entry["html"][language.value])


def test_a_list_becomes_questions_and_notes_in_both_languages(desk: Desk) -> None:
    read = desk.data("read", list=f"1. {ASKED}\n\n- {ASKED}\n{PREGUNTA}")
    assert [each["wordings"] for each in read["questions"]] == [{"en": ASKED}, {"es": PREGUNTA}]
    assert read["merged"]["en"] == [say(EN, "faq.merged", line=3, first=1)]
    assert read["merged"]["es"] == [say(ES, "faq.merged", line=3, first=1)]


@pytest.mark.parametrize(
    ("written", "line"),
    [("", 0), ("x " * 400, 1), ("\n".join(f"Why is {n}?" for n in range(101)), 101)],
)
def test_what_is_wrong_with_a_list_is_told_in_both_languages(
    desk: Desk, written: str, line: int
) -> None:
    wrong = desk.data("read", list=written)["wrong"]
    assert wrong["en"] != wrong["es"]
    assert not line or (str(line) in wrong["en"] and str(line) in wrong["es"])


@pytest.mark.parametrize(
    ("languages", "sides"), [(["en"], ["en"]), (["es", "en"], ["es", "en"]), ([], ["en"])]
)
def test_an_entry_has_the_languages_wanted_in_their_order(
    desk: Desk, languages: list[str], sides: list[str]
) -> None:
    entry = desk.entry(ASKED, languages=languages)
    columns = drawn(entry).find("section", class_="faq-side")
    assert [column.attributes["lang"] for column in columns] == sides
    assert list(entry["entry"]["sides"]) == sides


def test_the_audience_of_the_list_is_asked_for_whatever_the_page_shows_now(desk: Desk) -> None:
    desk.entry(ASKED, **{"for": "staff", "audience": "advocate"})
    assert desk.assistant.asked[-1].audience is Audience.STAFF


def test_every_mark_leads_to_a_quotation_of_the_very_words(desk: Desk) -> None:
    page = drawn(desk.entry(ASKED))
    quotations = {each.attributes["id"]: each.text for each in page.find("mark")}
    sentences = page.find("span", class_="sentence")
    assert len(sentences) == 12
    for sentence in sentences:
        (mark,) = sentence.find("a", class_="cite")
        words = sentence.text.removesuffix(mark.text).replace("\u2060", "")
        assert quotations[mark.attributes["href"][1:]] == words


def test_no_two_entries_share_an_id(desk: Desk) -> None:
    page = [drawn(desk.entry(ASKED, key=key)) for key in (1, 2, 3)]
    ids = [
        each.attributes["id"] for entry in page for each in entry.find() if "id" in each.attributes
    ]
    assert len(ids) == len(set(ids))
    labels = {each.attributes["for"] for entry in page for each in entry.find("label")}
    assert labels <= set(ids)


@pytest.mark.parametrize("language", Language)
def test_form_and_tools_speak_the_pages_language(desk: Desk, language: Language) -> None:
    texts = spoken_texts(parse(form(language) + skeleton(language)), language)
    assert foreign_wording(texts, language) == []
    entry = drawn(desk.entry(ASKED), language)
    tools = entry.find("div", class_="faq-tools")[0]
    assert say(language, "faq.drop") in tools.text
    for doing in entry.find("p", class_="faq-doing"):
        assert doing.attributes["lang"] == language.value
        assert say(language, "faq.edit") in doing.text


@pytest.mark.parametrize("language", Language)
def test_every_suggested_question_can_be_ticked(language: Language) -> None:
    boxes = parse(form(language)).find("input", type="checkbox")
    assert len(boxes) == sum(len(theme.questions) for theme in themes())
    names = [box.attributes["data-suggested"] for box in boxes]
    assert len(set(names)) == len(names)


def test_every_field_of_the_form_has_its_label() -> None:
    page = parse(form(EN))
    labelled = {each.attributes.get("for") for each in page.find("label")}
    for field in (*page.find("textarea"), *page.find("input", type="file")):
        assert field.attributes["id"] in labelled
    described = {
        name for each in page.find() for name in each.attributes.get("aria-describedby", "").split()
    }
    assert described <= {each.attributes.get("id") for each in page.find()}


def test_an_edited_sentence_loses_its_mark_and_is_flagged_in_its_column(desk: Desk) -> None:
    before = desk.entry(ASKED)["entry"]
    kept = before["sides"]["en"]["quotes"][0]["text"]
    after = desk.data(
        "edit", **BOTH, entry=before, key=1, side="en", question=ASKED, answer=f"{kept}\n{OWN}"
    )
    english, spanish = drawn(after).find("section", class_="faq-side")
    marked, own = english.find("span", class_="sentence")
    assert kept in marked.text
    assert len(marked.find("a", class_="cite")) == 1
    assert (own.text, own.find("a", class_="cite")) == (OWN, [])
    assert say(EN, "faq.flag_edited") in english.text
    assert say(EN, "faq.left_out", count=5) in english.text
    assert len(spanish.find("span", class_="sentence")) == 6
    assert say(ES, "faq.flag_edited") not in spanish.text


def test_an_edit_of_a_side_that_is_not_there_changes_nothing(desk: Desk) -> None:
    entry = desk.entry(ASKED, languages=["en"])["entry"]
    after = desk.data("edit", languages=["en"], entry=entry, key=1, side="es", answer="x")
    assert after["entry"] == entry


def test_a_wording_can_be_asked_in_its_own_right(desk: Desk) -> None:
    asked = {"wordings": {"en": ASKED, "es": PREGUNTA}, "lead": "en"}
    entry = desk.data("answer", **BOTH, asked=asked, key=4, lead="es")["entry"]
    assert desk.assistant.asked[-1].question == PREGUNTA
    assert entry["lead"] == "es"


def saved(desk: Desk, kind: str, **more: object) -> tuple[str, bytes]:
    entries = [desk.entry(each, key=n)["entry"] for n, each in enumerate((ASKED, PREGUNTA))]
    answer = desk.ask("paper", **{**BOTH, "entries": entries, "kind": kind, **more})
    assert "failed" not in answer
    return answer["file"]["name"], base64.b64decode(answer["file"]["content"])


@pytest.mark.parametrize(
    ("kind", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!doctype"), ("md", b"---")]
)
@pytest.mark.parametrize("language", Language)
def test_the_list_is_saved_in_every_kind(
    desk: Desk, kind: str, start: bytes, language: Language
) -> None:
    name, content = saved(desk, kind, language=language.value)
    assert name.startswith(say(language, "faq.file_name", day="2")[:5])
    assert name.endswith(f".{kind}")
    assert content.startswith(start)


def test_a_saved_list_is_opened_again_and_compared(desk: Desk) -> None:
    name, content = saved(desk, "docx")
    assert docx.Document(io.BytesIO(content)).paragraphs
    opened = desk.data("earlier", name=name, content=base64.b64encode(content).decode())
    assert opened["record"] == json.loads(read_earlier(name, content).as_json())
    assert opened["list"] == f"{ASKED}\n{PREGUNTA}"
    assert "2 " in opened["opened"]["en"]
    entries = [desk.entry(ASKED)["entry"]]
    compared = desk.data("compare", **BOTH, entries=entries, keys=[5], earlier=opened["record"])
    for language in Language:
        changed = parse(compared["changes"][language.value])
        heading, went = changed.find("h4")[0], changed.find("li")[0]
        assert heading.text == PREGUNTA
        assert went.text == say(language, "faq.change_question_went")
    assert compared["entries"][0]["entry"] == entries[0]
    with_list = saved(desk, "md", earlier=opened["record"])[1].decode()
    assert "What changed since" in with_list
    assert say(EN, "faq.changes_none").split(":")[0] in with_list


def test_edits_come_back_with_an_earlier_list(desk: Desk) -> None:
    before = desk.entry(ASKED)["entry"]
    edited = desk.data("edit", **BOTH, entry=before, key=1, side="en", question="", answer=OWN)
    answer = desk.ask("paper", **BOTH, entries=[edited["entry"]], kind="html")
    opened = desk.data("earlier", name="a.html", content=answer["file"]["content"])
    fresh = desk.entry(ASKED)["entry"]
    compared = desk.data("compare", **BOTH, entries=[fresh], keys=[1], earlier=opened["record"])
    assert compared["entries"][0]["entry"]["sides"]["en"]["said"] == [OWN]
    assert OWN in compared["entries"][0]["html"]["en"]


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF"), ("a.md", b"# No list"), ("a.docx", b"broken")]
)
def test_a_file_without_a_list_is_refused_in_both_languages(
    desk: Desk, name: str, content: bytes
) -> None:
    wrong = desk.data("earlier", name=name, content=base64.b64encode(content).decode())["wrong"]
    assert wrong["en"] != wrong["es"]


@pytest.mark.parametrize(
    ("event", "sent"),
    [
        ("answer", {"asked": None}),
        ("answer", {"asked": {"wordings": {"en": "x" * 501}, "lead": "en"}}),
        ("answer", {"asked": {"wordings": {}, "lead": "en"}}),
        ("edit", {"entry": {"wordings": 3}}),
        ("paper", {"entries": [{}], "kind": "docx"}),
        ("paper", {"entries": [], "kind": "exe"}),
        ("compare", {"entries": [], "earlier": {"kind": "else"}}),
        ("earlier", {"name": "a.md", "content": "§§§"}),
        ("nothing", {}),
    ],
)
def test_what_has_not_the_right_shape_fails_without_a_word(
    desk: Desk, event: str, sent: dict[str, object]
) -> None:
    assert desk.ask(event, **BOTH, **sent) == {"failed": True}


def test_a_quotation_made_up_in_the_browser_gets_no_mark(desk: Desk) -> None:
    entry = desk.entry(ASKED)["entry"]
    entry["sides"]["en"]["quotes"][0]["text"] = "ICE has the address of every reader."
    content = desk.ask("paper", **BOTH, entries=[entry], kind="md")["file"]["content"]
    assert "ICE has the address of every reader" not in base64.b64decode(content).decode()


def test_no_more_entries_than_a_list_holds_are_saved(desk: Desk) -> None:
    entry = desk.entry(ASKED, languages=["en"])["entry"]
    sent = {"languages": ["en"], "entries": [entry] * (MOST_QUESTIONS + 5), "kind": "md"}
    content = base64.b64decode(desk.ask("paper", **sent)["file"]["content"]).decode()
    assert f"## {MOST_QUESTIONS}\\. " in content
    assert f"## {MOST_QUESTIONS + 1}\\. " not in content


@pytest.mark.parametrize("hostile", ['<img src=x onerror="alert(1)"> [a](javascript:x) ${1+1}?'])
def test_what_is_typed_stays_text(desk: Desk, hostile: str) -> None:
    entry = desk.entry(f"Why is {hostile}")
    edited = desk.data(
        "edit", **BOTH, entry=entry["entry"], key=1, side="en", question=hostile, answer=hostile
    )
    for each in (entry, edited):
        page = drawn(each)
        assert page.find("img") == []
        assert hostile in page.text


def test_a_failing_answer_fails_the_request_and_nothing_else(desk: Desk) -> None:
    (asked,) = desk.data("read", list="What would explode here?")["questions"]
    assert desk.ask("answer", **BOTH, asked=asked, key=1) == {"failed": True}
    assert desk.entry(ASKED)["entry"]["outcome"] == "answered"
