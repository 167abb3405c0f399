"""Whatever comes from outside: the bot does not fall over, breaks no rule, and answers what comes next."""

import itertools
from typing import Any

from hypothesis import HealthCheck, example, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from telegram import Message, MessageEntity, User
from telegram_server import Server

from bot.phrases import say
from bot.telegram_bot import keyboards
from bot.telegram_bot.addressed import addressed, guest_question, is_for_another, quoted

ME = User(42, "Gakju", is_bot=True, username="gakju_test_bot")
NAMES = itertools.count()
through = limits(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=40
)
words = st.text(
    st.one_of(st.characters(), st.sampled_from("가나다 @/_.\n\u202e\u200d😀<>&\ud800\u0000")), min_size=0, max_size=60
)
offsets = st.integers(-3, 70)
entities = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["mention", "bot_command", "text_mention", "url", "bold", "new_type"]),
            "offset": offsets,
            "length": offsets,
        }
    ),
    max_size=4,
)


def message(text: str, listed: list[dict[str, Any]], kind: str = "supergroup") -> dict[str, Any]:
    for entity in listed:
        if entity["type"] == "text_mention":
            entity["user"] = {"id": 42, "is_bot": True, "first_name": "Gakju"}
    return {
        "message_id": 5,
        "date": 1_750_000_000,
        "chat": {"id": 9, "type": kind, "title": "x"},
        "from": {"id": 9, "is_bot": False, "first_name": "x"},
        "text": text,
        "entities": listed,
    }


@given(text=words, listed=entities, kind=st.sampled_from(["private", "group", "supergroup"]), to_us=st.booleans())
def test_entities_at_any_place_break_nothing(text: str, listed: list[dict[str, Any]], kind: str, to_us: bool) -> None:
    reply = {"reply_to_message": {**message("x", []), "from": ME.to_dict()}} if to_us else {}
    read = Message.de_json({**message(text, listed, kind), **reply}, None)
    said = addressed(read, ME)
    assert isinstance(is_for_another(read, ME), bool)
    assert said is None or isinstance(said.text, str)
    if kind == "private" and said and said.command is None:
        assert set(said.text) <= {*text, " ", "\ufffd"}
    assert isinstance(guest_question(read, ME), str)
    assert quoted(read, ME) == ""


def test_what_is_written_in_a_topic_that_the_bot_opened_is_no_reply_to_it() -> None:
    begun = {**message("", []), "from": ME.to_dict(), "forum_topic_created": {"name": "x", "icon_color": 1}}
    assert addressed(Message.de_json({**message("hello", []), "reply_to_message": begun}, None), ME) is None
    said = {**message("x", []), "from": ME.to_dict()}
    assert addressed(Message.de_json({**message("hello", []), "reply_to_message": said}, None), ME) is not None


@given(before=words, after=words)
def test_a_mention_is_cut_out_wherever_it_stands(before: str, after: str) -> None:
    name = "@Gakju_Test_Bot"
    offset = len(before.encode("utf-16-le", "surrogatepass")) // 2
    text = f"{before}{name}{after}"
    entity = {"type": MessageEntity.MENTION, "offset": offset, "length": len(name)}
    if text.startswith("/"):
        return
    said = addressed(Message.de_json(message(text, [entity]), None), ME)
    assert said is not None
    assert name not in said.text or name in before + after


@given(data=st.text(max_size=80))
def test_data_of_a_button_is_read_or_refused(data: str) -> None:
    press = keyboards.read(data)
    if press:
        assert keyboards.DATA.fullmatch(data)


@given(
    shows=st.text("AZaz09_-", min_size=1, max_size=16),
    action=st.sampled_from("stbmqcud"),
    number=st.integers(0, 999_999),
)
def test_a_buttons_data_says_what_was_put_in_and_fits(shows: str, action: str, number: int) -> None:
    data = keyboards.button("x", shows, action, number)["callback_data"]
    press = keyboards.read(data)
    assert press is not None
    assert (press.shows, press.action, press.number) == (shows, action, number)
    assert len(data.encode()) <= 64


@through
@given(text=words, listed=entities, edited=st.booleans())
@example(text="half a letter: \udaf7", listed=[], edited=False)
def test_any_message_breaks_no_rule(server: Server, text: str, listed: list[dict[str, Any]], edited: bool) -> None:
    person = server.person(f"Person {next(NAMES)}")
    body = message(text, listed, "private")
    body |= {"chat": person.chat.json, "from": person.json, "message_id": 10_000_000}
    server.push({"edited_message" if edited else "message": body})
    server.reply(person.writes("/sources"))


@through
@given(data=st.text(max_size=64))
def test_any_data_of_a_button_is_answered(server: Server, data: str) -> None:
    person = server.person(f"Person {next(NAMES)}", language="en")
    answer = server.reply(person.writes("how many visitors did Solbit have in 2024?"))
    was = answer.html
    pressed = person.forges(answer, data)
    server.wait(lambda: pressed.answer)
    assert pressed.answer is not None
    assert pressed.answer["text"] == say("stale", "en")
    assert answer.html == was


json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@through
@given(
    kind=st.sampled_from(
        ["message", "edited_message", "callback_query", "inline_query", "guest_message", "poll", "new"]
    ),
    body=json,
)
def test_an_update_that_is_none_is_passed_over(server: Server, kind: str, body: Any) -> None:
    server.push({kind: body})
    server.reply(server.person(f"Person {next(NAMES)}").writes("/sources"))
