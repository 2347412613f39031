"""Sets of characters in patterns: as ranges of code points, and their one portable spelling."""

LAST = 0x10FFFF
#: a set of code points as sorted, disjoint, closed ranges
Ranges = tuple[tuple[int, int], ...]

DIGITS: Ranges = ((48, 57),)
WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
SPACE: Ranges = ((9, 13), (32, 32))
SHORTHANDS = {"d": DIGITS, "w": WORD, "s": SPACE}
CONTROLS = {"n": 10, "r": 13, "t": 9}
_SYNTAX = frozenset(r"\^$.|?*+()[]{}/")
_IN_CLASS = frozenset(r"\^-[]")


def is_single(ranges: Ranges) -> bool:
    """Whether the set holds one character."""
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]


def merged(ranges: list[tuple[int, int]]) -> Ranges:
    """The set of all these ranges, which may overlap and stand in any order."""
    done: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if done and low <= done[-1][1] + 1:
            done[-1] = (done[-1][0], max(done[-1][1], high))
        else:
            done.append((low, high))
    return tuple(done)


def complement(ranges: Ranges) -> Ranges:
    """Every other character."""
    gaps, at = [], 0
    for low, high in ranges:
        if at < low:
            gaps.append((at, low - 1))
        at = high + 1
    return (*gaps, (at, LAST)) if at <= LAST else tuple(gaps)


def spelled_set(ranges: Ranges) -> str:
    """The set as a letter or a class, alike for Python and for JavaScript's `u` mode."""
    if is_single(ranges):
        return _spelled_letter(chr(ranges[0][0]), _SYNTAX)
    gaps = complement(ranges)
    negated = bool(ranges) and ranges[-1][1] == LAST and bool(gaps)
    spans = gaps if negated else ranges
    text = "".join(_spelled_span(low, high) for low, high in spans)
    return f"[{'^' if negated else ''}{text}]"


def _spelled_span(low: int, high: int) -> str:
    first, last = _spelled_letter(chr(low), _IN_CLASS), _spelled_letter(chr(high), _IN_CLASS)
    return first if low == high else f"{first}-{last}"


def _spelled_letter(letter: str, escaped: frozenset[str]) -> str:
    controls = {9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r"}
    return controls.get(ord(letter)) or ("\\" + letter if letter in escaped else letter)
