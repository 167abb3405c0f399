"""Who may ask? The list is checked for every kind of update."""

from typing import Literal

from bot.errors import GakjuError
from bot.settings import ANYBODY, Settings

CLOSED = (
    "TELEGRAM_ALLOWED_CHATS is not set: it names the people and chats that this knowledge base is for, or * for all"
)


class Access:
    """The people and chats that are answered."""

    def __init__(
        self, allowed: frozenset[int] | Literal["*"], admins: frozenset[int], moves: dict[int, int] | None = None
    ) -> None:
        """Make the list; `moves` are the new ids of groups on it that became supergroups."""
        self._all = allowed == ANYBODY
        self._ids = set() if allowed == ANYBODY else set(allowed) | admins
        self._admins = admins
        for old, new in (moves or {}).items():
            self.moved(old, new)

    def allows(self, chat: int | None, person: int | None) -> bool:
        """Whether this person is answered in this chat: either of them is on the list."""
        return self._all or chat in self._ids or person in self._ids

    def is_admin(self, person: int | None) -> bool:
        return person in self._admins

    def moved(self, old: int, new: int) -> None:
        """A group became a supergroup: what holds of it holds on."""
        if old in self._ids:
            self._ids.add(new)

    def __len__(self) -> int:
        return len(self._ids)


def check_closed(chosen: Settings, ships: bool) -> frozenset[int] | Literal["*"]:
    """Who is allowed: for the knowledge base that ships all, unless the operator says otherwise.

    Raises:
        GakjuError: another knowledge base has no list.
    """
    if chosen.allowed_chats:
        return chosen.allowed_chats
    if not ships:
        raise GakjuError(CLOSED)
    return ANYBODY
