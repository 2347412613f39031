"""What people read keeps to the words of `docs/words.md`, which is read here as it stands."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.meta import ROOT, shown
from tests.meta.product.messages import HINDI, PLACEHOLDER, Sentence, hindi, sentences, translation_of

WORDS = (ROOT / "docs" / "words.md").read_text("utf-8").partition("## On screen and on paper")[2]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in WORDS.splitlines() if line.startswith("| ")]
QUOTED = re.compile(r"`([^`]+)`")
#: where citizens read
FOR_CITIZENS = (
    "templates/public/",
    "templates/components/",
    "app/web/public/",
    "app/domain/responses/",
    "app/starters/",
)
PRINTS_FOR_CITIZENS = tuple(
    f"printables/{name}/" for name in ("poster", "tent-card", "slip", "share", "link-card", "calls")
)
#: what is marked as English, what scripts and markup fill in, and settings
MARKUP = re.compile(r"<(\w+)[^>]* lang=\"en\"[^>]*>.*?</\1>|<[^>]+>|\{\w+\}|SAMVAD_[A-Z]+")


def never() -> list[str]:
    """The Devanagari words that the last column forbids."""
    return [word for row in ROWS for word in QUOTED.findall(row[3])]


def listed(beginning: str, end: str = "\n\n") -> list[str]:
    return QUOTED.findall(WORDS.partition(beginning)[2].partition(end)[0])


@cache
def texts() -> tuple[Sentence, ...]:
    """Every Hindi text for people: translations where their English stands, and what is written in Hindi at once."""
    return tuple(_texts())


def _texts() -> Iterator[Sentence]:
    catalogue = hindi()
    for sentence in sentences():
        yield Sentence(translation_of(catalogue, sentence.text), sentence.file, sentence.line)
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "printables").rglob("*.html")]
    for file in [*files, *(ROOT / "app" / "starters").rglob("*.md"), *(ROOT / "app" / "starters").rglob("*.csv")]:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if re.search("[\u0900-\u097f]", line):
                yield Sentence(line, shown(file), number)


def holding(word: str, beginnings: tuple[str, ...] = ("",)) -> list[str]:
    """Where the word stands as a word: उत्तरदाता is another one than उत्तर."""
    whole = re.compile(rf"(?<![\u0900-\u0963\u0966-\u097f]){re.escape(word)}(?![\u0900-\u0963\u0966-\u097f])")
    return [
        f"{at.file}:{at.line}: {at.text}" for at in texts() if at.file.startswith(beginnings) and whole.search(at.text)
    ]


def test_the_table_is_read() -> None:
    assert len(ROWS) > 70
    assert {len(row) for row in ROWS} == {4}
    assert {"उत्तर", "बुलावा", "जाँच-सूची"} <= set(never())
    assert len(texts()) > 1500


def test_a_concept_stands_in_one_line_and_its_hindi_on_a_screen() -> None:
    concepts = [row[0] for row in ROWS]
    assert sorted(set(concepts)) == sorted(concepts)
    read = re.sub(r'"\n"', "", HINDI.read_text("utf-8"))
    assert [word for row in ROWS[1:] for word in row[2].split(", ") if word not in read] == []


@pytest.mark.parametrize("word", never())
def test_no_text_holds_a_word_that_was_given_up(word: str) -> None:
    assert holding(word) == []


@pytest.mark.parametrize("word", listed("To citizens never"))
def test_citizens_read_no_word_of_the_file(word: str) -> None:
    assert holding(word, (*FOR_CITIZENS, *PRINTS_FOR_CITIZENS)) == []


def latin(text: str, allowed: list[str]) -> set[str]:
    rest = MARKUP.sub(" ", PLACEHOLDER.sub(" ", text))
    for name in sorted(allowed, key=len, reverse=True):
        rest = re.sub(rf"\b{re.escape(name)}\b", " ", rest)
    return set(re.findall("[A-Za-z]{2,}", rest))


def test_hindi_holds_no_latin_word_but_those_of_the_short_list() -> None:
    """In the office small letters are names to type as they stand: columns, endings of files, commands."""
    citizens = listed("Latin letters in Hindi", "In the office")
    office = listed("In the office also")
    assert len(citizens) <= 12
    found = {}
    for at in texts():
        if "{{" in at.text or "{%" in at.text or at.file.startswith("app/starters/"):
            continue
        if at.file.startswith((*FOR_CITIZENS, *PRINTS_FOR_CITIZENS)):
            words = latin(at.text, citizens)
        else:
            words = {word for word in latin(at.text, citizens + office) if not word.islower()}
        if words:
            found[f"{at.file}:{at.line}"] = words
    assert found == {}


def test_questionnaires_hold_no_other_latin_word_in_hindi() -> None:
    citizens = listed("Latin letters in Hindi", "In the office")
    for file in (ROOT / "app" / "starters" / "surveys").glob("*.md"):
        cells = [cell for line in file.read_text("utf-8").splitlines() if "::" not in line for cell in line.split("|")]
        hindi_cells = [cell for cell in cells if re.search("[\u0900-\u097f]", cell)]
        assert [cell for cell in hindi_cells if latin(cell, citizens)] == [], shown(file)
