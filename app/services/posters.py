"""What is on posters: one, or all of a district or a state. `poster_sheets` draws them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.channel import Channel
from app.domain.place import BilingualName, PlaceKind
from app.domain.placement import PlacementView
from app.domain.printable import PaperLanguage
from app.domain.problem import Problem, ProblemType
from app.domain.weeks import day_of
from app.formats.qr import QrMatrix, code_text, encode_qr
from app.formats.tokens import TokenSigner
from app.models import Place
from app.services.addresses import printed_address
from app.services.departments import DepartmentView, describe_department
from app.services.districts import districts_of
from app.services.placement_lists import get_placement, views_of

NOT_A_POSTER = ProblemType("print.not_a_poster", 409, "This code is not printed as a poster.")
TOO_MANY = ProblemType(
    "print.too_many", 409, "That would be %(count)d posters in one file. Please print at most %(limit)d at a time."
)

#: more than the stations of any state: a file of so many takes some seconds
MOST_SHEETS = 3000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is on one poster."""

    place: BilingualName
    place_kind: PlaceKind
    #: the district and the like; None for a place without a parent
    above: BilingualName | None
    hung_at: str
    number: str
    issued_on: date
    expires_on: date | None
    code: QrMatrix


@dataclass(frozen=True, slots=True)
class PosterOrder:
    """Posters ready to be drawn: everything read from the database, so that drawing holds no transaction."""

    department: DepartmentView
    #: what stands on the paper for people to type
    domain: str
    sheets: tuple[Sheet, ...]
    #: the place all of them lie below; None for a single poster
    below: BilingualName | None
    made_on: date
    language: PaperLanguage = PaperLanguage.BOTH


def order_poster(
    session: Session,
    placement_id: int,
    *,
    address: str,
    signer: TokenSigner,
    now: datetime,
    language: PaperLanguage = PaperLanguage.BOTH,
) -> PosterOrder:
    """One poster. Problems `placement.unknown`, `print.not_a_poster` and `print.host_unconfirmed`."""
    views = [get_placement(session, placement_id, now=now)]
    order = _order(session, views, None, address, signer, now)
    return replace(order, language=language)


def order_district(
    session: Session,
    place_id: int,
    placement_ids: Collection[int],
    *,
    address: str,
    signer: TokenSigner,
    now: datetime,
    language: PaperLanguage = PaperLanguage.BOTH,
) -> PosterOrder:
    """These placements with cover lists, for the place they lie below. Problem `print.too_many` besides."""
    if len(placement_ids) > MOST_SHEETS:
        raise Problem(TOO_MANY, count=len(placement_ids), limit=MOST_SHEETS)
    place = session.get_one(Place, place_id)
    views = views_of(session, placement_ids, now=now)
    order = _order(session, views, BilingualName(place.name_hi, place.name_en), address, signer, now)
    return replace(order, language=language)


def _order(
    session: Session,
    views: Sequence[PlacementView],
    below: BilingualName | None,
    address: str,
    signer: TokenSigner,
    now: datetime,
) -> PosterOrder:
    address = printed_address(session, address)
    districts = districts_of(session, {view.place_id for view in views}, day_of(now))
    sheets = [_sheet(view, districts.get(view.place_id), address, signer) for view in views]
    # District after district; within each the order of the list stays.
    sheets.sort(key=lambda sheet: sheet.above.in_language("hi") if sheet.above else "")
    return PosterOrder(
        describe_department(session), address.partition("://")[2].lower(), tuple(sheets), below, day_of(now)
    )


def _sheet(view: PlacementView, above: BilingualName | None, address: str, signer: TokenSigner) -> Sheet:
    if view.channel is not Channel.POSTER or view.number is None:
        raise Problem(NOT_A_POSTER)
    return Sheet(
        place=view.place,
        place_kind=view.place_kind,
        above=above,
        hung_at=view.hung_at,
        number=view.number,
        issued_on=view.issued_on,
        expires_on=view.expires_on,
        code=encode_qr(code_text(address, signer.sign(view.token))),
    )
