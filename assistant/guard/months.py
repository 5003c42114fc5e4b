"""The names of the months in both languages, as part of a pattern."""

from __future__ import annotations

from assistant.guard.words import word_list

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|ene(?:ro)?|febrero|mar[zs]o|"
    r"abr(?:il)?|mayo|junio|julio|ago(?:sto)?|se[pt]{1,2}iembre|octubre|no[vb]iembre|di[cs](?:iembre)?)\b"
    r"\.?"
)
MONTHS = word_list("months")
