"""The patterns of regex(): only those that any engine matches in linear time, written in one portable way.

A backtracking engine is linear when the next character alone always decides where a pattern goes on: its
position automaton (Glushkov) is deterministic. So that is what is asked here, beside the absence of
everything that two engines read differently. A pattern holds for the whole text, as in ODK.
"""

from dataclasses import dataclass
from itertools import pairwise

from app.domain.problem import Problem, ProblemType
from app.domain.surveys.patterns.sets import CONTROLS, SHORTHANDS, Ranges, complement, is_single, merged, spelled_set

MAX_PATTERN = 500
MAX_POSITIONS = 2_500

UNREADABLE = ProblemType("pattern.unreadable", 422, "The pattern cannot be read at position %(position)s.")
UNSUPPORTED = ProblemType("pattern.unsupported", 422, "The pattern uses “%(part)s”, which is not supported.")
NESTED = ProblemType(
    "pattern.nested_repeat", 422, "The pattern repeats a part that itself repeats or may be empty; this can be slow."
)
AMBIGUOUS = ProblemType(
    "pattern.ambiguous",
    422,
    "The pattern can match one text in two ways, which can be slow: write it so that the next character "
    "always decides, as in [^@]+@[^@]+.",
)
TOO_LARGE = ProblemType("pattern.too_large", 422, "The pattern is too long.")

_ESCAPABLE = frozenset(r"\^$.|?*+()[]{}/-@#&'\"!%,:;<=>_`~ ")


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the automaton: the positions it may begin and end with, and its portable spelling."""

    text: str
    nullable: bool
    first: frozenset[int]
    last: frozenset[int]
    repeats: bool = False
    atom: bool = False


def portable_pattern(pattern: str) -> str:
    """The pattern with every shorthand written out, alike for Python and for JavaScript's `u` mode.

    Without anchors, since it always holds for the whole text. Problems: see above.
    """
    if len(pattern) > MAX_PATTERN:
        raise Problem(TOO_LARGE)
    return _Reader(pattern).whole()


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._sets: list[Ranges] = []
        self._follow: list[set[int]] = []

    def whole(self) -> str:
        self._at = int(self._text.startswith("^"))
        part = self._alternatives(0)
        if self._peek() == "$" and self._at == len(self._text) - 1:
            self._at += 1
        if self._at < len(self._text):
            raise self._unreadable()
        self._refuse_ambiguity([part.first, *map(frozenset, self._follow)])
        return part.text

    def _alternatives(self, depth: int) -> _Part:
        if depth > 20:
            raise Problem(TOO_LARGE)
        parts = [self._sequence(depth)]
        while self._peek() == "|":
            self._at += 1
            parts.append(self._sequence(depth))
        if len(parts) == 1:
            return parts[0]
        if sum(part.nullable for part in parts) > 1:
            raise Problem(AMBIGUOUS)
        return _Part(
            "(?:" + "|".join(part.text for part in parts) + ")",
            any(part.nullable for part in parts),
            frozenset().union(*(part.first for part in parts)),
            frozenset().union(*(part.last for part in parts)),
            any(part.repeats for part in parts),
            atom=True,
        )

    def _sequence(self, depth: int) -> _Part:
        whole = _Part("", True, frozenset(), frozenset())
        while self._peek() not in ("", "|", ")"):
            if self._peek() == "$" and self._at == len(self._text) - 1 and depth == 0:
                break
            whole = self._joined(whole, self._repeated(depth))
        return whole

    def _joined(self, left: _Part, right: _Part) -> _Part:
        for position in left.last:
            self._follow[position] |= right.first
        return _Part(
            left.text + right.text,
            left.nullable and right.nullable,
            left.first | right.first if left.nullable else left.first,
            left.last | right.last if right.nullable else right.last,
            left.repeats or right.repeats,
        )

    def _repeated(self, depth: int) -> _Part:
        start = self._at
        part = self._atom(depth)
        end = self._at
        bounds = self._bounds()
        if bounds is None:
            return part
        least, most = bounds
        if (least, most) == (0, 1):
            if part.nullable:
                raise Problem(NESTED)
            return _Part(_grouped(part) + "?", True, part.first, part.last, part.repeats)
        if part.nullable or part.repeats:
            raise Problem(NESTED)
        return self._unrolled(part, least, most, (start, end), depth)

    def _unrolled(self, part: _Part, least: int, most: int | None, span: tuple[int, int], depth: int) -> _Part:
        """x{2,4} as x x (x (x)?)?, each copy with positions of its own, so that counting stays deterministic."""
        text = _grouped(part) + _spelled(least, most)
        copies = [part]
        resume = self._at
        for _ in range(max(least, 1 if most is None else most) - 1):
            self._at = span[0]
            copies.append(self._atom(depth))
        self._at = resume
        for left, right in pairwise(copies):
            self._joined(left, right)
        if most is None:
            self._joined(copies[-1], copies[-1])
        ends = frozenset().union(*(copy.last for copy in copies[max(least, 1) - 1 :]))
        return _Part(text, least == 0, part.first, ends, repeats=most != least)

    def _bounds(self) -> tuple[int, int | None] | None:
        mark = self._peek()
        if mark in ("*", "+", "?"):
            self._at += 1
            bounds: tuple[int, int | None] = {"*": (0, None), "+": (1, None), "?": (0, 1)}[mark]
        elif mark == "{":
            bounds = self._counted()
        else:
            return None
        if self._peek() in ("*", "+", "?", "{") and self._peek():
            raise Problem(UNSUPPORTED, part=mark + self._peek())
        return bounds

    def _counted(self) -> tuple[int, int | None]:
        end = self._text.find("}", self._at)
        least, comma, most = self._text[self._at + 1 : end].partition(",")
        if end < 0 or not _is_count(least) or not (most == "" or _is_count(most)):
            raise self._unreadable()
        self._at = end + 1
        low = int(least)
        high = low if not comma else int(most) if most else None
        if high is not None and (high < low or high == 0):
            raise Problem(UNSUPPORTED, part=self._text[end - len(least + comma + most) - 1 : end + 1])
        if max(low, high or 0) > MAX_POSITIONS:
            raise Problem(TOO_LARGE)
        return low, high

    def _atom(self, depth: int) -> _Part:
        mark = self._next()
        if mark == "(":
            return self._group(depth)
        if mark == "[":
            return self._position(self._class())
        if mark == ".":
            return self._position(complement(((10, 10),)))
        if mark == "\\":
            return self._position(self._escaped())
        if mark in "^$*+?{}])":
            self._at -= 1
            raise Problem(UNSUPPORTED, part=mark) if mark in "^$" else self._unreadable()
        return self._position(((ord(mark), ord(mark)),))

    def _group(self, depth: int) -> _Part:
        if self._peek() == "?":
            if self._text[self._at : self._at + 2] != "?:":
                raise Problem(UNSUPPORTED, part="(" + self._text[self._at : self._at + 2])
            self._at += 2
        part = self._alternatives(depth + 1)
        if self._next() != ")":
            raise self._unreadable()
        return _Part(_grouped(part), part.nullable, part.first, part.last, part.repeats, atom=True)

    def _escaped(self) -> Ranges:
        letter = self._next()
        if letter.lower() in SHORTHANDS:
            ranges = SHORTHANDS[letter.lower()]
            return ranges if letter.islower() else complement(ranges)
        if letter in CONTROLS:
            return ((CONTROLS[letter], CONTROLS[letter]),)
        if letter in _ESCAPABLE:
            return ((ord(letter), ord(letter)),)
        raise Problem(UNSUPPORTED, part="\\" + letter)

    def _class(self) -> Ranges:
        negated = self._peek() == "^"
        self._at += negated
        ranges: list[tuple[int, int]] = []
        while (mark := self._next()) != "]" or not ranges:
            ranges.extend(self._class_item(mark))
        return complement(merged(ranges)) if negated else merged(ranges)

    def _class_item(self, mark: str) -> Ranges:
        if mark == "[" or (mark == "&" and self._peek() == "&"):
            raise Problem(UNSUPPORTED, part=mark)
        low = self._escaped() if mark == "\\" else ((ord(mark), ord(mark)),)
        if self._peek() != "-" or self._text[self._at + 1 : self._at + 2] in ("]", ""):
            return low
        self._at += 1
        mark = self._next()
        high = self._escaped() if mark == "\\" else ((ord(mark), ord(mark)),)
        if not is_single(low) or not is_single(high) or high[0][0] < low[0][0]:
            raise self._unreadable()
        return ((low[0][0], high[0][0]),)

    def _position(self, ranges: Ranges) -> _Part:
        if not ranges:
            raise Problem(UNSUPPORTED, part="[]")
        if len(self._sets) >= MAX_POSITIONS:
            raise Problem(TOO_LARGE)
        self._sets.append(ranges)
        self._follow.append(set())
        here = frozenset((len(self._sets) - 1,))
        return _Part(spelled_set(ranges), False, here, here, atom=True)

    def _refuse_ambiguity(self, choices: list[frozenset[int]]) -> None:
        for positions in choices:
            spans = sorted(span for position in positions for span in self._sets[position])
            if any(left[1] >= right[0] for left, right in pairwise(spans)):
                raise Problem(AMBIGUOUS)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _next(self) -> str:
        mark = self._peek()
        if not mark:
            raise self._unreadable()
        self._at += 1
        return mark

    def _unreadable(self) -> Problem:
        return Problem(UNREADABLE, position=self._at + 1)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _grouped(part: _Part) -> str:
    return part.text if part.atom else f"(?:{part.text})"


def _spelled(least: int, most: int | None) -> str:
    if most is None:
        return {0: "*", 1: "+"}.get(least, f"{{{least},}}")
    return f"{{{least}}}" if least == most else f"{{{least},{most}}}"
