"""Tests stand beside what they test: a module's tests are found by its name."""

from pathlib import Path

from tests.meta import ROOT, of_every, python_files, shown

LAYERS = ("domain", "services", "formats", "documents", "workflows")
MODULES = [file for layer in LAYERS for file in python_files(f"app/{layer}") if file.name != "__init__.py"]
# Modules whose rules are shown by the tests of another. This list only gets shorter.
LIST = Path(__file__).with_name("without_tests_of_their_name.txt")
WITHOUT = LIST.read_text("utf-8").split()


def has_tests_of_its_name(module: Path) -> bool:
    place = module.relative_to(ROOT / "app")
    return (ROOT / "tests" / place.with_name(f"test_{place.name}")).is_file()


@of_every(MODULES)
def test_a_module_has_tests_of_its_name_or_stands_in_the_list(module: Path) -> None:
    assert has_tests_of_its_name(module) != (shown(module) in WITHOUT)


def test_the_list_names_modules_and_each_once() -> None:
    assert sorted(set(WITHOUT)) == WITHOUT
    assert set(WITHOUT) <= set(map(shown, MODULES))


def test_most_modules_have_tests_of_their_name() -> None:
    assert len(WITHOUT) <= 0.35 * len(MODULES)
