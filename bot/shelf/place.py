"""Where a shelf stands: in a hidden folder of its knowledge base, else in the user's cache folder.

The folder has one whole shelf at a time, and a pointer to it that is replaced in one step. Who changes anything holds
the lock; readers need none.
"""

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot import cache

HIDDEN = ".gakju"
POINTER, LOCK = "current", "lock"
TABLES, INDEX = "shelf.sqlite", "index"
PATIENCE_SECONDS = 0.05  # between two tries for a lock


@dataclass(frozen=True)
class Place:
    """A folder that shelves are kept in."""

    folder: Path
    writable: bool

    def current(self) -> Path | None:
        """The folder of the shelf that is whole, if there is one."""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            name = (self.folder / POINTER).read_text(encoding="utf-8").strip()
            if name.isalnum() and (self.folder / name / TABLES).is_file():
                return self.folder / name
        return None

    def fresh(self) -> Path:
        """An empty folder for another shelf; what was left over by others that did not get ready is cleared away.

        The caller holds the lock.
        """
        current = self.current()
        for other in self.folder.iterdir():
            if other.is_dir() and other != current:
                shutil.rmtree(other, ignore_errors=True)
        made = self.folder / f"s{time.time_ns():x}"
        (made / INDEX).mkdir(parents=True)
        return made

    def point(self, made: Path) -> None:
        """Make a shelf the current one, and clear the one before away."""
        before = self.current()
        draft = self.folder / f"{POINTER}.draft"
        with draft.open("w", encoding="utf-8") as handle:
            handle.write(made.name)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(self.folder / POINTER)
        if before and before != made:
            shutil.rmtree(before, ignore_errors=True)  # who reads it has its files open

    @contextlib.contextmanager
    def lock(self, wait: bool = True) -> Iterator[bool]:
        """Hold the lock; False where another holds it and we do not `wait`."""
        with (self.folder / LOCK).open("a+b") as handle:
            held = _take(handle.fileno())
            while wait and not held:
                time.sleep(PATIENCE_SECONDS)
                held = _take(handle.fileno())
            yield held  # closing the file lets it go, as does the end of the process


def place_of(root: Path) -> Place | None:
    """Where the shelf of a knowledge base stands or is to stand; None where nothing can be written and nothing is."""
    name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
    folders = (root / HIDDEN, cache.folder() / f"shelf-{name}")
    for folder in folders:
        with contextlib.suppress(OSError, RuntimeError):
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return Place(folder, True)
    known = (Place(folder, False) for folder in folders)
    return next((place for place in known if place.current()), None)


def _take(handle: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415  # of that system only

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
