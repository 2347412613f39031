"""Channels and states of codes in words, and how a state is marked."""

from flask_babel import lazy_gettext as _l

from app.domain.codes.channel import Channel
from app.domain.codes.placement import PlacementState
from app.domain.codes.sighting import Finding

CHANNEL_WORDS = {
    Channel.POSTER: _l("Poster"),
    Channel.COUNTER: _l("Counter screen"),
    Channel.SLIP: _l("Slip"),
    Channel.INVITE: _l("Invitation"),
    Channel.HANDLE: _l("Official account"),
    Channel.TYPED: _l("Typed number"),
    Channel.KIOSK: _l("Tablet"),
    Channel.INTERVIEW: _l("Interview"),
}

STATE_WORDS = {
    PlacementState.ACTIVE: _l("Active"),
    PlacementState.EXPIRED: _l("Time is over"),
    PlacementState.RETIRED: _l("Taken down"),
    PlacementState.COMPROMISED: _l("Not safe"),
}

#: the kind of tag; the word beside it carries the meaning
STATE_KINDS = {
    PlacementState.ACTIVE: "good",
    PlacementState.EXPIRED: "info",
    PlacementState.RETIRED: "info",
    PlacementState.COMPROMISED: "bad",
}
FINDING_WORDS = {
    Finding.HERE: _l("It hangs here"),
    Finding.ELSEWHERE: _l("It hangs somewhere else"),
    Finding.DAMAGED: _l("It is damaged or pasted over"),
    Finding.MISSING: _l("It is missing"),
}
WORDS = {"channels": CHANNEL_WORDS, "states": STATE_WORDS, "state_kinds": STATE_KINDS}
