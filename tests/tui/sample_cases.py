"""Small question sets, a hostile one among them, and the answers of made-up children."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from iep_tui.core.case_model import Answer, Answers, Case, Meeting, Value

#: The day of the tests, nine days before the meeting.
NOW = datetime.datetime(2027, 3, 3, 10, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=-6)))
CHILD = "maya-r-case"

#: One question of each kind, and a little of everything a set can say.
EVERY_KIND = """---
set: kinds
version: 1
lang: en
stage: before
order: 10
minutes: 12
---

# Every kind

{#child-name kind=line share=teachers core=yes carry=yes}
## What is the name of your child?

> Maya R.

{#a-text kind=text share=team core=yes law="34 CFR 300.324(a)(1)(ii)"}
## What worries you about school for {child}?

Write it as you would say it. The **IEP team** reads it.

> She comes home with a stomach ache.

{#a-list kind=list share=teachers core=yes max=3}
## What helps {child}?

{#a-date kind=date share=family core=yes}
## On what day did it begin?

{#a-time kind=time share=team core=yes}
## At what time does it begin?

{#a-number kind=number share=team core=yes}
## How many minutes does it take?

{#a-rate kind=rate share=team core=yes}
## How much does {child} like to read?

{#a-yesno kind=yesno share=team core=yes}
## Is there a plan?

{#a-plan kind=text share=team core=yes when="a-yesno = yes"}
## What is in the plan?

{#a-one share=team core=yes}
## How is sleep on school nights?

- ( ) Fine {fine}
- ( ) Hard some nights {some}
- ( ) Hard most nights, and {child} is tired {most}
- ( ) Other: ____ {other}

{#a-other share=team core=yes}
## How are mornings?

- ( ) Fine {fine}
- ( ) Other: ____ {other}

{#a-several share=team core=yes}
## Which papers do you have?

- [ ] The plan {plan}
- [ ] Test reports {tests}
- [ ] Something else: ____ {other}
- [ ] None of these {none}

{#a-table share=team core=yes}
## Which services does {child} get?

| Service {service} | Minutes {minutes:number} | Since {since:date} | At {at:time} | For {child}? {enough:yesno} |
|---|---|---|---|---|

{#the-goals kind=goals share=team core=yes}
## Which goals would you like?

{#not-core kind=line share=family}
## What else should we know?
"""

#: What stays, what is asked again and what is new from one meeting to the next.
CARRYING = """---
set: years
version: 1
lang: en
stage: before
order: 10
minutes: 4
---

# Year after year

{#child-name kind=line share=teachers core=yes carry=yes}
## What is the name of your child?

{#stays kind=line core=yes carry=yes}
## What stays true?

{#asked kind=text core=yes carry=ask}
## What may have changed?

{#new kind=line core=yes carry=no}
## What is new each time?
"""

WORDS = """# Words

Advocate (helper)
: A person who speaks up for a child.

IEP team
: The people who write the plan, parents among them.

Placement
: Where a child learns.
"""

#: Words that are markup, Markdown, a template or a link somewhere, and letters that are wide, joined or from the right.
NASTY = "Zoë [b]O'Neil[/b] <script>|`#{child} [@click=app.bell]x[/] [/nope] \\ 🐌👩‍🦽 شيماء 字"
#: What steers a terminal or turns the reading direction over: never drawn, wherever it came from.
STEERING = "\x1b]0;own\x07\x1b[31mred\u202egnitirw\u2066\x9b2J\x00"
#: The marks of the two, as they may be seen.
FORBIDDEN = "\x1b\x07\x00\x9b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

#: A set whose author tries what can be tried in each place where words may stand.
HOSTILE = """---
set: hostile
version: 1
lang: en
stage: before
order: 10
minutes: 5
---

# [b]Set[/b] [@click=app.bell]x[/] [/nope] {child}

Intro [red]of[/red] %s.

{#child-name kind=line share=teachers core=yes}
## [b]Name[/b] of [/nope] {child}?

Help [reverse]here[/reverse] with **[bold]stress[/bold]** and [/nope], an IEP.

> [i]Example[/i] [/nope] {child}

{#h-text kind=text core=yes law="[b]34[/b] CFR [/nope]"}
## Text [b]x[/b] [/nope]?

Help [b]x[/b] with placement.

> [b]one[/b]

> [/nope] two

{#h-one core=yes sheet="Sheet [b]x[/b] [/nope]"}
## Choose [b]x[/b] [/nope] {child}?

- ( ) Yes [for now] {yes}
- ( ) end [/b] of {child} {end}
- ( ) Other [b]x[/b]: ____ {other}

{#h-several core=yes}
## Several [b]x[/b] [/nope]?

- [ ] [@click=app.bell]Press[/] {press}
- [ ] None [/nope] {none}

{#h-table core=yes}
## Table [b]x[/b] [/nope]?

| [b]A[/b] [/nope] {a} | N [b]x[/b] {n:number} | {child} [/b]? {y:yesno} |
|---|---|---|

{#h-goals kind=goals core=yes}
## Goals [b]x[/b] [/nope]?

{#h-list kind=list core=yes}
## List [b]x[/b] [/nope]?

{#h-date kind=date core=yes}
## Date [b]x[/b] [/nope]?
"""

HOSTILE_WORDS = """# Words

[b]Placement[/b] [/nope] (placement; [i]also[/i])
: Meaning [b]x[/b] [/nope] %s.
"""


def case(answers: Mapping[str, Answer | Value], place: str = "", *before: Mapping[str, Answer | Value]) -> Case:
    """A case whose latest meeting has these answers and was left at the question `place`; `before` are older ones."""
    meetings = [
        Meeting(f"meeting-{year}", f"{year}-02-01", _said(one), place if one is answers else "")
        for year, one in enumerate((*before, answers), 2027 - len(before))
    ]
    return Case(CHILD, tuple(meetings))


def _said(answers: Mapping[str, Answer | Value]) -> Answers:
    """A bare value is an answer to its question."""
    return Answers({name: one if isinstance(one, Answer) else Answer(one, "answered") for name, one in answers.items()})


#: An answer to every question of `EVERY_KIND`.
EVERY_ANSWER: dict[str, Answer | Value] = {
    "child-name": "Maya R.",
    "a-text": "She is tired.\n\nEvery day.",
    "a-list": ["Quiet", "Time"],
    "a-date": "2027-01-11",
    "a-time": "14:30",
    "a-number": 20,
    "a-rate": 2,
    "a-yesno": "yes",
    "a-plan": "Ten minutes of rest",
    "a-one": "some",
    "a-other": {"other": "She hides"},
    "a-several": ["plan", {"other": "A drawing"}],
    "a-table": [{"service": "Speech", "minutes": 30, "since": "2026-09-01", "at": "09:15", "enough": "no"}],
    "the-goals": [{"need": "Reading", "skill": "read a page aloud", "by": "2028-03-01"}],
}
