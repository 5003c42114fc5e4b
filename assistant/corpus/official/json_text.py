"""Reading JSON of unknown origin: a size, a depth, and an encoding that can be had."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.corpus.official.facts import UnreadableFile

LARGEST = 60 << 20  # bytes; a page of a thousand documents has five


def read_json(file: Path) -> Any:
    """What the file holds.

    Raises:
        UnreadableFile: It is too large, too deep, in another encoding, or no JSON.
    """
    if file.stat().st_size > LARGEST:
        what = f"the JSON has more than {LARGEST >> 20} MB"
        raise UnreadableFile(what, "Ask the service for fewer documents at a time")
    content = file.read_bytes()
    try:
        return json.loads(content.decode(json.detect_encoding(content)))
    except UnicodeDecodeError as error:
        what = f"the JSON is not in UTF-8 (byte {error.start})"
        raise UnreadableFile(what, "Save it as UTF-8, or download it again") from error
    except json.JSONDecodeError as error:
        what = f"the JSON breaks off or is damaged ({error.msg}, column {error.colno})"
        raise UnreadableFile(what, "Download the file again", where=str(error.lineno)) from error
    except RecursionError as error:
        what = "the JSON is nested deeper than any official answer"
        raise UnreadableFile(what, "Download the file again") from error
    except ValueError as error:
        raise UnreadableFile(f"the JSON cannot be read ({error})", "Check what it is") from error
