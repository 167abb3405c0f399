"""corpus/ and facts/ on disk → a Base."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from bot import cache
from bot.errors import GakjuError
from bot.files import RESERVED, checksum, content_files, default_root, program_stamp, read_text, shown
from bot.knowledge import check
from bot.knowledge import facts as tables
from bot.knowledge.base import Base, terms_of_topics
from bot.knowledge.corpus import Article, document, parse, passages
from bot.knowledge.facts import NoFigure, Topics
from bot.knowledge.names import Names
from bot.knowledge.records import Memory
from bot.language.glossary import Glossary, core, harvest
from bot.language.hangul import nfc
from bot.schema import LANGUAGES, Entity, Fact, Finding, Metric
from bot.search.bm25 import BM25
from bot.shelf import Progress

__all__ = [
    "Content",
    "build",
    "default_root",
    "findings",
    "load",
    "load_document",
    "read_content",
    "read_text",
    "refresh",
]

Engine = Literal["memory", "disk", "auto"]
MOST_IN_MEMORY = 2000  # passages: more are ranked too slowly by rank_bm25, and opened too slowly
MOST_ROWS = 3000  # of tables, of about BYTES_OF_A_ROW each
BYTES_OF_A_ROW = 150
NAMED = 3  # documents that a message names


@dataclass
class Content:
    """Everything that a knowledge base's files say, before it is made into a Base."""

    root: Path
    articles: list[Article] = field(default_factory=list)
    entities: list[tuple[int, Entity]] = field(default_factory=list)
    metrics: list[tuple[int, Metric]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    exceptions: list[NoFigure] = field(default_factory=list)
    topics: list[Topics] = field(default_factory=list)
    glossary: list[tuple[list[str], list[str]]] = field(default_factory=list)

    @property
    def stamp(self) -> str:
        """Changes with every file that the index of this content is made from, the program's own included."""
        return checksum(f"{self.root} {program_stamp()} {content_files(self.root)}")

    @property
    def parts(
        self,
    ) -> tuple[
        list[Article], list[tuple[int, Entity]], list[tuple[int, Metric]], list[Fact], list[NoFigure], list[Topics]
    ]:
        """What is checked."""
        return self.articles, self.entities, self.metrics, self.facts, self.exceptions, self.topics


def read_content(root: Path) -> Content:
    """Read all of corpus/ and facts/ below `root`.

    Raises:
        GakjuError: there is no knowledge base at `root`.
        ContentError: a file cannot be read.
    """
    content = Content(root)
    files = [root / name for name in content_files(root)]
    content.articles += [parse(shown(path, root), path.stem, read_text(path)) for path in files if path.suffix == ".md"]
    folder = root / "facts"
    for name, reader, target in (
        ("entities.csv", tables.entities, content.entities),
        ("metrics.csv", tables.metrics, content.metrics),
        ("exceptions.csv", tables.exceptions, content.exceptions),
        ("topics.csv", tables.topics, content.topics),
        ("glossary.csv", tables.glossary, content.glossary),
    ):
        path = folder / name
        if path.is_file():
            target.extend(reader(shown(path, root), read_text(path)))  # type: ignore[arg-type]
    for path in files:
        if path.suffix == ".csv" and path.name not in RESERVED:
            content.facts += tables.facts(shown(path, root), read_text(path))
    return content


def load(root: Path | None = None, engine: Engine = "auto", progress: Progress | None = None) -> Base:
    """Read, check and index a knowledge base; the one that ships where `root` is None.

    Args:
        root: its folder.
        engine: whether all of it is read into memory, or it is answered from a shelf on disk; "auto" goes by its size.
        progress: is told how many passages are indexed, and of how many, where that takes a while.

    Raises:
        GakjuError: there is none, or it has an error; it is not served then.
    """
    root = root or default_root()
    if engine == "disk" or (engine == "auto" and is_large(root)):
        from bot.shelf.opening import open_shelf

        with _nothing_collected():
            base = open_shelf(root, progress)
        if base:
            return base
    with _nothing_collected():
        return _in_memory(read_content(root))


def load_document(name: str, root: Path | None = None) -> Base:
    """Read one document of a knowledge base, with its figures: what is asked is asked of it alone.

    Args:
        name: its id, or its title in either language.
        root: the folder of the knowledge base; the one that ships where it is None.

    Raises:
        GakjuError: there is no such document, or there are several; or it has an error.
    """
    content = read_content(root or default_root())
    chosen = _called(name, content)
    content.articles = [item for item in content.articles if chosen in (item.id, item.translation_of)]
    content.entities = [(line, _introduced_in(chosen, entity)) for line, entity in content.entities]
    content.facts = [fact for fact in content.facts if _is_of(fact.passage, chosen)]
    content.exceptions = [item for item in content.exceptions if _is_of(item.passage, chosen)]
    content.topics = [item for item in content.topics if _is_of(item.passage, chosen)]
    _refuse(check.errors(*content.parts))
    return build(content)


def _is_of(passage: str, chosen: str) -> bool:
    return passage.startswith(f"{chosen}#")


def _introduced_in(chosen: str, entity: Entity) -> Entity:
    """An entity that is introduced in the chosen document, or nowhere."""
    return entity if _is_of(entity.introduced, chosen) else entity.model_copy(update={"introduced": ""})


def _called(name: str, content: Content) -> str:
    """The id of the document that is called `name`."""
    found = [document(article) for article in content.articles if not article.translation_of]
    if any(item.id == name for item in found):
        return name
    titles = {
        item.id: {nfc(title).casefold() for title in (item.title, *map(item.name, LANGUAGES.values()))}
        for item in found
    }
    same = [key for key, known in titles.items() if nfc(name).strip().casefold() in known]
    if len(same) == 1:
        return same[0]
    if same:
        raise GakjuError(
            f"{len(same)} documents are called {name!r}; name one by its id: {', '.join(sorted(same)[:NAMED])}"
        )
    raise no_document(name, titles)


def no_document(name: str, known: Iterable[str]) -> GakjuError:
    """What is said where no document is called `name`: what may be meant of those that are known."""
    near = get_close_matches(name, list(known), 1)
    return GakjuError(
        f"there is no document {name!r}; {f'did you mean {near[0]}?' if near else 'gakju list shows them all'}"
    )


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let nothing be looked for that may be thrown away while much is made that is kept: looking takes a quarter of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def refresh(base: Base, root: Path | None = None, engine: Engine = "auto") -> Base:
    """The knowledge base as its files are now: `base` itself where they are as they were.

    For a bot that runs on: looking costs a few milliseconds, and `base` answers until the new one is there.

    Raises:
        GakjuError: the files have an error; `base` can go on being served.
    """
    root = root or default_root()
    if base.stamp:  # all of it was read
        return base if base.stamp == Content(root).stamp else load(root, engine)
    from bot.shelf import opening

    return opening.refresh(base, root) if engine == "disk" or is_large(root) else load(root, engine)


def is_large(root: Path) -> bool:
    """Whether a knowledge base has more than is quickly held in memory."""
    files = content_files(root)
    rows = sum(size for path, (size, _) in files.items() if path.endswith(".csv")) // BYTES_OF_A_ROW
    if rows > MOST_ROWS:
        return True
    count = 0
    for path in files:
        if path.endswith(".md"):
            front, _, body = (root / path).read_bytes().partition(b"\n---")
            if b"\ntranslation_of" not in front:
                marks = body.count(b"\n<!-- p")
                count += marks or sum(1 for line in body.split(b"\n")[1:] if line.strip())
        if count > MOST_IN_MEMORY:
            return True
    return False


def _in_memory(content: Content) -> Base:
    kept = cache.read(content.stamp)  # kept only of what was found without error
    if kept is None:
        _refuse(check.errors(*content.parts))
    base, found = _build(content, kept)
    base.stamp = content.stamp
    if kept is None:
        cache.write(content.stamp, found())
    return base


def _refuse(wrong: list[Finding]) -> None:
    """Serve nothing that has an error.

    Raises:
        GakjuError: there is one.
    """
    if wrong:
        more = f" (and {len(wrong) - 1} more: gakju check lists them)" if len(wrong) > 1 else ""
        raise GakjuError(f"{wrong[0]}{more}")


def findings(root: Path | None = None) -> list[Finding]:
    """Everything that is wrong with a knowledge base, or should be looked at, in order of file and line."""
    content = read_content(root or default_root())
    found = [*check.errors(*content.parts), *check.gaps(*content.parts)]
    return sorted(found, key=lambda finding: (finding.path, finding.line))


def build(content: Content) -> Base:
    """Make a Base of what the files say, with its passages indexed."""
    return _build(content, None)[0]


def _build(content: Content, kept: cache.Kept | None) -> tuple[Base, Callable[[], cache.Kept]]:
    """`build`, from what an earlier run kept where there is that; the second is what to keep for a later one."""
    translations = {article.translation_of: article for article in content.articles if article.translation_of}
    originals = [article for article in content.articles if not article.translation_of]
    found = [passage for article in originals for passage in passages(article, translations.get(article.id))]
    pairs = kept.glosses if kept else [pair for passage in found for pair in harvest(passage.text)]
    rows = [*content.glossary, *(([korean], [latin]) for korean, latin in dict.fromkeys(pairs))]
    glossary = Glossary(rows, parent=core())
    entities, metrics = [entity for _, entity in content.entities], [metric for _, metric in content.metrics]
    names = Names(entities, metrics, glossary, kept.aliases if kept else {})
    topics = kept.topics if kept else terms_of_topics(content.topics, names, glossary)
    records = Memory(
        map(document, originals),
        found,
        content.facts,
        names,
        glossary,
        topics,
        kept.sentences if kept else {},
        kept.names if kept else {},
    )
    base = Base(records, names, glossary)
    base.retriever = BM25((passage.id, base.terms_of(passage)) for passage in found)

    def to_keep() -> cache.Kept:
        return cache.Kept(
            glosses=pairs,
            aliases=names.analysed,
            sentences=base.all_sentence_terms(),
            topics=topics,
            names=base.all_name_terms(),
        )

    return base, to_keep
