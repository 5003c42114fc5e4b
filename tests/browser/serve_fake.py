"""Serve the page with the fake assistant on a free port, and print its address."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

import ui_fakes  # noqa: E402
from ui_fakes import FakeAssistant  # noqa: E402

from assistant.ui.server import launch  # noqa: E402

# Slow enough that a busy machine can stop an answer before it is whole.
ui_fakes.PAUSE = 0.6

launch(FakeAssistant(), port=0, ready=lambda url: print(url, flush=True))  # noqa: T201
