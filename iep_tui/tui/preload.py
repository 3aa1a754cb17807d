"""Preloading: imports the next modules one at a time once the first screen is drawn."""

from __future__ import annotations

import asyncio
import functools
import gc
import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from iep_tui.tui.textual_ext.stylesheet_cache import LATER, CachedStylesheet

if TYPE_CHECKING:
    from iep_tui.tui.base_app import BaseApp

#: Seconds until it begins: what was drawn is on its way to the terminal, and nobody has read it yet.
PRELOAD_AFTER = 0.1
#: In the order in which a family may come to them. What a module needs itself stands before it, where that is much.
PRELOAD_EVERY = (
    "textual.widgets._text_area",
    "iep_tui.tui.textual_ext.text_fields",
    "tinydb",
    "iep_tui.core.interview",
    "iep_tui.services.session",
    "iep_tui.tui.screens.confirm_and_input_dialogs",
    "iep_tui.tui.widgets.choice_answer",
    "iep_tui.tui.widgets.table_answer",
    "iep_tui.tui.screens.question_screen",
    "iep_tui.tui.screens.plan_screen",
    "iep_tui.tui.flows.case_flow",
    "iep_tui.services.export",
    "iep_tui.tui.flows.export_flow",
)


def preload_modules(app: BaseApp) -> None:
    """Begin soon: the first screen stands."""

    def begin() -> None:
        work: Callable[[], Any] = functools.partial(
            preload_one, app
        )  # made only when it is worked on: the program may end
        app.run_worker(work, name="readying")

    app.set_timer(PRELOAD_AFTER, begin)


async def preload_one(app: BaseApp) -> None:
    """Load what is not there yet. Keys that were pressed meanwhile come between two modules."""
    for name in PRELOAD_EVERY:
        importlib.import_module(name)
        await asyncio.sleep(0)
    styles = app.stylesheet
    if isinstance(styles, CachedStylesheet):
        for name in LATER:
            styles.bring(name)
            await asyncio.sleep(0)
    app.library.catalogue.current_id("")  # the first question about them takes the sets out of what is kept
    if not gc.isenabled():  # since the start, where all that is made stays
        gc.collect()
        gc.freeze()
        gc.enable()
