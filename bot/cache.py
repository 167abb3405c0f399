"""What took long to make, kept between runs in the user's cache folder.

Only a help: what is missing, damaged or out of date is made again, and a folder that cannot be written is done without.
"""

import contextlib
import importlib
import os
import sys
import tempfile
import threading
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

_importing = threading.Lock()
MOST = 8  # files kept: one for each knowledge base that is in use


class Kept(BaseModel):
    """What was found by analysing the texts of a knowledge base."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    glosses: list[tuple[str, str]]  # Korean–Latin pairs of the texts
    aliases: dict[str, tuple[list[str], list[list[str]]]]  # a metric's name → its words, and the concepts of each
    sentences: dict[str, list[list[str]]]  # passage → its sentences → their terms
    topics: dict[str, list[str]]  # passage → the terms of its topics
    names: dict[str, list[str]]  # the index term of an entity or a metric → the terms of its names


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


def ready_for_charts() -> None:
    """Import what draws charts, with matplotlib's list of fonts in our folder; to be called before a chart is drawn.

    While matplotlib is imported it looks through the fonts of the whole system, writes a list of them to the user's
    home, and where it cannot, warns and leaves a temporary folder behind: only the environment tells it otherwise.
    """
    with _importing, contextlib.ExitStack() as stack:
        if "bot.render.drawing" in sys.modules:
            return
        place = str(_made("matplotlib") or stack.enter_context(tempfile.TemporaryDirectory(prefix="gakju-")))
        before = os.environ.get("MPLCONFIGDIR")
        os.environ.update(MPLCONFIGDIR=place, MPL_IGNORE_SYSTEM_FONTS="1")
        try:
            importlib.import_module("bot.render.drawing")
        finally:
            del os.environ["MPL_IGNORE_SYSTEM_FONTS"]  # afterwards it would hide our own fonts as well
            del os.environ["MPLCONFIGDIR"]
            if before is not None:
                os.environ["MPLCONFIGDIR"] = before


def _made(name: str) -> Path | None:
    """A folder of the cache that can be written to, or None."""
    try:
        place = folder() / name
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # there is no home, or it is read only
        return None
    return place if os.access(place, os.W_OK) else None
