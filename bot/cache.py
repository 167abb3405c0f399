"""What took long to make, kept between runs in the user's cache folder.

Only a help: what is missing, damaged or out of date is made again, and a folder that cannot be written is done without.
"""

import contextlib
import json
import os
import sys
from pathlib import Path

Terms = dict[str, list[list[str]]]  # passage → its sentences → their terms
MOST = 8  # files kept: one for each knowledge base that is in use


def folder() -> Path:
    """Where this system keeps what can be made again."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "gakju"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "gakju"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gakju"


def read(stamp: str) -> Terms | None:
    """What was kept under `stamp`, if anything was."""
    try:
        found = json.loads((folder() / f"{stamp}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RuntimeError):
        return None
    return found if isinstance(found, dict) else None


def write(stamp: str, terms: Terms) -> None:
    """Keep `terms` under `stamp`, and drop the oldest files beyond MOST."""
    with contextlib.suppress(OSError, RuntimeError):
        folder().mkdir(parents=True, exist_ok=True)
        draft = folder() / f"{stamp}.{os.getpid()}"
        draft.write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
        draft.replace(folder() / f"{stamp}.json")
        files = sorted(folder().glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in files[:-MOST]:
            path.unlink()
