"""Answers as HTML: nothing unescaped, every mark resolves, the quotation is the one marked."""

from dataclasses import replace

import pytest
from ui_fakes import answer, citation, passage, unanswered, with_disagreement
from ui_page_text import Element, foreign_wording, parse, spoken_texts

from assistant.export.text import answer_with_sources
from assistant.models import Answer, AnswerSentence, Citation, Language, Outcome, Standing
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.ui.addresses import document_address
from assistant.ui.chrome import Writer, ask_box, first_page
from assistant.ui.conversation import Conversation, Exchange, Stage
from assistant.ui.masthead import masthead
from assistant.ui.pages import PAGES
from assistant.ui.render import render_answer, render_conversation, render_exchange
from assistant.ui.sources import highlighted, source_card, source_cards

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onclick='alert(1)",
    "[click](javascript:alert(1))",
    "</article></details><h1>x",
    "${7*7} {{7*7}} `x`",
    "&lt;b&gt; &amp;",
)
BOTH = pytest.mark.parametrize("language", list(Language), ids=str)
AWAY, HERE = Writer("openai:gpt", away=True), Writer("ollama:gemma", away=False)


def rendered(found: Answer, turn: int = 1, language: Language = Language.EN) -> Element:
    return parse(render_answer(found, turn, language))


def poisoned(text: str) -> Answer:
    whole = answer()
    at = passage(Language.EN, "agreement/exchange-of-august-2025", 0)
    source = replace(at.source, title=text, citation=text, url=text)
    foul = replace(at, source=source, pinpoint=text, text=text, start=0, end=len(text))
    return replace(
        whole,
        question=replace(whole.question, text=text),
        text=text,
        sentences=(AnswerSentence(text, (1,)),),
        citations=(Citation(1, foul, 0, len(text), text),),
        notices=(text,),
        follow_ups=(text,),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_document_or_an_asker_becomes_markup(text: str) -> None:
    exchange = Exchange(text, Stage.DONE, poisoned(text))
    page = parse(render_exchange(exchange, 1, Language.EN, last=True))
    innocent = {
        element.tag
        for element in parse(
            render_exchange(Exchange("q", Stage.DONE, poisoned("x")), 1, Language.EN, last=True)
        ).find()
    }
    assert {element.tag for element in page.find()} <= innocent
    assert not [name for element in page.find() for name in element.attributes if name[:2] == "on"]
    assert page.find("h2")[0].text.endswith(text)
    assert page.find("mark")[0].text == text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//host/x", "http://[", "", "ftp://host/x"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    whole = answer()
    first = whole.citations[0]
    source = replace(first.passage.source, url=url)
    moved = replace(first, passage=replace(first.passage, source=source))
    card = source_card([moved], 1, Language.EN)
    links = [link.attributes["href"] for link in parse(card).find("a")]
    assert links == [document_address(source, moved.passage.section)]


@BOTH
def test_a_source_links_to_its_original_in_a_new_tab_without_a_referrer(language: Language) -> None:
    cited = citation(language, 1, "agreement/exchange-of-august-2025", 0, 0)
    whole, link = parse(source_card([cited], 1, language)).find("a")
    assert whole.attributes["href"] == (
        f"/library?doc=exchange-of-august-2025&lang={language.value}#section-1"
    )
    assert link.attributes["href"] == cited.passage.source.url
    assert link.attributes["rel"] == "noopener noreferrer"
    assert link.attributes["target"] == "_blank"
    assert say(language, "ui.new_tab") in link.text


@BOTH
def test_the_badge_of_a_source_says_when_it_was_confirmed(language: Language) -> None:
    cited = citation(language, 1, "agreement/exchange-of-august-2025", 0, 0)
    card = parse(source_card([cited], 1, language))
    day = say_date(language, cited.passage.source.as_of)
    assert day in card.find("summary")[0].find("span", class_="as-of")[0].text


def buttons(found: Answer, last: bool = True) -> list[str]:
    page = parse(render_answer(found, 3, Language.EN, last=last))
    return [
        f"{name}={value}" if name in {"data-paper", "data-helpful"} else name
        for button in page.find("button")
        for name, value in button.attributes.items()
        if name.startswith("data-") and name not in {"data-turn", "data-close-source", "data-ask"}
    ]


PAPERS = ["data-paper=.docx", "data-paper=.pdf", "data-paper=.md", "data-paper=.json"]
MARKS = ["data-helpful=yes", "data-helpful=no"]


def test_an_answer_can_be_copied_shared_asked_again_downloaded_and_marked() -> None:
    assert buttons(answer()) == ["data-copy", "data-share", "data-again", *PAPERS, *MARKS]


def test_only_the_last_answer_can_be_asked_again() -> None:
    assert "data-again" not in buttons(answer(), last=False)


@pytest.mark.parametrize("outcome", [Outcome.ABSTAINED, Outcome.CLARIFY])
def test_where_nothing_is_quoted_there_is_nothing_to_copy_or_download(outcome: Outcome) -> None:
    assert buttons(unanswered(outcome)) == ["data-share", "data-again", *MARKS]


@pytest.mark.parametrize("stage", [Stage.FAILED, Stage.STOPPED])
def test_what_failed_or_was_stopped_can_be_asked_again_and_not_shared(stage: Stage) -> None:
    exchange = Exchange("123-45-6789", stage)
    last = render_exchange(exchange, 1, Language.EN, last=True)
    assert "data-again" in last
    assert "data-share" not in last
    assert "data-again" not in render_exchange(exchange, 1, Language.EN, last=False)


@pytest.mark.parametrize("turn", [1, 7])
def test_every_mark_resolves_to_its_own_source(turn: int) -> None:
    whole = with_disagreement()
    page = rendered(whole, turn)
    quotations = {quotation.attributes["id"]: quotation for quotation in page.find("mark")}
    marks = page.find("a", class_="cite")
    assert len(marks) == sum(len(sentence.citations) for sentence in whole.sentences) + 2
    for mark in marks:
        quotation = quotations[mark.attributes["href"].removeprefix("#")]
        assert quotation.text == whole.citations[int(mark.text.strip("[]")) - 1].quote


def test_quotations_of_one_passage_share_a_card_and_keep_their_own_words() -> None:
    name = "agreement/matching-error-and-two-counts"
    cited = [citation(Language.EN, number, name, 2, 3 - number) for number in (1, 2, 3)]
    other = citation(Language.EN, 4, name, 3, 1)
    page = parse(source_cards([*cited, other], 2, Language.EN))
    cards = page.find("details")
    assert [card.find("span", class_="source-number")[0].text for card in cards] == [
        "Source 1–3",
        "Source 4",
    ]
    marks = {mark.attributes["id"]: mark.text for mark in cards[0].find("mark")}
    assert marks == {f"quotation-2-{each.number}": each.quote for each in cited}
    passage_text = cards[0].find("blockquote")[0].text
    assert passage_text == cited[0].passage.text.replace("\n\n", "")


@pytest.mark.parametrize(
    ("numbers", "written"),
    [((1,), "1"), ((1, 2), "1, 2"), ((1, 2, 3, 7), "1–3, 7"), ((2, 4, 6), "2, 4, 6")],
)
def test_the_numbers_of_a_card_are_written_short(numbers: tuple[int, ...], written: str) -> None:
    name = "agreement/exchange-of-august-2025"
    cited = [citation(Language.EN, number, name, 0, 0) for number in numbers]
    number = parse(source_card(cited, 1, Language.EN)).find("span", class_="source-number")[0]
    assert number.text == f"Source {written}"


def test_two_numbers_on_the_same_words_both_find_them() -> None:
    name = "agreement/matching-error-and-two-counts"
    cited = [citation(Language.EN, number, name, 2, 1) for number in (1, 2)]
    page = parse(source_card(cited, 1, Language.EN))
    assert [mark.text for mark in page.find("mark")] == [cited[0].quote]
    assert page.find(id="quotation-1-2")


def test_a_notice_that_names_a_source_leads_to_it() -> None:
    found = replace(answer(), notices=("Source [5] is marked “blocked”, not [77].",))
    notice = rendered(found).find("ul", class_="notices")[0]
    assert [mark.attributes["href"] for mark in notice.find("a")] == ["#quotation-1-5"]
    assert "[77]" in notice.text


def test_no_id_stands_twice_in_a_conversation() -> None:
    exchanges = [Exchange("q", Stage.DONE, answer()) for _ in range(3)]
    page = parse(render_conversation(Conversation(exchanges), Language.EN))
    ids = [element.attributes["id"] for element in page.find() if "id" in element.attributes]
    assert len(ids) == len(set(ids))


def test_a_mark_without_a_source_is_not_shown() -> None:
    whole = answer()
    stray = replace(whole, sentences=(AnswerSentence("Words.", (1, 99)),))
    assert [mark.text for mark in rendered(stray).find("a", class_="cite")] == ["[1]"]


@BOTH
def test_exactly_the_quotation_is_marked_in_the_passage(language: Language) -> None:
    for cited in answer(language).citations:
        page = parse(highlighted([cited], 1))
        assert [mark.text for mark in page.find("mark")] == [cited.quote]
        assert page.text == cited.passage.text.replace("\n\n", "").replace("*", "")


def test_emphasis_is_shown_and_its_stars_are_not() -> None:
    whole = answer()
    loud = replace(whole, sentences=(AnswerSentence("**Yes** to *Centro*, 2 * 3 * 4.", ()),))
    page = rendered(loud).find("div", class_="words")[0]
    assert [strong.text for strong in page.find("strong")] == ["Yes"]
    assert [em.text for em in page.find("em")] == ["Centro"]
    assert "Yes to Centro, 2 * 3 * 4." in page.text


@pytest.mark.parametrize("standing", list(Standing), ids=str)
@BOTH
def test_a_standing_is_told_in_words_with_its_date(standing: Standing, language: Language) -> None:
    cited = citation(language, 1, "agreement/exchange-of-august-2025", 0, 0)
    source = replace(cited.passage.source, status=standing, as_of="2026-02-05", published="2025-08")
    cited = replace(cited, passage=replace(cited.passage, source=source))
    card = parse(source_card([cited], 1, language))
    words = say(language, f"names.status_{standing.value}")
    badge = card.find("span", class_="badge")[0]
    assert badge.text == words
    assert set(badge.attributes["class"].split()) & {"holds", "halted", "waits", "past"}
    date = {"en": "February 5, 2026", "es": "5 de febrero de 2026"}[language.value]
    month = {"en": "August 2025", "es": "agosto de 2025"}[language.value]
    facts = [fact.text for fact in card.find("dd")]
    assert facts[0] == say(language, "ui.status_as_of", status=words, date=date)
    assert facts[1] == month


@pytest.mark.parametrize("outcome", [other for other in Outcome if other is not Outcome.ANSWERED])
@BOTH
def test_each_other_outcome_has_its_heading_its_text_and_its_style(
    outcome: Outcome, language: Language
) -> None:
    found = unanswered(outcome, language)
    page = rendered(found, language=language)
    box = page.find("div", class_="outcome")[0]
    assert outcome.value in box.attributes["class"].split()
    assert box.find("h3")[0].text == say(language, f"names.outcome_{outcome.value}")
    assert found.text in box.text


def test_an_answer_needs_no_heading_of_its_own() -> None:
    assert rendered(answer()).find("div", class_="outcome") == []


@BOTH
def test_a_failure_is_told_calmly_and_without_its_cause(language: Language) -> None:
    page = parse(render_exchange(Exchange("q", Stage.FAILED), 1, language, last=True))
    assert say(language, "ui.failed_heading") in page.text
    assert "data-failed" in page.find("article")[0].attributes


def test_the_copy_button_holds_the_answer_with_its_sources() -> None:
    whole = answer()
    button = rendered(whole).find("button", class_="copy")[0]
    assert button.attributes["data-copy"] == answer_with_sources(whole)


@pytest.mark.parametrize("shown", range(1, 7))
def test_a_growing_answer_shows_its_sentences_and_only_their_sources(shown: int) -> None:
    growing = replace(answer(), sentences=answer().sentences[:shown], whole=False)
    page = parse(render_answer(growing, 1, Language.EN, whole=False))
    assert len(page.find("span", class_="sentence")) == shown
    assert len(page.find("details")) == shown
    assert not page.find("button", class_="copy")
    assert not page.find("ul", class_="notices")


def test_only_the_last_answer_suggests_what_to_ask_next() -> None:
    exchanges = [Exchange("q", Stage.DONE, answer()) for _ in range(2)]
    page = parse(render_conversation(Conversation(exchanges), Language.EN))
    first, second = page.find("article")
    assert not first.find("button", class_="suggestion")
    assert [each.text for each in second.find("button", class_="suggestion")] == list(
        answer().follow_ups
    )


def test_the_log_is_busy_until_the_answer_is_whole() -> None:
    conversation = Conversation([Exchange("q", Stage.WRITING, answer())])
    assert 'aria-busy="true"' in render_conversation(conversation, Language.EN)
    conversation.exchanges[0].stage = Stage.DONE
    assert 'aria-busy="false"' in render_conversation(conversation, Language.EN)


def test_headings_descend_one_level_at_a_time() -> None:
    exchange = Exchange("q", Stage.DONE, with_disagreement())
    page = parse(
        masthead(PAGES[0], PAGES, Language.EN)
        + first_page(Language.EN, None)
        + render_conversation(Conversation([exchange]), Language.EN)
    )
    levels = [int(each.tag[1]) for each in page.find() if each.tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert levels.count(1) == 1


def whole_page(language: Language) -> list[Element]:
    found = [answer(language), *(unanswered(outcome, language) for outcome in Outcome)]
    exchanges = [Exchange(each.question.text, Stage.DONE, each) for each in found]
    exchanges += [Exchange("…", stage) for stage in (Stage.FAILED, Stage.STOPPED, Stage.WAITING)]
    return [
        parse(html)
        for html in (
            masthead(PAGES[0], PAGES, language),
            first_page(language, None),
            first_page(language, AWAY),
            ask_box(language),
            ask_box(language, AWAY),
            ask_box(language, HERE),
            render_conversation(Conversation(exchanges), language),
        )
    ]


@BOTH
def test_a_page_speaks_one_language(language: Language) -> None:
    for part in whole_page(language):
        texts = spoken_texts(part, language)
        assert texts
        assert foreign_wording(texts, language) == []


def test_the_check_for_foreign_wording_can_fail() -> None:
    page = parse(first_page(Language.EN, None))
    assert foreign_wording(spoken_texts(page, Language.EN), Language.ES)


def test_an_answer_in_the_other_language_is_marked_as_such() -> None:
    exchange = Exchange("¿Qué pasó?", Stage.DONE, answer(Language.ES, "¿Qué pasó?"))
    page = parse(render_exchange(exchange, 1, Language.EN, last=True))
    texts = spoken_texts(page, Language.EN)
    quotes = {cited.quote for cited in answer(Language.ES).citations}
    assert not quotes & set(texts)
    assert say(Language.EN, "answers.sources_heading") in texts


@BOTH
def test_the_first_page_says_where_a_question_goes(language: Language) -> None:
    own, sent = first_page(language, None), first_page(language, AWAY)
    assert AWAY.name in sent
    assert AWAY.name not in own
    assert first_page(language, HERE) == own


@BOTH
def test_a_model_elsewhere_writes_only_once_the_reader_says_so(language: Language) -> None:
    def chosen(writer: Writer | None) -> list[str]:
        radios = parse(ask_box(language, writer)).find("input", type="radio")
        return [each.attributes["value"] for each in radios if "checked" in each.attributes]

    assert chosen(None) == []
    assert chosen(AWAY) == ["quotes"]
    assert chosen(HERE) == ["model"]
    assert AWAY.name in ask_box(language, AWAY)


@BOTH
def test_every_control_has_a_name(language: Language) -> None:
    for part in whole_page(language):
        for button in part.find("button"):
            assert button.text.strip() or button.attributes.get("aria-label")
        labels = {label.attributes.get("for") for label in part.find("label")}
        for box in part.find("textarea"):
            assert box.attributes["id"] in labels
