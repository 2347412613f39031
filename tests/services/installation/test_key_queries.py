"""The keys of an installation as they are listed."""

from datetime import date

from sqlalchemy.orm import Session

from app.models import SealingKey, SigningKey
from app.services.installation.key_queries import KeyLine, list_keys

OLD, NEW = date(2026, 1, 1), date(2026, 11, 23)


def test_keys_of_each_purpose_are_listed_with_their_own_days(session: Session) -> None:
    session.add_all([SigningKey(id=0, created_on=OLD, cut_off_on=NEW), SigningKey(id=1, created_on=NEW)])
    session.add_all([SealingKey(id=0, created_on=NEW), SealingKey(id=9, created_on=OLD)])
    session.flush()
    assert list_keys(session, signing=[1, 0], sealing=[0, 2]) == [
        KeyLine("signing", 0, OLD, newest=False, cut_off_on=NEW),
        KeyLine("signing", 1, NEW, newest=True),
        KeyLine("sealing", 0, NEW, newest=False),
        KeyLine("sealing", 2, None, newest=True),
    ]


def test_an_installation_without_keys_has_no_lines(session: Session) -> None:
    session.add(SealingKey(id=1, created_on=OLD))
    session.flush()
    assert list_keys(session, signing=[], sealing=[]) == []
