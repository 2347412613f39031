"""The Debian packages that script/bootstrap asks for, in the versions that this machine has."""

import platform
import subprocess
from dataclasses import dataclass

from script.supply_chain.locked import ROOT


@dataclass(frozen=True, slots=True)
class SystemPackage:
    """One installed package of a distribution (`debian`, `ubuntu`)."""

    name: str
    version: str
    architecture: str
    distribution: str


def system_packages() -> list[SystemPackage]:
    """Those that the product needs, and what they need in turn is their distribution's matter."""
    names = subprocess.run(
        [ROOT / "script" / "bootstrap", "--packages"], check=True, capture_output=True, text=True
    ).stdout.split()
    shape = "${Package} ${Version} ${Architecture}\n"
    told = subprocess.run(["dpkg-query", "-W", "-f", shape, *names], check=True, capture_output=True, text=True).stdout
    distribution = platform.freedesktop_os_release()["ID"]
    lines = (line.split() for line in told.splitlines())
    return [SystemPackage(name, version, architecture, distribution) for name, version, architecture in lines]
