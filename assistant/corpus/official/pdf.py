"""An opinion or a report as PDF with text, page by page."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.corpus.official.courts import Issuer, issuer_of
from assistant.corpus.official.dates import slashed_day, written_days
from assistant.corpus.official.facts import Draft, Reading, UnreadableFile, Wanted
from assistant.corpus.official.pages import page_pinpoints
from assistant.corpus.official.text import folded, listed, slug
from assistant.corpus.shape import Shelf
from assistant.models import Kind, Standing

if TYPE_CHECKING:
    from pypdf import PdfReader

LARGEST = 100 << 20  # bytes
MOST_PAGES = 2000
_MOST_TEXT = 20_000_000  # characters
_FEWEST_LETTERS = 20  # on a page that counts as one with text
_DAY_BESIDE = re.compile(
    r"\b(?:filed|decided|dated?|issued|released|entered)\b[\s:,on]{0,8}(?P<day>.{0,60})",
    re.IGNORECASE,
)
_DOCKET = re.compile(
    r"\b(?:Nos?\.|Docket\sNos?\.|Case|Civil\sAction\sNo\.)\s{0,2}"
    r"(?P<number>\d{0,2}:?\d{2,6}-[\w-]{2,12})"
)
_PARTY = re.compile(
    r"(?P<one>.{3,160}?),?\d?\s(?:Petitioner|Plaintiff|Appellant)s?\b.{0,60}?\sv\.\s"
    r"(?P<other>.{3,160}?),?\s(?:Respondent|Defendant|Appellee)s?\b"
)
_TAX_MEMO = re.compile(r"T\.\s?C\.\s(?:Memo|Summary\sOpinion)\.?\s\d{4}-\d{1,3}")
_NO_TITLE = re.compile(r"microsoft|untitled|\.(?:docx?|pdf|wpd)\b|^\S*$", re.IGNORECASE)
_REPAIR = "Download the file again, or print it to a new PDF"


def read_pdf(file: Path, wanted: Wanted) -> Reading:
    """The whole paper as one document, a pinpoint a page.

    Raises:
        UnreadableFile: It cannot be read, has no text, or does not tell what the user must then.
    """
    pages, named = _read(file)
    bare = [number for number, text in enumerate(pages, 1) if _letters(text) < _FEWEST_LETTERS]
    if len(bare) == len(pages):
        what = "the PDF holds pictures of pages and no text"
        mend = "Run OCR over it (for example: ocrmypdf IN.pdf OUT.pdf), and import that file"
        raise UnreadableFile(what, mend)
    first = "\n".join(pages[:2])
    issuer = issuer_of(first)
    day = wanted.published or _day(first)
    url = wanted.url or (issuer.site if issuer else "")
    _check_told(issuer, wanted, day, url)
    draft = _draft(pages, wanted, issuer, (day, url, wanted.title or _title(first, named)))
    return Reading((draft,), tuple(_notices(bare, wanted, draft)))


def _check_told(issuer: Issuer | None, wanted: Wanted, day: str, url: str) -> None:
    """Raises what the user must say because the paper does not."""
    lacking = [
        option
        for option, known in (
            ("--published YYYY-MM-DD", day),
            ("--url ADDRESS", url),
            ("--publisher NAME", issuer or wanted.publisher),
        )
        if not known
    ]
    if lacking:
        what = "the PDF does not tell in a known way who issued it, when, or where it is published"
        raise UnreadableFile(what, f"Say so with {', '.join(lacking)}")


def _draft(
    pages: list[str], wanted: Wanted, issuer: Issuer | None, told: tuple[str, str, str]
) -> Draft:
    day, url, title = told
    court = issuer is None or issuer.is_court
    first = "\n".join(pages[:2])
    number = _TAX_MEMO.search(first) or _DOCKET.search(first)
    cited = wanted.citation or (folded(number.group()) if number else title)
    by_court = issuer.name if issuer else ""
    return Draft(
        id=slug(f"official pdf {cited} {day}"),
        shelf=Shelf.COURTS if court else Shelf.OVERSIGHT,
        title=title,
        kind=Kind.COURT if court else Kind.OVERSIGHT,
        citation=f"{cited} ({day})",
        publisher=wanted.publisher or by_court,
        url=url,
        published=day,
        as_of=day,
        pinpoints=page_pinpoints(pages),
        status=Standing.IN_EFFECT,
    )


def _notices(bare: list[int], wanted: Wanted, draft: Draft) -> Iterator[str]:
    yield f"read as '{draft.title}', {draft.citation}, from {draft.publisher}"
    if bare:
        yield f"pages without text, perhaps pictures: {listed(map(str, bare))}"
    if not wanted.url:
        yield f"its address is that of the issuer, {draft.url} (give its own with --url)"
    yield "a dissent in it is not told apart; a note that runs on may stand amid the next page"


def _read(file: Path) -> tuple[list[str], str]:
    """The text of each page, and the title that the file gives itself."""
    if file.stat().st_size > LARGEST:
        what = f"the PDF has more than {LARGEST >> 20} MB"
        raise UnreadableFile(what, "Split it, or print it to a smaller one")
    with _quiet():
        try:
            return _texts(file)
        except UnreadableFile:
            raise
        except Exception as error:
            # Whatever a damaged file makes the library stumble over, it is the file's fault.
            what = f"the PDF is damaged or cut off ({type(error).__name__})"
            raise UnreadableFile(what, _REPAIR) from error


def _texts(file: Path) -> tuple[list[str], str]:
    from pypdf import PdfReader

    with file.open("rb") as stream:
        reader = PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("the PDF is locked with a password", "Save it without one")
        count = len(reader.pages)
        if not 0 < count <= MOST_PAGES:
            what = f"the PDF has {count} pages, and 1 to {MOST_PAGES} can be read"
            raise UnreadableFile(what, "Split it, or download it again")
        texts: list[str] = []
        for page in reader.pages:
            texts.append(page.extract_text())
            if sum(map(len, texts)) > _MOST_TEXT:
                raise UnreadableFile("the PDF holds more text than any paper", "Split it")
        return texts, _own_title(reader)


def _own_title(reader: PdfReader) -> str:
    metadata = reader.metadata
    title = folded(str(metadata.title or "")) if metadata else ""
    return "" if _NO_TITLE.search(title) or len(title) > 200 else title


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the library's remarks on a damaged file from the terminal."""
    log = logging.getLogger("pypdf")
    before = log.disabled, log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.disabled, log.level = before


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _day(first: str) -> str:
    text = folded(first)
    for beside in _DAY_BESIDE.finditer(text):
        if days := written_days(beside["day"]):
            return days[0]
        if day := slashed_day(beside["day"]):
            return day
    return ""


def _title(first: str, named: str) -> str:
    """The parties' names, or the title that the file gives itself, or its first line."""
    lines = [folded(line) for line in first.splitlines()]
    short = " ".join(line for line in lines[:40] if line)
    parties = _PARTY.search(_after_court(short))
    if parties:
        return f"{parties['one'].strip(' ,')} v. {parties['other'].strip(' ,')}"
    return named or next((line[:150] for line in lines if _letters(line) > 9), "Paper")


def _after_court(text: str) -> str:
    """What follows the court's name, where the parties stand."""
    head = text[:300].partition(" v. ")[0]
    found = list(re.finditer(r"(?i)\b(?:court|circuit|columbia|massachusetts)\b", head))
    return text[found[-1].end() :] if found else text
