"""What a person, a browser and a network may do to answers, in any order; and what must hold after each step."""

from collections import Counter
from itertools import count
from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from playwright.sync_api import Browser, BrowserContext

from tests.browser.actors.fault_run import left_on, stored_numbers
from tests.browser.actors.faults import FAULTS, Faults
from tests.browser.actors.phones import DrivenPhone, counted_numbers, stored_ids
from tests.browser.conftest import open_context

TABS = st.integers(0, 1)
_numbers = count(1)
#: of every run so far: what a killed tab had sent may arrive while the next phone is at it
_ever_kept: set[str] = set()


def delivery_model(
    browser: Browser, faults: Faults, address: str, kinds: tuple[str | None, ...] = FAULTS
) -> type[RuleBasedStateMachine]:
    """The machine that drives this browser against this server; the network breaks in the given ways."""

    class Bound(DeliveryModel):
        def __init__(self) -> None:
            super().__init__(browser, faults, address, kinds)

        @rule(kind=st.sampled_from((kinds, *((each,) for each in kinds))))
        def let_the_network_break(self, kind: tuple[str | None, ...]) -> None:
            self.faults.happening = kind

    return Bound


class DeliveryModel(RuleBasedStateMachine):
    """One phone with two tabs of a code, the scripts that citizens get, and the server that the department runs.

    `kept` are the answers of which the page said that they are kept, by id. The model never looks into the scripts: it
    knows what was kept, what the list on the phone shows, and what lies in the database.
    """

    def __init__(self, browser: Browser, faults: Faults, address: str, kinds: tuple[str | None, ...]) -> None:
        super().__init__()
        self.faults, self.address, self.kinds = faults, address, kinds
        self.context: BrowserContext = open_context(browser)
        self.tabs: list[DrivenPhone | None] = [None, None]
        self.kept: dict[str, int] = {}
        self.discarded: set[str] = set()
        self.confirmed: dict[str, str] = {}
        self.offline = False

    @initialize()
    def open_the_code(self) -> None:
        self.faults.happening, self.faults.down = self.kinds, False
        self.tabs[0] = DrivenPhone(self.context.new_page(), self.address).open()

    @rule(tab=TABS)
    def answer(self, tab: int) -> None:
        if phone := self.tabs[tab]:
            number = next(_numbers)
            identifier = phone.keep({"number": number, "respect": 1 + number % 5})
            self.kept[identifier] = number
            _ever_kept.add(identifier)

    @rule(tab=TABS)
    def try_to_send(self, tab: int) -> None:
        if phone := self.tabs[tab]:
            phone.flush()

    @rule(network=st.sampled_from(("there", "there", "there", "offline", "server down")))
    def change_the_network(self, network: str) -> None:
        self._set_offline(network == "offline")
        self.faults.down = network == "server down"

    @rule(tab=TABS, in_flight=st.booleans())
    def kill_a_tab(self, tab: int, in_flight: bool) -> None:
        if phone := self.tabs[tab]:
            self._hear(phone)
            if in_flight:
                phone.page.evaluate("void phone.flush()")
            phone.page.close()
            self.tabs[tab] = None

    @rule(tab=TABS)
    def open_a_tab(self, tab: int) -> None:
        # A page that is not on the phone yet cannot be opened without network, whatever becomes of answers.
        down, self.faults.down, offline = self.faults.down, False, self.offline
        self._set_offline(False)
        if phone := self.tabs[tab]:
            self._hear(phone)
            phone.open()
        else:
            self.tabs[tab] = DrivenPhone(self.context.new_page(), self.address).open()
        self.faults.down = down
        self._set_offline(offline)

    @rule(tab=TABS, which=st.integers(0, 99))
    def discard(self, tab: int, which: int) -> None:
        phone = self.tabs[tab]
        waiting = sorted(row["id"] for row in phone.rows()) if phone else []
        if phone and waiting:
            identifier = waiting[which % len(waiting)]
            self.discarded.add(identifier)
            phone.page.evaluate("(id) => phone.discard(id)", identifier)

    @invariant()
    def nothing_is_lost_or_invented(self) -> None:
        # The phone first: what it forgets or confirms between the two looks must be on the server at the second.
        for phone in filter(None, self.tabs):
            self._hear(phone)
        held = {row["id"]: row["state"] for row in self._rows()} if any(self.tabs) else None
        stored = stored_ids()
        assert stored <= _ever_kept, "the server has what nobody kept"
        if held is not None:
            assert self.kept.keys() - self.discarded <= stored | held.keys(), "an answer is nowhere"
            assert set(held.values()) <= {"waiting"}, "an honest answer was refused"
        assert self.confirmed.keys() <= stored, "the page said that it was sent, and it is not there"

    def teardown(self) -> None:
        try:
            self.faults.happening, self.faults.down = (None,), False
            self._set_offline(False)
            phone = self.tabs[0] or DrivenPhone(self.context.new_page(), self.address).open()
            self.tabs[0] = phone
            assert left_on(phone) == 0
            self.nothing_is_lost_or_invented()
            assert self.kept.keys() - self.discarded <= stored_ids()
            numbers = stored_numbers()
            assert len(numbers) == len(set(numbers)), "an answer was stored twice"
            assert Counter(self.confirmed.values()) <= Counter(counted_numbers())
        finally:
            self.context.close()

    def _set_offline(self, offline: bool) -> None:
        self.context.set_offline(offline)
        self.offline = offline

    def _rows(self) -> list[dict[str, Any]]:
        return next(filter(None, self.tabs)).rows()

    def _hear(self, phone: DrivenPhone) -> None:
        self.confirmed |= phone.numbers()
