"""A poster as PDF on a warm process, alone and as part of a district's file."""

from collections.abc import Iterator
from datetime import UTC, datetime

from app.models import Department
from app.services.posters import PosterOrder, draw_posters, order_district, order_poster
from app.transaction import reading, transaction
from app.web.context import context
from tests.benchmarks.measure import Figure, cpu_side_by_side, peak_memory
from tests.benchmarks.rooms import Room, room
from tests.factories import VISIT

ADDRESS = "https://samvad.example.in"
SHEETS = 20


def figures() -> Iterator[Figure]:
    with room(VISIT) as place:
        one, many = _orders(place)
        with peak_memory() as grown:
            draw_posters(one)
            yield Figure("poster, above idle", grown(), "MB", 60)
            draw_posters(many)
            yield Figure(f"poster, {SHEETS} in one file, above idle", grown(), "MB")
        taken = cpu_side_by_side({"one": lambda: draw_posters(one), "many": lambda: draw_posters(many)})
    yield Figure("poster", taken["one"], "s CPU", 0.35)
    yield Figure(f"poster, each of {SHEETS} in one file", taken["many"] / SHEETS, "s CPU", 0.35)


def _orders(place: Room) -> tuple[PosterOrder, PosterOrder]:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
    signer, now = context().tokens, datetime.now(UTC)
    with reading() as session:
        one = order_poster(session, place.placement_id, address=ADDRESS, signer=signer, now=now)
        many = order_district(session, 1, [place.placement_id], address=ADDRESS, signer=signer, now=now)
    # The same sheet again and again: each is drawn anew.
    return one, PosterOrder(many.department, many.domain, many.sheets * SHEETS, many.below, many.made_on)
