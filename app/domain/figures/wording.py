"""The sentences that figures are said in: English msgids. What may be said is decided in `disclosure`."""

from app.domain.codes.channel import Evidence
from app.domain.figures.report import Label, Share
from app.domain.responses.reason import Reason
from app.domain.sentence import Sentence
from app.domain.surveys.survey import Texts

ABOUT_ALONE = "about %(percent)s in 100"
ABOUT = "about %(percent)s in 100, between %(low)s and %(high)s"
ABOUT_AT_LEAST = "about %(percent)s in 100, uncertain at least between %(low)s and %(high)s"
BELOW = "fewer than %(bound)s in 100"
ABOVE = "more than %(bound)s in 100"
BETWEEN = "between %(low)s and %(high)s in 100"
WITHHELD = Sentence("too few to show by itself")

#: a share as a sentence about people, where the questionnaire has the words that end it
OF_PEOPLE = {
    ABOUT_ALONE: "about %(percent)s of 100 people %(said)s",
    ABOUT: "about %(percent)s of 100 people %(said)s (between %(low)s and %(high)s)",
    ABOUT_AT_LEAST: "about %(percent)s of 100 people %(said)s (uncertain at least between %(low)s and %(high)s)",
    BELOW: "fewer than %(bound)s of 100 people %(said)s",
    ABOVE: "more than %(bound)s of 100 people %(said)s",
}

ABOUT_ANSWERS = "about %(number)s answers"
FEWER_ANSWERS = Sentence("fewer than 10 answers")
ABOUT_PEOPLE = "about %(number)s people answered this"
AT_LEAST_PEOPLE = "at least %(number)s people answered this"
FEWER_PEOPLE = Sentence("fewer than 10 people answered this")
ABOUT_SET_ASIDE = "about %(number)s answers were set aside"
ABOUT_DECIDED = "a person, not the machine, decided about %(number)s answers, to set them aside or to count them"
FEWER_SET_ASIDE = Sentence("fewer than 10 answers were set aside")

STATIONS = (
    "Police stations: %(all)s. With results of their own for this time: %(told)s; from the others there are too few "
    "answers, or none."
)
ALL_STATIONS = "Police stations: %(all)s. All of them have results of their own for this time."

NO_SHARES_YET = Sentence("Fewer than 30 people answered this, so no figure can be given yet.")
ONLY_COUNTED = Sentence("Only how many people answered is counted here, not what they wrote.")
NO_RESULTS_YET = Sentence("There are fewer than 10 answers so far, so there is nothing that can be shown safely.")
ROUND_TOO_FEW = Sentence("Fewer than ten people answered. That is the result.")
NO_RELEASE_IN_PERIOD = Sentence("No results were published for this period.")

HIGHER = "higher than before by about %(points)s in 100 (between %(low)s and %(high)s)"
LOWER = "lower than before by about %(points)s in 100 (between %(low)s and %(high)s)"
NO_CLEAR_CHANGE = Sentence("no clear change from before")

MORE = "higher by about %(points)s in 100 (between %(low)s and %(high)s)"
LESS = "lower by about %(points)s in 100 (between %(low)s and %(high)s)"
NO_CLEAR_DIFFERENCE = Sentence("no clear difference")

DRIVER = "by about %(points)s in 100 (%(low)s to %(high)s)"

MIDDLE_POINT = (
    "Of %(points)s points over time the middle one is about %(percent)s in 100. A crowd of answers in a few weeks "
    "hardly moves it."
)
TURNING_AT_LEAST = "At least %(number)s answers more or fewer would turn it to the other side of 50 in 100."
TURNING = "About %(number)s answers more or fewer would turn it to the other side of 50 in 100."

#: what good answers are called, where the questionnaire has the words that end it
PEOPLE = "people %(said)s"
GOOD = Label(words=Sentence("good (the two best answers)"))
MIDDLE = Label(words=Sentence("in between"))
POOR = Label(words=Sentence("poor (the two worst answers)"))
RANGE_BELOW_ZERO = Sentence("below 0")
RANGE = "from %(low)s to less than %(high)s"
RANGE_FROM = "%(low)s or more"
OTHER_REASONS = Label(words=Sentence("other reasons"))

HEADINGS = {
    Evidence.INVITED: Sentence("People who were invited"),
    Evidence.SAMPLED: Sentence("People an interviewer asked"),
    Evidence.HANDED: Sentence("People who were handed a slip"),
    Evidence.PRESENT: Sentence("People who were at the counter"),
    Evidence.OPEN: Sentence("People who answered by themselves"),
    Evidence.KIOSK: Sentence("People who used a tablet"),
}
SAID_BY_CHOSEN = Sentence(
    "Whom to ask was set above the station, not by it. This figure is of those among them who answered."
)
SAID_BY_DRAWN = Sentence("Who was asked was drawn by lot, in public. This figure is of those among them who answered.")
SAID_BY_CHOOSERS = Sentence("This is what those who chose to answer said. Nobody knows what the others think.")

REASONS = {
    Reason.STAMP_MISSING: Sentence("the page it came from is not known"),
    Reason.STAMP_FOREIGN: Sentence("the page belonged to another code"),
    Reason.STAMP_FUTURE: Sentence("the page's time was in the future"),
    Reason.LATE: Sentence("it came more than 30 days late, or 90 from a device of the department"),
    Reason.EXPIRED: Sentence("the code had expired"),
    Reason.RETIRED: Sentence("the code had been taken down"),
    Reason.COMPROMISED: Sentence("the code was no longer trusted"),
    Reason.KEY_CUT_OFF: Sentence("the key that signed the code was no longer trusted"),
    Reason.SURVEY_CLOSED: Sentence("the questions had been closed"),
    Reason.BEFORE_OPENING: Sentence("the questions were not open yet"),
    Reason.AFTER_RESULTS: Sentence("arrived when the results were already made"),
    Reason.RULES_BROKEN: Sentence("an answer did not fit its question"),
    Reason.EMPTY: Sentence("nothing was answered"),
    Reason.REPEATED: Sentence("the same answers were sent twice"),
    Reason.DEVICE_UNKNOWN: Sentence("the device it came from is not known"),
    Reason.DEVICE_REVOKED: Sentence("the device it came from was no longer trusted"),
    Reason.DEVICE_FOREIGN: Sentence("the device it came from belongs to another code"),
    Reason.SIGNATURE_INVALID: Sentence("the device's signature was missing or wrong"),
    Reason.SEQUENCE_USED: Sentence("the device had used its number for another answer"),
    Reason.SERIAL_USED: Sentence("an answer had come with the same slip or invitation before"),
    Reason.SERIAL_CANCELLED: Sentence("the slip or invitation had been cancelled"),
    Reason.SERIAL_UNKNOWN: Sentence("the slip or invitation had never been issued"),
    Reason.DECOY: Sentence("the invitation had been made for nobody, to find out who answers for others"),
    Reason.CODE_STALE: Sentence("the code had left the screen before its page was opened"),
    Reason.CODE_CROWDED: Sentence("two answers had come with the same code of the screen before"),
    Reason.COPIED: Sentence("there were more answers like it at the place than people give who do not know each other"),
}

NOT_FOR_CONSEQUENCES = Sentence("These figures alone should be no ground for a transfer, a reward or a punishment.")
METHOD = (
    Sentence("Results are published only in blocks of at least 10 answers, a week after the block's last week ends."),
    Sentence("A figure in 100 needs at least 30 people who answered that question; a comparison needs 50 each."),
    Sentence("Figures are for those who answered the question; those who left it out are not counted in it."),
    Sentence("Numbers of answers are rounded to 5. Below 200 answers figures are rounded to 5 in 100, below 500 to 2."),
    Sentence("“Between” covers chance only (95 in 100, Wilson). It does not cover who chose to answer."),
    Sentence("Where fewer than 10 people gave or did not give an answer, only a limit is shown."),
    Sentence("Answers that prove more and answers that prove less are shown side by side and never added up."),
    Sentence("Doubtful answers are set aside and never deleted; how many there are is shown."),
)

PERIOD_LATEST = Sentence("The latest results")
PERIOD_ALL = Sentence("All results of quarters that are over")
PERIOD_CHOSEN = Sentence("Results of the chosen time")


def of_people(share: Share | None, said: Texts | None, language: str) -> Sentence | None:
    """The share of good answers with the questionnaire's own words; None where it has none in this language."""
    words = said.get(language) if said else None
    message = OF_PEOPLE.get(share.words.message) if share else None
    if not words or not message or share is None:
        return None
    return Sentence(message, {**share.words.details, "said": words})


def good_answers(said: Texts | None) -> Label:
    """What the good answers to a scale are called: with the questionnaire's own words in each language that has any."""
    if not said:
        return GOOD
    people = {language: Sentence(PEOPLE, {"said": words}) for language, words in said.items() if words}
    return Label(words=GOOD.words, said=people)


def reason_label(code: str) -> Label:
    """A reason in words; a code that this version does not know is shown as it is."""
    known = {reason.value: words for reason, words in REASONS.items()}
    return Label(words=known[code]) if code in known else Label(texts={"en": code})
