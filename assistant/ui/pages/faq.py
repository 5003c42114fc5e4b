"""The FAQ page: a list of questions, answered one by one, edited, saved, and compared with before.

The list lives in the reader's tab. What the tab sends back becomes quotations again only where the
documents hold those very words.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock

from assistant.desk.faq import Brief, Entry, Faq, entry_for, faq_of, with_side
from assistant.desk.faq_carry import with_edits_of
from assistant.desk.faq_changes import StillSays, changes
from assistant.desk.faq_earlier import LARGEST_MB, EarlierError, read_earlier
from assistant.desk.faq_edit import LONGEST_ANSWER, edited_answer, edited_question
from assistant.desk.faq_list import (
    LONGEST_LIST,
    LONGEST_WORDING,
    MOST_QUESTIONS,
    ListError,
    read_questions,
)
from assistant.desk.faq_paper import Since, paper_of
from assistant.desk.faq_record import (
    Kept,
    asked_values,
    entry_values,
    kept,
    read_asked,
    read_entry,
    read_kept,
    restored,
    still_said,
)
from assistant.desk.sentences import Sentences
from assistant.export.save import as_bytes
from assistant.index.opened import Index
from assistant.models import Audience, Language
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.ui.frame import Assistant, File, Hears, Page, Reply, Sent, fixed, live
from assistant.ui.pages.faq_entry import changes_html, entry_html
from assistant.ui.pages.faq_form import form, skeleton
from assistant.verify.quotes import source_reader

_LONGEST_FILE = LARGEST_MB * 1024 * 1024 * 2  # characters; base64 takes a third more than the file
_SAVED_AS = {"docx", "pdf", "html", "md"}


def build(assistant: Assistant) -> None:
    """The form, and the answers as they come."""
    fixed("faq-form", {each: form(each) for each in Language})
    live("faq", {each: skeleton(each) for each in Language}, hears(assistant))


def hears(assistant: Assistant) -> Hears:
    """What the page's script may ask, by name."""
    desk = _Desk(assistant)
    return {
        "read": _read,
        "answer": desk.answer,
        "edit": desk.edit,
        "earlier": _earlier,
        "compare": desk.compare,
        "paper": desk.paper,
    }


@dataclass(frozen=True, slots=True)
class _Held:
    """An index and the sentences in it."""

    index: Index
    sentences: Sentences


class _Desk:
    """Answers what the page asks; keeps nothing but the sentences of the present index."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._held: _Held | None = None
        self._lock = Lock()

    def answer(self, sent: Sent) -> Reply:
        """A question's entry; ``lead`` names the wording that must be asked."""
        brief = _brief(sent)
        asked = read_asked(sent.given.get("asked"))
        lead = sent.choice(Language, "lead")
        lead = lead if lead in asked.wordings else None
        entry = entry_for(asked, brief, self._assistant.ask, self._sentences(), lead)
        return Reply(data=_drawn(entry, brief, _key(sent)))

    def edit(self, sent: Sent) -> Reply:
        """An entry with one side as its editor wants it."""
        brief = _brief(sent)
        entry = restored(read_entry(sent.given.get("entry")), brief, self._sentences())
        side = entry.side(sent.choice(Language, "side") or sent.language)
        if side:
            question = sent.text("question", LONGEST_WORDING)
            worded = edited_question(side, entry, question)
            entry = with_side(entry, edited_answer(worded, sent.text("answer", LONGEST_ANSWER)))
        return Reply(data=_drawn(entry, brief, _key(sent)))

    def compare(self, sent: Sent) -> Reply:
        """What changed since an earlier list, and the entries with the edits that still fit."""
        brief = _brief(sent)
        earlier = read_kept(sent.given.get("earlier"))
        entries = [with_edits_of(each, earlier) for each in self._entries(sent, brief)]
        new = kept(self._faq(entries, brief))
        says = still_said(self._sentences())
        days = {each: say_date(each, earlier.as_of.isoformat()) for each in Language}
        html = {
            each.value: changes_html(changes(earlier, new, each, says), days[each], each)
            for each in Language
        }
        drawn = [
            _drawn(entry, brief, key) for entry, key in zip(entries, _keys(sent), strict=False)
        ]
        return Reply(data={"changes": html, "entries": drawn})

    def paper(self, sent: Sent) -> Reply:
        """The whole list as a file."""
        kind = sent.text("kind", 10)
        if kind not in _SAVED_AS:
            raise ValueError("no such kind of file")
        brief = _brief(sent)
        faq = self._faq(self._entries(sent, brief), brief)
        given = sent.given.get("earlier")
        says = still_said(self._sentences())
        since = _since(read_kept(given), kept(faq), brief, says) if given else None
        name = say(sent.language, "faq.file_name", day=brief.as_of.isoformat())
        content = as_bytes(paper_of(faq, since), f".{kind}")
        return Reply(file=File(f"{name}.{kind}", content))

    def _entries(self, sent: Sent, brief: Brief) -> list[Entry]:
        given = sent.given.get("entries")
        values = given[:MOST_QUESTIONS] if isinstance(given, list) else []
        sentences = self._sentences()
        return [restored(read_entry(each), brief, sentences) for each in values]

    def _faq(self, entries: list[Entry], brief: Brief) -> Faq:
        return faq_of(entries, brief, self._assistant.index().languages, self._sentences())

    def _sentences(self) -> Sentences:
        """The sentences of the index, each checked against its document at this moment."""
        index = self._assistant.index()
        text_of = source_reader(self._assistant.settings.corpus)
        with self._lock:
            if self._held is None or self._held.index is not index:
                passages = [each for part in index.languages.values() for each in part.passages]
                self._held = _Held(index, Sentences.of(passages, text_of))
            return self._held.sentences.reread(text_of)


def _read(sent: Sent) -> Reply:
    """The questions of a list, or what is wrong with it in both languages."""
    try:
        listed = read_questions(_text(sent, "list", LONGEST_LIST + 1), sent.language)
    except ListError as error:
        return Reply(data={"wrong": {each.value: error.worded(each) for each in Language}})
    merged = {
        each.value: [
            say(each, "faq.merged", line=line.line, first=line.first) for line in listed.repeated
        ]
        for each in Language
    }
    questions = [asked_values(each) for each in listed.questions]
    return Reply(data={"questions": questions, "merged": merged})


def _earlier(sent: Sent) -> Reply:
    """The list in a file that was saved here, or why there is none, in both languages."""
    try:
        content = base64.b64decode(_text(sent, "content", _LONGEST_FILE), validate=True)
        earlier = read_earlier(sent.text("name", 300), content)
    except EarlierError as error:
        return Reply(data={"wrong": {each.value: error.worded(each) for each in Language}})
    except binascii.Error as error:
        raise ValueError("the file did not arrive whole") from error
    opened = {
        each.value: say(
            each,
            "faq.earlier_opened",
            day=say_date(each, earlier.as_of.isoformat()),
            count=len(earlier.entries),
        )
        for each in Language
    }
    lines = [_line(each.wordings, each.lead) for each in earlier.entries]
    return Reply(data={"record": earlier.as_values(), "opened": opened, "list": "\n".join(lines)})


def _line(wordings: Mapping[Language, str], first: Language) -> str:
    """A question as a line of a list, the wording first that is to be asked first."""
    order = dict.fromkeys((first, *Language))
    return " | ".join(wordings[each] for each in order if each in wordings)


def _text(sent: Sent, name: str, longest: int) -> str:
    """A text as it was sent, line breaks and all."""
    value = sent.given.get(name)
    return value[:longest] if isinstance(value, str) else ""


def _brief(sent: Sent) -> Brief:
    """For whom and in which languages, as the page says; the first is the one it spoke then."""
    given = sent.given.get("languages")
    names = given if isinstance(given, list) else []
    wanted = tuple(dict.fromkeys(each for name in names for each in Language if each.value == name))
    audience = sent.choice(Audience, "for") or sent.audience
    return Brief(wanted or (sent.language,), date.today(), audience)


def _key(sent: Sent) -> int:
    return sent.number("key", 0, 1_000_000) or 0


def _keys(sent: Sent) -> tuple[int, ...]:
    given = sent.given.get("keys")
    return tuple(int(each) for each in given) if isinstance(given, list) else ()


def _drawn(entry: Entry, brief: Brief, key: int) -> dict[str, object]:
    """An entry as the page keeps it and as it shows it."""
    html = {each.value: entry_html(entry, brief, key, each) for each in Language}
    return {"entry": entry_values(entry), "html": html}


def _since(earlier: Kept, new: Kept, brief: Brief, says: StillSays) -> Since:
    found = {each: changes(earlier, new, each, says) for each in brief.languages}
    return Since(earlier.as_of, found)


PAGE = Page(
    path="/faq",
    room="faq",
    build=build,
    scripts=("faq.js",),
    styles=("answer.css", "faq.css"),
    words=(
        "faq.progress",
        "faq.paused",
        "faq.done",
        "faq.number",
        "faq.dropped",
        "faq.moved",
        "faq.edited_kept",
        "faq.earlier_too_big",
        "faq.opening",
        "faq.saving",
    ),
    audience=True,
)
