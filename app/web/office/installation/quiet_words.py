"""What can be kept quiet, and how a quiet period stands, in words."""

from flask_babel import lazy_gettext as _l

from app.domain.installation.quiet_period import QuietBlock
from app.services.installation.quiet.queries import QuietState

BLOCKS = {
    QuietBlock.STORIES: _l("Success stories"),
    QuietBlock.MILESTONES: _l("Milestones"),
    QuietBlock.COMMITMENTS: _l("New promises"),
    QuietBlock.ROUNDS: _l("New polls and quizzes"),
    QuietBlock.ROUND_RESULTS: _l("Results of polls and quizzes"),
    QuietBlock.KITS: _l("Cards and share kits of these"),
    QuietBlock.EDITIONS: _l("Results on Mondays"),
    QuietBlock.TIPS: _l("Safety tips, and law and rights"),
}
STATES = {
    QuietState.WAITING: _l("Waits for a second person"),
    QuietState.WITHDRAWN: _l("Taken back"),
    QuietState.COMING: _l("Begins later"),
    QuietState.HOLDS: _l("Holds now"),
    QuietState.OVER: _l("Over"),
}
STATE_KINDS = {QuietState.WAITING: "warning", QuietState.HOLDS: "bad", QuietState.COMING: "warning"}
