"""Small questions, sets and answers for the tests of core."""

from __future__ import annotations

import datetime
from typing import Any

from iep_tui.core.case_model import Answer, Answers, Value
from iep_tui.core.interview import Interview
from iep_tui.core.question_model import Catalogue, Choice, Column, KindName, Question, QuestionSet

TODAY = datetime.date(2027, 3, 3)

#: What a question of each kind has besides its title.
BODIES: dict[KindName, dict[str, Any]] = {
    "one": {"choices": (Choice("fine", "Fine"), Choice("hard", "Hard most nights"), Choice("other", "Other", True))},
    "several": {"choices": (Choice("reading", "Reading"), Choice("none", "None"), Choice("other", "Other", True))},
    "table": {
        "columns": (
            Column("service", "Service"),
            Column("minutes", "Minutes", "number"),
            Column("since", "Since", "date"),
            Column("at", "At", "time"),
            Column("enough", "Enough?", "yesno"),
        )
    },
}


def question(question_id: str = "q", kind: KindName = "line", **others: Any) -> Question:
    """A question of this kind; `one_set` fills in `set_id`."""
    parts = {"title": f"What about {question_id}?", "set_id": "", "line": 1, **BODIES.get(kind, {}), **others}
    return Question(id=question_id, kind=kind, **parts)


def one_set(set_id: str, *questions: Question | str, **others: Any) -> QuestionSet:
    """A set of these questions; a plain id makes a question of one line."""
    made = (question(one) if isinstance(one, str) else one for one in questions)
    mine = tuple(question_in(set_id, one) for one in made)
    return QuestionSet(id=set_id, title=set_id.capitalize(), questions=mine, **others)


def question_in(set_id: str, one: Question) -> Question:
    fields = {name: getattr(one, name) for name in one.__struct_fields__}
    return Question(**{**fields, "set_id": set_id})


def catalogue(*questions: Question | str) -> Catalogue:
    """A catalogue of one set."""
    return Catalogue((one_set("all", *questions),))


def answered(**values: Value) -> Answers:
    """These answers, an underscore in a name for the hyphen of an id."""
    return Answers({name.replace("_", "-"): Answer(value, "answered") for name, value in values.items()})


def interview(*questions: Question | str, given: Answers | None = None, short: bool = False) -> Interview:
    """An interview over one set of these questions on `TODAY`."""
    return Interview(catalogue(*questions), given or Answers(), TODAY, short=short)
