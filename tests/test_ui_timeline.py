"""Timeline and numbers: charts that Plotly accepts, tables that say the same, and their files."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import plotly.graph_objects as go
import pytest
from starlette.requests import Request
from ui_fakes import FakeAssistant
from ui_page_text import Element, parse, spoken_texts

from assistant.desk.chronicle import spans
from assistant.desk.figures import figures
from assistant.models import Language
from assistant.texts import catalogue, say
from assistant.timeline import entries, horizon, in_force_on
from assistant.ui import charts
from assistant.ui.frame import Reply, Sent
from assistant.ui.pages import timeline
from assistant.ui.pages.numbers_chart import PANELS
from assistant.ui.theme import LIGHT

EN, ES = Language.EN, Language.ES
BOTH = pytest.mark.parametrize("language", Language)
CHARTS = pytest.mark.parametrize("name", ["time", "numbers"])
ASSISTANT = FakeAssistant()
HTML = {language: timeline.page_for(ASSISTANT, language) for language in Language}
PAGE = {language: parse(html) for language, html in HTML.items()}
NAMES = {"time": [each.id for each in entries()], "numbers": [each.name for each in figures()]}
# Letters that the narrowest chart holds beside each other.
WIDEST_LABEL = 46


def word(language: Language, name: str, **values: object) -> str:
    return say(language, f"timeline_page.{name}", **values)


def chart(language: Language, name: str) -> Element:
    (found,) = PAGE[language].find("div", **{"data-chart": name})
    return found


def figure(language: Language, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(chart(language, name).attributes["data-figure"])
    return read


def rows(language: Language, name: str) -> list[Element]:
    (table,) = PAGE[language].find("details", **{"data-table": name})
    (body,) = table.find("tbody")
    return body.find("tr")


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


class TestTheCharts:
    @BOTH
    @CHARTS
    def test_plotly_knows_every_property(self, language: Language, name: str) -> None:
        told = figure(language, name)
        # Names of colours are filled in by the script; any colour does here.
        plain = json.loads(
            json.dumps(told).replace('"--accent-soft"', '"#123456"'),
            object_hook=lambda held: {
                key: "#123456" if isinstance(value, str) and value.startswith("--") else
                ["#123456" if isinstance(each, str) and each.startswith("--") else each
                 for each in value] if isinstance(value, list) else value
                for key, value in held.items()
            },
        )  # fmt: skip
        assert len(go.Figure(plain).data) == len(told["data"])

    @BOTH
    @CHARTS
    def test_every_colour_is_one_of_the_theme(self, language: Language, name: str) -> None:
        named = {each[2:] for each in strings(figure(language, name)) if each.startswith("--")}
        assert named
        assert named <= set(LIGHT)
        assert json.loads(chart(language, name).attributes["data-light"]) == LIGHT

    @BOTH
    @CHARTS
    def test_each_bar_and_point_opens_a_row_and_each_row_is_drawn(
        self, language: Language, name: str
    ) -> None:
        drawn = {each for trace in figure(language, name)["data"] for each in trace["customdata"]}
        listed = [each.attributes["data-entry"] for each in rows(language, name)]
        assert drawn == set(listed)
        assert listed == NAMES[name]

    def test_the_bars_last_as_long_as_their_entries(self) -> None:
        day = 24 * 60 * 60 * 1000
        lasted = {
            entry: (base, x / day)
            for trace in figure(EN, "time")["data"]
            if trace["type"] == "bar" and "opacity" not in trace
            for entry, base, x in zip(trace["customdata"], trace["base"], trace["x"], strict=True)
        }
        assert lasted == {
            each.id: (
                each.starts.isoformat(),
                ((each.ends or each.confirmed) - each.starts).days,
            )
            for each in entries()
            if each.lasts
        }

    def test_only_what_has_no_confirmed_end_fades_out_and_from_there_on(self) -> None:
        fading = [each for each in figure(EN, "time")["data"] if "opacity" in each]
        opacities = [each["opacity"] for each in fading]
        still_open = {each.id: each.confirmed.isoformat() for each in entries() if not each.ends}
        begun: dict[str, str] = {}
        for trace in fading:
            for entry, base in zip(trace["customdata"], trace["base"], strict=True):
                begun.setdefault(entry, base)
        lasting = {each.id for each in entries() if each.lasts}
        assert begun == {name: day for name, day in still_open.items() if name in lasting}
        assert 0 < min(opacities) < max(opacities) < 1

    def test_no_point_covers_another(self) -> None:
        points = [each for each in figure(EN, "time")["data"] if "markers" in each.get("mode", "")]
        for trace in points:
            by_line: dict[float, list[str]] = {}
            for x, y in zip(trace["x"], trace["y"], strict=True):
                by_line.setdefault(y, []).append(x)
            for days in by_line.values():
                assert days == sorted(set(days))

    def test_each_part_of_the_numbers_begins_with_the_last_bar_of_the_part_above(self) -> None:
        parts = list(PANELS.values())
        assert [each[0] for each in parts[1:]] == [each[-1] for each in parts[:-1]]
        assert {each for part in parts for each in part} == set(NAMES["numbers"])

    def test_all_bars_of_a_part_begin_at_zero_and_have_room(self) -> None:
        told = figure(EN, "numbers")
        for trace in told["data"]:
            axis = told["layout"][trace["xaxis"].replace("x", "xaxis")]
            assert axis["range"][0] == 0
            assert max(trace["x"]) < axis["range"][1]

    @BOTH
    def test_every_label_of_a_number_fits_on_a_small_phone(self, language: Language) -> None:
        for each in figures():
            label = f"{each.written[language]} {word(language, f'figure_{each.name}')}"
            assert len(label) <= WIDEST_LABEL, label

    @BOTH
    @CHARTS
    def test_a_chart_is_a_picture_with_a_name_and_a_description(
        self, language: Language, name: str
    ) -> None:
        (drawing,) = chart(language, name).find("div", role="img")
        assert drawing.attributes["aria-label"] == word(language, f"{name}_chart")
        (summary,) = PAGE[language].find("p", id=drawing.attributes["aria-describedby"])
        assert str(len(NAMES[name])) in summary.text


class TestTheTables:
    @BOTH
    @CHARTS
    def test_it_has_a_caption_and_heads_of_columns_and_rows(
        self, language: Language, name: str
    ) -> None:
        (held,) = PAGE[language].find("details", **{"data-table": name})
        (caption,) = held.find("caption")
        assert caption.text == word(language, f"{name}_caption")
        assert len(held.find("th", scope="col")) == 3
        for row in rows(language, name):
            assert len(row.find("th", scope="row")) == 1
            assert len(row.find("td")) == 2

    @BOTH
    def test_a_row_holds_the_sentence_its_standing_and_the_way_to_its_document(
        self, language: Language
    ) -> None:
        for row, entry in zip(rows(language, "time"), entries(), strict=True):
            (quote,) = row.find("blockquote")
            assert quote.attributes["lang"] == language.value
            (link,) = row.find("a", class_="source-title")
            stated = entry.stated[language].document
            assert link.attributes["href"].startswith(f"/library?doc={stated}&lang={language}#")
            assert len(row.find("span", class_="badge")) == 1
            assert row.find("span", class_="as-of")

    @BOTH
    def test_a_figure_stands_beside_whoever_says_so(self, language: Language) -> None:
        for row, each in zip(rows(language, "numbers"), figures(), strict=True):
            assert row.find("th")[0].text.startswith(each.written[language])
            assert each.who[language] in row.find("td", class_="when")[0].text
            assert len(row.find("blockquote")) == len(each.picks)

    @BOTH
    def test_a_day_that_is_not_confirmed_says_so(self, language: Language) -> None:
        said = word(language, "when_by", date="").rstrip(" .").rsplit(". ", 1)[-1]
        vague = [
            row.attributes["data-entry"]
            for row in rows(language, "time")
            if said in row.find("td", class_="when")[0].text
        ]
        assert vague == ["members-brief", "appeal-argued"]


class TestTheDay:
    @BOTH
    def test_at_first_it_shows_what_was_in_force_on_the_last_day(self, language: Language) -> None:
        items = [each for each in PAGE[language].find("li") if "data-held" in each.attributes]
        shown = [each.attributes["data-held"] for each in items if "hidden" not in each.attributes]
        assert shown == [each.id for each in in_force_on(horizon())]
        assert len(items) == sum(each.lasts for each in entries())

    def test_the_script_gets_the_spans_of_the_timeline(self) -> None:
        (part,) = [each for each in PAGE[EN].find("section") if "data-day" in each.attributes]
        assert json.loads(part.attributes["data-spans"]) == [
            {"starts": each.starts.isoformat(), "names": list(each.names)} for each in spans()
        ]
        assert part.attributes["data-last"] == horizon().isoformat()

    def test_what_is_confirmed_only_to_an_earlier_day_says_so(self) -> None:
        doubts = {
            item.attributes["data-held"]: item.find("p", class_="doubt")
            for item in PAGE[EN].find("li")
            if "data-held" in item.attributes
        }
        assert "hidden" not in doubts["stay"][0].attributes
        assert "hidden" in doubts["agreement-signed"][0].attributes
        assert doubts["pi-denied"] == []


class TestThePage:
    @BOTH
    def test_it_has_one_heading_and_no_id_twice(self, language: Language) -> None:
        assert len(PAGE[language].find("h1")) == 1
        ids = [each.attributes["id"] for each in PAGE[language].find() if "id" in each.attributes]
        assert len(ids) == len(set(ids))

    @BOTH
    def test_it_speaks_one_language(self, language: Language) -> None:
        other = next(each for each in Language if each is not language)
        theirs = {str(text) for key, text in catalogue(other).items() if key in _OWN}
        ours = {str(text) for key, text in catalogue(language).items() if key in _OWN}
        assert set(spoken_texts(PAGE[language], language)) & (theirs - ours) == set()

    def test_every_text_that_the_script_says_is_there(self) -> None:
        assert all(each in catalogue(EN) for each in timeline.PAGE.words)

    @BOTH
    def test_every_entry_can_be_opened_by_its_name(self, language: Language) -> None:
        buttons = [each for each in PAGE[language].find("button") if "data-open" in each.attributes]
        assert [each.attributes["data-open"] for each in buttons] == NAMES["time"]


_OWN = {key for key in catalogue(EN) if key.startswith("timeline_page.")}


class TestTheFiles:
    @staticmethod
    def read(reply: Reply) -> list[dict[str, str]]:
        assert reply.file is not None
        return list(csv.DictReader(StringIO(reply.file.content.decode("utf-8-sig"))))

    @BOTH
    def test_the_timeline_is_saved_entry_by_entry(self, language: Language) -> None:
        reply = timeline.time_table(ASSISTANT, Sent.read({"language": language.value}))
        lines = self.read(reply)
        assert reply.file is not None
        assert reply.file.name.startswith(word(language, "file_time"))
        assert reply.file.name.endswith(".csv")
        assert [each[word(language, "csv_starts")] for each in lines] == [
            each.starts.isoformat() for each in entries()
        ]
        assert all(each[word(language, "csv_quote")] for each in lines)
        assert all(
            each[word(language, "csv_address")].startswith(("https://", "http://"))
            for each in lines
        )

    @BOTH
    def test_the_numbers_are_saved_with_all_their_sentences(self, language: Language) -> None:
        lines = self.read(
            timeline.numbers_table(ASSISTANT, Sent.read({"language": language.value}))
        )
        assert len(lines) == sum(len(each.picks) for each in figures())
        assert {int(each[word(language, "csv_value")]) for each in lines} == {
            each.value for each in figures()
        }


class TestTheScript:
    @staticmethod
    def asked(**headers: str) -> Request:
        sent = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
        return Request({"type": "http", "headers": sent})

    def test_it_is_packed_for_whoever_unpacks_and_may_be_kept(self) -> None:
        packed = charts.send_script(self.asked(accept_encoding="gzip, br"))
        plain = charts.send_script(self.asked())
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert gzip.decompress(packed.body) == plain.body
        assert len(packed.body) * 3 < len(plain.body)
        assert b"plotly.js v" in plain.body[:200]
        assert "immutable" in packed.headers["cache-control"]
        assert packed.headers["content-type"].startswith("text/javascript")

    def test_only_this_page_names_it_and_only_where_a_chart_is_to_be_drawn(self) -> None:
        assert all(
            chart(EN, name).attributes["data-plotly"] == charts.script_address()
            for name in ("time", "numbers")
        )
        assert timeline.PAGE.scripts == ("timeline.js",)
