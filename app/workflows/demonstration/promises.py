"""Promises of the demonstration: about results of a quarter ago, so that some are done, one is late and one waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dialogue.commitment import Step, Wording
from app.domain.dialogue.commitment_quote import Figure
from app.domain.figures.editions.days import shown_at
from app.domain.surveys.survey import Texts
from app.domain.weeks import WEEK, day_of, week_of
from app.models import Account, EditionDay
from app.services.dialogue.commitment_quotes import quotable_at
from app.services.dialogue.commitments import approve, draft, finish, move, propose
from app.services.figures.editions.holding import what_is_shown
from app.services.figures.editions.making import ground_of, make_edition, newest_release_id, places_with_news
from app.services.record.editions import keep_edition

#: so many weeks before the end the first editions are published
WEEKS_AGO = 13
_DAY = timedelta(days=1)
_STATION: Texts = {"hi": "थाना प्रभारी", "en": "Station head"}
_DISTRICT: Texts = {"hi": "ज़िला पुलिस कार्यालय", "en": "District police office"}


@dataclass(frozen=True, slots=True)
class _Promised:
    """What an account promises about a question, on which day after the first results, and for how many days."""

    author: str
    approver: str | None
    question: str
    will: Texts
    office: Texts
    after: int
    days: int
    row: str | None = None


_WAITING = _Promised(
    "station",
    "district",
    "waiting",
    {
        "hi": "सुबह 10 से दोपहर 2 बजे तक दो लोग आवेदन लेंगे, एक नहीं।",
        "en": "From 10 in the morning until 2, two people will take applications instead of one.",
    },
    _STATION,
    after=2,
    days=30,
)
_WATER = _Promised(
    "station",
    "district",
    "facilities",
    {
        "hi": "पीने का पानी और आठ नई कुर्सियाँ प्रतीक्षा कक्ष में लगेंगी।",
        "en": "Drinking water and eight new chairs will stand in the waiting room.",
    },
    _STATION,
    after=3,
    days=60,
    row="water",
)
_COPY = _Promised(
    "quiet",
    "district",
    "free_copy",
    {
        "hi": "काउंटर पर बड़े अक्षरों में लिखा होगा कि एफ़आईआर की कॉपी मुफ़्त मिलती है।",
        "en": "A large notice at the counter will say that the copy of an FIR is free.",
    },
    _STATION,
    after=5,
    days=40,
)
_NEXT = _Promised(
    "station",
    "district",
    "explained",
    {
        "hi": "हर शिकायत करने वाले को एक पर्ची मिलेगी, जिस पर लिखा होगा कि आगे क्या होगा और किससे पूछें।",
        "en": "Everybody who complains will get a slip that says what happens next and whom to ask.",
    },
    _STATION,
    after=80,
    days=60,
)
_TRAINING = _Promised(
    "district",
    None,
    "respect",
    {
        "hi": "हर थाने के मुंशी के लिए लोगों से बात करने का दो दिन का प्रशिक्षण होगा।",
        "en": "The clerks of every station will have two days of training in talking with people.",
    },
    _DISTRICT,
    after=88,
    days=90,
)
_DONE: Texts = {
    "hi": "अब सुबह 10 से 2 बजे तक दो लोग आवेदन लेते हैं। समय दरवाज़े पर लिखा है।",
    "en": "Two people now take applications from 10 to 2. The hours are written at the door.",
}
_NOT_YET: Texts = {"hi": "नोटिस छपने में देर हुई।", "en": "The notice took longer to print."}


def publish_early(session: Session, week: date) -> None:
    """The first editions of all, of what was published when this week ended: shown at once, as first ones are."""
    due_on = week + WEEK
    last, at = newest_release_id(session), shown_at(due_on)
    session.add(EditionDay(due_on=due_on, last_release_id=last, is_opening=True, finished_at=at))
    session.flush()
    ground = ground_of(session, due_on, last, opening=True)
    for place_id in places_with_news(session, ground):
        edition = make_edition(session, place_id, ground)
        if edition is not None:
            keep_edition(session, edition, at)


def promise_all(session: Session, now: datetime) -> None:
    """Nothing where no editions were published early: too short a time was invented."""
    begun = session.scalar(select(EditionDay.due_on))
    if begun is None:
        return
    accounts = {account.username: account for account in session.scalars(select(Account))}
    start = shown_at(begun)
    done = _promise(session, accounts, _WAITING, start)
    _promise(session, accounts, _WATER, start)
    moved = _promise(session, accounts, _COPY, start)
    _promise(session, accounts, _NEXT, start)
    _promise(session, accounts, _TRAINING, start)
    if done:
        finish(session, done, Step.DONE, _DONE, accounts["station"].id, start + 26 * _DAY)
    if moved:
        later = start + 40 * _DAY
        move(session, moved, day_of(later + 75 * _DAY), _NOT_YET, accounts["quiet"].id, later)


def is_time_for_first(week: date, now: datetime) -> bool:
    return week == week_of(now) - (WEEKS_AGO + 1) * WEEK


def _promise(session: Session, accounts: Mapping[str, Account], one: _Promised, start: datetime) -> int | None:
    """Its id; None where the place has no figure of this question to quote."""
    author, at = accounts[one.author], start + one.after * _DAY
    figure = _figure(session, author.place_id, one, at)
    if figure is None:
        return None
    wording = Wording(one.will, one.office, day_of(at) + one.days * _DAY)
    made = draft(session, author.place_id, figure, wording, author.id, at)
    propose(session, made, author.id, at)
    if one.approver:
        approve(session, made, accounts[one.approver].id, at + _DAY)
    return made


def _figure(session: Session, place_id: int, one: _Promised, at: datetime) -> Figure | None:
    """The first that the place may quote of the question."""
    found = quotable_at(session, place_id, what_is_shown(session, at), day_of(at))
    asked = [figure for figure, _ in found.figures if figure.question == one.question] if found else []
    return next((figure for figure in asked if one.row in (None, figure.row)), None)
