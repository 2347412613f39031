"""Trees of expressions back as text, for people who check a survey before it is published."""

from app.domain.surveys.survey import Tree, parts_of

_LOOSEST_FIRST = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_BINDING = {operator: level for level, operators in enumerate(_LOOSEST_FIRST) for operator in operators}
_TIGHTEST = len(_LOOSEST_FIRST)


def expression_text(tree: Tree) -> str:
    """The expression, in the words of an XLSForm. Reading it again gives the same tree."""
    head, texts, operands = parts_of(tree)
    if head == "num":
        return texts[0]
    if head == "str":
        quote = '"' if "'" in texts[0] else "'"
        return f"{quote}{texts[0]}{quote}"
    if head == "get":
        return f"${{{texts[-1]}}}"
    if head == "self":
        return "."
    if head == "neg":
        return f"-{_bound(operands[0], _TIGHTEST)}"
    if head in _BINDING:
        level = _BINDING[head]
        first, *others = operands
        # The left side may hold the same operator; to its right only something tighter is read back alike.
        parts = [_bound(first, level + (head in ("and", "or"))), *(_bound(other, level + 1) for other in others)]
        return f" {head} ".join(parts)
    return f"{head}({', '.join(map(expression_text, operands))})"


def _bound(tree: Tree, level: int) -> str:
    text = expression_text(tree)
    return f"({text})" if _BINDING.get(parts_of(tree)[0], _TIGHTEST) < level else text
