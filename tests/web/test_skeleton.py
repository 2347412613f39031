from datetime import date

from flask.testing import FlaskClient

from app.domain.channel import Channel
from app.domain.token import Token
from app.models import Place, Placement, SigningKey, Survey
from app.transaction import transaction
from app.web.context import context


def test_the_page_behind_a_code_names_its_place(client: FlaskClient) -> None:
    with transaction() as session:
        session.add_all(
            [
                Place(id=1, code="x", kind="station", name_hi="थाना नमूना"),
                Survey(id=1, slug="v", kind="survey"),
                SigningKey(id=0, created_on=date(2026, 1, 1)),
            ]
        )
        session.flush()
        session.add(
            Placement(
                id=4_000_000_000,
                survey_id=1,
                place_id=1,
                channel="poster",
                hung_at="द्वार",
                key_id=0,
                issued_on=date(2026, 1, 1),
            )
        )
    token = context().tokens.sign(Token(Channel.POSTER, 0, 4_000_000_000))
    for spelling in (f"/S/{token}", f"/s/{token.lower()}"):
        page = client.get(spelling)
        assert page.status_code == 200
        assert "थाना नमूना" in page.text
    assert client.get("/S/AAAA").status_code == 404
