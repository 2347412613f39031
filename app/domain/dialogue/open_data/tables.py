"""The tables of open data: what their columns are called, what stands in them, and how they belong together.

Columns are added at the end and never renamed: whoever reads them has written a program for it.
"""

from app.domain.dialogue.change import ChangeKind
from app.domain.dialogue.commitment import PUBLISHED
from app.domain.dialogue.open_data.columns import (
    ANSWER,
    BASE,
    CHOSEN,
    DIGEST,
    EDITION,
    EVIDENCE,
    FIRST,
    LAST,
    PLACE,
    QUESTION,
    ROW,
    SECTION,
    SHARE,
    SURVEY,
    TO_EDITION,
    TO_PLACE,
    VERSION,
    Column,
    Reference,
    Table,
    in_each,
    number,
    options_of,
)
from app.domain.figures.disclosure import OTHER
from app.domain.places.place import PlaceGroup, PlaceKind
from app.domain.responses.reason import Reason
from app.domain.sentence import Sentence
from app.domain.surveys.rounds.round import RoundState
from app.domain.surveys.survey import QuestionType, SurveyKind

PLACES = Table(
    "places",
    Sentence("Every place whose results are public, in the order of its address."),
    (
        PLACE,
        Column("code", Sentence("The department's own code of the place")),
        Column("kind", Sentence("What kind of place it is"), options=options_of(PlaceKind)),
        Column("group", Sentence("Where people live whom it serves"), options=options_of(PlaceGroup), required=False),
        Column("parent", Sentence("The place to which it belongs today; empty for the topmost"), required=False),
        Column("retired_on", Sentence("The day on which it was closed"), "date", required=False),
        *in_each("name", Sentence("Its name in this language")),
    ),
    ("place",),
    (Reference(("parent",), "", ("place",)),),
)
QUESTIONS = Table(
    "questions",
    Sentence("Every question of the questionnaires that have results, in the order in which it is asked."),
    (
        *(SURVEY, VERSION, QUESTION, ROW),
        Column(
            "type",
            Sentence("What kind of question it is"),
            options=tuple(one.value for one in QuestionType if one.takes_answer),
        ),
        *in_each("text", Sentence("Its words in this language")),
    ),
    ("survey", "version", "question", "row"),
)
ANSWERS = Table(
    "answers",
    Sentence("What each answer to them is called."),
    (*(SURVEY, VERSION, QUESTION, ANSWER), *in_each("text", Sentence("Its words in this language"))),
    ("survey", "version", "question", "answer"),
)
EDITIONS = Table(
    "editions",
    Sentence("Every edition that was ever shown of them, those that were corrected among them."),
    (
        PLACE,
        EDITION,
        Column("number", Sentence("1 for the first of its day; each correction has the next one"), "integer"),
        Column(
            "digest",
            Sentence("The fingerprint: SHA-256 of /r/place/edition/number.json; the same stands on page and paper"),
        ),
        Column("previous", Sentence("The fingerprint of the edition of this place before it"), required=False),
        Column("replaced_by", Sentence("The fingerprint of the correction that holds instead"), required=False),
        Column(
            "cause",
            Sentence("Of a correction: error is a mistake, method another way to count"),
            options=("error", "method"),
            required=False,
        ),
        *in_each("reason", Sentence("Of a correction: what was wrong, in this language")),
    ),
    ("digest",),
    (TO_PLACE, Reference(("replaced_by",), "", ("digest",))),
)


FIGURES = Table(
    "figures",
    Sentence(
        "One answer to one question a line, of every edition that holds. What was corrected stays in a file of its own."
    ),
    (
        *(PLACE, EDITION, SURVEY, VERSION, EVIDENCE, FIRST, LAST, QUESTION, ROW, ANSWER),
        *(*SHARE, *BASE, CHOSEN, DIGEST),
    ),
    (*SECTION, "question", "row", "answer"),
    (
        TO_PLACE,
        TO_EDITION,
        Reference(("survey", "version", "question", "row"), "questions", ("survey", "version", "question", "row")),
        Reference(("survey", "version", "question", "answer"), "answers", ("survey", "version", "question", "answer")),
        Reference(SECTION, "sections", SECTION),
    ),
    by_year=True,
)
SECTIONS = Table(
    "sections",
    Sentence("Once for each way in which people came to answer: how many answers, and how firm the main figure is."),
    (
        *(PLACE, EDITION, SURVEY, VERSION, EVIDENCE, FIRST, LAST),
        number("responses", Sentence("About how many answers; empty for fewer than ten")),
        number("set_aside", Sentence("About how many were set aside and not counted; empty for fewer than ten")),
        number("decided", Sentence("About how many of all of them a person decided; empty for fewer than ten")),
        number("middle", Sentence("Of the main figure: its middle over time, in 100")),
        number("middle_of", Sentence("Of so many points over time")),
        number("turning", Sentence("So many other answers would turn it to the other side of one half")),
        Column(
            "turning_kind",
            Sentence("about: near to so many. at_least: so many or more"),
            options=("about", "at_least"),
            required=False,
        ),
        Column(
            "headline",
            Sentence("Whether the main figure may be called the place's own, with its reservations"),
            "boolean",
        ),
        Column("against", Sentence("Why it is not certified, by codes with blanks between"), required=False),
        number("of_answers", Sentence("Of a headline: how many answers it is made of")),
        number("false_answers", Sentence("How many of these may be false, as far as can be known")),
        number("false_low", Sentence("The least in 100 that this would leave")),
        number("false_high", Sentence("The most in 100 that this would leave")),
        number("all_share", Sentence("In 100 of all who were drawn, those who kept silent too")),
        number("all_low", Sentence("Not fewer than so many in 100 of all who were drawn")),
        number("all_high", Sentence("Not more than so many in 100 of all who were drawn")),
        *(CHOSEN, DIGEST),
    ),
    SECTION,
    (TO_PLACE, TO_EDITION),
    by_year=True,
)
REASONS = Table(
    "reasons",
    Sentence("Why answers were set aside, each counted under its first reason."),
    (
        *(PLACE, EDITION, SURVEY, EVIDENCE),
        Column("reason", Sentence("The reason, by its code"), options=(*(one.value for one in Reason), OTHER)),
        number("number", Sentence("About how many; empty for fewer than ten")),
        DIGEST,
    ),
    (*SECTION, "reason"),
    (TO_EDITION, Reference(SECTION, "sections", SECTION)),
    by_year=True,
)
TRENDS = Table(
    "trends",
    Sentence(
        "Good answers over time: a point a line, in the first edition of the year that tells it, and once more in one "
        "that tells it otherwise."
    ),
    (
        *(PLACE, EDITION, SURVEY, VERSION, EVIDENCE, QUESTION, FIRST, LAST),
        *(*SHARE, *BASE),
        number("change", Sentence("Of the newest point: how many in 100 more than at the point before it")),
        number("change_low", Sentence("The least that this change can be")),
        number("change_high", Sentence("The most that this change can be")),
        *(CHOSEN, DIGEST),
    ),
    (*SECTION, "question", "first_week", "last_week"),
    (TO_PLACE, TO_EDITION),
    by_year=True,
)
BY_YEAR = (FIGURES, SECTIONS, REASONS, TRENDS)
PROMISES = Table(
    "promises",
    Sentence("What places have promised about their results, in public, and what became of it."),
    (
        PLACE,
        Column("number", Sentence("The number of the promise at this place: /r/place/promises/number"), "integer"),
        Column("state", Sentence("How it stands"), options=tuple(state.value for state in PUBLISHED)),
        Column("opened_on", Sentence("Since when everybody can read it"), "date"),
        Column("due_on", Sentence("The day that was promised first"), "date"),
        Column("moved_to", Sentence("The day that holds now, if it was moved"), "date", required=False),
        Column("ended_on", Sentence("The day on which its end was told"), "date", required=False),
        *in_each("will", Sentence("What will be done, in this language")),
        *in_each("office", Sentence("Which office does it, in this language")),
        *in_each("said", Sentence("What was said at its end, in this language")),
        *(SURVEY, VERSION, EVIDENCE, QUESTION, ROW, ANSWER),
        *(*SHARE, *BASE),
        Column("digest", Sentence("The fingerprint of the edition that it quotes")),
    ),
    ("place", "number"),
    (TO_PLACE, TO_EDITION),
)
ROUNDS = Table(
    "rounds",
    Sentence("Polls and quizzes with dates, from their announcement on."),
    (
        Column("round", Sentence("Its number: /r/rounds/round"), "integer"),
        Column("place", Sentence("The place that was asked: /r/place")),
        Column("kind", Sentence("What kind it is"), options=(SurveyKind.POLL.value, SurveyKind.QUIZ.value)),
        *(SURVEY, VERSION),
        Column(
            "state", Sentence("How it stands"), options=tuple(state.value for state in RoundState if state.is_public)
        ),
        Column("announced_on", Sentence("The day on which it was announced"), "date"),
        Column("first_day", Sentence("The first day of answering"), "date"),
        Column("last_day", Sentence("The last day of answering"), "date"),
        Column("results_on", Sentence("The Monday of its results"), "date"),
        *in_each("title", Sentence("What it is called, in this language")),
        *in_each("reason", Sentence("If it was cancelled, why, in this language")),
        Column("digest", Sentence("The fingerprint: SHA-256 of /r/rounds/round.json")),
    ),
    ("round",),
)
ROUND_FIGURES = Table(
    "round-figures",
    Sentence("What came of each of them: one answer to one question a line. Of fewer than ten answers there is none."),
    (
        Column("round", Sentence("The number of the poll or quiz"), "integer"),
        *(SURVEY, VERSION, EVIDENCE, FIRST, LAST, QUESTION, ROW, ANSWER),
        *(*SHARE, *BASE, CHOSEN),
        Column("digest", Sentence("The fingerprint: SHA-256 of /r/rounds/round.json")),
    ),
    ("round", "evidence", "question", "row", "answer"),
    (
        Reference(("round",), "rounds", ("round",)),
        Reference(("survey", "version", "question", "row"), "questions", ("survey", "version", "question", "row")),
        Reference(("survey", "version", "question", "answer"), "answers", ("survey", "version", "question", "answer")),
    ),
)
CHANGES = Table(
    "changes",
    Sentence("What was changed after it was published, or kept back: corrections, removals, quiet periods and more."),
    (
        Column("line", Sentence("Its place in this table, the oldest first"), "integer"),
        Column("changed_on", Sentence("The day on which it was done"), "date"),
        Column("kind", Sentence("What was done"), options=tuple(kind.value for kind in ChangeKind)),
        *in_each("about", Sentence("Which place, post, poll, quiz or order, in this language")),
        Column("path", Sentence("Where it is read"), required=False),
        Column(
            "due_on",
            Sentence("Of results the Monday that it is about; of a promise its new day"),
            "date",
            required=False,
        ),
        *in_each("why", Sentence("Why, in this language")),
    ),
    ("line",),
)
#: all of them, in the order in which they are listed
TABLES = (PLACES, QUESTIONS, ANSWERS, EDITIONS, PROMISES, ROUNDS, ROUND_FIGURES, CHANGES, *BY_YEAR)
