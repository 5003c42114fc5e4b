"""What axe finds on a page, told so that a failing test says where and why."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_GRAVE = {"serious", "critical"}


def grave_findings(page: Page, within: str | None = None) -> list[str]:
    """Every serious or critical finding on what the page, or a part of it, shows now."""
    found = Axe().run(page, within).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['target']} {node['failureSummary']}"
        for each in found
        if each["impact"] in _GRAVE
        for node in each["nodes"]
    ]
