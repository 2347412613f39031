from datetime import date, timedelta

from app.web.limits import ANSWERS, AddressKey, Buckets, Limit

DAY = date(2026, 11, 23)
SMALL = Limit("small", burst=3, per_second=0.5)


def test_an_address_is_the_same_all_day_and_another_the_next() -> None:
    key = AddressKey(DAY)
    first = key.mac("203.0.113.7", DAY)
    assert key.mac("203.0.113.7", DAY) == first
    assert key.mac("203.0.113.8", DAY) != first
    assert key.mac("203.0.113.7", DAY + timedelta(days=1)) != first


def test_yesterdays_secret_is_gone() -> None:
    key = AddressKey(DAY)
    key.mac("203.0.113.7", DAY + timedelta(days=1))
    # A clock that goes back must not bring it back either.
    today = key.mac("203.0.113.7", DAY + timedelta(days=1))
    assert key.mac("203.0.113.7", DAY) == today


def test_two_applications_never_agree_on_an_address() -> None:
    assert AddressKey(DAY).mac("203.0.113.7", DAY) != AddressKey(DAY).mac("203.0.113.7", DAY)


def test_the_addresses_of_one_ipv6_customer_count_as_one() -> None:
    key = AddressKey(DAY)
    assert key.mac("2001:db8::1", DAY) == key.mac("2001:db8::ffff", DAY)
    assert key.mac("2001:db8::1", DAY) != key.mac("2001:db8:0:1::1", DAY)
    assert key.mac("::ffff:203.0.113.7", DAY) == key.mac("203.0.113.7", DAY)
    assert len(key.mac("not an address", DAY)) == 16


def test_a_burst_is_slowed_down_and_never_locked_out() -> None:
    buckets = Buckets()
    assert [buckets.take(SMALL, b"a", 0.0) for _ in range(3)] == [0, 0, 0]
    wait = buckets.take(SMALL, b"a", 0.0)
    assert wait == 3
    assert buckets.take(SMALL, b"b", 0.0) == 0
    assert buckets.take(SMALL, b"a", float(wait)) == 0


def test_a_refused_try_costs_nothing() -> None:
    buckets = Buckets()
    for _ in range(50):
        buckets.take(SMALL, b"a", 0.0)
    assert buckets.take(SMALL, b"a", 2.0) == 0


def test_a_camp_of_two_hundred_behind_one_address_gets_through() -> None:
    buckets = Buckets()
    assert not any(buckets.take(ANSWERS, b"camp", 0.1 * at) for at in range(200))
