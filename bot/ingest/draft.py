"""What a reader finds in a file, and what becomes of it: the nouns of this folder."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["heading", "text", "items", "code", "rows"]


@dataclass(frozen=True)
class Block:
    """One piece of a document, in its order.

    A heading has a level, 1 to 6. Of `items` each part is a line of a list with all that belongs to it, of `rows`
    each is a row with its cells, the first one the header where there is one. Code keeps its lines as they are.
    """

    kind: Kind
    text: str = ""
    level: int = 0
    parts: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    header: bool = True  # whether the first row names the columns


def list_blocks(items: Iterable[str | Block]) -> Iterator[Block]:
    """The blocks of a list; a heading, code or a table within an item stands after the items read before it."""
    parts: list[str] = []
    for part in items:
        if isinstance(part, str):
            parts.append(part)
            continue
        if parts:
            yield Block("items", parts=tuple(parts))
        parts = []
        yield part
    if parts:
        yield Block("items", parts=tuple(parts))


@dataclass
class Draft:
    """A file as its reader understood it."""

    title: str = ""
    date: str = ""  # 2025, 2025-11 or 2025-11-13
    saved: str = ""  # the same, of when its file was: for what says nothing of its date
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """A file read: passages in order, headings begin with their marks (`## `) and nothing else is a heading."""

    title: str
    date: str
    language: str  # ko or en
    passages: tuple[str, ...]
    headings: tuple[bool, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Document":
        return cls(
            str(data["title"]),
            str(data["date"]),
            str(data["language"]),
            tuple(map(str, data["passages"])),
            tuple(map(bool, data["headings"])),
        )
