"""A knowledge base → a Base that answers from its shelf, which is brought in line with its files first."""

import logging
import sqlite3
from pathlib import Path

from bot.errors import GakjuError
from bot.files import Files, content_files
from bot.knowledge.base import Base
from bot.search.tantivy import Tantivy
from bot.shelf import Progress
from bot.shelf.names import glossary_of, names
from bot.shelf.place import INDEX, TABLES, Place, place_of
from bot.shelf.records import Shelf
from bot.shelf.tables import is_alike, is_fresh, meta, open_to_read

TRIES = 5  # to open a shelf that others are changing
DAMAGE = (sqlite3.Error, ValueError, OSError)  # what reading a shelf raises that is damaged, or another program's
log = logging.getLogger(__name__)


def open_shelf(root: Path, progress: Progress | None = None) -> Base | None:
    """Open a knowledge base from its shelf; what has changed of its files is put there first.

    Returns:
        None where there is no shelf in line with the files, and nowhere to write one.

    Raises:
        GakjuError: there is no knowledge base, or it has an error.
    """
    found = content_files(root)
    place = place_of(root)
    if place is None:
        return None
    opened = _open(place, found)
    if opened is None and place.writable:
        with place.lock():
            opened = _open(place, found)  # the one who held the lock may have done it
            if opened is None:
                opened = _bring_in_line(place, root, found, progress)
        if opened is None:
            raise GakjuError(f"{place.folder} cannot be read back; remove that folder, and it is made again")
    return opened


def refresh(base: Base, root: Path) -> Base:
    """A Base of the files as they are now: the same one where nothing has changed, or while another changes it.

    Raises:
        GakjuError: the files have an error; `base` can go on being served.
    """
    found = content_files(root)
    if isinstance(base.records, Shelf) and is_fresh(base.records.db, found):
        return base
    place = place_of(root)
    if place is None:
        return base
    opened = _open(place, found)
    if opened is None and place.writable:
        with place.lock(wait=False) as held:
            if held:
                opened = _bring_in_line(place, root, found, None)
    return opened or base


def _bring_in_line(place: Place, root: Path, found: Files, progress: Progress | None) -> Base | None:
    """Change the shelf where files have changed, or make it anew, and open it. The caller holds the lock."""
    from bot.shelf.building import build, update

    current = place.current()
    if current:
        try:
            if update(current, root, found, progress) and (opened := _open(place, found)):
                return opened
            log.info("%s: it is made anew", current)
        except DAMAGE as error:
            log.warning("%s: it cannot be read (%s); it is made anew", current, error)
    build(place, root, found, progress)
    return _open(place, found)


def _open(place: Place, found: Files) -> Base | None:
    """The shelf, if there is one that is in line with the files."""
    for _ in range(TRIES):
        current = place.current()
        if current is None:
            return None
        try:
            db = open_to_read(current / TABLES, place.writable)
            if not is_alike(db) or not is_fresh(db, found):
                db.close()
                return None
            base = _base(db, current)
            if base and _generation(current, place) == meta(db, "generation"):
                return base
        except DAMAGE as error:
            if place.current() == current:
                log.warning("%s: it cannot be read (%s)", current, error)
                return None
    return None


def _base(db: sqlite3.Connection, folder: Path) -> Base | None:
    """A Base; None where the index has other passages than the tables, as it has between two steps of a change."""
    shelf = Shelf(db)
    retriever = Tantivy(folder / INDEX, shelf.texts, meta(db, "average"))
    if retriever.total != meta(db, "count"):
        return None
    glossary = glossary_of(meta(db, "glossary"))
    return Base(shelf, names(db, glossary), glossary, retriever)


def _generation(folder: Path, place: Place) -> int | None:
    """How often a shelf has been changed by now: while the index was opened, it may have been again."""
    db = open_to_read(folder / TABLES, place.writable)
    found: int | None = meta(db, "generation")
    db.close()
    return found
