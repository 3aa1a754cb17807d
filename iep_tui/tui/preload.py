"""Preloading: imports the next modules one at a time once the first screen is drawn."""

from __future__ import annotations

import asyncio
import functools
import gc
import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from iep_tui.tui.textual_ext.stylesheet_cache import SCREEN_STYLESHEETS, CachedStylesheet

if TYPE_CHECKING:
    from iep_tui.tui.base_app import BaseApp

#: Seconds to wait first, so that the first screen reaches the terminal.
PRELOAD_AFTER = 0.1
#: Modules in the order in which a family is likely to need them. A module's slow imports come before it.
PRELOAD_MODULES = (
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
    """Start loading shortly after the first screen was drawn."""

    def begin() -> None:
        # Not a coroutine object: the app may exit before the worker starts, and Python would warn about it.
        load: Callable[[], Any] = functools.partial(preload_all, app)
        app.run_worker(load, name="preload")

    app.set_timer(PRELOAD_AFTER, begin)


async def preload_all(app: BaseApp) -> None:
    """Import the modules and styles one at a time, handling key presses in between."""
    for name in PRELOAD_MODULES:
        importlib.import_module(name)
        await asyncio.sleep(0)
    styles = app.stylesheet
    if isinstance(styles, CachedStylesheet):
        for name in SCREEN_STYLESHEETS:
            styles.preload(name)
            await asyncio.sleep(0)
    app.library.catalogue.current_id("")  # the first lookup decodes the cached question sets
    if not gc.isenabled():  # startup turns it off, since objects made then live on
        gc.collect()
        gc.freeze()
        gc.enable()
