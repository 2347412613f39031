"""The contact of a place in the office: given, told to people, and brought in by a list."""

from flask.testing import FlaskClient

from tests.web.office.places.conftest import id_of, import_list, review, text_of


def test_it_is_given_shown_and_told_to_people(admin: FlaskClient) -> None:
    import_list(admin)
    district = id_of("BPL")
    assert "contact of headquarters until" in text_of(admin.get(f"/office/places/{district}?lang=en"))
    fields = {"contact_hi": "कंट्रोल रूम", "contact_en": "Control Room", "contact_phone": "०७५५ 2443000"}
    saved = admin.post(f"/office/places/{district}/contact", data=fields, follow_redirects=True)
    page = text_of(saved)
    assert saved.status_code == 200
    assert "0755 2443000" in page
    assert "contact of headquarters until" not in page
    assert "0755 2443000" in text_of(admin.get(f"/about/complaint/{id_of('BPL-1')}"))


def test_what_is_no_number_comes_back_with_the_reason_beside_it(admin: FlaskClient) -> None:
    import_list(admin)
    refused = admin.post(f"/office/places/{id_of('BPL')}/contact", data={"contact_phone": "पूछें"})
    assert refused.status_code == 422
    assert 'id="contact_phone-error"' in refused.text
    assert 'value="पूछें"' in refused.text


def test_an_import_tells_which_contacts_would_change(admin: FlaskClient) -> None:
    import_list(admin)
    page = import_list(admin, "code,contact_phone\nBPL,0755 2443000\n")
    assert "1 change was made" in page
    _, page = review(admin, "code,contact_phone\nBPL,0755 2443001\n")
    assert "1 contact changed" in page
    assert "0755 2443000" in page
    assert "0755 2443001" in page
