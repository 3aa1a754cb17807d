"""Everything a person can do, declared once: its controls on the screens and its line-by-line commands.

A test walks both front ends. It fails for a control or a command that is not declared here, and for an action that only
one front end offers without a reason.
"""

from __future__ import annotations

import msgspec


class Action(msgspec.Struct, frozen=True):
    """One thing to do.

    `screens` names its controls: "next" is a command of `tui.keys`, "menu:seal" an entry of the menu of a child's file,
    "#keep" a widget, and anything else the action of a key binding. `lines` names slash commands; "prompt" is a
    question that is asked anyway, where a number or text answers it. `reason` tells why one front end has none.
    """

    name: str
    screens: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    reason: str = ""


ACTIONS: tuple[Action, ...] = (
    # the children on this computer
    Action("open a child", ("#cases",), ("prompt",)),
    Action("find a child", ("#find",), ("prompt",)),
    Action("start for a new child", ("#new",), ("prompt",)),
    Action("try a made-up child", ("#example",), ("prompt",)),
    Action("restore an earlier copy", ("earlier", "menu:earlier"), ("restore",)),
    Action("see what can be done with a child's file", ("care",), ("help",)),
    Action("hand a file on", ("menu:hand-on",), ("hand on",)),
    Action("bring a file in", ("bring",), ("bring in",)),
    Action("set a passphrase", ("menu:seal",), ("passphrase",)),
    Action("change a passphrase", ("menu:passphrase",), ("passphrase",)),
    Action("take a passphrase off", ("menu:unseal",), ("passphrase",)),
    Action("choose the minutes until the lock", ("menu:lock-after",), ("lock after",)),
    Action("take in a sync copy", ("menu:take-in",), ("sync copies",)),
    Action("remove a child", ("menu:remove",), ("remove child",)),
    # moving through a case
    Action("go to the plan", ("plan",), ("plan",)),
    Action("go to a part", ("#set-list",), ("go",)),
    Action("go on with the next open question", ("#go-on",), ("prompt",)),
    Action("go home", ("up",), ("home",)),
    Action("choose the short path or all questions", ("#path-length",), ("short", "all")),
    Action("review answers", ("review", "#review"), ("review",)),
    Action("filter the review", ("#filter",), ("review",)),
    Action("open a question from the review", ("#answers",), ("prompt",)),
    Action("see what changed in the questions", ("changes",), ("changes",)),
    Action("see dates to know", ("dates", "#all-dates"), ("dates",)),
    Action("answer a question about dates", ("#add-date", "#ask-*"), ("go",)),
    Action("begin the next meeting", ("next_meeting", "#next-meeting"), ("next meeting",)),
    Action("save all answers elsewhere", ("elsewhere",), ("elsewhere",)),
    Action(
        "take over from another window", (), ("write",), "The screens notice the closed window and ask by themselves."
    ),
    # one question
    Action("next question", ("next", "#next", "go_on"), ("next",)),
    Action("previous question", ("back", "#back"), ("back",)),
    Action("skip", ("skip", "#skip"), ("skip",)),
    Action("mark not sure", ("unsure", "#unsure"), ("not sure",)),
    Action("mark for the school", ("ask", "#ask"), ("ask",)),
    Action("write a note", ("#note", "#note-words"), ("note",)),
    Action("choose who may read an answer", ("#who",), ("who",)),
    Action("keep the answer of the last meeting", ("#keep",), ("keep",)),
    Action("undo", ("undo_answer", "#take-back"), ("undo",)),
    Action("redo", ("redo_answer",), ("redo",)),
    Action("see and restore earlier answers", ("earlier_answers", "#texts"), ("earlier",)),
    Action("see an example", ("#fold-example",), ("example",)),
    Action("see words and rules of a question", ("#fold-why", "#fold-more"), ("why",)),
    Action("choose an answer", ("take", "move(-1)", "move(1)", "step_on"), ("prompt",)),
    Action("empty an answer", ("clear", "delete_left_word"), ("clear",)),
    Action("hear a question again", (), ("again",), "On a screen the question stays in view."),
    # rows of an answer
    Action("add a row", (), ("add",), "A table on a screen ends with an empty row to open."),
    Action("change a row", ("#edit",), ("change",)),
    Action("move a row", ("#earlier", "#later", "act('earlier')", "act('later')"), ("move",)),
    Action("remove a row", ("#remove", "#remove-row", "act('remove')"), ("remove",)),
    Action("finish a row", ("#done",), ("done",)),
    # sheets
    Action("read a sheet", ("sheet", "#sheet", "#reader"), ("sheet",)),
    Action("see what a sheet leaves out", ("#left-out",), ("left out",)),
    Action("save a sheet", ("save_copy", "#save", "#format", "#path"), ("save",)),
    Action("keep a record of a sheet", ("#record",), ("record",)),
    Action("copy a sheet", ("copy", "#copy"), (), "What is printed line by line can be marked and copied as it is."),
    # the program
    Action("help", ("help",), ("help",)),
    Action("look up a word", ("words",), ("words",)),
    Action("read about IEPs", ("about", "#about"), ("about",)),
    Action("see where the answers are", ("help",), ("where",)),
    Action("leave a dialog", ("close", "#close", "#cancel", "stop", "#stop"), ("cancel",)),
    Action("answer a dialog", ("#typed", "#secret", "#again"), ("prompt",)),
    Action("lock", ("lock",), ("lock",)),
    Action("quit", ("leave",), ("quit",)),
    Action("leave at once", ("leave_now",), ("leave now",)),
    Action(
        "change between light and dark", ("light",), (), "Line by line there are no colors: the terminal's own hold."
    ),
    Action("show a typed passphrase", ("#show",), (), "A terminal cannot show a line that it has read hidden."),
    Action(
        "move the focus or press a button",
        ("app.focus_previous", "app.focus_next", "press"),
        (),
        "Line by line one question is asked at a time: there is nothing to move between, and no mouse.",
    ),
    Action(
        "scroll",
        tuple(
            f"{name}({amount})"
            for name, amounts in (("scroll_lines", (1, -1)), ("scroll_page", (1, -1, 6, -6)), ("scroll_sheet", (1, -1)))
            for amount in amounts
        ),
        (),
        "Line by line everything is printed in full.",
    ),
)


def line_command(control: str) -> str:
    """Return the slash command for a control of the screens; KeyError where none is declared."""
    for action in ACTIONS:
        if control in action.screens and action.lines:
            return action.lines[0]
    raise KeyError(control)
