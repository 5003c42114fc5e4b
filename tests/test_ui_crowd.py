"""A crowd is told from a few, and ends when they have left."""

import pytest

from assistant.ui.crowd import Crowd


def test_more_than_a_calm_number_is_a_crowd_until_they_leave() -> None:
    crowd = Crowd(calm=1)
    with crowd.joined() as first:
        with crowd.joined() as second:
            pass
        with crowd.joined() as third:
            pass
    with crowd.joined() as later:
        pass
    assert (first, second, third, later) == (False, True, True, False)


def test_who_is_left_by_a_failure_counts_no_longer() -> None:
    crowd = Crowd(calm=0)
    with pytest.raises(RuntimeError), crowd.joined():
        raise RuntimeError
    assert vars(crowd)["_here"] == 0
