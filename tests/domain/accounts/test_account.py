import pytest

from app.domain.accounts.account import canonical_username, role_fits
from app.domain.accounts.role import Role
from app.domain.places.place import PlaceKind
from app.domain.problem import Problem


@pytest.mark.parametrize("typed", ["sho.kotwali", " SHO.Kotwali ", "a-1_b"])
def test_user_names_are_folded(typed: str) -> None:
    assert canonical_username(typed) == typed.strip().lower()


@pytest.mark.parametrize("typed", ["", "ab", ".dot", "has space", "थाना", "x" * 41, "a'b--", "ab\n"])
def test_other_user_names_are_refused(typed: str) -> None:
    with pytest.raises(Problem) as refused:
        canonical_username(typed if typed != "ab\n" else "ab\nc")
    assert refused.value.code == "account.username_invalid"


def test_only_the_root_has_state_administrators() -> None:
    assert role_fits(Role.STATE_ADMIN, PlaceKind.STATE, is_root=True)
    assert not role_fits(Role.STATE_ADMIN, PlaceKind.DISTRICT, is_root=False)
    assert role_fits(Role.STATION_HEAD, PlaceKind.OUTPOST, is_root=False)
    assert not role_fits(Role.STATION_HEAD, PlaceKind.DISTRICT, is_root=False)
    assert not role_fits(Role.DISTRICT_HEAD, PlaceKind.STATION, is_root=False)
