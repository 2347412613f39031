"""What the tables promise: columns that stay, keys that are always there, and words for each."""

import pytest

from app.domain.dialogue.open_data.columns import Table
from app.domain.dialogue.open_data.tables import BY_YEAR, FIGURES, TABLES
from app.domain.surveys.survey import REQUIRED_LANGUAGES
from tests.meta import ROOT

#: programs of others read them by these names, in this order
FIGURE_COLUMNS = (
    "place edition survey version evidence first_week last_week question row answer share_kind share low high bound "
    "base_kind base chosen_themselves digest"
)


def test_the_columns_of_figures_are_as_they_were_published() -> None:
    assert " ".join(FIGURES.header) == FIGURE_COLUMNS


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_names_a_line_is_always_there(table: Table) -> None:
    assert len(set(table.header)) == len(table.header)
    columns = {column.name: column for column in table.columns}
    assert all(columns[name].required for name in table.key)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_is_referred_to_is_there(table: Table) -> None:
    others = {other.name: other for other in TABLES} | {"": table}
    for reference in table.references:
        assert set(reference.columns) <= set(table.header)
        assert set(reference.to) <= set(others[reference.table].header)
        assert table.by_year or not others[reference.table].by_year


def test_every_language_has_its_columns() -> None:
    for language in REQUIRED_LANGUAGES:
        named = {table.name for table in TABLES if any(name.endswith(f"_{language}") for name in table.header)}
        assert named == {"places", "questions", "answers", "editions", "promises", "rounds", "changes"}
    assert {table.name for table in BY_YEAR} == {"figures", "sections", "reasons", "trends"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_dictionary_for_people_has_every_column(table: Table) -> None:
    text = (ROOT / "docs" / "data.md").read_text("utf-8")
    part = text.partition(f"## {table.name}\n")[2].partition("\n## ")[0]
    told = [line.split("|")[1].strip().strip("`") for line in part.splitlines() if line.startswith("| `")]
    assert told == list(table.header)
    values = {option for column in table.columns for option in column.options}
    assert [value for value in values if f"`{value}`" not in part] == []
