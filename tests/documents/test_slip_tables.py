"""Tables of slips and invitations: every column where programs that read them expect it."""

from datetime import date

from app.documents.slip_tables import write_cases_csv, write_invitations_csv, write_links_csv, write_register_csv
from app.domain.draws.invitation import Invitation
from app.domain.places.place import BilingualName
from app.domain.slips.register import RegisterLine, SlipRegister
from app.domain.slips.slip_batch import MadeSlip


def lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").splitlines()


def test_a_link_has_a_line() -> None:
    slip = MadeSlip(1, "MP-1", BilingualName("भोपाल", "Bhopal"), "12345678", "https://samvad.example/s/#abc")
    assert lines(write_links_csv([slip])) == [
        '"place_code","place_hi","place_en","number","link"',
        '"MP-1","भोपाल","Bhopal","12345678","https://samvad.example/s/#abc"',
    ]


def test_of_a_draw_a_case_has_a_line_and_a_decoy_one_like_it() -> None:
    name = BilingualName("भोपाल", "Bhopal")
    made = [
        Invitation(digest * 32, MadeSlip(1, "MP-1", name, None, f"https://samvad.example/s/#{digest}", is_decoy))
        for digest, is_decoy in (("0a", False), ("1b", True))
    ]
    assert lines(write_invitations_csv(made)) == [
        '"case","link"',
        f'"{"0a" * 32}","https://samvad.example/s/#0a"',
        f'"{"1b" * 32}","https://samvad.example/s/#1b"',
    ]
    assert lines(write_cases_csv(["0a" * 32])) == ['"case"', f'"{"0a" * 32}"']


def test_districts_come_before_their_stations_and_what_is_withheld_is_empty() -> None:
    district = RegisterLine(
        "MP-1", BilingualName("भोपाल", "Bhopal"), 40, 20, 10, None, 100, True, 50, 20, far_fewer=False
    )
    station = RegisterLine(
        "MP-1-1", BilingualName(None, "Kotwali"), 40, None, None, None, None, False, None, None, far_fewer=True
    )
    quarter = date(2026, 4, 1)
    stations = ((district.name, station), (None, station))
    assert lines(write_register_csv(SlipRegister(quarter, (quarter,), (district,), stations))) == [
        '"quarter","kind","district","code","name_hi","name_en","issued","used","cancelled","expired","cases",'
        '"used_in_100_of_issued","used_in_100_of_cases","far_fewer"',
        '"2026-Q2","district","","MP-1","भोपाल","Bhopal","40","20","10","","100","50","20",""',
        '"2026-Q2","station","Bhopal","MP-1-1","","Kotwali","40","","","","","","","yes"',
        '"2026-Q2","station","","MP-1-1","","Kotwali","40","","","","","","","yes"',
    ]
