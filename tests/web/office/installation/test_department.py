import dataclasses
import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.models import Department, Place
from app.transaction import reading, transaction
from app.web import context
from tests.factories import add_place, add_survey
from tests.factories.codes.placements import add_placement
from tests.fixtures.accounts import SignIn

FIELDS = {
    "name_hi": "नमूना पुलिस",
    "name_en": "Sample Police",
    "host": "Samvad.Example.in",
    "helplines": "आपातकाल | Emergency | ११२",
    "free_text_reader": "",
}


def department() -> Department:
    with reading() as session:
        return session.get_one(Department, 1)


def answer_at(app: Flask, address: str, contact: str | None = "mailto:samvad@example.in") -> None:
    """The application as if citizens reached it there."""
    found = context.context()
    app.extensions[context._KEY] = dataclasses.replace(
        found, settings=dataclasses.replace(found.settings, address=address, contact=contact)
    )


def test_settings_are_saved_and_shown_again(sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN)
    assert client.post("/office/department", data=FIELDS).status_code == 303
    assert department().host == "samvad.example.in"
    assert '"112"' in department().helplines
    page = client.get("/office/department").text
    assert "आपातकाल | Emergency | 112" in page


@pytest.mark.parametrize(("field", "value"), [("host", "https://x.in"), ("helplines", "112"), ("name_hi", "")])
def test_what_is_wrong_is_told_beside_its_field(sign_in: SignIn, field: str, value: str) -> None:
    answer = sign_in(Role.STATE_ADMIN).post("/office/department", data={**FIELDS, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    with reading() as session:
        assert session.get(Department, 1) is None


def test_a_host_is_confirmed_only_where_this_installation_answers_by_https(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN)
    client.post("/office/department", data=FIELDS)
    typed = {"typed": "samvad.example.in"}
    for address in ("http://samvad.example.in", "https://elsewhere.example.in"):
        answer_at(app, address)
        assert client.post("/office/department/host", data=typed).status_code == 409
    answer_at(app, "https://samvad.example.in", contact=None)
    nobody = client.post("/office/department/host", data=typed)
    assert nobody.status_code == 409
    assert "SAMVAD_CONTACT" in nobody.text
    answer_at(app, "https://samvad.example.in")
    assert client.post("/office/department/host", data={"typed": "samvad.example.org"}).status_code == 422
    assert department().host_confirmed_on is None
    assert client.post("/office/department/host", data=typed).status_code == 303
    assert department().host_confirmed_on is not None


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({"free_text_reader": "Control room"}, True),
        ({"host": "other.example.in"}, False),
        ({"name_en": "Other"}, False),
        ({"name_hi": "दूसरी"}, False),
        ({"helplines": "आपातकाल | Emergency | 100"}, True),
    ],
)
def test_what_is_printed_is_confirmed_anew_when_it_changes(
    app: Flask, sign_in: SignIn, changed: dict[str, str], kept: bool
) -> None:
    client = sign_in(Role.STATE_ADMIN)
    answer_at(app, "https://samvad.example.in")
    client.post("/office/department", data=FIELDS)
    client.post("/office/department/host", data={"typed": "samvad.example.in"})
    assert client.post("/office/department", data={**FIELDS, **changed}).status_code == 303
    assert (department().host_confirmed_on is not None) is kept


def test_an_emblem_is_kept_printed_and_confirmed(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN)
    answer_at(app, "https://samvad.example.in")
    client.post("/office/department", data=FIELDS)
    client.post("/office/department/host", data={"typed": "samvad.example.in"})
    before = client.get("/office/department/specimen.png")
    assert before.mimetype == "image/png"
    written = io.BytesIO()
    Image.new("RGB", (200, 200), (200, 0, 0)).save(written, "PNG")
    sent = client.post("/office/department/emblem", data={"emblem": (io.BytesIO(written.getvalue()), "emblem.png")})
    assert sent.status_code == 303
    assert department().host_confirmed_on is None
    after = Image.open(io.BytesIO(client.get("/office/department/specimen.png").data)).convert("RGB")
    red = [after.getpixel((x, y)) for x in range(60, 110) for y in range(35, 90)]
    assert (200, 0, 0) in red
    nothing = client.post("/office/department/emblem", data={})
    assert nothing.status_code == 422
    assert "Choose a picture first." in nothing.text
    assert client.get("/office/department/specimen.png").data != before.data
    assert client.post("/office/department/emblem", data={"remove": "1"}).status_code == 303
    assert "Remove the emblem" not in client.get("/office/department").text
    assert client.get("/office/department/specimen.png").data == before.data


def test_an_emblem_with_a_script_is_refused_beside_its_field(sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN)
    client.post("/office/department", data=FIELDS)
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    answer = client.post("/office/department/emblem", data={"emblem": (io.BytesIO(drawing), "emblem.svg")})
    assert answer.status_code == 422
    assert 'id="emblem-error"' in answer.text
    assert "This is not a picture" in answer.text


def test_nothing_is_confirmed_before_there_is_a_department(sign_in: SignIn) -> None:
    with transaction() as session:
        assert session.get(Department, 1) is None
    answer = sign_in(Role.STATE_ADMIN).post("/office/department/host", data={"typed": "x"})
    assert answer.status_code == 409


def test_each_helpline_is_ticked_before_anything_is_printed(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN)
    answer_at(app, "https://samvad.example.in")
    client.post("/office/department", data={**FIELDS, "helplines": "मदद | Help | 112\nमहिला | Women | 181"})
    client.post("/office/department/host", data={"typed": "samvad.example.in"})
    with transaction() as session:
        station = add_place(session, parent=session.scalars(select(Place)).one())
        poster = add_placement(session, station, add_survey(session)).id
    prints = f"/office/placements/prints?placement={poster}"
    refused = client.get(prints)
    assert "The helplines to be printed have not been confirmed" in refused.text
    assert 'href="/office/department"' in refused.text
    assert client.get(prints.replace("prints?", "prints/prints.pdf?")).status_code == 409
    part = client.post("/office/department/helplines", data={"ticked": ["112"]})
    assert part.status_code == 422
    assert 'id="ticked-error"' in part.text
    assert client.post("/office/department/helplines", data={"ticked": ["112", "181"]}).status_code == 303
    assert department().helplines_confirmed_on is not None
    assert "have not been confirmed" not in client.get(prints).text
    assert client.get(prints.replace("prints?", "prints/prints.pdf?")).mimetype == "application/pdf"


def test_a_station_that_may_not_mend_it_is_not_led_there(app: Flask, sign_in: SignIn) -> None:
    admin = sign_in(Role.STATE_ADMIN)
    answer_at(app, "https://samvad.example.in")
    admin.post("/office/department", data=FIELDS)
    admin.post("/office/department/host", data={"typed": "samvad.example.in"})
    page = sign_in(Role.PRINTING_OFFICER).get("/office/placements?lang=en").text
    assert 'href="/office/department"' not in page
