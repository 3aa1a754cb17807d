"""Word renderer. The file's metadata contains no author, location or timestamp."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.coreprops import CoreProperties
from docx.opc.packuri import PackURI
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.parts.hdrftr import FooterPart
from docx.parts.numbering import NumberingPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart

from iep_tui.core.text_sanitizer import clean_text
from iep_tui.documents.block_tree import Document
from iep_tui.documents.formats.docx_body import (
    BULLET_LIST_ID,
    INDENT_STEP,
    NUMBERED_LIST_ID,
    DocxBody,
    Element,
    NumberedLists,
    add,
    new_root,
    tag,
)
from iep_tui.documents.formats.paper_size import Paper
from iep_tui.documents.formats.text_direction import language_is_rtl
from iep_tui.i18n import _

_PARTS = Path(__file__).with_name("docx_parts")
#: Paper sizes and margins in twips (a twentieth of a point).
_PAPERS: dict[str, tuple[int, int]] = {"letter": (12240, 15840), "a4": (11906, 16838)}
_MARGIN, _FOOTER_MARGIN = 1008, 504
#: Maximum length of the title property.
_MAX_TITLE_CHARS = 255
#: Word's language tags include the country; without one its spelling check guesses.
_COUNTRIES = {("en", "letter"): "en-US", ("en", "a4"): "en-GB", ("es", "letter"): "es-US", ("es", "a4"): "es-ES"}
_BULLETS = "•–"
#: Fixed date and system for the archive: the same sheet gives the same bytes on every computer.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX_SYSTEM = 3


def to_docx(document: Document, *, paper: Paper) -> bytes:
    """Return the bytes of a .docx file, identical for the same document, paper and user-interface language.

    It records a title and a language, but no author, program, computer, date, picture or address.
    """
    width, height = _PAPERS[paper]
    body = DocxBody(document, width - 2 * _MARGIN)
    package = Package()
    main = DocumentPart(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, body.root, package)
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    lang = _COUNTRIES.get((document.lang, paper), document.lang)
    footer = FooterPart(PackURI("/word/footer1.xml"), CONTENT_TYPE.WML_FOOTER, _footer(), package)
    footer_id = main.relate_to(footer, RELATIONSHIP_TYPE.FOOTER)
    for part, kind in (
        (_part(StylesPart, "styles", CONTENT_TYPE.WML_STYLES, _in_language("styles", lang), package), "STYLES"),
        (
            _part(SettingsPart, "settings", CONTENT_TYPE.WML_SETTINGS, _in_language("settings", lang), package),
            "SETTINGS",
        ),
        (
            _part(NumberingPart, "numbering", CONTENT_TYPE.WML_NUMBERING, _numbering(body.lists), package),
            "NUMBERING",
        ),
    ):
        main.relate_to(part, getattr(RELATIONSHIP_TYPE, kind))
    _page_setup(body.section(), footer_id, width, height, rtl=language_is_rtl(document.lang))
    package.relate_to(_about(document, lang, package), RELATIONSHIP_TYPE.CORE_PROPERTIES)
    packed = io.BytesIO()
    package.save(packed)
    return _without_dates(packed)


def _part(kind: Any, name: str, content: str, root: Element, package: Package) -> Any:
    return kind(PackURI(f"/word/{name}.xml"), content, root, package)


def _in_language(name: str, lang: str) -> Element:
    """Load one of our fixed parts and set its language to `lang`."""
    root = parse_xml((_PARTS / f"{name}.xml").read_bytes())
    for element in (*root.iter(tag("lang")), *root.iter(tag("themeFontLang"))):
        element.set(tag("val"), lang)
        if language_is_rtl(lang):
            element.set(tag("bidi"), lang)
    return root


def _about(document: Document, lang: str, package: Package) -> CorePropertiesPart:
    """Return the core properties: only the title and the language."""
    root = CT_CoreProperties.new()
    properties = CoreProperties(root)
    properties.title = clean_text(document.title)[:_MAX_TITLE_CHARS]
    properties.language = lang
    return CorePropertiesPart(PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, root, package)


def _footer() -> Element:
    """Build the footer "Page 1 of 3", with numbers counted by Word."""
    root = new_root("ftr")
    paragraph = add(root, "p")
    add(add(paragraph, "pPr"), "pStyle", val="Footer")
    for piece in re.split(r"(\{pages?\})", _("Page {page} of {pages}")):
        if piece in ("{page}", "{pages}"):
            field = add(paragraph, "fldSimple", instr="PAGE" if piece == "{page}" else "NUMPAGES")
            add(add(field, "r"), "t").text = "1"
        elif piece:
            text = add(add(paragraph, "r"), "t")
            text.text = piece
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return root


def _numbering(lists: NumberedLists) -> Element:
    """Define the bullet and number formats, and a separate count for each numbered list of the body."""
    root = new_root("numbering")
    for kind in (BULLET_LIST_ID, NUMBERED_LIST_ID):
        abstract = add(root, "abstractNum", abstractNumId=kind)
        add(abstract, "multiLevelType", val="hybridMultilevel")
        for level in range(9):
            level_format = add(abstract, "lvl", ilvl=level)
            add(level_format, "start", val=1)
            add(level_format, "numFmt", val="bullet" if kind == BULLET_LIST_ID else "decimal")
            if level == 0:
                add(level_format, "pStyle", val="ListBullet" if kind == BULLET_LIST_ID else "ListNumber")
            add(level_format, "lvlText", val=_BULLETS[level % 2] if kind == BULLET_LIST_ID else f"%{level + 1}.")
            add(level_format, "lvlJc", val="left")
            add(add(level_format, "pPr"), "ind", left=INDENT_STEP * (level + 1), hanging=INDENT_STEP)
            if kind == BULLET_LIST_ID:
                add(add(level_format, "rPr"), "rFonts", ascii="Arial", hAnsi="Arial", cs="Arial", hint="default")
    for number in (BULLET_LIST_ID, NUMBERED_LIST_ID):
        add(add(root, "num", numId=number), "abstractNumId", val=number)
    for number, first_number in lists:
        count = add(root, "num", numId=number)
        add(count, "abstractNumId", val=NUMBERED_LIST_ID)
        for level in range(9):
            add(add(count, "lvlOverride", ilvl=level), "startOverride", val=first_number)
    return root


def _page_setup(section: Element, footer_id: str, width: int, height: int, *, rtl: bool) -> None:
    footer = add(section, "footerReference", type="default")
    footer.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", footer_id)
    add(section, "pgSz", w=width, h=height)
    margins = {"top": _MARGIN, "right": _MARGIN, "bottom": _MARGIN, "left": _MARGIN}
    add(section, "pgMar", **margins, header=_FOOTER_MARGIN, footer=_FOOTER_MARGIN, gutter=0)
    if rtl:
        add(section, "bidi")


def _without_dates(packed: io.BytesIO) -> bytes:
    """Rewrite the archive with the same fixed date on every file."""
    rewritten = io.BytesIO()
    with zipfile.ZipFile(packed) as before, zipfile.ZipFile(rewritten, "w") as after:
        for name in before.namelist():
            info = zipfile.ZipInfo(name, _NO_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = _UNIX_SYSTEM
            info.external_attr = 0o600 << 16
            after.writestr(info, before.read(name))
    return rewritten.getvalue()
