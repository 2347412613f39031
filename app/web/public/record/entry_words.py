"""Entries of the record in words, for whoever looks at the page and not at the files."""

from flask_babel import lazy_gettext as _

from app.services.record.log.entries import Entry

_TYPES = {
    "genesis": _("The record begins"),
    "policy": _("Rules of counting"),
    "survey": _("Questionnaire published"),
    "survey_end": _("Questionnaire closed"),
    "code": _("Code issued"),
    "code_end": _("Code taken down, or marked “not safe”"),
    "release": _("Block of answers published"),
    "edition": _("Results of a Monday"),
    "correction": _("Published results corrected"),
    "commitment": _("Promise, or what became of it"),
    "removal": _("Words taken away by law"),
    "list": _("List of cases closed"),
    "draw": _("Drawn from a list of cases"),
    "check": _("Checked by telephone"),
    "post published": _("Post published"),
    "post corrected": _("Post corrected"),
    "post withdrawn": _("Post withdrawn"),
    "post hidden": _("Post hidden for three days at most"),
    "post removed": _("Post removed"),
    "round announced": _("Poll or quiz announced"),
    "round cancelled": _("Poll or quiz cancelled"),
    "round results": _("Results of a poll or quiz"),
    "setting results": _("Decided how far down results are public"),
    "setting receipt_key": _("Key for proofs that numbers arrived"),
    "quiet entered": _("Quiet period"),
    "quiet ended": _("Quiet period ended early"),
    "receipts": _("List of confirmation numbers"),
    "seal": _("Answers sealed"),
    "balance": _("Sums of all answers"),
    "key lost": _("Key lost: another one signs from here on"),
    "key added": _("Key added"),
    "break": _("Broken off: what was signed before is not continued"),
}
#: which of its keys say what an entry is about, in this order
_TOLD = ("place", "quarter", "survey", "number", "due", "subject", "what", "value", "hour", "last_week")


def type_of(entry: Entry) -> str:
    """Its type in words; of one that has none yet the code."""
    kind = entry.content.get("what", entry.content.get("state"))
    return str(_TYPES.get(entry.type) or _TYPES.get(f"{entry.type} {kind}", entry.type))


def about(entry: Entry) -> str:
    """What an entry is about, in the codes in which it was entered."""
    subject = entry.content.get("subject")
    if isinstance(subject, dict):
        return str(subject.get("order", ""))
    return " · ".join(str(entry.content[key]) for key in _TOLD if key in entry.content)
