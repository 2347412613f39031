"""Slips and invitations in the office: made by headquarters, the file once, cancelled by its lines."""

import csv
import io
import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, func, select
from sqlalchemy.exc import OperationalError

from app.domain.accounts.role import Role
from app.extensions import db
from app.models import Department, Place, Placement, Serial, SlipBatch, SlipBatchPart
from app.services import held_files
from app.transaction import reading, transaction
from app.web.context import context
from app.web.office.slips.slip_batches import read_packs, show_packs
from tests.factories import add_place, add_survey

TICKS = ["violence", "children", "informers", "witnesses", "shared_phones"]


@pytest.fixture
def stations(app: Flask) -> tuple[int, list[int], int]:
    """A district, its stations, and a survey."""
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        district = add_place(session, kind="district")
        ids = [add_place(session, parent=district).id for _ in range(2)]
        return district.id, ids, add_survey(session).survey_id


def post(client: FlaskClient, stations: tuple[int, list[int], int], kind: str, own: str, **more: object):  # type: ignore[no-untyped-def]
    district, ids, survey = stations
    data = {"survey": survey, "expires_on": "2099-01-31", f"count/{ids[0]}": own, **more}
    return client.post(f"/office/batches/new/{kind}/{district}", data=data)


def cancel(client: FlaskClient, what: str, text: str = "", **more: bool):  # type: ignore[no-untyped-def]
    return client.post("/office/batches/1/cancel", data={"what": what, "text": text, "sure": "1"}, **more)


def listed(client: FlaskClient, token: str) -> list[str]:
    """The links of the first batch."""
    table = client.get(f"/office/batches/1/{token}.csv").get_data().decode("utf-8-sig")
    return [row["link"] for row in csv.DictReader(io.StringIO(table))]


def print_sheets(client: FlaskClient, token: str) -> list[list[str]]:
    """What the codes say on each sheet of the first batch, in the order in which they are found."""
    making = client.post(f"/office/batches/1/{token}/sheets", data={"language": "hi"})
    (link,) = re.findall(r'href="(/office/batches/1/[0-9a-f]+\.pdf)"', making.text)
    with pypdfium2.PdfDocument(client.get(link).data) as document:
        pictures = [sheet.render(scale=100 / 72).to_pil() for sheet in document]
    return [sheet for picture in pictures if (sheet := [code.text for code in zxingcpp.read_barcodes(picture)])]


def made() -> tuple[int, int]:
    with reading() as session:
        return tuple(session.scalar(select(func.count()).select_from(model)) or 0 for model in (SlipBatch, Placement))  # type: ignore[return-value]


def test_invitations_are_made_once_and_unsent_lines_cancelled(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    page = post(client, stations, "invite", "१२", left_out=TICKS)
    assert page.status_code == 303
    shown = client.get(page.location)
    assert shown.status_code == 200
    token = page.location.partition("file=")[2]
    file = client.get(f"/office/batches/1/{token}.csv")
    rows = list(csv.DictReader(io.StringIO(file.get_data().decode("utf-8-sig"))))
    assert len({row["link"] for row in rows}) == 12
    assert not any("phone" in name or "mobile" in name for name in rows[0])
    lines = "\n".join(row["link"] for row in rows[:3])
    cancelled = cancel(client, "links", lines)
    assert cancelled.status_code == 303
    assert client.get("/office/batches").status_code == 200
    other = sign_in(Role.STATE_ADMIN, stations[0])
    assert other.get(f"/office/batches/1/{token}.csv").status_code == 410


def test_the_links_of_one_batch_are_not_those_of_another(sign_in, stations, app: Flask) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    pages = (post(client, stations, "invite", "24", left_out=TICKS) for _ in range(2))
    first, _second = (page.location.partition("file=")[2] for page in pages)
    assert client.get(f"/office/batches/1/{first}.csv").status_code == 200
    assert client.get(f"/office/batches/2/{first}.csv").status_code == 404
    instance = Path(app.instance_path)
    (owner,) = {file.name.partition("-")[0] for file in (instance / "uploads").iterdir()}
    other = held_files.store(
        instance, b"%PDF-", kind=held_files.HeldKind.SHEETS, owner=int(owner), now=datetime.now(UTC)
    )
    assert client.get(f"/office/batches/1/{other}.csv").status_code == 410
    assert client.post(f"/office/batches/1/{other}/sheets").status_code == 410


def test_the_list_behind_printed_slips_is_not_given_out_as_something_else(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    """It would say which slip went where; its name stands in the address of the batch's page."""
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    held = post(client, stations, "slip", "24").location.partition("file=")[2]
    assert client.get(f"/office/batches/1/{held}.csv").status_code == 404
    for path in (f"batches/1/{held}.pdf", f"placements/prints/{held}.pdf"):
        answer = client.get(f"/office/{path}")
        assert answer.status_code == 410
        assert answer.mimetype == "text/html"


def test_where_links_cannot_be_kept_no_batch_is_left_behind(sign_in, stations, app: Flask) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    (Path(app.instance_path) / "uploads").write_text("no folder")
    assert post(client, stations, "slip", "24").status_code == 500
    assert made() == (0, 0)


def no_room_for_rows(connection: sqlite3.Connection, *_: object) -> None:
    connection.execute("PRAGMA max_page_count = 1")


def no_room_at_the_end(_connection: Connection) -> None:
    raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))


@pytest.mark.parametrize(("at", "refuse"), [("checkout", no_room_for_rows), ("commit", no_room_at_the_end)])
def test_a_full_disk_is_said_and_leaves_neither_batch_nor_links(  # type: ignore[no-untyped-def]
    sign_in, stations, app: Flask, at: str, refuse: Callable[..., None]
) -> None:
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    event.listen(db.engine, at, refuse)
    refused = post(client, stations, "slip", "2400")
    event.remove(db.engine, at, refuse)
    assert refused.status_code == 507
    assert "The disk of this installation is full" in refused.text
    assert made() == (0, 0)
    assert list(Path(app.instance_path).glob("uploads/*")) == []


def test_a_thousand_packs_are_not_typed_at_one_time(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    post(client, stations, "slip", "24")
    refused = cancel(client, "packs", "1-9999," * 1000)
    assert refused.status_code == 422
    assert "200" in refused.text


def test_slips_come_as_sheets_whose_order_is_written_nowhere(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    specimen = client.get(f"/office/batches/new/slip/{stations[0]}/preview.png")
    assert specimen.mimetype == "image/png"
    assert "preview.png" in client.get(f"/office/batches/new/slip/{stations[0]}").text
    page = post(client, stations, "slip", "30")
    token = page.location.partition("file=")[2]
    shown = client.get(page.location).text
    assert "Sheets to print (PDF): Hindi only" in shown
    assert "CSV" not in shown
    assert client.get(f"/office/batches/1/{token}.csv").status_code == 404
    once, again = print_sheets(client, token), print_sheets(client, token)
    assert [len(set(sheet)) for sheet in once] == [24, 24]
    with reading() as session:
        known = set(session.scalars(select(Serial.mark)))
    tokens = [context().codes.token(link.partition("#")[2]) for sheet in once for link in sheet]
    assert {context().codes.serial_mark(token) for token in tokens} == known
    # The same packs, and drawn by lot each time where a slip lies.
    assert [set(sheet) for sheet in once] == [set(sheet) for sheet in again]
    assert once != again
    other = sign_in(Role.STATE_ADMIN, stations[0])
    assert other.get(f"/office/batches/1/{token}.pdf").status_code == 410
    assert other.post(f"/office/batches/1/{token}/sheets", data={"language": "hi"}).status_code == 410


def test_a_station_whose_name_cannot_be_printed_gets_no_batch(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    with transaction() as session:
        session.get_one(Place, stations[1][0]).name_hi = "थाना 🚔"
    refused = post(sign_in(Role.PRINTING_OFFICER, stations[0]), stations, "slip", "24")
    assert refused.status_code == 422
    assert "🚔" in refused.text
    assert made() == (0, 0)


def test_without_every_tick_no_invitation_is_made(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    page = post(client, stations, "invite", "12", left_out=TICKS[:4])
    assert page.status_code == 422
    assert 'value="12"' in page.text
    assert made() == (0, 0)


@pytest.mark.parametrize("count", ["50000", "", "0", "many", "-3", "9" * 50])
def test_what_cannot_be_made_is_said_and_leaves_nothing(sign_in, stations, count: str) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    page = post(client, stations, "slip", count)
    assert page.status_code == 422
    assert 'class="notice bad' in page.text or "error" in page.text
    assert made() == (0, 0)


def test_one_number_holds_for_every_station_where_no_other_is_written(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    assert post(client, stations, "slip", "72", count="४८").status_code == 303
    with reading() as session:
        assert sorted(session.scalars(select(SlipBatchPart.size))) == [48, 72]
    assert post(client, stations, "slip", "0", count="24").status_code == 303
    assert made() == (2, 3)
    wrong = post(client, stations, "slip", "24", count="many").text
    assert re.search(r"\w.*: “many” is no number", wrong)


def test_an_area_of_many_stations_gives_all_of_them_the_same(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    with transaction() as session:
        district = session.get_one(Place, stations[0])
        for _ in range(119):
            add_place(session, parent=district)
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    page = client.get(f"/office/batches/new/slip/{stations[0]}").text
    assert "For each of 121 stations" in page
    assert 'name="count/' not in page
    data = {"survey": stations[2], "expires_on": "2099-01-31", "count": "24"}
    assert client.post(f"/office/batches/new/slip/{stations[0]}", data=data).status_code == 303
    assert made() == (1, 121)


def test_rows_of_packs_are_written_as_people_write_them() -> None:
    assert show_packs((1, 3, 4, 5, 9)) == "1, 3–5, 9"
    assert read_packs(show_packs((1, 3, 4, 5, 9))) == [1, 3, 4, 5, 9]


def test_a_station_makes_nothing_that_is_answered_about_itself(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[1][0])
    for address in ("/office/batches", f"/office/batches/new/slip/{stations[1][0]}"):
        assert client.get(address).status_code == 403


def test_slips_are_cancelled_by_the_pack(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    assert post(client, stations, "slip", "40").status_code == 303
    unsure = client.post("/office/batches/1/cancel", data={"what": "packs", "text": "२"})
    assert unsure.status_code == 422
    assert 'value="२"' in unsure.text
    assert "Cancelled packs" not in client.get("/office/batches/1").text
    assert cancel(client, "packs", "२").status_code == 303
    shown = client.get("/office/batches/1").text
    assert re.search(r"Cancelled packs</dt>\s*<dd>2</dd>", shown)
    wrong = cancel(client, "packs", "7")
    assert wrong.status_code == 422
    assert 'value="7"' in wrong.text
    assert cancel(client, "all").status_code == 303


def test_what_is_cancelled_is_neither_printed_nor_listed(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    token = post(client, stations, "slip", "30").location.partition("file=")[2]
    _first, second = print_sheets(client, token)
    cancel(client, "packs", "1")
    cancel(client, "links", second.pop())
    (left,) = print_sheets(client, token)
    assert sorted(left) == sorted(second)
    cancel(client, "all")
    nothing = client.post(f"/office/batches/1/{token}/sheets", data={"language": "hi"})
    assert nothing.status_code == 409
    assert "nothing to hand out" in nothing.text


def test_a_cancelled_invitation_is_not_listed(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    token = post(client, stations, "invite", "12", left_out=TICKS).location.partition("file=")[2]
    links = listed(client, token)
    cancel(client, "links", links[0])
    assert listed(client, token) == links[1:]


def test_lines_that_are_no_links_of_the_batch_stay_and_are_counted(sign_in, stations) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(Role.PRINTING_OFFICER, stations[0])
    token = post(client, stations, "invite", "30", left_out=TICKS).location.partition("file=")[2]
    link = listed(client, token)[0]
    text = f"{link}\nfoo\n\n{link[:-3]}AAA\n"
    page = cancel(client, "links", text)
    assert "1 link is cancelled. 2 lines are no links of this batch." in page.text
    assert f">foo\n{link[:-3]}AAA</textarea>" in page.text
    again = cancel(client, "links", link, follow_redirects=True)
    assert "These links were cancelled before." in again.text
