"""Firefox and WebKit as Debian builds them, in a window as wide as a small phone.

Playwright drives builds of its own, and Debian has no geckodriver, so each is told what to do in what it speaks by
itself: Firefox in Marionette, WebKit in WebDriver. Of both only what a short path needs.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, BinaryIO

WIDTH, HEIGHT = 360, 640
#: until a browser is there that starts beside all the others of a test run
PATIENCE = 60

#: the same commands by their names in Marionette and by their addresses in WebDriver
ADDRESSES = {
    "SetWindowRect": "window/rect",
    "Navigate": "url",
    "Back": "back",
    "FindElement": "element",
    "ElementClick": "element/{id}/click",
    "ExecuteAsyncScript": "execute/async",
}
PREFERENCES = {
    # Any that is free; Firefox writes down which.
    "marionette.port": 0,
    # Beside the page, as on a phone, no bar takes of the width.
    "ui.useOverlayScrollbars": 1,
    "toolkit.legacyUserProfileCustomizations.stylesheets": True,
}
# Their own buttons hold the windows of both wider than a phone.
FIREFOX_STYLE = ":root { min-width: 0 !important }"
GTK_STYLE = "* { min-width: 0; margin: 0; padding: 0 }"

EVALUATE = """const done = arguments[arguments.length - 1];
new Promise((told) => told((%s)())).then((value) => done({ value }), (error) => done({ error: String(error) }));"""
SEEN = "() => Boolean(document.querySelector(%s)?.checkVisibility())"
# The driver of WebKit takes what lies just below the screen for what cannot be reached.
SHOW = "() => document.querySelector(%s).scrollIntoView({ block: 'center', behavior: 'instant' })"


class Refused(Exception):
    """A command that the browser could not follow."""


class Window:
    """What a citizen does in it. `say` hands a command to the browser and brings what it answers."""

    def __init__(self, say: Callable[..., Any]) -> None:
        self.say = say
        say("SetWindowRect", width=WIDTH, height=HEIGHT)

    def open(self, address: str) -> None:
        self.say("Navigate", url=address)

    def reload(self) -> None:
        """As people do it. The protocols' own way passes over the worker, as with Shift in Firefox."""
        self.evaluate("() => void setTimeout(() => location.reload())")

    def back(self) -> None:
        self.say("Back")

    def evaluate(self, expression: str) -> Any:
        """As in Playwright: a function without arguments, of whose promise the value is waited for."""
        told = self.say("ExecuteAsyncScript", script=EVALUATE % expression, args=[])
        if told is None:
            raise Refused("the page went before it answered")
        assert "error" not in told, told
        return told.get("value")

    def sees(self, selector: str) -> bool:
        return bool(self.evaluate(SEEN % json.dumps(selector)))

    def press(self, selector: str) -> None:
        """Once it is there; what lies over it, or beside the screen, cannot be pressed."""
        wait_for(lambda: self.sees(selector), selector)
        self.evaluate(SHOW % json.dumps(selector))
        (element,) = self.say("FindElement", using="css selector", value=selector).values()
        self.say("ElementClick", id=element)


def wait_for(holds: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """What it tells once it tells anything. A page on its way to another answers nothing."""
    until = time.monotonic() + seconds
    refused: Exception | None = None
    while time.monotonic() < until:
        try:
            if found := holds():
                return found
        except (OSError, Refused) as error:
            refused = error
        time.sleep(0.05)
    raise AssertionError(f"{what} never came") from refused


@contextmanager
def running(*command: str, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Until the end of the block; then it is killed with all that it started."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "process_group": 0}
    with subprocess.Popen(command, **{**quiet, **more}) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def firefox(home: Path) -> Iterator[Window]:
    (home / "chrome").mkdir(parents=True)
    (home / "chrome" / "userChrome.css").write_text(FIREFOX_STYLE)
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
    (home / "user.js").write_text("".join(lines))
    active = home / "MarionetteActivePort"
    with running("firefox-esr", "--headless", "--marionette", "--profile", str(home)):
        port = int(wait_for(lambda: active.exists() and active.read_text(), "Firefox"))
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection, connection.makefile("rwb") as line:
            hear(line)

            def say(command: str, **what: Any) -> Any:
                message = json.dumps([0, 1, f"WebDriver:{command}", what]).encode()
                line.write(b"%d:%s" % (len(message), message))
                line.flush()
                _, _, error, result = hear(line)
                if error:
                    raise Refused(error["error"], error["message"])
                return result["value"] if list(result) == ["value"] else result

            say("NewSession")
            yield Window(say)


def hear(line: BinaryIO) -> Any:
    """One message of Marionette: how long it is, a colon, and that much of JSON."""
    length = b""
    while (letter := line.read(1)) not in (b":", b""):
        length += letter
    return json.loads(line.read(int(length)))


@contextmanager
def webkit(home: Path) -> Iterator[Window]:
    (home / "gtk-3.0").mkdir(parents=True)
    (home / "gtk-3.0" / "gtk.css").write_text(GTK_STYLE)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = {"binary": str(mini_browser()), "args": ["--automation"]}
    wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
    with running("Xvfb", "-displayfd", "1", "-nolisten", "tcp", stdout=subprocess.PIPE) as screen:
        assert screen.stdout is not None
        display = f":{screen.stdout.readline().decode().strip()}"
        around = {**os.environ, "DISPLAY": display, "XDG_CONFIG_HOME": str(home)}
        with running("WebKitWebDriver", f"--port={port}", env=around):
            session = wait_for(lambda: post(port, "/session", wanted), "WebKit")["sessionId"]

            def say(command: str, **what: Any) -> Any:
                return post(port, f"/session/{session}/{ADDRESSES[command].format(**what)}", what)

            yield Window(say)


def post(port: int, address: str, what: dict[str, Any]) -> Any:
    """One command of WebDriver."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as driver:
        driver.request("POST", address, json.dumps(what))
        answer = driver.getresponse()
        value = json.load(answer)["value"]
    if answer.status != HTTPStatus.OK:
        raise Refused(value)
    return value


def mini_browser() -> Path | None:
    """It comes with the library, not with its driver."""
    return next(Path("/usr/lib").glob("*/webkit2gtk-*/MiniBrowser"), None)


ENGINES = {"Firefox": firefox, "WebKit": webkit}


def missing(engine: str) -> list[str]:
    """What it needs and is not on this machine."""
    needed = {"Firefox": ["firefox-esr"], "WebKit": ["WebKitWebDriver", "Xvfb"]}[engine]
    absent = [program for program in needed if shutil.which(program) is None]
    return absent if engine == "Firefox" or mini_browser() else [*absent, "MiniBrowser"]
