"""Reading the expressions of an XLSForm: text in, a small JSON tree out.

The subset of ODK's XPath that questionnaires need; https://docs.getodk.org/form-operators-functions/ names
the rest. A tree is a list of a name and its operands: `["str", s]`, `["num", "1.5"]`, `["get", question]`,
`["get", grid, row]`, `["self"]` for a dot, `["neg", a]`, `["and", a, b, …]`, `["=", a, b]`,
`["selected", a, b]`. Two evaluators run it, one here (app.domain.expressions) and one on the phone.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from app.domain.problem import Problem, ProblemType
from app.domain.surveys.patterns.portable import portable_pattern
from app.domain.surveys.survey import Tree, parts_of

MAX_LENGTH = 2_000
MAX_DEPTH = 40

SYNTAX = ProblemType("expression.syntax", 422, "The expression cannot be read at position %(position)s: “%(near)s”.")
EMPTY = ProblemType("expression.empty", 422, "The expression ends too early.")
TOO_LONG = ProblemType("expression.too_long", 422, "The expression is too long or too deeply nested.")
UNKNOWN_FUNCTION = ProblemType(
    "expression.unknown_function", 422, "The function %(name)s() is not supported in expressions."
)
WRONG_ARGUMENTS = ProblemType(
    "expression.wrong_arguments", 422, "The function %(name)s() is given a wrong number of arguments."
)
PATHS = ProblemType(
    "expression.path", 422, "Paths are not supported in expressions: name the question as ${name} instead."
)
PATTERN_NOT_FIXED = ProblemType(
    "expression.pattern_not_fixed", 422, "The pattern of regex() must be written out in quotes."
)
PLACES_NOT_FIXED = ProblemType(
    "expression.places_not_fixed", 422, "The places of round() must be a whole number from 0 to 10."
)

#: supported functions with the least and the greatest number of arguments
FUNCTIONS: dict[str, tuple[int, int]] = {
    "boolean": (1, 1),
    "coalesce": (1, 20),
    "concat": (1, 20),
    "contains": (2, 2),
    "count-selected": (1, 1),
    "date": (1, 1),
    "ends-with": (2, 2),
    "false": (0, 0),
    "if": (3, 3),
    "int": (1, 1),
    "max": (1, 20),
    "min": (1, 20),
    "not": (1, 1),
    "number": (1, 1),
    "regex": (2, 2),
    "round": (1, 2),
    "selected": (2, 2),
    "starts-with": (2, 2),
    "string": (1, 1),
    "string-length": (1, 1),
    "today": (0, 0),
    "true": (0, 0),
}

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<string>"[^"]*"|'[^']*'|“[^”]*”|‘[^’]*’)
    | \$\{\s*(?P<get>[^{}\s]+)\s*\}
    | (?P<path>\.\.|//?|::|@)
    | (?P<name>[A-Za-z_][A-Za-z0-9_-]*(?::[A-Za-z_][A-Za-z0-9_-]*)?)
    | (?P<mark><=|>=|!=|[-=<>+*(),.])
    )""",
    re.VERBOSE,
)


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


def parse_expression(text: str) -> Tree:
    """The tree of an expression. Problems: see above, and those of app.domain.surveys.patterns for a pattern."""
    if len(text) > MAX_LENGTH:
        raise Problem(TOO_LONG)
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise _unreadable(at + len(text[at:]) - len(text[at:].lstrip()), text[at:].strip())
        start = match.start(match.lastgroup)
        tokens.append(_Token(match.lastgroup, match[match.lastgroup], start))
        at = match.end()
    return tokens


def _unreadable(position: int, near: str) -> Problem:
    return Problem(SYNTAX, position=position + 1, near=near[:20])


_Rule = Callable[[int], Tree]


class _Parser:
    """Recursive descent, loosest operator first."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def whole(self) -> Tree:
        tree = self._or(0)
        if self._at < len(self._tokens):
            raise self._refusal(self._tokens[self._at])
        return tree

    def _or(self, depth: int) -> Tree:
        return self._chain("or", self._and, depth)

    def _and(self, depth: int) -> Tree:
        return self._chain("and", self._equality, depth)

    def _chain(self, word: str, operand: _Rule, depth: int) -> Tree:
        operands = [operand(depth)]
        while self._take("name", word):
            operands.append(operand(depth))
        return operands[0] if len(operands) == 1 else [word, *operands]

    def _equality(self, depth: int) -> Tree:
        return self._left(("=", "!="), self._order, depth)

    def _order(self, depth: int) -> Tree:
        return self._left(("<", "<=", ">", ">="), self._sum, depth)

    def _sum(self, depth: int) -> Tree:
        return self._left(("+", "-"), self._product, depth)

    def _product(self, depth: int) -> Tree:
        return self._left(("*", "div", "mod"), self._signed, depth)

    def _left(self, operators: tuple[str, ...], operand: _Rule, depth: int) -> Tree:
        tree = operand(depth)
        links = 0
        while self._peek().kind in ("mark", "name") and self._peek().text in operators:
            operator = self._next().text
            links += 1
            if links > MAX_DEPTH:
                raise Problem(TOO_LONG)
            tree = [operator, tree, operand(depth)]
        return tree

    def _signed(self, depth: int) -> Tree:
        if self._take("mark", "-"):
            return ["neg", self._signed(self._deeper(depth))]
        return self._primary(depth)

    def _primary(self, depth: int) -> Tree:
        token = self._next()
        if token.kind == "number":
            return ["num", token.text]
        if token.kind == "string":
            return ["str", token.text[1:-1]]
        if token.kind == "get":
            return ["get", token.text]
        if token.kind == "name":
            return self._call(token, self._deeper(depth))
        if token.kind == "mark" and token.text == ".":
            return ["self"]
        if token.kind == "mark" and token.text == "(":
            tree = self._or(self._deeper(depth))
            self._expect(")")
            return tree
        raise self._refusal(token)

    def _call(self, name: _Token, depth: int) -> Tree:
        if not self._take("mark", "("):
            raise self._refusal(name)
        arguments: list[Tree] = []
        if not self._take("mark", ")"):
            arguments.append(self._or(depth))
            while self._take("mark", ","):
                arguments.append(self._or(depth))
            self._expect(")")
        return _checked_call(name.text, arguments)

    def _peek(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _Token("", "", -1)

    def _next(self) -> _Token:
        if self._at >= len(self._tokens):
            raise Problem(EMPTY)
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, kind: str, text: str) -> bool:
        found = self._peek()[:2] == (kind, text)
        self._at += found
        return found

    def _expect(self, mark: str) -> None:
        token = self._next()
        if (token.kind, token.text) != ("mark", mark):
            raise self._refusal(token)

    def _deeper(self, depth: int) -> int:
        if depth >= MAX_DEPTH:
            raise Problem(TOO_LONG)
        return depth + 1

    @staticmethod
    def _refusal(token: _Token) -> Problem:
        return Problem(PATHS) if token.kind == "path" else _unreadable(token.position, token.text)


def _checked_call(name: str, arguments: list[Tree]) -> Tree:
    if name not in FUNCTIONS:
        raise Problem(UNKNOWN_FUNCTION, name=name)
    least, most = FUNCTIONS[name]
    if not least <= len(arguments) <= most:
        raise Problem(WRONG_ARGUMENTS, name=name)
    if name == "regex":
        kind, texts, _ = parts_of(arguments[1])
        if kind != "str":
            raise Problem(PATTERN_NOT_FIXED)
        return [name, arguments[0], ["str", portable_pattern(texts[0])]]
    if name == "round" and len(arguments) == 2:
        kind, texts, _ = parts_of(arguments[1])
        if kind != "num" or not texts[0].isdigit() or int(texts[0]) > 10:
            raise Problem(PLACES_NOT_FIXED)
    return [name, *arguments]
