"""Is it a picture? PNG and JPEG, read far enough to know that they are whole."""

import struct
import zlib

from .api import ApiError

LIMIT = 10_000_000
NOT_ONE = "IMAGE_PROCESS_FAILED"


def size(content: bytes) -> tuple[int, int]:
    """Width and height of a photo.

    Raises:
        ApiError: it is no whole PNG or JPEG, or Telegram shows none of its size.
    """
    if len(content) > LIMIT:
        raise ApiError("file is too big for a photo")
    try:
        width, height = _png(content) if content.startswith(b"\x89PNG\r\n\x1a\n") else _jpeg(content)
    except (struct.error, zlib.error, IndexError, ValueError) as error:
        raise ApiError(NOT_ONE) from error
    if width + height > 10_000 or not width or not height or max(width, height) > 20 * min(width, height):
        raise ApiError("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _png(content: bytes) -> tuple[int, int]:
    at, data, header = 8, b"", (0, 0)
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">I", content, at + 8 + length)
        if zlib.crc32(kind + body) != check:
            raise ValueError(kind)
        if kind == b"IHDR":
            header = struct.unpack_from(">II", body)
        if kind == b"IDAT":
            data += body
        if kind == b"IEND":
            zlib.decompress(data)
            return header
        at += 12 + length


def _jpeg(content: bytes) -> tuple[int, int]:
    if not content.startswith(b"\xff\xd8") or not content.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise ValueError("no JPEG")
    at = 2
    while True:
        marker, length = struct.unpack_from(">HH", content, at)
        if 0xFFC0 <= marker <= 0xFFCF and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + length
