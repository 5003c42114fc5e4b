"""Markdown and HTML, read again: every mark resolves and no text is more than text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

import papers
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.export import look
from assistant.export.html import as_html
from assistant.export.markdown import as_markdown, escaped
from assistant.export.paper import Line, Paper, Prose
from assistant.export.wording import clean, entry, fronts
from assistant.models import Language
from assistant.texts import say

PAPERS = {
    "en": papers.paper(Language.EN),
    "es": papers.paper(Language.ES),
    "en beside es": papers.side_by_side(Language.EN),
    "es beside en": papers.side_by_side(Language.ES),
    "hostile": papers.hostile(),
}
every_paper = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
every_language = pytest.mark.parametrize("language", Language)
VOID = {"meta", "br", "img", "link", "hr", "input"}
HARMLESS = {
    *("html", "head", "meta", "title", "style", "body", "main", "div", "span", "p", "br"),
    *("h1", "h2", "h3", "ul", "ol", "li", "a", "strong", "em", "blockquote"),
}


@dataclass
class Element:
    """An element of a page with its text and what is in it."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    inner: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its text; a line break is a space."""
        parts = (each if isinstance(each, str) else each.text for each in self.inner)
        return " " if self.tag == "br" else "".join(parts)

    def all(self, *tags: str) -> list[Element]:
        """Every element below with one of these names, in order."""
        found = []
        for each in self.inner:
            if isinstance(each, Element):
                found += [each] if each.tag in tags or not tags else []
                found += each.all(*tags)
        return found


class Reader(HTMLParser):
    """Reads a page into elements; what does not nest rightly fails."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        assert len(element.attributes) == len(attrs)
        self.open[-1].inner.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inner.append(data)


def read(html: str) -> Element:
    reader = Reader()
    reader.feed(html)
    reader.close()
    (page,) = reader.open
    return page


def rendered(markdown: str) -> Element:
    """The body of a Markdown file as a reader of GitHub's kind would show it."""
    body = markdown.split("\n---\n", 1)[1]
    return read(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(body))


def marks_in(page: Element) -> list[int]:
    """The numbers of the marks; each must lead to an id of the page and bear its number."""
    ids = [each.attributes["id"] for each in page.all() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    found = []
    for link in page.all("a"):
        address = link.attributes.get("href") or ""
        if address.startswith("#"):
            assert address[1:] in ids
            assert address == f"#source-{link.text.strip('[]')}"
            found.append(int(link.text.strip("[]")))
    return found


def outside(page: Element) -> list[str | None]:
    addresses = [each.attributes.get("href") for each in page.all("a")]
    return [each for each in addresses if each and not each.startswith("#")]


# --- HTML


@every_paper
def test_every_mark_of_the_page_leads_to_the_source_of_its_number(paper: Paper) -> None:
    page = read(as_html(paper))
    assert Counter(marks_in(page)) == Counter(papers.marks_of(paper))
    for source in paper.sources:
        lines = entry(source)
        (item,) = [
            each
            for each in page.all("li")
            if each.attributes.get("id") == f"source-{source.number}"
        ]
        assert item.attributes["lang"] == source.language.value
        quotation = "".join(span.text for span in lines.quotation).replace("\n", " ")
        assert item.text == (
            f"[{source.number}]{lines.title}{quotation}{lines.cite_as}{lines.under}"
            f"{lines.standing} · {lines.facts}{lines.shown_address}"
        )


@every_paper
def test_the_page_names_title_language_day_reach_and_disclaimer(paper: Paper) -> None:
    page = read(as_html(paper))
    (html,) = page.all("html")
    assert html.attributes["lang"] == paper.language.value
    assert [each.text for each in page.all("title", "h1")] == [clean(paper.title)] * 2
    fronted = [each for each in page.all("div") if each.attributes.get("class") == "front"]
    assert [(each.attributes["lang"], each.text) for each in fronted] == [
        (front.language.value, front.dates + front.disclaimer) for front in fronts(paper)
    ]
    if paper.reference:
        reference = clean(paper.reference)
        told = say(paper.language, "paper.reference", reference=reference)
        assert page.all("main")[0].text.endswith(told)


@every_paper
def test_the_page_asks_no_host_and_runs_nothing(paper: Paper) -> None:
    html = as_html(paper)
    page = read(html)
    assert {each.tag for each in page.all()} <= HARMLESS
    for each in page.all():
        assert not [name for name in each.attributes if name.startswith("on") or name == "src"]
    assert outside(page) == [
        entry(source).address for source in paper.sources if entry(source).address
    ]
    (style,) = page.all("style")
    assert "url(" not in style.text
    assert "@import" not in style.text
    policy = [each.attributes.get("content") for each in page.all("meta")]
    assert "default-src 'none'; style-src 'unsafe-inline'" in policy


@every_language
def test_columns_of_the_page_each_have_their_language(language: Language) -> None:
    page = read(as_html(papers.side_by_side(language)))
    columns = [each for each in page.all("div") if each.attributes.get("class") == "columns"]
    assert len(columns) == 2
    for each in columns:
        sides = [side for side in each.inner if isinstance(side, Element)]
        assert [side.attributes["lang"] for side in sides] == ["en", "es"]
        assert [side.all("p")[0].text for side in sides] == ["English", "Español"]


def test_a_block_in_another_language_says_so() -> None:
    block = Prose((Line("Buenos días."),), Language.ES)
    page = read(as_html(Paper("t", Language.EN, papers.DAY, (), (block,))))
    (prose,) = [each for each in page.all("p") if each.text == "Buenos días."]
    assert prose.attributes == {"lang": "es"}


def test_emphasis_shows_and_standing_has_its_colour() -> None:
    paper = papers.paper()
    loud = Prose((Line("**Judge** in *Doe* said <b>so</b>."),))
    html = as_html(Paper("t", Language.EN, papers.DAY, (), (loud,), paper.sources))
    assert "<p><strong>Judge</strong> in <em>Doe</em> said &lt;b&gt;so&lt;/b&gt;.</p>" in html
    for source in paper.sources:
        assert f'style="color: {look.STANDING_COLOUR[source.status]}"' in html


# --- Markdown


@every_paper
def test_every_mark_of_the_markdown_leads_to_the_source_of_its_number(paper: Paper) -> None:
    page = rendered(as_markdown(paper))
    assert Counter(marks_in(page)) == Counter(papers.marks_of(paper))
    text = re.sub(r"\s+", " ", page.text)
    for source in paper.sources:
        lines = entry(source)
        quotation = "".join(span.text for span in lines.quotation)
        listed = (
            f"[{source.number}] {lines.title} {quotation} {lines.cite_as} {lines.under} "
            f"{lines.standing} · {lines.facts} {lines.shown_address}"
        )
        assert re.sub(r"\s+", " ", listed) in text


@every_paper
def test_the_markdown_names_title_language_day_reach_and_disclaimer(paper: Paper) -> None:
    markdown = as_markdown(paper)
    head = yaml.safe_load(markdown.split("---\n")[1])
    assert head == {"title": clean(paper.title), "lang": paper.language, "date": paper.as_of}
    page = rendered(markdown)
    assert [each.text for each in page.all("h1")] == [clean(paper.title)]
    told = [each.text for each in page.all("p")]
    for front in fronts(paper):
        place = told.index(front.dates)
        assert told[place + 1] == front.disclaimer
    if paper.reference:
        reference = clean(paper.reference)
        assert told[-1] == say(paper.language, "paper.reference", reference=reference)


@every_paper
def test_the_markdown_holds_no_more_than_what_was_meant(paper: Paper) -> None:
    page = rendered(as_markdown(paper))
    allowed = {*HARMLESS, "hr"} - {"div", "span", "style", "html", "head", "meta"}
    assert {each.tag for each in page.all()} <= allowed
    assert not page.all("hr", "img", "code", "table", "script")
    assert outside(page) == [
        entry(source).address for source in paper.sources if entry(source).address
    ]


@every_language
def test_columns_of_the_markdown_follow_each_other_under_their_language(
    language: Language,
) -> None:
    markdown = as_markdown(papers.side_by_side(language))
    labels = re.findall(r"^\*\*(English|Español)\*\*$", markdown, re.MULTILINE)
    assert labels == ["English", "Español"] * 2
    first = markdown.index("**English**")
    assert first < markdown.index(papers.sources(Language.EN)[1].quote, first)
    spanish = markdown.index("**Español**", first)
    assert spanish < markdown.index(papers.sources(Language.ES)[1].quote, spanish)


def test_lists_that_follow_each_other_stay_two() -> None:
    page = rendered(as_markdown(papers.paper()))
    assert [len(each.all("li")) for each in page.all("ol", "ul")] == [2, 2, 1]


def test_the_lines_of_a_quoted_list_stay_lines() -> None:
    line = Line("It must give:\n\n- the name;\n- the *address*.")
    page = rendered(as_markdown(Paper("t", Language.EN, papers.DAY, (line,))))
    lead = page.all("p")[-1]
    assert [each for each in lead.inner if isinstance(each, str) and each.strip()] == [
        "It must give:",
        "\n– the name;",
        "\n– the ",
        ".",
    ]
    assert len(lead.all("br")) == 2


@settings(max_examples=600)
@given(st.text(alphabet=st.sampled_from("ab1 .)(#-+=*_`~[]<>!|\\$&;:/\n\"'{}^"), max_size=24))
def test_no_escaped_text_is_read_as_anything_else(text: str) -> None:
    shown = clean(text)
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escaped(shown))
    plain = re.sub(r"\s+", " ", unescape(html)).strip()
    expected = re.sub(r"\s+", " ", shown).strip()
    assert plain == (f"<p>{expected}</p>" if expected else "")
    assert not re.search(r"<(?!/?p>)", html), escape(html)
