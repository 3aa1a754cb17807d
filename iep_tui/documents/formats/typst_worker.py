"""Typst in a child process: it uses hundreds of megabytes for a long sheet, and cannot be interrupted.

    python -P -m iep_tui.documents.formats.typst_worker

Input is JSON: `sheet`, the data of the template as text, and `system_fonts`. Output is the PDF, or typst's error
message. `iep_tui.documents.subprocess_worker` handles both.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

from iep_tui.documents import subprocess_worker

TYPST_DONE, TYPST_REFUSED, TYPST_MISSING = 0, 3, 4
#: Bytes: enough for a sheet of about three thousand pages.
MAX_TYPST_MEMORY = 4_000_000_000
_TEMPLATE = Path(__file__).with_name("pdf_template")


def main() -> NoReturn:
    request = json.loads(subprocess_worker.receive())
    try:
        import typst
    except ImportError:
        subprocess_worker.reply(TYPST_MISSING)
    subprocess_worker.limit_memory(MAX_TYPST_MEMORY)
    try:
        data = typst.compile(
            _TEMPLATE / "sheet.typ",
            root=_TEMPLATE,
            package_path=_TEMPLATE,
            package_cache_path=_TEMPLATE,
            sys_inputs={"sheet": request["sheet"]},
            pdf_standards=["ua-1"],
            ignore_system_fonts=not request["system_fonts"],
        )
    except typst.TypstError as error:
        subprocess_worker.reply(TYPST_REFUSED, error.diagnostic.encode("utf-8", "replace"))
    subprocess_worker.reply(TYPST_DONE, data)


if __name__ == "__main__":
    try:
        main()
    except BaseException:  # noqa: BLE001 - only the exit code is reported; a traceback could hold the family's words
        sys.exit(subprocess_worker.WORKER_FAILED)
