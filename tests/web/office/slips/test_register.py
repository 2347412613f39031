"""Slips beside cases: imported with a look before, shown to auditors, and nothing below ten."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.domain.slips.slip_batch import SlipBatchOrder
from app.models import CaseCount, Department, Redemption, Serial
from app.services.slips.slip_batches import make_batch
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_survey

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


@pytest.fixture
def state(app: Flask) -> dict[str, int]:
    """A district with three stations: two where slips are used, one where they are not."""
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        top = add_place(session, kind="state")
        district = add_place(session, kind="district", parent=top, name_en="Middle")
        stations = [add_place(session, parent=district, name_en=f"Station {n}", code=f"PS{n}") for n in range(3)]
        order = SlipBatchOrder(
            Channel.SLIP,
            district.id,
            add_survey(session).survey_id,
            dict.fromkeys([one.id for one in stations], 96),
            date(2027, 1, 31),
            0,
        )
        more = {"signer": context().tokens, "codes": context().codes, "now": NOW}
        _, made = make_batch(session, order, address="https://samvad.example", **more)
        for code, used in (("PS0", 60), ("PS1", 50), ("PS2", 3)):
            of_station = [slip for slip in made if slip.place_code == code][:used]
            tokens = [context().codes.token(slip.link.partition("#")[2]) for slip in of_station]
            session.add_all(Redemption(mark=context().codes.serial_mark(token)) for token in tokens)
        assert session.scalar(select(func.count()).select_from(Serial)) == 288
        return {"state": top.id, "district": district.id, "station": stations[0].id}


def upload(client, text: str):  # type: ignore[no-untyped-def]
    data = {"file": (io.BytesIO(text.encode()), "cases.csv")}
    return client.post("/office/slip-register/import", data=data, content_type="multipart/form-data")


def import_cases(client, text: str):  # type: ignore[no-untyped-def]
    address = upload(client, text).location
    page = client.get(address).text
    digest = page.partition('name="digest"')[2].partition('value="')[2].partition('"')[0]
    return client.post(address, data={"digest": digest})


LIST = "code,quarter,cases\nPS0,2026-Q4,200\nPS1,2026-Q4,200\nPS2,2026-Q4,200\n"


def test_from_the_list_to_the_register(sign_in, state) -> None:  # type: ignore[no-untyped-def]
    admin = sign_in(Role.STATE_ADMIN, state["state"])
    assert import_cases(admin, LIST).status_code == 303
    with reading() as session:
        assert session.scalar(select(func.sum(CaseCount.cases))) == 600
    # The same tells headquarters on its live counts, with the way to the register.
    live = admin.get("/office/tallies").text
    assert re.search(r'quarter=2026-Q4".*?<dd>1</dd>', live, re.DOTALL)
    auditor = sign_in(Role.AUDITOR, state["state"], language="en")
    page = auditor.get("/office/slip-register").text
    assert page.count("far fewer used") == 1
    assert "below 10" in page
    rows = list(csv.DictReader(io.StringIO(auditor.get("/office/slip-register/register.csv").get_data(True)[1:])))
    shown = {row["code"]: row for row in rows if row["kind"] == "station"}
    # The third has three; the next smallest is withheld with it, or the district's number would tell.
    assert [shown[code]["used"] for code in ("PS0", "PS1", "PS2")] == ["60", "", ""]
    assert [shown[code]["far_fewer"] for code in ("PS0", "PS1", "PS2")] == ["", "", "yes"]
    assert shown["PS0"]["used_in_100_of_issued"] == "65"
    (district,) = (row for row in rows if row["kind"] == "district")
    assert (district["issued"], district["used"], district["cases"]) == ("290", "115", "600")


def test_a_wrong_list_changes_nothing_and_says_where(sign_in, state) -> None:  # type: ignore[no-untyped-def]
    admin = sign_in(Role.STATE_ADMIN, state["state"], language="en")
    page = admin.get(upload(admin, "code,quarter,cases\nPS0,2026-Q4,many\n").location).text
    assert "“many” is no number of cases" in page
    assert import_cases(admin, "code,quarter,cases\nPS0,2026-Q4,many\n").status_code == 303
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(CaseCount)) == 0


def test_the_same_list_twice_changes_nothing(sign_in, state) -> None:  # type: ignore[no-untyped-def]
    admin = sign_in(Role.STATE_ADMIN, state["state"], language="en")
    import_cases(admin, LIST)
    assert "Nothing would change" in admin.get(upload(admin, LIST).location).text


def test_a_single_station_compares_nobody(sign_in, state) -> None:  # type: ignore[no-untyped-def]
    assert sign_in(Role.AUDITOR, state["station"]).get("/office/slip-register").status_code == 403
