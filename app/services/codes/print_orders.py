"""What is on posters and counter cards: read from the database, ready to be drawn by `prints`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.number import show_number
from app.domain.codes.placement import PlacementState, PlacementView
from app.domain.codes.print_formats import PaperLanguage, Printable
from app.domain.codes.print_order import PrintedSheet, PrintOrder
from app.domain.places.place import BilingualName, PlaceKind
from app.domain.problem import Problem, ProblemType
from app.domain.surveys.survey import SurveyKind, SurveyState
from app.domain.weeks import day_of
from app.formats.crypto.tokens import TokenSigner
from app.formats.pictures.qr import code_text
from app.models import Place, SurveyVersion
from app.services.codes.placement_queries import views_of
from app.services.codes.printed_addresses import address_for_paper
from app.services.installation.department_queries import describe_department, emblem_of
from app.services.installation.public_results import public_results
from app.services.places.districts import districts_of
from app.services.surveys.titles import SurveyTitle, titles_of

NOT_A_POSTER = ProblemType("print.not_a_poster", 409, "This code is not printed as a poster.")
NOT_ACTIVE = ProblemType(
    "print.not_active",
    409,
    "The code %(number)s is not active any more, so it is not printed. Issue a new one for its spot.",
)
SURVEY_CLOSED = ProblemType(
    "print.survey_closed", 409, "The questions behind these codes are closed, so nobody could answer them."
)
NOTHING_CHOSEN = ProblemType("print.nothing_chosen", 422, "No active poster was chosen, so there is nothing to print.")
TOO_MANY = ProblemType(
    "print.too_many", 409, "That would be %(count)d posters in one file. Please print at most %(limit)d at a time."
)

#: more than the stations of any state: a file of so many takes some seconds
MOST_SHEETS = 3000


def order_prints(
    session: Session,
    placement_ids: Collection[int],
    *,
    below: int | None = None,
    what: Printable = Printable.POSTER_A4,
    language: PaperLanguage = PaperLanguage.BOTH,
    crop_marks: bool = False,
    address: str,
    signer: TokenSigner,
    now: datetime,
) -> PrintOrder:
    """These placements, with cover lists if `below` says which place they lie below.

    Problems `print.…`: nothing or too much was chosen, or something that is not to be hung, or the address or a
    helpline is not confirmed.
    """
    if len(placement_ids) > MOST_SHEETS:
        raise Problem(TOO_MANY, count=len(placement_ids), limit=MOST_SHEETS)
    address = address_for_paper(session, address)
    views = views_of(session, placement_ids, now=now)
    if not views:
        raise Problem(NOTHING_CHOSEN)
    _require_open(session, {view.survey_id for view in views})
    place = None if below is None else session.get_one(Place, below)
    return PrintOrder(
        department=describe_department(session),
        domain=address.partition("://")[2].lower(),
        sheets=_sheets(session, views, address, signer, day_of(now)),
        below=None if place is None else place.name,
        made_on=day_of(now),
        what=what,
        language=language,
        crop_marks=crop_marks,
        emblem=emblem_of(session),
    )


def specimen_order(session: Session, host: str, *, now: datetime) -> PrintOrder:
    """A poster of no place, to look at what stands on every one. Its code leads nowhere."""
    sheet = PrintedSheet(
        place=BilingualName("थाना नमूना", "Specimen Police Station"),
        place_kind=PlaceKind.STATION,
        above=None,
        hung_at="—",
        number="0" * 8,
        issued_on=day_of(now),
        expires_on=None,
        code=code_text(f"https://{host}", "A" * 26),
    )
    return PrintOrder(describe_department(session), host, (sheet,), None, day_of(now), emblem=emblem_of(session))


def _require_open(session: Session, surveys: set[int]) -> None:
    published = select(SurveyVersion.survey_id).where(
        SurveyVersion.survey_id.in_(surveys), SurveyVersion.state == SurveyState.PUBLISHED.value
    )
    if surveys - set(session.scalars(published)):
        raise Problem(SURVEY_CLOSED)


def _sheets(
    session: Session, views: Sequence[PlacementView], address: str, signer: TokenSigner, today: date
) -> tuple[PrintedSheet, ...]:
    """District after district; within each the order of the list stays."""
    districts = districts_of(session, {view.place_id for view in views}, today)
    titles, policy = titles_of(session, {view.survey_id for view in views}), public_results(session)
    sheets = [
        replace(
            _sheet(view, districts.get(view.place_id), titles, address, signer),
            # A poll or quiz is told of when it is over, and not week by week.
            results_open=policy is not None
            and policy.shows(view.place_kind, today)
            and titles[view.survey_id].kind is SurveyKind.SURVEY,
        )
        for view in views
    ]
    return tuple(sorted(sheets, key=lambda sheet: sheet.above.in_language("hi") if sheet.above else ""))


def _sheet(
    view: PlacementView,
    above: BilingualName | None,
    titles: Mapping[int, SurveyTitle],
    address: str,
    signer: TokenSigner,
) -> PrintedSheet:
    if view.channel is not Channel.POSTER or view.number is None:
        raise Problem(NOT_A_POSTER)
    if view.state is not PlacementState.ACTIVE:
        raise Problem(NOT_ACTIVE, number=show_number(view.number))
    return PrintedSheet(
        place=view.place,
        place_kind=view.place_kind,
        above=above,
        hung_at=view.hung_at,
        number=view.number,
        issued_on=view.issued_on,
        expires_on=view.expires_on,
        code=code_text(address, signer.sign(view.token)),
        asked=titles[view.survey_id].on_paper,
        place_code=view.place_code,
        survey=titles[view.survey_id].slug,
    )
