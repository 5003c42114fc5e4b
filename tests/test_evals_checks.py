"""The labelled claims: read, checked, counted and told, with ceilings for what goes wrong."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from fakes import FakeEmbedder, make_index, make_passage, make_source

from assistant.errors import UsageError
from assistant.index.opened import Index
from assistant.models import Language

ROOT = Path(__file__).resolve().parent.parent
# evals is run from a checkout and never installed, so only the checkout can name it.
sys.path.insert(0, str(ROOT))

from evals import gate  # noqa: E402
from evals.cases import Split  # noqa: E402
from evals.checks import command  # noqa: E402
from evals.checks.claims import Label, Labelled, load_claims  # noqa: E402
from evals.checks.page import page  # noqa: E402
from evals.checks.rates import by_check, curves, rates, wrongly_shown  # noqa: E402
from evals.checks.report import record, told  # noqa: E402
from evals.checks.run import Checked, check_claims  # noqa: E402

EN = Language.EN
EMBEDDER = FakeEmbedder()
TEXT = "The agency sent 47,289 addresses to the officers. A judge stopped the exchange <in> May."


@pytest.fixture(scope="module")
def index() -> Index:
    passage = make_passage(TEXT, make_source("numbers"), pinpoint="What went")
    return make_index((passage,), EMBEDDER)


def labelled(name: str, text: str, label: Label, split: Split = Split.DEV) -> Labelled:
    section = {"document": "numbers", "heading": "What went"}
    return Labelled.model_validate(
        {"id": name, "language": EN, "claim": text, "evidence": [section]}
        | {"label": label, "kind": "made", "split": split}
    )


CLAIMS = (
    labelled("c-1", "The agency sent 47,289 addresses to the officers.", Label.SUPPORTED),
    labelled("c-2", "Officers got what they had wanted from friends.", Label.SUPPORTED),
    labelled("c-3", "The agency sent 47,298 addresses to the officers.", Label.CONTRADICTED),
    # Labelled wrong on purpose, so that something is wrongly shown.
    labelled("c-4", "A judge stopped the exchange <in> May.", Label.UNSUPPORTED),
    labelled("c-5", "A judge stopped the exchange <in> May.", Label.SUPPORTED, Split.TEST),
    labelled("c-6", "You should leave.", Label.UNSUPPORTED, Split.TEST),
)


@pytest.fixture(scope="module")
def checked(index: Index) -> tuple[Checked, ...]:
    return check_claims(index, EMBEDDER, CLAIMS)


def test_all_claims_are_encoded_in_one_go(index: Index) -> None:
    class Counting(FakeEmbedder):
        calls = 0

        def encode(self, texts, progress=None):  # type: ignore[no-untyped-def]
            self.calls += 1
            return super().encode(texts, progress)

    counting = Counting()
    check_claims(index, counting, CLAIMS)
    assert counting.calls == 1


def test_what_is_let_through_and_withheld_is_counted(checked: tuple[Checked, ...]) -> None:
    split = rates(checked)["split"]
    dev, test = split["dev"], split["test"]
    assert dev.let_through and dev.withheld and test.let_through and test.withheld
    assert (dev.claims, dev.shown) == (4, 2)
    assert (dev.let_through.value, dev.let_through.n) == (0.5, 2)
    assert (dev.withheld.value, dev.withheld.n) == (0.5, 2)
    assert (test.let_through.value, test.withheld.value) == (0, 0)
    assert rates(checked)["label"]["supported"].let_through is None
    assert by_check(checked)["figures"] == (0, 1)


def test_every_claim_wrongly_shown_is_told_in_full(checked: tuple[Checked, ...]) -> None:
    assert [each.claim.id for each in wrongly_shown(checked)] == ["c-4"]
    text = told(checked)
    assert "WRONGLY SHOWN: 1\n" in text
    assert "c-4 (en, dev, unsupported: made)" in text
    assert "rests on: A judge stopped the exchange <in> May." in text


def test_the_curve_falls_and_rises_with_the_thresholds(checked: tuple[Checked, ...]) -> None:
    for points in curves(checked).values():
        assert [p.let_through for p in points] == sorted(p.let_through for p in points)[::-1]
        assert [p.withheld for p in points] == sorted(p.withheld for p in points)
        assert any(point.moved == 0 for point in points)


def test_the_page_draws_the_curve_escapes_and_asks_no_other_host(
    checked: tuple[Checked, ...],
) -> None:
    html = page(checked)
    assert 'id="curve-checks-title"' in html
    assert "&lt;in&gt;" in html and "<in>" not in html
    assert "http" not in html and "<script" not in html


def test_the_record_holds_every_verdict(checked: tuple[Checked, ...]) -> None:
    kept = json.loads(json.dumps(record(checked)))
    assert [each["shown"] for each in kept["claims"]] == [True, False, False, True, True, False]
    assert kept["claims"][2]["objections"]["figures"] == ["47298"]


def test_a_ceiling_gone_over_is_named(checked: tuple[Checked, ...]) -> None:
    kept = {"dev": {"let_through": 0.5, "withheld": 0.5}}
    assert command.over(checked, kept) == []
    over = command.over(checked, {"dev": {"let_through": 0.4}})
    assert over == ["checks dev, let_through: 0.5000 is over its ceiling 0.4 (n 2)"]
    alone = [each for each in checked if each.claim.split is Split.DEV]
    assert "not measured" in command.over(alone, {"test": {"withheld": 0.4}})[0]


def test_a_claim_about_no_section_is_refused(index: Index) -> None:
    strange = CLAIMS[0].model_copy(update={"language": Language.ES})
    with pytest.raises(UsageError, match="c-1: no section"):
        check_claims(index, EMBEDDER, (strange,))


@pytest.mark.parametrize(
    ("text", "says"), [("", "holds no claim"), ("{}\n", "line 1"), ("no", "line 1")]
)
def test_a_file_that_holds_no_claims_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        load_claims(file)


def test_the_ceilings_of_checks_hold_for_their_half_and_are_no_floors_of_answers() -> None:
    floors = {"dev": {"passed": 0.1}, "checks dev": {"let_through": 0.1}}
    assert gate.of_split(floors, "dev") == floors
    assert gate.of_split(floors, "test") == {}
    assert gate.of_checks(floors) == {"dev": {"let_through": 0.1}}
    assert [each.group for each in gate.missed((), floors)] == ["dev"]


def test_the_committed_claims_are_told_apart_by_id_and_no_document_is_in_both_halves(
    whole_documents: tuple[object, ...],
) -> None:
    claims = load_claims()
    assert len({each.id for each in claims}) == len(claims) == 747
    halves = defaultdict(set)
    for each in claims:
        for section in each.evidence:
            halves[section.document].add(each.split)
    assert [name for name, splits in halves.items() if len(splits) > 1] == []
    known = {document.source.id for document in whole_documents}  # type: ignore[attr-defined]
    assert set(halves) <= known
