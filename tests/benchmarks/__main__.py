"""Runs the benchmarks that are named, or all: `script/bench [name …]`. Ends with 1 if a figure falls short."""

import importlib
import pkgutil
import subprocess
import sys

from tests import benchmarks

NOT_BENCHMARKS = {"__main__", "harness"}


def main(asked: list[str]) -> int:
    known = sorted({module.name for module in pkgutil.iter_modules(benchmarks.__path__)} - NOT_BENCHMARKS)
    # Typed as it is said: sign-in.
    asked = [name.replace("-", "_") for name in asked]
    unknown = set(asked) - set(known)
    if unknown:
        sys.stderr.write(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(known)}.\n")
        return 2
    names = asked or known
    if len(names) == 1:
        return run(names[0])
    # Each in a process of its own: memory that one has taken is not given back to the next.
    command = [sys.executable, "-m", "tests.benchmarks"]
    return max(subprocess.run([*command, name], check=False).returncode for name in names)


def run(name: str) -> int:
    everything_holds = True
    for figure in importlib.import_module(f"tests.benchmarks.{name}").figures():
        sys.stdout.write(figure.line() + "\n")
        sys.stdout.flush()
        everything_holds &= figure.holds
    return 0 if everything_holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
