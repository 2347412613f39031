"""Two years of a small state, drawn by chance: late answers, answers set aside, verdicts that change, a place that
moves, several channels and versions, places that never come to ten and one that often does.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.models import Place, Response, SurveyVersion, Verdict
from app.services.places.changes import set_parent
from app.services.responses.marks import Change, mark_changes
from tests.factories import VISIT, add_place, add_responses, add_survey
from tests.factories.surveys.surveys import add_version

FIRST = date(2025, 6, 2)
SEVEN = timedelta(days=7)
REASONS = ("late", "expired", "repeated")
CHANNELS = (Channel.POSTER, Channel.POSTER, Channel.POSTER, Channel.TYPED, Channel.COUNTER)


class Life:
    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.chance = Random(seed)  # noqa: S311
        first = add_survey(session)
        self.versions: list[SurveyVersion] = [first, add_version(session, first, VISIT)]
        self.state: Place = add_place(session, kind="state")
        self.districts = [add_place(session, parent=self.state, kind="district") for _ in range(3)]
        stations = [add_place(session, parent=self.districts[at % 3]) for at in range(6)]
        outpost = add_place(session, parent=stations[0], kind="outpost")
        #: answers a week
        self.rates: dict[Place, float] = dict(zip(stations, (0.3, 0.5, 0.2, 2.5, 0.4, 6.0), strict=True))
        self.rates.update({outpost: 0.3, self.districts[0]: 0.4, self.state: 0.6})
        self._verdicts: dict[UUID, int] = {}

    def weeks(self, number: int) -> Iterator[date]:
        """Week after week, the Monday after everything of it has arrived."""
        for at in range(number):
            week = FIRST + at * SEVEN
            self._live(week)
            if at == number // 3:
                moving = list(self.rates)[1]
                set_parent(self.session, moving.code, self.districts[2].code, week + timedelta(days=2))
            self._change_verdicts(week)
            yield week + SEVEN

    def _live(self, week: date) -> None:
        for place, rate in self.rates.items():
            for _ in range(self._how_many(rate)):
                late = self.chance.choice((0, 0, 0, 1, 3, 28, 30))
                (id_,) = add_responses(
                    self.session,
                    place,
                    self.versions[self.chance.random() < 0.1],
                    max(FIRST, week - late * SEVEN),
                    [{"overall": self.chance.randint(1, 5), "purpose": self.chance.choice(("passport", None))}],
                    channel=self.chance.choice(CHANNELS),
                    reasons=self.chance.sample(REASONS, self.chance.choice((0, 0, 0, 1, 2))),
                )
                self._verdicts[id_] = 1

    def _how_many(self, rate: float) -> int:
        return sum(self.chance.random() < rate / 10 for _ in range(10))

    def _change_verdicts(self, week: date) -> None:
        changes = []
        for id_ in self.chance.sample(list(self._verdicts), min(2, len(self._verdicts))):
            self._verdicts[id_] += 1
            held = select(Verdict.verdict).where(Verdict.response_id == id_).order_by(Verdict.sequence.desc())
            counts = self.session.scalars(held).first() == "counted"
            of_week = self.session.scalars(select(Response.week).where(Response.id == id_)).one()
            row = {"response_id": id_, "sequence": self._verdicts[id_], "policy_version": 1, "week": of_week}
            row["verdict"], row["reasons"] = ("set_aside", '["expired"]') if counts else ("counted", "[]")
            self.session.execute(insert(Verdict), row)
            changes.append(Change(id_, self._verdicts[id_]))
        mark_changes(self.session, changes)
