import pytest

from script.supply_chain.locked import LOCK, asked_by_project, needed_to_run, read_lock

SMALL = """\
# a comment of whoever made it
flask==3.1.3 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via
    #   samvad (pyproject.toml)
    #   flask-babel
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:{a}
    # via samvad (pyproject.toml)
pluggy==1.7.0 \\
    --hash=sha256:{b}
    # via pytest
pytest==9.2.0 \\
    --hash=sha256:{b}
    # via samvad (pyproject.toml)
werkzeug==3.1.9 \\
    --hash=sha256:{b}
    # via flask
""".format(a="a" * 64, b="b" * 64)


def test_a_pin_is_read_with_its_files_its_condition_and_who_asks() -> None:
    flask, numpy, *_ = read_lock(SMALL)
    assert (flask.name, flask.version, flask.marker) == ("flask", "3.1.3", None)
    assert flask.digests == ("a" * 64, "b" * 64)
    assert flask.asked_by == {"samvad", "flask-babel"}
    assert numpy.marker == "python_full_version < '3.12'"


def test_what_only_tests_ask_for_is_not_needed_to_run() -> None:
    assert needed_to_run(read_lock(SMALL), {"flask", "numpy"}) == {"flask", "numpy", "werkzeug"}


@pytest.mark.parametrize("line", ["flask>=3", "flask==3.1.3", "    --hash=md5:00"])
def test_a_line_of_another_shape_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="no line of a lock file"):
        read_lock(SMALL + line + "\n")


def test_the_lock_of_this_project_is_read_whole() -> None:
    text = LOCK.read_text("utf-8")
    packages = read_lock(text)
    assert sum(len(package.digests) for package in packages) == text.count("--hash=")
    needed = needed_to_run(packages, asked_by_project())
    assert {"flask", "werkzeug", "sqlalchemy"} <= needed
    assert not {"pytest", "mypy", "cyclonedx-python-lib"} & needed
