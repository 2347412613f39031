"""How the people were asked whose answers may be a place's own figure: lists, draws, invitations, and nothing of what
they said.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.draws.draw import digest_of, positions_of
from app.domain.figures.headline.asked import Asked, Usual
from app.domain.places.place import PlaceKind
from app.domain.quarter import quarter_of
from app.models import CaseList, Draw, Place, Placement, SlipBatch, Survey
from app.services.draws.checks import checks_of
from app.services.draws.links import Links, count_links
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.continuity import is_unbroken
from app.services.record.log.entries import numbers_about
from app.services.record.sources.draws import DRAW, LIST

#: whoever is drawn is interviewed within so long
INTERVIEWED_WITHIN = timedelta(weeks=13)
#: what is usual is that of the quarters that began within so long
_A_YEAR = timedelta(days=366)

_Drawn = Row[CaseList, Draw]


@dataclass(frozen=True, slots=True)
class ClassAnswers:
    """Of one survey, class and time: `first` and `last` are days.

    `people` answered the main question, as many as are shown; of the `whole` class so many were set aside as `copied`.
    """

    survey: str
    evidence: Evidence
    first: date
    last: date
    people: int
    copied: int
    whole: int


def usual_on(session: Session, day: date) -> Usual:
    """As the lists of the last four quarters tell; of invitations those count that have ended."""
    recent = select(CaseList.id).where(CaseList.quarter >= quarter_of(day - _A_YEAR))
    of_lists = select(func.sum(CaseList.cases), func.sum(CaseList.all_cases)).where(CaseList.id.in_(recent))
    cases, all_cases = session.execute(of_lists).one()
    links = count_links(session, SlipBatch.list_id.in_(recent), SlipBatch.expires_on < day)
    return Usual.pooled(listed=cases or 0, all_cases=all_cases or 0, answered=links.answered, issued=links.issued)


@dataclass(frozen=True, slots=True)
class Asking:
    """How the people of a place were asked, as the record tells it at a moment.

    A list that was drawn for a place speaks of that place alone: a district is not the stations of it that happen to
    have one. `within` are the place and all below it.
    """

    session: Session
    place: Place
    within: Collection[int]
    usual: Usual
    moment: datetime

    def of(self, answers: ClassAnswers) -> Asked | None:
        """None where nobody was drawn and nobody interviewed: then there is no figure of the place's own."""
        lists = self._lists(answers)
        if not lists and (answers.evidence is Evidence.INVITED or PlaceKind(self.place.kind).is_above_stations):
            return None
        if answers.evidence is Evidence.INVITED:
            here = Placement.place_id.in_(self.within), Placement.channel == Channel.INVITE.value
            links = count_links(self.session, _is_valid(answers), *here, of=[row.CaseList.id for row in lists])
        else:
            # Whoever is drawn is given to an interviewer.
            links = Links(issued=sum(row.CaseList.draw for row in lists))
        quarters = {row.CaseList.quarter for row in lists} or {quarter_of(answers.first), quarter_of(answers.last)}
        calls = checks_of(self.session, [self.place.id], quarters)
        return Asked(
            all_cases=sum(row.CaseList.all_cases for row in lists),
            cases=sum(row.CaseList.cases for row in lists),
            contactable=sum(row.CaseList.contactable for row in lists),
            drawn_in_public=bool(lists) and not links.others and self._is_public(lists),
            drawn=sum(row.CaseList.draw for row in lists),
            issued=links.issued,
            decoys=links.decoys,
            decoys_used=links.decoys_used,
            checked=calls.checked,
            unconfirmed=calls.unconfirmed,
            silent_asked=calls.silent_asked,
            silent_good=calls.silent_good,
            answers=answers.people,
            copied=answers.copied,
            class_answers=answers.whole,
            usual_contactable=self.usual.contactable,
            usual_answering=self.usual.answering,
            record_whole=is_unbroken(self.session, answers.first, self.moment),
        )

    def _lists(self, answers: ClassAnswers) -> Sequence[_Drawn]:
        """Those whose people could answer in that time, or were to."""
        if answers.evidence is Evidence.INVITED:
            never = and_(SlipBatch.id.is_(None), Draw.drawn_on.between(answers.first, answers.last))
            in_time = or_(_is_valid(answers), never)
        else:
            in_time = Draw.drawn_on.between(answers.first - INTERVIEWED_WITHIN, answers.last)
        lists = select(CaseList, Draw).join(Draw, Draw.list_id == CaseList.id)
        lists = lists.outerjoin(SlipBatch, SlipBatch.list_id == CaseList.id)
        of_class = CaseList.evidence == answers.evidence.value
        return self.session.execute(lists.where(CaseList.place_id == self.place.id, of_class, in_time)).all()

    def _is_public(self, lists: Sequence[_Drawn]) -> bool:
        """Whether all of them stand in the signed record, and every draw is what its seed gives."""
        ids = [row.CaseList.id for row in lists]
        head = newest_checkpoint(self.session, self.moment)
        for kind in (LIST, DRAW):
            numbers = numbers_about(self.session, kind, ids)
            if len(numbers) < len(ids) or head is None or max(numbers.values()) >= head.size:
                return False
        return all(
            digest_of(positions_of(row.Draw.seed, row.CaseList.cases, row.CaseList.draw)) == row.Draw.positions
            for row in lists
        )


def _is_valid(answers: ClassAnswers) -> ColumnElement[bool]:
    """Of a batch: somebody could have answered through it in that time."""
    survey = select(Survey.id).where(Survey.slug == answers.survey).scalar_subquery()
    in_time = SlipBatch.issued_on <= answers.last, SlipBatch.expires_on >= answers.first
    return and_(SlipBatch.survey_id == survey, *in_time)
