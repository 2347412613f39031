import io
import re
from datetime import UTC, date, datetime

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.models import Account, Department, Place, Placement, SurveyVersion
from app.transaction import reading, transaction
from tests.factories import add_place, add_survey
from tests.factories.codes.placements import add_placement
from tests.fixtures.accounts import SignIn

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


@pytest.fixture
def places(app: Flask) -> dict[str, int]:
    """A state of two districts with two stations and one, a published survey, a demonstration department."""
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        session.add(Department(name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State")
        first = add_place(session, parent=state, kind="district", name_hi="नमूनागढ़", name_en="Namunagarh")
        second = add_place(session, parent=state, kind="district", name_hi="दूरपुर", name_en="Durpur")
        kotwali = add_place(session, parent=first, name_hi="थाना कोतवाली", name_en="Kotwali")
        nagar = add_place(session, parent=first, name_hi="थाना नगर", name_en="Nagar")
        foreign = add_place(session, parent=second, name_hi="थाना दूर", name_en="Dur")
        survey = add_survey(session)
        made = {
            "state": state,
            "first": first,
            "second": second,
            "kotwali": kotwali,
            "nagar": nagar,
            "foreign": foreign,
        }
        return {**{name: place.id for name, place in made.items()}, "survey": survey.survey_id}


@pytest.fixture
def printer(places: dict[str, int], sign_in: SignIn) -> FlaskClient:
    """A printing officer of the first district."""
    return sign_in(Role.PRINTING_OFFICER, places["first"])


def issue(client: FlaskClient, places: dict[str, int], place: str = "kotwali", **changed: str) -> str:
    """Issue through the form; the address of the new code's page."""
    form = {"survey": str(places["survey"]), "hung_at": "मुख्य द्वार", "channel": "poster", "expires_on": "2027-11-22"}
    answer = client.post(f"/office/placements/new/{places[place]}", data={**form, **changed})
    assert answer.status_code == 302, answer.text
    return answer.location


def printed(address: str, file: str = "prints.pdf") -> str:
    """Where the print of a code is, or its preview."""
    return f"/office/placements/prints/{file}?placement={address.rpartition('/')[2]}"


def placement(address: str) -> Placement:
    with reading() as session:
        return session.get_one(Placement, int(address.rpartition("/")[2]))


def test_a_station_is_found_by_its_hindi_and_its_english_name(printer: FlaskClient, places: dict[str, int]) -> None:
    for text in ("कोतवाली", "kotwali"):
        page = printer.get("/office/placements/new", query_string={"text": text})
        assert f"/office/placements/new/{places['kotwali']}" in page.text
        assert f"/office/placements/new/{places['foreign']}" not in page.text
    assert "No place of this name" in printer.get("/office/placements/new?text=zzz").text
    assert f"/office/placements/new/{places['nagar']}" in printer.get("/office/placements/new").text


def test_a_poster_is_issued_previewed_and_downloaded(printer: FlaskClient, places: dict[str, int]) -> None:
    assert "Where will it hang?" in printer.get(f"/office/placements/new/{places['kotwali']}").text
    address = issue(printer, places)
    page = printer.get(address)
    made = placement(address)
    assert made.number is not None
    for words in ("Kotwali", "मुख्य द्वार", f"{made.number[:4]} {made.number[4:]}", "22 November 2027", "Active"):
        assert words in page.text
    preview = printer.get(printed(address, "preview.png"))
    assert preview.mimetype == "image/png"
    (shown,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(preview.data)))
    print_ = printer.get(printed(address))
    assert print_.mimetype == "application/pdf"
    assert print_.headers["Content-Disposition"].startswith("attachment")
    (found,) = zxingcpp.read_barcodes(pypdfium2.PdfDocument(print_.data)[0].render(scale=2).to_pil())
    assert shown.text == found.text
    assert found.text.startswith("HTTP://LOCALHOST/S/")
    citizen = printer.get(found.text.removeprefix("HTTP://LOCALHOST"))
    assert citizen.status_code == 200
    assert "Kotwali" in citizen.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"hung_at": ""}, "Please say where it hangs"),
        ({"hung_at": "क" * 81}, "at most 80 characters"),
        ({"expires_on": "2026-11-23"}, "has to lie in the future"),
        ({"expires_on": "someday"}, "Not a valid date"),
        ({"survey": "999"}, "Not a valid choice"),
        ({"channel": "slip"}, "Not a valid choice"),
    ],
)
def test_a_refused_form_comes_back_filled_in(
    printer: FlaskClient, places: dict[str, int], changed: dict[str, str], words: str
) -> None:
    form = {"survey": str(places["survey"]), "hung_at": "राशन की दुकान", "channel": "poster", "expires_on": "2027-01-01"}
    answer = printer.post(f"/office/placements/new/{places['kotwali']}", data={**form, **changed})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'id="errors"' in answer.text
    assert "hung_at" in changed or "राशन की दुकान" in answer.text
    with reading() as session:
        assert session.scalars(select(Placement.id)).all() == []


def test_only_a_number_has_no_preview(printer: FlaskClient, places: dict[str, int]) -> None:
    address = issue(printer, places, channel="typed")
    assert "preview.png" not in printer.get(address).text
    assert printer.get(printed(address)).status_code == 409


def test_the_whole_district_comes_as_one_file_with_its_cover_list(printer: FlaskClient, places: dict[str, int]) -> None:
    start = printer.get("/office/placements/below")
    assert start.location == f"/office/placements/below/{places['first']}"
    issue(printer, places)
    form = {"survey": str(places["survey"]), "hung_at": "मुख्य द्वार", "expires_on": ""}
    answer = printer.post(start.location, data=form, follow_redirects=True)
    assert "1 new code has been issued." in answer.text
    link = re.search(r'href="([^"]+/prints\?[^"]+)"', answer.text)
    assert link is not None
    file = printer.get(link[1].replace("&amp;", "&").replace("/prints?", "/prints/prints.pdf?"))
    document = pypdfium2.PdfDocument(file.data)
    assert len(document) == 3
    cover = document[0].get_textpage().get_text_range()
    assert "थाना कोतवाली" in cover
    assert "थाना नगर" in cover
    again = printer.post(start.location, data=form, follow_redirects=True)
    assert "0 new codes have been issued." in again.text


def test_a_state_is_offered_its_districts(places: dict[str, int], sign_in: SignIn) -> None:
    page = sign_in(Role.STATE_ADMIN, places["state"]).get(f"/office/placements/below/{places['state']}")
    assert f"/office/placements/below/{places['second']}" in page.text
    assert "There are 3 stations here." in page.text


def test_the_register_is_filtered(printer: FlaskClient, places: dict[str, int]) -> None:
    assert "No codes yet" in printer.get("/office/placements").text
    issue(printer, places)
    number = issue(printer, places, "nagar", channel="typed", hung_at="आवेदन की पावती")
    assert "2 codes" in printer.get("/office/placements").text
    for query in ("text=पावती", "channel=typed", f"place_id={places['nagar']}", f"text={placement(number).number}"):
        page = printer.get(f"/office/placements?{query}")
        assert "1 code" in page.text, query
        assert "आवेदन की पावती" in page.text
    assert "No code was found" in printer.get("/office/placements?state=retired").text
    assert "2 codes" in printer.get("/office/placements?state=nonsense&page=99").text
    assert printer.get(f"/office/placements?place_id={places['foreign']}").status_code == 403


def test_taking_down_asks_first_and_can_be_undone_today(printer: FlaskClient, places: dict[str, int]) -> None:
    address = issue(printer, places)
    assert "Take this code down?" in printer.get(f"{address}/retire").text
    assert placement(address).retired_at is None
    page = printer.post(f"{address}/retire", follow_redirects=True)
    assert "Taken down" in page.text
    assert "prints.pdf" not in page.text
    assert placement(address).retired_at == NOW
    assert printer.post(f"{address}/retire").status_code == 409
    page = printer.post(f"{address}/undo-retire", follow_redirects=True)
    assert "The code is active again." in page.text
    assert placement(address).retired_at is None
    assert printer.post(f"{address}/undo-retire").status_code == 409


def test_a_code_is_declared_unsafe_since_a_day_and_cleared(printer: FlaskClient, places: dict[str, int]) -> None:
    address = issue(printer, places)
    assert 'value="2026-11-23"' in printer.get(f"{address}/compromised").text
    for wrong, words in (("", "Write the day"), ("2026-11-24", "cannot lie in the future")):
        answer = printer.post(f"{address}/compromised", data={"since": wrong})
        assert answer.status_code == 422
        assert words in answer.text
    page = printer.post(f"{address}/compromised", data={"since": "2026-11-14"}, follow_redirects=True)
    assert "14 November 2026" in page.text
    assert placement(address).compromised_on == date(2026, 11, 14)
    printer.post(f"{address}/undo-compromised")
    assert placement(address).compromised_on is None


def test_a_code_is_replaced_by_a_new_one_for_the_same_spot(printer: FlaskClient, places: dict[str, int]) -> None:
    address = issue(printer, places)
    assert "Take this code down and issue a new one?" in printer.get(f"{address}/replace").text
    answer = printer.post(f"{address}/replace")
    old, new = placement(address), placement(answer.location)
    assert answer.status_code == 302
    assert old.retired_at is not None
    assert new.retired_at is None
    assert (new.place_id, new.hung_at, new.survey_id) == (old.place_id, old.hung_at, old.survey_id)
    assert new.number != old.number
    again = printer.post(f"{address}/replace")
    assert again.status_code == 409
    assert "has been taken down already" in again.text


def test_the_register_says_who_issued_a_code(printer: FlaskClient, places: dict[str, int]) -> None:
    address = issue(printer, places)
    with reading() as session:
        issuer = session.get_one(Account, placement(address).issued_by).username
    assert issuer in printer.get("/office/placements").text
    assert issuer in printer.get(address).text


def test_codes_of_other_places_are_closed(printer: FlaskClient, places: dict[str, int], sign_in: SignIn) -> None:
    foreign = issue(sign_in(Role.STATE_ADMIN, places["state"]), places, "foreign")
    for address in (
        foreign,
        printed(foreign),
        printed(foreign, "preview.png"),
        f"{foreign}/retire",
        f"{foreign}/replace",
    ):
        assert printer.get(address).status_code == 403, address
    for address in (f"{foreign}/retire", f"{foreign}/replace", f"{foreign}/compromised", f"{foreign}/undo-retire"):
        assert printer.post(address, data={"since": "2026-11-01"}).status_code == 403
    for address in ("new", "below"):
        for answer in (printer.get, printer.post):
            assert answer(f"/office/placements/{address}/{places['second']}").status_code == 403
    run = {"place": places["second"], "survey": places["survey"], "spot": "मुख्य द्वार"}
    assert printer.get("/office/placements/prints", query_string=run).status_code == 403
    assert printer.get("/office/placements/prints/prints.pdf", query_string=run).status_code == 403
    assert placement(foreign).retired_at is None
    assert printer.get("/office/placements/1").status_code == 404


@pytest.mark.parametrize("channel", [Channel.SLIP, Channel.INVITE, Channel.KIOSK, Channel.INTERVIEW])
def test_what_belongs_to_a_batch_or_a_device_is_not_ended_by_itself(
    printer: FlaskClient, places: dict[str, int], channel: Channel
) -> None:
    with transaction() as session:
        version = session.scalars(select(SurveyVersion)).one()
        made = add_placement(session, session.get_one(Place, places["kotwali"]), version, channel=channel)
        address = f"/office/placements/{made.id}"
    assert "is ended where it was made" in printer.get(address).text
    for what in ("retire", "replace", "compromised", "undo-retire", "undo-compromised"):
        refused = printer.post(f"{address}/{what}", data={"since": "2026-11-01"})
        assert refused.status_code == 409
        assert "placement.ended_elsewhere" in refused.text
    assert placement(address).retired_at is None


def test_a_real_department_needs_a_confirmed_address_first(printer: FlaskClient, places: dict[str, int]) -> None:
    address = issue(printer, places)
    with transaction() as session:
        session.get_one(Department, 1).demonstration = False
    page = printer.get(address)
    assert "has not been confirmed" in page.text
    assert "preview.png" not in page.text
    assert printer.get(printed(address)).status_code == 409
    assert "has not been confirmed" in printer.get(f"/office/placements/below/{places['first']}").text


def test_without_a_published_survey_nothing_is_offered(app: Flask, sign_in: SignIn) -> None:
    with transaction() as session:
        place = add_place(session).id
        add_survey(session, published_at=None)
    client = sign_in(Role.STATE_ADMIN, place)
    for address in (f"/office/placements/new/{place}", f"/office/placements/below/{place}", "/office/handles/new"):
        page = client.get(address)
        assert "No questionnaire has been published yet" in page.text
        assert page.text.count("<form") < 4


def test_outreach_makes_links_for_official_accounts(places: dict[str, int], sign_in: SignIn) -> None:
    client = sign_in(Role.OUTREACH, places["first"])
    assert "No links yet" in client.get("/office/handles").text
    form = {"survey": str(places["survey"]), "place": str(places["first"]), "hung_at": "Facebook, 23 November"}
    page = client.post("/office/handles/new", data=form, follow_redirects=True)
    link = re.search(r'value="http://localhost(/s/[a-z2-7]{26})"', page.text)
    assert link is not None
    assert client.get(link[1]).status_code == 200
    assert "Facebook, 23 November" in client.get("/office/handles").text
    refused = client.post("/office/handles/new", data={**form, "place": str(places["second"])})
    assert refused.status_code == 422
    assert client.get("/office/placements").status_code == 403


@pytest.mark.parametrize("hung_at", ["<script>alert(1)</script>", "{{ 7*7 }}", "' OR 1=1 --", "&lt;b&gt;", "%s %(x)s"])
def test_hostile_spots_are_shown_as_they_are(printer: FlaskClient, places: dict[str, int], hung_at: str) -> None:
    address = issue(printer, places, hung_at=hung_at)
    assert placement(address).hung_at == hung_at
    page = printer.get(address)
    assert "<script>alert" not in page.text
    text = pypdfium2.PdfDocument(printer.get(printed(address)).data)[0].get_textpage().get_text_range()
    assert "".join(hung_at.split()) in "".join(text.split())
    assert printer.get("/office/placements", query_string={"text": hung_at}).status_code == 200


def test_a_code_has_no_last_day_unless_somebody_types_one(printer: FlaskClient, places: dict[str, int]) -> None:
    """A year that a form filled in by itself made posters useless that hang and are read."""
    for address in (f"new/{places['kotwali']}", f"below/{places['first']}"):
        field = re.search(r'<input[^>]*name="expires_on"[^>]*>', printer.get(f"/office/placements/{address}").text)
        assert field is not None
        assert 'value=""' in field[0] or "value=" not in field[0]
    without, typed = issue(printer, places, expires_on=""), issue(printer, places, hung_at="पीछे का द्वार")
    assert placement(without).expires_on is None
    pdf = pypdfium2.PdfDocument(printer.get(printed(without) + "&language=en").data)
    assert "no last day" in pdf[0].get_textpage().get_text_range()
    pdf.close()
    register = printer.get("/office/placements").text
    assert "No last day" in register
    assert "until 22 Nov 2027" in register
    printer.post(f"{typed}/replace")


def test_headquarters_is_told_of_codes_that_end_by_a_day_of_the_forms_own(
    printer: FlaskClient, places: dict[str, int], sign_in: SignIn
) -> None:
    """The form of earlier versions filled in a year; while there are none of these, nothing is said of them."""
    said, listed = "ends on a day that the form filled in", "/office/placements?last_day=filled-in"
    admin = sign_in(Role.STATE_ADMIN, places["state"])
    meant = issue(printer, places, hung_at="राशन दुकान")
    for page in ("/office/placements", "/office/department"):
        assert said not in admin.get(page).text
    assert "Filled in by the form" not in admin.get("/office/placements").text
    by_the_form = issue(printer, places, expires_on="2027-11-23")
    for page in ("/office/placements", "/office/department"):
        assert f'<a href="{listed}">1 code {said}</a>' in admin.get(page).text
    page = admin.get(listed).text
    assert "that one has no last day" in page
    assert f'href="{by_the_form}"' in page
    assert f'href="{meant}"' not in page
    assert '<option value="filled-in" selected>' in page
    # Whoever prints for a district reads the whole register, whatever the address says.
    for page in ("/office/placements", listed):
        text = printer.get(page).text
        assert said not in text
        assert "Filled in by the form" not in text
        assert f'href="{meant}"' in text
    replaced = admin.post(f"{by_the_form}/replace")
    assert placement(replaced.location).expires_on is None
    assert said not in admin.get("/office/placements").text
    assert "No code was found" in admin.get(listed).text
