"""A draw in the office, from the list that is closed to the decoy that somebody used."""

import csv
import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.config import Settings
from app.domain.accounts.role import Role
from app.domain.codes.stamp import Stamp
from app.domain.responses.response import Incoming
from app.domain.slips.slip_batch import Assurance
from app.jobs.record.keeping import keep_record
from app.models import CaseList, Department, SlipBatch, Verdict
from app.services.responses.ingest import ingest_batch
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_survey
from tests.factories.draws.case_lists import CLOSED, SEED_DAY, THROWN, case_digests

TICKS = [one.value for one in Assurance]
CASES = [case_digests(30)[at : at + 32].hex() for at in range(0, 30 * 32, 32)]


@dataclass
class Desk:
    """Headquarters, at a time that stands still."""

    sign_in: Callable[..., FlaskClient]
    app: Flask
    settings: Settings
    state: int
    district: int
    station: int
    survey: int
    version: int

    def __post_init__(self) -> None:
        self.set_clock(CLOSED)

    def set_clock(self, now: datetime) -> None:
        """Sessions of another day are over, so somebody else of headquarters goes on."""
        self.app.config["CLOCK"] = lambda: now
        self.client = self.sign_in(Role.STATE_ADMIN, self.state)

    def fields(self) -> dict[str, Any]:
        """What is filled in beside the file."""
        return {
            "quarter": "2026-Q4",
            "evidence": "invited",
            "all_cases": "५०",
            "contactable": "40",
            "draw": "5",
            "decoys": "4",
            "seed_from": "dice",
            "seed_source": "",
            "seed_on": "2026-11-30",
            "left_out": TICKS,
        }

    def prepare(self, rows: list[str] | bytes | None = None, place: int | None = None, **changes: Any) -> TestResponse:
        content = (
            rows if isinstance(rows, bytes) else "\r\n".join(["case", *(CASES if rows is None else rows)]).encode()
        )
        data = {**self.fields(), "file": (io.BytesIO(content), "cases.csv"), **changes}
        address = f"/office/draws/new/{place or self.district}"
        return self.client.post(address, data=data, content_type="multipart/form-data")

    def close(self, **changes: Any) -> str:
        """The address of the closed list."""
        page = self.prepare(**changes)
        assert page.status_code == 303, page.text
        closed = self.client.post(page.location, data={"sure": "1"})
        assert closed.status_code == 303, closed.text
        return str(closed.location)

    def draw(self, address: str, seed: str = THROWN, **more: Any) -> TestResponse:
        return self.client.post(f"{address}/draw", data={"seed": seed, "sure": "1", **more})

    def invite(self, address: str, **changes: Any) -> TestResponse:
        data = {"survey": self.survey, "expires_on": "2026-12-31", "sure": "1", **changes}
        return self.client.post(f"{address}/invitations", data=data)

    def token(self, address: str) -> str:
        """Under which name the links wait, as often as their maker comes back."""
        (token,) = re.findall(r'/([0-9a-f]{32})/decoys\.csv"', self.client.get(address).text)
        return str(token)

    def table(self, address: str) -> list[dict[str, str]]:
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.text
        return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))

    def answer(self, link: str) -> str:
        """Why an answer that comes by it is set aside."""
        now = SEED_DAY + timedelta(hours=2)
        token = context().codes.token(link.partition("#")[2])
        stamp = Stamp.at(now, 0, token.placement_id)
        sent = Incoming(uuid4(), token, self.version, "hi", None, stamp, b'{"overall":4}', {"overall": 4})
        with transaction() as session:
            ingest_batch(session, [sent], ingest=context().ingest, now=now)
        with reading() as session:
            return session.scalars(select(Verdict.reasons).where(Verdict.response_id == sent.id)).one()


@pytest.fixture
def desk(app: Flask, settings: Settings, sign_in: Callable[..., FlaskClient]) -> Desk:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        state = add_place(session, kind="state")
        district = add_place(session, parent=state, kind="district", code="D-1", name_en="Nilpur")
        station = add_place(session, parent=district, code="S-1")
        version = add_survey(session)
        ids = state.id, district.id, station.id, version.survey_id, version.id
    return Desk(sign_in, app, settings, *ids)


def fact(page: str, name: str) -> str:
    """What stands beside a name among the facts of a page."""
    found = re.search(rf"<dt>{re.escape(name)}</dt><dd>(.*?)</dd>", page, re.DOTALL)
    assert found, page
    return found[1].strip()


def test_from_a_list_to_a_decoy_that_was_used(desk: Desk, sign_in: Callable[..., FlaskClient]) -> None:
    assert "No list has been closed yet" in desk.client.get("/office/draws").text
    address = desk.close()
    keep_record(desk.settings, CLOSED)
    shown = desk.client.get(address).text
    assert (fact(shown, "On the list"), fact(shown, "Will be drawn")) == ("30", "5")
    assert "Closed, waits for its seed" in shown
    assert "/draw" not in re.findall(r'action="([^"]+)"', shown)
    early = desk.draw(address)
    assert early.status_code == 409
    assert "draw.too_early" in early.text

    desk.set_clock(SEED_DAY)
    drawn = desk.draw(address, "\n".join(THROWN[at : at + 10] for at in range(0, 50, 10)))
    assert drawn.status_code == 303
    keep_record(desk.settings, SEED_DAY)
    page = desk.client.get(address).text
    assert "Line in the public record" in page
    assert len(re.findall(r'<span class="code">[0-9a-f]{64}</span>', page)) == 3

    made = desk.invite(address)
    assert made.status_code == 303
    assert desk.invite(address).status_code == 303, "clicked twice"
    token = desk.token(address)
    links = desk.table(f"{address}/{token}/invitations.csv")
    decoys = {row["case"] for row in desk.table(f"{address}/{token}/decoys.csv")}
    assert [len(links), len(decoys)] == [9, 4]
    assert {row["case"] for row in links} - decoys < set(CASES)
    assert not decoys & set(CASES)

    (by_decoy, *_), (by_person, *_) = (
        [row["link"] for row in links if (row["case"] in decoys) is is_decoy] for is_decoy in (True, False)
    )
    assert [desk.answer(by_decoy), desk.answer(by_person)] == ['["decoy"]', "[]"]
    told = desk.client.get(address).text
    assert "too few answers" in told.partition("What would withhold the certificate today")[2]
    assert (
        "somebody answered for people who do not exist"
        in told.partition("What would withhold the certificate today")[2]
    )
    assert fact(told, "Decoys that were used") == "1"
    assert "Somebody answered for people who do not exist" in told
    # Nobody but its maker gets the file.
    other = sign_in(Role.STATE_ADMIN, desk.state)
    assert other.get(f"{address}/{token}/invitations.csv").status_code == 410


def test_what_would_withhold_the_certificate_is_said_before_it_is_too_late(desk: Desk) -> None:
    warned = desk.client.get(desk.prepare().location).text
    assert "Closed like this, it will hardly be certified" in warned
    assert "A small list" not in warned
    assert "too few invitations went to people who do not exist" in warned
    rows = [hashlib.sha256(bytes([at])).hexdigest() for at in range(40)]
    better = desk.prepare(rows, draw="35", decoys="40", contactable="45")
    assert "hardly be certified" not in desk.client.get(better.location).text
    few = desk.client.get(desk.prepare(rows[:9]).location).text
    assert "A small list" in few


def test_people_who_would_be_asked_twice_are_counted_before_a_list_is_closed(desk: Desk) -> None:
    desk.close()
    warned = desk.client.get(desk.prepare(place=desk.station, rows=[*CASES[:3], "ab" * 32], draw="2").location).text
    assert "on other lists too: 3." in warned


def test_a_second_click_on_closing_leads_to_the_lists(desk: Desk) -> None:
    address = desk.prepare().location
    assert desk.client.post(address, data={"sure": "1"}).status_code == 303
    again = desk.client.post(address, data={"sure": "1"}, follow_redirects=True)
    assert "the list has been closed, or an hour has passed" in again.text
    assert "Draws" in again.text


def test_nothing_is_closed_before_it_was_looked_at(desk: Desk) -> None:
    page = desk.prepare()
    assert page.status_code == 303
    shown = desk.client.get(page.location).text
    assert (fact(shown, "On the list"), fact(shown, "Cases of the quarter in all")) == ("30", "50")
    assert "Witnesses under protection were left out" in shown
    unsure = desk.client.post(page.location)
    assert unsure.status_code == 422
    with reading() as session:
        assert session.scalars(select(CaseList.id)).all() == []
    assert desk.client.post(page.location, data={"sure": "1"}).status_code == 303
    # What was closed waits no more.
    assert desk.client.get(page.location).location == "/office/draws"


def test_a_list_is_closed_once(desk: Desk) -> None:
    waiting = desk.prepare()
    desk.close()
    refused = desk.prepare()
    assert refused.status_code == 422
    assert "has been closed before" in refused.text
    late = desk.client.post(waiting.location, data={"sure": "1"})
    assert late.status_code == 409
    assert "has been closed before" in late.text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"rows": ["9827000000"]}, "This is no digest of a case"),
        ({"rows": [CASES[0], CASES[0]]}, "stands in row 2 too"),
        ({"rows": b"%PDF-1.7"}, "This is no table"),
        ({"file": ""}, "Please choose a file"),
        ({"all_cases": "many"}, "Please write a number in digits"),
        ({"all_cases": "9" * 30}, "Please write a number in digits"),
        ({"contactable": ""}, "Please write a number in digits"),
        ({"contactable": "29"}, "Every case on the list is"),
        ({"all_cases": "39"}, "There cannot be more contactable cases"),
        ({"draw": "31"}, "From 1 to 30 can be drawn"),
        ({"evidence": "sampled"}, "Decoys go with invitations only"),
        ({"evidence": "open"}, "Not a valid choice"),
        ({"seed_from": "beacon"}, "Please write which beacon"),
        ({"seed_on": "2026-11-23"}, "The seed has to come later than today"),
        ({"seed_on": ""}, "Please choose a day"),
        ({"left_out": TICKS[1:]}, "A list is closed only after each of these groups"),
        ({"quarter": "2027-Q1"}, "Not a valid choice"),
    ],
)
def test_what_will_not_do_is_said_and_comes_back_filled_in(desk: Desk, changes: dict[str, Any], told: str) -> None:
    refused = desk.prepare(**{"decoys": "7", **changes})
    assert refused.status_code == 422
    assert told in refused.text
    assert 'value="7"' in refused.text


def test_what_is_wrong_with_a_file_is_named_by_row_and_column_and_not_repeated(desk: Desk) -> None:
    refused = desk.prepare(rows=[CASES[0], "9827000000"])
    assert re.search(r'<td class="figure">3</td>\s*<td>case</td>', refused.text)
    assert "9827000000" not in refused.text
    with_names = desk.prepare(rows=f"case,name\r\n{CASES[0]},Asha\r\n".encode())
    assert "Delete this column" in with_names.text
    assert "Asha" not in with_names.text


def test_a_list_of_as_many_cases_as_there_may_be(desk: Desk) -> None:
    """More bytes than any other request may have, written as a browser writes them."""
    rows = "\r\n".join(f"{number:064x}" for number in range(100_000))
    fields = {**desk.fields(), "all_cases": "100000", "contactable": "100000"}
    parts = [f'name="{name}"\r\n\r\n{each}' for name, each in MultiDict(fields).items(multi=True)]
    parts.append(f'name="file"; filename="cases.csv"\r\n\r\n{rows}')
    body = "".join(f"--x\r\nContent-Disposition: form-data; {part}\r\n" for part in parts) + "--x--\r\n"
    form = {"data": body.encode(), "content_type": "multipart/form-data; boundary=x"}
    page = desk.client.post(f"/office/draws/new/{desk.district}", **form)
    address = desk.client.post(page.location, data={"sure": "1"}).location
    assert fact(desk.client.get(address).text, "On the list") == "100000"


def test_a_seed_that_cannot_be_read_comes_back(desk: Desk) -> None:
    address = desk.close()
    keep_record(desk.settings, CLOSED)
    desk.set_clock(SEED_DAY)
    refused = desk.draw(address, "123")
    assert refused.status_code == 422
    assert "Here are 3." in refused.text
    assert re.search(r">\s*123</textarea>", refused.text)
    assert desk.client.post(f"{address}/draw", data={"seed": THROWN}).status_code == 422
    assert desk.draw(address).status_code == 303
    assert "draw.made" in desk.draw(address).text


def test_a_list_that_does_not_stand_in_the_record_is_not_drawn(desk: Desk) -> None:
    address = desk.close()
    desk.set_clock(SEED_DAY)
    assert "Waits for the public record" in desk.client.get(address).text
    assert "draw.not_entered" in desk.draw(address).text
    desk.set_clock(SEED_DAY + timedelta(days=1))
    assert "Missed its day" in desk.client.get(address).text
    assert "draw.missed" in desk.draw(address).text


def test_interviewers_get_the_cases_that_were_drawn(desk: Desk) -> None:
    seed_source = "drand quicknet, round 15000000"
    address = desk.close(evidence="sampled", decoys="0", seed_from="beacon", seed_source=f"  {seed_source}\u202e ")
    keep_record(desk.settings, CLOSED)
    desk.set_clock(SEED_DAY)
    assert seed_source in desk.client.get(address).text
    assert "draw.missing" in desk.client.get(f"{address}/drawn.csv").text
    assert desk.draw(address, "ab" * 32).status_code == 303
    assert "Drawn cases (CSV)" in desk.client.get(address).text
    drawn = [row["case"] for row in desk.table(f"{address}/drawn.csv")]
    assert len(drawn) == 5
    assert set(drawn) < set(CASES)
    assert "draw.not_invited" in desk.invite(address).text


def test_invitations_are_made_once_and_what_was_drawn_for_them_is_not_listed(desk: Desk) -> None:
    address = desk.close()
    keep_record(desk.settings, CLOSED)
    desk.set_clock(SEED_DAY)
    assert "draw.missing" in desk.invite(address).text
    assert desk.client.get(f"{address}/{'0' * 32}/decoys.csv").status_code == 409
    desk.draw(address)
    past = desk.invite(address, expires_on="2026-11-30")
    assert past.status_code == 422
    assert "The last day has to lie in the future." in past.text
    assert desk.client.post(f"{address}/invitations", data={"survey": desk.survey}).status_code == 422
    for _ in range(2):
        assert desk.invite(address).status_code == 303
    assert "have been made already" in desk.client.get(address).text
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(SlipBatch)) == 1
    # With the seed, which is public, it would tell which are decoys.
    assert desk.client.get(f"{address}/drawn.csv").status_code == 404


def test_links_that_were_cancelled_are_not_handed_out(desk: Desk) -> None:
    address = desk.close()
    keep_record(desk.settings, CLOSED)
    desk.set_clock(SEED_DAY)
    desk.draw(address)
    desk.invite(address)
    token = desk.token(address)
    first, *others = desk.table(f"{address}/{token}/invitations.csv")
    batch = re.search(r"/office/batches/\d+", desk.client.get(address).text)
    assert batch
    desk.client.post(f"{batch[0]}/cancel", data={"what": "links", "text": first["link"], "sure": "1"})
    assert desk.table(f"{address}/{token}/invitations.csv") == others


def test_an_auditor_looks_and_changes_nothing(desk: Desk, sign_in: Callable[..., FlaskClient]) -> None:
    address = desk.close()
    keep_record(desk.settings, CLOSED)
    desk.set_clock(SEED_DAY)
    auditor = sign_in(Role.AUDITOR, desk.district)
    assert address in auditor.get("/office/draws").text
    assert "Close a list" not in auditor.get("/office/draws").text
    page = auditor.get(address)
    assert page.status_code == 200
    assert f"{address}/draw" not in page.text
    assert auditor.post(f"{address}/draw", data={"seed": THROWN, "sure": "1"}).status_code == 403
    elsewhere = sign_in(Role.AUDITOR, desk.station)
    assert elsewhere.get(address).status_code == elsewhere.get("/office/draws").status_code == 403
    printing = sign_in(Role.PRINTING_OFFICER, desk.district)
    assert printing.get("/office/draws").status_code == 403


def test_a_station_closes_no_list_about_itself(desk: Desk, sign_in: Callable[..., FlaskClient]) -> None:
    for_itself = sign_in(Role.STATE_ADMIN, desk.station).get(f"/office/draws/new/{desk.station}")
    assert for_itself.status_code == 403
    assert "Lists are closed above the station" in for_itself.text
    assert desk.client.get(f"/office/draws/new/{desk.station}").status_code == 200
    assert desk.client.get("/office/draws/new").status_code == 200


def test_only_who_may_close_a_list_may_send_so_much(desk: Desk, sign_in: Callable[..., FlaskClient]) -> None:
    """The form is read before the page is reached, to look for its token."""
    desk.app.config["WTF_CSRF_ENABLED"] = True
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n' + b"0" * (5 << 20) + b"\r\n--x--"
    form = {"data": body, "content_type": "multipart/form-data; boundary=x"}
    address = f"/office/draws/new/{desk.district}"
    assert "request.stale" in desk.client.post(address, **form).text
    assert desk.client.post("/office/slip-register/import", **form).status_code == 413
    assert sign_in(Role.AUDITOR, desk.state).post(address, **form).status_code == 413
