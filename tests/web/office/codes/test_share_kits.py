"""What an outreach officer gets for one post: pictures whose code opens its link, captions, and a card."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.domain.accounts.role import Role
from app.domain.codes.print_formats import ShareShape
from app.models import Department, Place, Tally
from app.services.figures.tallies import fold_marks
from app.transaction import reading, transaction
from tests.factories import add_place, add_survey, definition, question
from tests.factories.installation.quiet_periods import ORDER, add_quiet
from tests.factories.responses.policies import two_accounts
from tests.fixtures.accounts import SignIn


@pytest.fixture
def state(app: Flask) -> tuple[int, int, int]:
    """A state, one of its stations, a survey."""
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        top = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State")
        station = add_place(session, parent=top)
        return top.id, station.id, add_survey(session).survey_id


@pytest.fixture
def outreach(state: tuple[int, int, int], sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.OUTREACH, state[0])


def issue(client: FlaskClient, state: tuple[int, int, int], post: str) -> tuple[str, str]:
    """The page of a new link, and the link."""
    form = {"survey": str(state[2]), "place": str(state[0]), "hung_at": post}
    answer = client.post("/office/handles/new", data=form)
    assert answer.status_code == 302, answer.text
    found = re.search(r'value="http://localhost(/s/[a-z2-7]{26})"', client.get(answer.location).text)
    assert found is not None
    return answer.location, found[1]


def codes(picture: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


@pytest.mark.parametrize("language", ["hi", "en"])
@pytest.mark.parametrize("shape", ShareShape)
def test_each_picture_has_its_size_and_opens_its_link(
    outreach: FlaskClient, state: tuple[int, int, int], shape: ShareShape, language: str
) -> None:
    page, link = issue(outreach, state, "X, 23 November")
    answer = outreach.get(f"{page}/{shape.value}-{language}.png")
    assert answer.mimetype == "image/png"
    assert "x".join(map(str, Image.open(io.BytesIO(answer.data)).size)) == shape.size
    assert codes(answer.data) == [f"HTTP://LOCALHOST{link.upper()}"]
    assert outreach.get(link.upper().replace("/S/", "/S/")).status_code == 200


def test_the_kit_holds_all_pictures_and_captions(outreach: FlaskClient, state: tuple[int, int, int]) -> None:
    page, link = issue(outreach, state, "X, 23 November")
    with zipfile.ZipFile(io.BytesIO(outreach.get(f"{page}/kit.zip").data)) as kit:
        names = kit.namelist()
        captions = [kit.read(name).decode() for name in names if name.endswith(".txt")]
    assert len([name for name in names if name.endswith(".png")]) == 6
    assert len(captions) == 2
    for caption in captions:
        assert f"http://localhost{link}" in caption
        assert caption in outreach.get(page).text.replace("&#39;", "'")


def test_posts_are_told_apart_and_feed_no_station(
    app: Flask, outreach: FlaskClient, state: tuple[int, int, int], sign_in: SignIn
) -> None:
    links = [issue(outreach, state, post)[1] for post in ("X, 23 November", "Facebook, 23 November")]
    citizen = app.test_client()
    for link, answers in zip(links, (3, 1), strict=True):
        for _ in range(answers):
            page = citizen.get(link).text
            hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
            sent = citizen.post(link, data={**hidden, "_do": "send", "purpose": "passport"})
            assert sent.status_code in (200, 303), sent.text
    with transaction() as session:
        fold_marks(session)
    with reading() as session:
        places = {row.place_id for row in session.query(Tally)}
    assert places == {state[0]}
    register = sign_in(Role.STATE_ADMIN, state[0]).get("/office/handles").text
    shown = re.findall(r'November</a></td>.*?<td class="figure">(\d+)</td>', register, re.DOTALL)
    assert sorted(shown) == ["1", "3"]
    assert 'class="figure"' not in outreach.get("/office/handles").text


def test_a_poster_has_no_kit_and_a_foreign_link_is_closed(
    app: Flask, outreach: FlaskClient, state: tuple[int, int, int], sign_in: SignIn
) -> None:
    page, _link = issue(outreach, state, "X, 23 November")
    with transaction() as session:
        elsewhere = add_place(session, kind="district").id
    stranger = sign_in(Role.OUTREACH, elsewhere)
    for address in (f"{page}/kit.zip", f"{page}/wide-hi.png"):
        assert stranger.get(address).status_code == 403
    assert outreach.get(f"{page}/huge-hi.png").status_code == 404


def test_whoever_published_a_link_ends_it(
    outreach: FlaskClient, state: tuple[int, int, int], sign_in: SignIn, app: Flask
) -> None:
    page, link = issue(outreach, state, "X, 23 November")
    assert f"{page}/end" in outreach.get(page).text
    assert "X, 23 November" in outreach.get(f"{page}/end").text
    assert app.test_client().get(link).status_code == 200
    assert outreach.post(f"{page}/end", follow_redirects=True).status_code == 200
    assert app.test_client().get(link).status_code == 410
    assert f"{page}/end" not in outreach.get(page).text
    assert outreach.get(f"{page}/kit.zip").status_code == 410
    assert outreach.post(f"{page}/end").status_code == 302
    foreign = sign_in(Role.OUTREACH, state[1])
    assert foreign.post(f"{page}/end").status_code == 403


def test_in_a_quiet_period_there_is_no_kit_for_a_poll_and_one_for_how_people_were_treated(
    outreach: FlaskClient, state: tuple[int, int, int], app: Flask
) -> None:
    with transaction() as session:
        top = session.get_one(Place, state[0])
        poll = add_survey(session, definition([question("q", "select_one", "a", "b")], kind="poll"), slug="poll")
        survey_id, now = poll.survey_id, datetime.now(UTC)
        add_quiet(session, two_accounts(session, top), [top], now - timedelta(days=1), now + timedelta(days=8))
    ordinary, _ = issue(outreach, state, "Facebook")
    asked, _ = issue(outreach, (state[0], state[1], survey_id), "Facebook")
    assert outreach.get(f"{ordinary}/kit.zip").status_code == 200
    refused = outreach.get(f"{asked}/kit.zip")
    assert refused.status_code == 409
    assert ORDER in refused.text
    # The link itself, and answering, go on.
    assert outreach.get(asked).status_code == 200
