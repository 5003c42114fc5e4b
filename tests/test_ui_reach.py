"""Where the page may listen: on this machine alone, unless others are let in on purpose."""

import pytest
from commands import here

from assistant.errors import UsageError
from assistant.ui.reach import check_host, is_this_machine

OWN = ("127.0.0.1", "127.8.9.1", "localhost", "::1", "[::1]", "::ffff:127.0.0.1")
OTHERS = ("0.0.0.0", "::", "", "203.0.113.7", "192.168.1.5", "2001:db8::1", "example.org")


@pytest.mark.parametrize("host", OWN)
def test_this_machines_own_addresses_need_no_leave(host: str) -> None:
    assert is_this_machine(host)
    check_host(host, public=False)


@pytest.mark.parametrize("host", OTHERS)
def test_any_other_address_is_refused_until_it_is_asked_for(host: str) -> None:
    assert not is_this_machine(host)
    check_host(host, public=True)
    with pytest.raises(UsageError) as refused:
        check_host(host, public=False)
    for needed in ("--public", "proxy with TLS", "sign-in", "limits", "SECURITY.md"):
        assert needed in str(refused.value)


@pytest.mark.parametrize("more", [{}, {"ASSISTANT_PUBLIC": "false"}])
def test_the_command_refuses_it_with_two_before_anything_is_built(more: dict[str, str]) -> None:
    ran = here("serve", "--host", "0.0.0.0", **more)
    assert (ran.code, ran.out) == (2, "")
    assert "--public" in ran.notice
    assert "index" not in ran.notice


@pytest.mark.parametrize(("words", "more"), [(["--public"], {}), ([], {"ASSISTANT_PUBLIC": "1"})])
def test_who_asks_for_it_may_listen_elsewhere(words: list[str], more: dict[str, str]) -> None:
    # The corpus that is not there ends it after the address was accepted.
    ran = here("serve", "--host", "0.0.0.0", *words, "--corpus", "nowhere", **more)
    assert ran.code == 3
    assert "--public" not in ran.notice
