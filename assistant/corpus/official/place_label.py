"""What the places of a section are called: by its number alone where that misleads nobody."""

from __future__ import annotations

from assistant.cites import find_references


def place_label(bare: str, full: str) -> str:
    """The bare "§ 6103", or the full citation where the bare one means another title's section.

    The search takes "§ 6103" for 26 U.S.C. § 6103, and there is one in title 42 too.
    """
    meant = {found.reference for found in find_references(bare)}
    cited = {found.reference for found in find_references(full)}
    return bare if meant <= cited else full
