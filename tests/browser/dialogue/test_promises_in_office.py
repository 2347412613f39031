"""Promises in the office in a browser: sound for everybody, in either language, at a desk and on a phone."""

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.domain.accounts.role import Role
from tests.browser.conftest import DESK, PHONE, LiveServer, layout_faults, office_page, violations
from tests.factories.dialogue.commitments import DAY, MONDAY, PromisingDepartment


@pytest.fixture
def department(app: Flask, live_server: LiveServer) -> PromisingDepartment:
    app.config["CLOCK"] = lambda: MONDAY
    made = PromisingDepartment.begin()
    for days in (7, 30):
        made.open(days=days)
    made.propose()
    app.config["CLOCK"] = lambda: MONDAY + 10 * DAY
    return made


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_every_page_of_promises_is_sound_for_everyone(
    browser: Browser, live_server: LiveServer, department: PromisingDepartment, viewport: dict[str, int]
) -> None:
    late, opened, proposed = 1, 2, 3
    write = f"/office/promises/write/{department.ids['busy']}?survey=visit&evidence=open&question=overall&answer=good"
    of_station = (
        "/office/",
        "/office/promises",
        f"/office/promises/new/{department.ids['busy']}",
        write,
        f"/office/promises/{late}",
        f"/office/promises/{late}/end",
        f"/office/promises/{opened}/move",
        f"/office/promises/{proposed}",
    )
    of_district = ("/office/", "/office/promises", f"/office/promises/{proposed}")
    for role, place, paths in (
        (Role.STATION_HEAD, "busy", of_station),
        (Role.DISTRICT_HEAD, "district", of_district),
    ):
        with office_page(browser, live_server, role, department.ids[place], viewport) as page:
            for path in paths:
                page.goto(f"{live_server.url}{path}")
                assert violations(page) + layout_faults(page) == [], path
                page.evaluate("document.documentElement.style.fontSize = '200%'")
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_promise_is_made_with_the_keyboard_and_a_mouse_and_a_refusal_keeps_what_was_typed(
    browser: Browser, live_server: LiveServer, department: PromisingDepartment
) -> None:
    with office_page(browser, live_server, Role.DISTRICT_HEAD, department.ids["district"]) as page:
        page.goto(f"{live_server.url}/office/promises/new/{department.ids['district']}?question=overall")
        page.get_by_role("link", name="about 62 in 100").click()
        page.get_by_label("What will be done? – in Hindi").fill("दो दिन का प्रशिक्षण होगा।")
        page.get_by_label("What will be done? – in English").fill("70 % will be satisfied.")
        page.get_by_label("Which office does it? – in Hindi").fill("ज़िला कार्यालय")
        page.get_by_label("Which office does it? – in English").fill("District office")
        page.get_by_label("By when?").fill("2027-02-01")
        page.get_by_role("button", name="Send to be approved").click()
        assert page.get_by_role("alert").get_by_text("Please promise something that is done").is_visible()
        assert page.get_by_label("What will be done? – in Hindi").input_value() == "दो दिन का प्रशिक्षण होगा।"
        page.get_by_label("What will be done? – in English").fill("There will be two days of training.")
        page.get_by_role("button", name="Send to be approved").click()
        assert page.get_by_text("Somebody else has to approve what you wrote.").is_visible()
