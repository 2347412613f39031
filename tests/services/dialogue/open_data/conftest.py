"""A district with two stations whose results are public."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.figures.editions.days import Showing
from app.domain.installation.public_results import Depth
from app.models import Place, SurveyVersion
from app.services.dialogue.open_data.scope import DataScope, scope_at
from app.services.figures.editions.making import correct_edition
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.services.record.editions import StoredEdition, keep_edition, newest_edition
from tests.factories import add_place, add_responses
from tests.factories.figures.desk import NOW, Desk
from tests.services.figures.editions.test_making import DUE, freeze

NEXT = DUE + timedelta(days=7)


@dataclass
class Opened:
    """`b` has results and `a` has none yet; so are their pages called."""

    session: Session
    version: SurveyVersion
    district: Place
    busy: Place
    quiet: Place

    def scope(self, days: int = 0) -> DataScope:
        return scope_at(self.session, NOW + timedelta(days=days))

    def answer_again(self, number: int = 40, due_on: date = NEXT) -> None:
        add_responses(self.session, self.busy, self.version, DUE - timedelta(weeks=4), [{"overall": 5}] * number)
        publish_releases(self.session, NOW)
        freeze(self.session, self.busy.id, due_on)

    def correct(self, hours: int = 1) -> StoredEdition:
        wrong = newest_edition(self.session, self.busy.id, Showing(DUE))
        assert wrong is not None
        right = correct_edition(self.session, wrong, "method", {"hi": "भूल", "en": "Mistake"})
        return keep_edition(self.session, right, NOW + timedelta(hours=hours))


@pytest.fixture
def opened(any_session: Session) -> Opened:
    desk = Desk(any_session)
    quiet = add_place(any_session, parent=desk.district, name_hi=None, name_en='=1+1,"x"\n')
    desk.district.page, desk.station.page, quiet.page = "d", "b", "a"
    desk.answer([{"overall": 4}] * 40 + [{"overall": 1}] * 20)
    desk.report()
    decide_public_results(any_session, Depth.STATION, DUE, None, NOW)
    for place in (desk.station, desk.district):
        freeze(any_session, place.id)
    return Opened(any_session, desk.version, desk.district, desk.station, quiet)
