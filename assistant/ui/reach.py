"""Who can reach an address: this machine alone, or others."""

from __future__ import annotations

import ipaddress

from assistant.errors import UsageError

_NEEDS_PUBLIC = (
    "The page was not started on {host}: others could reach it there. By itself it has no "
    "encryption, and no sign-in unless you set one. To let others in, put a reverse proxy with TLS "
    "in front, choose a sign-in (ASSISTANT_SIGN_IN) or an open service on purpose, and keep the "
    "limits on: SECURITY.md says how. Then give --public (or ASSISTANT_PUBLIC=true) as well."
)


def check_host(host: str, public: bool) -> None:
    """Refuse an address that others can reach, unless that was asked for.

    Raises:
        UsageError: It says what listening there needs.
    """
    if not public and not is_this_machine(host):
        raise UsageError(_NEEDS_PUBLIC.format(host=host or "every address"))


def is_this_machine(host: str) -> bool:
    """Whether an address is this machine's own, which nobody else can reach."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        # A name may lead anywhere, and looking it up would ask the network.
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
