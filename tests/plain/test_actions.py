"""Both front ends offer the same: every control of the screens and every line-by-line command is a declared action."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import iep_tui.tui
from iep_tui.core.glossary import Glossary
from iep_tui.plain import answer_input, home_view, question_view, table_input
from iep_tui.plain.case_view import CaseView
from iep_tui.plain.home_view import HOME_COMMANDS, HomeView
from iep_tui.plain.slash_commands import SLASH_COMMANDS
from iep_tui.services.actions import ACTIONS, Action, line_command
from iep_tui.services.flows.case_actions import CASE_ACTIONS
from iep_tui.services.session import made_up_child
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.tui.keys import COMMANDS

from .conftest import Clock, Person

#: Widgets of our own that a person can use.
CONTROLS = {"LineButton", "RadioRow", "TextField", "LineInput", "MarkedOptionList"}


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(iep_tui.tui.__path__, "iep_tui.tui."):
        yield found.name


def controls_of_the_screens() -> set[str]:
    """The commands of every screen, the menu of a child's file, and the bindings and widgets of every class."""
    found = {command.action for command in COMMANDS} | {f"menu:{action.name}" for action in CASE_ACTIONS}
    for name in modules():
        module = importlib.import_module(name)
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, DOMNode) and kind.__module__ == name:
                found |= bound(kind) | {f"#{name}" for name in getattr(kind, "FOLDS", ())}
        found |= set(widget_ids(Path(str(module.__file__)).read_text(encoding="utf-8")))
    return found


def bound(kind: type[DOMNode]) -> set[str]:
    bindings = [one if isinstance(one, Binding) else Binding(*one) for one in kind.__dict__.get("BINDINGS", ())]
    return {re.sub(r"\(-?\d{3,}\)|\(-?12\)", "(1)", one.action) for one in bindings}


def widget_ids(source: str) -> Iterator[str]:
    """The ids of controls that are made here; "#ask-*" where an id ends in something that varies."""
    for call in ast.walk(ast.parse(source)):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in CONTROLS):
            continue
        for given in (keyword.value for keyword in call.keywords if keyword.arg == "id"):
            parts = given.values if isinstance(given, ast.JoinedStr) else [given]
            if isinstance(parts[0], ast.Constant):
                yield f"#{parts[0].value!s}" + ("*" if len(parts) > 1 else "")


def commands_of_the_views(shipped: Library, store: CaseStore) -> set[str]:
    """The commands that a view of each kind obeys, at any of its prompts."""
    person, glossary, clock = Person(), Glossary(()), Clock()
    session = made_up_child(shipped, clock)
    views = [
        HomeView(person, glossary, store, shipped, clock),
        CaseView(person, glossary, session, clock, store.folder),
    ]
    found = {"cancel", *HOME_COMMANDS}.union(*(view._handlers for view in views))
    for module in (answer_input, table_input, question_view, home_view):
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        names = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
        found |= {command.name for command in SLASH_COMMANDS if command.name in names}
    return found


def test_every_control_of_the_screens_is_a_declared_action() -> None:
    declared = {control for action in ACTIONS for control in action.screens}
    assert controls_of_the_screens() == declared


def test_every_line_by_line_command_is_a_declared_action(shipped: Library, store: CaseStore) -> None:
    declared = {command for action in ACTIONS for command in action.lines} - {"prompt"}
    assert {command.name for command in SLASH_COMMANDS} == declared
    assert commands_of_the_views(shipped, store) == declared


def one_sided(actions: tuple[Action, ...]) -> list[str]:
    return [action.name for action in actions if bool(action.screens and action.lines) == bool(action.reason)]


def test_an_action_that_one_front_end_lacks_has_a_reason_and_no_other_has() -> None:
    assert one_sided(ACTIONS) == []


def test_an_action_without_its_other_side_is_noticed() -> None:
    broken = (Action("fly", ("fly",)), Action("sing", (), ("sing",)), Action("walk", ("walk",), ("walk",), "no reason"))
    assert one_sided(broken) == ["fly", "sing", "walk"]


@pytest.mark.parametrize("action", CASE_ACTIONS, ids=lambda action: action.name)
def test_the_menu_and_the_commands_are_one_list(action: object) -> None:
    entry = next(one for one in CASE_ACTIONS if one is action)
    assert entry.slash == line_command(f"menu:{entry.name}")
    assert entry.slash in HOME_COMMANDS
    with pytest.raises(KeyError):
        line_command("menu:an entry that nobody declared")


def test_names_are_given_once() -> None:
    names = [action.name for action in ACTIONS]
    assert len(names) == len(set(names))
