"""Documents into a knowledge base and out of it, one step each: killed at any moment, a document is old or new.

A document is a text in corpus/ and its original in corpus/originals/, whose name has a hash of what is in it. The
original is written first, then the text that names it, then the originals that no text names are deleted.
"""

import contextlib
import csv
import hashlib
import io
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from bot import storage
from bot.errors import ContentError, DocumentError, GakjuError
from bot.files import PACKAGE, read_text
from bot.ingest.kinds import SUFFIXES
from bot.ingest.numbering import numbered
from bot.ingest.reader import BYTES, Reader
from bot.ingest.shaping import line
from bot.knowledge.corpus import Article, escaped, marked, parse
from bot.language.hangul import nfc
from bot.stored import HASH, ORIGINALS, Stored

WRITERS = 8  # documents that are written at a time
LARGE = 2**20  # bytes: a larger file is waited for, so that not many are held in memory

Status = Literal["added", "updated", "unchanged", "removed", "failed", "skipped"]


@dataclass(frozen=True)
class Source:
    """A file to be added, and the name that it is known by: its path below the folder that was given, or its own."""

    path: Path
    name: str


@dataclass(frozen=True)
class Outcome:
    """What became of a file."""

    name: str
    status: Status
    document: str = ""
    passages: int = 0
    problem: str = ""  # what was wrong and what to do, where it failed; why it was skipped
    gone: tuple[str, ...] = ()  # ids of the passages that it had and has no more
    changed: tuple[tuple[str, str], ...] = ()  # ids of those that say something else now, and what


def sources(paths: Iterable[Path], root: Path) -> tuple[list[Source], list[Outcome]]:
    """The files that arguments name, folders walked, and what is left out: files of other kinds, and what is not there.

    A link out of a folder is left out too: whoever may write to the folder need not be one who may read what it leads to.

    Of a folder, hidden files and folders are passed over in silence, and the documents of the knowledge base at `root`.
    """
    own = (root / "corpus").resolve()
    found: list[Source] = []
    others: list[Outcome] = []
    named: set[Path] = set()
    for path in paths:
        if path.is_dir():
            for file in _below(path, own, others):
                name = nfc(shown(file.relative_to(path).as_posix()))
                if file.suffix.lower() in SUFFIXES and file.resolve().is_relative_to(path.resolve()):
                    found.append(Source(file, name))
                else:
                    others.append(Outcome(name, "skipped", problem="files of its kind are not read"))
        elif path.is_file():
            if path.resolve() not in named:
                found.append(Source(path, nfc(shown(path.name))))
            named.add(path.resolve())
        else:
            problem = "it is no file" if path.exists() else "there is no such file"
            others.append(Outcome(shown(str(path)), "failed", problem=f"{problem}; check its name"))
    return found, others


def _below(folder: Path, own: Path, others: list[Outcome]) -> Iterator[Path]:
    """The files below a folder; a folder that cannot be read is one of the `others`."""
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        others.append(Outcome(shown(str(folder)), "failed", problem=f"{error.strerror}; its files are left out"))
        return
    for path in inside:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink() and path.resolve() != own:
                yield from _below(path, own, others)
        elif path.is_file():
            yield path


def shown(name: str) -> str:
    """A name on one line, whatever characters it has."""
    return line(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


# ── in ───────────────────────────────────────────────────────────────────────────────────────────


def add(root: Path, found: list[Source], wait: Callable[[], None], again: bool = False) -> Iterator[Outcome]:
    """Add files to the knowledge base at `root`, which is made where there is none; each outcome comes when it is done.

    Args:
        root: its folder.
        found: the files.
        wait: is called where another process is writing to it.
        again: whether files that have not changed are read too, as after a version that reads them better.

    Raises:
        GakjuError: `root` is the knowledge base that ships in a package.
    """
    # The disk takes longer to keep a document than we to read one: some are kept while the next are read.
    with _writing(root, wait) as stored, Reader() as reader, ThreadPoolExecutor(WRITERS) as writers:
        waiting: deque[Future[Outcome]] = deque()
        files = Counter(source.name for source in found)
        for source in found:
            read = _read(source, files[source.name], stored, reader, again)
            waiting.append(writers.submit(_safely, source, read))
            while waiting and (_is_large(source.path) or len(waiting) >= WRITERS or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _is_large(path: Path) -> bool:
    try:
        return path.stat().st_size > LARGE
    except OSError:
        return False


def _safely(source: Source, act: Callable[[], Outcome]) -> Outcome:
    """What became of a file; whatever is wrong with it or the disk, the others go on."""
    try:
        return act()
    except DocumentError as error:
        return Outcome(source.name, "failed", problem=str(error))
    except OSError as error:
        return Outcome(source.name, "failed", problem=f"{error.strerror or error}; check the file and the disk")


@contextlib.contextmanager
def _writing(root: Path, wait: Callable[[], None]) -> Iterator[Stored]:
    """The documents of a knowledge base, while nobody else writes to it; what a killed writer left is cleared."""
    if root.resolve().is_relative_to(PACKAGE.resolve()):
        raise GakjuError("the knowledge base that ships in the package is not written to; name your own with --kb")
    corpus = root / "corpus"
    (corpus / ORIGINALS).mkdir(parents=True, exist_ok=True)
    with storage.locked(corpus / ".lock", wait):
        stored = Stored(corpus)
        stored.sweep()
        yield stored


def _read(source: Source, files: int, stored: Stored, reader: Reader, again: bool) -> Callable[[], Outcome]:
    """Read a file, one of so many of its name, and settle what it will be; what is returned writes it, or says what is wrong."""
    try:
        data = _bytes(source.path)
        digest = hashlib.sha256(data).hexdigest()[:HASH]
        if not again and (same := stored.unchanged(source.name, digest)):
            outcome = Outcome(source.name, "unchanged", same)
            return lambda: outcome
        document = reader.read(data, source.name)
        known = stored.take(source.name, document.language, files)
    except (DocumentError, OSError) as error:
        wrong = error.with_traceback(None)  # which would hold what was read
        return partial(_raise, wrong)
    identifier = known or stored.new_id(source.name)
    suffix = re.sub(r"[^.\w]", "", source.path.suffix.lower())[:10]
    values = {
        "title": document.title,
        **({"date": document.date} if document.date else {}),
        "language": document.language,
        "source": source.name,
        "original": f"{ORIGINALS}/{identifier}.{digest}{suffix}",
    }
    texts = [
        text if heading else escaped(text) for text, heading in zip(document.passages, document.headings, strict=True)
    ]
    return partial(_write, source, stored, identifier, known is not None, values, texts, data)


def _raise(error: Exception) -> Outcome:
    raise error


def _write(
    source: Source, stored: Stored, identifier: str, known: bool, values: dict[str, str], texts: list[str], data: bytes
) -> Outcome:
    """Write a document: its original, then its text, then the original that it had before is deleted."""
    path = stored.corpus / f"{identifier}.md"
    old = _article(path) if known else None
    numbers, following = numbered(texts, old)
    text = marked({**values, "next": str(following)}, zip(numbers, texts, strict=True))
    storage.write(stored.corpus / values["original"], data)
    storage.write(path, text.encode("utf-8"))
    before = Path(old.front.get("original", "")).name if old else ""
    if before and before != Path(values["original"]).name:
        (stored.corpus / ORIGINALS / before).unlink(missing_ok=True)
    now = set(numbers)
    gone = tuple(f"{identifier}#{mark}" for mark in (old.marks if old else ()) if mark not in now)
    said = dict(zip(old.marks, (was for _, was in old.lines), strict=False)) if old else {}
    changed = tuple(
        (f"{identifier}#{mark}", now) for mark, now in zip(numbers, texts, strict=True) if said.get(mark, now) != now
    )
    status: Status = "updated" if known else "added"
    return Outcome(source.name, status, identifier, len(numbers), gone=gone, changed=changed)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(BYTES + 1)
    if len(data) > BYTES:
        raise DocumentError(f"it is larger than {BYTES // 2**20} MB", "divide it into smaller files")
    return data


def _article(path: Path) -> Article | None:
    """The stored text of a document, if it can be read."""
    try:
        return parse(path.name, path.stem, read_text(path))
    except ContentError:
        return None


# ── out ──────────────────────────────────────────────────────────────────────────────────────────


def remove(root: Path, names: list[str], wait: Callable[[], None]) -> Iterator[Outcome]:
    """Take documents out, each named by its id or by the name of the file that it was made from.

    An article that was written by hand stays: it may be the only copy.
    """
    with _writing(root, wait) as stored:
        for name in names:
            wanted = nfc(shown(name))
            found = [i for i, v in stored.fronts.items() if wanted in (i, v.get("source"), f"{i}.md")]
            if not found:
                yield Outcome(wanted, "failed", problem="there is no such document; gakju list names all")
            for identifier in found:
                article = _article(stored.corpus / f"{identifier}.md")
                if "original" not in stored.fronts[identifier]:
                    problem = f"it was written by hand; delete corpus/{identifier}.md yourself if you mean it"
                    yield Outcome(wanted, "failed", problem=problem)
                    continue
                original = stored.fronts.pop(identifier).get("original", "")
                (stored.corpus / f"{identifier}.md").unlink(missing_ok=True)
                storage.sync(stored.corpus)
                if original:
                    (stored.corpus / ORIGINALS / Path(original).name).unlink(missing_ok=True)
                gone = tuple(f"{identifier}#{mark}" for mark in (article.marks if article else ()))
                yield Outcome(wanted, "removed", identifier, gone=gone)


def dangling(root: Path, gone: set[str]) -> list[tuple[str, int]]:
    """The tables of facts/ that name passages which are there no more, each with how many rows do."""
    found: list[tuple[str, int]] = []
    for path in sorted((root / "facts").glob("*.csv")) if gone else ():
        named = re.findall(r"[^,\s\"#]+#p\d+", read_text(path))
        if count := sum(name in gone for name in named):
            found.append((f"facts/{path.name}", count))
    return found


def misquoting(root: Path, changed: dict[str, str]) -> list[tuple[str, int]]:
    """The tables of facts/ that quote what passages say no more, each with how many rows do; `changed` is what they say."""
    found: list[tuple[str, int]] = []
    for path in sorted((root / "facts").glob("*.csv")) if changed else ():
        rows = list(csv.reader(io.StringIO(read_text(path).removeprefix("\ufeff"), newline="")))
        names = next((row for row in rows if {"passage", "quote"} <= set(row)), [])
        told = [dict(zip(names, row, strict=False)) for row in rows if names]
        if count := sum(
            row.get("quote", "") not in changed.get(row.get("passage", ""), row.get("quote", "")) for row in told
        ):
            found.append((f"facts/{path.name}", count))
    return found
