"""Several questionnaires published at once: each is named wherever it stands, and the main one comes first."""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.models import Department, Place, SurveyVersion
from app.services.codes.placements import IssueRequest, issue_placement
from app.services.figures.releases import publish_releases
from app.services.surveys.surveys import import_draft, publish_draft, read_starter
from app.transaction import reading, transaction
from tests.factories import add_place, add_responses
from tests.fixtures.accounts import SignIn

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
TITLES = {
    "example-poll": "One question: what should come first?",
    "example-quiz": "Your rights: five questions",
    "public-perception": "Your area and the police",
    "station-visit": "Your visit to the police station",
}


#: at the station, each another
SPOTS = {slug: f"Main gate {number}" for number, slug in enumerate(sorted(TITLES), start=1)}


@dataclass
class Office:
    state: int
    station: int
    #: by slug
    surveys: dict[str, int]
    #: by slug: a poster and a link of each
    posters: dict[str, int]
    links: dict[str, int]


@pytest.fixture
def office(app: Flask) -> Office:
    """The poll was published first, and comes first by its name too."""
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State", code="S")
        station = add_place(session, parent=state, name_hi="थाना पहेली", name_en="Paheli Station", code="B-1")
        surveys, posters, links = {}, {}, {}
        for slug in sorted(TITLES):
            import_draft(session, read_starter(slug), actor_id=None, now=NOW)
            surveys[slug] = publish_draft(session, slug, actor_id=None, now=NOW).survey_id
            for channel, made in ((Channel.POSTER, posters), (Channel.HANDLE, links)):
                request = IssueRequest(surveys[slug], channel, SPOTS[slug], 0)
                made[slug] = issue_placement(session, station.id, request, now=NOW).id
        return Office(state.id, station.id, surveys, posters, links)


@pytest.fixture
def head(office: Office, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.STATE_ADMIN, office.state)


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def offered(page: str) -> list[str]:
    """What the choice of questions offers, in its order."""
    found = re.search(r'<select[^>]*name="survey".*?</select>', page, re.S)
    assert found is not None
    return [unescape(words) for words in re.findall(r"<option[^>]*>([^<]*)", found[0])]


def printed(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()
    return text


@pytest.mark.parametrize("page", ["reports/{}", "tallies/{}", "figures/{}"])
def test_every_choice_says_titles_and_begins_with_the_main_one(head: FlaskClient, office: Office, page: str) -> None:
    answer = head.get(f"/office/{page.format(office.station)}")
    assert answer.status_code == 200
    assert offered(answer.text)[0] == TITLES["public-perception"]
    assert sorted(offered(answer.text)) == sorted(TITLES.values())
    assert "Label(" not in answer.text


def test_the_main_one_is_chosen_in_the_office_and_polls_are_none(head: FlaskClient, office: Office) -> None:
    assert "main questionnaire" in text_of(head.get("/office/surveys/public-perception").text).lower()
    assert head.post("/office/surveys/station-visit/main").status_code == 302
    first = offered(head.get(f"/office/reports/{office.station}").text)[0]
    assert first == TITLES["station-visit"]
    assert head.post("/office/surveys/example-poll/main").status_code == 409
    assert "Make it the main" not in head.get("/office/surveys/example-poll").text


def test_a_form_that_issues_codes_begins_with_the_main_one_and_tells_polls_apart(
    sign_in: SignIn, office: Office
) -> None:
    officer = sign_in(Role.PRINTING_OFFICER, office.state)
    for address in (f"new/{office.station}", f"below/{office.state}"):
        choices = offered(officer.get(f"/office/placements/{address}").text)
        assert choices[0] == TITLES["public-perception"]
        assert choices[1] == TITLES["station-visit"]
        assert choices[2:] == [f"Poll: {TITLES['example-poll']}", f"Quiz: {TITLES['example-quiz']}"]


def test_results_begin_with_what_has_some_here(head: FlaskClient, office: Office) -> None:
    """The main questionnaire is asked of the public, this station has answers to its visits alone."""
    with transaction() as session:
        version = session.query(SurveyVersion).filter_by(survey_id=office.surveys["station-visit"]).one()
        given = [{"satisfied": 4, "respect": at % 5 + 1} for at in range(40)]
        add_responses(session, session.get_one(Place, office.station), version, date(2026, 8, 3), given)
        session.flush()
        publish_releases(session, NOW)
    page = text_of(head.get(f"/office/reports/{office.station}").text)
    assert "about 40 answers" in page
    assert "Overall, how satisfied are you" in page


def test_lists_and_pages_of_codes_name_their_questions(head: FlaskClient, sign_in: SignIn, office: Office) -> None:
    officer, outreach = sign_in(Role.PRINTING_OFFICER, office.state), sign_in(Role.OUTREACH, office.state)
    register, links = officer.get("/office/placements").text, outreach.get("/office/handles").text
    for slug, title in TITLES.items():
        for listed in (register, links):
            row = next(row for row in listed.split("<tr>") if SPOTS[slug] in row)
            assert title in unescape(row)
        assert title in unescape(officer.get(f"/office/placements/{office.posters[slug]}").text)
        assert title in unescape(outreach.get(f"/office/handles/{office.links[slug]}").text)


@pytest.mark.parametrize(("what", "language"), [("poster-a4", "both"), ("tent-card-a4", "en")])
def test_a_print_asks_what_its_questions_ask(sign_in: SignIn, office: Office, what: str, language: str) -> None:
    officer = sign_in(Role.PRINTING_OFFICER, office.state)
    treated = "How were you treated at this police station?"
    names = set()
    for slug, title in TITLES.items():
        arguments = f"placement={office.posters[slug]}&what={what}&language={language}"
        answer = officer.get(f"/office/placements/prints/prints.pdf?{arguments}")
        said = printed(answer.data)
        asked, other = (treated, title) if slug == "station-visit" else (title, treated)
        assert asked in said, slug
        assert other not in said, slug
        names.add(answer.headers["Content-Disposition"])
        assert slug in answer.headers["Content-Disposition"]
    assert len(names) == len(TITLES)


def test_a_file_of_all_has_each_with_its_own_question(sign_in: SignIn, office: Office) -> None:
    officer = sign_in(Role.PRINTING_OFFICER, office.state)
    ticked = "&".join(f"placement={id_}" for id_ in office.posters.values())
    pdf = officer.get(f"/office/placements/prints/prints.pdf?{ticked}&language=en").data
    document = pypdfium2.PdfDocument(pdf)
    said = [page.get_textpage().get_text_range() for page in document]
    document.close()
    for slug, title in TITLES.items():
        asked = "How were you treated" if slug == "station-visit" else title
        assert sum(asked in " ".join(text.split()) for text in said) == 1, slug


def test_captions_and_pictures_of_a_link_ask_what_it_leads_to(sign_in: SignIn, office: Office) -> None:
    outreach = sign_in(Role.OUTREACH, office.state)
    pictures = set()
    for slug, title in TITLES.items():
        kit = zipfile.ZipFile(io.BytesIO(outreach.get(f"/office/handles/{office.links[slug]}/kit.zip").data))
        first = kit.read("caption-en.txt").decode().splitlines()[0]
        usual = "How did the police treat you? Tell us: Paheli Station"
        assert first == (usual if slug == "station-visit" else f"{title}: Paheli Station")
        pictures.add(kit.read("samvad-1200x630-en.png"))
    assert len(pictures) == len(TITLES)
    with reading() as session:
        assert session.get_one(Department, 1).main_survey == "public-perception"
