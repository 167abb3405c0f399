"""What a monitoring system reads of the bot, and what it must never read."""

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.schema import Kind
from bot.telegram_bot.metrics import METHODS, UPDATES, Metrics


def sample(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


def test_updates_are_counted_by_kind() -> None:
    metrics = Metrics()
    for kind in ("message", "message", "callback_query"):
        metrics.received(kind)
    assert sample(metrics, "gakju_updates_total", kind="message") == 2
    assert sample(metrics, "gakju_updates_total", kind="callback_query") == 1


def test_answers_are_counted_by_kind_and_their_time_is_measured() -> None:
    metrics = Metrics()
    metrics.answered("figure", 0.0015)
    metrics.answered("not_found", 3)
    assert sample(metrics, "gakju_answers_total", kind="figure") == 1
    assert sample(metrics, "gakju_answers_total", kind="not_found") == 1
    assert sample(metrics, "gakju_answers_total", kind="passage") == 0
    assert sample(metrics, "gakju_answer_seconds_count") == 2
    assert sample(metrics, "gakju_answer_seconds_sum") == 3.0015


@pytest.mark.parametrize(
    ("seconds", "bucket", "below"), [(0.001, "0.001", None), (0.004, "0.005", "0.002"), (10, "10.0", "5.0")]
)
def test_times_from_1_ms_to_10_s_are_told_apart(seconds: float, bucket: str, below: str | None) -> None:
    metrics = Metrics()
    metrics.answered("figure", seconds)
    assert sample(metrics, "gakju_answer_seconds_bucket", le=bucket) == 1
    assert below is None or sample(metrics, "gakju_answer_seconds_bucket", le=below) == 0


def test_calls_of_telegram_are_counted_by_method_and_outcome() -> None:
    metrics = Metrics()
    metrics.called("sendMessage", "ok")
    metrics.called("sendMessage", "too_many")
    metrics.retried()
    metrics.called("sendMessage", "ok")
    assert sample(metrics, "gakju_telegram_calls_total", method="sendMessage", outcome="ok") == 2
    assert sample(metrics, "gakju_telegram_calls_total", method="sendMessage", outcome="too_many") == 1
    assert sample(metrics, "gakju_telegram_retries_total") == 1


def test_errors_the_queue_and_the_knowledge_base_are_told() -> None:
    metrics = Metrics()
    metrics.failed("store")
    metrics.waiting(3)
    metrics.waiting(2)
    metrics.holds(documents=1, passages=68, facts=59)
    assert sample(metrics, "gakju_errors_total", place="store") == 1
    assert sample(metrics, "gakju_errors_total", place="web") == 0
    assert sample(metrics, "gakju_queue_length") == 2
    assert [sample(metrics, "gakju_base", what=what) for what in ("documents", "passages", "facts")] == [1, 68, 59]


@limits(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=20))
def test_a_label_is_of_a_small_closed_set_whatever_comes(words: list[str]) -> None:
    metrics = Metrics()
    for word in words:
        metrics.received(word)
        metrics.called(word, "ok")
    for name in ("answers", "errors", "base"):
        assert f"gakju_{name}" in metrics.text().decode()
    allowed = {*UPDATES, *METHODS, *get_args(Kind), "other", "ok", "update", "telegram", "store", "web"}
    labels = re.findall(r'(?:kind|method|outcome|place)="([^"]*)"', metrics.text().decode())
    assert set(labels) <= allowed


def test_two_bots_in_one_process_do_not_count_together() -> None:
    first, second = Metrics(), Metrics()
    first.received("message")
    assert sample(second, "gakju_updates_total", kind="message") is None


def test_the_text_is_what_prometheus_reads() -> None:
    metrics = Metrics()
    metrics.received("message")
    lines = metrics.text().decode().splitlines()
    assert "# TYPE gakju_updates_total counter" in lines
    assert 'gakju_updates_total{kind="message"} 1.0' in lines
    assert not [line for line in lines if "_created" in line]
    assert all(re.fullmatch(r"#.*|[a-z_]+(\{[^}]*\})? [0-9.e+-]+", line) for line in lines)
