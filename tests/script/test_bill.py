import json
import subprocess
from importlib import resources
from pathlib import Path

import jsonschema_rs

from script.supply_chain.bill import make_bill
from script.supply_chain.system_packages import SystemPackage
from tests.meta import ROOT
from tests.script.test_locked import SMALL

PROJECT = {"name": "samvad", "version": "0.1.0", "commit": "c" * 40, "time": "2026-11-29T10:00:00+00:00"}
PANGO = SystemPackage("libpango-1.0-0", "1.50.12+ds-1", "amd64", "debian")


def schema(name: str) -> dict[str, object]:
    """A schema as CycloneDX publishes it."""
    file = resources.files("cyclonedx.schema") / "_res" / f"{name}.SNAPSHOT.schema.json"
    return dict(json.loads(file.read_text("utf-8")))


def test_a_bill_names_each_package_what_it_is_for_and_who_needs_it() -> None:
    bill = json.loads(make_bill(SMALL, PROJECT, {"flask", "numpy"}, [PANGO]))
    parts = {part["name"]: part for part in bill["components"]}
    assert parts["flask"]["purl"] == "pkg:pypi/flask@3.1.3"
    assert {part["content"] for part in parts["flask"]["externalReferences"][0]["hashes"]} == {"a" * 64, "b" * 64}
    assert {name: part["scope"] for name, part in parts.items()} == {
        "flask": "required",
        "libpango-1.0-0": "required",
        "numpy": "required",
        "pluggy": "excluded",
        "pytest": "excluded",
        "werkzeug": "required",
    }
    needs = {line["ref"]: set(line.get("dependsOn", ())) for line in bill["dependencies"]}
    assert needs["samvad"] == {"pkg:pypi/flask@3.1.3", "pkg:pypi/numpy@2.4.6", "pkg:pypi/pytest@9.2.0"}
    assert needs["pkg:pypi/flask@3.1.3"] == {"pkg:pypi/werkzeug@3.1.9"}
    assert bill["metadata"]["component"]["properties"] == [{"name": "samvad:commit", "value": "c" * 40}]


def test_a_bill_is_the_same_for_the_same_commit() -> None:
    made = [make_bill(SMALL, PROJECT, {"flask"}) for _ in range(2)]
    other = make_bill(SMALL, {**PROJECT, "commit": "d" * 40}, {"flask"})
    assert made[0] == made[1]
    assert json.loads(made[0])["serialNumber"] != json.loads(other)["serialNumber"]


def test_the_bill_of_this_project_is_what_cyclonedx_says_a_bill_is(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    subprocess.run([ROOT / "script" / "sbom", file], cwd=tmp_path, check=True)
    bill = json.loads(file.read_text("utf-8"))
    registry = jsonschema_rs.Registry(
        [(f"http://cyclonedx.org/schema/{name}.SNAPSHOT.schema.json", schema(name)) for name in ("spdx", "jsf-0.82")]
    )
    jsonschema_rs.validator_for(schema("bom-1.6"), registry=registry).validate(bill)
    locked = [line for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if line[:1].isalnum()]
    assert len(bill["components"]) == len(locked)
    (flask,) = (part for part in bill["components"] if part["name"] == "flask")
    assert flask["licenses"] == [{"license": {"id": "BSD-3-Clause"}}]
