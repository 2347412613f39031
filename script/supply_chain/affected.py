"""Whether an advisory of the OSV schema speaks of a release: https://ossf.github.io/osv-schema/#evaluation."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from script.supply_chain.locked import Locked


@dataclass(frozen=True, slots=True)
class KnownFault:
    """A locked release and the advisories that say one thing about it, by all the names that it has."""

    package: Locked
    names: tuple[str, ...]
    summary: str
    mended_in: tuple[str, ...]


def known_faults(packages: Iterable[Locked], advisories: Iterable[dict[str, Any]]) -> list[KnownFault]:
    """Every advisory that speaks of a locked release, once for each release; withdrawn ones are passed over."""
    by_name: dict[str, list[Locked]] = {}
    for package in packages:
        by_name.setdefault(package.name, []).append(package)
    found: list[KnownFault] = []
    for advisory in advisories:
        if advisory.get("withdrawn"):
            continue
        for affected in advisory.get("affected") or ():
            told = affected.get("package") or {}
            if told.get("ecosystem") != "PyPI":
                continue
            for package in by_name.get(canonicalize_name(told.get("name", "")), ()):
                if is_affected(package.version, affected):
                    found.append(_fault(package, advisory, affected))
    return _told_once(found)


def is_affected(version: str, affected: dict[str, Any]) -> bool:
    """Whether a version is listed, or lies in one of the ranges. Versions are compared as PEP 440 says.

    A range that ends at what is no version says nothing beside a list of versions, and speaks of all without one.
    """
    asked = Version(version)
    listed = affected.get("versions") or ()
    if any(_same(asked, one) for one in listed):
        return True
    for bounds in affected.get("ranges") or ():
        if bounds.get("type") == "ECOSYSTEM":
            try:
                if _lies_in(asked, bounds.get("events") or ()):
                    return True
            except InvalidVersion:
                if not listed:
                    return True
    return False


def _same(asked: Version, listed: str) -> bool:
    try:
        return Version(listed) == asked
    except InvalidVersion:
        return False


def _lies_in(asked: Version, events: Iterable[dict[str, str]]) -> bool:
    steps: list[tuple[Version, int, str]] = []
    for event in events:
        for kind, value in event.items():
            if kind in {"introduced", "fixed", "last_affected"}:
                # A range may end at the version at which the next begins.
                steps.append((Version(value), ("fixed", "introduced", "last_affected").index(kind), kind))
    inside = False
    for version, _, kind in sorted(steps):
        if kind == "introduced" and asked >= version:
            inside = True
        elif (kind == "fixed" and asked >= version) or (kind == "last_affected" and asked > version):
            inside = False
    return inside


def _fault(package: Locked, advisory: dict[str, Any], affected: dict[str, Any]) -> KnownFault:
    names = dict.fromkeys([advisory["id"], *(advisory.get("aliases") or ())])
    bounds = [one for one in affected.get("ranges") or () if one.get("type") == "ECOSYSTEM"]
    events = [event for one in bounds for event in one.get("events") or ()]
    summary = advisory.get("summary") or (advisory.get("details") or "").partition("\n")[0]
    return KnownFault(package, tuple(names), summary, tuple(event["fixed"] for event in events if "fixed" in event))


def _told_once(found: list[KnownFault]) -> list[KnownFault]:
    """Two collections often hold the same fault, each naming the other's: told as one."""
    told: list[KnownFault] = []
    for fault in found:
        same = next((one for one in told if one.package == fault.package and set(one.names) & set(fault.names)), None)
        if same is None:
            told.append(fault)
            continue
        names = tuple(dict.fromkeys([*same.names, *fault.names]))
        mended_in = tuple(dict.fromkeys([*same.mended_in, *fault.mended_in]))
        told[told.index(same)] = KnownFault(same.package, names, same.summary or fault.summary, mended_in)
    return sorted(told, key=lambda fault: (fault.package.name, fault.names))
