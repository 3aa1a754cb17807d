"""Text extraction from a PDF in a child process, so that a malicious file can hang or exhaust only that process.

    python -P -m iep_tui.documents.privacy.pdf_text

Input is the file's bytes, output the text in UTF-8; the exit code says why there is none.
`iep_tui.documents.subprocess_worker` handles both.
"""

from __future__ import annotations

import io
import sys
from typing import NoReturn

from iep_tui.core.progress_callback import ProgressCallback, no_progress
from iep_tui.documents import subprocess_worker

PDF_DONE, PDF_DAMAGED, PDF_LOCKED, PDF_TOO_LARGE, PDF_READER_MISSING = 0, 1, 3, 4, 5
MAX_PDF_PAGES = 500
#: Seconds, bytes of memory and letters: a hundred times what the largest of our own sheets takes.
MAX_PDF_SECONDS = 60
MAX_PDF_MEMORY = 1_500_000_000
MAX_PDF_CHARS = 5_000_000


def pdf_text(data: bytes, progress: ProgressCallback = no_progress) -> tuple[int, str]:
    """One of the codes above, and the words where it is DONE."""
    answer = subprocess_worker.call("iep_tui.documents.privacy.pdf_text", data, progress, most_seconds=MAX_PDF_SECONDS)
    if answer is None:
        return PDF_TOO_LARGE, ""
    known = answer.code if answer.code in (PDF_DONE, PDF_LOCKED, PDF_TOO_LARGE, PDF_READER_MISSING) else PDF_DAMAGED
    return known, answer.data.decode("utf-8", "replace") if known == PDF_DONE else ""


def main() -> NoReturn:
    """The other process's side."""
    data = subprocess_worker.receive()
    subprocess_worker.limit_memory(MAX_PDF_MEMORY)
    try:
        import pypdf
    except ImportError:
        subprocess_worker.reply(PDF_READER_MISSING)
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        subprocess_worker.reply(PDF_LOCKED)
    if len(reader.pages) > MAX_PDF_PAGES:
        subprocess_worker.reply(PDF_TOO_LARGE)
    found: list[str] = []
    letters = 0
    for page in reader.pages:
        found.append(page.extract_text())
        letters += len(found[-1])
        if letters > MAX_PDF_CHARS:
            subprocess_worker.reply(PDF_TOO_LARGE)
    found += (str(value) for value in (reader.metadata or {}).values())
    subprocess_worker.reply(PDF_DONE, "\n".join(found).encode("utf-8", "replace"))


if __name__ == "__main__":
    try:
        main()
    except BaseException:  # noqa: BLE001 - a stranger's PDF can fail in its reader in any way, and is never told in full
        sys.exit(PDF_DAMAGED)
