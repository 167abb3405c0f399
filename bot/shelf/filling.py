"""Articles and tables → the rows of a shelf, for a whole knowledge base or for the files of it that have changed.

Nothing here commits but `index`: the caller decides what is seen when.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.files import RESERVED, read_text
from bot.knowledge import check
from bot.knowledge import facts as tables
from bot.knowledge.base import FIRST, terms_of_topics
from bot.knowledge.corpus import Article, document, parse, passages
from bot.knowledge.names import Names
from bot.knowledge.records import english_words
from bot.language.glossary import Glossary, harvest
from bot.language.sounds import names_of
from bot.language.terms import stem
from bot.schema import Document, Fact, Finding, Passage
from bot.search.tantivy import Writer
from bot.shelf import Progress
from bot.shelf.analysing import Task, analyse_all
from bot.shelf.names import write_words
from bot.shelf.records import ALONE, PASSAGE, passage_of, plain
from bot.shelf.tables import meta, set_meta

TOPICS, EXCEPTIONS = "facts/topics.csv", "facts/exceptions.csv"
AT_ONCE = 5000  # passages that are written between two commits, where the shelf is not yet in use
READ_AT_ONCE = 1000  # passages


class Filling:
    """A shelf that is being filled, and what of it must be looked at again."""

    def __init__(self, root: Path, db: sqlite3.Connection, writer: Writer, glossary: Glossary) -> None:
        """Fill `db` and `writer` from the files below `root`."""
        self.root, self.db, self.writer, self.glossary = root, db, writer, glossary
        self.first: int = meta(db, "next", 1)  # the numbers of passages from here on are new
        self.next: int = self.first
        self.findings: list[Finding] = []  # in articles
        self.changed: set[str] = set()  # passages of which facts and notes are to be checked again
        self._touched: set[str] = set()  # passages that have other facts or topics
        self._pairs: dict[tuple[str, str], None] = dict.fromkeys((a, b) for a, b in meta(db, "glosses", []))
        self._new_pairs: dict[tuple[str, str], None] = {}
        self._words: Counter[str] = Counter()
        self._sounds: Counter[tuple[str, str]] = Counter()
        self._count: int = meta(db, "count", 0)
        self._length: int = meta(db, "length", 0)  # terms of all passages together

    # ── articles ─────────────────────────────────────────────────────────────────────────────────

    def take_articles(self, changed: Iterable[str], removed: Iterable[str]) -> None:
        """Put the passages of articles that have changed in the place of those before."""
        documents: dict[str, None] = {}
        for path in (*changed, *removed):
            before = self.db.execute("SELECT id, translates FROM articles WHERE path = ?", (path,)).fetchone()
            documents.update(dict.fromkeys(name for name in before or () if name))
            self.db.execute("DELETE FROM articles WHERE path = ?", (path,))
        for path in changed:
            found = self._article(path)
            self.db.execute("INSERT INTO articles VALUES (?, ?, ?)", (path, found.id, found.translation_of))
            documents.update(dict.fromkeys(name for name in (found.id, found.translation_of) if name))
        for name in documents:
            self._take_document(name)
        self._learn_words()
        if self.learnt:
            self.glossary = Glossary([([korean], [latin]) for korean, latin in self._new_pairs], parent=self.glossary)
            set_meta(self.db, glosses=list(self._pairs))

    @property
    def learnt(self) -> bool:
        """Whether articles have given glosses that were not known."""
        return bool(self._new_pairs)

    def _article(self, path: str) -> Article:
        return parse(path, Path(path).stem, read_text(self.root / path))

    def _take_document(self, name: str) -> None:
        """Write a document as its files now have it; what is as it was keeps its number and terms."""
        query = "SELECT path, translates FROM articles WHERE id = ? OR translates = ? ORDER BY path"
        articles = [self._article(path) for path, _ in self.db.execute(query, (name, name)).fetchall()]
        original = next((one for one in articles if one.id == name and not one.translation_of), None)
        translation = next((one for one in reversed(articles) if one.translation_of == name), None)
        self.findings += check.misfits([one for one in articles if one is original or one.translation_of == name])
        now = passages(original, translation) if original else []
        query = f"SELECT number, place, {PASSAGE} FROM passages WHERE document = ?"
        before = {row[2]: (row[0], row[1], passage_of(row[2:])) for row in self.db.execute(query, (name,))}
        row = self.db.execute("SELECT data FROM documents WHERE id = ?", (name,)).fetchone()
        title = Document.model_validate_json(row[0]).title if row else ""
        self.db.execute("DELETE FROM documents WHERE id = ?", (name,))
        if original:
            row = (name, original.path, original.front.get("date", ""), len(now), document(original).model_dump_json())
            self.db.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", row)
        same = {
            passage.id
            for passage in now
            if original
            and original.front["title"] == title
            and passage.id in before
            and before[passage.id][2].model_copy(update={"line": passage.line}) == passage
        }
        self._drop([(number, passage) for number, _, passage in before.values() if passage.id not in same])
        moved = [
            (place, passage.line, before[passage.id][0])
            for place, passage in enumerate(now)
            if passage.id in same and before[passage.id][1:] != (place, passage)
        ]
        self.db.executemany("UPDATE passages SET place = ?, line = ? WHERE number = ?", moved)
        for place, passage in enumerate(now):
            if passage.id not in same:
                self._add(place, passage)

    def _add(self, place: int, passage: Passage) -> None:
        row = (passage.section, passage.text, passage.translation, passage.heading, passage.line)
        self.db.execute(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._number(), passage.id, passage.document, place, *row),
        )
        self._count += 1
        self.changed.add(passage.id)
        self._words.update(_words_of(passage))
        self._sounds.update(names_of(passage.text))
        for pair in harvest(passage.text):
            if pair not in self._pairs:
                self._pairs[pair] = self._new_pairs[pair] = None

    def _drop(self, rows: list[tuple[int, Passage]]) -> None:
        for number, passage in rows:
            self._forget(number)
            self.db.execute("DELETE FROM passages WHERE number = ?", (number,))
            self._count -= 1
            self.changed.add(passage.id)
            self._words.subtract(_words_of(passage))
            self._sounds.subtract(names_of(passage.text))

    def _number(self) -> int:
        self.next += 1
        return self.next - 1

    def _forget(self, number: int) -> None:
        """Take away what was made of a passage's words."""
        row = self.db.execute("SELECT terms FROM terms WHERE number = ?", (number,)).fetchone()
        self._length -= len(row[0].split()) if row else 0
        self.db.execute("DELETE FROM terms WHERE number = ?", (number,))
        self.db.execute("INSERT OR IGNORE INTO stale VALUES (?)", (number,))

    def _learn_words(self) -> None:
        """Count the English words, so that one that is in no article any longer is none that we know."""
        rows = [(word, stem(word), count) for word, count in self._words.items() if count]
        self.db.executemany(
            "INSERT INTO words VALUES (?, ?, ?) ON CONFLICT (word) DO UPDATE SET count = count + excluded.count", rows
        )
        write_words(self.db, sorted(word for word, _, count in rows if count > 0))
        self._words.clear()
        sounds = [(sound, word, count) for (sound, word), count in self._sounds.items() if count]
        self.db.executemany(
            "INSERT INTO sounds VALUES (?, ?, ?) ON CONFLICT (sound, word) DO UPDATE SET count = count + excluded.count",
            sounds,
        )
        self._sounds.clear()

    # ── tables ───────────────────────────────────────────────────────────────────────────────────

    def take_tables(self, changed: Iterable[str], removed: Iterable[str], known: Names) -> None:
        """Put the rows of tables that have changed in the place of those before; those of names are not for here."""
        for path in (*changed, *removed):
            self._drop_table(path)
        for path in changed:
            text = read_text(self.root / path)
            if path == TOPICS:
                rows = tables.topics(path, text)
                found = terms_of_topics(rows, known, self.glossary)
                rows_of = [(name, " ".join(terms)) for name, terms in found.items()]
                self.db.executemany("INSERT INTO topics VALUES (?, ?)", rows_of)
                self._touched |= found.keys()
                self._note(path, [(row.line, row.passage, "") for row in rows])
            elif path == EXCEPTIONS:
                self._note(path, [(row.line, row.passage, row.quote) for row in tables.exceptions(path, text)])
            elif path.removeprefix("facts/") not in RESERVED:
                self._add_facts(tables.facts(path, text))
        self._measure()
        self.changed |= self._touched

    def _drop_table(self, path: str) -> None:
        if path == TOPICS:
            self._touched |= {row[0] for row in self.db.execute("SELECT passage FROM topics")}
            self.db.execute("DELETE FROM topics")
        self.db.execute("DELETE FROM notes WHERE path = ?", (path,))
        rows = self.db.execute("SELECT DISTINCT passage FROM facts WHERE path = ?", (path,))
        self._touched |= {row[0] for row in rows}
        for table in ("about", "stated"):
            self.db.execute(f"DELETE FROM {table} WHERE fact IN (SELECT number FROM facts WHERE path = ?)", (path,))
        self.db.execute("DELETE FROM facts WHERE path = ?", (path,))

    def _note(self, path: str, rows: list[tuple[int, str, str]]) -> None:
        self.db.executemany("INSERT INTO notes VALUES (?, ?, ?, ?)", [(path, *row) for row in rows])
        self.changed |= {row[1] for row in rows}

    def _add_facts(self, found: list[Fact]) -> None:
        first: int = self.db.execute("SELECT coalesce(max(number), 0) + 1 FROM facts").fetchone()[0]
        facts = list(enumerate(found, first))
        self.db.executemany(
            "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (n, f.id, f.entity, f.metric, f.unit, f.as_of, f.passage, f.file, f.line, f.model_dump_json())
                for n, f in facts
            ),
        )
        self.db.executemany(
            "INSERT OR IGNORE INTO about VALUES (?, ?, ?)",
            ((name, f.metric, n) for n, f in facts for name in (f.entity, *f.related)),
        )
        self.db.executemany(
            "INSERT OR IGNORE INTO stated VALUES (?, ?, ?)",
            ((plain(one), f.unit, n) for n, f in facts for one in (f.value, f.low, f.high) if one is not None),
        )
        self._touched |= {fact.passage for fact in found}

    def _measure(self) -> None:
        """Note again which units, and which kinds of things, each metric has."""
        self.db.execute("DELETE FROM measured")
        for what, query in (
            ("unit", "SELECT DISTINCT metric, ?, unit FROM facts"),
            ("kind", "SELECT DISTINCT metric, ?, kind FROM about JOIN entities ON id = entity"),
        ):
            self.db.execute(f"INSERT INTO measured {query}", (what,))

    # ── terms ────────────────────────────────────────────────────────────────────────────────────

    def index(self, shelf: Path, known: Names, progress: Progress | None, in_parts: bool) -> None:
        """Work out the terms of all passages that are new or have other facts, and give them to the writer.

        Args:
            shelf: the file of the tables.
            known: the names of the shelf.
            progress: is told how far it is.
            in_parts: commit now and then, as is right only for a shelf that nobody reads.
        """
        for name in self._touched:
            row = self.db.execute("SELECT number FROM passages WHERE id = ?", (name,)).fetchone()
            if row and row[0] < self.first:
                self._forget(row[0])
                self.db.execute("UPDATE passages SET number = ? WHERE number = ?", (self._number(), row[0]))
        count: int = self.db.execute("SELECT count(*) FROM passages WHERE number >= ?", (self.first,)).fetchone()[0]
        topics: dict[str, str] = dict(self.db.execute("SELECT passage, terms FROM topics"))
        ids = self._ids(self.first) if topics else iter(())
        made = analyse_all(self._tasks(), count, shelf, known, self.glossary)
        for done, (number, terms) in enumerate(made, 1):
            kept = f"{terms} {topics.get(next(ids), '')}" if topics else terms
            self.db.execute("INSERT INTO terms VALUES (?, ?)", (number, kept))
            words = kept.split()
            self._length += len(words)
            self.writer.add(number, words)
            if done % AT_ONCE == 0 and in_parts:
                self.db.execute("COMMIT")
                self.db.execute("BEGIN IMMEDIATE")
            if progress and (done % 100 == 0 or done == count):
                progress(done, count)
        self._sum_up()

    def _tasks(self) -> Iterator[Task]:
        titles = lru_cache(maxsize=100)(self._title)
        stated = self.db.execute("SELECT 1 FROM facts LIMIT 1").fetchone() is not None
        for block in self._blocks("number, id, text, translation, document, section, heading"):
            for number, name, text, translation, of_document, section, heading in block:
                rows = self.db.execute("SELECT data FROM facts WHERE passage = ?", (name,)) if stated else ()
                figures = [(fact["quote"], fact["entity"]) for (data,) in rows if (fact := json.loads(data))]
                yield Task(number, text, translation, None if heading else (titles(of_document), section), figures)

    def _title(self, name: str) -> str:
        (data,) = self.db.execute("SELECT data FROM documents WHERE id = ?", (name,)).fetchone()
        return Document.model_validate_json(data).title

    def _ids(self, _first: int) -> Iterator[str]:
        return (row[1] for block in self._blocks("number, id") for row in block)

    def _blocks(self, columns: str) -> Iterator[list[tuple[Any, ...]]]:
        """The new passages, some at a time: one long reading would keep the log from being cleared."""
        last = self.first - 1
        query = f"SELECT {columns} FROM passages WHERE number > ? ORDER BY number LIMIT ?"
        while block := self.db.execute(query, (last, READ_AT_ONCE)).fetchall():
            yield block
            last = block[-1][0]

    def _first_terms(self) -> Iterator[str]:
        """The terms of the first passages: over all of them there would be too many to put in order."""
        left = FIRST
        query = "SELECT terms FROM passages JOIN terms USING (number) WHERE document = ? ORDER BY place LIMIT ?"
        for (name,) in self.db.execute("SELECT id FROM documents ORDER BY path LIMIT ?", (FIRST,)).fetchall():
            rows = self.db.execute(query, (name, left)).fetchall()
            yield from (terms for (terms,) in rows)
            left -= len(rows)

    def _sum_up(self) -> None:
        count = self._count
        lengths = [len(line.split()) for terms in self._first_terms() for line in terms.partition(ALONE)[0].split("\n")]
        set_meta(
            self.db,
            next=self.next,
            count=count,
            length=self._length,
            average=self._length / count if count else 1.0,
            sentence_length=sum(lengths) / len(lengths) if lengths else 1.0,
        )


def _words_of(passage: Passage) -> set[str]:
    return english_words(passage.text) | english_words(passage.translation or "")
