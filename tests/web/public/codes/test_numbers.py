from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.models import Placement
from app.web.limits import Limit
from app.web.public.codes import numbers

Issue = Callable[..., tuple[str, Placement]]


@pytest.mark.parametrize("spell", [str, lambda n: f" {n[:4]} {n[4:]} ", lambda n: f"{n[:4]}-{n[4:]}"])
def test_a_number_leads_to_its_code(client: FlaskClient, issue: Issue, spell: Callable[[str], str]) -> None:
    _, placement = issue()
    assert placement.number
    answer = client.post("/n", data={"number": spell(placement.number)})
    assert answer.status_code == 303
    assert client.get(answer.location).status_code == 200


def test_digits_of_any_script_are_read(client: FlaskClient, issue: Issue) -> None:
    _, placement = issue()
    assert placement.number
    devanagari = placement.number.translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    assert client.post("/n", data={"number": devanagari}).status_code == 303
    # As a page from before this version sends it, and as it may be written down.
    assert client.get("/n", query_string={"number": devanagari}).status_code == 303
    assert client.get(f"/n/{placement.number}").status_code == 303


def test_the_language_goes_along(client: FlaskClient, issue: Issue) -> None:
    _, placement = issue()
    assert client.post("/n", data={"number": placement.number, "_lang": "en"}).location.endswith("?lang=en")
    assert client.get(f"/n?number={placement.number}&lang=en").location.endswith("?lang=en")


@pytest.mark.parametrize(("typed", "status"), [("12345678", 422), ("abc", 422), ("99999999" * 9, 422)])
def test_a_wrong_number_comes_back_with_what_is_wrong(
    client: FlaskClient, issue: Issue, typed: str, status: int
) -> None:
    issue()
    page = client.post("/n", data={"number": typed})
    assert page.status_code == status
    assert 'id="number-error"' in page.text
    assert f'value="{typed}"' in page.text


def test_a_number_that_nobody_issued(client: FlaskClient) -> None:
    assert client.get("/n/00000000").status_code == 404


def test_guessing_numbers_is_slowed_down(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "NUMBERS", Limit("numbers", burst=1, per_second=0.01))
    client.get("/n/00000000")
    slowed = client.get("/n/00000000")
    assert slowed.status_code == 429
    assert "Retry-After" in slowed.headers


def test_without_a_token_the_number_is_asked_for(client: FlaskClient) -> None:
    for path in ("/s/", "/S/", "/n", "/N"):
        assert 'name="number"' in client.get(path).text
