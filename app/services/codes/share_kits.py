"""What goes with links of official accounts: the kit of one, the card of all that ask the same about a place."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.placement import PLACEMENT_UNKNOWN
from app.domain.codes.share_kit import LinkCard, ShareKit
from app.domain.installation.quiet_period import QuietBlock
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.domain.surveys.rounds.round import RoundDates
from app.domain.surveys.survey import SurveyDefinition, SurveyKind
from app.formats.crypto.tokens import TokenSigner
from app.models import Place, Placement, SurveyVersion
from app.services.codes.placement_queries import get_placement
from app.services.codes.printed_addresses import handle_link
from app.services.installation.department_queries import describe_department, emblem_of
from app.services.installation.quiet_periods import refuse_if_quiet
from app.services.surveys.round_queries import newest_round
from app.services.surveys.titles import titles_of


def order_share_kit(
    session: Session, placement_id: int, *, address: str, signer: TokenSigner, now: datetime
) -> ShareKit:
    """Problems `placement.unknown`, `placement.not_a_link` and `print.host_unconfirmed`.

    Of a poll or quiz also `quiet.blocked`: what asks how somebody was treated is no campaign.
    """
    link = handle_link(session, placement_id, address=address, signer=signer, now=now)
    placement = get_placement(session, placement_id, now=now)
    title = titles_of(session, {placement.survey_id})[placement.survey_id]
    if title.kind is not SurveyKind.SURVEY:
        refuse_if_quiet(session, QuietBlock.KITS, placement.place_id, now)
    return ShareKit(
        department=describe_department(session),
        place=placement.place,
        link=link,
        domain=address.partition("://")[2].lower(),
        emblem=emblem_of(session),
        asked=title.on_paper,
        kind=title.kind,
        dates=_dates(session, placement.survey_id, now),
    )


def link_card(session: Session, survey_id: int, place_id: int, now: datetime) -> LinkCard:
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
    name = BilingualName(title.get("hi"), title.get("en"))
    return LinkCard(name, row.Place.name, _dates(session, survey_id, now))


def _dates(session: Session, survey_id: int, now: datetime) -> RoundDates | None:
    """Those that were announced: whoever fetches a card before it opens keeps it."""
    found = newest_round(session, survey_id, now)
    return found.dates if found and found.state.is_public else None
