import ast
from pathlib import Path

from tests.meta import of_every, python_files, shown

LONGEST_FILE = 300
LONGEST_FUNCTION = 50

# Each with the reason why it is one subject all the same.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


@of_every(python_files("app"))
def test_a_file_has_one_subject(file: Path) -> None:
    lines = len(file.read_text("utf-8").splitlines())
    assert lines <= LONGEST_FILE or shown(file) in LONG_FILES


@of_every(python_files("app"))
def test_a_function_does_one_thing(file: Path) -> None:
    long = {f"{shown(file)}:{name}" for name, lines in function_lengths(file) if lines > LONGEST_FUNCTION}
    assert long <= LONG_FUNCTIONS.keys()


def function_lengths(file: Path) -> list[tuple[str, int]]:
    tree = ast.parse(file.read_text("utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions]
