"""Recovery codes: what lets an account in when the phone with the authenticator app is lost."""

import hmac
import secrets

#: how many an account is given at once
HOW_MANY = 10
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH = 12


def generate_recovery_codes() -> tuple[str, ...]:
    """Ten codes of 59 bits, in groups of four, to be shown once and kept on paper."""
    return tuple(_grouped("".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))) for _ in range(HOW_MANY))


def hash_recovery_code(code: str, key: bytes, account_id: int) -> bytes:
    """What is stored. Random codes need no slow hash, but a key outside the database. Spaces and case do not matter."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return hmac.digest(key, f"samvad.recovery_code.{account_id}:{plain}".encode(), "sha256")


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
