"""What lists of cases and draws are called on screen."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.domain.codes.channel import Evidence
from app.domain.draws.case_list import ListState, SeedFrom
from app.domain.figures.headline.label import LabelReason
from app.domain.figures.headline.words import REASONS

EVIDENCE_WORDS = {
    Evidence.INVITED: _l("They get an invitation as a message"),
    Evidence.SAMPLED: _l("An interviewer asks them"),
}
SEED_WORDS = {
    SeedFrom.DICE: _l("Dice thrown before witnesses"),
    SeedFrom.BEACON: _l("A public beacon, in a round that lies ahead"),
}
STATE_WORDS = {
    ListState.CLOSED: _l("Closed, waits for its seed"),
    ListState.UNSIGNED: _l("Waits for the public record"),
    ListState.MISSED: _l("Missed its day"),
    ListState.READY: _l("Can be drawn today"),
    ListState.DRAWN: _l("Drawn"),
    ListState.INVITED: _l("Invitations made"),
}
STATE_KINDS = {
    ListState.CLOSED: "info",
    ListState.UNSIGNED: "warning",
    ListState.MISSED: "bad",
    ListState.READY: "warning",
    ListState.DRAWN: "good",
    ListState.INVITED: "good",
}


def said_against(reasons: Iterable[LabelReason]) -> list[str]:
    """What holds against a figure, in the reader's language."""
    return [REASONS[reason].text(gettext) for reason in reasons]
