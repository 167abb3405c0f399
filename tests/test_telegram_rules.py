"""What is decided about requests, limits and times, without a network."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.store.messages import Outgoing
from bot.telegram_bot import limits
from bot.telegram_bot.fates import Changed, Done, Fate, Lost, Refused, Unsent, of_error, of_result
from bot.telegram_bot.http import LostError, NotSentError
from bot.telegram_bot.limits import Bucket, Incoming
from bot.telegram_bot.limits import Outgoing as Limits
from bot.telegram_bot.lost import edit
from bot.telegram_bot.outbox import Plan

SENT = Outgoing(
    "sendMessage",
    {"chat_id": 5, "text": "<b>1 &lt; 2</b>", "parse_mode": "HTML", "reply_parameters": {"message_id": 3}},
    "a",
)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (LostError("x"), Lost),
        (NotSentError("x"), Unsent),
        (NetworkError("Bad Gateway (502)"), Unsent),
        (NetworkError("Unknown error in HTTP implementation: KeyError()"), Lost),
        (TimedOut(), Unsent),
        (RetryAfter(3), Unsent),
        (InvalidToken(), Unsent),
        (Forbidden("Forbidden: bot was blocked by the user"), Refused),
        (BadRequest("Bad Request: chat not found"), Refused),
        (BadRequest("Bad Request: message is not modified: specified new message content"), Done),
        (BadRequest("Bad Request: message text is empty"), Refused),
        (ChatMigrated(-1005), Changed),
    ],
)
def test_what_an_error_tells_of_a_request(error: TelegramError, kind: type[Fate]) -> None:
    assert isinstance(of_error(error, SENT), kind)


@pytest.mark.parametrize(
    ("said", "ordinary"),
    [
        ("Bad Request: chat not found", True),
        ("Bad Request: message to edit not found", True),
        ("Bad Request: message can't be edited", True),
        ("Bad Request: query is too old and response timeout expired or query ID is invalid", True),
        ("Bad Request: not enough rights to send text messages to the chat", True),
        ("Bad Request: TOPIC_CLOSED", True),
        ("Bad Request: message is too long", False),
        ("Bad Request: BUTTON_DATA_INVALID", False),
    ],
)
def test_what_nobody_could_help_is_told_apart_from_mistakes_of_ours(said: str, ordinary: bool) -> None:
    fate = of_error(BadRequest(said), SENT)
    assert isinstance(fate, Refused)
    assert fate.ordinary is ordinary


def test_a_request_is_made_again_in_a_form_that_may_be_taken() -> None:
    plain = of_error(BadRequest("Bad Request: can't parse entities: Unsupported start tag"), SENT)
    assert isinstance(plain, Changed)
    assert plain.outgoing.params["text"] == "1 < 2"
    assert "parse_mode" not in plain.outgoing.params
    assert isinstance(of_error(BadRequest("can't parse entities"), plain.outgoing), Refused)
    unquoted = of_error(BadRequest("Bad Request: message to be replied not found"), SENT)
    assert isinstance(unquoted, Changed)
    assert "reply_parameters" not in unquoted.outgoing.params
    in_thread = Outgoing("sendMessage", {**SENT.params, "message_thread_id": 7})
    elsewhere = of_error(BadRequest("Bad Request: message thread not found"), in_thread)
    assert elsewhere == Changed(Outgoing("sendMessage", SENT.params))
    assert isinstance(of_error(BadRequest("Bad Request: message thread not found"), SENT), Refused)
    moved = of_error(ChatMigrated(-1005), SENT)
    assert isinstance(moved, Changed)
    assert moved.outgoing.params["chat_id"] == -1005
    assert moved.migrated == (5, -1005)


@pytest.mark.parametrize("error", [InvalidToken("Not Found"), BadRequest("Bad Request: unknown method")])
def test_a_rich_message_is_sent_as_html_where_it_is_not_known(error: TelegramError) -> None:
    rich = Outgoing("sendRichMessage", {"chat_id": 5, "rich_message": {}}, "a", {"chat_id": 5, "text": "x"})
    fate = of_error(error, rich)
    assert isinstance(fate, Changed)
    assert fate.outgoing == Outgoing("sendMessage", {"chat_id": 5, "text": "x"}, "a")


def test_a_server_that_cannot_edit_is_not_asked_to_for_ever() -> None:
    assert isinstance(of_error(InvalidToken("Not Found"), Outgoing("editMessageReplyMarkup")), Refused)


def test_a_request_that_made_a_message_tells_its_id() -> None:
    assert of_result({"message_id": 7}) == Done(7)
    assert of_result(True) == Done(None)


def test_a_message_is_looked_for_by_what_only_it_has() -> None:
    buttons = {"inline_keyboard": [[{"text": "x", "callback_data": "id.s1"}]]}
    with_buttons = Outgoing("sendMessage", {**SENT.params, "reply_markup": buttons})
    assert edit(with_buttons, 9) == Outgoing(
        "editMessageReplyMarkup", {"chat_id": 5, "message_id": 9, "reply_markup": buttons}
    )
    assert edit(SENT, 9) == Outgoing(
        "editMessageText", {"chat_id": 5, "message_id": 9, "text": "<b>1 &lt; 2</b>", "parse_mode": "HTML"}
    )
    photo = Outgoing("sendPhoto", {"chat_id": 5, "photo": {"png": ""}, "caption": "x"})
    assert edit(photo, 9) == Outgoing("editMessageCaption", {"chat_id": 5, "message_id": 9, "caption": "x"})


def test_a_plan_of_nothing_is_silence() -> None:
    assert Plan() == Plan((), ())


# ── limits ───────────────────────────────────────────────────────────────────────────────────────


def when(waits: Iterable[float]) -> list[float]:
    return [round(wait, 3) for wait in waits]


def test_a_bucket_lets_so_many_pass_at_once_and_then_so_many_a_second() -> None:
    bucket = Bucket(rate=2.0, burst=3)
    assert when(bucket.wait(100.0) for _ in range(5)) == [0, 0, 0, 0.5, 1.0]
    assert bucket.wait(200.0) == 0


@given(rate=st.floats(0.1, 50), burst=st.integers(1, 50), gaps=st.lists(st.floats(0, 5), min_size=1, max_size=60))
def test_in_no_stretch_of_time_does_a_bucket_let_more_pass(rate: float, burst: int, gaps: list[float]) -> None:
    bucket, now, passed = Bucket(rate, burst), 0.0, []
    for gap in gaps:
        now += gap
        passed.append(now + bucket.wait(now))
    assert passed == sorted(passed)
    for start in range(len(passed)):
        for end in range(start, len(passed)):
            assert end - start + 1 <= burst + rate * (passed[end] - passed[start]) + 1e-6


def test_a_load_of_five_hundred_answers_in_a_hundred_chats_waits_for_nothing() -> None:
    out = Limits()
    assert max(out.wait(chat + 1, 0.0) for chat in range(100) for _ in range(5)) == 0


def test_a_group_gets_no_more_than_twenty_messages_in_any_minute() -> None:
    out = Limits()
    sent = sorted(start + out.wait(-5, start) for start in [0.0] * 30 + [100.0] * 30)
    assert all(later - first >= 60 for first, later in zip(sent, sent[20:], strict=False))
    assert sent[:5] == [0.0] * 5


def test_a_private_chat_gets_one_message_a_second_after_a_burst() -> None:
    out = Limits()
    assert when(out.wait(5, 0.0) for _ in range(22))[19:] == [0, 1.0, 2.0]
    assert out.wait(-6, 0.0) == 0


def test_in_all_it_is_thirty_a_second_over_a_minute() -> None:
    out = Limits()
    waits = [out.wait(chat, 0.0) for chat in range(1, 1832)]
    assert max(waits[:1800]) == 0
    assert waits[1829] == pytest.approx(1.0)


def test_what_telegram_says_to_wait_is_waited_in_that_chat() -> None:
    out = Limits()
    out.flooded(5, 10.0, now=100.0)
    assert out.wait(5, 101.0) == pytest.approx(9.0)
    assert out.wait(6, 101.0) == 0
    assert out.wait(5, 120.0) == 0


@pytest.mark.parametrize("chats", [(5, 6, 7), (5, -5, -6, -7, -8, -9)])
def test_told_to_wait_in_one_chat_after_another_all_wait(chats: tuple[int, ...]) -> None:
    out = Limits()
    for chat in chats:
        assert out.wait(99, 101.0) == 0
        out.flooded(chat, 5.0, now=101.0)
    assert out.wait(99, 102.0) == pytest.approx(4.0)
    assert out.wait(0, now=102.0) == 0.0, "answers to presses wait for nobody else's limit"
    out.flooded(5, 50.0, now=107.0)
    assert out.wait(99, 108.0) == 0


def test_groups_that_reached_their_own_limit_silence_nobody_else() -> None:
    out = Limits()
    for chat in (-5, -6, -7, 5):
        out.flooded(chat, 40.0, now=100.0)
    assert out.wait(9, 101.0) == out.wait(-9, 101.0) == 0
    assert out.wait(-6, 101.0) == pytest.approx(39.0)


def test_a_person_who_asks_too_fast_is_told_once_until_answered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PERSON", (1.0, 2))
    people = Incoming()
    assert [people.admits(7, 0.0) for _ in range(4)] == [True, True, False, False]
    assert [people.is_to_be_told(7), people.is_to_be_told(7)] == [True, False]
    assert people.admits(8, 0.0)
    assert people.admits(7, 1.5)
    assert not people.admits(7, 1.5)
    assert people.is_to_be_told(7)


def test_who_asked_long_ago_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REMEMBERED", 3)
    people = Incoming()
    for person in range(10):
        people.admits(person, 0.0)
        people.is_to_be_told(person)
    assert len(people._people._of) == len(people._told) == 3
