import pytest

from app.domain.installation.watching import LOCK_BOUNDS_S, STEP, Work, in_tens, up_to


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, 0), (9, 0), (10, 10), (19, 10), (20, 20)])
def test_a_count_is_told_in_tens(count: int, told: int) -> None:
    assert in_tens(count) == told
    assert STEP == 10


def test_a_length_of_time_is_told_by_the_bound_that_holds_it() -> None:
    assert up_to(LOCK_BOUNDS_S, 0) == LOCK_BOUNDS_S[0]
    assert up_to(LOCK_BOUNDS_S, LOCK_BOUNDS_S[1]) == LOCK_BOUNDS_S[1]
    assert up_to(LOCK_BOUNDS_S, 999) == float("inf")


def test_a_job_that_has_no_name_here_is_a_command() -> None:
    assert (Work.of("fold"), Work.of("sweep")) == (Work.FOLD, Work.COMMAND)
