"""On every page of the office that a quiet period concerns: what it refuses there, by which order, until when."""

from dataclasses import dataclass
from datetime import datetime

from flask import Flask, request
from flask_babel import format_datetime

from app.domain.installation.quiet_period import QuietBlock, QuietPeriod
from app.services.installation.quiet_periods import quiet_for
from app.transaction import reading
from app.web.context import now
from app.web.office.guard import signed_in_or_none
from app.web.office.installation.quiet_words import BLOCKS

#: by the beginnings of addresses, what is done or read there
CONCERNED = {
    "/office/posts": (QuietBlock.STORIES, QuietBlock.MILESTONES, QuietBlock.TIPS),
    "/office/promises": (QuietBlock.COMMITMENTS,),
    "/office/rounds": (QuietBlock.ROUNDS, QuietBlock.ROUND_RESULTS),
    "/office/handles": (QuietBlock.KITS,),
    "/office/reports": (QuietBlock.EDITIONS,),
    "/office/jobs": (QuietBlock.EDITIONS,),
}


@dataclass(frozen=True, slots=True)
class Banner:
    """A period that keeps something of this page back for the reader's place."""

    order: str
    ends_at: datetime
    blocks: tuple[str, ...]

    @property
    def until(self) -> str:
        return str(format_datetime(self.ends_at, "d MMMM y, HH:mm"))


def register_quiet_banner(app: Flask) -> None:
    app.jinja_env.globals["quiet_banners"] = quiet_banners


def quiet_banners() -> list[Banner]:
    """One for each period that concerns this page; none where nobody is signed in."""
    account = signed_in_or_none()
    here = next((blocks for path, blocks in CONCERNED.items() if f"{request.path}/".startswith(f"{path}/")), ())
    if account is None or not here:
        return []
    with reading() as session:
        found = [(what, quiet_for(session, what, account.place_id, now())) for what in here]
    by_period: dict[QuietPeriod, list[QuietBlock]] = {}
    for what, period in found:
        if period is not None:
            by_period.setdefault(period, []).append(what)
    return [
        Banner(period.order, period.ends_at, tuple(str(BLOCKS[what]) for what in blocks))
        for period, blocks in by_period.items()
    ]
