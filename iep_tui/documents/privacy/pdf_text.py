"""Text extraction from a PDF in a child process, so that a malicious file can hang or exhaust only that process.

    python -P -m iep_tui.documents.privacy.pdf_text

Input is the file's bytes, output the text in UTF-8; the exit code says why there is none.
`iep_tui.documents.subprocess_worker` handles both.
"""

from __future__ import annotations

import io
import sys
from typing import NoReturn

from iep_tui.core.progress_callback import OnStep, unwatched
from iep_tui.documents import subprocess_worker

DONE, DAMAGED, LOCKED, TOO_LARGE, MISSING = 0, 1, 3, 4, 5
MOST_PAGES = 500
#: Seconds, bytes of memory and letters: a hundred times what the largest of our own sheets takes.
MOST_SECONDS = 60
MOST_MEMORY = 1_500_000_000
MOST_LETTERS = 5_000_000


def pdf_words(data: bytes, progress: OnStep = unwatched) -> tuple[int, str]:
    """One of the codes above, and the words where it is DONE."""
    answer = subprocess_worker.ask("iep_tui.documents.privacy.pdf_text", data, progress, most_seconds=MOST_SECONDS)
    if answer is None:
        return TOO_LARGE, ""
    known = answer.code if answer.code in (DONE, LOCKED, TOO_LARGE, MISSING) else DAMAGED
    return known, answer.data.decode("utf-8", "replace") if known == DONE else ""


def main() -> NoReturn:
    """The other process's side."""
    data = subprocess_worker.asked()
    subprocess_worker.limit_memory(MOST_MEMORY)
    try:
        import pypdf
    except ImportError:
        subprocess_worker.answer(MISSING)
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        subprocess_worker.answer(LOCKED)
    if len(reader.pages) > MOST_PAGES:
        subprocess_worker.answer(TOO_LARGE)
    found: list[str] = []
    letters = 0
    for page in reader.pages:
        found.append(page.extract_text())
        letters += len(found[-1])
        if letters > MOST_LETTERS:
            subprocess_worker.answer(TOO_LARGE)
    found += (str(value) for value in (reader.metadata or {}).values())
    subprocess_worker.answer(DONE, "\n".join(found).encode("utf-8", "replace"))


if __name__ == "__main__":
    try:
        main()
    except BaseException:  # noqa: BLE001 - a stranger's PDF can fail in its reader in any way, and is never told in full
        sys.exit(DAMAGED)
