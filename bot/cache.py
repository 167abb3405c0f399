"""What took long to make, kept between runs in the user's cache folder.

Only a help: what is missing, damaged or out of date is made again, and a folder that cannot be written is done without.
"""

import contextlib
import os
import sys
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

MOST = 8  # files kept: one for each knowledge base that is in use


class Kept(BaseModel):
    """What was found by analysing the texts of a knowledge base."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    glosses: list[tuple[str, str]]  # Korean–Latin pairs of the texts
    aliases: dict[str, tuple[list[str], list[list[str]]]]  # a metric's name → its words, and the concepts of each
    sentences: dict[str, list[list[str]]]  # passage → its sentences → their terms
    topics: dict[str, list[str]]  # passage → the terms of its topics
    facts: dict[str, list[str]]  # fact → the terms of what it is about


def folder() -> Path:
    """Where this system keeps what can be made again."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "gakju"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "gakju"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gakju"


def read(stamp: str) -> Kept | None:
    """What was kept under `stamp`, if anything was."""
    try:
        return Kept.model_validate_json((folder() / f"{stamp}.json").read_bytes())
    except (OSError, ValidationError, RuntimeError):
        return None


def write(stamp: str, kept: Kept) -> None:
    """Keep `kept` under `stamp`, and drop the oldest files beyond MOST."""
    with contextlib.suppress(OSError, RuntimeError):
        folder().mkdir(parents=True, exist_ok=True)
        draft = folder() / f"{stamp}.{os.getpid()}"
        draft.write_text(kept.model_dump_json(), encoding="utf-8")
        draft.replace(folder() / f"{stamp}.json")
        files = sorted(folder().glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in files[:-MOST]:
            path.unlink()
