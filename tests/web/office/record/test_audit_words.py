import ast
import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from flask_babel import force_locale

from app.web.office.record.audit_words import ACTIONS, DETAILS, SUBJECTS, action_words, detail_words, subject_words
from tests.meta import python_files

DEVANAGARI = re.compile("[\u0900-\u097f]")


def recorded(file: Path) -> Iterator[tuple[str, str]]:
    """Actions and kinds of subjects that a module writes down, as far as they stand in it as text."""
    text = file.read_text("utf-8")
    if "record(" not in text and "note(" not in text:
        return
    tree = ast.parse(text)
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "record",
            "audit.record",
            "_record",
            "note",
            "note_event",
        }:
            for position, argument in enumerate(node.args[1:3]):
                value = constants.get(argument.id) if isinstance(argument, ast.Name) else text_of(argument)
                if isinstance(value, str):
                    yield ("action", "subject")[position], value


def text_of(node: ast.expr) -> object:
    """A text, or what stands before the first gap of one."""
    if isinstance(node, ast.JoinedStr):
        return text_of(node.values[0])
    return node.value if isinstance(node, ast.Constant) else None


FOUND = {pair for file in python_files("app") for pair in recorded(file)}
WRITTEN = {action for kind, action in FOUND if kind == "action"}


def test_every_action_that_the_code_writes_has_words_and_no_other() -> None:
    assert len(WRITTEN) > 45
    assert set(ACTIONS) == WRITTEN


def test_every_call_that_records_was_read() -> None:
    """An action that comes from a variable would have no words and no test that says so."""
    for file in python_files("app"):
        text = file.read_text("utf-8")
        calls = re.findall(r"(?<!def )(?<!\w)(?:audit\.)?record\(\s*session,\s*(\S+?),", text)
        assert {call for call in calls if not re.fullmatch(r'"[\w.]+"|_[A-Z_]+', call)} <= {"action"}, file


def test_every_subject_has_words() -> None:
    kinds = {subject.partition(":")[0] for kind, subject in FOUND if kind == "subject"}
    assert len(kinds) > 8
    assert kinds <= set(SUBJECTS)


#: columns of rows that are made beside an entry
COLUMNS = {"from_on", "cell", "survey_id", "device_id", "first", "last"}


def details_of(file: Path) -> Iterator[str]:
    """Names in the dictionaries of every function that writes an entry."""
    for function in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(function, ast.FunctionDef) and "record(" in ast.unparse(function):
            dictionaries = (node for node in ast.walk(function) if isinstance(node, ast.Dict))
            for key in (key for node in dictionaries for key in node.keys):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value


def test_every_detail_has_words() -> None:
    found = {name for file in python_files("app/services", "app/workflows") for name in details_of(file)}
    assert len(found) > 30
    assert found - COLUMNS <= set(DETAILS)


def test_what_has_no_words_is_shown_as_it_was_written(app: Flask) -> None:
    with app.test_request_context():
        assert action_words("place.sunk") == "place.sunk"
        assert subject_words("ship:7") == "ship 7"
        assert detail_words("masts") == "masts"


def test_words_are_hindi_in_hindi(app: Flask) -> None:
    with app.test_request_context(), force_locale("hi"):
        words = [action_words(action) for action in ACTIONS] + [subject_words(f"{kind}:1") for kind in SUBJECTS]
        words += {detail_words(name) for name in DETAILS} - set(words)
    assert [text for text in words if not DEVANAGARI.search(text)] == []
    assert len(set(words)) == len(words)
