"""Everything that can be wrong with a questionnaire's file, each with the sheet, the row and the column."""

from app.domain.problem import Problem, ProblemType


def _type(code: str, message: str) -> ProblemType:
    return ProblemType(f"form.{code}", 422, message)


EMPTY_FILE = _type("empty_file", "The file is empty.")
FILE_TOO_LARGE = _type("file_too_large", "The file is larger than %(most)s MB.")
UNPACKS_TOO_LARGE = _type("unpacks_too_large", "The file unpacks to more than %(most)s MB.")
TOO_MANY_ROWS = _type("too_many_rows", "The sheet has more than %(most)s rows.")
UNREADABLE = _type("unreadable", "The file cannot be read as .xlsx, .xls, .csv or .md: %(reason)s")
NOT_UTF8 = _type("not_utf8", "The text is not in UTF-8: save the file as “CSV UTF-8”.")
NO_SURVEY_SHEET = _type("no_survey_sheet", "There is no sheet named “survey”.")
DUPLICATE_SHEET = _type("duplicate_sheet", "The sheet is there twice.")
ROWS_BEYOND = _type("rows_beyond", "There are rows below a gap of more than 60 blank rows: close the gap.")
COLUMNS_BEYOND = _type("columns_beyond", "There are columns beyond a gap of more than 20 blank columns: close the gap.")
ROW_TOO_LONG = _type("row_too_long", "The row has more cells than the header.")

MISSING_COLUMN = _type("missing_column", "The column “%(name)s” is missing.")
DUPLICATE_COLUMN = _type("duplicate_column", "Two columns mean “%(name)s”.")
UNSUPPORTED_COLUMN = _type("unsupported_column", "The column “%(name)s” is not supported.")
UNKNOWN_COLUMN = _type(
    "unknown_column", "The column “%(name)s” is not known; begin its name with _ to keep it as a remark."
)
UNKNOWN_LANGUAGE = _type(
    "unknown_language", "The language “%(name)s” needs its code in brackets, as in label::हिन्दी (hi)."
)
UNSUPPORTED_SETTING = _type("unsupported_setting", "The setting “%(name)s” is not supported.")
UNKNOWN_KIND = _type("unknown_kind", "samvad_kind is survey, poll or quiz, not “%(value)s”.")
BAD_SLUG = _type("bad_slug", "form_id may hold letters a to z, digits, - and _, and begins with a letter.")

NO_TYPE = _type("no_type", "The row has no type.")
UNKNOWN_TYPE = _type("unknown_type", "The type “%(type)s” is not known.")
UNSUPPORTED_TYPE = _type("unsupported_type", "The type “%(type)s” is not supported.")
IDENTIFYING_TYPE = _type(
    "identifying_type",
    "The type “%(type)s” records who answered, when or on which phone; answers here are anonymous.",
)
OR_OTHER = _type("or_other", "“or_other” is not supported: write the choice and its text question out.")
UNSUPPORTED_APPEARANCE = _type("unsupported_appearance", "The appearance “%(name)s” is not supported.")
NO_NAME = _type("no_name", "The row has no name.")
BAD_NAME = _type(
    "bad_name", "The name “%(name)s” is not allowed: letters a to z, digits, - and _, beginning with a letter."
)
DUPLICATE_NAME = _type("duplicate_name", "The name “%(name)s” is used twice; first in row %(first)s.")
NO_LABEL = _type("no_label", "“%(name)s” has no label.")
TEXT_TOO_LONG = _type("text_too_long", "The text is longer than %(most)s letters.")
PIPED_TEXT = _type("piped_text", "Answers cannot be put into the text of another question: ${…} is not supported.")
NOT_YES_OR_NO = _type("not_yes_or_no", "Write yes or no, not “%(value)s”.")
BAD_AUDIO = _type("bad_audio", "“%(name)s” is not the plain name of an .mp3, .m4a, .ogg, .opus or .wav file.")

NESTED_GROUP = _type("nested_group", "Groups are pages, so a group inside a group is not supported.")
UNOPENED_GROUP = _type("unopened_group", "The group that ends here was never begun.")
UNCLOSED_GROUP = _type("unclosed_group", "The group “%(name)s” is never ended.")
EMPTY_GROUP = _type("empty_group", "The group “%(name)s” holds no question.")
NO_QUESTIONS = _type("no_questions", "The form asks no question.")
TOO_MANY_QUESTIONS = _type("too_many_questions", "The form has more than %(most)s questions.")
GRID_ROW_TYPE = _type("grid_row_type", "A table-list may hold select_one questions of one five-point list only.")
GRID_ROW_RULE = _type("grid_row_rule", "A row of a table-list cannot have a rule of its own: put it on the group.")
COLUMN_NOT_HERE = _type("column_not_here", "“%(name)s” has no meaning for the type %(type)s.")

UNKNOWN_LIST = _type("unknown_list", "The list “%(name)s” is not in the sheet “choices”.")
NO_LIST_NAME = _type("no_list_name", "The choice belongs to no list.")
DUPLICATE_CHOICE = _type("duplicate_choice", "The choice “%(name)s” is in the list twice; first in row %(first)s.")
SCALE_LIST = _type("scale_list", "A scale needs a list of five choices named 1, 2, 3, 4 and 5; 5 is the best.")
GOOD_OF_SCALE = _type("good_of_scale", "Of a scale 4 and 5 are the good answers: mark no other.")
SAID_WITHOUT_GOOD = _type(
    "said_without_good", "“%(name)s” has no good answers to say this of: mark them in the sheet “choices”."
)
SAID_TOO_LONG = _type("said_too_long", "The words of the good answers are longer than %(most)s letters.")

UNKNOWN_QUESTION = _type("unknown_question", "The expression names “%(name)s”, which is no question.")
NAMED_GRID = _type("named_grid", "The expression names the table “%(name)s”: name one of its rows.")
NAMED_NOTE = _type("named_note", "The expression names “%(name)s”, which is a note and has no answer.")
UNKNOWN_CHOICE = _type(
    "unknown_choice",
    "The expression compares “%(name)s” with “%(choice)s”, which is not among its choices.",
)
DOT_OUTSIDE = _type("dot_outside", "A dot means the answer itself, so it belongs in a constraint only.")

KEY_OUTSIDE_QUIZ = _type("key_outside_quiz", "Only a quiz has a key: write quiz as samvad_kind.")
BAD_KEY = _type("bad_key", "The key “%(value)s” is no answer to this question.")
WHY_WITHOUT_KEY = _type("why_without_key", "Only a question with a key says why that is right.")
QUIZ_WITHOUT_KEY = _type("quiz_without_key", "A quiz needs a key for at least one question.")

# Warnings: the form is accepted.
SAID_WITHOUT_LANGUAGE = _type("said_without_language", "The words of the good answers are missing in %(language)s.")
IGNORED_COLUMN = _type("ignored_column", "The column “%(name)s” is not used.")
LATER_REQUIRED = _type(
    "later_required", "Questions after the first page can always be left, so “required” is not used here."
)
UNUSED_LIST = _type("unused_list", "The list “%(name)s” is used by no question.")
TRUNCATED_SETTINGS = _type("extra_settings", "Only the first row of the settings is used.")


def at(sheet: str, row: int | None, column: str | None, type_: ProblemType, **details: object) -> Problem:
    """A problem with its place in the file. What does not apply is None, or empty for the sheet."""
    return Problem(type_, sheet=sheet, row=row, column=column, parts=(), **details)


def moved(problem: Problem, sheet: str, row: int | None, column: str | None) -> Problem:
    """A problem of the domain, with the place in the file where it lies."""
    return at(sheet, row, column, problem.type, **problem.details)
