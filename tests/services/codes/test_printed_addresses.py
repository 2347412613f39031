"""Addresses that leave the house: only confirmed ones, and links that open."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.problem import Problem
from app.services.codes.placement_queries import open_placement
from app.services.codes.placements import retire_placement
from app.services.codes.printed_addresses import address_for_paper, handle_link, printed_address
from tests.factories import add_place
from tests.factories.codes.confirmed_department import ADDRESS, NOW, SIGNER, add_department, issue


def test_without_a_department_nothing_is_printed(session: Session) -> None:
    with pytest.raises(Problem, match=r"print\.host_unconfirmed"):
        printed_address(session, ADDRESS)


def test_a_link_for_an_official_account_is_in_small_letters_and_opens(session: Session) -> None:
    add_department(session)
    made = issue(session, add_place(session), Channel.HANDLE)
    link = handle_link(session, made, address=ADDRESS, signer=SIGNER, now=NOW)
    assert link == link.lower()
    assert link.startswith(f"{ADDRESS}/s/")
    assert open_placement(session, SIGNER.verify(link.rpartition("/")[2]), now=NOW).id == made
    with pytest.raises(Problem, match=r"host_unconfirmed"):
        handle_link(session, made, address="http://127.0.0.1:8000", signer=SIGNER, now=NOW)


def test_a_poster_has_no_link(session: Session) -> None:
    add_department(session)
    made = issue(session, add_place(session))
    with pytest.raises(Problem, match=r"not_a_link"):
        handle_link(session, made, address=ADDRESS, signer=SIGNER, now=NOW)


def test_a_link_that_was_ended_is_not_given_out_again(session: Session) -> None:
    add_department(session)
    made = issue(session, add_place(session), Channel.HANDLE)
    retire_placement(session, made, actor_id=None, now=NOW)
    with pytest.raises(Problem, match=r"placement\.link_ended"):
        handle_link(session, made, address=ADDRESS, signer=SIGNER, now=NOW)


def test_capitals_in_an_address_make_no_difference_to_its_being_confirmed(session: Session) -> None:
    add_department(session, host="Samvad.Example.in")
    assert printed_address(session, "https://SAMVAD.example.in") == "https://SAMVAD.example.in"


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, True),
        ({"helplines_confirmed_on": date(2026, 11, 1)}, False),
        ({"helplines": "[]"}, False),
        ({"demonstration": True}, False),
    ],
)
def test_paper_waits_for_its_helplines_and_a_link_does_not(
    session: Session, changed: dict[str, object], refused: bool
) -> None:
    helplines = '[{"label_hi": "मदद", "label_en": "Help", "number": "112"}]'
    add_department(session, **{"helplines": helplines, **changed})
    assert printed_address(session, ADDRESS) == ADDRESS
    if refused:
        with pytest.raises(Problem, match=r"print\.helplines_unconfirmed"):
            address_for_paper(session, ADDRESS)
    else:
        assert address_for_paper(session, ADDRESS) == ADDRESS
