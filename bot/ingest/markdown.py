"""Markdown, with the dialects that documentation is written in → a draft."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from bot.ingest import html
from bot.ingest.dates import date
from bot.ingest.decoding import decoded
from bot.ingest.draft import Block, Draft, list_blocks
from bot.ingest.markup import cleaned

FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*$\n?", re.DOTALL | re.MULTILINE)
FIELD = re.compile(r"^([\w-]+)[ \t]*[:=][ \t]*(.*)$", re.MULTILINE)
DATES = ("date", "updated", "lastmod", "last_updated", "last_modified", "published", "pubdate", "created")
PRIVATE = re.compile("[\ue000\ue001]")
INDENT = "  "
# CommonMark takes the stars of “**값(value)**은” for stars, since a letter follows a bracket there.
STARRED = re.compile(
    r"(?P<code>`[^`]*`)|(?<![A-Za-z0-9*])\*\*(?=\S)(?P<two>[^*\n]+)\*\*|(?<![\w*])\*(?=\S)(?P<one>[^*\n]+)(?<=\S)\*"
)
DESCRIPTION = 30  # characters: what front matter says of the document is a passage where it is a sentence

PARSER = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).enable(["table", "strikethrough"])


def read(data: bytes) -> Draft:
    """Read Markdown.

    Raises:
        DocumentError: it is no text.
    """
    text = PRIVATE.sub("", decoded(data))
    front: dict[str, str] = {}
    if match := FRONT.match(text):
        front = {key.lower(): _unquoted(value) for key, value in FIELD.findall(match.group(2))}
        text = text[match.end() :]
    draft = Draft(
        title=front.get("title", ""), date=next((found for key in DATES if (found := date(front.get(key, "")))), "")
    )
    if len(about := front.get("description", "") or front.get("summary", "")) > DESCRIPTION:
        draft.blocks.append(Block("text", about))
    draft.blocks += list(blocks(cleaned(text, html.to_markdown)))
    return draft


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def blocks(text: str) -> Iterator[Block]:
    """The blocks of plain Markdown."""
    for node in SyntaxTreeNode(PARSER.parse(text)).children:
        yield from _block(node)


def _block(node: SyntaxTreeNode) -> Iterator[Block]:
    if node.type == "heading":
        yield Block("heading", _text(node), level=int(node.tag[1]))
    elif node.type == "paragraph":
        yield Block("text", _text(node))
    elif node.type in ("fence", "code_block"):
        yield Block("code", f"{node.info.strip()}\n{node.content}")  # as it stands, for it to be found in its file
    elif node.type in ("bullet_list", "ordered_list"):
        yield from list_blocks(_items(node, ""))
    elif node.type == "table":
        rows = [row for part in node.children for row in part.children]
        yield Block("rows", cells=tuple(tuple(_text(cell) for cell in row.children) for row in rows))
    elif node.type == "html_block":
        yield Block("text", node.content)
    else:
        for child in node.children:
            yield from _block(child)


def _items(node: SyntaxTreeNode, indent: str) -> Iterator[str | Block]:
    """Items with what is nested in them, and the blocks that interrupt them."""
    for item in node.children:
        mark = f"{item.info}. " if node.type == "ordered_list" else "- "  # the number as it is written
        lines: list[str] = []
        for child in item.children:
            if child.type == "paragraph":
                text = _text(child).replace("\n", " ")
                lines.append(f"{indent}{mark}{text}" if mark else f"{indent}{INDENT}{text}")
                mark = ""
            elif child.type in ("bullet_list", "ordered_list"):
                for part in _items(child, indent + INDENT):
                    if isinstance(part, str):
                        lines.append(part)
                        continue
                    if lines:
                        yield "\n".join(lines)
                    lines = []
                    yield part
            else:
                if lines:
                    yield "\n".join(lines)
                lines = []
                yield from _block(child)
        if lines:
            yield "\n".join(lines)


def _text(node: SyntaxTreeNode) -> str:
    """The words of what stands on a line: links and emphasis keep theirs, pictures what they are said to show."""
    found: list[str] = []
    for inline in node.walk():
        if inline.type == "inline" and inline.token:
            found += _words(inline.token.children or [])
    text = "".join(found)
    if "*" not in text:
        return text
    return STARRED.sub(lambda match: match.group("code") or match.group("two") or match.group("one"), text)


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "text":
            yield token.content
        elif token.type == "code_inline":
            mark = "``" if "`" in token.content else "`"
            yield f"{mark}{token.content}{mark}"
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n" if token.type == "hardbreak" else " "
        elif token.type == "image":
            yield from _words(token.children or [])
        elif token.content and not token.children:
            yield token.content
