from dataclasses import replace
from datetime import timedelta

from app.domain.clocks import ClockReading
from app.services.installation.watching.defects import Defect, Subject, Weight
from app.services.installation.watching.examination import DatabaseCheck, connected
from app.services.installation.watching.work import (
    LONGEST_PAUSE,
    check_clock,
    check_lists,
    check_promise,
    check_worker,
)
from tests.services.installation.watching.looking import change

MONTH = timedelta(days=35)


def look(subject: Subject, check: DatabaseCheck) -> list[Defect]:
    with connected(subject.database_url) as connection:
        return check(subject, connection)


def later(subject: Subject, passed: timedelta, jump: timedelta = timedelta()) -> Subject:
    reading = subject.reading
    return replace(subject, reading=ClockReading(reading.at + passed + jump, reading.boot, reading.ran + passed))


def test_nothing_is_found_of_work_that_is_done(subject: Subject) -> None:
    for check in (check_worker, check_clock, check_lists, check_promise):
        assert look(subject, check) == []


def test_each_job_that_stands_still_is_named(subject: Subject) -> None:
    (found,) = look(later(subject, LONGEST_PAUSE["fold"] + timedelta(minutes=1)), check_worker)
    assert (found.code, found.weight) == ("worker.stands_still", Weight.MEND)
    assert "(fold since 2026-11-23 06:00 UTC)" in found.sentence
    change(subject, "DELETE FROM job_run WHERE job = 'publish'")
    (found,) = look(subject, check_worker)
    assert "(publish never yet)" in found.sentence
    change(subject, "DELETE FROM job_run")
    assert [found.code for found in look(subject, check_worker)] == ["worker.never"]


def test_a_clock_that_has_jumped_is_named_and_nothing_remembered_of_it(subject: Subject) -> None:
    (found,) = look(later(subject, timedelta(minutes=5), MONTH), check_clock)
    assert (found.code, found.weight) == ("clock.doubted", Weight.MEND)
    assert "samvad worker --clock-is-right" in found.sentence
    assert look(later(subject, timedelta(minutes=6)), check_clock) == []


def test_a_promise_that_is_broken_is_named(subject: Subject) -> None:
    change(
        subject,
        "INSERT INTO arrival (response_id, arrived_at, placement_id, body_digest)"
        " VALUES (x'00112233445566778899aabbccddeeff', '2026-11-20 05:00:00.000000', 1, x'00')",
    )
    assert [found.code for found in look(subject, check_promise)] == ["arrivals.overdue"]


def test_numbers_without_answers_are_named_once_a_list_has_waited_for_a_week(subject: Subject) -> None:
    change(subject, "INSERT INTO receipt (week, number, times) VALUES ('2026-11-09', 7, 60)")
    (found,) = look(subject, check_lists)
    assert found.code == "receipts.too_many"
    assert "60 more numbers than sealed answers" in found.sentence
    change(subject, "INSERT INTO seal_told (id, answers) VALUES (1, 60)")
    assert look(subject, check_lists) == []
