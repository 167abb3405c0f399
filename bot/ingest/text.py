"""Plain text → a draft: paragraphs between empty lines, lines that were wrapped at a width joined."""

import itertools
import re

from bot.ingest.decoding import decoded
from bot.ingest.draft import Block, Draft

MARKER = re.compile(r"^\s*(?:[-*•·▪◦‣○●■□▶–—]|\d{1,3}[.)]|[①-⑳]|[가-하]\.)\s+\S")
RULE = re.compile(r"^\s*([-=~*_#])\1{2,}\s*$")
ENDS = re.compile(r"[.?!…:;。][\"”’')\]]*$")
FIELD = re.compile(r"^[^:：]{1,20}[:：]\s*\S")  # of the head of minutes: "일시: 3월 24일"
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
    if draft.blocks and draft.blocks[0].kind == "text":
        first, *fields = draft.blocks[0].text.split("\n")
        if len(first) <= TITLE and not ENDS.search(first) and not FIELD.match(first) and all(map(FIELD.match, fields)):
            draft.title = first
    return draft


def block(lines: list[str]) -> Block:
    """A paragraph, or a list where each line is an item or goes on with one."""
    if len(lines) > 1 and MARKER.match(lines[0]) and sum(bool(MARKER.match(line)) for line in lines) > 1:
        items: list[str] = []
        for line in lines:
            if MARKER.match(line):
                items.append(line)
            else:
                items[-1] = _joined(items[-1], line)
        return Block("items", parts=tuple(items))
    return Block("text", unwrapped(lines))


def unwrapped(lines: list[str]) -> str:
    """Lines of a paragraph, joined where they were wrapped: a full line that does not end a sentence goes on."""
    full = max(map(len, lines))
    text = lines[0]
    for before, line in itertools.pairwise(lines):
        wrapped = len(before) >= max(WRAPPED / 2, full * 0.6) and full >= WRAPPED and not MARKER.match(line)
        text = _joined(text, line) if wrapped else f"{text}\n{line}"
    return text


def _joined(text: str, line: str) -> str:
    """A line after the one that it goes on from: a word divided with a hyphen is put together."""
    if re.search(r"[a-z]-$", text) and re.match(r"[a-z]", line):
        return text[:-1] + line
    return f"{text} {line}"
