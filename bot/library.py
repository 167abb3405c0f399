"""corpus/ and facts/ on disk → a Base."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot import cache
from bot.errors import ContentError, GakjuError
from bot.knowledge import check
from bot.knowledge import facts as tables
from bot.knowledge.base import Base, terms_of_topics
from bot.knowledge.corpus import Article, document, parse, passages
from bot.knowledge.facts import NoFigure, Topics
from bot.knowledge.names import Names
from bot.knowledge.records import Memory
from bot.language.glossary import Glossary, core, harvest
from bot.schema import Entity, Fact, Finding, Metric
from bot.search.bm25 import BM25

PACKAGE = Path(__file__).parent
RESERVED = {"entities.csv", "metrics.csv", "exceptions.csv", "glossary.csv", "topics.csv"}


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
        program = [PACKAGE / "language", PACKAGE / "knowledge"]
        folders = [self.root / "corpus", self.root / "facts", *program]
        files = sorted(
            path for folder in folders for path in folder.rglob("*") if path.suffix in (".md", ".csv", ".py")
        )
        stats = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
        data = repr(stats).encode()
        return f"{zlib.crc32(data):08x}{zlib.adler32(data):08x}"

    @property
    def parts(
        self,
    ) -> tuple[
        list[Article], list[tuple[int, Entity]], list[tuple[int, Metric]], list[Fact], list[NoFigure], list[Topics]
    ]:
        """What is checked."""
        return self.articles, self.entities, self.metrics, self.facts, self.exceptions, self.topics


def default_root() -> Path:
    """The knowledge base that ships: beside the package in a checkout, inside it where it is installed."""
    inside = PACKAGE / "content"
    return inside if inside.is_dir() else PACKAGE.parent


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, or in CP949 as Korean spreadsheets save it.

    Raises:
        ContentError: it is neither.
    """
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ContentError(path, 1, "the file is neither UTF-8 nor CP949", "save it as CSV UTF-8")


def read_content(root: Path) -> Content:
    """Read all of corpus/ and facts/ below `root`.

    Raises:
        GakjuError: there is no knowledge base at `root`.
        ContentError: a file cannot be read.
    """
    if not (root / "corpus").is_dir():
        raise GakjuError(f"{root} is no knowledge base: it has no corpus/; name one with --kb or GAKJU_KB")
    content = Content(root)
    for path in sorted((root / "corpus").glob("*.md")):
        content.articles.append(parse(_shown(path, root), path.stem, read_text(path)))
    if not content.articles:
        raise GakjuError(f"{root / 'corpus'} has no articles; add a Markdown file to it")
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
            target.extend(reader(_shown(path, root), read_text(path)))  # type: ignore[arg-type]
    for path in sorted(folder.glob("*.csv")):
        if path.name not in RESERVED:
            content.facts += tables.facts(_shown(path, root), read_text(path))
    return content


def load(root: Path | None = None) -> Base:
    """Read, check and index a knowledge base; the one that ships where `root` is None.

    Raises:
        GakjuError: there is none, or it has an error; it is not served then.
    """
    content = read_content(root or default_root())
    kept = cache.read(content.stamp)  # kept only of what was found without error
    if kept is None and (wrong := check.errors(*content.parts)):
        more = f" (and {len(wrong) - 1} more: gakju check lists them)" if len(wrong) > 1 else ""
        raise GakjuError(f"{wrong[0]}{more}")
    base, found = _build(content, kept)
    if kept is None:
        cache.write(content.stamp, found())
    return base


def findings(root: Path | None = None) -> list[Finding]:
    """Everything that is wrong with a knowledge base, or should be looked at, in order of file and line."""
    content = read_content(root or default_root())
    found = [*check.errors(*content.parts), *check.gaps(*content.parts)]
    return sorted(found, key=lambda finding: (finding.path, finding.line))


def _shown(path: Path, root: Path) -> str:
    return str(path.relative_to(root))


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
