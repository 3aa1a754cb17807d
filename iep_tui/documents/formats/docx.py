"""Word renderer. The file holds nothing about its author, place or time."""

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
#: In twips, a twentieth of a point: the two papers, and the margin all around.
_PAPERS: dict[str, tuple[int, int]] = {"letter": (12240, 15840), "a4": (11906, 16838)}
_MARGIN, _FOOT = 1008, 504
#: The longest title that the format's own properties take.
_LONGEST_TITLE = 255
#: Word marks the words' language by country too; without one its spelling check guesses.
_COUNTRIES = {("en", "letter"): "en-US", ("en", "a4"): "en-GB", ("es", "letter"): "es-US", ("es", "a4"): "es-ES"}
_BULLETS = "•–"
#: No clock and no system in the archive: the same sheet is the same bytes on every computer.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def to_docx(document: Document, *, paper: Paper) -> bytes:
    """The bytes of a .docx file on Letter or A4, the same for the same document, paper and language in use.

    It holds a title and a language, and no author, program, computer, date, picture or address.
    """
    width, height = _PAPERS[paper]
    body = DocxBody(document, width - 2 * _MARGIN)
    package = Package()
    main = DocumentPart(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, body.root, package)
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    lang = _COUNTRIES.get((document.lang, paper), document.lang)
    foot = FooterPart(PackURI("/word/footer1.xml"), CONTENT_TYPE.WML_FOOTER, _footer(), package)
    foot_id = main.relate_to(foot, RELATIONSHIP_TYPE.FOOTER)
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
    _paper(body.section(), foot_id, width, height, rtl=language_is_rtl(document.lang))
    package.relate_to(_about(document, lang, package), RELATIONSHIP_TYPE.CORE_PROPERTIES)
    packed = io.BytesIO()
    package.save(packed)
    return _without_dates(packed)


def _part(kind: Any, name: str, content: str, root: Element, package: Package) -> Any:
    return kind(PackURI(f"/word/{name}.xml"), content, root, package)


def _in_language(name: str, lang: str) -> Element:
    """One of our fixed parts, its words said to be in `lang`."""
    root = parse_xml((_PARTS / f"{name}.xml").read_bytes())
    for told in (*root.iter(tag("lang")), *root.iter(tag("themeFontLang"))):
        told.set(tag("val"), lang)
        if language_is_rtl(lang):
            told.set(tag("bidi"), lang)
    return root


def _about(document: Document, lang: str, package: Package) -> CorePropertiesPart:
    """The title and the language; nothing else that the format has a place for."""
    root = CT_CoreProperties.new()
    properties = CoreProperties(root)
    properties.title = clean_text(document.title)[:_LONGEST_TITLE]
    properties.language = lang
    return CorePropertiesPart(PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, root, package)


def _footer() -> Element:
    """Page 1 of 3, counted by Word itself."""
    root = new_root("ftr")
    paragraph = add(root, "p")
    add(add(paragraph, "pPr"), "pStyle", val="Footer")
    for piece in re.split(r"(\{pages?\})", _("Page {page} of {pages}")):
        if piece in ("{page}", "{pages}"):
            field = add(paragraph, "fldSimple", instr="PAGE" if piece == "{page}" else "NUMPAGES")
            add(add(field, "r"), "t").text = "1"
        elif piece:
            words = add(add(paragraph, "r"), "t")
            words.text = piece
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return root


def _numbering(lists: NumberedLists) -> Element:
    """Bullets, numbers, and for each numbered list of the body a count of its own."""
    root = new_root("numbering")
    for kind in (BULLET_LIST_ID, NUMBERED_LIST_ID):
        shape = add(root, "abstractNum", abstractNumId=kind)
        add(shape, "multiLevelType", val="hybridMultilevel")
        for level in range(9):
            look = add(shape, "lvl", ilvl=level)
            add(look, "start", val=1)
            add(look, "numFmt", val="bullet" if kind == BULLET_LIST_ID else "decimal")
            if level == 0:
                add(look, "pStyle", val="ListBullet" if kind == BULLET_LIST_ID else "ListNumber")
            add(look, "lvlText", val=_BULLETS[level % 2] if kind == BULLET_LIST_ID else f"%{level + 1}.")
            add(look, "lvlJc", val="left")
            add(add(look, "pPr"), "ind", left=INDENT_STEP * (level + 1), hanging=INDENT_STEP)
            if kind == BULLET_LIST_ID:
                add(add(look, "rPr"), "rFonts", ascii="Arial", hAnsi="Arial", cs="Arial", hint="default")
    for number in (BULLET_LIST_ID, NUMBERED_LIST_ID):
        add(add(root, "num", numId=number), "abstractNumId", val=number)
    for number, first in lists:
        count = add(root, "num", numId=number)
        add(count, "abstractNumId", val=NUMBERED_LIST_ID)
        for level in range(9):
            add(add(count, "lvlOverride", ilvl=level), "startOverride", val=first)
    return root


def _paper(section: Element, foot_id: str, width: int, height: int, *, rtl: bool) -> None:
    foot = add(section, "footerReference", type="default")
    foot.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", foot_id)
    add(section, "pgSz", w=width, h=height)
    sides = {"top": _MARGIN, "right": _MARGIN, "bottom": _MARGIN, "left": _MARGIN}
    add(section, "pgMar", **sides, header=_FOOT, footer=_FOOT, gutter=0)
    if rtl:
        add(section, "bidi")


def _without_dates(packed: io.BytesIO) -> bytes:
    """The same archive with every file dated alike."""
    written = io.BytesIO()
    with zipfile.ZipFile(packed) as before, zipfile.ZipFile(written, "w") as after:
        for name in before.namelist():
            info = zipfile.ZipInfo(name, _NO_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = _UNIX
            info.external_attr = 0o600 << 16
            after.writestr(info, before.read(name))
    return written.getvalue()
