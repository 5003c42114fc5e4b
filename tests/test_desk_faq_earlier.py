"""An earlier list read back from each kind of file, and what is refused."""

from __future__ import annotations

import pytest
from desk_faq_fakes import BOTH, EN, ES, FakeAsk, entries_of

from assistant.desk.faq import Faq
from assistant.desk.faq_earlier import LARGEST_MB, EarlierError, EarlierFault, read_earlier
from assistant.desk.faq_paper import paper_of
from assistant.desk.faq_record import kept
from assistant.export.save import SUFFIXES, as_bytes
from assistant.models import Language

LIST = 'What does "the law" say --> <b>here</b>?\n¿Qué dice la ley de los impuestos & más?'
FAQ = Faq(BOTH, entries_of(LIST, FakeAsk(points=True)))


@pytest.mark.parametrize("suffix", sorted({*SUFFIXES, ".json"} - {".pdf"}))
def test_a_saved_list_is_read_back_as_it_was(suffix: str) -> None:
    record = kept(FAQ)
    content = record.as_json().encode() if suffix == ".json" else as_bytes(paper_of(FAQ), suffix)
    assert read_earlier(f"My list{suffix.upper()}", content) == record


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("list.pdf", as_bytes(paper_of(FAQ), ".pdf"), EarlierFault.KIND),
        ("list.txt", b"text", EarlierFault.KIND),
        ("list", b"text", EarlierFault.KIND),
        ("list.md", b"# Something else", EarlierFault.NONE),
        ("list.html", b"<p>Something else</p>", EarlierFault.NONE),
        ("list.md", b"\xff\xfe", EarlierFault.NONE),
        ("list.md", b'<!-- ask6103-record {"kind": "else"} -->', EarlierFault.DAMAGED),
        ("list.md", b"<!-- ask6103-record {broken} -->", EarlierFault.DAMAGED),
        ("list.json", b"{}", EarlierFault.DAMAGED),
        ("list.json", b"", EarlierFault.DAMAGED),
        ("list.docx", b"no zip", EarlierFault.DAMAGED),
        ("list.md", b"x" * (LARGEST_MB * 1024 * 1024 + 1), EarlierFault.TOO_BIG),
    ],
)
def test_a_file_that_holds_no_list_is_refused_in_both_languages(
    name: str, content: bytes, fault: EarlierFault
) -> None:
    with pytest.raises(EarlierError) as raised:
        read_earlier(name, content)
    assert raised.value.fault is fault
    assert raised.value.worded(EN) != raised.value.worded(ES)
    for language in Language:
        assert "{" not in raised.value.worded(language)
    assert str(raised.value) == raised.value.worded(EN)
    assert raised.value.exit_code == 2
