"""The vectors of expressions, which the server and the phone are both held to."""

import json
from decimal import Decimal
from typing import Any

from app.domain.surveys.expressions import Value
from tests.meta import ROOT

VECTORS: list[dict[str, Any]] = json.loads((ROOT / "tests/vectors/expressions.json").read_text("utf-8"))["cases"]
ACCEPTED = [case for case in VECTORS if "problem" not in case]
REFUSED = [case for case in VECTORS if "problem" in case]


def named(case: dict[str, Any]) -> str:
    return f"{case['about']}: {case['expr'][:40]}"


def value_of(written: Any) -> Value:
    """A value as the vectors write it."""
    if isinstance(written, bool | str):
        return written
    if isinstance(written, int):
        return Decimal(written)
    if isinstance(written, list):
        return " ".join(written)
    return None if written["number"] is None else Decimal(written["number"])


def scope_of(answers: dict[str, Any]) -> dict[str, Value]:
    scope: dict[str, Value] = {}
    for name, written in answers.items():
        if isinstance(written, dict) and "number" not in written:
            scope |= {f"{name}.{row}": value_of(face) for row, face in written.items()}
        else:
            scope[name] = value_of(written)
    return scope
