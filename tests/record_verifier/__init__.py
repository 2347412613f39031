"""The verifier of the public record, as a stranger runs it, and its parts."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from tests.factories.record.folder import LOG, WITNESS, RecordFolder, Signer

FILE = Path(__file__).resolve().parents[2] / "static" / "verify" / "samvad-verify.py"
KEYS = ("--key", LOG.vkey, "--witness", WITNESS.vkey)


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("samvad_verify", FILE)
    if spec is None or spec.loader is None:
        raise ImportError(FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


#: its name has a hyphen, since it is a program and no module
verifier = _loaded()


def findings_in(folder: Path, *asked: str, keys: tuple[str, ...] = KEYS) -> list[str]:
    """What is wrong, in words."""
    given = verifier.arguments([str(folder), *keys, *asked])
    copy = verifier.Copy(folder)
    try:
        verifier.verify(given, copy)
    except verifier.Wrong as wrong:
        copy.wrong.append(f"checkpoint: {wrong}")
    return list(copy.wrong)


def findings_of(
    record: RecordFolder, folder: Path, *asked: str, signers: tuple[Signer, ...] = (LOG, WITNESS)
) -> list[str]:
    """What is wrong with a record that was written down as it is."""
    return findings_in(record.write(folder, signers), *asked)
