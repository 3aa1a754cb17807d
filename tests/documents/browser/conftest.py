"""One headless Chromium for the tests of the web page, with axe-core to check it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .chromium import Browser, browser, found

AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"


def missing() -> str:
    """The programs that these tests need and this machine lacks, or an empty string."""
    if os.name != "posix":
        return "the browser is spoken to through a pipe, which is tried on Linux and macOS only"
    if found() is None:
        return "Chromium is not installed (Debian: apt-get install chromium)"
    if not AXE.is_file():
        return "axe-core is not installed (npm install --no-save --no-package-lock --prefix tests/documents/browser)"
    return ""


@pytest.fixture(scope="package")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A page of a browser. Its absence is a failure where IEP_TUI_BROWSER=1 promises one, as in CI."""
    if reason := missing():
        if os.environ.get("IEP_TUI_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    program = found()
    assert program is not None
    with browser(program, tmp_path_factory.mktemp("chromium")) as page:
        yield page


@pytest.fixture(scope="package")
def axe() -> str:
    """The script that measures a page (https://github.com/dequelabs/axe-core)."""
    return AXE.read_text(encoding="utf-8") if AXE.is_file() else ""
