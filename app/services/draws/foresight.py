"""What would withhold the certificate of a figure, told while it can still be mended."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.draws.case_list import ListOrder
from app.domain.figures.headline.asked import Asked
from app.domain.figures.headline.label import FEWEST_CHECKED, LabelReason, reasons_of
from app.domain.weeks import day_of, week_of
from app.models import CaseList, Draw, Place, Response, SlipBatch, Survey, SurveyVersion
from app.services.draws.asked import Asking, ClassAnswers, usual_on
from app.services.draws.links import links_of
from app.services.places.ancestry import subtree_ids


def reasons_foreseen(session: Session, order: ListOrder, now: datetime) -> tuple[LabelReason, ...]:
    """Before a list is closed: what holds against its figure even if all goes right from then on.

    As many answer as usually do; while nobody knows how many do, all of them.
    """
    usual = usual_on(session, day_of(now))
    answers = int(order.draw * (1 if usual.answering is None else usual.answering))
    asked = Asked(
        all_cases=order.all_cases,
        cases=order.cases,
        contactable=order.contactable,
        drawn_in_public=True,
        drawn=order.draw,
        issued=order.draw,
        decoys=order.decoys,
        decoys_used=0,
        checked=FEWEST_CHECKED,
        unconfirmed=0,
        answers=answers,
        copied=0,
        class_answers=answers,
        usual_contactable=usual.contactable,
        usual_answering=usual.answering,
        record_whole=True,
    )
    return reasons_of(order.evidence, asked)


def reasons_so_far(session: Session, list_id: int, now: datetime) -> tuple[LabelReason, ...] | None:
    """Of a list that was drawn from, as it stands now; None while nobody has been asked."""
    row, draw = session.get_one(CaseList, list_id), session.get(Draw, list_id)
    batch = session.scalar(select(SlipBatch).where(SlipBatch.list_id == list_id))
    evidence, today = Evidence(row.evidence), day_of(now)
    if draw is None or (evidence is Evidence.INVITED and batch is None):
        return None
    within = subtree_ids(session, row.place_id, today)
    if batch is not None:
        survey, people = session.get_one(Survey, batch.survey_id).slug, links_of(session, list_id).answered
    else:
        survey, people = "", _interviewed(session, within, draw.drawn_on)
    answers = ClassAnswers(survey, evidence, draw.drawn_on, today, people, copied=0, whole=people)
    place = session.get_one(Place, row.place_id)
    asked = Asking(session, place, within, usual_on(session, today), now).of(answers)
    return None if asked is None else reasons_of(evidence, asked)


def _interviewed(session: Session, place_ids: Collection[int], since: date) -> int:
    """Places, versions, weeks and channel are named, so that an index tells without reading what came before."""
    versions = session.scalars(select(SurveyVersion.id)).all()
    of_time = Response.week >= week_of(since), Response.channel == Channel.INTERVIEW.value
    here = Response.place_id.in_(place_ids), Response.survey_version_id.in_(versions)
    return session.scalar(select(func.count()).select_from(Response).where(*here, *of_time)) or 0
