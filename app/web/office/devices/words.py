"""Kinds and states of devices in words, and what is missing of each."""

from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.domain.devices.device import DeviceKind, DeviceState, DeviceView
from app.domain.devices.sequence import NumberRun

KIND_WORDS = {
    DeviceKind.KIOSK: _l("Tablet on a counter"),
    DeviceKind.INTERVIEW: _l("Interviewer's phone"),
}
STATE_WORDS = {
    DeviceState.WAITING: _l("Waiting to be set up"),
    DeviceState.ACTIVE: _l("In use"),
    DeviceState.REVOKED: _l("Revoked"),
}
#: the kind of tag; the word beside it carries the meaning
STATE_KINDS = {DeviceState.WAITING: "warning", DeviceState.ACTIVE: "good", DeviceState.REVOKED: "info"}


def synced_words(device: DeviceView) -> str:
    """When it was heard of last. Only the hour is known, on purpose."""
    if device.last_synced_at is None:
        return str(_("Never"))
    return str(_("About %(time)s", time=format_datetime(device.last_synced_at, "d MMM y, HH:mm")))


def waiting_words(device: DeviceView, exact: bool) -> str:
    """What it said last that it holds. Only who may read live counts gets a number: on a counter it is one."""
    if device.waiting is None:
        return str(_("Not reported yet"))
    if device.waiting == 0:
        return str(_("Nothing"))
    return str(ngettext("%(num)d answer", "%(num)d answers", device.waiting) if exact else _("Something"))


def missing_words(device: DeviceView, exact: bool) -> str:
    """The gaps in its numbers, in a sentence."""
    missing = device.missing
    if missing.lost:
        words = ngettext(
            "%(num)d answer was given here and is neither on the server nor on the device.",
            "%(num)d answers were given here and are neither on the server nor on the device.",
            missing.lost,
        )
        return f"{words} {_number_words(missing.runs)}" if exact else str(words)
    if missing.kept:
        return str(_("All answers have arrived, or are still on the device."))
    return str(_("All answers given on it have arrived.") if device.last_synced_at else _("Nothing is known yet."))


def _number_words(runs: tuple[NumberRun, ...]) -> str:
    shown = ", ".join(str(run.first) if run.first == run.last else f"{run.first}–{run.last}" for run in runs[:20])
    return str(_("Numbers missing: %(numbers)s.", numbers=shown if len(runs) <= 20 else f"{shown} …"))


WORDS = {"kinds": KIND_WORDS, "states": STATE_WORDS, "state_kinds": STATE_KINDS, "synced_words": synced_words}
