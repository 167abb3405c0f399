"""Blocks → passages: each of the size of a paragraph, readable on its own, and nothing lost.

A passage is longer than `LONG` only where it is one sentence, one line of code, or one row.
"""

import re
from collections.abc import Iterable, Iterator

from bot.errors import DocumentError
from bot.ingest.dates import date, of_head
from bot.ingest.draft import Block, Document, Draft
from bot.language.announcing import FOLLOWS, announces
from bot.language.hangul import nfc
from bot.language.sentences import BETWEEN, asks
from bot.language.sentences import starts as starts_of_sentences

LONG = 1500  # characters; a passage longer than that is divided
LIST = 700  # a list no longer than that is one passage
ITEM = 220  # an item as long as that stands alone where its list is divided
SHORT = 40  # a text shorter than that and without an end of a sentence goes with what follows
LEAD_IN = 300  # the longest text that a list or code after it may be joined to
LEAD_IN_CODE = 500  # the longest code that is joined to what announces it
HARDEST = 6000  # no passage is longer: what has no end is cut at a space, or anywhere
PASSAGES = 20_000
TEXT = 20_000_000  # characters of all passages
HEADING = 300  # a longer one is no heading
TITLE = 200
DATED = 12  # characters of a file's name that may be its date
SAMPLE, SAMPLE_LENGTH = 500, 20_000  # blocks and characters that the language is told by

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u200b\u2060\ufeff\u00ad]")
LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
SPACES = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
ENDS = re.compile(r"[.?!。…][\"”’')\]]*$|[다요죠음함됨임까][.!?]?$")
HANGUL = re.compile("[가-힣ㄱ-ㆎ]")
LATIN = re.compile("[A-Za-z]")


def shape(draft: Draft, name: str) -> Document:
    """Make a document of what a reader found; `name` is its title where it has none.

    Raises:
        DocumentError: there is no text in it, or too much.
    """
    blocks = [clean for block in draft.blocks for clean in _cleaned(block)]
    passages: list[tuple[str, bool]] = []
    length = 0
    for text, heading in _passages(blocks):
        passages.append((text, heading))
        length += len(text)
        if len(passages) > PASSAGES or length > TEXT:
            raise DocumentError(
                f"it has more than {PASSAGES:,} passages or {TEXT:,} characters", "divide it into smaller files"
            )
    if not any(re.search(r"\w", text) for text, _ in passages):
        raise DocumentError("there is no text in it", "add a file that has text; one of pictures has none")
    title = line(draft.title) or next((line(block.text) for block in blocks if block.kind == "heading"), "") or name
    texts = (block.text for block in blocks if block.kind == "text")
    said = " ".join(block.text + " ".join(block.parts) for block in blocks[:SAMPLE] if block.kind != "code")
    return Document(
        title=title[:TITLE],
        date=draft.date or of_head(title, texts) or date(name[:DATED]) or draft.saved,
        language=language(f"{title} {said}"[:SAMPLE_LENGTH]),
        passages=tuple(text for text, _ in passages),
        headings=tuple(heading for _, heading in passages),
    )


def language(text: str) -> str:
    """The language of a text by its script: Korean where a Hangul syllable stands for every four letters or so."""
    return "ko" if len(HANGUL.findall(text)) * 4 >= len(LATIN.findall(text)) and HANGUL.search(text) else "en"


def plain(text: str) -> str:
    r"""A text with no character that is none, each line end one \\n, syllables put together."""
    return nfc(CONTROL.sub("", LINE_ENDS.sub("\n", text)))


def line(text: str) -> str:
    """A text on one line, with one space where there was white space."""
    return " ".join(plain(text).split())


def _lines(text: str) -> str:
    """A text whose lines stay: no white space at their ends, one space inside, no empty ones."""
    if text.isprintable() and "  " not in text:  # most are: of white space only a single space is printable
        return nfc(text.strip())
    found = (SPACES.sub(" ", part.rstrip()) for part in plain(text).split("\n"))
    return "\n".join(part for part in found if part.strip()).strip()


def _item(text: str) -> str:
    """An item of a list: the indents that show its depth stay."""
    found = (re.sub(r"(?<=\S)[ \t\u00a0]+", " ", part.rstrip()) for part in plain(text).split("\n"))
    return "\n".join(part for part in found if part.strip())


def _cleaned(block: Block) -> Iterator[Block]:
    """A block without what shows nothing, if anything is left of it."""
    if block.kind == "code":
        fence, _, code = plain(block.text).partition("\n")
        body = "\n".join(part.rstrip() for part in code.split("\n")).strip("\n")
        if body.strip():
            yield Block("code", f"{fence.rstrip()}\n{body}")
    elif block.kind == "items":
        parts = tuple(part for part in map(_item, block.parts) if re.search(r"\w", part))
        if parts:
            yield Block("items", parts=parts)
    elif block.kind == "rows":
        cells = tuple(tuple(map(line, row)) for row in block.cells)
        if any(cell for row in cells for cell in row):
            yield Block("rows", cells=tuple(row for row in cells if any(row)), header=block.header and any(cells[0]))
    else:
        text = line(block.text) if block.kind == "heading" else _lines(block.text)
        if block.kind == "heading" and len(text) > HEADING:
            yield Block("text", text)
        elif re.search(r"\w", text):
            yield Block(block.kind, text, block.level)


# ── blocks → passages ────────────────────────────────────────────────────────────────────────────


def _passages(blocks: list[Block]) -> Iterator[tuple[str, bool]]:
    """The passages of blocks, each with whether it is a heading."""
    waiting = ""  # a text that may be joined to what follows
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            if waiting:
                yield from _texts(_divided(waiting))
            waiting = ""
            yield f"{'#' * min(max(block.level, 1), 6)} {block.text}", True
            continue
        if block.kind == "text":
            following = blocks[index + 1].kind if index + 1 < len(blocks) else "heading"
            text = f"{waiting}\n{block.text}" if waiting else block.text
            waiting = ""
            if following != "heading" and _goes_on(block.text, following) and len(text) <= LEAD_IN:
                waiting = text
            else:
                yield from _texts(_divided(text))
            continue
        pieces = list(_pieces(block))
        joined = f"{waiting}\n{pieces[0]}" if waiting else ""
        if joined and len(joined) <= LONG and (block.kind != "code" or len(pieces[0]) <= LEAD_IN_CODE):
            pieces[0] = joined
        elif waiting:
            yield from _texts(_divided(waiting))
        waiting = ""
        yield from _texts(pieces)


def _texts(pieces: Iterable[str]) -> Iterator[tuple[str, bool]]:
    for piece in pieces:
        yield from ((part, False) for part in _cut(piece))


def _goes_on(text: str, following: str) -> bool:
    """Whether a text is not to be read without what follows it."""
    if len(text) < SHORT and not ENDS.search(text):
        return True
    last = text.rpartition("\n")[2]
    if following == "text":
        return asks(last)  # a question is read with its answer
    if following == "code":
        return last.endswith((":", "：")) or (len(last) < 2 * SHORT and announces(last, FOLLOWS))
    return announces(last[-2 * SHORT :], FOLLOWS) or (following == "items" and len(last) < 2 * SHORT)


def _pieces(block: Block) -> Iterator[str]:
    if block.kind == "items":
        yield from _grouped(block.parts)
    elif block.kind == "rows":
        yield from _rows(block)
    else:
        yield from _code(block.text)


def _grouped(parts: tuple[str, ...]) -> Iterator[str]:
    """A list: whole where it is short, else in groups of short items and long items alone."""
    if sum(map(len, parts)) <= LIST:
        yield "\n".join(parts)
        return
    held: list[str] = []
    for part in parts:
        long = len(part) >= ITEM
        if held and (long or sum(map(len, held)) + len(part) > LIST):
            yield "\n".join(held)
            held = []
        if long:
            yield from _divided(part)
        else:
            held.append(part)
    if held:
        yield "\n".join(held)


def _rows(block: Block) -> Iterator[str]:
    """A table: whole where it is small, else each row with the name of its column before each cell."""
    whole = "\n".join(BETWEEN.join(row) for row in block.cells)
    if len(whole) <= LONG or len(block.cells) < 3:
        yield from _divided(whole)
        return
    names, rows = (block.cells[0], block.cells[1:]) if block.header else ((), block.cells)
    for row in rows:
        named = [
            f"{names[column]}: {cell}" if column < len(names) and names[column] else cell
            for column, cell in enumerate(row)
            if cell
        ]
        yield from _divided("; ".join(named))


def _code(text: str) -> Iterator[str]:
    """Code in its fence, whole where it is short, else divided at empty lines, each part in a fence."""
    opening, _, body = text.partition("\n")
    fence = "`" * max(3, *(len(found) + 1 for found in re.findall(r"^`{3,}", body, re.MULTILINE)), 3)
    for part in _at_empty_lines(body):
        for piece in _joined(part.split("\n"), "\n", HARDEST - 100) if len(part) > HARDEST - 100 else (part,):
            for bit in _cut(piece, HARDEST - 100):
                yield f"{fence}{opening}\n{bit}\n{fence}"
                opening = ""  # what goes on does not begin again


def _at_empty_lines(code: str) -> Iterator[str]:
    """Code in parts of at most LONG characters where its empty lines allow."""
    start = last = 0
    for match in re.finditer(r"\n(?:[ \t]*\n)+", code):
        if match.start() - start > LONG and last > start:
            yield code[start:last].rstrip("\n")
            start = last
        last = match.end()
    if len(code) - start > LONG and last > start:
        yield code[start:last].rstrip("\n")
        start = last
    yield code[start:]


def _divided(text: str) -> Iterator[str]:
    """A text in pieces of at most LONG characters, divided where lines or sentences end."""
    if len(text) <= LONG:
        yield text
        return
    for part in _joined(text.split("\n"), "\n", LONG):
        if len(part) <= LONG:
            yield part
            continue
        starts = starts_of_sentences(part)
        found = [part[start:end].rstrip() for start, end in zip(starts, [*starts[1:], len(part)], strict=True)]
        yield from _joined(found, " ", LONG)


def _joined(parts: Iterable[str], between: str, limit: int) -> Iterator[str]:
    """As many parts together as `limit` allows, in their order."""
    held: list[str] = []
    length = 0
    for part in parts:
        if held and length + len(part) > limit:
            yield between.join(held)
            held, length = [], 0
        held.append(part)
        length += len(part) + len(between)
    if held:
        yield between.join(held)


def _cut(text: str, limit: int = HARDEST) -> Iterator[str]:
    """A text in pieces of at most `limit` characters, whatever it is made of."""
    while len(text) > limit:
        space = text.rfind(" ", limit // 2, limit)
        end = space if space > 0 else limit
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    if text.strip():
        yield text
