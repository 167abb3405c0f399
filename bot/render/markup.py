"""Telegram's HTML: what may be shown, how it is marked up, and how much fits in a message."""

import html
import re
import unicodedata
from collections.abc import Iterable

TEXT = 4096  # UTF-16 units of a message, its tags not counted
ENTITIES = 100  # marked-up spans of a message; Telegram forgets those after them
TAG = re.compile("<[^>]*>")
SENTENCE_END = re.compile(r"[.!?…。][\"'”’)\]]*(?=\s)")


def clean(text: str) -> str:
    """`text` without control, direction and invisible characters and halves of surrogate pairs; new lines are kept."""
    if text.isprintable():
        return text
    return "".join(char if char == "\n" else _visible(char) for char in text)


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cf", "Cs"):
        return ""
    return " " if category in ("Cc", "Zl", "Zp") else char


def line(text: str) -> str:
    """`text` on one line."""
    return " ".join(clean(text).split())


def escape(text: str) -> str:
    """`text` as it is to be read: nothing in it is a tag."""
    return html.escape(clean(text), quote=False)


def bold(text: str) -> str:
    return _tagged("b", escape(text))


def italic(text: str) -> str:
    return _tagged("i", escape(text))


def _tagged(tag: str, inside: str) -> str:
    return f"<{tag}>{inside}</{tag}>" if inside.strip() else inside


def anchor(text: str, url: str | None) -> str:
    """A link, or only its text where there is no address or not one of the web."""
    if url is None or not url.startswith(("https://", "http://")):
        return escape(text)
    return f'<a href="{html.escape(clean(url))}">{escape(text)}</a>'


def quotation(inside: str, folded: bool = False) -> str:
    """A block quotation of what is marked up already; Telegram folds a long one to its first lines if `folded`."""
    return f"<blockquote{' expandable' if folded else ''}>{inside}</blockquote>"


def units(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int) -> str:
    """`text`, cut where it is longer than `limit` UTF-16 units: after a sentence, else a word; … tells so."""
    text = clean(text)
    if units(text) <= limit:
        return text
    head = text.encode("utf-16-le")[: 2 * (limit - 2)].decode("utf-16-le", "ignore")  # room for " …"
    ends = [match.end() for match in SENTENCE_END.finditer(head)]
    if ends and ends[-1] > len(head) // 2:
        return f"{head[: ends[-1]]} …"
    space = head.rfind(" ")
    return f"{head[:space] if space > len(head) // 2 else head}…"


def to_plain(page: str) -> str:
    """A page as plain text: what is left of it once Telegram has read its tags."""
    return html.unescape(TAG.sub("", page))


def pages(blocks: Iterable[str], limit: int = TEXT, entities: int = ENTITIES) -> list[str]:
    """Join `blocks` into as few messages as their order allows.

    Args:
        blocks: marked up; one begins with the line breaks that part it from what stands before it. One that is too
            long for a message of its own is cut, and loses its mark-up.
        limit: UTF-16 units of a message.
        entities: marked-up spans of a message.
    """
    # Split between blocks only: half a tag is an error to Telegram, half a quote to the reader.
    made: list[str] = []
    size = spans = 0
    for block in blocks:
        text, tags, shown = to_plain(block), block.count("</"), block
        if not text.strip():
            continue
        if units(text) > limit or tags > entities:
            text, tags = shorten(text, limit), 0
            shown = escape(text)
        size, spans = size + units(text), spans + tags
        if made and size <= limit and spans <= entities:
            made[-1] += shown
        else:
            made.append(shown.lstrip("\n"))
            size, spans = units(text), tags
    return made
