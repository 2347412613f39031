"""How the people were asked whose answers may be a place's own figure: lists, draws, invitations, and nothing of what
they said.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, distinct, func, or_, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.draws.draw import digest_of, positions_of
from app.domain.figures.headline.asked import Asked
from app.domain.places.place import PlaceKind
from app.domain.quarter import quarter_of
from app.models import CaseList, Draw, Place, Placement, Redemption, Serial, SlipBatch, SlipBatchPart, Survey
from app.services.draws.checks import checks_of
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.continuity import is_unbroken
from app.services.record.log.entries import numbers_about
from app.services.record.sources.draws import DRAW, LIST

#: whoever is drawn is interviewed within so long
INTERVIEWED_WITHIN = timedelta(weeks=13)
#: what is usual is that of the quarters that began within so long
_A_YEAR = timedelta(days=366)


_Drawn = Row[CaseList, Draw]


class Usual(NamedTuple):
    """Of the whole department: how many of all cases were listed, and how many of those asked answered; from 0 to 1.

    None while nobody knows.
    """

    contactable: float | None
    answering: float | None


@dataclass(frozen=True, slots=True)
class Answers:
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
    invited = _counted(session, SlipBatch.list_id.in_(recent), SlipBatch.expires_on < day)
    return Usual(
        cases / all_cases if all_cases else None, invited.answered / invited.issued if invited.issued else None
    )


def answered_links(session: Session, list_id: int) -> int:
    """By how many links of the people who were drawn somebody has answered."""
    return _counted(session, SlipBatch.list_id == list_id).answered


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

    def of(self, answers: Answers) -> Asked | None:
        """None where nobody was drawn and nobody interviewed: then there is no figure of the place's own."""
        lists = self._lists(answers)
        if not lists and (answers.evidence is Evidence.INVITED or PlaceKind(self.place.kind).is_above_stations):
            return None
        if answers.evidence is Evidence.INVITED:
            here = Placement.place_id.in_(self.within), Placement.channel == Channel.INVITE.value
            invited = _counted(self.session, _is_valid(answers), *here, of=[row.CaseList.id for row in lists])
        else:
            # Whoever is drawn is given to an interviewer.
            invited = _Invited(issued=sum(row.CaseList.draw for row in lists))
        quarters = {row.CaseList.quarter for row in lists} or {quarter_of(answers.first), quarter_of(answers.last)}
        calls = checks_of(self.session, [self.place.id], quarters)
        return Asked(
            all_cases=sum(row.CaseList.all_cases for row in lists),
            cases=sum(row.CaseList.cases for row in lists),
            contactable=sum(row.CaseList.contactable for row in lists),
            drawn_in_public=bool(lists) and not invited.others and self._is_public(lists),
            drawn=sum(row.CaseList.draw for row in lists),
            issued=invited.issued,
            decoys=invited.decoys,
            decoys_used=invited.decoys_used,
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

    def _lists(self, answers: Answers) -> Sequence[_Drawn]:
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


@dataclass(frozen=True, slots=True)
class _Invited:
    """Links to people, those that were cancelled not among them. `others` are batches of other draws, or of none."""

    issued: int = 0
    answered: int = 0
    decoys: int = 0
    decoys_used: int = 0
    others: int = 0


def _is_valid(answers: Answers) -> ColumnElement[bool]:
    """Of a batch: somebody could have answered through it in that time."""
    survey = select(Survey.id).where(Survey.slug == answers.survey).scalar_subquery()
    in_time = SlipBatch.issued_on <= answers.last, SlipBatch.expires_on >= answers.first
    return and_(SlipBatch.survey_id == survey, *in_time)


def _counted(session: Session, *wanted: ColumnElement[bool], of: Collection[int] = ()) -> _Invited:
    """Of these batches; `of` are lists whose invitations are not others."""
    used, sent = Redemption.mark.is_not(None), and_(~Serial.is_decoy, Serial.cancelled_on.is_(None))
    counts: Select[int, int, int, int, int] = (
        select(
            func.count().filter(sent),
            func.count().filter(sent, used),
            func.count().filter(Serial.is_decoy),
            func.count().filter(Serial.is_decoy, used),
            func.count(distinct(SlipBatch.id)).filter(or_(SlipBatch.list_id.is_(None), SlipBatch.list_id.not_in(of))),
        )
        .select_from(Serial)
        .join(Placement, Placement.id == Serial.placement_id)
        .join(SlipBatchPart, SlipBatchPart.placement_id == Serial.placement_id)
        .join(SlipBatch, SlipBatch.id == SlipBatchPart.batch_id)
        .outerjoin(Redemption, Redemption.mark == Serial.mark)
    )
    return _Invited(*session.execute(counts.where(*wanted)).one())
