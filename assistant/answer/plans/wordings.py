"""How people put the questions of the plans: what an index and the model learn from besides.

Language models wrote these for each plan, from the sentences that open its answer, in other words
than its examples. Unlike an example, a wording that is asked again settles nothing: some would do
for a neighbouring plan as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from assistant.models import Language

_FILE = Path(__file__).with_name("wordings.jsonl")


@cache
def wordings() -> Mapping[Language, Sequence[tuple[str, str]]]:
    """(plan, question) in each language, in the order of the file."""
    told: dict[Language, list[tuple[str, str]]] = {language: [] for language in Language}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        told[Language(entry["language"])].append((entry["plan"], entry["question"]))
    return told
