"""The sentences that figures are said in: English msgids. What may be said is decided in `disclosure`."""

from app.domain.capture import Reason
from app.domain.channel import Evidence
from app.domain.figures import Label, Words

ABOUT = "about %(percent)s in 100, between %(low)s and %(high)s"
ABOUT_AT_LEAST = "about %(percent)s in 100, uncertain at least between %(low)s and %(high)s"
BELOW = "fewer than %(bound)s in 100"
ABOVE = "more than %(bound)s in 100"
WITHHELD = Words("too few to show by itself")

ABOUT_ANSWERS = "about %(number)s answers"
FEWER_ANSWERS = Words("fewer than 10 answers")
ABOUT_PEOPLE = "about %(number)s people answered this"
AT_LEAST_PEOPLE = "at least %(number)s people answered this"
FEWER_PEOPLE = Words("fewer than 10 people answered this")
ABOUT_SET_ASIDE = "about %(number)s answers were set aside"
FEWER_SET_ASIDE = Words("fewer than 10 answers were set aside")

NO_SHARES_YET = Words("Fewer than 30 people answered this, so no figure can be given yet.")
ONLY_COUNTED = Words("Only how many people answered is counted here, not what they wrote.")
NO_RESULTS_YET = Words("There are fewer than 10 answers so far, so there is nothing that can be shown safely.")
NO_RELEASE_IN_PERIOD = Words("No results were published for this period.")

HIGHER = "higher than before by about %(points)s in 100 (between %(low)s and %(high)s)"
LOWER = "lower than before by about %(points)s in 100 (between %(low)s and %(high)s)"
NO_CLEAR_CHANGE = Words("no clear change from before")

GOOD = Label(words=Words("good (the two best answers)"))
MIDDLE = Label(words=Words("in between"))
POOR = Label(words=Words("poor (the two worst answers)"))
RANGE_BELOW_ZERO = Words("below 0")
RANGE = "from %(low)s to less than %(high)s"
RANGE_FROM = "%(low)s or more"
OTHER_REASONS = Label(words=Words("other reasons"))

HEADINGS = {
    Evidence.INVITED: Words("People who were invited"),
    Evidence.SAMPLED: Words("People an interviewer asked"),
    Evidence.HANDED: Words("People who were handed a slip"),
    Evidence.PRESENT: Words("People who were at the counter"),
    Evidence.OPEN: Words("People who answered by themselves"),
    Evidence.KIOSK: Words("People who used a tablet"),
}
SAID_BY_CHOSEN = Words(
    "Whom to ask was set above the station, not by it. This figure is of those among them who answered."
)
SAID_BY_CHOOSERS = Words("This is what those who chose to answer said. Nobody knows what the others think.")

REASONS = {
    Reason.STAMP_MISSING: Words("the page it came from is not known"),
    Reason.STAMP_FOREIGN: Words("the page belonged to another code"),
    Reason.STAMP_FUTURE: Words("the page's time was in the future"),
    Reason.LATE: Words("it came more than 30 days late, or 90 from a device of the department"),
    Reason.EXPIRED: Words("the code had expired"),
    Reason.RETIRED: Words("the code had been taken down"),
    Reason.COMPROMISED: Words("the code was no longer trusted"),
    Reason.KEY_CUT_OFF: Words("the key that signed the code was no longer trusted"),
    Reason.SURVEY_CLOSED: Words("the questions had been closed"),
    Reason.RULES_BROKEN: Words("an answer did not fit its question"),
    Reason.EMPTY: Words("nothing was answered"),
    Reason.REPEATED: Words("the same text was sent twice"),
    Reason.DEVICE_UNKNOWN: Words("the device it came from is not known"),
    Reason.DEVICE_REVOKED: Words("the device it came from was no longer trusted"),
    Reason.DEVICE_FOREIGN: Words("the device it came from belongs to another code"),
    Reason.SIGNATURE_INVALID: Words("the device's signature was missing or wrong"),
    Reason.SEQUENCE_USED: Words("the device had used its number for another answer"),
    Reason.SERIAL_USED: Words("an answer had come with the same slip or invitation before"),
    Reason.SERIAL_CANCELLED: Words("the slip or invitation had been cancelled"),
    Reason.SERIAL_UNKNOWN: Words("the slip or invitation had never been issued"),
    Reason.CODE_STALE: Words("the code had left the screen before its page was opened"),
    Reason.CODE_CROWDED: Words("two answers had come with the same code of the screen before"),
}

NOT_FOR_CONSEQUENCES = Words("These figures alone should be no ground for a transfer, a reward or a punishment.")
METHOD = (
    Words("Results are published only in blocks of at least 10 answers, a week after the block's last week ends."),
    Words("A figure in 100 needs at least 30 people who answered that question; a comparison needs 50 each."),
    Words("Figures are for those who answered the question; those who left it out are not counted in it."),
    Words("Numbers of answers are rounded to 5. Below 200 answers figures are rounded to 5 in 100, below 500 to 2."),
    Words("“Between” covers chance only (95 in 100, Wilson). It does not cover who chose to answer."),
    Words("Where fewer than 10 people gave or did not give an answer, only a limit is shown."),
    Words("Answers that prove more and answers that prove less are shown side by side and never added up."),
    Words("Doubtful answers are set aside and never deleted; how many there are is shown."),
)

PERIOD_LATEST = Words("The latest results")
PERIOD_ALL = Words("All results")
PERIOD_CHOSEN = Words("Results of the chosen time")


def reason_label(code: str) -> Label:
    """A reason in words; a code that this version does not know is shown as it is."""
    known = {reason.value: words for reason, words in REASONS.items()}
    return Label(words=known[code]) if code in known else Label(texts={"en": code})
