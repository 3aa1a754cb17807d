"""E-mail draft renderer: plain text, an HTML alternative, and the Word file attached."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from iep_tui.core.dates import plain_date
from iep_tui.documents.block_tree import Document
from iep_tui.documents.file_name import sheet_file_name
from iep_tui.documents.formats.docx import to_docx
from iep_tui.documents.formats.html import to_html
from iep_tui.documents.formats.paper_size import Paper
from iep_tui.documents.formats.plain_text import to_text
from iep_tui.documents.outline_model import Outline
from iep_tui.i18n import _

#: 7-bit encoding, which every mail server accepts.
_POLICY = SMTP.clone(cte_type="7bit")
_WORD_MIME_TYPE = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


def to_email(outline: Outline, document: Document, *, paper: Paper) -> bytes:
    """Return the bytes of an .eml file (RFC 5322) that mail programs open as an unsent draft.

    It has no sender, date, message id or computer name. The subject and the attachment's name do not contain the
    child's name, since both are shown outside the mail itself. The same sheet gives the same bytes.
    """
    word = to_docx(document, paper=paper)
    message = EmailMessage(_POLICY)
    message["Subject"] = subject(outline)
    message["X-Unsent"] = "1"
    message.set_content(to_text(document))
    message.add_alternative(to_html(document, boxes="sign"), subtype="html")
    name = sheet_file_name(outline.page, outline.meeting_day, outline.reader, "docx")
    message.add_attachment(word, maintype=_WORD_MIME_TYPE[0], subtype=_WORD_MIME_TYPE[1], filename=name)
    # Python's boundaries are random. 128 bits of a content hash cannot occur in a sheet and are reproducible.
    seed = sha256(word + repr(document).encode()).hexdigest()[:32]
    message.set_boundary(f"=_mixed_{seed}")
    next(iter(message.iter_parts())).set_boundary(f"=_parts_{seed}")
    return message.as_bytes()


def subject(outline: Outline) -> str:
    """Return a subject such as "Prep sheet for our meeting on 12 March 2027", without the date if it is unknown."""
    if outline.page == "concerns":
        with_day, without_day = _("Parent concerns for our meeting on {day}"), _("Parent concerns for our meeting")
    elif outline.reader == "teachers":
        with_day, without_day = _("One page for teachers, before our meeting on {day}"), _("One page for teachers")
    else:
        with_day, without_day = _("Prep sheet for our meeting on {day}"), _("Prep sheet for our meeting")
    return with_day.format(day=plain_date(outline.meeting_day)) if outline.meeting_day else without_day
