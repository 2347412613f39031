"""The type cell of an XLSForm row."""

import re
from dataclasses import dataclass
from enum import Enum

from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from app.domain.problem import ProblemType
from app.domain.surveys.survey import QuestionType
from app.formats.xlsform import problems as fp


class Structure(Enum):
    BEGIN_GROUP = "begin_group"
    END_GROUP = "end_group"


@dataclass(frozen=True, slots=True)
class RowType:
    """What a row is: a question's type, with its list if it is a select, or the begin or end of a group."""

    meaning: QuestionType | Structure
    list_name: str = ""


@dataclass(frozen=True, slots=True)
class UnsupportedType:
    problem: ProblemType
    details: dict[str, str]


_SELECTS = sorted(
    (name for name, kind in aliases.select.items() if kind in ("select one", "select all that apply")),
    key=len,
    reverse=True,
)
_PLAIN = {
    "text": QuestionType.TEXT,
    "string": QuestionType.TEXT,
    "q string": QuestionType.TEXT,
    "add text prompt": QuestionType.TEXT,
    "integer": QuestionType.INTEGER,
    "int": QuestionType.INTEGER,
    "q int": QuestionType.INTEGER,
    "add integer prompt": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "q decimal": QuestionType.DECIMAL,
    "add decimal prompt": QuestionType.DECIMAL,
    "date": QuestionType.DATE,
    "q date": QuestionType.DATE,
    "add date prompt": QuestionType.DATE,
    "note": QuestionType.NOTE,
    "q note": QuestionType.NOTE,
    "add note prompt": QuestionType.NOTE,
    "acknowledge": QuestionType.ACKNOWLEDGE,
    "q acknowledge": QuestionType.ACKNOWLEDGE,
    "trigger": QuestionType.ACKNOWLEDGE,
    "add acknowledge prompt": QuestionType.ACKNOWLEDGE,
}
_CONTROL = re.compile(r"(begin|end)[ _](group|lgroup|repeat|looped group|loop)(?: over .+)?")
_SPECIFY_OTHER = re.compile(r" (or specify other|or_other|or other)$")
_IDENTIFYING = frozenset(
    ("start", "end", "today", "deviceid", "device id", "phonenumber", "phone number", "username", "email",
     "subscriberid", "subscriber id", "simserial", "imei", "sim id", "audit", "start-geopoint", "background-audio",
     "get start time", "get end time", "get today", "get phone number", "get device id", "get subscriber id",
     "get sim id", "start time", "end time", "background-geopoint", "location", "gps", "geopoint", "geotrace",
     "geoshape", "q geopoint", "q location", "q geotrace", "q geoshape", "add location prompt")
)  # fmt: skip
_OTHERS = frozenset(
    ("calculate", "hidden", "range", "rank", "include", "image", "audio", "video", "file", "barcode", "time",
     "datetime", "osm", "xml-external", "csv-external", "entity", "select one external", "cascading_select")
)  # fmt: skip
_KNOWN_ELSEWHERE = _OTHERS | {name.lower() for name in QUESTION_TYPE_DICT}


def row_type(cell: str) -> RowType | UnsupportedType:
    """What a type cell means, or why it is refused. Spaces and capitals do not matter but in list names."""
    text = " ".join(cell.split())
    lower = text.lower()
    if match := _CONTROL.fullmatch(lower):
        if match[2] != "group":
            return UnsupportedType(fp.UNSUPPORTED_TYPE, {"type": text})
        return RowType(Structure.BEGIN_GROUP if match[1] == "begin" else Structure.END_GROUP)
    if lower in _PLAIN:
        return RowType(_PLAIN[lower])
    for name in _SELECTS:
        if lower.startswith(name + " "):
            return _select(text, name)
    if lower in _IDENTIFYING:
        return UnsupportedType(fp.IDENTIFYING_TYPE, {"type": text})
    first = lower.split(" ")[0]
    if lower in _KNOWN_ELSEWHERE or first in _OTHERS or first.startswith("select"):
        return UnsupportedType(fp.UNSUPPORTED_TYPE, {"type": text})
    return UnsupportedType(fp.UNKNOWN_TYPE, {"type": text})


def _select(text: str, command: str) -> RowType | UnsupportedType:
    list_name = text[len(command) + 1 :]
    if _SPECIFY_OTHER.search(list_name):
        return UnsupportedType(fp.OR_OTHER, {})
    if "from_file" in command or "from file" in command or "${" in list_name:
        return UnsupportedType(fp.UNSUPPORTED_TYPE, {"type": text})
    one = aliases.select[command] == "select one"
    return RowType(QuestionType.SELECT_ONE if one else QuestionType.SELECT_MULTIPLE, list_name)
