import os
import threading
from contextlib import ExitStack

import pytest
from argon2 import PasswordHasher

from app.domain.problem import Problem
from app.formats.crypto import passwords
from app.formats.crypto.passwords import (
    BUSY_FOR,
    MOST_KNOWN,
    MOST_STRANGERS,
    NICE,
    generate_password,
    hash_password,
    needs_rehash,
    place_in_line,
    verify_password,
)


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


def test_few_wait_and_the_next_is_told_so_at_once() -> None:
    with ExitStack() as waiting:
        for _ in range(MOST_STRANGERS):
            waiting.enter_context(place_in_line(known=False))
        with pytest.raises(Problem, match=r"sign_in\.busy") as refused, place_in_line(known=False):
            pass
        assert refused.value.status == 503
        assert refused.value.details["retry_after"] in BUSY_FOR
        # Strangers fill their own places alone.
        for _ in range(MOST_KNOWN):
            waiting.enter_context(place_in_line(known=True))
    with place_in_line(known=False):
        pass


def test_a_place_is_free_again_whatever_happens_on_it() -> None:
    for _ in range(2 * MOST_STRANGERS):
        with pytest.raises(ZeroDivisionError), place_in_line(known=False):
            raise ZeroDivisionError


class Watched:
    """The real hasher, which also keeps who hashes, how urgently, and how many at once."""

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.urgency: set[int] = set()
        self.most = self.now = 0
        self._real = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self._lock = threading.Lock()

    def hash(self, password: str) -> str:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.threads.add(threading.get_native_id())
        self.urgency.add(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        made = self._real.hash(password)
        with self._lock:
            self.now -= 1
        return made


def test_hashes_are_made_one_at_a_time_by_a_thread_that_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched()
    monkeypatch.setattr(passwords, "_HASHER", watched)
    asking = [threading.Thread(target=hash_password, args=["neela aasman 1947"]) for _ in range(20)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    own = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert (len(watched.threads), watched.most, watched.urgency) == (1, 1, {max(own, NICE)})


def test_a_child_process_hashes_with_a_thread_of_its_own() -> None:
    """Servers load the product and fork, and a pool without its thread would wait for ever."""
    hash_password("made before the fork")
    child = os.fork()
    if child == 0:
        os._exit(0 if hash_password("made after it") else 1)
    assert os.waitpid(child, 0)[1] == 0
