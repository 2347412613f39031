from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from app.cli import commands
from tests.factories.xlsform.forms import HINDI, READ_AS, SMALL, STARTERS, as_markdown, survey_rows
from tests.formats.test_sound import MP3

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    def command(*words: object) -> Result:
        return CliRunner().invoke(commands, ["surveys", *map(str, words)], obj=ScriptInfo(create_app=lambda: app))

    return command


@pytest.fixture
def form(tmp_path: Path) -> Path:
    file = tmp_path / "form.md"
    file.write_bytes(as_markdown(SMALL))
    return file


def test_check_prints_the_fingerprint(run: Run, form: Path) -> None:
    done = run("check", form)
    assert done.exit_code == 0
    key, _, value = done.stdout.strip().partition(": ")
    assert (key, len(value)) == ("fingerprint", 64)


def test_check_needs_no_installation(form: Path) -> None:
    done = CliRunner(env={"SAMVAD_INSTANCE": "/nowhere"}).invoke(commands, ["surveys", "check", str(form)])
    assert done.exit_code == 0


def test_check_prints_one_problem_a_line(run: Run, form: Path) -> None:
    form.write_bytes(as_markdown(survey_rows(["geopoint", "a", *HINDI], ["text", "b c", *HINDI])))
    done = run("check", form)
    assert done.exit_code == 1
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert [line[:4] for line in lines] == [
        ["survey", "6", "type", "form.identifying_type"],
        ["survey", "7", "name", "form.bad_name"],
    ]
    assert all(line[4].endswith(".") for line in lines)


def test_what_only_hinders_publication_goes_to_the_error_stream(run: Run, form: Path) -> None:
    form.write_bytes(as_markdown(survey_rows(["text", "why", *HINDI])))
    done = run("check", form)
    assert done.exit_code == 0
    assert done.stdout.startswith("fingerprint: ")
    assert "survey.unread_text" in done.stderr


@pytest.mark.parametrize("content", [b"", b"\0", b"PK\x03\x04", b"\xff" * 10, b"x" * 4_000_000])
def test_no_file_gives_a_traceback(run: Run, form: Path, content: bytes) -> None:
    form.write_bytes(content)
    done = run("check", form)
    assert (done.exit_code, len(done.stdout.splitlines())) == (1, 1)
    assert isinstance(done.exception, SystemExit)


def test_a_file_that_is_not_there_is_said_in_one_sentence(run: Run, tmp_path: Path) -> None:
    assert run("check", tmp_path / "absent.md").exit_code == 2
    assert run("check", tmp_path).exit_code == 2


def test_import_publish_and_list(run: Run, form: Path) -> None:
    assert run("import", form).output.startswith("Draft 1 of small-thing")
    assert run("publish", "small-thing").output.startswith("Published version 1 of small-thing")
    assert run("import", STARTERS / "station-visit.md").exit_code == 0
    rows = [line.split("\t")[:3] for line in run("list").output.splitlines()]
    assert rows == [["small-thing", "1", "published"], ["station-visit", "1", "draft"]]


def test_how_answers_are_read_is_added_to_what_is_published(run: Run, form: Path) -> None:
    run("import", form)
    run("publish", "small-thing")
    form.write_bytes(as_markdown(READ_AS))
    done = run("import", form)
    assert done.stdout.startswith("Added to the published version 1 of small-thing: which answers are good")
    assert run("import", form).exit_code == 1


def test_a_bad_form_is_not_imported(run: Run, form: Path) -> None:
    form.write_bytes(as_markdown(survey_rows(["colour", "a", *HINDI])))
    done = run("import", form)
    assert done.exit_code == 1
    assert "form.unknown_type" in done.stdout
    assert run("list").stdout == ""


def test_publishing_says_what_is_missing(run: Run, form: Path) -> None:
    form.write_bytes(as_markdown(survey_rows(["text", "why", *HINDI])))
    run("import", form)
    done = run("publish", "small-thing")
    assert done.exit_code == 1
    assert "[survey.unread_text]" in done.output
    assert run("publish", "nothing").exit_code == 1


def test_a_department_begins_with_a_questionnaire_that_comes_along(run: Run) -> None:
    empty = run("list")
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "surveys starter" in empty.stderr
    assert run("starter", "station-visit").stdout.startswith("Draft 1 of station-visit")
    assert run("publish", "station-visit").exit_code == 0
    assert "published" in run("list").stdout


def test_recordings_are_kept_from_a_folder(run: Run, form: Path, tmp_path: Path) -> None:
    columns = ["audio::हिन्दी (hi)"]
    form.write_bytes(as_markdown(survey_rows(["integer", "age", *HINDI, "age-hi.mp3"], columns=columns)))
    slug = run("import", form).stdout.split(" of ")[1].split(",")[0]
    folder = tmp_path / "sounds"
    folder.mkdir()
    (folder / "readme.txt").write_text("x")
    assert run("audio", slug, folder).stdout.splitlines() == ["not asked for\treadme.txt", "missing\tage-hi.mp3"]
    (folder / "age-hi.mp3").write_bytes(b"no sound")
    wrong = run("audio", slug, folder)
    assert wrong.exit_code == 1
    assert "[recording.not_sound]" in wrong.stderr
    (folder / "age-hi.mp3").write_bytes(MP3)
    assert run("audio", slug, folder).stdout.splitlines() == ["kept\tage-hi.mp3", "not asked for\treadme.txt"]
    assert run("publish", slug).stderr == ""
