"""Numbers to call: how they are written, which a department begins with, and when they may be printed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.phone import read_phone
from app.domain.problem import Problem, ProblemType

HELPLINE_INVALID = ProblemType(
    "department.helpline_invalid", 422, "Line %(line)d: write Hindi name | English name | number."
)
HELPLINES_NOT_ALL = ProblemType(
    "department.helplines_not_all", 422, "Tick every number. If one is wrong, correct it in the list above and save."
)


@dataclass(frozen=True, slots=True)
class HelplineLine:
    """A number to call, as it is stored."""

    label_hi: str
    label_en: str
    number: str


#: of all India: a department begins with them, and confirms each before anything is printed
COUNTRY_HELPLINES = (
    HelplineLine("आपातकालीन मदद", "Emergency", "112"),
    HelplineLine("महिला हेल्पलाइन", "Women's helpline", "181"),
    HelplineLine("बच्चों की हेल्पलाइन", "Child helpline", "1098"),
    HelplineLine("साइबर ठगी", "Cyber fraud", "1930"),
    HelplineLine("मुफ़्त क़ानूनी मदद", "Free legal help", "15100"),
)


def parse_helplines(text: str) -> tuple[HelplineLine, ...]:
    """One helpline a line, `Hindi name | English name | number`; empty lines are left out."""
    return tuple(_parse_helpline(line, at) for at, line in enumerate(text.splitlines(), start=1) if line.strip())


def _parse_helpline(line: str, at: int) -> HelplineLine:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 3 or not parts[0] or not parts[1] or max(map(len, parts)) > 60:
        raise Problem(HELPLINE_INVALID, line=at)
    number = read_phone(parts[2])
    if number is None:
        raise Problem(HELPLINE_INVALID, line=at)
    return HelplineLine(parts[0], parts[1], number)


def require_all_ticked(lines: Sequence[HelplineLine], ticked: Collection[str]) -> None:
    """Problem `department.helplines_not_all` unless every number was, so that each was looked at."""
    if not lines or {line.number for line in lines} != set(ticked):
        raise Problem(HELPLINES_NOT_ALL)
