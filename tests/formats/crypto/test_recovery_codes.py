"""Recovery codes: kept on paper, and on the server only as what they cannot be read from."""

from app.formats.crypto.recovery_codes import generate_recovery_codes, hash_recovery_code


def test_recovery_codes_are_read_however_they_are_typed() -> None:
    codes = generate_recovery_codes()
    assert len(set(codes)) == 10
    key = b"k" * 32
    stored = hash_recovery_code(codes[0], key, 7)
    assert hash_recovery_code(codes[0].lower().replace("-", " "), key, 7) == stored
    assert hash_recovery_code(codes[0], key, 8) != stored
    assert hash_recovery_code(codes[1], key, 7) != stored


def test_no_two_letters_of_a_code_look_alike() -> None:
    made = "".join(generate_recovery_codes() + generate_recovery_codes())
    assert not set(made) & set("01ILOilo")
