"""File formats of a document, declared once, and their rendering. Each renderer is imported when it is first needed."""

from __future__ import annotations

import importlib
from pathlib import PurePath
from typing import Literal

import msgspec

from iep_tui.core.progress_callback import ProgressCallback, no_progress
from iep_tui.documents.outline_model import Outline
from iep_tui.i18n import N_

#: The arguments a renderer can take, by their parameter names.
RendererInput = Literal["outline", "document", "paper", "progress"]

_MARKDOWN = "iep_tui.documents.formats.markdown:to_markdown"


class Format(msgspec.Struct, frozen=True):
    """One file format.

    `name` is its name on the command line and `label` its name for people (pass it through `_`). The first of
    `extensions` ends the file names that the program proposes; all of them are recognized. `renderer` is
    "module:function" and `needs` the arguments of that function, which returns the file as bytes, or as text to be
    encoded in UTF-8. `is_text` is whether a terminal can show the file.
    """

    name: str
    label: str
    extensions: tuple[str, ...]
    media_type: str
    renderer: str
    needs: tuple[RendererInput, ...]
    is_text: bool = False

    @property
    def extension(self) -> str:
        return self.extensions[0]


#: All formats, in the order that dialogs offer them.
FORMATS: tuple[Format, ...] = (
    Format(
        "docx",
        N_("Word"),
        ("docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "iep_tui.documents.formats.docx:to_docx",
        ("document", "paper"),
    ),
    Format(
        "html",
        N_("Web page"),
        ("html", "htm"),
        "text/html",
        "iep_tui.documents.formats.html:to_html",
        ("document",),
        is_text=True,
    ),
    Format(
        "pdf",
        N_("PDF"),
        ("pdf",),
        "application/pdf",
        "iep_tui.documents.formats.pdf:to_pdf",
        ("document", "paper", "progress"),
    ),
    Format("md", N_("Markdown"), ("md", "markdown"), "text/markdown", _MARKDOWN, ("outline",), is_text=True),
    Format(
        "txt",
        N_("Text"),
        ("txt", "text"),
        "text/plain",
        "iep_tui.documents.formats.plain_text:to_text",
        ("document",),
        is_text=True,
    ),
    Format(
        "eml",
        N_("E-mail draft"),
        ("eml",),
        "message/rfc822",
        "iep_tui.documents.formats.email:to_email",
        ("outline", "document", "paper"),
    ),
)

BY_NAME: dict[str, Format] = {format.name: format for format in FORMATS}
_BY_EXTENSION: dict[str, Format] = {extension: format for format in FORMATS for extension in format.extensions}


def format_of(path: PurePath) -> Format | None:
    """Return the format that the extension of a file name stands for, or None."""
    return _BY_EXTENSION.get(path.suffix.removeprefix(".").casefold())


def render(outline: Outline, format: str, *, lang: str, progress: ProgressCallback = no_progress) -> bytes:
    """Render a document as the bytes of one file. `format` is a name in `BY_NAME`, `lang` the interface language.

    Answers that were left out of the outline are not in the file. Raises `Unavailable` if this computer lacks what the
    format needs, KeyError for an unknown format, and whatever `progress` raises: it is called between two steps and,
    for a PDF, also while the file is made.
    """
    chosen = BY_NAME[format]
    inputs: dict[RendererInput, object] = {"outline": outline, "progress": progress}
    if "document" in chosen.needs:
        markdown = str(_call(_MARKDOWN, outline=outline))
        progress(0, 0)
        from iep_tui.documents.formats.markdown_reader import read_blocks

        inputs["document"] = read_blocks(markdown, lang=lang)
    if "paper" in chosen.needs:
        from iep_tui.documents.formats.paper_size import paper_here

        inputs["paper"] = paper_here()
    progress(0, 0)
    rendered = _call(chosen.renderer, **{name: inputs[name] for name in chosen.needs})
    return rendered.encode() if isinstance(rendered, str) else rendered


def _call(renderer: str, **inputs: object) -> str | bytes:
    module, _colon, function = renderer.partition(":")
    rendered: str | bytes = getattr(importlib.import_module(module), function)(**inputs)
    return rendered
