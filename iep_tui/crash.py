"""What is said when the program fails: enough to mend it, and not a word of any answer."""

from __future__ import annotations

import traceback
from pathlib import Path

from iep_tui.language import _


def crash_words(error: BaseException | None) -> str:
    """What went wrong, without a word of any answer: the kind of error, and the line of ours it came from."""
    frames = traceback.extract_tb(error.__traceback__) if error is not None else []
    ours = [frame for frame in frames if "iep_tui" in frame.filename] or list(frames)
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    words = _("iep-tui: something went wrong ({error}, {where}). Your answers are saved. Please start again.")
    return words.format(error=type(error).__name__, where=where)
