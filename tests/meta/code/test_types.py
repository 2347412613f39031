import ast
from pathlib import Path

from app.domain.codes.placement import PlacementState
from app.domain.devices.device import DeviceState
from app.domain.responses.response import Status
from app.domain.responses.verdict import Decision
from app.domain.surveys.survey import SurveyState
from tests.meta import of_every, python_files, shown

# How often a file says that anything fits, and what leaves it no choice. The list only gets shorter.
ANYTHING = {
    "app/formats/paper/stamping.py": (1, "a box of WeasyPrint, which publishes no types"),
    "app/formats/paper/text_layer.py": (4, "what WeasyPrint hands to a function of its own that is wrapped"),
    "app/formats/tables/workbooks.py": (1, "a sheet of openpyxl, which publishes no types"),
    "app/formats/wire/responses.py": (1, "msgspec reads by this type, and would look into a narrower one"),
    "app/formats/xlsform/sheets.py": (1, "a book of xlrd, which publishes no types"),
    "app/services/prepared_statements.py": (1, "by name or in order: each driver of a database wants its own"),
    "app/web/office/codes/print_choice.py": (1, "Flask's url_for takes everything beside four arguments of its own"),
    "app/web/office/places/imports.py": (1, "Flask's url_for takes everything beside four arguments of its own"),
}
STATES = {str(state) for states in (SurveyState, Decision, PlacementState, DeviceState, Status) for state in states}


def test_any_stands_only_where_a_library_forces_it() -> None:
    found = {shown(file): uses for file in python_files("app") if (uses := uses_of_any(file))}
    assert found == {file: uses for file, (uses, _) in ANYTHING.items()}


@of_every(python_files("app"))
def test_a_state_is_compared_by_its_enum(file: Path) -> None:
    """A misspelt text is never equal to anything, and nobody is told."""
    compared = [node for node in ast.walk(parsed(file)) if isinstance(node, ast.Compare)]
    sides = [side for node in compared for side in (node.left, *node.comparators)]
    assert [side.lineno for side in sides if isinstance(side, ast.Constant) and side.value in STATES] == []


def uses_of_any(file: Path) -> int:
    """Imports are not counted, unless they give it another name."""
    nodes = list(ast.walk(parsed(file)))
    names = [node.id for node in nodes if isinstance(node, ast.Name)]
    attributes = [node.attr for node in nodes if isinstance(node, ast.Attribute)]
    renamed = [node.name for node in nodes if isinstance(node, ast.alias) and node.asname]
    return [*names, *attributes, *renamed].count("Any")


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))
