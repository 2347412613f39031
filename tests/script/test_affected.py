"""The examples are invented, in the shape of the OSV schema."""

from typing import Any

import pytest

from script.supply_chain.affected import is_affected, known_faults
from script.supply_chain.locked import Locked

FLASK = Locked("flask", "3.1.3", None, (), frozenset())


def affected(*events: dict[str, str], name: str = "Flask", **more: Any) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}]
    return {"package": {"ecosystem": "PyPI", "name": name}, "ranges": ranges, **more}


def advisory(name: str, *parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "modified": "2026-11-20T10:00:00Z", "affected": list(parts), **more}


@pytest.mark.parametrize(
    ("version", "events", "speaks"),
    [
        ("3.1.3", [{"introduced": "0"}], True),
        ("3.1.3", [{"introduced": "0"}, {"fixed": "3.1.3"}], False),
        ("3.1.3", [{"introduced": "0"}, {"fixed": "3.1.4"}], True),
        ("3.1.4rc1", [{"introduced": "0"}, {"fixed": "3.1.4"}], True),
        ("3.1.10", [{"introduced": "3.1.9"}, {"fixed": "3.2"}], True),
        ("3.1.3", [{"introduced": "3.1.3"}, {"last_affected": "3.1.3"}], True),
        ("3.1.3", [{"introduced": "0"}, {"last_affected": "3.1.2"}], False),
        # two ranges in one, told in any order
        ("3.1.3", [{"fixed": "4"}, {"introduced": "3"}, {"introduced": "0"}, {"fixed": "2"}], True),
        ("2.5", [{"fixed": "4"}, {"introduced": "3"}, {"introduced": "0"}, {"fixed": "2"}], False),
        ("3.0", [{"introduced": "0"}, {"fixed": "3.0"}, {"introduced": "3.0"}, {"fixed": "3.1"}], True),
    ],
)
def test_a_version_lies_in_a_range_or_not(version: str, events: list[dict[str, str]], speaks: bool) -> None:
    assert is_affected(version, affected(*events)) is speaks


def test_a_listed_version_is_found_however_it_is_spelled() -> None:
    listed = affected(versions=["3.1.3.0", "of-old"])
    assert is_affected("3.1.3", listed)
    assert not is_affected("3.1.4", listed)


def test_a_range_that_cannot_be_read_is_no_reason_to_be_calm() -> None:
    odd = affected({"introduced": "of-old"})
    assert is_affected("3.1.3", odd)
    assert not is_affected("3.1.3", {**odd, "versions": ["1.0"]})


def test_only_what_speaks_of_a_locked_release_is_told() -> None:
    always = {"introduced": "0"}
    elsewhere = affected(always)
    elsewhere["package"]["ecosystem"] = "npm"
    found = known_faults(
        [FLASK],
        [
            advisory("PYSEC-2026-1", affected(always)),
            advisory("PYSEC-2026-2", affected(always, name="flask-other")),
            advisory("PYSEC-2026-3", affected(always), withdrawn="2026-11-21T00:00:00Z"),
            advisory("PYSEC-2026-4", elsewhere),
            advisory("PYSEC-2026-5"),
        ],
    )
    assert [fault.names for fault in found] == [("PYSEC-2026-1",)]


def test_one_fault_of_two_collections_is_told_once_with_all_its_names() -> None:
    (fault,) = known_faults(
        [FLASK],
        [
            advisory("GHSA-aaaa-bbbb-cccc", affected({"introduced": "0"}, {"fixed": "3.1.4"}), aliases=["CVE-2026-1"]),
            advisory("PYSEC-2026-1", affected({"introduced": "0"}), aliases=["CVE-2026-1"], summary="A door"),
        ],
    )
    assert fault.names == ("GHSA-aaaa-bbbb-cccc", "CVE-2026-1", "PYSEC-2026-1")
    assert (fault.summary, fault.mended_in) == ("A door", ("3.1.4",))
