"""How askers speak of those who are near to them: "my husband", "mi clienta"."""

from __future__ import annotations

from assistant.guard.words import word_list

RELATIONS = "|".join(sorted(word_list("relations"), key=len, reverse=True))
RELATION = (
    r"(?:my|mi|our|nuestr[oa]|his|her|their|su) (?:ex-|step-?|"
    rf"\w{{1,12}} )?(?:{RELATIONS})(?:-in-law)?"
)
