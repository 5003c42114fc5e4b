"""The script that draws charts: Plotly's own, out of its package, sent only to pages that ask."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fastapi import Request
from fastapi.responses import Response

from assistant.ui.served import STATIC

PATH = f"{STATIC}/plotly.min.js"
_A_YEAR = 365 * 24 * 60 * 60


def script_address() -> str:
    """Where the script is, by its version, so that a browser may keep it for a year."""
    return f"{PATH}?v={version('plotly')}"


def send_script(request: Request) -> Response:
    """The script, packed for every browser that unpacks."""
    headers = {"cache-control": f"public, max-age={_A_YEAR}, immutable", "vary": "accept-encoding"}
    packs = "gzip" in request.headers.get("accept-encoding", "")
    if packs:
        headers["content-encoding"] = "gzip"
    content = _packed() if packs else _file().read_bytes()
    return Response(content, media_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _packed() -> bytes:
    # A third of its size, for the phone that fetches it.
    return gzip.compress(_file().read_bytes(), compresslevel=6, mtime=0)


def _file() -> Path:
    """The file, found without importing the package, which takes a second to import."""
    spec = find_spec("plotly")
    folders = spec.submodule_search_locations if spec else None
    return Path(list(folders or ())[0]) / "package_data" / "plotly.min.js"
