"""Jobs in the office: who sees which, what the page says, and what can be done with one."""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.domain.installation.job import KEPT, JobState
from app.domain.weeks import IST
from app.services.figures.releases import publish_releases
from app.services.installation.jobs.job_files import Parts
from app.services.installation.jobs.job_queries import JobView, find_job, list_jobs
from app.services.installation.jobs.jobs import ask_due_job, ask_job, begin_next, count_done, fail_job, finish_job
from app.services.record.audit_queries import AuditFilter, list_audit
from app.transaction import reading, transaction
from tests.factories import add_place, add_responses, add_survey
from tests.fixtures.accounts import SignIn

NOW = datetime(2026, 11, 30, 12, tzinfo=IST)
OCTOBER = date(2026, 10, 1)
ADDRESS = "/office/jobs"
REFRESH = '<meta http-equiv="refresh" content="5; url=/office/jobs?'


@dataclass
class Office:
    """A state with two districts and a station in the first."""

    app: Flask
    state: int
    district: int
    station: int
    other: int

    def ask(self, place_id: int) -> int:
        with transaction() as session:
            return ask_job(session, place_id, OCTOBER, None, NOW)

    def begin(self, done: int, total: int) -> int:
        with transaction() as session:
            job_id = begin_next(session, NOW)
            assert job_id is not None
            count_done(session, job_id, done, total)
        return job_id

    def finish(self, place_id: int) -> int:
        job_id = self.ask(place_id)
        self.begin(1, 1)
        parts = Parts(Path(self.app.instance_path), self.job(job_id).folder)
        parts.keep(1, "hi", b"%PDF")
        parts.bind(b"list", [("0001-D1-hi.pdf", parts.file(1, "hi"))])
        with transaction() as session:
            finish_job(session, job_id, NOW)
        return job_id

    def job(self, job_id: int) -> JobView:
        with reading() as session:
            return find_job(session, job_id)

    def be_at(self, moment: datetime) -> None:
        self.app.config["CLOCK"] = lambda: moment


@pytest.fixture
def office(app: Flask) -> Office:
    with transaction() as session:
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State", code="S")
        district = add_place(session, kind="district", parent=state, name_hi="ज़िला एक", name_en="First", code="D/1")
        other = add_place(session, kind="district", parent=state, name_hi="ज़िला दो", name_en="Second", code="D-2")
        station = add_place(session, parent=district, name_hi="थाना एक", name_en="Station One", code="S-1")
        version = add_survey(session, slug="visit")
        for week in (date(2026, 9, 7), date(2026, 10, 5)):
            add_responses(session, station, version, week, [{"overall": 4}] * 12)
        session.flush()
        publish_releases(session, NOW)
        made = Office(app, state.id, district.id, station.id, other.id)
    made.be_at(NOW)
    return made


def words_of(client: FlaskClient, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_at_first_it_says_what_will_stand_here(office: Office, sign_in: SignIn) -> None:
    page = words_of(sign_in(Role.DISTRICT_HEAD, office.district))
    assert "Nothing has been asked for yet" in page
    assert "Of First and every place below it" in page
    assert "October 2026" in page
    assert "November 2026" not in page


def test_the_same_in_hindi(office: Office, sign_in: SignIn) -> None:
    with transaction() as session:
        ask_due_job(session, office.station, OCTOBER, date(2026, 11, 2), NOW)
    hindi = words_of(sign_in(Role.DISTRICT_HEAD, office.district, language="hi"))
    assert "अक्टूबर 2026 के नतीजे थाना एक अपनी बारी के इंतज़ार में" in hindi
    assert "हर महीने अपने-आप" in hindi
    assert "ज़िला एक और उसके अंतर्गत हर जगह के" in hindi


def test_at_first_it_says_so_in_hindi_too(office: Office, sign_in: SignIn) -> None:
    hindi = words_of(sign_in(Role.DISTRICT_HEAD, office.district, language="hi"))
    assert "अभी तक कुछ नहीं माँगा गया है" in hindi


def test_asked_for_watched_and_fetched(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.DISTRICT_HEAD, office.district, name="Superintendent, First")
    done = client.post(ADDRESS, data={"month": "2026-10"})
    assert (done.status_code, done.location) == (303, ADDRESS)
    page = words_of(client)
    for said in (
        "The file is being made",
        "Results of October 2026 First",
        "Waits for its turn",
        "Superintendent, First",
    ):
        assert said in page
    assert "30 Nov 2026, 12:00" in page
    office.begin(3, 8)
    text = client.get(ADDRESS).text
    assert '<progress value="3" max="8"' in text
    assert "3 of 8 places" in text
    assert REFRESH in text


def test_the_page_asks_anew_only_while_something_goes_on_and_not_for_ever(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.DISTRICT_HEAD, office.district)
    assert "http-equiv" not in client.get(ADDRESS).text
    office.ask(office.district)
    assert f"{REFRESH}page=1&amp;left=239" in client.get(ADDRESS).text
    assert f"{REFRESH}page=1&amp;left=0" in client.get(f"{ADDRESS}?left=1").text
    for left in ("0", "-1", "999999", "99999999999999999999"):
        assert "http-equiv" not in client.get(f"{ADDRESS}?left={left}").text
    # A form that is being filled in is not taken away.
    assert 'name="month"' not in client.get(ADDRESS).text
    assert 'name="month"' in client.get(f"{ADDRESS}?left=0").text


@pytest.mark.parametrize("month", ["2026-11", "2025-10", "", "soon", "9999-99"])
def test_a_month_that_is_not_offered_is_refused(office: Office, sign_in: SignIn, month: str) -> None:
    refused = sign_in(Role.DISTRICT_HEAD, office.district).post(ADDRESS, data={"month": month})
    assert refused.status_code == 422
    assert "Please choose a month that is over, such as 2026-10." in refused.text


def test_only_months_with_results_are_offered(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.DISTRICT_HEAD, office.district)
    offered = re.findall(r'<option[^>]* value="(2[^"]+)"', client.get(ADDRESS).text)
    assert offered == ["2026-10", "2026-09"]
    refused = client.post(ADDRESS, data={"month": "2026-08"})
    assert (refused.status_code, "There are no results of this month." in refused.text) == (422, True)
    other = sign_in(Role.DISTRICT_HEAD, office.other)
    assert "No month has results yet." in words_of(other)
    assert other.post(ADDRESS, data={"month": "2026-10"}).status_code == 422


def test_the_same_is_not_made_twice_at_once(office: Office, sign_in: SignIn) -> None:
    office.ask(office.district)
    refused = sign_in(Role.DISTRICT_HEAD, office.district).post(ADDRESS, data={"month": "2026-10"})
    assert refused.status_code == 409
    assert "This is being made already." in refused.text
    assert "http-equiv" not in refused.text


def test_the_file_is_fetched_under_a_name_that_says_what_it_is(office: Office, sign_in: SignIn) -> None:
    job_id = office.finish(office.district)
    client = sign_in(Role.DISTRICT_HEAD, office.district)
    page = words_of(client)
    assert "Ready" in page
    assert "kept until 28 February 2027" in page
    with client.post(f"{ADDRESS}/{job_id}/file") as fetched:
        content = fetched.data
    assert fetched.headers["Content-Disposition"] == "attachment; filename=reports-D-1-2026-10.zip"
    assert (fetched.mimetype, fetched.headers["Cache-Control"]) == ("application/zip", "no-store")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["contents.csv", "0001-D1-hi.pdf"]
    with reading() as session:
        newest = list_audit(session, AuditFilter(subject=f"job:{job_id}")).rows[0]
    assert newest.action == "job.downloaded"
    assert newest.username is not None


@pytest.mark.parametrize("lost", ["time", "file"])
def test_a_file_that_is_gone_is_said_to_be_and_can_be_made_again(office: Office, sign_in: SignIn, lost: str) -> None:
    job_id = office.finish(office.district)
    if lost == "time":
        office.be_at(NOW + KEPT)
    else:
        (Path(office.app.instance_path) / "jobs" / f"{office.job(job_id).folder}.zip").unlink()
    client = sign_in(Role.DISTRICT_HEAD, office.district)
    assert "The file is not kept any more" in words_of(client)
    refused = client.post(f"{ADDRESS}/{job_id}/file")
    assert refused.status_code == 410
    assert "Please repeat the job." in refused.text
    assert client.post(f"{ADDRESS}/{job_id}/repeat").status_code == 303
    with reading() as session:
        again, before = list_jobs(session, [office.district]).rows
    assert (again.state, again.month, before.id) == (JobState.WAITING, OCTOBER, job_id)


def test_one_is_cancelled_and_repeated(office: Office, sign_in: SignIn) -> None:
    job_id = office.ask(office.district)
    client = sign_in(Role.DISTRICT_HEAD, office.district)
    assert client.post(f"{ADDRESS}/{job_id}/repeat").status_code == 409
    assert client.post(f"{ADDRESS}/{job_id}/cancel").status_code == 303
    page = words_of(client)
    assert "The job is cancelled." in page
    assert "Repeat" in page
    refused = client.post(f"{ADDRESS}/{job_id}/cancel")
    assert (refused.status_code, "ended already" in refused.text) == (409, True)
    assert client.post(f"{ADDRESS}/{job_id}/repeat").status_code == 303
    assert "Waits for its turn" in words_of(client)


@pytest.mark.parametrize(("code", "said"), [("file.no_space", "nearly full"), ("job.broken", "Something went wrong")])
def test_why_one_failed_is_said_in_words(office: Office, sign_in: SignIn, code: str, said: str) -> None:
    office.ask(office.district)
    job_id = office.begin(0, 1)
    with transaction() as session:
        fail_job(session, job_id, code, NOW)
    page = words_of(sign_in(Role.STATE_ADMIN, office.state))
    assert "Could not be made" in page
    assert said in page
    assert code not in page


@pytest.mark.parametrize("act", ["file", "cancel", "repeat"])
@pytest.mark.parametrize("place", ["other", "state"])
def test_a_district_sees_and_touches_no_job_of_another(office: Office, sign_in: SignIn, act: str, place: str) -> None:
    job_id = office.finish(getattr(office, place))
    client = sign_in(Role.DISTRICT_HEAD, office.district)
    assert "Nothing has been asked for yet" in words_of(client)
    refused = client.post(f"{ADDRESS}/{job_id}/{act}")
    assert refused.status_code == 403
    assert "Second" not in refused.text
    assert office.job(job_id).state is JobState.DONE


@pytest.mark.parametrize(
    ("role", "bound_to", "seen"),
    [
        (Role.STATE_ADMIN, "state", {"state", "district", "station", "other"}),
        (Role.DISTRICT_HEAD, "district", {"district", "station"}),
        (Role.STATION_HEAD, "station", {"station"}),
    ],
)
def test_each_sees_those_of_the_own_place_and_below(
    office: Office, sign_in: SignIn, role: Role, bound_to: str, seen: set[str]
) -> None:
    jobs = {name: office.ask(getattr(office, name)) for name in ("state", "district", "station", "other")}
    text = sign_in(role, getattr(office, bound_to)).get(ADDRESS).text
    assert {name for name, job_id in jobs.items() if f"{ADDRESS}/{job_id}/cancel" in text} == seen


def test_an_auditor_reads_and_fetches_and_acts_on_none(office: Office, sign_in: SignIn) -> None:
    done = office.finish(office.station)
    waiting = office.ask(office.district)
    client = sign_in(Role.AUDITOR, office.state)
    page = client.get(ADDRESS).text
    assert f"{ADDRESS}/{done}/file" in page
    assert "/cancel" not in page
    assert 'name="month"' not in page
    with client.post(f"{ADDRESS}/{done}/file") as file:
        assert file.status_code == 200
    for path in (ADDRESS, f"{ADDRESS}/{waiting}/cancel", f"{ADDRESS}/{done}/repeat"):
        assert client.post(path, data={"month": "2026-10"}).status_code == 403
    assert office.job(waiting).state is JobState.WAITING


@pytest.mark.parametrize("role", [Role.PRINTING_OFFICER, Role.OUTREACH])
def test_whoever_reads_no_results_has_no_jobs(office: Office, sign_in: SignIn, role: Role) -> None:
    job_id = office.finish(office.district)
    client = sign_in(role, office.district)
    assert client.get(ADDRESS).status_code == 403
    assert client.post(f"{ADDRESS}/{job_id}/file").status_code == 403
    assert ADDRESS not in client.get("/office/").text


def test_nothing_is_done_by_looking_or_from_elsewhere(office: Office, sign_in: SignIn) -> None:
    job_id = office.finish(office.district)
    client = sign_in(Role.DISTRICT_HEAD, office.district)
    for act in ("file", "cancel", "repeat"):
        assert client.get(f"{ADDRESS}/{job_id}/{act}").status_code == 405
    office.app.config["WTF_CSRF_ENABLED"] = True
    assert client.post(f"{ADDRESS}/{job_id}/file").status_code == 400
    assert client.post(ADDRESS, data={"month": "2026-10"}).status_code == 400


def test_what_the_timetable_asked_for_says_so(office: Office, sign_in: SignIn) -> None:
    with transaction() as session:
        ask_due_job(session, office.state, OCTOBER, date(2026, 11, 2), NOW - timedelta(weeks=4))
    office.ask(office.other)
    page = words_of(sign_in(Role.STATE_ADMIN, office.state))
    assert "by itself, every month" in page
    assert "by command" in page
