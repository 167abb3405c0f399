"""Names on a shelf: written once, looked up one at a time."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from bot.knowledge.names import (
    Alias,
    Names,
    Tables,
    aliases_of,
    groups_of,
    loans,
    spellings,
)
from bot.knowledge.records import parts_of_names
from bot.knowledge.spelled import START, SpelledInMemory, begun, normal
from bot.language.glossary import Glossary, core, starts_of
from bot.language.spelling import Script, Speller, letters_of, letters_of_word
from bot.schema import Entity, Metric
from bot.shelf.tables import Lazy

ENTITIES, METRICS = "entity", "metric"  # whose spellings
MOST_STARTS = 200_000  # pairs of characters that are kept


# ── writing ──────────────────────────────────────────────────────────────────────────────────────


def write(
    db: sqlite3.Connection, rows: Sequence[tuple[int, Entity]], metrics: Sequence[Metric], glossary: Glossary
) -> None:
    """Write all names to an empty shelf; entities with the lines of their table."""
    entities = [entity for _, entity in rows]
    known = {entity.id: entity for entity in entities}
    db.executemany(
        "INSERT OR IGNORE INTO entities VALUES (?, ?, ?, ?, ?, ?)",
        ((number, e.id, e.kind, e.introduced, line, e.model_dump_json()) for number, (line, e) in enumerate(rows)),
    )
    known_metrics = {metric.id: metric for metric in metrics}
    db.executemany(
        "INSERT INTO metrics VALUES (?, ?, ?)",
        ((number, metric.id, metric.model_dump_json()) for number, metric in enumerate(known_metrics.values())),
    )
    db.executemany(
        "INSERT OR IGNORE INTO members VALUES (?, ?)",
        ((group, name) for name in known for group in groups_of(name, known) - {name}),
    )
    _write_spelled(db, ENTITIES, ((name, entity.id) for entity in entities for name in spellings(entity)))
    _write_spelled(db, METRICS, ((name, metric.id) for metric in metrics for name in loans(metric)))
    common = (normal(name) for entity in entities for name in spellings(entity) if name.startswith("?"))
    db.executemany("INSERT OR IGNORE INTO common VALUES (?)", ((key,) for key in common))
    db.executemany("INSERT INTO aliases VALUES (?, ?, ?)", _alias_rows(metrics, glossary))
    named = {part for entity in entities for part in parts_of_names(entity)}
    db.executemany("INSERT INTO named VALUES (?)", ((part,) for part in sorted(named)))
    _write_letters(db, [*entities, *metrics], glossary)


def _write_spelled(db: sqlite3.Connection, kind: str, names: Iterable[tuple[str, str]]) -> None:
    rows = [(kind, key, name, place) for place, (spelling, name) in enumerate(names) if (key := normal(spelling))]
    db.executemany("INSERT OR IGNORE INTO spelled VALUES (?, ?, ?, ?)", rows)
    starts = {(kind, row[1][:START], len(row[1])) for row in rows}
    db.executemany("INSERT INTO starts VALUES (?, ?, ?)", sorted(starts))


def _alias_rows(metrics: Iterable[Metric], glossary: Glossary) -> Iterator[tuple[str, int, str]]:
    place = 0
    for metric in metrics:
        for _, _, alias in aliases_of(metric, glossary):
            if alias:
                data = json.dumps([alias.metric, alias.words, [sorted(c) for c in alias.concepts], alias.weak])
                for key in sorted({alias.words[0], *alias.concepts[0]}):
                    yield key, place, data
                    place += 1


def _write_letters(db: sqlite3.Connection, items: Sequence[Entity | Metric], glossary: Glossary) -> None:
    """What misspelt names are compared with: spellings first, then the words of entities' names, then other words."""
    owned = [(name.removeprefix("?"), item.id) for item in items for name in spellings(item)]
    owned += [
        (part, part)
        for item in items
        if isinstance(item, Entity)
        for name in spellings(item)
        for part in name.removeprefix("?").split()
    ]
    rows = [_letters_row(*found, name, owner) for name, owner in owned if (found := letters_of(name))]
    db.executemany("INSERT OR IGNORE INTO letters VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", rows)
    write_words(db, glossary.words)


def write_words(db: sqlite3.Connection, words: Iterable[str]) -> None:
    """Add English words that are no names, for misspelt ones to be compared with."""
    keyed = ((key, word) for word in words if (key := letters_of_word(word)))
    rows = (_letters_row("word", key, word, None) for key, word in keyed)
    db.executemany("INSERT OR IGNORE INTO letters VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", rows)


def _letters_row(script: Script, letters: str, name: str, owner: str | None) -> tuple[object, ...]:
    return script, letters, letters[:1], letters[1:2], len(letters), name, owner


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


class SpelledOnShelf:
    """Names by how they are spelled."""

    def __init__(self, db: sqlite3.Connection, kind: str) -> None:
        """Look up the spellings of one kind."""
        self._db, self._kind = db, kind
        self._ids = Lazy(self._read_ids, db, "spelled", most=100_000)
        self._lengths: dict[str, tuple[int, ...]] = {}

    def _read_ids(self, key: str) -> tuple[str, ...]:
        rows = self._db.execute("SELECT id FROM spelled WHERE kind = ? AND key = ? ORDER BY place", (self._kind, key))
        return tuple(row[0] for row in rows)

    def ids(self, key: str, /) -> Sequence[str]:
        return self._ids[key]

    def starts(self, text: str, /) -> list[tuple[int, Sequence[int]]]:
        new = {start for start in (*text, *map(str.__add__, text, text[1:])) if start not in self._lengths}
        if new:
            if len(self._lengths) > MOST_STARTS:
                self._lengths.clear()
                return self.starts(text)
            self._lengths |= dict.fromkeys(new, ())
            query = "SELECT start, length FROM starts WHERE kind = ? AND start IN (SELECT value FROM json_each(?))"
            rows = self._db.execute(f"{query} ORDER BY length DESC", (self._kind, json.dumps(list(new))))
            for start, length in rows:
                self._lengths[start] += (length,)
        return begun(text, self._lengths)

    def begins(self, start: str, /) -> bool:
        query = "SELECT key FROM spelled WHERE kind = ? AND key >= ? ORDER BY key LIMIT 1"
        found = self._db.execute(query, (self._kind, start)).fetchone()
        return found is not None and found[0].startswith(start)


class KnownOnShelf:
    """Names and words by their letters."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Look them up in `db`."""
        self._db = db
        self._buckets: dict[tuple[str, str, str, int], list[tuple[int, str]]] = {}

    def name(self, script: Script, letters: str, /) -> str | None:
        query = "SELECT name FROM letters WHERE script = ? AND letters = ?"
        found = self._db.execute(query, (script, letters)).fetchone()
        if found is None or (script == "word" and self.name("latin", letters) is not None):
            return None
        name: str = found[0]
        return name

    def owner(self, name: str, /) -> str | None:
        query = "SELECT owner FROM letters WHERE name = ? AND owner IS NOT NULL LIMIT 1"
        found = self._db.execute(query, (name,)).fetchone()
        return found[0] if found else None

    def near(self, script: Script, typed: str, most: int, /) -> Collection[str]:
        """Those as long, give or take `most`, that have the first letter of `typed`, or in Hangul its second."""
        found: set[tuple[int, str]] = set()
        for length in range(len(typed) - most, len(typed) + most + 1):
            found.update(self._bucket(script, "first", typed[:1], length))
            if script == "hangul":
                found.update(self._bucket(script, "second", typed[1:2], length))
        return [letters for _, letters in sorted(found)]  # the first that was written is the first of equals

    def _bucket(self, script: Script, place: str, letter: str, length: int) -> list[tuple[int, str]]:
        key = (script, place, letter, length)
        if key not in self._buckets:
            query = f"SELECT place, letters FROM letters WHERE script = ? AND {place} = ? AND length = ?"
            self._buckets[key] = self._db.execute(query, (script, letter, length)).fetchall()
        return self._buckets[key]


class _Common:
    """Spellings of entities that are common words too."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __contains__(self, key: object) -> bool:
        return self._db.execute("SELECT 1 FROM common WHERE key = ?", (key,)).fetchone() is not None


def names(db: sqlite3.Connection, glossary: Glossary, held: bool = False) -> Names:
    """The names on a shelf; `held` in memory where many texts are looked through."""

    def entity(name: str) -> Entity | None:
        row = db.execute("SELECT data FROM entities WHERE id = ?", (name,)).fetchone()
        return Entity.model_validate_json(row[0]) if row else None

    def metric(name: str) -> Metric | None:
        row = db.execute("SELECT data FROM metrics WHERE id = ?", (name,)).fetchone()
        return Metric.model_validate_json(row[0]) if row else None

    def place(name: str) -> int | None:
        row = db.execute("SELECT number FROM metrics WHERE id = ?", (name,)).fetchone()
        return row[0] if row else None

    def of_kind(kind: str) -> tuple[str, ...]:
        rows = db.execute("SELECT id FROM entities WHERE kind = ? ORDER BY number", (kind,))
        return tuple(row[0] for row in rows)

    def parts(whole: str) -> set[str]:
        return {row[0] for row in db.execute("SELECT entity FROM members WHERE whole = ?", (whole,))}

    def aliases(key: str) -> tuple[Alias, ...] | None:
        rows = db.execute("SELECT data FROM aliases WHERE key = ? ORDER BY place", (key,)).fetchall()
        return tuple(_alias(*json.loads(row[0])) for row in rows) or None

    lazily = Lazy(aliases, db, "aliases", "key", "key")
    keys = dict.fromkeys(lazily) if held else ()

    def spelled(kind: str) -> SpelledInMemory | SpelledOnShelf:
        if not held:
            return SpelledOnShelf(db, kind)
        return SpelledInMemory(db.execute("SELECT key, id FROM spelled WHERE kind = ? ORDER BY place", (kind,)))

    tables = Tables(
        entities=Lazy(entity, db, "entities"),
        metrics=Lazy(metric, db, "metrics"),
        order=Lazy(place, db, "metrics"),
        spelled=spelled(ENTITIES),
        common=_Common(db),
        loans=spelled(METRICS),
        kinds=Lazy(of_kind, db, "entities", "kind"),
        parts=Lazy(parts, db, "members", "whole", "whole", most=1000),
        aliases={key: found for key in keys if (found := aliases(key))} if held else lazily,
    )
    return Names.on(tables, glossary)


def _alias(metric: str, words: list[str], concepts: list[list[str]], weak: bool) -> Alias:
    return Alias(metric, tuple(words), tuple(map(frozenset, concepts)), weak)


def plain_glossary(glossary: Glossary) -> list[Any]:
    """What a glossary has beyond the lexicon that ships, for JSON."""
    concepts, predicates, proper, common, _, following, words = glossary.state
    known, known_predicates, known_proper, known_common, _, _, known_words = core().state
    further = {key: found for key, found in concepts.items() if known.get(key) != found}
    return [
        further,
        sorted(predicates - known_predicates),
        sorted(proper - known_proper),
        sorted(common - known_common),
        following,
        words[len(known_words) :],
    ]


def glossary_of(state: list[Any]) -> Glossary:
    """The glossary that was made plain."""
    concepts, predicates, proper, common, following, words = state
    known, known_predicates, known_proper, known_common, known_reach, _, known_words = core().state
    reach = dict(known_reach)
    for key in concepts:
        for start in starts_of(key):
            reach[start] = max(reach.get(start, 0), len(key))
    return Glossary.restored(
        (
            known | concepts,
            known_predicates | set(predicates),
            known_proper | set(proper),
            known_common | set(common),
            reach,
            following,
            known_words + words,
        )
    )


def speller(db: sqlite3.Connection) -> Speller:
    """The speller of the names on a shelf."""
    return Speller.on(KnownOnShelf(db))
