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
#: Limits in seconds, bytes of memory and characters: about a hundred times what our largest sheet takes.
MAX_PDF_SECONDS = 60
MAX_PDF_MEMORY = 1_500_000_000
MAX_PDF_CHARS = 5_000_000


def pdf_text(data: bytes, progress: ProgressCallback = no_progress) -> tuple[int, str]:
    """Return one of the codes above, and the text if it is PDF_DONE."""
    reply = subprocess_worker.call("iep_tui.documents.privacy.pdf_text", data, progress, max_seconds=MAX_PDF_SECONDS)
    if reply is None:
        return PDF_TOO_LARGE, ""
    code = reply.code if reply.code in (PDF_DONE, PDF_LOCKED, PDF_TOO_LARGE, PDF_READER_MISSING) else PDF_DAMAGED
    return code, reply.data.decode("utf-8", "replace") if code == PDF_DONE else ""


def main() -> NoReturn:
    """Extract the text in the child process."""
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
    texts: list[str] = []
    char_count = 0
    for page in reader.pages:
        texts.append(page.extract_text())
        char_count += len(texts[-1])
        if char_count > MAX_PDF_CHARS:
            subprocess_worker.reply(PDF_TOO_LARGE)
    texts += (str(value) for value in (reader.metadata or {}).values())
    subprocess_worker.reply(PDF_DONE, "\n".join(texts).encode("utf-8", "replace"))


if __name__ == "__main__":
    try:
        main()
    except BaseException:  # noqa: BLE001 - an untrusted PDF can raise anything; its content must not be printed
        sys.exit(PDF_DAMAGED)
