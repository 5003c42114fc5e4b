"""The frame that all pages share, and how a page is made.

A page is a module ``assistant/ui/pages/<name>.py`` with a ``PAGE`` of type `Page`, listed once in
``assistant/ui/pages/__init__.py``. Nothing else is needed: the navigation, the door for its path,
the title, the document's head, language, audience and theme come from here. A page that is not
listed is in no navigation and its address is shut.

A page consists of parts. A part holds its HTML by language, the page shows the one that its reader
speaks, and a switch of language needs no request. `fixed` is a part that never changes. `live` is
a part whose script may ask Python for something and get an answer:

    # assistant/ui/pages/greeting.py
    def build(assistant: Assistant) -> None:
        def greet(sent: Sent) -> Reply:
            name = sent.text("name", longest=60)
            return Reply(html={each: f"<h1>{plain(name)}</h1>" for each in Language})

        def paper(sent: Sent) -> Reply:
            return Reply(file=File("greeting.docx", as_docx(...)), data={"pages": 1})

        first = {each: greeting(each) for each in Language}
        live("greeting", first, {"greet": greet, "paper": paper})

    PAGE = Page(
        path="/greeting", room="greeting", build=build,
        scripts=("greeting.js",), styles=("greeting.css",), words=("greeting.saved",),
    )

    // assistant/ui/static/greeting.js
    frame.press("[data-greet]", async () => {
      const answer = await frame.ask("greeting", "greet", { name: "Ana" });
      if (answer === null) return;  // it failed, and the reader was told so
    });
    frame.press("[data-paper]", () => frame.ask("greeting", "paper"));

What ``frame.ask`` sends arrives as `Sent`, which hands out only what is of the right shape; the
page's language and audience are always among it. A `Reply` may redraw the part (``html``, by
language, or in the one language that was sent), hand data to the script (``answer.data``), and
bring a file: it is made in memory, travels inside the answer, and the browser saves it by itself.
Nothing touches a disk on the way, so a page never uses Gradio's own download or upload.

A page keeps what its reader did in its script, sends it along, and Python forgets it with the
answer: there is no state on the server to lose or to find. Long work is a loop in the script that
asks for one piece after another, which also gives a progress bar and a stop. Only the Ask page,
whose answers stream, holds its conversation in a ``gr.State`` and uses Gradio's own events.

In the catalogue (``texts/<language>/<room>.yaml``) a page has ``nav`` (its name in the navigation),
``title`` (of the document) and ``description``. ``words`` names the texts that its script says, as
``frame.word("greeting.saved")``. Links to other pages are made with `address`, to documents
of the library with `assistant.ui.addresses.document_address`. A button with
``data-quick-exit`` clears the screen and leaves at once; so does Escape pressed three times on a
page that has one. The rest of what ``frame`` offers a script stands at the head of
``static/frame.js``.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

import gradio as gr

from assistant.config import Settings
from assistant.index.opened import Index
from assistant.log import logger
from assistant.models import Answer, Audience, Hit, Language, Request

# Each part holds its HTML by language; the page shows the one it speaks.
_TEMPLATE = "${value[frame.language()] ?? Object.values(value)[0]}"
_FIXED = "frame.part(element, props);"
_LIVE = "frame.part(element, props, server);"
_MOST_ITEMS = 500

_log = logger("ui")


class Assistant(Protocol):
    """What pages want of the assistant."""

    @property
    def settings(self) -> Settings:
        """The settings it was made with."""

    def ask(self, request: Request) -> Answer:
        """One answer; its outcome says how the question ended."""

    def answers(self, request: Request) -> Iterator[Answer]:
        """The answer as it grows, whole at last."""

    def search(self, text: str, language: Language | None = None, k: int = 10) -> tuple[Hit, ...]:
        """Ranked passages for a text, best first."""

    def index(self) -> Index:
        """The opened index that questions are answered from."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the app: where it is, what it is called, what it is made of.

    ``audience`` says whether the choice of audience changes anything on it; where it does not, the
    masthead leaves it out.
    """

    path: str
    room: str
    build: Callable[[Assistant], None]
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    audience: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file for the reader, made in memory; its name says what it is."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What Python answers a script: new HTML for the part, data, a file, or some of these."""

    html: str | Mapping[Language, str] | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    file: File | None = None


_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page's script sent; only what has the right shape can be read from it."""

    given: Mapping[str, object]

    @classmethod
    def read(cls, sent: object) -> Sent:
        """Anything that a browser may send, as something that can be read safely."""
        return cls(sent if isinstance(sent, dict) else {})

    @property
    def language(self) -> Language:
        """The language that the page speaks."""
        return self.choice(Language, "language") or Language.EN

    @property
    def audience(self) -> Audience:
        """Whom the reader wants answers for."""
        return self.choice(Audience, "audience") or Audience.PUBLIC

    def text(self, name: str, longest: int) -> str:
        """A text without the white space around it, cut to a length; empty when none came."""
        value = self.given.get(name)
        return value.strip()[:longest] if isinstance(value, str) else ""

    def texts(self, name: str, longest: int, most: int = _MOST_ITEMS) -> tuple[str, ...]:
        """A list of texts, each like `text`; what is no text is left out."""
        value = self.given.get(name)
        items = value[:most] if isinstance(value, list) else []
        return tuple(item.strip()[:longest] for item in items if isinstance(item, str))

    def choice(self, kind: type[_Choice], name: str) -> _Choice | None:
        """One of a fixed set; None when it is not among them."""
        value = self.given.get(name)
        return next((each for each in kind if each.value == value), None)

    def yes(self, name: str) -> bool:
        """Whether something was ticked."""
        return self.given.get(name) is True

    def number(self, name: str, low: int, high: int) -> int | None:
        """A whole number within bounds; None for anything else."""
        value = self.given.get(name)
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value if whole and low <= value <= high else None  # type: ignore[operator,return-value]


Hears = Mapping[str, Callable[[Sent], Reply]]


def fixed(name: str, html: Mapping[Language, str]) -> Any:
    """A part that never changes."""
    return part(name, html, _FIXED)


def live(name: str, html: Mapping[Language, str], hears: Hears) -> Any:
    """A part whose script may ask; ``hears`` answers each kind of request by its name."""

    def hear(sent: object) -> dict[str, object]:
        return heard(sent, hears)

    return part(name, html, _LIVE, server_functions=[hear])


def part(name: str, html: Mapping[Language, str], script: str, **more: Any) -> Any:
    """A part with a script of its own when it loads, for what `fixed` and `live` cannot do."""
    return gr.HTML(
        {language.value: each for language, each in html.items()},
        html_template=_TEMPLATE,
        js_on_load=script,
        apply_default_css=False,
        elem_id=f"part-{name}",
        elem_classes=["part"],
        **more,
    )


def address(path: str, language: Language, section: str = "", **query: str) -> str:
    """The address of a page in a language, for a link; ``section`` is an anchor on it."""
    asked = urlencode({**query, "lang": language.value})
    return f"{path}?{asked}#{section}" if section else f"{path}?{asked}"


def heard(sent: object, hears: Hears) -> dict[str, object]:
    """The answer to one request of a script, ready to travel; a failure says only that it failed.

    What went wrong stays out of the log but for its name, because it may hold what was typed.
    """
    read = Sent.read(sent)
    answer = hears.get(read.text("event", longest=40))
    if answer is None:
        return {"failed": True}
    try:
        return _travelling(answer(read), read.language)
    except Exception as error:
        _log.error("a page's request failed: %s", type(error).__name__)
        return {"failed": True}


def _travelling(reply: Reply, language: Language) -> dict[str, object]:
    parcel: dict[str, object] = {"data": dict(reply.data)}
    if isinstance(reply.html, str):
        parcel["html"] = {language.value: reply.html}
    elif reply.html is not None:
        parcel["html"] = {each.value: html for each, html in reply.html.items()}
    if reply.file is not None:
        content = base64.b64encode(reply.file.content).decode("ascii")
        parcel["file"] = {"name": reply.file.name, "content": content}
    return parcel
