"""One account for each role of the demonstration, so that a newcomer can look at everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.accounts.role import Role
from app.formats.crypto.passwords import PasswordHash
from app.models import Place
from app.services.accounts.changes import NewAccount, create_account, first_password
from app.workflows.demonstration.department import Demonstration


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """`place` says where it is bound: state, district, busy (station) or quiet."""

    username: str
    name: str
    role: Role
    place: str


ACCOUNTS = (
    DemoAccount("admin", "राज्य प्रशासक", Role.STATE_ADMIN, "state"),
    DemoAccount("admin2", "दूसरे राज्य प्रशासक", Role.STATE_ADMIN, "state"),
    DemoAccount("auditor", "लेखा-परीक्षक", Role.AUDITOR, "state"),
    DemoAccount("handles", "जनसंपर्क", Role.OUTREACH, "state"),
    DemoAccount("district", "ज़िला प्रमुख", Role.DISTRICT_HEAD, "district"),
    DemoAccount("printing", "पोस्टर अधिकारी", Role.PRINTING_OFFICER, "district"),
    DemoAccount("station", "थाना प्रभारी", Role.STATION_HEAD, "busy"),
    DemoAccount("quiet", "थाना प्रभारी", Role.STATION_HEAD, "quiet"),
)


@dataclass(frozen=True, slots=True)
class Credential:
    """What a newcomer signs in with."""

    account: DemoAccount
    password: str
    hash: PasswordHash


def draw_credentials() -> tuple[Credential, ...]:
    """A random password for each account, hashed. Slow on purpose, so it comes before the transaction."""
    return tuple(Credential(account, *first_password()) for account in ACCOUNTS)


def open_accounts(
    session: Session, demonstration: Demonstration, credentials: Sequence[Credential], now: datetime
) -> Mapping[str, str]:
    """Create the accounts; the English name of each one's place, by user name."""
    places = _places(session, demonstration)
    for credential in credentials:
        account = credential.account
        new = NewAccount(account.username, account.name, account.role, places[account.place].id)
        create_account(session, new, credential.hash, None, now, must_change_password=False)
    return {credential.account.username: places[credential.account.place].name_en or "" for credential in credentials}


def accounts_table(credentials: Sequence[Credential], places: Mapping[str, str], address: str) -> str:
    """The file that a newcomer opens."""
    rows = [("USER NAME", "PASSWORD", "ROLE", "SEES")]
    rows += [
        (one.account.username, one.password, one.account.role.value, places[one.account.username])
        for one in credentials
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    head = ["नमूना / DEMO: invented department, invented answers. No place and no person is real.", ""]
    return "\n".join([*head, f"Sign in at {address}/office/", "", *lines, ""])


def _places(session: Session, demonstration: Demonstration) -> dict[str, Place]:
    busy, quiet = demonstration.busiest(), demonstration.quietest()
    codes = {
        "state": busy.code.split("-")[0],
        "district": busy.code.rpartition("-")[0],
        "busy": busy.code,
        "quiet": quiet.code,
    }
    found = {place.code: place for place in session.scalars(select(Place).where(Place.code.in_(codes.values())))}
    return {name: found[code] for name, code in codes.items()}
