"""Libraries per format: Markdown, text and HTML load none for Word or PDF, and Word loads none for PDF."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import case_file

pytestmark = pytest.mark.slow

ANSWERS = {"child-name": "Maya R.", **{f"own-{number}": f"answer {number}" for number in range(60)}}


@pytest.mark.parametrize(
    ("format", "never"),
    [
        ("md", {"docx", "lxml", "typst", "textual"}),
        ("txt", {"docx", "lxml", "typst", "textual"}),
        ("html", {"docx", "lxml", "typst", "textual"}),
        ("docx", {"typst", "textual"}),
    ],
)
def test_a_format_loads_only_what_it_needs(format: str, never: set[str], tmp_path: Path) -> None:
    (tmp_path / "maya.json").write_bytes(case_file(ANSWERS, "maya"))
    code = (
        "import sys\n"
        "from iep_tui.cli.main import main\n"
        "assert main(['import', 'maya.json']) == 0\n"
        f"assert main(['export', 'maya', '--format', {format!r}, '--out', 'sheet']) == 0\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "IEP_TUI_HOME": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "sheet").stat().st_size > 100
    assert not never & set(done.stdout.splitlines()[-1].split())
