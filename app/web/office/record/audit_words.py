"""What the audit chain's codes are called on screen.

A code stays beside its words: it is what was written down, and what the filter by address asks for.
"""

from flask_babel import lazy_gettext as _

ACTIONS = {
    "account.created": _("Account created"),
    "account.disabled": _("Account disabled"),
    "account.enabled": _("Account let in again"),
    "account.password_changed": _("Own password changed"),
    "account.password_reset": _("New password made for the account"),
    "account.reassigned": _("Role or place of the account changed"),
    "account.recovery_codes_renewed": _("Recovery codes made anew"),
    "account.sessions_ended": _("Signed out everywhere"),
    "account.sign_in_failing": _("Many failed sign-ins"),
    "account.signed_in": _("Signed in"),
    "account.totp_reset": _("Second factor removed"),
    "account.totp_set_up": _("Second factor set up"),
    "batch.cancelled": _("Whole batch cancelled"),
    "batch.links_cancelled": _("Links cancelled"),
    "batch.made": _("Slips or invitations made"),
    "batch.packs_cancelled": _("Packs cancelled"),
    "cases.imported": _("Numbers of cases imported"),
    "copies.decided": _("Decided about alike answers"),
    "copies.proposed": _("Proposed what becomes of alike answers"),
    "copies.withdrawn": _("Proposal about alike answers taken back"),
    "department.changed": _("Department settings changed"),
    "department.emblem": _("Emblem changed"),
    "department.helplines_confirmed": _("Helplines confirmed"),
    "department.host_confirmed": _("What is printed confirmed"),
    "device.added": _("Device added"),
    "device.code_given": _("Set-up code shown for a device"),
    "device.enrolled": _("Device set up"),
    "device.revoked": _("Device revoked"),
    "edition.corrected": _("Published results corrected"),
    "job.asked": _("Results of a month asked for"),
    "job.cancelled": _("Job cancelled"),
    "job.downloaded": _("File of a job fetched"),
    "place.added": _("Place added"),
    "place.contact": _("Address and number of a place changed"),
    "place.group": _("Group of a place changed"),
    "place.moved": _("Place moved"),
    "place.removed": _("Place removed"),
    "place.renamed": _("Place renamed"),
    "place.restored": _("Place opened again"),
    "place.retired": _("Place retired"),
    "placement.cleared": _("Mark “not safe” withdrawn"),
    "placement.compromised": _("Code marked “not safe”"),
    "placement.issued": _("Code issued"),
    "placement.issued_below": _("Codes issued for every station"),
    "placement.put_back": _("Taking down undone"),
    "placement.retired": _("Code taken down"),
    "places.imported": _("List of places imported"),
    "quotas.set": _("Quotas set"),
    "responses.imported": _("File of answers taken in"),
    "results.opened": _("Decided how far down results are public"),
    "screen.code_given": _("Set-up code shown for a screen"),
    "screen.enrolled": _("Counter screen set up"),
    "sealing_key.added": _("Key for locking answers added"),
    "sign_in.failing": _("Many failed sign-ins from one address"),
    "signing_key.added": _("Signing key added"),
    "signing_key.cut_off": _("Signing key cut off"),
    "survey.closed": _("Questionnaire closed"),
    "survey.imported": _("Draft of a questionnaire brought in"),
    "survey.made_main": _("Made the main questionnaire"),
    "survey.published": _("Questionnaire published"),
    "survey.reading_added": _("Said which answers of a published questionnaire are good"),
    "survey.recordings_added": _("Recordings brought in"),
}

#: by what stands before the colon of a subject
SUBJECTS = {
    "account": _("Account"),
    "batch": _("Batch"),
    "cases": _("Cases"),
    "department": _("Department"),
    "device": _("Device"),
    "job": _("Job"),
    "place": _("Place"),
    "placement": _("Code"),
    "places": _("List of places"),
    "responses": _("Answers"),
    "screen": _("Counter screen"),
    "sealing_key": _("Key for locking answers"),
    "sign_in": _("Sign-in"),
    "signing_key": _("Signing key"),
    "survey": _("Questionnaire"),
}

#: what the names of details are called
DETAILS = {
    "added": _("added"),
    "after": _("after"),
    "attempts": _("attempts"),
    "before": _("before"),
    "cause": _("cause"),
    "channel": _("way"),
    "code": _("code"),
    "contacts": _("addresses and numbers"),
    "count": _("how many"),
    "decided_on": _("decided on"),
    "decision": _("decision"),
    "depth": _("down to"),
    "digest": _("fingerprint"),
    "due_on": _("of the Monday"),
    "emblem": _("emblem"),
    "expires_on": _("last day"),
    "files": _("files"),
    "fingerprint": _("fingerprint"),
    "forgotten": _("keys forgotten"),
    "free_text": _("free text"),
    "from": _("from"),
    "group": _("group"),
    "groups": _("groups"),
    "host": _("address"),
    "hung_at": _("hangs at"),
    "key": _("key"),
    "kind": _("kind"),
    "label": _("label"),
    "left_out": _("left out"),
    "month": _("month"),
    "moved": _("moved"),
    "name": _("name"),
    "number": _("number"),
    "numbers": _("numbers"),
    "packs": _("packs"),
    "parent": _("lies in"),
    "place": _("place"),
    "placement": _("code"),
    "placements": _("codes"),
    "places": _("places"),
    "plan": _("fingerprint of the list"),
    "quarters": _("quarters"),
    "questions": _("questions"),
    "read": _("read"),
    "regraded": _("kind changed"),
    "renamed": _("renamed"),
    "retired": _("retired"),
    "role": _("role"),
    "second_factor": _("second factor"),
    "since": _("since"),
    "size": _("size"),
    "slug": _("questionnaire"),
    "target": _("target"),
    "username": _("user name"),
    "wanted": _("wanted"),
    "week": _("week"),
    "what": _("what"),
}


def action_words(action: str) -> str:
    """An action in words; one that a newer or older version wrote is its own code."""
    return str(ACTIONS.get(action, action))


def subject_words(subject: str) -> str:
    """What was acted on, with its number, such as "Code 4711"."""
    kind, _colon, number = subject.partition(":")
    words = str(SUBJECTS.get(kind, kind))
    return f"{words} {number}" if number.isdecimal() else words


def detail_words(name: str) -> str:
    """What a detail is; one that a newer or older version wrote is its own name."""
    return str(DETAILS.get(name, name))
