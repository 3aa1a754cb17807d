"""Small question sets, a hostile one among them, and the answers of made-up children."""

from __future__ import annotations

from iep_tui.core.case_model import Answer, Value
from tests.tui.sample_cases import CHILD as CHILD
from tests.tui.sample_cases import NOW as NOW
from tests.tui.sample_cases import case as case

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

> {child} comes home with a stomach ache.

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
"""

#: A second set, with a question off the short path.
LATER = """---
set: later
version: 1
lang: en
stage: after
order: 10
minutes: 2
---

# After the meeting

{#thanks kind=line share=team core=yes}
## Whom will you thank?

{#not-core kind=line share=family}
## What else should we know?
"""

WORDS = """# Words

Advocate (helper)
: A person who speaks up for a child.

IEP team
: The people who write the plan, parents among them.
"""

#: What steers a terminal or turns the reading direction over.
STEERING = "\x1b]0;own\x07\x1b[31mred\u202egnitirw\u2066\x9b2J\x00\x7f"

#: A set whose author tries what can be tried without being refused.
HOSTILE = """---
set: hostile
version: 1
lang: en
stage: before
order: 10
minutes: 5
---

# [b]Set[/b] {child} %s

{#child-name kind=line core=yes}
## Name {child} /quit?

/quit

> /home {child}

{#h-one core=yes}
## Choose /back {child}?

- ( ) /quit {quit}
- ( ) Other %s: ____ {other}

{#h-list kind=list core=yes}
## List?

{#h-table core=yes}
## Table?

| A /done %s {a} | N {n:number} |
|---|---|

{#h-text kind=text core=yes}
## Text?
"""

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
    "a-several": ["plan", {"other": "A drawing"}],
    "a-table": [{"service": "Speech", "minutes": 30, "since": "2026-09-01", "at": "09:15", "enough": "no"}],
    "the-goals": [{"need": "Reading", "skill": "read a page aloud", "by": "2028-03-01"}],
}
