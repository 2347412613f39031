import json
import sys

import pytest

from app.formats.canonical_json import read_to_show, write_json


def test_what_is_stored_is_written_in_one_way() -> None:
    assert write_json({"b": "क", "a": [1, None]}) == '{"a":[1,null],"b":"क"}'.encode()


@pytest.mark.parametrize("depth", [20, 900, sys.getrecursionlimit() * 5])
def test_what_is_nested_without_end_is_shown_with_dots_beside_what_is_whole(depth: int) -> None:
    shown = read_to_show('{"a":' + '[{"b":"]}' + "\\\\" + '"},' * 1 + "[" * depth + "]" * depth + ',1],"c":"d"}')
    assert shown["c"] == "d"
    assert shown["a"][0] == {"b": "]}\\"}
    assert shown["a"][2] == 1
    assert json.dumps(shown["a"][1], ensure_ascii=False) == "[" * 6 + '"…"' + "]" * 6


def test_what_an_answer_can_be_is_shown_as_it_stands() -> None:
    answers = {"place": {"water": 5}, "change": ["manners", "[{"], "age": 41, "left": None}
    assert read_to_show(json.dumps(answers)) == answers
