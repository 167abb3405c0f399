"""What goes wrong? Scripted failures, limits of rate, and callbacks at the moments when a bot may be killed."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .api import ApiError
from .things import Call
from .world import World

Kind = Literal[
    "400",
    "401",
    "403",
    "409",
    "429",
    "500",
    "502",
    "504",
    "502_after",
    "drop_before",
    "drop_after",
    "delay",
    "bad_json",
]
When = Literal["before", "after", "answered"]
AFTER_EFFECT = frozenset({"502_after", "drop_after", "delay", "bad_json"})
DESCRIPTIONS = {
    "400": "Bad Request: scripted",
    "401": "Unauthorized",
    "403": "Forbidden: bot was blocked by the user",
    "409": "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    "500": "Internal Server Error",
}
EARLY_SECONDS = 0.02  # asking again so much before retry_after is over is a matter of clocks


@dataclass
class Script:
    """What happens to some calls: those of a method and chat, after some that go well."""

    method: str
    chat_id: int | None
    after: int
    times: int

    def meets(self, call: Call) -> bool:
        """Whether it is this call's turn; counts down."""
        if self.method != call.method and (self.method != "*" or call.method == "getUpdates"):
            return False
        if self.times <= 0 or (self.chat_id is not None and self.chat_id != call.chat_id):
            return False
        if self.after:
            self.after -= 1
            return False
        self.times -= 1
        return True


@dataclass
class Fault(Script):
    kind: Kind
    retry_after: int
    seconds: float
    description: str


@dataclass
class Hook(Script):
    when: When
    callback: Callable[[Call], object]


class Faults:
    """Used under World.changed, but for the callbacks, which may take as long as they like."""

    def __init__(self, world: World, *, flood: bool) -> None:
        self.world = world
        self.flood = flood
        self.now = time.monotonic  # a test that must not wait sets its own
        self.faults: list[Fault] = []
        self.hooks: list[Hook] = []
        self._until: dict[tuple[str, object], float] = {}
        self._sent: defaultdict[object, deque[float]] = defaultdict(deque)

    def fault(self, call: Call) -> Fault | None:
        """What was scripted to happen to a call, if anything."""
        found = next((fault for fault in self.faults if fault.meets(call)), None)
        if found is not None:
            call.fault = found.kind
            call.disturbed = found.kind in AFTER_EFFECT
        return found

    def call_hooks(self, call: Call, when: When) -> bool:
        """Call who asked to be called; returns whether to go on."""
        if call.method == "getUpdates" and when != "before" and not call.result:
            return True  # nothing came; the turn is that of a poll with updates
        with self.world.changed:
            hooks = [hook for hook in self.hooks if hook.when == when and hook.meets(call)]
            if hooks:
                call.disturbed = True
        answers = [hook.callback(call) for hook in hooks]
        return not any(answer is False for answer in answers)

    def slow_down(self, call: Call) -> None:
        """Refuse what comes too early or too often.

        Raises:
            ApiError: 429, with the seconds to wait.
        """
        now = self.now()
        for key in ((call.method, call.chat_id), ("*", call.chat_id)):
            early = self._until.get(key, 0) - now
            if early > EARLY_SECONDS:
                self.world.broken(f"{call.method}: asked again {early:.2f} s before retry_after was over")
                raise too_many(math.ceil(early))
        if self.flood and call.method.startswith("send") and call.method != "sendChatAction":
            wait = self._flood(call.chat_id, now)
            if wait > 0:
                seconds = math.ceil(wait)
                self._until["*", call.chat_id] = now + seconds
                raise too_many(seconds)

    def hold(self, call: Call, retry_after: int) -> None:
        """Remember that a call was told to come back later."""
        self._until[call.method, call.chat_id] = self.now() + retry_after

    def _flood(self, chat_id: object, now: float) -> float:
        """Seconds until a message may be sent: 0 for now, which counts as sent."""
        limits: list[tuple[object, int, float]] = [(chat_id, 1, 1.0), (None, 30, 1.0)]
        if isinstance(chat_id, int) and chat_id < 0:
            limits.append(((chat_id, "minute"), 20, 60.0))
        wait = 0.0
        for key, most, seconds in limits:
            sent = self._sent[key]
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= most:
                wait = max(wait, sent[0] + seconds - now)
        if not wait:
            for key, _, _ in limits:
                self._sent[key].append(now)
        return wait


def too_many(seconds: int) -> ApiError:
    return ApiError(f"Too Many Requests: retry after {seconds}", code=429, parameters={"retry_after": seconds})
