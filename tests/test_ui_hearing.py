"""The hearing page: the form, the cards, and what its script gets for what it asks."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import pytest
from ui_page_text import Element, parse

from assistant.desk.hearing import Body, Ground, subjects, templates
from assistant.desk.hearing_edit import LONGEST_WORDING
from assistant.models import Language
from assistant.service import Assistant
from assistant.texts import catalogue, say
from assistant.ui.frame import Reply, Sent
from assistant.ui.pages import hearing
from assistant.ui.pages.hearing_cards import FORMATS
from assistant.ui.pages.hearing_form import form

EN, ES = Language.EN, Language.ES
BOTH = pytest.mark.parametrize("language", Language)
PICKED = {"body": "dhs_ice", "subjects": ["custody", "courts"]}


def names() -> list[str]:
    return [
        each.name
        for subject in subjects()
        for each in templates()
        if each.subject == subject.name in PICKED["subjects"] and Body.DHS_ICE in each.bodies
    ]


def sent(language: Language = EN, **more: object) -> Sent:
    return Sent.read({**PICKED, "language": language.value, **more})


def html_of(reply: Reply, language: Language = EN) -> Element:
    assert isinstance(reply.html, dict)
    return parse(reply.html[language])


def wording(name: str, language: Language = EN) -> str:
    return next(each.asks[language] for each in templates() if each.name == name)


class TestTheForm:
    @BOTH
    def test_every_body_and_subject_can_be_picked_by_its_label(self, language: Language) -> None:
        page = parse(form(language))
        radios = page.find("input", type="radio")
        boxes = page.find("input", type="checkbox")
        assert [each.attributes["value"] for each in radios] == list(Body)
        assert [each.attributes["value"] for each in boxes] == [each.name for each in subjects()]
        assert [each.attributes["value"] for each in radios if "checked" in each.attributes] == [
            Body.IRS
        ]
        labels = page.find("label")
        assert len(labels) == len(radios) + len(boxes)
        assert all(each.find("input") and each.text.strip() for each in labels)
        assert len(page.find("legend")) == 2
        assert len(page.find("h1")) == 1

    def test_the_counts_are_those_of_the_table(self) -> None:
        for box in parse(form(EN)).find("input", type="checkbox"):
            counts = json.loads(box.attributes["data-counts"])
            subject = next(each for each in subjects() if each.name == box.attributes["value"])
            assert {body for body, count in counts.items() if count} == set(subject.bodies)
        listed = parse(form(EN)).find("input", type="checkbox")
        every = sum(json.loads(each.attributes["data-counts"])["gao"] for each in listed)
        assert every == sum(Body.GAO in each.bodies for each in templates())

    def test_every_text_that_the_script_says_is_there(self) -> None:
        assert all(word in catalogue(EN) for word in hearing.PAGE.words)


@pytest.mark.corpus
class TestTheCards:
    @BOTH
    def test_each_question_is_a_card_with_everything_it_stands_on(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        reply = hearing.draft(whole_assistant, sent(language))
        page = html_of(reply, language)
        cards = page.find("li", class_="draft")
        assert [each.attributes["data-name"] for each in cards] == names()
        assert reply.data == {"count": len(cards)}
        for card in cards:
            name = card.attributes["data-name"]
            assert card.find("h3", class_="asks")[0].text == wording(name, language)
            for ground in (Ground.BASIS, Ground.UNSAID, Ground.LAW):
                (held,) = card.find("div", class_=ground)
                assert held.find("h4")[0].text == say(language, f"hearing.{ground}")
            template = next(each for each in templates() if each.name == name)
            closed = bool(template.grounds[Ground.CLOSED])
            assert bool(card.find("div", class_="closed")) is closed
            assert bool(card.find("span", class_="badge")) >= closed
            for tool in card.find("button", class_="quiet-button"):
                described = tool.attributes.get("aria-describedby")
                assert described in (None, f"asks-{name}")

    def test_each_mark_leads_to_its_quotation_and_no_id_comes_twice(
        self, whole_assistant: Assistant
    ) -> None:
        page = html_of(hearing.draft(whole_assistant, sent()))
        more = html_of(hearing.more(whole_assistant, sent()))
        ids = [each.attributes.get("id", "") for part in (page, more) for each in part.find()]
        ids = [each for each in ids if each]
        assert len(ids) == len(set(ids))
        marks = [*page.find("a", class_="cite"), *more.find("a", class_="cite")]
        assert len(marks) > 40
        assert {each.attributes["href"][1:] for each in marks} <= set(ids)
        for item in [*page.find("li", class_="sentence"), *more.find("li", class_="sentence")]:
            (mark,) = item.find("a", class_="cite")
            said = item.text.removesuffix(mark.text).removesuffix("\u2060")
            quotes = [
                each
                for part in (page, more)
                for each in part.find("mark", id=mark.attributes["href"][1:])
            ]
            if quotes:  # two numbers on the same words show them once
                assert quotes[0].text == said.replace("**", "")

    def test_what_is_copied_holds_every_quotation_and_its_source(
        self, whole_assistant: Assistant
    ) -> None:
        for card in html_of(hearing.draft(whole_assistant, sent())).find("li", class_="draft"):
            quoted, cited = card.attributes["data-quoted"], card.attributes["data-cited"]
            for item in card.find("li", class_="sentence"):
                mark = item.find("a", class_="cite")[0].text
                assert f"{mark}\n" in f"{quoted}\n"
                assert f"{mark} " in cited

    def test_further_open_points_stand_under_their_subjects(
        self, whole_assistant: Assistant
    ) -> None:
        page = html_of(hearing.more(whole_assistant, sent()))
        assert [each.text for each in page.find("h3")] == [
            say(EN, "hearing.subject_custody"),
            say(EN, "hearing.subject_courts"),
        ]
        none = html_of(hearing.more(whole_assistant, sent(subjects=["officials"])))
        assert none.find("p", class_="quiet")


@pytest.mark.corpus
class TestWhatTheScriptAsks:
    def test_an_edit_comes_back_clean_and_says_whether_it_holds_other_figures(
        self, whole_assistant: Assistant
    ) -> None:
        def check(text: str) -> dict[str, object]:
            edit = {"names": [names()[0]], "wordings": [text], "thens": [""]}
            return dict(hearing.check(whole_assistant, sent(**edit)).data)

        first = wording(names()[0])
        assert check(first)["edited"] is False
        assert check("")["wording"] == first
        answer = check(" Who has\nthe 99 copies? ")
        assert (answer["wording"], answer["edited"]) == ("Who has the 99 copies?", True)
        assert answer["outside"] is True
        assert check("Who has the copies?")["outside"] is False
        assert check("Was 123-45-6789 there?")["wording"] == "Was […] there?"
        assert len(str(check("x" * 5000)["wording"])) == LONGEST_WORDING

    @pytest.mark.parametrize("kind", FORMATS)
    def test_a_file_holds_the_questions_that_were_kept_in_their_order(
        self, whole_assistant: Assistant, kind: str
    ) -> None:
        last, first = names()[-1], names()[0]
        kept = {"names": [last, first], "wordings": ["", "Is it so?"], "thens": ["", ""]}
        reply = hearing.saved(whole_assistant, sent(ES, kind=kind, **kept))
        assert reply.file is not None
        assert reply.file.name.startswith("preguntas-audiencia-20")
        assert reply.file.name.endswith(f".{kind}")
        if kind == "md":
            text = reply.file.content.decode()
            heads = [line for line in text.splitlines() if line.startswith("### ")]
            assert heads == [f"### 1\\. {wording(last, ES)}", "### 2\\. Is it so?"]
            assert say(ES, "hearing.edited") in text

    def test_with_more_the_file_ends_in_what_is_open(self, whole_assistant: Assistant) -> None:
        kept = {"names": names()[:1], "wordings": [""], "thens": [""], "kind": "md"}
        for more in (True, False):
            reply = hearing.saved(whole_assistant, sent(more=more, **kept))
            assert reply.file is not None
            heading = f"## {say(EN, 'hearing.more')}"
            assert (heading in reply.file.content.decode().splitlines()) is more

    def test_an_unknown_kind_of_file_becomes_the_first_one(
        self, whole_assistant: Assistant
    ) -> None:
        kept = {"names": names()[:1], "wordings": [""], "thens": [""], "kind": "exe"}
        reply = hearing.saved(whole_assistant, sent(**kept))
        assert reply.file is not None
        assert zipfile.is_zipfile(BytesIO(reply.file.content))

    def test_what_a_browser_may_never_send_does_no_harm(self, whole_assistant: Assistant) -> None:
        odd = sent(subjects=["custody", "<script>", 3], body="nobody")
        page = html_of(hearing.draft(whole_assistant, odd))
        assert page.find("li", class_="draft")
        assert "script" not in page.text
