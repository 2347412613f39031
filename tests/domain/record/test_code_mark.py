import json
from pathlib import Path

from app.domain.record.code_mark import code_mark

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "record.json").read_text("utf-8"))["code_mark"]


def test_a_mark_comes_of_its_token_in_either_case() -> None:
    for vector in VECTORS:
        assert code_mark(vector["token"]) == code_mark(vector["token"].lower()) == vector["mark"]
