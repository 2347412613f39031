from app.domain.installation.watching import LONG_HOLD_S, Work
from app.formats.watching.lock_times import LockTimes, at_work


def samples(times: LockTimes) -> dict[tuple[str, str, str | None], float]:
    return {
        (sample.name, sample.labels["work"], sample.labels.get("le")): sample.value
        for family in times.families()
        for sample in family.samples
    }


def test_times_are_told_by_whose_they_are_in_steps_of_ten() -> None:
    times = LockTimes()
    with at_work(Work.FOLD):
        for _ in range(9):
            times.note_hold(0.2)
        assert samples(times) == {}
        times.note_hold(0.05)
    told = samples(times)
    held = "samvad_write_lock_held_seconds_bucket"
    assert (told[held, "fold", "0.1"], told[held, "fold", "0.3"], told[held, "fold", "+Inf"]) == (0, 10, 10)
    assert {work for _, work, _ in told} == {"fold"}


def test_a_job_that_held_the_lock_for_long_is_told_at_once_but_no_request() -> None:
    times = LockTimes()
    for work in (Work.PUBLISH, Work.REQUEST):
        with at_work(work):
            times.note_hold(2 * LONG_HOLD_S)
    assert samples(times) == {("samvad_write_lock_held_long_total", "publish", None): 1}
