"""Lists before they are closed, and invitations after they are made."""

import pytest

from app.domain.draws.invitation import pair_cases
from app.formats.held_draws import read_invitations, read_order, write_invitations, write_order
from tests.factories.codes.prints import make_slips
from tests.factories.draws.case_lists import case_digests, list_order

ORDER = list_order(1)
SLIPS = make_slips(2)
MADE = pair_cases(SLIPS, [case_digests(len(SLIPS))[32 * at : 32 * at + 32] for at in range(len(SLIPS))])


def test_both_are_read_as_they_were_written() -> None:
    assert read_order(write_order(ORDER)) == ORDER
    assert read_invitations(write_invitations(MADE)) == MADE


@pytest.mark.parametrize("content", [b"", b"{}", b"%PDF-", write_order(ORDER)[:-1]])
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_order(content)
    with pytest.raises(ValueError, match=r"."):
        read_invitations(content)
