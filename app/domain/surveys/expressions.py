"""Evaluating expressions: a tree is compiled once to closures, which then run for every response.

Three kinds of value, as in XPath: text, number and truth. A number is an exact decimal; what is no number
(NaN) is None, and every comparison with it is false but `!=`. An answer that is absent, declined or not
relevant is the empty text. A date is its text "2026-11-23"; as a number it is the days since 1970-01-01, as
in ODK, so that dates compare and add. Division rounds half-even to twenty places; by zero it is not a
number. Text is measured in code points.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from app.domain.surveys.survey import Tree, parts_of

Value = str | Decimal | bool | None
#: answers by question name (grid rows as "grid.row"), and the IST date of today under TODAY
Scope = Mapping[str, Value]
Evaluate = Callable[[Scope], Value]
Condition = Callable[[Scope], bool]

TODAY = "today()"

_EPOCH = date(1970, 1, 1).toordinal()
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ASCII_SPACE = " \t\n\r"
# Wide enough that no sum or product is rounded: an expression of the greatest length names at most four hundred
# answers, and a text of the greatest length is a number of two thousand digits.
_EXACT = Context(prec=1_000_000, rounding=ROUND_HALF_EVEN)
_PLACES = Decimal(1).scaleb(-20)


def compile_tree(tree: Tree, self_name: str = "") -> Evaluate:
    """The function that evaluates a tree; a dot in it stands for the question `self_name`."""
    head, texts, operands = parts_of(tree)
    if head == "str":
        return _constant(texts[0])
    if head == "num":
        return _constant(Decimal(texts[0]))
    if head == "get":
        return _lookup(".".join(texts))
    if head == "self":
        return _lookup(self_name)
    if head == "today":
        return _lookup(TODAY)
    if head == "regex":
        text, pattern = operands
        return _matcher(compile_tree(text, self_name), parts_of(pattern)[1][0])
    return _OPERATORS[head](*(compile_tree(operand, self_name) for operand in operands))


def compile_condition(tree: Tree, self_name: str = "") -> Condition:
    """The function that says whether a tree holds."""
    evaluate = compile_tree(tree, self_name)
    if tree[0] in _ALWAYS_TRUTH:
        return evaluate  # type: ignore[return-value]
    return lambda scope: to_truth(evaluate(scope))


def names_in(tree: Tree) -> set[tuple[str, ...]]:
    """What a tree refers to: `(question,)` or `(grid, row)`."""
    head, texts, operands = parts_of(tree)
    return {tuple(texts)} if head == "get" else set().union(*map(names_in, operands))


def asks_for_day(tree: Tree) -> bool:
    """Whether what a tree says depends on the day."""
    head, _, operands = parts_of(tree)
    return head == "today" or any(map(asks_for_day, operands))


def to_text(value: Value) -> str:
    """The text of a value; a number has no exponent and no zeros at its end."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "NaN"
    if not value:
        return "0"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_number(value: Value) -> Decimal | None:
    """The number of a value: text is read as a decimal or as an ISO date, else it is no number."""
    if isinstance(value, str):
        text = value.strip(_ASCII_SPACE)
        if _NUMBER.fullmatch(text):
            return Decimal(text)
        days = _days(text)
        return None if days is None else Decimal(days)
    return Decimal(int(value)) if isinstance(value, bool) else value


def to_truth(value: Value) -> bool:
    """Whether a value counts as true: text that is not empty, a number that is not zero."""
    return bool(value)


def equal(left: Value, right: Value) -> bool:
    """XPath's `=`: as truths if one is a truth, else as numbers if one is a number, else as text."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return to_truth(left) == to_truth(right)
    first, second = to_number(left), to_number(right)
    return first is not None and second is not None and first == second


def _days(text: str) -> int | None:
    if not _ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text).toordinal() - _EPOCH
    except ValueError:
        return None


def _constant(value: Value) -> Evaluate:
    return lambda scope: value


def _lookup(name: str) -> Evaluate:
    return lambda scope: scope.get(name, "")


def _matcher(text: Evaluate, pattern: str) -> Evaluate:
    match = re.compile(pattern).fullmatch
    return lambda scope: match(to_text(text(scope))) is not None


def _all(*operands: Evaluate) -> Evaluate:
    return lambda scope: all(to_truth(operand(scope)) for operand in operands)


def _any(*operands: Evaluate) -> Evaluate:
    return lambda scope: any(to_truth(operand(scope)) for operand in operands)


def _ordered(holds: Callable[[Decimal, Decimal], bool]) -> Callable[..., Evaluate]:
    def build(left: Evaluate, right: Evaluate) -> Evaluate:
        def compare(scope: Scope) -> bool:
            first, second = to_number(left(scope)), to_number(right(scope))
            return first is not None and second is not None and holds(first, second)

        return compare

    return build


def _arithmetic(calculate: Callable[[Decimal, Decimal], Decimal | None]) -> Callable[..., Evaluate]:
    def build(left: Evaluate, right: Evaluate) -> Evaluate:
        def apply(scope: Scope) -> Decimal | None:
            first, second = to_number(left(scope)), to_number(right(scope))
            return None if first is None or second is None else calculate(first, second)

        return apply

    return build


def _divide(left: Decimal, right: Decimal) -> Decimal | None:
    if not right:
        return None
    # Rounded once, from whole numbers: rounding an already rounded quotient can go the other way.
    scale = max(-_exponent(left), -_exponent(right), 0)
    above, below = int(left.scaleb(scale, _EXACT)) * 10**20, int(right.scaleb(scale, _EXACT))
    sign = -1 if (above < 0) != (below < 0) else 1
    whole, rest = divmod(abs(above), abs(below))
    half = 2 * rest - abs(below)
    return Decimal(sign * (whole + (half > 0 or (half == 0 and whole % 2 == 1)))).scaleb(-20, _EXACT)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _remainder(left: Decimal, right: Decimal) -> Decimal | None:
    return _EXACT.remainder(left, right) if right else None


def _of_text(apply: Callable[..., Value]) -> Callable[..., Evaluate]:
    def build(*operands: Evaluate) -> Evaluate:
        return lambda scope: apply(*(to_text(operand(scope)) for operand in operands))

    return build


def _of_number(apply: Callable[[Decimal], Decimal]) -> Callable[..., Evaluate]:
    def build(operand: Evaluate) -> Evaluate:
        def evaluate(scope: Scope) -> Decimal | None:
            number = to_number(operand(scope))
            return None if number is None else apply(number)

        return evaluate

    return build


def _extreme(choose: Callable[..., Decimal]) -> Callable[..., Evaluate]:
    def build(*operands: Evaluate) -> Evaluate:
        def evaluate(scope: Scope) -> Decimal | None:
            numbers = [number for operand in operands if (number := to_number(operand(scope))) is not None]
            return choose(numbers) if len(numbers) == len(operands) else None

        return evaluate

    return build


def _if(condition: Evaluate, then: Evaluate, otherwise: Evaluate) -> Evaluate:
    return lambda scope: then(scope) if to_truth(condition(scope)) else otherwise(scope)


def _coalesce(*operands: Evaluate) -> Evaluate:
    def evaluate(scope: Scope) -> Value:
        for operand in operands:
            value = operand(scope)
            if value is not None and value != "":
                return value
        return ""

    return evaluate


def _round(number: Evaluate, places: Evaluate | None = None) -> Evaluate:
    def evaluate(scope: Scope) -> Decimal | None:
        value = to_number(number(scope))
        digits = 0 if places is None else int(to_number(places(scope)) or 0)
        return None if value is None else value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _EXACT)

    return evaluate


def _date(operand: Evaluate) -> Evaluate:
    def evaluate(scope: Scope) -> str:
        number = to_number(operand(scope))
        if number is None:
            return ""
        try:
            days = int(number.to_integral_value(ROUND_FLOOR, _EXACT))
            return (date(1970, 1, 1) + timedelta(days=days)).isoformat()
        except OverflowError:
            return ""

    return evaluate


_OPERATORS: dict[str, Callable[..., Evaluate]] = {
    "and": _all,
    "or": _any,
    "not": lambda operand: lambda scope: not to_truth(operand(scope)),
    "true": lambda: lambda scope: True,
    "false": lambda: lambda scope: False,
    "=": lambda left, right: lambda scope: equal(left(scope), right(scope)),
    "!=": lambda left, right: lambda scope: not equal(left(scope), right(scope)),
    "<": _ordered(Decimal.__lt__),
    "<=": _ordered(Decimal.__le__),
    ">": _ordered(Decimal.__gt__),
    ">=": _ordered(Decimal.__ge__),
    "+": _arithmetic(_EXACT.add),
    "-": _arithmetic(_EXACT.subtract),
    "*": _arithmetic(_EXACT.multiply),
    "div": _arithmetic(_divide),
    "mod": _arithmetic(_remainder),
    "neg": _of_number(_EXACT.minus),
    "int": _of_number(lambda number: number.to_integral_value(ROUND_DOWN, _EXACT)),
    "round": _round,
    "max": _extreme(max),
    "min": _extreme(min),
    "number": lambda operand: lambda scope: to_number(operand(scope)),
    "string": _of_text(str),
    "boolean": lambda operand: lambda scope: to_truth(operand(scope)),
    "if": _if,
    "coalesce": _coalesce,
    "date": _date,
    "selected": _of_text(lambda chosen, name: name.strip(_ASCII_SPACE) in chosen.split(" ")),
    "count-selected": _of_text(lambda chosen: Decimal(len(chosen.split()))),
    "string-length": _of_text(lambda text: Decimal(len(text))),
    "contains": _of_text(lambda text, part: part in text),
    "starts-with": _of_text(str.startswith),
    "ends-with": _of_text(str.endswith),
    "concat": _of_text(lambda *parts: "".join(parts)),
}
_ALWAYS_TRUTH = frozenset(
    ("and", "or", "not", "true", "false", "=", "!=", "<", "<=", ">", ">=", "boolean", "regex", "selected",
     "contains", "starts-with", "ends-with")
)  # fmt: skip
