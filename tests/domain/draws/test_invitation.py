"""Who sends the invitations of a draw cannot tell which of them belong to nobody."""

import pytest

from app.domain.draws.invitation import pair_cases
from app.domain.places.place import BilingualName
from app.domain.slips.slip_batch import MadeSlip

DRAWN = [bytes([number]) * 32 for number in range(20)]


def links(number: int, decoys: int) -> list[MadeSlip]:
    name = BilingualName("थाना", "Station")
    return [MadeSlip(1, "S-1", name, None, f"link {at}", is_decoy=at < decoys) for at in range(number)]


def test_each_drawn_case_gets_a_link_and_each_decoy_a_digest_of_its_own() -> None:
    made = links(60, 40)
    paired = pair_cases(made, DRAWN)
    assert {one.slip for one in paired} == set(made)
    assert {one.case for one in paired if not one.slip.is_decoy} == {digest.hex() for digest in DRAWN}
    strangers = {one.case for one in paired if one.slip.is_decoy}
    assert len(strangers) == 40
    assert {len(case) for case in strangers} == {64}


def test_the_table_is_shuffled() -> None:
    made = links(60, 40)
    once, again = pair_cases(made, DRAWN), pair_cases(made, DRAWN)
    assert [one.slip for one in once] != [one.slip for one in again]
    assert len({one.slip.is_decoy for one in once[:40]}) == 2


def test_there_is_a_link_for_each() -> None:
    with pytest.raises(ValueError, match="zip"):
        pair_cases(links(20, 1), DRAWN)
