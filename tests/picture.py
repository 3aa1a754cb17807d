"""The picture of the screen in the README, drawn by the real program with its made-up child: `make picture`."""

from __future__ import annotations

import asyncio
import datetime
import re
import tempfile
from pathlib import Path

import msgspec

from iep_tui.sets import library_loader
from iep_tui.store.case_store import CaseStore
from iep_tui.store.interchange_format import decode_case
from iep_tui.store.settings import Settings
from iep_tui.tui.app import PrepApp

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "question.svg"

#: The program's clock, so that the picture does not change from day to day.
NOW = datetime.datetime(2027, 3, 1, 10, 0, tzinfo=datetime.UTC)
QUESTION = "needs-areas"
#: Tall enough that the pane of sets needs no scroll bar.
SIZE = (100, 34)


async def draw() -> str:
    """The screen of one question as SVG, as Textual exports it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        library = library_loader.load_uncached()
        assert library.example is not None
        case = decode_case(library.example.read_bytes())
        *earlier, latest = case.meetings
        meetings = (*earlier, msgspec.structs.replace(latest, place=QUESTION))
        store = CaseStore(home, lambda: NOW)
        store.add(msgspec.structs.replace(case, meetings=meetings))
        app = PrepApp(library, store, Settings(home), lambda: NOW)
        app.animation_level = "none"
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await pilot.press("enter")
            await pilot.pause()
            return app.export_screenshot(title="iep-tui")


def without_addresses(svg: str) -> str:
    """The picture without fonts from the network and without addresses; the viewer's own monospaced font is used."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s*<!--.*?-->", "", svg, flags=re.DOTALL)
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines() if line.strip())


def main() -> None:
    """Write the picture to its place in the docs."""
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(without_addresses(asyncio.run(draw())), encoding="utf-8")
    print(PICTURE.relative_to(ROOT).as_posix())


if __name__ == "__main__":
    main()
