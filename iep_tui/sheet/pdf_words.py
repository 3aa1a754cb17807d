"""The words of a PDF, read in a process of its own: a file made to hang or to fill the memory ends that one alone.

    python -m iep_tui.sheet.pdf_words < FILE

The bytes come in on standard input, the words go out in UTF-8; the exit code says why there are none.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

DONE, DAMAGED, LOCKED, TOO_LARGE, MISSING = 0, 1, 3, 4, 5
MOST_PAGES = 500
#: Seconds, bytes of memory and letters: a hundred times what the largest of our own sheets takes.
MOST_SECONDS = 60
MOST_MEMORY = 1_500_000_000
MOST_LETTERS = 5_000_000


def pdf_words(data: bytes) -> tuple[int, str]:
    """One of the codes above, and the words where it is DONE."""
    # Ours is found where this module is; the folder the program was called in has no say (-P).
    where = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    call = [sys.executable, "-P", "-m", "iep_tui.sheet.pdf_words"]
    try:
        done = subprocess.run(call, input=data, capture_output=True, timeout=MOST_SECONDS, check=False, env=where)
    except subprocess.TimeoutExpired:
        return TOO_LARGE, ""
    known = done.returncode if done.returncode in (DONE, LOCKED, TOO_LARGE, MISSING) else DAMAGED
    return known, done.stdout.decode("utf-8", "replace") if known == DONE else ""


def main() -> int:
    """The child's side."""
    try:
        import resource
    except ImportError:  # not on Windows
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        import pypdf
    except ImportError:
        return MISSING
    reader = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()), strict=False)
    if reader.is_encrypted:
        return LOCKED
    if len(reader.pages) > MOST_PAGES:
        return TOO_LARGE
    found: list[str] = []
    letters = 0
    for page in reader.pages:
        found.append(page.extract_text())
        letters += len(found[-1])
        if letters > MOST_LETTERS:
            return TOO_LARGE
    found += (str(value) for value in (reader.metadata or {}).values())
    sys.stdout.buffer.write("\n".join(found).encode("utf-8", "replace"))
    return DONE


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Exception:  # noqa: BLE001 - a stranger's PDF can fail in its reader in any way, and is never told in full
        sys.exit(DAMAGED)
