"""Bytes → text."""

import codecs

from bot.errors import DocumentError
from bot.ingest.shaping import TEXT, plain

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
BYTES = 3 * TEXT  # a Hangul syllable has three bytes in UTF-8


def decoded(data: bytes, named: str = "") -> str:
    """The text of a file in UTF-8, in UTF-16 with its mark, in the encoding that it names, or in CP949.

    Raises:
        DocumentError: it is in none of them, or longer than a document may be.
    """
    if len(data) > BYTES:
        raise DocumentError(f"its text is longer than {TEXT:,} characters", "divide it into smaller files")
    marked = next((name for mark, name in BOMS.items() if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", named, "cp949"):
        if encoding and (text := _try(data, encoding)) is not None:
            if len(text) > TEXT:
                raise DocumentError(f"its text is longer than {TEXT:,} characters", "divide it into smaller files")
            return plain(text)
    raise DocumentError("it is neither UTF-8, UTF-16 nor CP949 text", "save it as UTF-8")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
