"""Small files in the shapes of official ones, in words of our own, for the tests of importers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

USLM_1 = "http://xml.house.gov/schemas/uslm/1.0"
USLM_2 = "http://schemas.gpo.gov/xml/uslm"

# A section built as § 6103(a) is: a lead-in, items, and flush text with the verb.
SANDWICH = """
<section identifier="/us/usc/t99/s5">
<num value="5">§\u202f5.</num><heading> Secrecy of lists</heading>
<subsection identifier="/us/usc/t99/s5/a"><num value="a">(a)</num><heading> General rule</heading>
<chapeau>Lists shall be secret, and except as allowed here\u2014</chapeau>
<paragraph identifier="/us/usc/t99/s5/a/1"><num value="1">(1)</num><content> no clerk, and</content>
</paragraph>
<paragraph identifier="/us/usc/t99/s5/a/2"><num value="2">(2)</num>
<chapeau>no other person who\u2014</chapeau>
<subparagraph identifier="/us/usc/t99/s5/a/2/A"><num value="A">(A)</num>
<content>has seen one, or</content></subparagraph>
<subparagraph identifier="/us/usc/t99/s5/a/2/B"><num value="B">(B)</num>
<content>holds one<ref class="footnoteRef" idref="f1">1</ref><footnote id="f1"><num>1</num> So in
original.</footnote>,</content></subparagraph>
</paragraph>
<continuation>shall show any list to anyone. For this subsection, a clerk includes a former
clerk.</continuation>
</subsection>
<subsection identifier="/us/usc/t99/s5/b"><num value="b">(b)</num>
<content>A <i>clerk</i> may read <ref href="/us/usc/t99/s6">section 6</ref>. Nobody else
may.</content></subsection>
<sourceCredit>(Pub. L. 1, Jan. 1, 2001.)</sourceCredit>
<notes><note topic="amendments"><p>2010\u2014An editor wrote this.</p><quotedContent><section>
<num value="9">9</num><content>Quoted elsewhere.</content></section></quotedContent></note></notes>
</section>
"""


def code(
    sections: str = SANDWICH,
    *,
    namespace: str = USLM_1,
    name: str = "Online@119-73",
    day: str = "<t:created xmlns:t='http://purl.org/dc/terms/'>2026-01-12T07:21:48</t:created>",
    before: str = "",
    title: str = "99",
) -> str:
    """A title of the U.S. Code with these sections."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<uscDoc xmlns="{namespace}" '
        f'identifier="/us/usc/t{title}"><meta><docPublicationName>{name}</docPublicationName>{day}'
        f'</meta><main><title><num value="{title}">T</num><toc><p>contents</p></toc>{sections}'
        "</title></main></uscDoc>"
    )


def section(number: str, text: str = "It is so.", attributes: str = "") -> str:
    """A short section of title 99."""
    return (
        f'<section identifier="/us/usc/t99/s{number}" {attributes}><num value="{number}">'
        f"§ {number}.</num><heading>Of {number}</heading><content>{text}</content></section>"
    )


def ecfr(paragraphs: str, number: str = "301.9(i)-1", more: str = "") -> str:
    """A part as the eCFR service answers, with one section; its first JSON is escaped twice."""
    path = f"/on/_SUBSTITUTE_DATE_/title-26/section-{number}"
    told = json.dumps({"path": path, "citation": f"26 CFR {number}"}).replace('"', "&quot;")
    part = json.dumps({"path": "p", "citation": "26 CFR Part 301"}).replace('"', "&amp;quot;")
    return (
        f'<?xml version="1.0"?><DIV5 N="301" TYPE="PART" hierarchy_metadata="{part}">'
        "<HEAD>PART 301</HEAD><SOURCE><HED>Source:</HED><PSPACE>85 FR 70049, Nov. 4, 2020."
        f'</PSPACE></SOURCE><DIV8 N="{number}" TYPE="SECTION" hierarchy_metadata="{told}">'
        f"<HEAD>§ {number}   Use of lists.</HEAD>{paragraphs}"
        f'<CITA TYPE="N">[T.D. 1, Mar. 7, 1989; 90 FR 1, Jan. 2, 2025]</CITA></DIV8>{more}</DIV5>'
    )


def bulk(paragraphs: str, number: str = "§ 2.4", head: str = "§ 2.4   Scope.") -> str:
    """A title in the form of GPO's bulk files."""
    return (
        "<DLPSTEXTCLASS><HEADER/><TEXT><BODY><ECFRBRWS><AMDDATE>Dec. 29, 2022(fm)\n</AMDDATE>"
        f'<DIV1 N="1" TYPE="TITLE"><DIV5 N="2" TYPE="PART"><DIV8 N="{number}" NODE="1:9" '
        f'TYPE="SECTION"><HEAD>{head}</HEAD>{paragraphs}</DIV8></DIV5></DIV1></ECFRBRWS></BODY>'
        "</TEXT></DLPSTEXTCLASS>"
    )


def register(**told: Any) -> dict[str, Any]:
    """A document as the Federal Register API gives it."""
    return {
        "document_number": "2025-00001",
        "publication_date": "2025-03-04",
        "type": "Notice",
        "title": "Lists; New Forms",
        "abstract": "We make new forms. They are short.",
        "dates": "Write by May 1, 2025.",
        "action": "Notice.",
        "citation": "90 FR 11",
        "agencies": [{"name": "Treasury Department"}, {"raw_name": "Office of Lists"}],
        "html_url": "https://www.federalregister.gov/documents/2025/03/04/2025-00001/lists",
        "pdf_url": "https://www.govinfo.gov/content/pkg/FR-2025-03-04/pdf/2025-00001.pdf",
        "effective_on": None,
    } | told


def opinion(**told: Any) -> dict[str, Any]:
    """An opinion as CourtListener gives it."""
    return {
        "id": 77,
        "absolute_url": "/opinion/70/clerk-v-list/",
        "cluster_id": 70,
        "cluster": "https://www.courtlistener.com/api/rest/v4/clusters/70/",
        "author_str": "Doe",
        "type": "020lead",
        "download_url": "https://www.cadc.uscourts.gov/70.pdf",
        "plain_text": "",
        "html": "",
        "html_with_citations": "<p>The list is secret.</p><p>We affirm.</p>",
        "extracted_by_ocr": False,
    } | told


def cluster(**told: Any) -> dict[str, Any]:
    """The cluster of that opinion."""
    return {
        "id": 70,
        "case_name": "Clerk v. List",
        "date_filed": "2025-11-21",
        "citations": [{"volume": 9, "reporter": "F.4th", "page": "12"}],
        "sub_opinions": ["https://www.courtlistener.com/api/rest/v4/opinions/77/"],
        "docket": {"court": {"full_name": "Court of Lists"}, "docket_number": "25-1"},
    } | told


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with these lines on its pages; a page without lines has no text."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({_escaped(line)}) Tj T* " for line in lines)
        stream = f"BT /F1 10 Tf 12 TL 60 760 Td {shown}ET".encode("cp1252")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return _file(objects)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(objects: Sequence[bytes]) -> bytes:
    content = b"%PDF-1.4\n"
    offsets = []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(content)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, rows, size, start)
    )


def write(folder: Path, name: str, content: str | bytes | dict[str, Any] | list[Any]) -> Path:
    """Writes a file and gives its path."""
    file = folder / name
    if isinstance(content, dict | list):
        content = json.dumps(content)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file
