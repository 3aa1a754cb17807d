"""A headless Chromium with a profile of its own, spoken to through a pipe (Chrome DevTools Protocol)."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")

#: Nothing of the user's, no screen, no sandbox (CI runs as root), and none of the browser's own calls to the network.
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)

#: Seconds to wait for one answer of the browser before the test fails.
_PATIENCE = 60.0


def found() -> str | None:
    """The path of Chromium on this machine."""
    return next((where for name in NAMES if (where := shutil.which(name))), None)


class Browser:
    """One page of one browser. Every method waits for the reply; an error becomes an AssertionError."""

    def __init__(self, to: int, of: int) -> None:
        self._to, self._of = to, of
        self._read = b""
        self._number = 0
        self._session = ""
        #: What the page told by itself, as (method, params).
        self.events: list[tuple[str, dict[str, Any]]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._write(json.dumps(message).encode() + b"\0")
        while (told := self._next()).get("id") != self._number:
            self.events.append((told["method"], told["params"]))
        assert "error" not in told, (method, told)
        result: dict[str, Any] = told["result"]
        return result

    def open(self, path: Path, *, width: int, scheme: str = "light") -> None:
        """Show a file at `width` CSS pixels, in the light or dark scheme, and forget earlier messages."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events.clear()
        self.call("Page.navigate", url=path.as_uri())
        self._until(lambda: any(method == "Page.loadEventFired" for method, _params in self.events))

    def run(self, script: str) -> Any:
        """The value of an expression in the page, waited for if it is a promise."""
        told = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def _until(self, happened: Callable[[], bool]) -> None:
        while not happened():
            told = self._next()
            self.events.append((told["method"], told["params"]))

    def _write(self, message: bytes) -> None:
        while message:
            message = message[os.write(self._to, message) :]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._of], [], [], _PATIENCE)
            assert ready, "Chromium does not answer"
            part = os.read(self._of, 1 << 16)
            assert part, "Chromium ended by itself"
            self._read += part
        one, self._read = self._read.split(b"\0", 1)
        told: dict[str, Any] = json.loads(one)
        return told


@contextmanager
def browser(program: str, profile: Path) -> Iterator[Browser]:
    """A browser that ends with the block, even after an error. `profile` is an empty folder."""
    # The browser reads its pipe as file 3 and writes as file 4, so our own ends stay clear of these numbers.
    theirs_in, to = map(_high, os.pipe())
    of, theirs_out = map(_high, os.pipe())
    environ = {**os.environ, "HOME": str(profile), "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
    log = profile / "log.txt"
    process = os.posix_spawn(
        program,
        [program, *_FLAGS, f"--user-data-dir={profile / 'data'}"],
        environ,
        file_actions=[
            (os.POSIX_SPAWN_DUP2, theirs_in, 3),
            (os.POSIX_SPAWN_DUP2, theirs_out, 4),
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setpgroup=0,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        yield Browser(to, of)
    finally:
        os.close(to)
        os.close(of)
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _high(file: int) -> int:
    """The same file under a descriptor of at least 10; the original is closed."""
    import fcntl  # Not there on Windows, where nothing here is called.

    high = fcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(file)
    return high
