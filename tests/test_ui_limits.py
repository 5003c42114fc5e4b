"""How often one client may ask, and that its address is forgotten."""

import pytest

from assistant.ui.limits import Limit


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_worth_may_come_at_once_and_then_one_by_one() -> None:
    clock = Clock()
    limit = Limit(6, clock)
    assert [limit.wait("192.0.2.1") for _ in range(7)] == [0] * 6 + [10]
    clock.now += 9.5
    assert limit.wait("192.0.2.1") == 1
    clock.now += 1
    assert limit.wait("192.0.2.1") == 0


def test_one_client_keeps_no_other_waiting() -> None:
    limit = Limit(1, Clock())
    assert limit.wait("192.0.2.1") == 0
    assert limit.wait("192.0.2.1") == 60
    assert limit.wait("192.0.2.2") == 0


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("2001:db8:0:1:aaaa::9", True),
        ("2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", False),
        ("not an address", False),
    ],
)
def test_an_ipv6_client_counts_with_its_whole_network(other: str, same: bool) -> None:
    limit = Limit(1, Clock())
    limit.wait("2001:db8:0:1::1")
    assert (limit.wait(other) > 0) is same


def test_no_address_is_kept_readably_and_none_after_a_minute() -> None:
    clock = Clock()
    limit = Limit(5, clock)
    limit.wait("192.0.2.1")
    assert "192.0.2.1" not in repr(vars(limit))
    assert b"192.0.2.1" not in b"".join(vars(limit)["_buckets"])
    clock.now += 61
    limit.wait("192.0.2.2")
    assert len(limit) == 1


def test_two_processes_give_one_address_two_names() -> None:
    first, second = Limit(5), Limit(5)
    first.wait("192.0.2.1")
    second.wait("192.0.2.1")
    assert set(vars(first)["_buckets"]).isdisjoint(vars(second)["_buckets"])


def test_none_stands_for_no_limit() -> None:
    limit = Limit(0)
    assert [limit.wait("192.0.2.1") for _ in range(500)] == [0] * 500
