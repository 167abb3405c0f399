"""How many questions a second? Many chats ask at once, and every one waits for its answer."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from .api import JSON
from .things import Message

if TYPE_CHECKING:
    from .server import Server


@dataclass(frozen=True)
class Load:
    asked: int
    answered: int
    seconds: float  # from the first question to the last answer
    rate: float  # answers a second
    p50_ms: float
    p99_ms: float
    violations: list[str]

    def json(self) -> JSON:
        return asdict(self)


def load(server: "Server", texts: list[str], *, chats: int = 100, timeout: float = 120) -> Load:
    """Ask each text, one chat after the other in turn, without waiting for the answers before it.

    A question is answered by the first message that replies to it; by the n-th message of its chat where the bot
    does not reply. Returns when all are answered, or after `timeout` seconds.
    """
    people = [server.person(f"asker {number}") for number in range(chats)]
    server.wait(lambda: server.updates.polled or server.updates.webhook, timeout)
    asked: list[Message] = []
    with server.world.changed:
        begun = len(server.world.messages)
        asked += [people[at % chats].writes(text) for at, text in enumerate(texts)]
    answers: dict[tuple[int, int], float] = {}  # chat and question → when
    unquoted: defaultdict[int, list[float]] = defaultdict(list)
    seen = begun + len(asked)

    def all_answered() -> bool:
        nonlocal seen
        for message in server.world.messages[seen:]:
            if message.from_bot and message.reply_to is not None:
                answers.setdefault((message.chat_id, message.reply_to), message.at)
            elif message.from_bot:
                unquoted[message.chat_id].append(message.at)
        seen = len(server.world.messages)
        return len(answers) + sum(map(len, unquoted.values())) >= len(asked)

    with server.world.changed:
        server.world.changed.wait_for(all_answered, timeout)
    waits = []
    for question in asked:
        at = answers.get((question.chat_id, question.id))
        if at is None and unquoted[question.chat_id]:
            at = unquoted[question.chat_id].pop(0)
        if at is not None:
            waits.append(at - question.at)
    seconds = max(waits, default=0.0)
    waits.sort()
    return Load(
        asked=len(asked),
        answered=len(waits),
        seconds=round(seconds, 3),
        rate=round(len(waits) / seconds, 1) if seconds else 0.0,
        p50_ms=round(1000 * waits[len(waits) // 2], 1) if waits else 0.0,
        p99_ms=round(1000 * waits[int(len(waits) * 0.99)], 1) if waits else 0.0,
        violations=server.violations,
    )
