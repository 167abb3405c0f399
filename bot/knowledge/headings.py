"""The headings that a passage stands under."""

from bot.knowledge.base import Base
from bot.knowledge.corpus import SECTION
from bot.schema import Passage


def headings_above(passage_id: str, among: int, base: Base) -> list[Passage]:
    """The headings that a passage stands under, or is, the nearest first, `among` so many passages before it."""
    path = f"{base.passages[passage_id].section}{SECTION}"
    before = (base.passages[name] for name in reversed(base.near(passage_id, among, 0)))
    found: dict[str, Passage] = {}
    for other in before:
        if other.heading and path.startswith(f"{other.section}{SECTION}"):
            found.setdefault(other.section, other)
    return list(found.values())
