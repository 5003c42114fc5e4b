"""The names of the months in both languages, as part of a pattern."""

from __future__ import annotations

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|ene(?:ro)?|febrero|mar[zs]o|"
    r"abr(?:il)?|mayo|junio|julio|ago(?:sto)?|sept?iembre|octubre|no[vb]iembre|di[cs](?:iembre)?)\b"
    r"\.?"
)
MONTHS = frozenset(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept"
    " september oct october nov november dec december ene enero febrero marzo marso abr abril mayo"
    " junio julio ago agosto septiembre setiembre octubre noviembre nobiembre dic diciembre".split()
)
