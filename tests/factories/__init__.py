"""Rows for tests: each function adds what it names, with whatever the test does not care about filled in."""

from tests.factories.devices import Tablet, add_device
from tests.factories.placements import add_placement
from tests.factories.places import add_place
from tests.factories.responses import add_responses
from tests.factories.screens import RegisteredScreen, enrolled_screen, register_screen
from tests.factories.serials import add_serials
from tests.factories.surveys import VISIT, add_survey, definition, question

__all__ = [
    "VISIT",
    "RegisteredScreen",
    "Tablet",
    "add_device",
    "add_place",
    "add_placement",
    "add_responses",
    "add_serials",
    "add_survey",
    "definition",
    "enrolled_screen",
    "question",
    "register_screen",
]
