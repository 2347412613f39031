"""Posters as PDF: one, or all of a district behind a cover list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.channel import Channel
from app.domain.number import show_number
from app.domain.place import BilingualName, PlaceKind
from app.domain.placement import PlacementView
from app.domain.problem import Problem, ProblemType
from app.domain.weeks import day_of
from app.formats.pages import render_page
from app.formats.pdf import render_pdf
from app.formats.pdfium import join_pdfs
from app.formats.qr import QrMatrix, code_text, encode_qr
from app.formats.tokens import TokenSigner
from app.formats.typesetting import fit_size
from app.models import Place
from app.services.addresses import printed_address
from app.services.departments import DepartmentView, describe_department
from app.services.districts import districts_of
from app.services.placement_lists import get_placement, views_of

NOT_A_POSTER = ProblemType("print.not_a_poster", 409, "This code is not printed as a poster.")
TOO_MANY = ProblemType(
    "print.too_many", 409, "That would be %(count)d posters in one file. Please print at most %(limit)d at a time."
)

MOST_SHEETS = 200
# WeasyPrint keeps a whole document in memory, 2 MB a sheet, and other prints wait for it.
BATCH = 20
STYLESHEETS = ("shared/paper.css", "poster/poster.css", "cover-list/cover-list.css")
# The box of the place's name, as in poster.css: millimetres, and the sizes that are tried, in points.
NAME_WIDTH_HI, NAME_HEIGHT_HI = 168, 14
NAME_WIDTH_EN, NAME_HEIGHT_EN = 112, 7
NAME_SIZES_HI = (26, 24, 22, 20, 18, 16, 14, 12, 11, 10, 9, 8, 7)
NAME_SIZES_EN = (13, 12, 11, 10, 9, 8, 7, 6, 5)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is on one poster. Sizes are in points."""

    place: BilingualName
    place_kind: PlaceKind
    #: the district and the like; None for a place without a parent
    above: BilingualName | None
    hung_at: str
    number: str
    issued_on: date
    expires_on: date | None
    code: QrMatrix
    size_hi: float
    size_en: float


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


def order_poster(
    session: Session, placement_id: int, *, address: str, signer: TokenSigner, now: datetime
) -> PosterOrder:
    """One poster. Problems `placement.unknown`, `print.not_a_poster` and `print.host_unconfirmed`."""
    return _order(session, [get_placement(session, placement_id, now=now)], None, address, signer, now)


def order_district(
    session: Session,
    place_id: int,
    placement_ids: Collection[int],
    *,
    address: str,
    signer: TokenSigner,
    now: datetime,
) -> PosterOrder:
    """These placements with a cover list, for the place they lie below. Problem `print.too_many` besides."""
    if len(placement_ids) > MOST_SHEETS:
        raise Problem(TOO_MANY, count=len(placement_ids), limit=MOST_SHEETS)
    place = session.get_one(Place, place_id)
    views = views_of(session, placement_ids, now=now)
    return _order(session, views, BilingualName(place.name_hi, place.name_en), address, signer, now)


def draw_posters(order: PosterOrder) -> bytes:
    """The PDF: an A4 sheet each, after a cover list where they are many."""
    batches = [order.sheets[at : at + BATCH] for at in range(0, len(order.sheets), BATCH)] or [()]
    return join_pdfs([_draw(order, batch, cover=at == 0) for at, batch in enumerate(batches)])


def _draw(order: PosterOrder, sheets: Sequence[Sheet], *, cover: bool) -> bytes:
    html = render_page("poster/poster.html", "hi", order=order, sheets=sheets, cover=cover, show_number=show_number)
    return render_pdf(html, stylesheets=STYLESHEETS)


def name_sizes(name: BilingualName) -> tuple[float, float]:
    """The sizes, in points, at which the Hindi and the English line of a name fit their boxes."""
    return (
        fit_size(name.in_language("hi"), width=NAME_WIDTH_HI, height=NAME_HEIGHT_HI, sizes=NAME_SIZES_HI),
        fit_size(name.en or "", width=NAME_WIDTH_EN, height=NAME_HEIGHT_EN, sizes=NAME_SIZES_EN),
    )


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
    return PosterOrder(
        describe_department(session), address.partition("://")[2].lower(), tuple(sheets), below, day_of(now)
    )


def _sheet(view: PlacementView, above: BilingualName | None, address: str, signer: TokenSigner) -> Sheet:
    if view.channel is not Channel.POSTER or view.number is None:
        raise Problem(NOT_A_POSTER)
    size_hi, size_en = name_sizes(view.place)
    return Sheet(
        place=view.place,
        place_kind=view.place_kind,
        above=above,
        hung_at=view.hung_at,
        number=view.number,
        issued_on=view.issued_on,
        expires_on=view.expires_on,
        code=encode_qr(code_text(address, signer.sign(view.token))),
        size_hi=size_hi,
        size_en=size_en,
    )
