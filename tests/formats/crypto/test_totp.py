from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from app.formats.crypto.totp import (
    decrypt_secret,
    encrypt_secret,
    matching_step,
    new_totp_secret,
    provisioning_image,
    provisioning_uri,
)

NOW = datetime(2026, 11, 23, 6, 0, 10, tzinfo=UTC)
# RFC 6238, appendix B, SHA-1, the last six of its eight digits.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_the_codes_of_rfc_6238(seconds: int, code: str) -> None:
    assert matching_step(RFC_SECRET, code, None, datetime.fromtimestamp(seconds, UTC)) == seconds // 30


def test_a_code_works_once_and_never_an_older_one_after_it() -> None:
    codes = [pyotp.TOTP(RFC_SECRET).at(NOW + timedelta(seconds=30 * drift)) for drift in (-2, -1, 0, 1, 2)]
    present = int(NOW.timestamp()) // 30
    assert [matching_step(RFC_SECRET, code, None, NOW) for code in codes] == [
        None,
        present - 1,
        present,
        present + 1,
        None,
    ]
    assert [matching_step(RFC_SECRET, code, present, NOW) for code in codes] == [None, None, None, present + 1, None]


def test_a_clock_that_was_ahead_and_is_set_right_keeps_nobody_out() -> None:
    code, present = pyotp.TOTP(RFC_SECRET).at(NOW), int(NOW.timestamp()) // 30
    a_year_ahead = present + 399 * 24 * 3600 // 30
    assert matching_step(RFC_SECRET, code, a_year_ahead, NOW) == present
    # Set back by minutes, what was used stays used, and the wait for it is no longer than that of wrong codes.
    assert matching_step(RFC_SECRET, code, present + 4, NOW) is None
    assert matching_step(RFC_SECRET, code, present + 31, NOW) == present


@pytest.mark.parametrize("code", ["", "12345", "०८१८०४", "x" * 400])
def test_nonsense_is_no_code(code: str) -> None:
    assert matching_step(RFC_SECRET, code, None, NOW) is None


def test_a_stored_secret_opens_for_its_own_account_and_key_only() -> None:
    secret = new_totp_secret()
    sealed = encrypt_secret(secret, b"k" * 32, 7)
    assert secret.encode() not in sealed
    assert decrypt_secret(sealed, b"k" * 32, 7) == secret
    for key, account_id, text in (
        (b"x" * 32, 7, sealed),
        (b"k" * 32, 8, sealed),
        (b"k" * 32, 7, sealed[:-1] + bytes([sealed[-1] ^ 1])),
    ):
        with pytest.raises(ValueError, match="does not open"):
            decrypt_secret(text, key, account_id)


def test_the_image_is_a_data_address() -> None:
    uri = provisioning_uri(RFC_SECRET, "sho.kotwali", "Samvad Sample Police")
    assert uri.startswith("otpauth://totp/Samvad%20Sample%20Police:sho.kotwali?secret=")
    assert provisioning_image(uri).startswith("data:image/svg+xml;base64,")
