"""What a file is, told by its content; its name only decides between kinds of text."""

import re
from collections.abc import Callable
from importlib import import_module

from bot.errors import DocumentError
from bot.ingest.draft import Document, Draft
from bot.ingest.shaping import line, shape

SUFFIXES = {
    ".md": "markdown",
    ".mdx": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
ENDS = {"pdf": ".pdf", "docx": ".docx"}
OTHERS = {
    b"PK\x05\x06": ("it is an empty zip file", "add the files themselves"),
    b"\xd0\xcf\x11\xe0": ("it is an old or encrypted Office file", "save it as .docx without a password"),
    b"{\\rtf": ("it is RTF", "save it as .docx or text"),
    b"\x1f\x8b": ("it is compressed", "unpack it first"),
    b"Rar!": ("it is compressed", "unpack it first"),
    b"7z\xbc\xaf": ("it is compressed", "unpack it first"),
    b"\x89PNG": ("it is a picture", "add a file that has text"),
    b"\xff\xd8\xff": ("it is a picture", "add a file that has text"),
    b"GIF8": ("it is a picture", "add a file that has text"),
    b"\x7fELF": ("it is a program", "add a file that has text"),
    b"HWP Document File": ("it is an HWP file", "save it as .docx or PDF"),
}
CONTROLS = bytes([*range(9), *range(14, 27)])  # that no text has
PAGE = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def kind(data: bytes, suffix: str) -> str:
    """The name of the module that reads a file of this content and with this end of its name.

    Raises:
        DocumentError: there is none.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise DocumentError("it is empty", "add a file that has text")
    named = SUFFIXES.get(suffix.lower(), "")
    for mark, (problem, remedy) in OTHERS.items():
        if data.startswith(mark):
            raise DocumentError(problem, remedy)
    found = _of_content(data) or ("text" if named in ("", *ENDS) else named)
    if found == "text" and PAGE.match(data[:4096]):
        found = "html"
    if named != found and (named in ENDS or found in ENDS) and named:
        is_text = found not in ENDS
        what = "a PDF" if found == "pdf" else "a Word file or another zip" if found == "docx" else "text"
        if is_text and _is_binary(data):
            raise DocumentError(f"it is no {named.upper()} file, whatever its name says", "save it again")
        raise DocumentError(f"it is {what}, but is named {suffix}", f"name it {ENDS.get(found, '.txt')} if that is so")
    if found not in ENDS and _is_binary(data):
        raise DocumentError("it is no text", "add Markdown, text, HTML, PDF or DOCX")
    return found


def _of_content(data: bytes) -> str:
    """What bytes are beyond doubt."""
    if data.lstrip()[:5] == b"%PDF-" or (b"%PDF-" in data[:1024] and _is_binary(data)):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    return ""


def _is_binary(data: bytes) -> bool:
    """Whether there are bytes that no text has."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    head = data[:8192]
    return len(head) - len(head.translate(None, CONTROLS)) > 4 + len(head) / 50


def read(data: bytes, name: str, suffix: str) -> Document:
    """Read a file; `name` is its title where it has none.

    Raises:
        DocumentError: it cannot be read, and why.
    """
    # a reader is imported when the first file of its kind comes
    reader: Callable[[bytes], Draft] = import_module(f"bot.ingest.{kind(data, suffix)}").read
    return shape(reader(data), line(name) or "document")
