"""What questionnaires are called, wherever several stand side by side."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.places.place import BilingualName
from app.domain.surveys.survey import SurveyDefinition, SurveyKind, SurveyState
from app.models import Survey, SurveyVersion


@dataclass(frozen=True, slots=True)
class SurveyTitle:
    """`name` is the title, `slug` what files are called after. `on_paper` is what prints ask; None where it is the
    usual question, how one was treated.
    """

    slug: str
    name: BilingualName
    on_paper: BilingualName | None
    kind: SurveyKind


def titles_of(session: Session, survey_ids: Collection[int]) -> Mapping[int, SurveyTitle]:
    """By survey: of the newest version that was published, else of the draft."""
    rows = session.execute(
        select(SurveyVersion.survey_id, Survey.slug, SurveyVersion.definition)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(SurveyVersion.survey_id.in_(survey_ids))
        .order_by(SurveyVersion.state != SurveyState.DRAFT.value, SurveyVersion.number)
    )
    newest = {survey_id: (slug, definition) for survey_id, slug, definition in rows}
    return {survey_id: _title(slug, definition) for survey_id, (slug, definition) in newest.items()}


def _title(slug: str, document: str) -> SurveyTitle:
    definition = SurveyDefinition.from_json(document)
    name = BilingualName(definition.title.get("hi"), definition.title.get("en"))
    return SurveyTitle(slug, name, None if definition.asks_about_treatment else name, definition.kind)
