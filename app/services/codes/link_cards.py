"""The card of the links of a questionnaire about a place, read from the database."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.placement import PLACEMENT_UNKNOWN
from app.domain.codes.share_kit import LinkCard
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.domain.surveys.survey import SurveyDefinition
from app.models import Place, Placement, SurveyVersion


def link_card(session: Session, survey_id: int, place_id: int) -> LinkCard:
    """Of the newest version that was published. Problem `placement.unknown` unless a link of both was ever issued.

    So nobody can have pictures drawn of what the department has not made public.
    """
    row = session.execute(
        select(Place, SurveyVersion.definition)
        .join(Placement, Placement.place_id == Place.id)
        .join(SurveyVersion, SurveyVersion.survey_id == Placement.survey_id)
        .where(
            Place.id == place_id,
            Placement.survey_id == survey_id,
            Placement.channel == Channel.HANDLE.value,
            SurveyVersion.published_at.is_not(None),
        )
        .order_by(SurveyVersion.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise Problem(PLACEMENT_UNKNOWN)
    title = SurveyDefinition.from_json(row.definition).title
    return LinkCard(BilingualName(title.get("hi"), title.get("en")), row.Place.name)
