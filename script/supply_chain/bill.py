"""The software bill of materials, as CycloneDX 1.6 in JSON: what the lock file pins, on request a machine's libraries.

One commit gives the same bytes wherever the same is installed: its serial number is drawn from commit and lock file,
its time is that of the commit. Licences are what the installed packages say of themselves.
"""

import argparse
import subprocess
import sys
import tomllib
import uuid
from collections.abc import Iterable
from datetime import datetime
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from script.supply_chain.locked import LOCK, ROOT, Locked, asked_by_project, is_project, needed_to_run, read_lock
from script.supply_chain.system_packages import SystemPackage, system_packages

_SERIALS = uuid.UUID("9b1c4f0e-6d0b-4f57-9f5e-3c1f3f6f3a52")


def make_bill(lock: str, project: dict[str, str], asked: set[str], system: Iterable[SystemPackage] = ()) -> str:
    """The list as JSON. `project` has name, version, commit and time (ISO 8601) of what is described.

    What only tests and builds need stands in it too, since the lock installs it, and is marked `excluded`.
    """
    packages = read_lock(lock)
    needed = needed_to_run(packages, asked)
    root = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        properties=[Property(name="samvad:commit", value=project["commit"])],
    )
    parts = {package: _component(package, package.name in needed) for package in packages}
    bill = Bom(
        serial_number=uuid.uuid5(_SERIALS, project["commit"] + lock),
        components=[*parts.values(), *map(_library, system)],
    )
    bill.metadata.component = root
    bill.metadata.timestamp = datetime.fromisoformat(project["time"])
    askers: dict[str, list[Component]] = {}
    for package, part in parts.items():
        for name in package.asked_by:
            askers.setdefault(name, []).append(part)
    bill.register_dependency(root, next((parts for name, parts in askers.items() if is_project(name)), []))
    for package, part in parts.items():
        bill.register_dependency(part, askers.get(package.name, []))
    return JsonV1Dot6(bill).output_as_string(indent=2) + "\n"


def _component(package: Locked, needed: bool) -> Component:
    address = PackageURL(type="pypi", name=package.name, version=package.version)
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(f"https://pypi.org/project/{package.name}/{package.version}/"),
        comment="the files that the lock file admits, by their digests",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in package.digests],
    )
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=address.to_string(),
        purl=address,
        scope=ComponentScope.REQUIRED if needed else ComponentScope.EXCLUDED,
        licenses=_licenses(package),
        external_references=[files],
        properties=[Property(name="samvad:only-where", value=package.marker)] if package.marker else [],
    )


def _licenses(package: Locked) -> list[License]:
    """What the installed package says of itself; nothing where another version, or none, is installed."""
    try:
        told = metadata.metadata(package.name)
    except metadata.PackageNotFoundError:
        return []
    if told["Version"] != package.version:
        return []
    classified = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License")]
    if "License-Expression" in told:
        return [LicenseFactory().make_from_string(told["License-Expression"])]
    said = " ".join(told.get_all("License", []))
    # Some put the whole text of their licence there.
    if not said or "\n" in said or len(said) > 100:
        said = classified[0] if classified else ""
    return [LicenseFactory().make_from_string(said)] if said else []


def _library(package: SystemPackage) -> Component:
    address = PackageURL(
        type="deb",
        namespace=package.distribution,
        name=package.name,
        version=package.version,
        qualifiers={"arch": package.architecture},
    )
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=address.to_string(),
        purl=address,
        scope=ComponentScope.REQUIRED,
    )


def project_here() -> dict[str, str]:
    """Name, version, commit and time of this checkout."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%H %cI"]
    commit, time = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return {"name": told["name"], "version": told["version"], "commit": commit, "time": time}


def main() -> int:
    """What `script/sbom` runs."""
    parser = argparse.ArgumentParser(prog="script/sbom", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="where to write it; otherwise it is printed")
    parser.add_argument("--system", action="store_true", help="with the Debian packages that this machine has for it")
    asked_for = parser.parse_args()
    try:
        project = project_here()
    except (OSError, subprocess.CalledProcessError):
        sys.stderr.write("The list names the commit it describes, and this folder is no checkout of git.\n")
        return 2
    bill = make_bill(
        LOCK.read_text("utf-8"), project, asked_by_project(), system_packages() if asked_for.system else ()
    )
    if asked_for.file is None:
        sys.stdout.write(bill)
        return 0
    try:
        asked_for.file.write_text(bill, "utf-8")
    except OSError as error:
        sys.stderr.write(f"The list cannot be written to {asked_for.file}: {error.strerror}.\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
