"""A phone whose memory outlives its browser: a profile on the disk, closed in order or killed."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Page, ViewportSize


class Profile:
    """`launch` starts a browser on what the one before it has left behind."""

    def __init__(
        self, browser_type: BrowserType, arguments: dict[str, Any], folder: Path, viewport: ViewportSize
    ) -> None:
        self._browser_type, self._arguments, self.folder = browser_type, arguments, folder
        self._viewport = viewport
        self.context: BrowserContext | None = None

    def launch(self) -> Page:
        self.context = self._browser_type.launch_persistent_context(
            str(self.folder), viewport=self._viewport, locale="hi-IN", timezone_id="Asia/Kolkata", **self._arguments
        )
        return self.context.pages[0]

    def close(self) -> None:
        if self.context is not None:
            self.context.close()
            self.context = None

    def kill(self) -> None:
        """As a battery that is pulled out: no process of the browser gets to do anything any more."""
        # Until none is left: one that was just starting would go on with the profile.
        while processes := self._processes():
            for process in processes:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        # There is nobody left to be told.
        self.context = None
        # The lock names the dead process, and the next browser would ask it.
        (self.folder / "SingletonLock").unlink(missing_ok=True)

    def _processes(self) -> list[int]:
        told = subprocess.run(["pgrep", "-f", str(self.folder)], capture_output=True, text=True, check=False).stdout
        return [int(line) for line in told.split() if int(line) != os.getpid()]

    def holds(self, text: str) -> list[str]:
        """The files of the profile in which this text stands, in an encoding that browsers write."""
        spelled = [text.encode(encoding) for encoding in ("utf-8", "utf-16-le")]
        files = [file for file in self.folder.rglob("*") if file.is_file() and not file.is_symlink()]
        return [str(file) for file in files if any(each in _content(file) for each in spelled)]


def _content(file: Path) -> bytes:
    """Nothing of a file that went between being listed and being read: browsers rename what they just wrote."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
