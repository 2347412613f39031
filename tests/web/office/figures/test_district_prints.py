"""The print of a district with the questionnaire that comes with Samvad: topics on top, and no question left out."""

from random import Random

import pypdfium2
import pytest
from flask import Flask

from app.domain.accounts.role import Role
from app.domain.installation.synthetic_answers import SyntheticCitizens
from app.jobs.editions import make_editions
from app.services.figures.releases import publish_releases
from app.services.surveys.readings import keep_reading
from app.services.surveys.surveys import read_starter
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey
from tests.fixtures.accounts import SignIn
from tests.web.office.figures.test_reading_attack import printed
from tests.web.office.figures.test_topics import FIRST, NOW


@pytest.fixture
def district(app: Flask) -> int:
    """Two stations with hundreds of answers each, below a state with others: everything that can stand in it does."""
    app.config["CLOCK"] = lambda: NOW
    starter = read_starter("station-visit")
    assert starter.definition is not None
    chance = Random(3)  # noqa: S311
    citizens = SyntheticCitizens(starter.definition, chance)
    with transaction() as session:
        state = add_place(session, kind="state", name_en="Sample State")
        here, beside = (add_place(session, kind="district", parent=state, name_en=name) for name in ("One", "Two"))
        version = add_survey(session, starter.definition, slug="station-visit")
        keep_reading(session, version.id, starter.read_as, NOW)
        for parent, temper in ((here, 0.6), (here, 0.7), (beside, 0.4), (beside, 0.4)):
            given = [citizens.answer(min(0.97, max(0.03, temper + chance.gauss(0, 0.2)))) for _ in range(450)]
            add_responses(session, add_place(session, parent=parent), version, FIRST, given)
        session.flush()
        publish_releases(session, NOW)
        made = here.id
    make_editions(NOW)
    return made


@pytest.mark.parametrize("language", ["hi", "en"])
def test_every_question_stands_on_two_pages(district: int, sign_in: SignIn, language: str) -> None:
    client = sign_in(Role.DISTRICT_HEAD, district)
    content = client.get(f"/office/reports/{district}/report-{language}.pdf").data
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 2
    document.close()
    text = printed(content)
    words = {
        "hi": ("संतुष्टि के साथ क्या जुड़ा", "जगह नहीं बची"),
        "en": ("goes together with satisfaction", "No room on these"),
    }
    assert words[language][0] in text
    assert words[language][1] not in text
    definition = read_starter("station-visit").definition
    assert definition is not None
    for question in definition.questions():
        if question.type.takes_answer and not question.type.is_free_text:
            assert " ".join(question.label[language].split()) in text, question.name
