"""Deep links: a passage ↔ the payload of t.me/BOT?start=…, 64 characters of A–Z, a–z, 0–9, _ and -."""

import hashlib
import re

from bot.knowledge.base import Base

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
OPENS = re.compile(r"[A-Za-z0-9_-]+_p\d+")
DIGEST = re.compile(r"[0-9a-f]{20}")


def payload(document: str, passage: str) -> str:
    """What opens a passage: its document's id and its number, or a digest of an id that does not fit."""
    plain = f"{document}_{passage}"
    return plain if PAYLOAD.fullmatch(plain) else f"{_digest(document)}_{passage}"


def passage_of(text: str, base: Base) -> str | None:
    """The id of the passage that a payload opens; None where it is none of `base`'s (any longer)."""
    document, _, number = text.rpartition("_")
    if f"{document}#{number}" in base.passages:
        return f"{document}#{number}"
    if DIGEST.fullmatch(document):
        names = (f"{name}#{number}" for name in base.documents if _digest(name) == document)
        return next((name for name in names if name in base.passages), None)
    return None


def is_of_passage(text: str) -> bool:
    """Whether a payload opens a passage, or did so once; others are of links that only lead to us."""
    return OPENS.fullmatch(text) is not None


def _digest(document: str) -> str:
    return hashlib.blake2b(document.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
