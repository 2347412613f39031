"""Calls by an outside body in the office: imported after a look, told with care, and the script for callers."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.models import Department
from app.services.draws.checks import list_checks
from app.transaction import reading, transaction
from tests.documents.drawn import text_of
from tests.factories import add_place, add_survey, definition, question

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SignIn = Callable[..., FlaskClient]


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    """A state with a district and two stations, a questionnaire with a question for the whole and one without."""
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        top = add_place(session, kind="state")
        district = add_place(session, kind="district", parent=top)
        stations = [add_place(session, parent=district, code=code, name_en=f"Town {code}") for code in ("S-1", "S-2")]
        return {
            "state": top.id,
            "district": district.id,
            "station": stations[0].id,
            "other": stations[1].id,
            "survey": add_survey(session).survey_id,
            "poll": add_survey(session, definition([question("colour", "select_one", "red", "blue")])).survey_id,
        }


def upload(client: FlaskClient, text: str) -> str:
    data = {"file": (io.BytesIO(text.encode()), "calls.csv")}
    held = client.post("/office/draws/checks/import", data=data, content_type="multipart/form-data")
    assert held.status_code == 303, held.text
    return str(held.location)


def confirm(client: FlaskClient, address: str) -> str:
    """Confirm what the page shows; the page that follows."""
    digest = client.get(address).text.partition('name="digest"')[2].partition('value="')[2].partition('"')[0]
    return client.post(address, data={"digest": digest}, follow_redirects=True).text


def cells(page: str) -> list[str]:
    """What stands in the cells of figures."""
    return [cell.partition("</td>")[0].strip() for cell in page.split('<td class="figure">')[1:]]


HEAD = "place,quarter,checked,unconfirmed,silent_asked,silent_good"


def test_from_a_wrong_file_to_numbers_that_change(sign_in: SignIn, ids: dict[str, int]) -> None:
    admin = sign_in(Role.STATE_ADMIN, ids["state"], language="en")
    assert "No numbers of calls yet" in admin.get("/office/draws/checks").text
    wrong = upload(admin, f"{HEAD}\nS-1,2026-Q4,20,21,5,3\nS-9,2026-Q4,many,0,3,4\n")
    page = admin.get(wrong).text
    assert "Nothing can be imported yet: 3 things to put right" in page
    assert "21 were not confirmed, and only 20 were called back." in page
    assert all(f"<td>{column}</td>" in page for column in ("unconfirmed", "place", "checked"))
    assert "There is no place with the code “S-9”." in page
    assert "“many” is no number of people." in page
    assert "Nothing was imported" in confirm(admin, wrong)
    with reading() as session:
        assert list_checks(session, list(ids.values())) == ()

    page = confirm(admin, upload(admin, f"{HEAD}\nS-1,2026-Q4,20,1,5,3\nS-2,2026-Q3,0,0,12,4\n"))
    assert "2 changes were made." in page
    assert [page.index(words) for words in ("2026-Q4", "Town S-1", "2026-Q3", "Town S-2")] == sorted(
        page.index(words) for words in ("2026-Q4", "Town S-1", "2026-Q3", "Town S-2")
    )
    assert cells(page) == ["20", "1", "5", "3", "0", "0", "12", "4"]

    again = upload(admin, "place,quarter,checked,unconfirmed\nS-1,2026-Q4,24,1\n")
    assert cells(admin.get(again).text) == ["20&nbsp;→&nbsp;24", "1", "5", "3"]
    assert "1 change was made." in confirm(admin, again)
    same = admin.get(upload(admin, "place,quarter,checked,unconfirmed\nS-1,2026-Q4,24,1\n")).text
    assert "Nothing would change" in same
    audit = admin.get("/office/audit").text
    assert audit.count("Numbers of calls imported") >= 2
    assert "[20, 1, 5, 3]" in audit


def test_no_file_and_no_table_are_refused_beside_the_field(sign_in: SignIn, ids: dict[str, int]) -> None:
    admin = sign_in(Role.STATE_ADMIN, ids["state"], language="en")
    empty = admin.post("/office/draws/checks/import", data={}, content_type="multipart/form-data")
    assert (empty.status_code, "Please choose a file." in empty.text) == (422, True)
    data = {"file": (io.BytesIO(b"%PDF-1.7"), "calls.pdf")}
    refused = admin.post("/office/draws/checks/import", data=data, content_type="multipart/form-data")
    assert (refused.status_code, "This is no table." in refused.text) == (422, True)


def test_headquarters_writes_its_auditor_reads_and_nobody_below_hears_of_the_silent(
    sign_in: SignIn, ids: dict[str, int]
) -> None:
    admin = sign_in(Role.STATE_ADMIN, ids["state"])
    confirm(admin, upload(admin, f"{HEAD}\nS-1,2026-Q4,20,1,5,3\n"))
    auditor = sign_in(Role.AUDITOR, ids["state"], language="en")
    page = auditor.get("/office/draws/checks").text
    assert cells(page) == ["20", "1", "5", "3"]
    assert "Import numbers of calls" not in page
    assert auditor.get("/office/draws/checks/import").status_code == 403
    assert "/office/draws/checks" in auditor.get("/office/draws").text
    below = sign_in(Role.AUDITOR, ids["district"])
    assert cells(below.get("/office/draws/checks").text) == ["20", "1"]
    assert cells(sign_in(Role.AUDITOR, ids["other"]).get("/office/draws/checks").text) == []
    assert "checks.imported" in auditor.get("/office/audit").text
    assert "checks.imported" not in below.get("/office/audit").text
    district = sign_in(Role.STATE_ADMIN, ids["district"])
    assert district.get("/office/draws/checks/import").status_code == 403


def test_the_script_asks_the_question_of_the_questionnaire(sign_in: SignIn, ids: dict[str, int]) -> None:
    auditor = sign_in(Role.AUDITOR, ids["state"], language="en")
    page = auditor.get("/office/draws/checks").text
    assert f'<option value="{ids["survey"]}">' in page
    assert f'<option value="{ids["poll"]}">' not in page, "it has no question that stands for the whole"
    got = auditor.get(f"/office/draws/checks/script.pdf?survey={ids['survey']}")
    assert got.mimetype == "application/pdf"
    text = text_of(pypdfium2.PdfDocument(got.data)[4])
    before, _, after = text.partition("Stop. Read on only when")
    assert "police" not in before.lower()
    assert "Sample Police" in after
    assert "overall" in after
    for other in (f"?survey={ids['poll']}", "?survey=0", "?survey=x", ""):
        assert auditor.get(f"/office/draws/checks/script.pdf{other}").status_code == 404


def test_helplines_that_nobody_confirmed_are_not_printed(sign_in: SignIn, ids: dict[str, int]) -> None:
    with transaction() as session:
        department = session.get_one(Department, 1)
        department.demonstration = False
        department.helplines = '[{"label_hi": "मदद", "label_en": "Help", "number": "112"}]'
    auditor = sign_in(Role.AUDITOR, ids["state"], language="en")
    script = f"/office/draws/checks/script.pdf?survey={ids['survey']}"
    assert "The helplines to be printed have not been confirmed" in auditor.get("/office/draws/checks").text
    assert auditor.get(script).status_code == 409
    with transaction() as session:
        session.get_one(Department, 1).helplines_confirmed_on = date(2026, 11, 20)
    assert auditor.get(script).status_code == 200
