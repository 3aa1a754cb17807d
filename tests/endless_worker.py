"""A worker process that confirms its request with a byte in a file and never replies."""

from __future__ import annotations

import time
from pathlib import Path

from iep_tui.documents import subprocess_worker

if __name__ == "__main__":
    import os

    Path(os.fsdecode(subprocess_worker.receive())).write_text(str(os.getpid()), encoding="utf-8")
    while True:
        time.sleep(1)
