"""A room over an open child: what is changed is saved at once and said, and the ways to every other room."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import cast

from iep_tui.core import interview as ids
from iep_tui.core.answers import Answer
from iep_tui.core.glossary import Glossary
from iep_tui.core.model import Page, Question, QuestionSet, Share
from iep_tui.core.reviewing import filters
from iep_tui.core.telling import next_meeting_words, reader_options, with_child
from iep_tui.handing_out import Wanted, documents_folder, sheet_name
from iep_tui.language import _, ngettext
from iep_tui.plain.dates import date_lines
from iep_tui.plain.lines import Place, Words
from iep_tui.plain.room import Go, Leave, Room, option_named
from iep_tui.plain.showing import reader_words
from iep_tui.plain.stream import Stream
from iep_tui.sheet.markdown import to_markdown
from iep_tui.sheet.outline import outline
from iep_tui.sheet.parts import Outline
from iep_tui.sitting import Clock, Sitting
from iep_tui.store.errors import StoreError
from iep_tui.store.files import write_file


class CaseRoom(Room):
    """`here` is the question the family is at, or was at when it came here."""

    places: tuple[Place, ...] = ("case", "anywhere")

    def __init__(
        self,
        stream: Stream,
        glossary: Glossary,
        sitting: Sitting,
        clock: Clock,
        folder: Path,
        here: str = "",
        about: Page | None = None,
    ) -> None:
        super().__init__(stream, glossary, folder, about)
        self.sitting = sitting
        self.here = here
        self._clock = clock
        self.reader: Share = "team"
        self._orders |= {
            "plan": lambda rest: self.leave(Go("plan")),
            "home": lambda rest: self.leave(Go("home")),
            "go": self._go,
            "review": self._review,
            "sheet": self._sheet,
            "left out": self._left_out,
            "save": self._save_sheet,
            "short": lambda rest: self._use_short_path(True),
            "all": lambda rest: self._use_short_path(False),
            "dates": lambda rest: self.say(*date_lines(self.sitting.interview)),
            "next meeting": self._next_meeting,
        }

    # Changing and saving

    def change(self, question: Question, answer: Answer, *said: str) -> bool:
        """Take a changed answer and save it. `said` is told first; "Saved." only once it is on the disk."""
        if self.sitting.read_only:
            self.error(_("Nothing was changed. {reason}").format(reason=self.sitting.read_only))
            return False
        changed = self.sitting.change(question, answer)
        self.say(*said)
        if changed:
            self.save()
        else:
            self.say(_("It was so already."))
        return changed

    def save(self) -> bool:
        """Put everything on the disk and say so, or say why not."""
        if self.sitting.file is None:
            self.say(_("Taken. This is an example: nothing of it is kept."))
            return True
        if self.sitting.save():
            self.say(_("Saved."))
            return True
        words = _("Not saved. {trouble} Your words are kept here, and we try again at the next step.")
        self.error(words.format(trouble=self.sitting.trouble))
        return False

    def before_asking(self) -> None:
        if self.sitting.unsaved and self.sitting.trouble:
            self.save()

    # Commands

    def _where(self, rest: str) -> None:
        if self.sitting.file is None:
            self.say(_("This is a made-up child: nothing of it is kept."))
            return
        super()._where(rest)
        if self.sitting.read_only:
            self.say(self.sitting.read_only)
        elif self.sitting.unsaved:
            self.error(_("Your last words are not saved yet. {trouble}").format(trouble=self.sitting.trouble))
        else:
            self.say(_("Everything is saved."))

    def _go(self, rest: str) -> None:
        one = self.set_named(rest)
        if one is None:
            self.error(_("There is no part {name}. /plan lists them by number.").format(name=f"“{rest}”"))
            return
        self.go_to(one)

    def go_to(self, one: QuestionSet) -> None:
        """To the first question of this part that is open, or its first."""
        interview = self.sitting.interview
        first = next((questions[0] for each, questions in interview.sets if each.id == one.id), None)
        question = interview.first_open(one.id) or first
        if question is not None:
            self.leave(Go("question", question.id))

    def set_named(self, words: str) -> QuestionSet | None:
        """The part that was meant: by its number on the plan, its id, or the start of its name."""
        wanted = words.strip().casefold()
        interview = self.sitting.interview
        sets = [one for one, _questions in interview.sets]
        for number, one in enumerate(sets, 1):
            if wanted in (str(number), one.id.casefold()):
                return one
        found = [one for one in sets if with_child(one.title, interview).casefold().startswith(wanted)]
        return found[0] if wanted and len(found) == 1 else None

    def _review(self, rest: str) -> None:
        known = filters(self.sitting.previous is not None)
        name = option_named(known, rest) if rest else "all"
        if not name:
            names = ", ".join(one for one, _label in known)
            self.error(_("There is no filter {name}. There are: {names}.").format(name=f"“{rest}”", names=names))
            return
        self.leave(Go("review", self.here, what=name))

    def _reader_named(self, words: str) -> Share | None:
        name = option_named(reader_options(), words) if words else self.reader
        if name:
            return cast(Share, name)
        self.error(_("There is no reader {name}. There are: family, team, teachers.").format(name=f"“{words}”"))
        return None

    def _sheet(self, rest: str) -> None:
        reader = self._reader_named(rest)
        if reader is not None:
            self.leave(Go("sheet", self.here, what=reader))

    def draw(self, reader: Share) -> Outline:
        return outline(self.sitting.interview, reader, made=self._clock().date())

    def _left_out(self, rest: str) -> None:
        reader = self._reader_named(rest)
        if reader is None:
            return
        left = self.draw(reader).left_out
        words = ngettext("{left} answer is left out.", "{left} answers are left out.", len(left))
        self.say(_("The sheet for: {reader}.").format(reader=reader_words(reader)), words.format(left=len(left)))
        self.say(*(_("{title} ({reason})").format(title=one.title, reason=one.reason) for one in left))

    def _save_sheet(self, rest: str) -> None:
        first, _space, others = rest.partition(" ")
        named = first in ("family", "team", "teachers")
        reader = cast(Share, first) if named else self.reader
        typed = (others if named else rest).strip()
        proposal = documents_folder() / sheet_name(
            self.sitting.meeting.answers.of(ids.MEETING_DATE).value, Wanted(reader)
        )
        while True:
            if not typed:
                prompt = _("Name of the file. Enter takes {path}. /plan leaves it:")
                line = self.ask_line(prompt.format(path=proposal), path=True)
                typed = line.text.strip() if isinstance(line, Words) and not line.blank else str(proposal)
            if self._write_sheet(reader, Path(typed)):
                return
            typed = ""

    def _write_sheet(self, reader: Share, path: Path) -> bool:
        overwrite = there = False
        with contextlib.suppress(OSError, RuntimeError, ValueError):  # the write says what is wrong with it
            path = path.expanduser()
            there = path.is_file()
        if there:
            self.say(_("There is a file of this name already: {path}. Replace it?").format(path=path))
            options = (("no", _("Keep it, choose another name")), ("yes", _("Replace it")))
            overwrite = self.choose(options, _("1 or 2:"), "no") == "yes"
            if not overwrite:
                return False
        try:
            write_file(path, to_markdown(self.draw(reader)).encode(), overwrite=overwrite)
        except StoreError as error:
            self.error(str(error))
            return False
        words = _("The sheet for {reader} is saved as {path}")
        self.say(words.format(reader=reader_words(reader), path=path.resolve()))
        return True

    def _use_short_path(self, short: bool) -> None:
        self.sitting.use_short_path(short)
        count = len(self.sitting.interview.path)
        words = ngettext("{count} question is asked now.", "{count} questions are asked now.", count)
        self.say(_("The short path: core questions only.") if short else _("All questions."), words.format(count=count))

    def _next_meeting(self, rest: str) -> None:
        if self.sitting.read_only:
            self.error(_("Nothing was changed. {reason}").format(reason=self.sitting.read_only))
            return
        self.say(next_meeting_words())
        options = (("yes", _("Begin the next meeting")), ("no", _("Not now")))
        if self.choose(options, _("1 or 2:"), "no") == "yes":
            self.sitting.begin_next_meeting()
            self.save()
            raise Leave(Go("plan"))
