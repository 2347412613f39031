"""Reports of a month: each place once, in one file, whatever happens to whoever makes them."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.domain.clocks import ClockReading
from app.domain.figures.report import Report
from app.domain.installation.job import KEPT, JobState
from app.domain.weeks import IST
from app.jobs import chores, reports
from app.jobs.editions import make_editions
from app.jobs.reports import ask_for_due_reports, forget_reports, make_reports
from app.services.figures.releases import publish_releases
from app.services.installation.jobs import job_files
from app.services.installation.jobs.job_queries import JobView, find_job, list_jobs
from app.services.installation.jobs.jobs import ask_job, cancel_job
from app.services.locks import Job
from app.transaction import reading, transaction
from app.upkeep import alone
from tests.factories import add_place, add_responses, add_survey
from tests.factories.pdfs import text_of

SEPTEMBER = date(2026, 9, 1)
#: the first Monday of a month, when everybody may read what was made an hour ago
MONDAY = datetime(2026, 11, 2, 11, tzinfo=IST)
BOOT = timedelta(days=3)


class Department:
    """A state with a district of three stations, of which one has answers of September."""

    def __init__(self, app: Flask) -> None:
        self.app, self.instance = app, Path(app.instance_path)
        self.be_at(MONDAY)
        with transaction() as session:
            version = add_survey(session, slug="visit")
            state = add_place(session, kind="state", code="MP", name_hi="नमूना राज्य", name_en="Sample State")
            district = add_place(session, parent=state, kind="district", code="D/1", name_en="First District")
            stations = [
                add_place(
                    session, parent=district, code=f"S-{number}", name_hi=f"थाना {name}", name_en=f"Station {number}"
                )
                for number, name in enumerate(("अमर", "बसंत", "मगन"))
            ]
            add_responses(session, stations[1], version, date(2026, 9, 7), [{"overall": 4}] * 40)
            self.state, self.district = state.id, district.id
        with transaction() as session:
            publish_releases(session, MONDAY)

    def be_at(self, moment: datetime) -> None:
        now = moment.astimezone(UTC)
        self.app.config["CLOCKS"] = lambda: ClockReading(now, "boot", BOOT + (now - MONDAY.astimezone(UTC)))

    def ask(self, place_id: int | None = None, month: date = SEPTEMBER) -> int:
        with transaction() as session:
            return ask_job(session, place_id or self.district, month, None, MONDAY)

    def make(self) -> None:
        make_reports(self.instance)

    def job(self, job_id: int) -> JobView:
        with reading() as session:
            return find_job(session, job_id)

    def archive(self, job_id: int) -> dict[str, bytes]:
        with zipfile.ZipFile(job_files.finished_file(self.instance, self.job(job_id).folder)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def left(self) -> list[str]:
        return sorted(file.name for file in (self.instance / "jobs").glob("*"))


class KilledAt:
    """What a killed process does when it does something for this time; before, the real thing is done."""

    def __init__(self, real: Callable[..., object], call: int) -> None:
        self._real, self._left = real, call

    def __call__(self, *arguments: object) -> object:
        self._left -= 1
        if not self._left:
            raise KeyboardInterrupt
        return self._real(*arguments)


class Drawing:
    """Draws a page at once, and remembers of whom; `during` happens before the one of this number is kept."""

    def __init__(self) -> None:
        blank = pypdfium2.PdfDocument.new()
        blank.new_page(100, 100)
        written = io.BytesIO()
        blank.save(written)
        self._pdf = written.getvalue()
        self.drawn: list[tuple[str, str]] = []
        self.during: dict[int, Callable[[], object]] = {}

    def __call__(self, report: Report, _department: object, language: str) -> bytes:
        self.drawn.append((report.place_code, language))
        self.during.get(len(self.drawn), lambda: None)()
        return self._pdf


@pytest.fixture
def department(app: Flask) -> Department:
    return Department(app)


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawing]:
    instead = Drawing()
    monkeypatch.setattr(reports, "write_report_pdf", instead)
    return instead


#: state and district have what their station has
ALL = [(place, language) for place in ("MP", "D/1", "S-1") for language in ("hi", "en")]
FILES = [
    f"{number}-{place}-{lang}.pdf" for number, place in (("0001", "D-1"), ("0003", "S-1")) for lang in ("hi", "en")
]


def test_one_file_holds_every_place_in_the_order_of_the_register(department: Department) -> None:
    job_id = department.ask()
    department.make()
    job = department.job(job_id)
    assert (job.state, job.done, job.total) == (JobState.DONE, 4, 4)
    held = department.archive(job_id)
    assert list(held) == ["contents.csv", *FILES]
    hindi, english = text_of(held["0003-S-1-hi.pdf"]), text_of(held["0003-S-1-en.pdf"])
    assert "Station 1" in english
    assert "September" in english
    assert "थाना" in hindi
    lines = list(csv.DictReader(io.StringIO(held["contents.csv"].decode("utf-8-sig"))))
    assert [line["code"] for line in lines] == ["D/1", "S-0", "S-1", "S-2"]
    assert [line["pages_en"] for line in lines][1::2] == ["no results", "no results"]
    assert all(line["pages_hi"] in {"1", "2"} for line in lines[0::2])
    # Nothing is left but the one file.
    assert department.left() == [f"{job.folder}.zip"]


@pytest.mark.both_databases
class TestKilled:
    def test_between_any_two_transactions_it_goes_on_where_it_was(
        self, department: Department, drawing: Drawing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reports, "AT_ONCE", 1)
        job_id = department.ask()
        for call in count(1):
            with monkeypatch.context() as broken:
                broken.setattr(reports, "transaction", KilledAt(transaction, call))
                try:
                    department.make()
                except KeyboardInterrupt:
                    assert department.job(job_id).state is not JobState.DONE
                else:
                    break
        assert department.job(job_id).state is JobState.DONE
        assert drawing.drawn == [one for one in ALL if one[0] != "MP"]
        assert list(department.archive(job_id)) == ["contents.csv", *FILES]
        assert len(department.left()) == 1

    @pytest.mark.parametrize("at", [1, 2, 4])
    def test_while_it_draws_only_that_sheet_is_drawn_again(
        self, department: Department, drawing: Drawing, at: int
    ) -> None:
        def die() -> None:
            raise KeyboardInterrupt

        job_id = department.ask()
        drawing.during[at] = die
        with pytest.raises(KeyboardInterrupt):
            department.make()
        assert department.job(job_id).state is JobState.RUNNING
        department.make()
        assert list(department.archive(job_id)) == ["contents.csv", *FILES]
        assert len(drawing.drawn) == 5
        assert drawing.drawn[at - 1] == drawing.drawn[at]

    def test_when_the_file_was_there_and_nobody_had_said_so(
        self, department: Department, drawing: Drawing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job_id = department.ask()
        with monkeypatch.context() as broken:
            broken.setattr(reports, "finish_job", KilledAt(lambda: None, 1))
            with pytest.raises(KeyboardInterrupt):
                department.make()
        assert department.job(job_id).state is JobState.RUNNING
        # Whoever tidies up meanwhile takes nothing of it.
        assert forget_reports(department.instance, datetime.now(UTC)) == 0
        department.make()
        assert department.job(job_id).state is JobState.DONE
        assert len(drawing.drawn) == 4


@pytest.mark.both_databases
def test_cancelled_half_way_nothing_is_left_and_repeated_all_is_there(department: Department, drawing: Drawing) -> None:
    job_id = department.ask()

    def cancel() -> None:
        with transaction() as session:
            cancel_job(session, job_id, None, MONDAY)

    drawing.during[2] = cancel
    department.make()
    assert department.job(job_id).state is JobState.CANCELLED
    assert len(drawing.drawn) == 2
    assert department.left() == []
    again = department.ask()
    department.make()
    assert list(department.archive(again)) == ["contents.csv", *FILES]


@pytest.mark.both_databases
def test_two_workers_never_do_the_same(department: Department, drawing: Drawing) -> None:
    job_id = department.ask()
    drawing.during[1] = department.make
    with alone(Job.REPORTS):
        department.make()
        assert department.job(job_id).state is JobState.WAITING
    department.make()
    assert drawing.drawn == [one for one in ALL if one[0] != "MP"]
    assert department.job(job_id).state is JobState.DONE


def test_a_job_that_cannot_be_done_says_why_and_keeps_no_other_waiting(
    department: Department, drawing: Drawing, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("no such font")

    broken, whole = department.ask(), department.ask(department.state)
    drawing.during[2] = fail
    department.make()
    assert (department.job(broken).state, department.job(broken).failure) == (JobState.FAILED, "job.broken")
    assert department.job(whole).state is JobState.DONE
    assert department.left() == [f"{department.job(whole).folder}.zip"]
    assert f"Job {broken} cannot be done: job.broken" in caplog.text
    monkeypatch.setattr(job_files, "LEFT_FREE", 2**62)
    full = department.ask()
    department.make()
    assert department.job(full).failure == "file.no_space"
    assert len(department.left()) == 1


def test_a_database_that_somebody_holds_fails_no_job(department: Department, drawing: Drawing) -> None:
    def locked() -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    job_id = department.ask()
    drawing.during[3] = locked
    with pytest.raises(OperationalError):
        department.make()
    assert department.job(job_id).state is JobState.RUNNING
    department.make()
    assert department.job(job_id).state is JobState.DONE


def test_a_month_without_any_results_is_a_list_that_says_so(department: Department, drawing: Drawing) -> None:
    job_id = department.ask(month=date(2026, 3, 1))
    department.make()
    held = department.archive(job_id)
    assert list(held) == ["contents.csv"]
    assert held["contents.csv"].decode().count("no results") == 8
    assert (drawing.drawn, department.job(job_id).done) == ([], 4)


def test_what_is_drawn_is_what_could_be_read_when_it_was_asked_for(department: Department, drawing: Drawing) -> None:
    make_editions(MONDAY)
    with transaction() as session:
        ask_job(session, department.district, SEPTEMBER, None, MONDAY - timedelta(weeks=2))
    # It is drawn a week later, when there are more of them.
    department.be_at(MONDAY + timedelta(weeks=1))
    department.make()
    with reading() as session:
        job = list_jobs(session, [department.district]).rows[0]
    assert job.made_at == MONDAY - timedelta(weeks=2)
    assert (job.finished_at, job.state) == (MONDAY + timedelta(weeks=1), JobState.DONE)


@pytest.mark.both_databases
class TestTimetable:
    def asked(self) -> list[tuple[str, str]]:
        with reading() as session:
            return [(job.place_code, job.period) for job in list_jobs(session).rows]

    def test_once_the_weeks_of_a_month_have_settled_and_the_editions_are_shown(self, department: Department) -> None:
        due = MONDAY + timedelta(weeks=1)
        ask_for_due_reports(due)
        assert self.asked() == []
        # The first ones of all are of the week before, and are no reason to wait for a month.
        make_editions(MONDAY)
        ask_for_due_reports(due - timedelta(minutes=1))
        assert self.asked() == [("MP", "2026-09")]
        ask_for_due_reports(due)
        assert self.asked() == [("MP", "2026-09")]
        make_editions(due)
        for late in (timedelta(), timedelta(minutes=1), timedelta(weeks=2), timedelta(weeks=3, days=6)):
            ask_for_due_reports(due + late)
        assert self.asked() == [("MP", "2026-10"), ("MP", "2026-09")]

    def test_a_machine_that_was_down_asks_when_it_is_back(self, department: Department) -> None:
        late = MONDAY + timedelta(days=10)
        make_editions(late)
        ask_for_due_reports(late)
        assert self.asked() == [("MP", "2026-10")]

    def test_not_by_a_clock_that_has_jumped(self, department: Department, drawing: Drawing) -> None:
        make_editions(MONDAY)
        chores.forget()
        ahead = (MONDAY + timedelta(weeks=5)).astimezone(UTC)
        department.app.config["CLOCKS"] = lambda: ClockReading(ahead, "boot", BOOT + timedelta(hours=1))
        department.make()
        assert self.asked() == []


@pytest.mark.both_databases
def test_a_file_is_kept_for_its_time_and_its_job_for_good(department: Department, drawing: Drawing) -> None:
    job_id = department.ask()
    department.make()
    department.be_at(MONDAY + KEPT - timedelta(minutes=1))
    chores.check()
    assert len(department.left()) == 1
    department.be_at(MONDAY + KEPT)
    chores.check()
    assert department.left() == []
    assert department.job(job_id).state is JobState.DONE
    assert not department.job(job_id).is_kept(MONDAY + KEPT)
