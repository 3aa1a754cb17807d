"""Rendering entry point: from an outline to the bytes of any format. Each renderer is imported on demand."""

from __future__ import annotations

import msgspec

from iep_tui.core.progress_callback import ProgressCallback, no_progress
from iep_tui.documents.formats.markdown import to_markdown
from iep_tui.documents.outline_model import Outline
from iep_tui.i18n import N_


class Format(msgspec.Struct, frozen=True):
    """`name` is what a person types, `extension` ends the file's name, `label` is for people (pass it through `_`)."""

    name: str
    extension: str
    label: str


FORMATS: tuple[Format, ...] = (
    Format("docx", "docx", N_("Word")),
    Format("html", "html", N_("Web page")),
    Format("pdf", "pdf", N_("PDF")),
    Format("md", "md", N_("Markdown")),
    Format("txt", "txt", N_("Text")),
    Format("eml", "eml", N_("E-mail draft")),
)

BY_NAME: dict[str, Format] = {one.name: one for one in FORMATS}


def render(outline: Outline, format: str, *, lang: str, progress: ProgressCallback = no_progress) -> bytes:
    """The sheet as the bytes of one file. `format` is a name in `BY_NAME`; `lang` is that of the program's own words.

    What was left out of the outline is not in it. Raises `Unavailable` where this computer lacks what the format needs,
    KeyError for a format there is none of. What `progress` raises, between two steps or while a PDF is drawn, ends it.
    """
    name = BY_NAME[format].name
    markdown = to_markdown(outline)
    progress(0, 0)
    if name == "md":
        return markdown.encode()

    from iep_tui.documents.formats.markdown_reader import read_blocks
    from iep_tui.documents.formats.paper_size import paper_here

    document = read_blocks(markdown, lang=lang)
    progress(0, 0)
    if name == "docx":
        from iep_tui.documents.formats.docx import to_docx

        return to_docx(document, paper=paper_here())
    if name == "pdf":
        from iep_tui.documents.formats.pdf import to_pdf

        return to_pdf(document, paper=paper_here(), progress=progress)
    if name == "html":
        from iep_tui.documents.formats.html import to_html

        return to_html(document).encode()
    if name == "txt":
        from iep_tui.documents.formats.plain_text import to_text

        return to_text(document).encode()

    from iep_tui.documents.formats.email import to_email

    return to_email(outline, document, paper=paper_here())
