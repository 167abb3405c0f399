"""A Word file → a draft. What it links to is never fetched; what is in it is counted before it is believed."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from bot.errors import DocumentError
from bot.ingest.draft import Block, Draft

INFLATED = 120 * 2**20  # bytes of all that is in the file
TEXTS = 60 * 2**20  # bytes of XML
ENTRIES = 5000
PIECE = 1 << 16
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
NUMBERED = re.compile(r"^( *)#\.")
HEADING = re.compile(r"^(?:heading|제목|개요)\s*([1-9])$", re.IGNORECASE)
OTHERS = {
    "xl/": "a spreadsheet",
    "ppt/": "a presentation",
    "Contents/": "an HWPX file",
    "META-INF/": "an e-book or a program",
}
SAVE_AGAIN = "open it in Word and save it again"


def read(data: bytes) -> Draft:
    """Read a Word file.

    Raises:
        DocumentError: it is another kind of zip, encrypted, damaged, or a bomb.
    """
    _inspect(data)
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        properties = document.core_properties
        title, changed = properties.title or "", properties.modified or properties.created
    except etree.XMLSyntaxError as error:
        if str(error).startswith("unknown error"):  # what libxml2 says when memory has run out
            raise MemoryError from error
        raise DocumentError("it is damaged", SAVE_AGAIN) from error
    except (OpcError, etree.LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise DocumentError("it is damaged", SAVE_AGAIN) from error
    # Word's own template has the date of its making, which says nothing of the document
    draft = Draft(title=title, saved=changed.date().isoformat() if changed and changed.year > 2013 else "")
    reading = _Reading(document)
    draft.blocks += list(_with_lists(reading.blocks(body)))
    draft.blocks += list(reading.footnotes())
    if not draft.title:
        draft.title = reading.title
    return draft


def _inspect(data: bytes) -> None:
    """Inflate all of the file once and count: what its own directory claims is not believed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if any(entry.flag_bits & 1 for entry in entries):
                raise DocumentError("it is encrypted", "save it without a password")
            if "word/document.xml" not in names:
                kind = next(
                    (what for start, what in OTHERS.items() if any(n.startswith(start) for n in names)), "a zip file"
                )
                raise DocumentError(f"it is {kind}, not a Word file", "save it as .docx or PDF, or unpack it first")
            if len(entries) > ENTRIES:
                raise DocumentError(f"it has more than {ENTRIES:,} files in it", SAVE_AGAIN)
            total = texts = 0
            for entry in entries:
                with archive.open(entry) as file:
                    while piece := file.read(PIECE):
                        total += len(piece)
                        texts += len(piece) if entry.filename.endswith((".xml", ".rels")) else 0
                        if total > INFLATED or texts > TEXTS:
                            raise DocumentError("it inflates to more than a document may", SAVE_AGAIN)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise DocumentError("it is damaged or cut off", SAVE_AGAIN) from error


class _Reading:
    """The parts of one file that its text is made from."""

    def __init__(self, document: Any) -> None:
        self.title = ""
        self._part = document.part
        self._levels: dict[str, int] = {}
        self._lists: set[str] = set()
        for style in document.styles.element.iter(f"{W}style"):
            name, identifier = _value(style.find(f"{W}name")), style.get(f"{W}styleId", "")
            outline = _value(style.find(f"{W}pPr/{W}outlineLvl"))
            if found := HEADING.match(name):
                self._levels[identifier] = int(found.group(1))
            elif name.lower() in ("title", "제목"):
                self._levels[identifier] = 0
            elif outline.isdecimal() and int(outline) < 9:
                self._levels[identifier] = int(outline) + 1
            if style.find(f"{W}pPr/{W}numPr") is not None or name.lower().startswith("list "):
                self._lists.add(identifier)
        self._formats = self._numbering()

    def _numbering(self) -> dict[tuple[str, str], str]:
        """How the items of each list and level are marked."""
        found: dict[tuple[str, str], str] = {}
        for relation in self._part.rels.values():
            if relation.is_external or not relation.reltype.endswith("/numbering"):
                continue
            root = relation.target_part.element
            kinds = {
                (each.get(f"{W}abstractNumId"), level.get(f"{W}ilvl")): _value(level.find(f"{W}numFmt"))
                for each in root.iter(f"{W}abstractNum")
                for level in each.iter(f"{W}lvl")
            }
            for number in root.iter(f"{W}num"):
                of = _value(number.find(f"{W}abstractNumId"))
                found |= {(number.get(f"{W}numId"), level): kind for (each, level), kind in kinds.items() if each == of}
        return found

    def blocks(self, parent: Any) -> Iterator[Block]:
        """The blocks of a body, a cell or a text box; items of lists come one by one."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif isinstance(child.tag, str) and child.tag not in (
                f"{W}sectPr",
                f"{W}tcPr",
                f"{W}sdtPr",
                f"{W}sdtEndPr",
                FALLBACK,
            ):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        text = "".join(_words(paragraph)).strip()
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        outline = _value(paragraph.find(f"{W}pPr/{W}outlineLvl"))
        level = int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else self._levels.get(style)
        if text and level is not None:
            self.title = self.title or (text if level == 0 else "")
            yield Block("heading", text, level=max(level, 1))
        elif text and (paragraph.find(f"{W}pPr/{W}numPr") is not None or style in self._lists):
            yield Block("items", text, parts=(self._item(paragraph, style, text),))
        elif text:
            yield Block("text", text)
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(above.tag == FALLBACK for above in box.iterancestors()):
                yield from self.blocks(box)

    def _item(self, paragraph: Any, style: str, text: str) -> str:
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        level = _value(properties.find(f"{W}ilvl")) if properties is not None else "0"
        number = _value(properties.find(f"{W}numId")) if properties is not None else ""
        kind = self._formats.get((number, level or "0"), "decimal" if "number" in style.lower() else "bullet")
        indent = "  " * min(int(level), 8) if level.isdecimal() else ""
        return f"{indent}{'-' if kind in ('bullet', 'none') else '#.'} {text}"

    def _table(self, table: Any) -> Iterator[Block]:
        rows = [
            [cell for cell in row.iter(f"{W}tc") if _owner(cell) is row]
            for row in table.iter(f"{W}tr")
            if _of(row) is table
        ]
        if all(len(row) < 2 for row in rows):  # a frame around text
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell)
            return
        cells = []
        for row in rows:
            texts: list[str] = []
            for cell in row:
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on = merge is not None and merge.get(f"{W}val") != "restart"
                texts.append("" if goes_on else " ".join("".join(_words(part)).strip() for part in cell.iter(f"{W}p")))
                span = _value(cell.find(f"{W}tcPr/{W}gridSpan"))
                texts += [""] * (min(int(span), 64) - 1 if span.isdecimal() else 0)
            cells.append(tuple(texts))
        yield Block("rows", cells=tuple(cells))

    def footnotes(self) -> Iterator[Block]:
        """What stands below the pages and at the end."""
        for relation in self._part.rels.values():
            if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
                continue
            try:
                root = etree.fromstring(
                    relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True)
                )
            except etree.LxmlError:
                continue
            for note in root:
                if note.get(f"{W}type") is None:
                    text = " ".join("".join(_words(part)).strip() for part in note.iter(f"{W}p"))
                    yield Block("text", text)


def _with_lists(found: Iterator[Block]) -> Iterator[Block]:
    """Blocks with the items of one list put together, and its numbers counted."""
    parts: list[str] = []
    counts: dict[int, int] = {}
    for block in found:
        if block.kind == "items":
            (item,) = block.parts
            indent = len(item) - len(item.lstrip())
            counts = {depth: count for depth, count in counts.items() if depth <= indent}
            counts[indent] = counts.get(indent, 0) + 1
            parts.append(NUMBERED.sub(rf"\g<1>{counts[indent]}.", item))
            continue
        if parts:
            yield Block("items", parts=tuple(parts))
            parts, counts = [], {}
        yield block
    if parts:
        yield Block("items", parts=tuple(parts))


def _words(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph: what is inserted is in it, what is deleted is not."""
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        if _of_paragraph(node) is not paragraph:
            continue  # of a text box inside
        if node.tag == f"{W}t":
            yield node.text or ""
        elif node.tag == f"{W}noBreakHyphen":
            yield "-"
        elif node.getparent().tag == f"{W}r":
            yield " " if node.tag == f"{W}tab" else "\n"


def _of_paragraph(node: Any) -> Any:
    return next((above for above in node.iterancestors(f"{W}p")), None)


def _owner(cell: Any) -> Any:
    return next((above for above in cell.iterancestors(f"{W}tr")), None)


def _of(row: Any) -> Any:
    return next((above for above in row.iterancestors(f"{W}tbl")), None)


def _value(node: Any) -> str:
    return (node.get(f"{W}val") or "") if node is not None else ""
