"""How does Telegram count and see a text? UTF-16 code units, blanks, links, what is found in it unasked."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from .api import JSON

FOUND: Final = {
    "url": re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]’”]|\b(?:[a-z0-9-]+\.)+(?:com|org|net|me|kr)\b(?:/\S*)?"),
    "mention": re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)"),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}"),
    "email": re.compile(r"\b[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}\b"),
}
SIGNS: Final = {"url": ".", "mention": "@", "bot_command": "/", "hashtag": "#", "email": "@"}  # without it, none


@dataclass
class Formatted:
    """A text after its markup has been read."""

    text: str
    entities: list[JSON] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # rules that were broken and that Telegram passes over in silence


def units(text: str) -> int:
    """The length of a text in UTF-16 code units, which is how Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing: blanks and characters without a shape."""
    return all(ch.isspace() or ch in "\u2800\u3164\ufffc" or unicodedata.category(ch) in ("Cf", "Cc") for ch in text)


def find(text: str) -> list[JSON]:
    """The mentions, commands, links and tags that Telegram sees in a plain text."""
    found: list[JSON] = []
    for kind, pattern in FOUND.items():
        if SIGNS[kind] not in text:
            continue
        for match in pattern.finditer(text):
            offset = units(text[: match.start()])
            entity = {"type": kind, "offset": offset, "length": units(match.group())}
            if not any(overlap(entity, other) for other in found):
                found.append(entity)
    return sorted(found, key=lambda entity: int(entity["offset"]))


def link(url: str) -> str | None:
    """A link as Telegram keeps it, or None where it is none."""
    if not url or any(ch.isspace() or ch < " " for ch in url):
        return None
    parts = urlsplit(url if "://" in url or url.startswith("tg:") else f"http://{url}")
    if parts.scheme == "tg":
        return url
    if parts.scheme not in ("http", "https") or not parts.hostname or "." not in parts.hostname.strip("."):
        return None
    return parts.geturl() if parts.path else parts._replace(path="/").geturl()


def overlap(one: JSON, other: JSON) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])
