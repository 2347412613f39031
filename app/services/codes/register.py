"""What stands beside codes wherever the office shows them: district, issuer, questions, and the last look at each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.codes.placement import PlacementView
from app.domain.codes.sighting import SightingView
from app.domain.places.place import BilingualName
from app.services.accounts.queries import names_of
from app.services.codes.sightings import last_sightings
from app.services.places.districts import districts_of
from app.services.surveys.titles import SurveyTitle, titles_of


@dataclass(frozen=True, slots=True)
class Beside:
    #: by place
    districts: Mapping[int, BilingualName]
    #: by account
    issuers: Mapping[int | None, str]
    #: by survey
    surveys: Mapping[int, SurveyTitle]
    #: by placement
    sightings: Mapping[int, SightingView]


def look_beside(session: Session, placements: Sequence[PlacementView], on: date) -> Beside:
    return Beside(
        districts_of(session, {placement.place_id for placement in placements}, on),
        names_of(session, {placement.issued_by for placement in placements}),
        titles_of(session, {placement.survey_id for placement in placements}),
        last_sightings(session, [placement.id for placement in placements]),
    )
