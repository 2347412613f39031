from app.formats.canonical_json import write_json


def test_what_is_stored_is_written_in_one_way() -> None:
    assert write_json({"b": "क", "a": [1, None]}) == '{"a":[1,null],"b":"क"}'.encode()
