"""Serve the Ask page with an assistant whose answers take two seconds, and print its address."""

import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from ui_fakes import FakeAssistant  # noqa: E402

from assistant.models import Answer, Request  # noqa: E402
from assistant.ui import page, pages, server  # noqa: E402


class Slow(FakeAssistant):
    """An assistant that takes its time."""

    def ask(self, request: Request) -> Answer:
        time.sleep(2)
        return super().ask(request)


server.application = lambda assistant: page.application(assistant, pages.PAGES[:1])
server.launch(Slow(), port=0, ready=lambda url: print(url, flush=True))  # noqa: T201
