"""Files → a shelf that is in line with them: made anew, or only changed where they have.

A shelf that is made anew is seen when the pointer is set to it. A change is seen when its transaction commits: the
index on disk is given the new passages before, which nobody finds then, and loses the old ones after, which nobody
is shown any longer. So whatever moment a process ends at, the old or the new is there.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from bot.errors import GakjuError
from bot.files import Files, program_stamp, read_text
from bot.knowledge import check
from bot.knowledge import facts as tables
from bot.knowledge.facts import NoFigure, Topics
from bot.language.glossary import Glossary, core
from bot.schema import Entity, Fact, Finding
from bot.search.tantivy import Writer
from bot.shelf import Progress
from bot.shelf.filling import EXCEPTIONS, Filling
from bot.shelf.names import glossary_of, names, plain_glossary, write
from bot.shelf.place import INDEX, TABLES, Place
from bot.shelf.records import Shelf
from bot.shelf.tables import FORMAT, create, is_alike, meta, open_to_write, set_meta, settle

ENTITIES, METRICS, GLOSSARY = "facts/entities.csv", "facts/metrics.csv", "facts/glossary.csv"
NAMES = (ENTITIES, METRICS, GLOSSARY)  # on which the terms of all passages depend
R = TypeVar("R")


def build(place: Place, root: Path, found: Files, progress: Progress | None = None) -> Path:
    """Make a shelf of all files, and make it the current one. The caller holds the lock.

    Returns:
        its folder.

    Raises:
        GakjuError: the knowledge base has an error; the shelf before stays.
    """
    made = place.fresh()
    db = create(made / TABLES)
    writer = Writer(made / INDEX)
    try:
        db.execute("BEGIN IMMEDIATE")
        entities = _read(root, found, ENTITIES, tables.entities)
        metrics = _read(root, found, METRICS, tables.metrics)
        rows = _read(root, found, GLOSSARY, tables.glossary)
        filling = Filling(root, db, writer, Glossary(rows, parent=core()))
        filling.take_articles([path for path in found if path.startswith("corpus/")], [])
        write(db, entities, [metric for _, metric in metrics], filling.glossary)
        known = names(db, filling.glossary)
        filling.take_tables([path for path in found if path.startswith("facts/")], [], known)
        _refuse(
            [
                *filling.findings,
                *check.duplicates(entities, metrics, ()),
                *_duplicate_facts(db),
                *check.of_entities(entities, {entity.id for _, entity in entities}, Shelf(db).passages),
                *check.of_metrics(metrics),
                *_of_rows(db, None),
            ]
        )
        _keep_files(db, root, found, {})
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")
        filling.index(made / TABLES, known, progress, in_parts=True)
        writer.commit()
        glossary = plain_glossary(filling.glossary)
        set_meta(db, format=FORMAT, program=program_stamp(), generation=1, glossary=glossary)
        db.execute("COMMIT")
        settle(db)
    finally:
        writer.close()
        db.close()
    place.point(made)
    return made


def update(folder: Path, root: Path, found: Files, progress: Progress | None = None) -> bool:
    """Change a shelf where files have changed. The caller holds the lock.

    Returns:
        whether it could be: False where it must be made anew.

    Raises:
        GakjuError: the knowledge base has an error; the shelf stays as it was.
    """
    db = open_to_write(folder / TABLES)
    writer: Writer | None = None
    try:
        if not is_alike(db):
            return False
        db.execute("BEGIN IMMEDIATE")
        changed, removed, digests = _differences(db, root, found)
        if any(path in NAMES for path in (*changed, *removed)):
            return False
        _keep_files(db, root, found, digests)
        writer = Writer(folder / INDEX)
        writer.remove_from(meta(db, "next"))  # what a process has left over that ended too early
        if changed or removed:
            _change(db, writer, folder, root, changed, removed, progress)
        writer.commit()
        db.execute("COMMIT")
        if stale := [row[0] for row in db.execute("SELECT number FROM stale")]:
            writer.remove(stale)
            writer.commit()
            db.execute("DELETE FROM stale")
    finally:
        if writer:
            writer.close()
        if db.in_transaction:
            db.execute("ROLLBACK")
        db.close()
    return True


def _change(
    db: sqlite3.Connection,
    writer: Writer,
    folder: Path,
    root: Path,
    changed: list[str],
    removed: list[str],
    progress: Progress | None,
) -> None:
    filling = Filling(root, db, writer, glossary_of(meta(db, "glossary")))
    filling.take_articles(
        [path for path in changed if path.startswith("corpus/")],
        [path for path in removed if path.startswith("corpus/")],
    )
    known = names(db, filling.glossary)
    findings = filling.findings
    if any(path.startswith("facts/") for path in (*changed, *removed)):
        filling.take_tables(
            [path for path in changed if path.startswith("facts/")],
            [path for path in removed if path.startswith("facts/")],
            known,
        )
        findings += _duplicate_facts(db)
    _refuse([*findings, *_of_entities(db, filling.changed), *_of_rows(db, filling.changed)])
    filling.index(folder / TABLES, known, progress, in_parts=False)
    set_meta(db, generation=meta(db, "generation") + 1)
    if filling.learnt:
        set_meta(db, glossary=plain_glossary(filling.glossary))


def _read(root: Path, found: Files, path: str, reader: Callable[[str, str], list[R]]) -> list[R]:
    return reader(path, read_text(root / path)) if path in found else []


def _differences(db: sqlite3.Connection, root: Path, found: Files) -> tuple[list[str], list[str], dict[str, bytes]]:
    """The files that have changed and those that are no longer there; and what was read of those looked into."""
    known = {row[0]: row[1:] for row in db.execute("SELECT path, size, changed, digest FROM files")}
    digests = {path: _digest(root / path) for path, stat in found.items() if known.get(path, ())[:2] != stat}
    changed = [path for path, digest in digests.items() if path not in known or known[path][2] != digest]
    return changed, [path for path in known if path not in found], digests


def _keep_files(db: sqlite3.Connection, root: Path, found: Files, digests: dict[str, bytes]) -> None:
    """Note the files as they are."""
    known = {path for (path,) in db.execute("SELECT path FROM files")}
    db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in known - found.keys()))
    rows = (
        (path, *stat, digests.get(path) or _digest(root / path))
        for path, stat in found.items()
        if path in digests or path not in known
    )
    db.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", rows)


def _digest(path: Path) -> bytes:
    return hashlib.blake2b(path.read_bytes(), digest_size=16).digest()


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────


def _refuse(findings: list[Finding]) -> None:
    """Raise the first error, and count the others."""
    if findings:
        more = f" (and {len(findings) - 1} more: gakju check lists them)" if len(findings) > 1 else ""
        raise GakjuError(f"{findings[0]}{more}")


def _duplicate_facts(db: sqlite3.Connection) -> list[Finding]:
    """Facts that have the id of another."""
    query = """SELECT data FROM facts WHERE id IN (SELECT id FROM facts GROUP BY id HAVING count(*) > 1)
        ORDER BY path, line"""
    return list(check.duplicates([], [], (Fact.model_validate_json(row[0]) for row in db.execute(query))))


def _of_entities(db: sqlite3.Connection, passages: set[str]) -> Iterator[Finding]:
    """What is wrong with the entities that some passages introduce."""
    known = Shelf(db).passages
    for name in sorted(passages):
        rows = db.execute("SELECT line, data FROM entities WHERE introduced = ?", (name,)).fetchall()
        entities = [(line, Entity.model_validate_json(data)) for line, data in rows]
        yield from check.of_entities(entities, {group for _, e in entities for group in e.groups}, known)


def _of_rows(db: sqlite3.Connection, passages: set[str] | None) -> list[Finding]:
    """What is wrong with the facts and the notes of some passages, or of all."""
    shelf = Shelf(db)
    known = names(db, core())
    facts: Iterable[Fact] = shelf.facts
    query = "SELECT path, line, passage, data FROM notes"
    if passages is None:
        notes = db.execute(f"{query} ORDER BY path, line").fetchall()
    else:
        facts = sorted((fact for name in passages for fact in shelf.by_passage[name]), key=lambda f: (f.file, f.line))
        notes = [row for name in passages for row in db.execute(f"{query} WHERE passage = ?", (name,))]
    rows: list[NoFigure | Topics] = [
        NoFigure(passage, quote, "", path, line) if path == EXCEPTIONS else Topics(passage, (), path, line)
        for path, line, passage, quote in sorted(notes)
    ]
    found = [f for fact in facts for f in check.of_fact(fact, known.entities, known.metrics, shelf.passages)]
    return found + check.of_rows(rows, shelf.passages)
