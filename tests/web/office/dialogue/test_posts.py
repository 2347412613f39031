"""Posts in the office: written by one, looked at and published by another, and ended."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.domain.dialogue.post import LegalQuestion
from app.models import Account, Post
from app.transaction import reading, transaction
from tests.factories import add_place
from tests.factories.dialogue.posts import NOW
from tests.factories.pictures import bomb, png
from tests.fixtures.accounts import SignIn, add_account, open_session

TICKED = [question.value for question in LegalQuestion]


@dataclass
class House:
    """Accounts of a state with a district, by their ids, and a client for each."""

    app: Flask
    accounts: Mapping[str, int]

    def as_(self, name: str) -> FlaskClient:
        return open_session(self.app.test_client(), self.accounts[name])


@pytest.fixture
def house(app: Flask) -> House:
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        state = add_place(session, kind="state", name_en="Sample State")
        district = add_place(session, kind="district", parent=state, name_en="District One")
        ids = state.id, district.id
    roles = {
        "author": (Role.OUTREACH, ids[0]),
        "admin": (Role.STATE_ADMIN, ids[0]),
        "other_admin": (Role.STATE_ADMIN, ids[0]),
        "district_head": (Role.DISTRICT_HEAD, ids[1]),
    }
    return House(app, {name: add_account(role, place) for name, (role, place) in roles.items()})


def fields(**changed: object) -> dict[str, object]:
    given: dict[str, object] = {"kind": "tip", "review_on": "2027-06-01"}
    for language in ("hi", "en"):
        given |= {
            f"title-{language}": f"Who asks for an OTP {language}",
            f"body-{language}": "**Hang up**, and call [1930](tel:1930).",
            f"sources-{language}": "- [Cyber crime](https://cybercrime.gov.in/)",
            f"alt-{language}": "",
        }
    return {**given, **changed}


def written(house: House, by: str = "author", **changed: object) -> str:
    """The address of a new draft in the office."""
    answer = house.as_(by).post("/office/posts/new", data=fields(**changed))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def published(house: House, **changed: object) -> str:
    address = written(house, **changed)
    house.as_("author").post(f"{address}/send")
    answer = publish(house.as_("admin"), address)
    assert answer == 303
    return address


def publish(client: FlaskClient, address: str, ticked: list[str] = TICKED, revision: str | None = None) -> int:
    page = client.get(address).text
    found = re.search(r'name="revision" value="(\d+)"', page)
    read = revision or (found[1] if found else "1")
    return client.post(f"{address}/publish", data={"revision": read, "ticked": ticked}).status_code


def errors(page: str) -> set[str]:
    return set(re.findall(r'id="([a-z_]+(?:-[a-z]{2})?)-error"', page))


def test_from_a_draft_to_a_page_for_everybody(house: House) -> None:
    address = written(house)
    page = house.as_("author").get(address).text
    assert page.count('<a href="tel:1930">1930</a>') == 2
    assert 'class="link-card"' in page
    assert "Publish it?" not in page
    house.as_("author").post(f"{address}/send")
    assert "Publish it?" not in house.as_("author").get(address).text
    assert "Waits for approval" in house.as_("admin").get("/office/posts").text
    assert publish(house.as_("admin"), address) == 303
    public = house.app.test_client().get("/p/1?lang=en")
    assert "Who asks for an OTP en" in public.text
    assert "/p/1" in house.as_("author").get(address).text


def test_a_refused_form_comes_back_with_all_that_was_typed(house: House) -> None:
    away = "See [this](https://evil.example/x)"
    answer = house.as_("author").post("/office/posts/new", data=fields(**{"body-en": away, "title-hi": "मेरा शीर्षक"}))
    assert answer.status_code == 422
    assert errors(answer.text) == {"body-en"}
    assert "The link to https://evil.example/x cannot stand here" in answer.text
    assert away in answer.text
    assert "मेरा शीर्षक" in answer.text
    assert 'value="2027-06-01"' in answer.text


def test_what_is_missing_is_said_beside_its_field_in_its_language(house: House) -> None:
    given = fields(**{"title-hi": " ", "sources-en": "", "review_on": ""})
    answer = house.as_("author").post("/office/posts/new", data=given)
    assert errors(answer.text) == {"title-hi", "sources-en", "review_on"}
    assert errors(house.as_("author").post("/office/posts/new", data=fields(kind="poem")).text) == {"kind"}
    assert errors(house.as_("district_head").post("/office/posts/new", data=fields()).text) == {"kind"}


@pytest.mark.parametrize(
    ("content", "wrong"),
    [(bomb(), {"picture"}), (b"<svg><script/></svg>", {"picture"}), (png(900, 600), {"alt-hi", "alt-en"})],
    ids=["bomb", "script", "picture without words"],
)
def test_a_picture_is_harmless_and_told_in_words(house: House, content: bytes, wrong: set[str]) -> None:
    given = fields(picture=(io.BytesIO(content), "a.png"))
    answer = house.as_("author").post("/office/posts/new", data=given)
    assert (answer.status_code, errors(answer.text)) == (422, wrong)


def test_a_photo_of_a_phone_may_be_sent_and_one_that_is_too_large_keeps_what_was_typed(house: House) -> None:
    given = fields(picture=(io.BytesIO(b"\xff\xd8" + b"x" * 7_500_000), "a.jpg"), **{"title-hi": "मेरा शीर्षक"})
    answer = house.as_("author").post("/office/posts/new", data=given)
    # What the client sent lies in a file of its own.
    answer.request.environ["wsgi.input"].close()
    assert (answer.status_code, errors(answer.text)) == (422, {"picture"})
    assert "at most 7 MB" in answer.text
    assert "मेरा शीर्षक" in answer.text


def test_a_picture_stays_until_another_or_none_is_chosen(house: House) -> None:
    told = {"alt-hi": "एक फ़ोन", "alt-en": "A phone"}
    address = written(house, picture=(io.BytesIO(png(900, 600)), "a.png"), **told)
    shown = f"{address}/1.jpg"
    assert house.as_("author").get(shown).mimetype == "image/jpeg"
    assert house.as_("author").post(f"{address}/edit", data=fields(**told)).status_code == 303
    assert house.as_("author").get(shown).status_code == 200
    assert house.as_("author").post(f"{address}/edit", data=fields(without_picture="y")).status_code == 303
    assert house.as_("author").get(shown).status_code == 404


def test_all_four_ticks_or_the_page_comes_back(house: House) -> None:
    address = written(house)
    house.as_("author").post(f"{address}/send")
    answer = house.as_("admin").post(f"{address}/publish", data={"revision": "1", "ticked": TICKED[:3]})
    assert answer.status_code == 422
    assert "Tick all four" in answer.text
    assert len(re.findall(r"<input checked[^>]*type=\"checkbox\"", answer.text)) == 3


def test_never_by_its_author_and_never_what_was_not_read(house: House) -> None:
    own = written(house, by="admin")
    house.as_("admin").post(f"{own}/send")
    publish(house.as_("admin"), own)
    address = written(house)
    house.as_("author").post(f"{address}/send")
    publish(house.as_("admin"), address, revision="7")
    assert house.app.test_client().get("/p/1").status_code == 404
    assert "This version was changed after you had read it" in flashed(house.as_("admin"), f"{address}/publish")
    publish(house.as_("other_admin"), own)
    assert house.app.test_client().get("/p/1").status_code == 200


def flashed(client: FlaskClient, address: str) -> str:
    return client.post(address, data={"revision": "7", "ticked": TICKED}, follow_redirects=True).text


def test_an_approver_who_was_switched_off_in_between_publishes_nothing(house: House) -> None:
    address = written(house)
    house.as_("author").post(f"{address}/send")
    client = house.as_("admin")
    assert "Publish it?" in client.get(address).text
    with transaction() as session:
        session.get_one(Account, house.accounts["admin"]).disabled_at = NOW
    answer = client.post(f"{address}/publish", data={"revision": "1", "ticked": TICKED})
    assert "/office/sign-in" in answer.location
    with reading() as session:
        assert session.query(Post).one().state == "draft"


def test_a_correction_waits_beside_what_is_published(house: House) -> None:
    address = published(house)
    form = house.as_("author").get(f"{address}/edit").text
    assert "Who asks for an OTP en" in form
    assert 'name="change_note-en"' in form
    given = fields(**{"title-en": "New words", "change_note-hi": "नंबर", "change_note-en": "The number"})
    house.as_("author").post(f"{address}/edit", data=given)
    house.as_("author").post(f"{address}/send")
    page = house.as_("other_admin").get(address).text
    assert (
        page.index("New words") < page.index("What is published now: version 1") < page.rindex("Who asks for an OTP en")
    )
    assert "New words" not in house.app.test_client().get("/p/1?lang=en").text
    assert publish(house.as_("other_admin"), address) == 303
    assert "New words" in house.app.test_client().get("/p/1?lang=en").text


def test_sent_back_and_taken_back_and_deleted(house: House) -> None:
    address = written(house)
    house.as_("author").post(f"{address}/send")
    house.as_("admin").post(f"{address}/send-back", data={"back-why": "The number is wrong."})
    assert "The number is wrong." in house.as_("author").get(address).text
    house.as_("author").post(f"{address}/send")
    house.as_("author").post(f"{address}/take-back")
    assert "Send for approval" in house.as_("author").get(address).text
    assert house.as_("author").post(f"{address}/drop").location == "/office/posts"
    assert house.as_("author").get(address).status_code == 404


def test_withdrawn_with_a_reason_in_every_language(house: House) -> None:
    address = published(house)
    refused = house.as_("admin").post(f"{address}/withdraw", data={"reason-hi": "बदल गया"})
    assert (refused.status_code, errors(refused.text)) == (422, {"reason-en"})
    assert "बदल गया" in refused.text
    reason = {"reason-hi": "बदल गया", "reason-en": "It changed"}
    assert house.as_("admin").post(f"{address}/withdraw", data=reason).status_code == 303
    assert "It changed" in house.app.test_client().get("/p/1?lang=en").text


def test_hidden_once_and_no_longer(house: House) -> None:
    address = published(house)
    assert "Hide it at once" in house.as_("author").get(address).text
    house.as_("author").post(f"{address}/hide", data={"hide-why": "a name"})
    assert "Hide it at once" not in house.as_("author").get(address).text
    again = house.as_("admin").post(f"{address}/hide", follow_redirects=True)
    assert "This version was hidden once already" in again.text
    assert "being checked" in house.app.test_client().get("/p/1?lang=en").text


def test_removed_by_two_state_administrators(house: House) -> None:
    address = published(house)
    for name in ("author", "district_head"):
        assert house.as_(name).post(f"{address}/ask-removal").status_code == 403
    assert house.as_("admin").post(f"{address}/ask-removal", data={"remove-cause": "mood"}).status_code == 422
    house.as_("admin").post(f"{address}/ask-removal", data={"remove-cause": "law"})
    assert "Remove it for good" not in house.as_("admin").get(address).text
    house.as_("admin").post(f"{address}/remove")
    assert house.app.test_client().get("/p/1").status_code == 200
    assert "Remove it for good" in house.as_("other_admin").get(address).text
    house.as_("other_admin").post(f"{address}/remove")
    assert house.app.test_client().get("/p/1").status_code == 410
    page = house.as_("admin").get(address)
    assert page.status_code == 200
    assert "Who asks for an OTP" not in page.text + house.as_("admin").get("/office/posts").text


def test_a_district_sees_its_own_alone(house: House, sign_in: SignIn) -> None:
    address = published(house)
    head = house.as_("district_head")
    assert head.get(address).status_code == 403
    assert "Who asks for an OTP" not in head.get("/office/posts").text
    own = written(house, by="district_head", kind="story", review_on="")
    assert "District One" in house.as_("admin").get(own).text
    for role in (Role.STATION_HEAD, Role.PRINTING_OFFICER, Role.AUDITOR):
        assert sign_in(role).get("/office/posts").status_code == 403
