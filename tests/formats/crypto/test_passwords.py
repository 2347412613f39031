import pytest
from argon2 import PasswordHasher

from app.formats.crypto import passwords
from app.formats.crypto.passwords import generate_password, hash_password, needs_rehash, verify_password


def test_argon2id_with_its_own_salt_each_time() -> None:
    one, two = hash_password("neela aasman 1947"), hash_password("neela aasman 1947")
    assert one.startswith("$argon2id$")
    assert one != two
    assert verify_password(one, "neela aasman 1947")
    assert not verify_password(one, "neela aasman 1948")
    assert not needs_rehash(one)


def test_a_cheap_hash_is_made_anew() -> None:
    assert needs_rehash(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))


class CountingHasher:
    """The real hasher, which also keeps the hashes that it was asked to verify against."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._real = passwords._HASHER

    def verify(self, stored: str, password: str) -> bool:
        self.asked.append(stored)
        return self._real.verify(stored, password)

    def hash(self, password: str) -> str:
        return self._real.hash(password)


def test_unknown_users_cost_as_much_as_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = hash_password("neela aasman 1947")
    verify_password(None, "first use makes the hash of nobody")
    counting = CountingHasher()
    monkeypatch.setattr(passwords, "_HASHER", counting)
    assert not verify_password(None, "whatever it is")
    assert not verify_password(stored, "whatever it is")
    nobodys, somebodys = counting.asked
    assert nobodys.rsplit("$", 2)[0] == somebodys.rsplit("$", 2)[0]


def test_nobody_can_sign_in_with_the_hash_of_nobody() -> None:
    assert not verify_password(None, "")


@pytest.mark.parametrize("stored", ["", "plain", "$argon2id$v=19$broken"])
def test_a_broken_hash_lets_nobody_in(stored: str) -> None:
    assert not verify_password(stored, "plain")


def test_generated_passwords_have_no_letters_that_look_alike() -> None:
    made = {generate_password() for _ in range(50)}
    assert len(made) == 50
    assert not set("".join(made)) & set("01loi")
