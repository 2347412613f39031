"""The attacker once more, with every edition of twelve months in hand: what each says, and what two of them leave over.

Editions overlap: each is of the newest thirteen weeks, so that a week leaves one edition as another enters the next.
"""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.services.figures.editions.reports import edition_report, edition_surveys
from tests.services.figures.attacks.good_answers import look_at_good_answers
from tests.services.figures.attacks.test_release_attack import (
    Seen,
    Truth,
    Year,
    _answers_behind,
    _look_at_bases,
    _subtract_numbers,
    _subtract_shares,
)
from tests.services.figures.editions.test_making import freeze


class EditionYear(Year):
    """The year, read from what was frozen on every Monday of it."""

    EVERY = 1

    def _read_everything(self, now: datetime) -> None:
        for place in self.places:
            edition = freeze(self.session, place.id, now.date())
            if edition is None or not edition_surveys(edition):
                continue
            ids = {digest: id_ for id_, digest in self._releases(place)}
            for section in edition_report(self.session, edition, "visit", now.date()).sections:
                used = tuple(ids[digest] for digest in section.digests)
                aside = section.set_aside.count.number if section.set_aside else None
                self.seen.append(Seen(place.id, used, section.responses.number, aside, section.questions))


@pytest.fixture
def year(session: Session) -> EditionYear:
    year = EditionYear(session, 4)
    year.live()
    return year


def test_no_edition_and_no_two_of_them_tell_of_fewer_than_ten(year: EditionYear) -> None:
    truth = Truth(year.session)
    seen = [(each, truth.counted(each.releases), truth.set_aside(each.releases)) for each in year.seen]
    assert len(seen) > 60
    assert len({each.place_id for each in year.seen}) == len(year.places)
    _subtract_numbers([(each.responses, group) for each, group, _ in seen])
    _subtract_numbers([(each.set_aside, group) for each, _, group in seen])
    for each, group, _ in seen:
        _look_at_bases(each, group, truth)
    look_at_good_answers(_answers_behind(seen, truth))
    _subtract_shares(seen, truth)
