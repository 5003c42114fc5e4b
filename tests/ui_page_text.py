"""Reading rendered HTML in tests: elements, texts, and what a reader of one language meets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from assistant.models import Language
from assistant.texts import catalogue

_VOID = {"br", "img", "input", "meta", "link", "hr"}
# What documents say, not the page: a Spanish digest may name an English court.
_QUOTED = {"passage", "words", "pinpoint", "source-title", "cite-as", "question", "disagreements"}
# So it is in the library, where documents are read whole.
_QUOTED |= {"title", "within", "contents", "section", "related"}
_SPOKEN = ("aria-label", "title", "placeholder", "alt")
_GAPS = re.compile(r"\s+")
# Too short or too general to tell one language from the other.
_LONG_ENOUGH = 4


@dataclass
class Element:
    """An element with its attributes, its children and the text directly inside it."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def find(self, tag: str = "", **attributes: str) -> list[Element]:
        """Every element below with this tag and these attributes; ``class_`` matches one class."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                if child.fits(tag, attributes):
                    found.append(child)
                found.extend(child.find(tag, **attributes))
        return found

    def fits(self, tag: str, attributes: dict[str, str]) -> bool:
        """Whether the element has this tag and these attributes."""
        wanted = dict(attributes)
        style = wanted.pop("class_", None)
        return (
            (not tag or self.tag == tag)
            and (style is None or style in self.attributes.get("class", "").split())
            and all(self.attributes.get(name) == value for name, value in wanted.items())
        )

    @property
    def text(self) -> str:
        """All text below, as it stands."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.tag == tag, f"<{closed.tag}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    """The HTML as a tree; every element must be closed where it should be."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert [element.tag for element in builder.open] == ["page"], "an element was left open"
    return builder.open[0]


def spoken_texts(element: Element, language: Language) -> list[str]:
    """Every text and spoken attribute of the page, not of what it quotes or marks as foreign."""
    own = element.attributes.get("lang", language.value)
    if own != language.value or _QUOTED & set(element.attributes.get("class", "").split()):
        return []
    texts = [element.attributes[name] for name in _SPOKEN if name in element.attributes]
    for child in element.children:
        if isinstance(child, Element):
            texts.extend(spoken_texts(child, language))
        elif child.strip():
            texts.append(child)
    return [_GAPS.sub(" ", text).strip() for text in texts]


def foreign_wording(texts: list[str], language: Language) -> list[str]:
    """The page wording of the other language that stands among these texts."""
    other = Language.ES if language is Language.EN else Language.EN
    ours, theirs = _wording(language), _wording(other)
    said = "\n".join(texts).lower()
    return sorted(
        text
        for text in theirs - ours
        if len(text) >= _LONG_ENOUGH and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", said)
    )


def _wording(language: Language) -> set[str]:
    texts: set[str] = set()
    for key, value in catalogue(language).items():
        if key.split(".")[0] in {"ui", "names", "answers", "library", "about", "affected", "faq"}:
            every = value if isinstance(value, list) else [value]
            texts.update(part.lower() for text in every for part in _parts(text))
    return texts


def _parts(text: str) -> list[str]:
    return [part.strip(" :.,()[]“”«»") for part in re.split(r"\{\w+\}", text)]
