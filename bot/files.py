"""The files of a knowledge base: which there are, and the text of one."""

import os
import zlib
from functools import cache
from pathlib import Path

from bot.errors import ContentError, GakjuError

PACKAGE = Path(__file__).parent
PACKAGES = PACKAGE.parent  # for a process of ours to find it there
DRAFTS = "drafts"  # in facts/: figures that nobody has accepted; never read for answering
RESERVED = {"entities.csv", "metrics.csv", "exceptions.csv", "glossary.csv", "topics.csv"}
Files = dict[str, tuple[int, int]]  # paths → bytes, and when a file was changed, in nanoseconds


def default_root() -> Path:
    """The knowledge base that ships: beside the package in a checkout, inside it where it is installed."""
    inside = PACKAGE / "content"
    return inside if inside.is_dir() else PACKAGE.parent


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, or in CP949 as Korean spreadsheets save it.

    Raises:
        ContentError: it is neither.
    """
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ContentError(path, 1, "the file is neither UTF-8 nor CP949", "save it as CSV UTF-8")


def shown(path: Path, root: Path) -> str:
    """The path of a file in a knowledge base, as findings name it."""
    return str(path.relative_to(root))


def content_files(root: Path) -> Files:
    """The articles and tables below `root`, by their paths in it, in their order.

    Raises:
        GakjuError: there is no knowledge base at `root`, or it has no articles.
    """
    if not (root / "corpus").is_dir():
        raise GakjuError(f"{root} is no knowledge base: it has no corpus/; name one with --kb or GAKJU_KB")
    articles = _stats(root, "corpus", ".md")
    if not articles:
        raise GakjuError(f"{root / 'corpus'} has no articles; add a Markdown file to it")
    return articles | (_stats(root, "facts", ".csv") if (root / "facts").is_dir() else {})


def _stats(root: Path, folder: str, ending: str) -> Files:
    found: Files = {}
    with os.scandir(root / folder) as entries:  # a path object for each of 100,000 files would take a second
        for entry in entries:
            if entry.name.endswith(ending):
                known = entry.stat()
                found[f"{folder}/{entry.name}"] = (known.st_size, known.st_mtime_ns)
    return dict(sorted(found.items()))


@cache
def program_stamp() -> str:
    """Changes with every file of the program that what is kept of texts depends on."""
    folders = [PACKAGE / "language", PACKAGE / "knowledge", PACKAGE / "shelf"]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".csv", ".py"))
    return checksum(repr([(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]))


def checksum(text: str) -> str:
    """A short name for a text, for those that nobody means to be alike."""
    data = text.encode()
    return f"{zlib.crc32(data):08x}{zlib.adler32(data):08x}"
