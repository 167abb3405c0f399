"""Files that are whole or not there, and one writer at a time, whatever kills the process."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

DRAFT = ".adding"  # the end of the name of a file that is being written, until it is whole: nobody reads such files


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path`: a reader, and the disk after a power cut, has all of it or what was there before."""
    draft = path.with_name(f".{path.name}{DRAFT}")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
    sync(path.parent)


def sync(folder: Path) -> None:
    """Make the disk know the names in a folder."""
    if sys.platform == "win32":  # a folder cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def locked(path: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Hold a lock that ends with the process; `wait` is called once where another holds it, before waiting for it."""
    with path.open("ab") as file:
        if not _try_lock(file.fileno()):
            wait()
            _lock(file.fileno())
        yield


if sys.platform == "win32":
    import msvcrt
    import time

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _lock(handle: int) -> None:
        while not _try_lock(handle):
            time.sleep(0.1)

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
