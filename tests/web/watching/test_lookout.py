import threading

import pytest

from app.web.watching.lookout import Lookout


def test_what_is_seen_is_handed_over_and_so_is_what_fails() -> None:
    assert Lookout(lambda: 7, patience_s=60)() == 7

    def fail() -> int:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        Lookout(fail, patience_s=60)()


def test_one_that_hangs_holds_one_thread_however_often_it_is_asked() -> None:
    answers, looks = threading.Event(), []

    def hang() -> int:
        looks.append(threading.current_thread())
        assert answers.wait(60)
        return 1

    lookout = Lookout(hang, patience_s=0.05)
    for _ in range(5):
        with pytest.raises(TimeoutError):
            lookout()
    assert len(looks) == 1
    answers.set()
    looks[0].join(60)
    assert Lookout(hang, patience_s=60)() == 1
    assert lookout() == 1
