"""How fast we may send, and how fast a person may ask. Times are seconds of a clock that only goes forward."""

from collections import OrderedDict
from dataclasses import dataclass, field

PRIVATE = (1.0, 20)  # messages a second in the long run, and at once after a rest
GROUP = (15 / 60, 5)  # never more than 20 within a minute, whenever that begins
OVERALL = (30.0, 1800)  # Telegram counts over about a minute
LOOKS = (5.0, 60)  # edits that look for a message in a private chat
LOOKS_IN_GROUP = (1.0, 30)
PERSON = (1.0, 120)  # questions of one person: more than anyone types, less than would keep us busy
REMEMBERED = 10_000  # chats or people; one that rested for so long is full again anyway
FLOOD_SECONDS = 10.0  # refusals in so many chats within this are a limit on all
FLOODED_PRIVATE, FLOODED = 3, 6


@dataclass
class Bucket:
    """So many at once, and so many a second in the long run."""

    rate: float
    burst: float
    full_at: float = 0.0  # when it will be as if nothing had been taken

    def wait(self, now: float) -> float:
        """Take one; returns the seconds until it may be used."""
        self.full_at = max(self.full_at, now) + 1 / self.rate
        return max(0.0, self.full_at - now - self.burst / self.rate)

    def try_take(self, now: float) -> bool:
        """Take one if there is one."""
        if max(self.full_at, now) + 1 / self.rate - now > self.burst / self.rate:
            return False
        self.wait(now)
        return True


@dataclass
class Buckets:
    """A bucket for each chat or person."""

    _of: OrderedDict[int, Bucket] = field(default_factory=OrderedDict)

    def get(self, key: int, rate: float, burst: float) -> Bucket:
        bucket = self._of.setdefault(key, Bucket(rate, burst))
        self._of.move_to_end(key)
        if len(self._of) > REMEMBERED:
            self._of.popitem(last=False)
        return bucket


class Outgoing:
    """When a message may be sent."""

    def __init__(self) -> None:
        self._overall = Bucket(*OVERALL)
        self._chats = Buckets()
        self._looks = Buckets()
        self._paused: dict[int, float] = {}  # chat → when it may be sent to again
        self._told: dict[int, float] = {}  # chat → when Telegram last said to wait
        self._all_paused = 0.0

    def wait(self, chat: int, now: float) -> float:
        """Count one message to a chat (0: to none); returns the seconds until it may be sent."""
        if not chat:
            return self.pause(chat, now)
        bucket = self._chats.get(chat, *(PRIVATE if chat > 0 else GROUP))
        return max(self._overall.wait(now), bucket.wait(now), self.pause(chat, now))

    def look(self, chat: int, now: float) -> float:
        """Count one edit that looks for a message; returns the seconds until it may be made."""
        bucket = self._looks.get(chat, *(LOOKS if chat > 0 else LOOKS_IN_GROUP))
        return max(self._overall.wait(now), bucket.wait(now), self.pause(chat, now))

    def pause(self, chat: int, now: float) -> float:
        """The seconds that Telegram told us to wait, as many as are left of them.

        What is sent to no chat is the answer to a press or a query, which waits for nothing but its own limit: it is too
        late soon.
        """
        until = max(self._all_paused if chat else 0.0, self._paused.get(chat, 0.0))
        return max(0.0, until - now)

    def flooded(self, chat: int, seconds: float, now: float) -> None:
        """Telegram said to wait: in this chat, or everywhere if it says so in one chat after another.

        A group has a limit of its own that is soon reached, so a few of them say nothing of the others.
        """
        self._paused = {other: until for other, until in self._paused.items() if until > now}
        self._told = {other: at for other, at in self._told.items() if at > now - FLOOD_SECONDS}
        self._paused[chat] = max(now + seconds, self._paused.get(chat, 0.0))
        self._told[chat] = now
        private = sum(other > 0 for other in self._told)
        if private >= FLOODED_PRIVATE or len(self._told) >= FLOODED:
            self._told.clear()  # these are heeded; what is said later counts anew
            self._all_paused = max(self._all_paused, now + seconds)


class Incoming:
    """Whether a person asks slowly enough to be answered."""

    def __init__(self) -> None:
        self._people = Buckets()
        self._told: OrderedDict[int, None] = OrderedDict()  # those who were asked to slow down

    def admits(self, person: int, now: float) -> bool:
        if self._people.get(person, *PERSON).try_take(now):
            self._told.pop(person, None)
            return True
        return False

    def is_to_be_told(self, person: int) -> bool:
        """Whether to say that it is too much: once, until they have been answered again."""
        first = person not in self._told
        self._told[person] = None
        if len(self._told) > REMEMBERED:
            self._told.popitem(last=False)
        return first
