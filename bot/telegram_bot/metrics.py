"""What the bot counts, for Prometheus to fetch.

A label is one of a small closed set: never an id, a name or anything that a person wrote.
"""

from typing import Literal, get_args

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from bot.schema import Kind

Outcome = Literal["ok", "too_many", "refused", "failed", "unreachable"]  # 2xx, 429, other 4xx, 5xx, no answer
Place = Literal["update", "telegram", "store", "web"]  # where an error was caught

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
OTHER = "other"
UPDATES = frozenset(
    {
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "chosen_inline_result",
        "guest_message",
        "my_chat_member",
    }
)
METHODS = frozenset(
    {
        "answerCallbackQuery",
        "answerGuestQuery",
        "answerInlineQuery",
        "deleteMessage",
        "deleteWebhook",
        "editMessageMedia",
        "editMessageReplyMarkup",
        "editMessageText",
        "getMe",
        "getUpdates",
        "leaveChat",
        "sendChatAction",
        "sendMessage",
        "sendPhoto",
        "sendRichMessage",
        "setMyCommands",
        "setMyDescription",
        "setMyShortDescription",
        "setWebhook",
    }
)


class Metrics:
    """Counters of one process, in a registry of their own."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, which says when the process started
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._updates = Counter("gakju_updates", "Updates received, by kind.", ["kind"], registry=registry)
        self._answers = Counter("gakju_answers", "Answers given, by kind.", ["kind"], registry=registry)
        self._latency = Histogram(
            "gakju_answer_seconds", "From an update received to its answer sent.", buckets=SECONDS, registry=registry
        )
        self._calls = Counter(
            "gakju_telegram_calls",
            "Calls of Telegram, by method and outcome.",
            ["method", "outcome"],
            registry=registry,
        )
        self._retries = Counter("gakju_telegram_retries", "Calls of Telegram made again.", registry=registry)
        self._errors = Counter("gakju_errors", "Errors, by where they were caught.", ["place"], registry=registry)
        self._queue = Gauge("gakju_queue_length", "Updates stored and not answered yet.", registry=registry)
        self._base = Gauge("gakju_base", "What the knowledge base holds.", ["what"], registry=registry)
        # What has not happened yet is 0: a rate over a series that is not there is no rate.
        for answer in get_args(Kind):
            self._answers.labels(answer)
        for place in get_args(Place):
            self._errors.labels(place)

    def received(self, kind: str) -> None:
        """An update came; `kind` is the name of its field, such as edited_message."""
        self._updates.labels(kind if kind in UPDATES else OTHER).inc()

    def answered(self, kind: Kind, seconds: float) -> None:
        """An answer was sent, `seconds` after its update had been received."""
        self._answers.labels(kind).inc()
        self._latency.observe(seconds)

    def called(self, method: str, outcome: Outcome) -> None:
        """Telegram was called; `method` is as the Bot API spells it, such as sendMessage."""
        self._calls.labels(method if method in METHODS else OTHER, outcome).inc()

    def retried(self) -> None:
        """A call is made again."""
        self._retries.inc()

    def failed(self, place: Place) -> None:
        """An error was caught."""
        self._errors.labels(place).inc()

    def waiting(self, updates: int) -> None:
        """So many updates are stored and not answered yet."""
        self._queue.set(updates)

    def holds(self, documents: int, passages: int, facts: int) -> None:
        """The size of the knowledge base that is served."""
        for what, number in (("documents", documents), ("passages", passages), ("facts", facts)):
            self._base.labels(what).set(number)

    def text(self) -> bytes:
        """All of it in Prometheus' text format, of which CONTENT_TYPE tells."""
        return generate_latest(self.registry)
