"""`gakju add`, `gakju remove`, `gakju list`: documents into a knowledge base, and out of it."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot import library
from bot.adding import Outcome, Status, dangling, misquoting, sources
from bot.adding import add as add_files
from bot.adding import remove as remove_documents
from bot.cli import UsageError
from bot.knowledge.corpus import document
from bot.settings import settings

ORDER: tuple[Status, ...] = ("added", "updated", "unchanged", "removed", "skipped", "failed")


def add(paths: list[Path], kb: Path | None, again: bool) -> None:
    """Add files and folders; a file that cannot be added is one line on stderr, and the others are added."""
    root = _chosen(kb)
    new = not (root / "corpus").is_dir()
    found, others = sources(paths, root)
    for outcome in others:
        _tell(outcome)
    if not found:
        outcomes = []
    elif len(found) > 1 and sys.stdout.isatty() and sys.stderr.isatty():
        outcomes = list(_with_progress(add_files(root, found, _wait, again), len(found)))
    else:
        outcomes = []
        for outcome in add_files(root, found, _wait, again):
            _tell(outcome)
            outcomes.append(outcome)
    if new and (root / "corpus").is_dir():
        print(f"gakju: {root} is a new knowledge base", file=sys.stderr)
    _finish(root, [*others, *outcomes])


def remove(documents: list[str], kb: Path | None) -> None:
    """Remove documents."""
    root = _existing(kb)
    outcomes = []
    for outcome in remove_documents(root, documents, _wait):
        _tell(outcome)
        outcomes.append(outcome)
    _finish(root, outcomes)


def list_documents(kb: Path | None) -> None:
    """Print a line for each document: its id, language, date, number of passages, title and what it was made from."""
    articles = library.read_content(kb or settings().kb or library.default_root()).articles
    rows = [
        (item.id, item.language, item.date, str(len(article.lines)), item.title, item.source)
        for article in articles
        if not article.translation_of
        for item in (document(article),)
    ]
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        table = Table("id", "", "date", "passages", "title", "source", header_style="bold", box=None)
        for row in rows:
            table.add_row(*(cell.replace("[", r"\[") for cell in row))
        Console().print(table)
    else:
        for row in rows:
            print("\t".join(row))


def _chosen(kb: Path | None) -> Path:
    root = kb or settings().kb
    if root is None:
        raise UsageError("name the knowledge base with --kb DIR, or with GAKJU_KB; gakju init DIR makes one")
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is no folder; name one with --kb DIR")
    return root


def _existing(kb: Path | None) -> Path:
    root = _chosen(kb)
    if not (root / "corpus").is_dir():
        raise UsageError(f"{root} is no knowledge base: it has no corpus/; name one with --kb or GAKJU_KB")
    return root


def _wait() -> None:
    print("gakju: another process is writing to this knowledge base; waiting for it", file=sys.stderr)


def _tell(outcome: Outcome) -> None:
    """Print what became of a file."""
    if outcome.status == "failed":
        print(f"gakju: {outcome.name}: {outcome.problem}", file=sys.stderr)
    elif outcome.status == "skipped":
        print(f"skipped\t{outcome.name}\t{outcome.problem}")
    elif outcome.status in ("added", "updated"):
        print(f"{outcome.status}\t{outcome.document}\t{_passages(outcome.passages)}")
    else:
        print(f"{outcome.status}\t{outcome.document}")


def _with_progress(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True, highlight=False)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)
        for outcome in outcomes:
            progress.update(task, advance=1, description=outcome.name)
            if outcome.status == "failed":
                console.print(f"gakju: {outcome.name}: {outcome.problem}", style="red", markup=False, soft_wrap=True)
            yield outcome


def _finish(root: Path, outcomes: list[Outcome]) -> None:
    """Print the summary, and exit with 1 if anything failed."""
    for table, count in dangling(root, {name for outcome in outcomes for name in outcome.gone}):
        rows = "1 row names a passage" if count == 1 else f"{count} rows name passages"
        print(f"gakju: {table}: {rows} of what has gone; gakju check lists them", file=sys.stderr)
    for table, count in misquoting(root, dict(pair for outcome in outcomes for pair in outcome.changed)):
        rows = "1 row quotes" if count == 1 else f"{count} rows quote"
        print(f"gakju: {table}: {rows} what is there no more; gakju check lists them", file=sys.stderr)
    counts = Counter(outcome.status for outcome in outcomes)
    said = ", ".join(f"{counts[status]} {status}" for status in ORDER if counts[status]) or "nothing to do"
    passages = sum(outcome.passages for outcome in outcomes)
    print(said + (f"; {_passages(passages)}" if passages else ""))
    if counts["failed"]:
        sys.exit(1)


def _passages(count: int) -> str:
    return f"{count:,} passage{'' if count == 1 else 's'}"
