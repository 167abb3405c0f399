"""Plain text → a draft: paragraphs between empty lines, lines that were wrapped at a width joined."""

import csv
import itertools
import re
from collections.abc import Iterator

from bot.ingest.decoding import decoded
from bot.ingest.draft import Block, Draft

MARKER = re.compile(r"^\s*(?:[-*•·▪◦‣○●■□▶–—]|\d{1,3}[.)]|[①-⑳]|[가-하]\.)\s+\S")
RULE = re.compile(r"^\s*([-=~*_#])\1{2,}\s*$")
ENDS = re.compile(r"[.?!…:;。][\"”’')\]]*$")
# Of the head of a document: "일시: 3월 24일", "최종 수정 2025-02-11".
FIELD = re.compile(r"^(?:[^:：]{1,20}[:：]\s*\S|[^.!?]{0,20}\b\d{4}(?:[-./]\s?\d{1,2}){1,2}\.?$)")
# Of a line that may be a heading: "2. 첫 주에 할 일", "2.1 Leave", "제3조 (자료 등급)".
NUMBERED = re.compile(
    r"^(?:제\s?(?P<article>\d{1,3})\s?[조장]|(?P<number>\d{1,2})(?P<below>(?:\.\d{1,2})*)[.)]?(?=\s))"
)
ENTRY = re.compile(r"^[^:：.?!]{1,30}[:：]\s+\S")  # of a glossary: "MOQ: 최소 주문 수량."
ENTRIES, MOSTLY = 3, 0.8  # lines of what is taken for a list of them, and how many of these are
ROWS, COLUMNS = 3, 3  # of what is taken for a table: so many lines with as many cells each
NUMBER = re.compile(r"[\d\s.,:/%+~()-]+")  # a cell that names no column
TITLE = 80  # characters
WRAPPED = 40  # characters: a line so long may have been wrapped


def read(data: bytes) -> Draft:
    """Read a text.

    Raises:
        DocumentError: it is no text.
    """
    draft = Draft()
    for paragraph in re.split(r"\n[ \t]*(?:\n[ \t]*)+", decoded(data)):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip() and not RULE.match(line)]
        if lines:
            draft.blocks.append(block(lines))
    draft.blocks = list(_with_headings(draft.blocks))
    if draft.blocks and draft.blocks[0].kind == "text":
        first, *fields = draft.blocks[0].text.split("\n")
        if len(first) <= TITLE and not ENDS.search(first) and not FIELD.match(first) and all(map(FIELD.match, fields)):
            draft.title = first
    return draft


def _with_headings(blocks: list[Block]) -> Iterator[Block]:
    """The blocks, those as headings that are single lines numbered one after the other, with something under each."""
    numbered = [_numbered(block) for block in blocks]
    tops = [int(match["article"] or match["number"]) for match in numbered if match and not match["below"]]
    in_order = len(tops) > 1 and tops == list(range(1, len(tops) + 1))
    for place, (one, match) in enumerate(zip(blocks, numbered, strict=True)):
        if in_order and match and place + 1 < len(blocks):
            yield Block("heading", one.text, level=2 + (match["below"] or "").count("."))
        else:
            yield one


def _numbered(block: Block) -> re.Match[str] | None:
    short = block.kind == "text" and len(block.text) <= TITLE and "\n" not in block.text and not ENDS.search(block.text)
    return NUMBERED.match(block.text) if short else None


def block(lines: list[str]) -> Block:
    """A paragraph, or a table, or a list where each line is an item, or an entry, or goes on with one."""
    if cells := _cells(lines):
        return Block("rows", cells=cells, header=not any(map(NUMBER.fullmatch, cells[0])))
    for begins, least in ((MARKER, 2), (ENTRY, max(ENTRIES, MOSTLY * len(lines)))):
        if not begins.match(lines[0]) or sum(bool(begins.match(line)) for line in lines) < least:
            continue
        items: list[str] = []
        for line in lines:
            if begins.match(line):
                items.append(line)
            else:
                items[-1] = _joined(items[-1], line)
        return Block("items", parts=tuple(items))
    return Block("text", unwrapped(lines))


def _cells(lines: list[str]) -> tuple[tuple[str, ...], ...]:
    """The cells of lines that are the rows of a table, divided by tabs, strokes or commas; none where they are not."""
    if len(lines) < ROWS or any(map(ENDS.search, lines)):
        return ()
    for divider in "\t|,":
        rows = csv.reader((line.strip("|") for line in lines), delimiter=divider)
        cells = tuple(tuple(cell.strip() for cell in row) for row in rows)
        if len(cells) == len(lines) and {len(row) for row in cells} == {max(COLUMNS, len(cells[0]))}:
            return cells
    return ()


def unwrapped(lines: list[str]) -> str:
    """Lines of a paragraph, joined where they were wrapped: a full line that does not end a sentence goes on."""
    full = max(map(len, lines))
    text = lines[0]
    for before, line in itertools.pairwise(lines):
        wrapped = len(before) >= max(WRAPPED / 2, full * 0.6) and full >= WRAPPED and not MARKER.match(line)
        wrapped = wrapped and not (ENTRY.match(before) and ENTRY.match(line))
        text = _joined(text, line) if wrapped else f"{text}\n{line}"
    return text


def _joined(text: str, line: str) -> str:
    """A line after the one that it goes on from: a word divided with a hyphen is put together."""
    if re.search(r"[a-z]-$", text) and re.match(r"[a-z]", line):
        return text[:-1] + line
    return f"{text} {line}"
