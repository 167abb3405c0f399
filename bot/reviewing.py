"""Figures for review: proposals in facts/drafts/, and what was decided on them into the tables, whole or not at all.

Nothing in facts/drafts/ is ever loaded for answering.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot import storage
from bot.errors import ContentError, GakjuError
from bot.files import DRAFTS, PACKAGE, RESERVED, read_text
from bot.knowledge import check, proposals
from bot.knowledge import facts as tables
from bot.knowledge.accepting import Additions, additions, appended
from bot.knowledge.corpus import Article, document, passages
from bot.knowledge.drafting import draft
from bot.knowledge.names import Names
from bot.knowledge.proposals import FIGURE, Proposal
from bot.language.glossary import Glossary, core, harvest
from bot.library import Content, no_document, read_content
from bot.schema import Finding, Language

FOLDER = f"facts/{DRAFTS}"


class RefusedError(GakjuError):
    """What would be wrong with the knowledge base if decisions were taken over: one line a finding."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))


def find(content: Content, name: str) -> Article:
    """The document of this id or file name.

    Raises:
        GakjuError: there is none, or it is a translation, of which the original has the figures.
    """
    wanted = Path(name).name.removesuffix(".md")
    for article in content.articles:
        sources = {article.id, Path(article.front.get("source", "") or article.id).name}
        if wanted in sources or name in sources:
            if article.translation_of:
                raise GakjuError(f"{article.id} is a translation; its figures are those of {article.translation_of}")
            return article
    raise no_document(name, [article.id for article in content.articles if not article.translation_of])


def path_of(root: Path, identifier: str) -> Path:
    """Where the proposals of a document are."""
    return root / FOLDER / f"{identifier}.csv"


def saved(root: Path, identifier: str) -> list[Proposal]:
    """The proposals of a document as its editor left them; none where it has none."""
    path = path_of(root, identifier)
    return proposals.read(str(path.relative_to(root)), read_text(path)) if path.is_file() else []


def save(root: Path, identifier: str, rows: list[Proposal]) -> None:
    """Write the proposals of a document; with none left the file goes."""
    path = path_of(root, identifier)
    _may_write(root)
    if rows:
        path.parent.mkdir(parents=True, exist_ok=True)
        # with a mark at its beginning, or Excel takes the Korean for something else
        storage.write(path, ("\ufeff" + proposals.write(rows)).encode())
    elif path.is_file():
        path.unlink()


def propose(root: Path, name: str) -> tuple[Article, list[Proposal]]:
    """Read a document's figures, keep what was decided on them before, and write them for review.

    Raises:
        GakjuError: there is no such document, or a table cannot be read.
    """
    content = read_content(root)
    article = find(content, name)
    found = passages(article)
    pairs = dict.fromkeys(pair for passage in found for pair in harvest(passage.text))
    glossary = Glossary([*content.glossary, *(([korean], [latin]) for korean, latin in pairs)], parent=core())
    names = Names([entity for _, entity in content.entities], [metric for _, metric in content.metrics], glossary)
    fresh = draft(document(article), found, names, glossary, content.facts, content.exceptions)
    rows = proposals.merged(saved(root, article.id), fresh)
    save(root, article.id, rows)
    return article, rows


def accept(root: Path, name: str) -> tuple[Additions, list[Finding]]:
    """Take over what was decided: accepted figures into the tables, rejected ones into exceptions.csv.

    Returns:
        the rows that were added, and what an editor should look at because of them.

    Raises:
        RefusedError: the knowledge base would have an error that it has not now; nothing was changed.
        GakjuError: there is nothing to take over, or a table cannot be read.
    """
    content = read_content(root)
    article = find(content, name)
    rows = saved(root, article.id)
    if not any(row.decision for row in rows):
        raise GakjuError(
            f"nothing is decided on {article.id}; write accept or reject into {FOLDER}/{article.id}.csv, or use --review"
        )
    language: Language = document(article).language
    made = additions(
        rows,
        [entity for _, entity in content.entities],
        [metric for _, metric in content.metrics],
        content.facts,
        content.exceptions,
        language,
    )
    table = f"{article.id}.csv" if f"{article.id}.csv" not in RESERVED else f"{article.id}-figures.csv"
    # In this order: killed between two files, what is there holds together, and accepting again does the rest.
    kinds = (
        ("entities", "entities.csv", made.entities),
        ("metrics", "metrics.csv", made.metrics),
        ("exceptions", "exceptions.csv", made.exceptions),
        ("facts", table, made.facts),
    )
    texts = {
        (kind, root / "facts" / file): appended(kind, _text(root / "facts" / file), added)
        for kind, file, added in kinds
        if added
    }
    after = _as_it_would_be(content, {kind: (path, text) for (kind, path), text in texts.items()})
    before = set(map(str, check.errors(*content.parts)))
    if wrong := [finding for finding in check.errors(*after.parts) if str(finding) not in before]:
        raise RefusedError(wrong)
    known = set(map(str, check.gaps(*content.parts)))
    doubtful = [finding for finding in check.gaps(*after.parts) if str(finding) not in known]
    _may_write(root)
    (root / "facts").mkdir(exist_ok=True)
    for (_, path), text in texts.items():
        storage.write(path, text.encode())
    save(root, article.id, [row for row in rows if not row.decision or _stays(row)])
    return made, doubtful


def _stays(row: Proposal) -> bool:
    """Whether a decided row is needed still: digits of which a person says that they are a figure after all."""
    return row.kind != FIGURE and row.decision == "reject"


def _text(path: Path) -> str:
    return read_text(path) if path.is_file() else ""


def _as_it_would_be(content: Content, texts: dict[str, tuple[Path, str]]) -> Content:
    """What the knowledge base says once its tables are `texts`."""
    new = replace(content)
    for kind, (path, text) in texts.items():
        shown = str(path.relative_to(content.root))
        try:
            if kind == "facts":
                new.facts = [fact for fact in content.facts if fact.file != shown] + tables.facts(shown, text)
            elif kind == "entities":
                new.entities = tables.entities(shown, text)
            elif kind == "metrics":
                new.metrics = tables.metrics(shown, text)
            else:
                new.exceptions = tables.exceptions(shown, text)
        except ContentError as error:
            raise RefusedError(
                [Finding(path=error.path, line=error.line, problem=error.problem, remedy=error.remedy)]
            ) from error
    return new


def _may_write(root: Path) -> None:
    if root.resolve().is_relative_to(PACKAGE.resolve()):
        raise GakjuError("the knowledge base that ships in the package is not written to; name your own with --kb")
