"""Documents, passages and facts on a shelf: read by their ids when they are asked for."""

import sqlite3
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import overload

from bot.knowledge.records import readable
from bot.language.spelling import Speller
from bot.schema import Document, Fact, Passage
from bot.search.tantivy import Text
from bot.shelf.names import speller
from bot.shelf.tables import Lazy, meta

REMEMBERED = 5000  # passages, and facts' names
MOST_FACTS = 300  # of one kind, that are looked at for one question
MANY = 100  # facts of what a question names, from which on they must be of all of it
MOST_SIDE_BY_SIDE = 300  # entities
ALONE = "\f"  # stands before the terms that are of no sentence
ABOUT = "SELECT number FROM about JOIN facts ON number = fact"
OF_PARTS = "JOIN members ON members.entity = about.entity"
IN_ORDER = "ORDER BY path, line LIMIT ?"
PASSAGE = "id, document, section, text, translation, heading, line"


class Shelf:
    """The records of a shelf (see `bot.knowledge.records.Records`)."""

    remembered: int | None = REMEMBERED

    def __init__(self, db: sqlite3.Connection) -> None:
        """Take a shelf that was opened to be read."""
        self.db = db
        self.documents: Mapping[str, Document] = Lazy(self._document, db, "documents", order="path", most=REMEMBERED)
        self.passages: Mapping[str, Passage] = Lazy(
            self._passage,
            db,
            "passages JOIN documents ON documents.id = document",
            key="passages.id",
            order="path, place",
            most=REMEMBERED,
        )
        self.order: Mapping[str, tuple[str, int]] = Lazy(self._place, db, "passages", most=REMEMBERED)
        self._facts: Mapping[int, Fact] = Lazy(self._fact, db, "facts", key="number", order="path, line")
        self.facts: Sequence[Fact] = Rows(self, "1", ())
        self.by_metric: Mapping[str, Sequence[Fact]] = Lazy(
            lambda metric: Rows(self, "metric = ?", (metric,)), db, "facts", key="metric", order="metric"
        )
        self.by_entity: Mapping[str, Sequence[Fact]] = Lazy(
            lambda entity: self._of("JOIN about ON fact = number WHERE about.entity = ?", (entity,), None),
            db,
            "about",
            key="entity",
            order="entity",
            most=REMEMBERED,
        )
        self.by_passage: Mapping[str, Sequence[Fact]] = Lazy(
            lambda passage: self._of("WHERE passage = ?", (passage,), None),
            db,
            "facts",
            key="passage",
            order="passage",
            most=REMEMBERED,
        )
        self.topic_terms: Mapping[str, list[str]] = Lazy(
            self._topics, db, "topics", key="passage", order="passage", most=REMEMBERED
        )
        self.words: Container[str] = _Words(db, "word")
        self.stems: Container[str] = _Words(db, "stem")

    def _document(self, name: str) -> Document | None:
        row = self.db.execute("SELECT data FROM documents WHERE id = ?", (name,)).fetchone()
        return Document.model_validate_json(row[0]) if row else None

    def _passage(self, name: str) -> Passage | None:
        row = self.db.execute(f"SELECT {PASSAGE} FROM passages WHERE id = ?", (name,)).fetchone()
        return passage_of(row) if row else None

    def _place(self, name: str) -> tuple[str, int] | None:
        query = "SELECT path, place FROM passages JOIN documents ON documents.id = document WHERE passages.id = ?"
        found: tuple[str, int] | None = self.db.execute(query, (name,)).fetchone()
        return found

    def sounding(self, sound: str, /) -> list[str]:
        """What may be names in the articles and sounds so."""
        query = "SELECT word FROM sounds WHERE sound = ? AND count > 0 ORDER BY word"
        return [word for (word,) in self.db.execute(query, (sound,))]

    def _topics(self, passage: str) -> list[str] | None:
        row = self.db.execute("SELECT terms FROM topics WHERE passage = ?", (passage,)).fetchone()
        return row[0].split() if row else None

    # ── facts ────────────────────────────────────────────────────────────────────────────────────

    def _fact(self, number: int) -> Fact | None:
        row = self.db.execute("SELECT data FROM facts WHERE number = ?", (number,)).fetchone()
        return Fact.model_validate_json(row[0]) if row else None

    def _of(self, where: str, values: tuple[object, ...], most: int | None = MOST_FACTS) -> list[Fact]:
        """The facts that a query finds, in the order of their tables."""
        query = f"SELECT number FROM facts {where} ORDER BY path, line LIMIT ?"
        rows = self.db.execute(query, (*values, -1 if most is None else most)).fetchall()
        return [self._facts[row[0]] for row in rows]

    def matching(
        self,
        *,
        metrics: Collection[str] | None = None,
        entity: str | None = None,
        within: str | None = None,
        unit: str | None = None,
        amount: Decimal | None = None,
    ) -> list[Fact]:
        """The facts that meet all of what is given, MOST_FACTS at the most."""
        joins: list[str] = []
        terms: list[str] = []
        values: list[object] = []
        if entity is not None:
            joins.append("JOIN about ON about.fact = number")
            terms.append("about.entity = ?")
            values.append(entity)
        if amount is not None:
            joins.append("JOIN stated ON stated.fact = number")
            terms.append("stated.amount = ?")
            values.append(plain(amount))
        if metrics is not None:
            terms.append(f"{'about' if entity is not None else 'facts'}.metric IN ({marks(metrics)})")
            values += metrics
        if unit is not None:
            terms.append("facts.unit = ?")
            values.append(unit)
        if within is not None:
            terms.append("EXISTS (SELECT 1 FROM members WHERE whole = ? AND members.entity = facts.entity)")
            values.append(within)
        return self._of(f"{' '.join(joins)} WHERE {' AND '.join(terms) or '1'}", tuple(values))

    def about(self, entities: Collection[str], metrics: Collection[str], /) -> list[Fact]:
        """The facts that may be meant by a question that names these."""
        found: dict[int, None] = {}
        for metric in metrics:
            query = "SELECT number FROM facts WHERE metric = ? ORDER BY path, line LIMIT ?"
            found |= self._numbers(query, (metric,))
        of_entities: dict[int, None] = {}
        for entity in entities:
            of_entities |= self._numbers(f"{ABOUT} WHERE about.entity = ? {IN_ORDER}", (entity,))
            of_entities |= self._numbers(f"{ABOUT} {OF_PARTS} WHERE whole = ? {IN_ORDER}", (entity,))
        if not (metrics and entities) or len(found) + len(of_entities) <= MANY:
            found |= of_entities
            return [self._facts[number] for number in found]
        found = {}
        for metric in metrics:
            for entity in entities:
                own = f"{ABOUT} WHERE about.entity = ? AND about.metric = ? {IN_ORDER}"
                parts = f"{ABOUT} {OF_PARTS} WHERE whole = ? AND about.metric = ? {IN_ORDER}"
                found |= self._numbers(own, (entity, metric))
                found |= self._numbers(parts, (entity, metric))
        return [self._facts[number] for number in found]

    def _numbers(self, query: str, values: tuple[str, ...]) -> dict[int, None]:
        return dict.fromkeys(row[0] for row in self.db.execute(query, (*values, MANY + 1)))

    def units_of(self, metric: str, /) -> Collection[str]:
        return self._measured(metric, "unit")

    def kinds_of(self, metric: str, /) -> Collection[str]:
        return self._measured(metric, "kind")

    def _measured(self, metric: str, what: str) -> list[str]:
        query = "SELECT value FROM measured WHERE metric = ? AND what = ?"
        return [row[0] for row in self.db.execute(query, (metric, what))]

    def subjects(self, metric: str, as_of: str | None = None, /) -> set[str]:
        query, values = "SELECT DISTINCT entity FROM facts WHERE metric = ?", [metric]
        if as_of is not None:
            query += " AND as_of = ?"
            values.append(as_of)
        return {row[0] for row in self.db.execute(f"{query} LIMIT 3", values)}

    def having(self, metrics: Collection[str], groups: set[str], /) -> list[str]:
        terms: list[str] = []
        values: list[str] = []
        if metrics:
            terms.append(f"facts.metric IN ({marks(metrics)})")
            values += metrics
        for group in sorted(groups):
            terms.append("EXISTS (SELECT 1 FROM members WHERE whole = ? AND members.entity = facts.entity)")
            values.append(group)
        query = f"SELECT DISTINCT entity FROM facts WHERE {' AND '.join(terms) or '1'} LIMIT ?"
        found = [row[0] for row in self.db.execute(query, (*values, MOST_SIDE_BY_SIDE + 1))]
        found = [name for name in found if name not in groups]
        if len(found) > MOST_SIDE_BY_SIDE:
            return []
        ranked = f"SELECT id FROM entities WHERE id IN ({marks(found)}) ORDER BY number"
        return [row[0] for row in self.db.execute(ranked, found)]

    # ── passages ─────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def speller(self) -> Speller:
        return speller(self.db)

    @cached_property
    def year(self) -> int | None:
        found = self.db.execute("SELECT max(date) FROM documents").fetchone()[0]
        return int(found[:4]) if found else None

    @property
    def newest(self) -> Passage:
        query = f"""SELECT {PASSAGE} FROM passages WHERE document =
            (SELECT id FROM documents ORDER BY date DESC, path LIMIT 1) ORDER BY place LIMIT 1"""
        return passage_of(self.db.execute(query).fetchone())

    def latest(self, most: int, /) -> list[Document]:
        query = "SELECT data FROM documents ORDER BY date DESC, path LIMIT ?"
        return [Document.model_validate_json(row[0]) for row in self.db.execute(query, (most,))]

    @property
    def sizes(self) -> Mapping[str, int]:
        return Lazy(self._size, self.db, "documents", order="path")

    def _size(self, document: str) -> int | None:
        row = self.db.execute("SELECT size FROM documents WHERE id = ?", (document,)).fetchone()
        return row[0] if row else None

    @cached_property
    def readable(self) -> Mapping[str, int]:
        query = """SELECT json_extract(data, '$.language'), count(*), count(translates) FROM documents
            LEFT JOIN (SELECT DISTINCT translates FROM articles) ON translates = documents.id GROUP BY 1"""
        rows = self.db.execute(query).fetchall()
        return readable({row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows})

    @cached_property
    def sentence_length(self) -> float | None:
        found: float = meta(self.db, "sentence_length", 1.0)
        return found

    def near(self, passage: str, before: int, after: int, /) -> list[str]:
        query = """SELECT other.id FROM passages AS here JOIN passages AS other ON other.document = here.document
            WHERE here.id = ? AND other.place BETWEEN here.place - ? AND here.place + ? ORDER BY other.place"""
        return [row[0] for row in self.db.execute(query, (passage, before, after))]

    def kept(self, passage: str, /) -> list[list[str]] | None:
        query = "SELECT terms FROM passages JOIN terms USING (number) WHERE id = ?"
        row = self.db.execute(query, (passage,)).fetchone()
        return [line.split() for line in row[0].partition(ALONE)[0].split("\n")] if row else None

    def kept_of_name(self, _term: str, /) -> list[str] | None:
        return None

    def texts(self, numbers: list[int]) -> dict[int, Text]:
        """What a retriever asks of some passages."""
        query = f"""SELECT number, passages.id, path, place, terms FROM passages
            JOIN terms USING (number) JOIN documents ON documents.id = document
            WHERE number IN ({marks(numbers)})"""
        return {
            number: Text(name, (path, place), terms.split())
            for number, name, path, place, terms in self.db.execute(query, numbers)
        }


class Rows(Sequence[Fact]):
    """Facts by the dozen thousand: counted and gone through without being held."""

    def __init__(self, shelf: Shelf, where: str, values: tuple[str, ...]) -> None:
        """Take those that `where` finds."""
        self._shelf, self._where, self._values = shelf, where, values

    @cached_property
    def _count(self) -> int:
        query = f"SELECT count(*) FROM facts WHERE {self._where}"
        count: int = self._shelf.db.execute(query, self._values).fetchone()[0]
        return count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Fact]:
        query = f"SELECT data FROM facts WHERE {self._where} ORDER BY path, line"
        for row in self._shelf.db.execute(query, self._values):
            yield Fact.model_validate_json(row[0])

    @overload
    def __getitem__(self, place: int, /) -> Fact: ...
    @overload
    def __getitem__(self, place: slice, /) -> Sequence[Fact]: ...
    def __getitem__(self, place: int | slice, /) -> Fact | Sequence[Fact]:
        return list(self)[place]


class _Words:
    """The words of the articles, or the stems of those that are no names."""

    def __init__(self, db: sqlite3.Connection, column: str) -> None:
        own = " AND word NOT IN (SELECT word FROM named)" if column == "stem" else ""
        self._db, self._query = db, f"SELECT 1 FROM words WHERE {column} = ? AND count > 0{own} LIMIT 1"

    def __contains__(self, word: object) -> bool:
        return self._db.execute(self._query, (word,)).fetchone() is not None


def passage_of(row: tuple[str, str, str, str, str | None, int, int]) -> Passage:
    """A passage as its row has it."""
    name, document, section, text, translation, heading, line = row
    return Passage(
        id=name,
        document=document,
        section=section,
        text=text,
        translation=translation,
        heading=bool(heading),
        line=line,
    )


def plain(amount: Decimal) -> str:
    """An amount as it is looked up: 12.30 as 12.3."""
    return f"{amount.normalize():f}"


def marks(values: Collection[object]) -> str:
    """The marks of a query for some values."""
    return ", ".join("?" * len(values))
