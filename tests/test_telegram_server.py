"""The tests' own Telegram: as strict as Telegram's, in its words. What the bot does with it is tested elsewhere."""

import asyncio
import contextlib
import html
import http.client
import json
import os
import re
import signal
import struct
import subprocess
import sys
import threading
import time
import urllib.parse
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters
from telegram_server import Call, Message, Server
from telegram_server.api import mismatches
from telegram_server.formatting import formatted
from telegram_server.text import units

JSON = dict[str, Any]
ROOT = Path(__file__).parent.parent


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


class Api:
    """A client that sends what it is told to, right or wrong."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def __call__(self, method: str, **params: Any) -> Any:
        """The result of a call by JSON; of a refused one its description."""
        answer = self.raw(method, json.dumps(params).encode(), {"Content-Type": "application/json"})
        return answer["result"] if answer["ok"] else answer["description"]

    def raw(self, method: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> JSON:
        answer: JSON = fetch(f"{self.server.url}/bot{self.server.token}/{method}", body, headers)
        return answer


def fetch(url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Any:
    parts = urllib.parse.urlsplit(url)
    with contextlib.closing(http.client.HTTPConnection(parts.netloc, timeout=30)) as connection:
        path = f"{parts.path}?{parts.query}"
        connection.request("GET" if body is None else "POST", path, body, headers or {})
        return json.load(connection.getresponse())


@pytest.fixture
def api(server: Server) -> Api:
    return Api(server)


# ── requests ────────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_token_is_unauthorized(server: Server) -> None:
    answer = fetch(f"{server.url}/bot1:wrong/getMe")
    assert answer == {"ok": False, "error_code": 401, "description": "Unauthorized"}


def test_a_method_that_there_is_not_is_not_found_and_a_violation(server: Server, api: Api) -> None:
    assert api("sendTelegram") == "Not Found"
    assert server.violations == ["sendTelegram: no such method, or none that this server knows"]


FORM = "application/x-www-form-urlencoded"
PARTS = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'


@pytest.mark.parametrize(
    "send",
    [
        pytest.param(lambda api, fields: api.raw(f"sendMessage?{urllib.parse.urlencode(fields)}"), id="GET"),
        pytest.param(
            lambda api, fields: api.raw("sendMessage", urllib.parse.urlencode(fields).encode(), {"Content-Type": FORM}),
            id="form",
        ),
        pytest.param(
            lambda api, fields: api.raw(
                "sendMessage",
                b"".join(PARTS % (name.encode(), value.encode()) for name, value in fields.items()) + b"--x--\r\n",
                {"Content-Type": "multipart/form-data; boundary=x"},
            ),
            id="multipart",
        ),
        pytest.param(
            lambda api, fields: api.raw(
                "sendMessage", json.dumps(fields).encode(), {"Content-Type": "application/json"}
            ),
            id="JSON",
        ),
    ],
)
def test_parameters_are_read_from_a_query_a_form_parts_or_json(
    send: Callable[[Api, dict[str, str]], JSON], server: Server, api: Api
) -> None:
    jieun = server.person("지은")
    markup = json.dumps({"inline_keyboard": [[{"text": "더", "callback_data": "more"}]]})
    answer = send(api, {"chat_id": str(jieun.id), "text": "안녕 😀", "reply_markup": markup, "protect_content": "true"})
    assert answer["ok"], answer
    (message,) = server.sent(jieun)
    assert (message.text, message.button("더").data) == ("안녕 😀", "more")
    server.check()


@pytest.mark.parametrize(
    ("method", "params", "problem"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1}, "message text is empty"),
        ("sendMessage", {"chat_id": 1, "text": "x", "txt": 1}, "sendMessage has no parameter txt"),
        ("sendMessage", {"chat_id": 1.5, "text": "x"}, "can't parse chat_id: Integer is expected"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "protect_content": "maybe"},
            "can't parse protect_content: Boolean",
        ),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": "{"}, "can't parse reply_markup: "),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": 5}]]}},
            "can't parse reply_markup.inline_keyboard[0][0].text: String is expected",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {"message_id": 1, "qoute": "x"}},
            "can't parse reply_parameters: ReplyParameters has no field qoute",
        ),
        ("sendPhoto", {"chat_id": 1}, "photo is empty"),
        ("getUpdates", {"allowed_updates": ["massage"]}, "no update is called massage"),
        ("getUpdates", {"limit": 0}, "limit is from 1 to 100"),
        ("sendMessage", {"chat_id": 1, "text": "\ud800"}, "strings must be encoded in UTF-8"),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "chat"}},
            "can't parse scope: BotCommandScopeChat lacks chat_id",
        ),
    ],
)
def test_a_parameter_that_the_method_does_not_take_is_refused_and_a_violation(
    method: str, params: JSON, problem: str, server: Server, api: Api
) -> None:
    assert api(method, **params).startswith(f"Bad Request: {problem}")
    assert len(server.violations) == 1
    with pytest.raises(AssertionError, match=method):
        server.check()


# ── text ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>굵게</b> <I>x</I>", "굵게 x", [("bold", 0, 2), ("italic", 3, 1)]),
        ("😀<u>a</u>", "😀a", [("underline", 2, 1)]),
        ("&lt;b&gt; &amp;amp; &quot;&#44032;&#x1F600;", '<b> &amp; "가😀', []),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote expandable>a\nb</blockquote>", "a\nb", [("expandable_blockquote", 0, 3)]),
        ('<pre><code class="language-python">x = 1</code></pre>', "x = 1", [("pre", 0, 5)]),
        ("<a href='https://t.me/x_bot?start=p06'>출처</a>", "출처", [("text_link", 0, 2)]),
        ('<a href="tg://user?id=7">a</a>', "a", [("text_mention", 0, 1)]),
        ('<tg-time unix="1735689600" format="D">a</tg-time>', "a", [("date_time", 0, 1)]),
        ("  <b> a </b>\n ", "a", [("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ("/start@x_bot @x_bot #표 https://x.kr/a.", "/start@x_bot @x_bot #표 https://x.kr/a.", [
            ("bot_command", 0, 12), ("mention", 13, 6), ("hashtag", 20, 2), ("url", 23, 14)]),
        ("@x_bot은 /facts를", "@x_bot은 /facts를", []),
    ],
)  # fmt: skip
def test_html_is_read_as_text_and_entities_in_utf_16(
    markup: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    read = formatted(markup, "HTML")
    assert read.text == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in read.entities] == entities
    assert not read.notes


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("가<br/>", 'Unsupported start tag "br/" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x>a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "),
    ],
)
def test_html_that_telegram_cannot_read_is_refused_in_its_words(
    markup: str, problem: str, server: Server, api: Api
) -> None:
    jieun = server.person()
    answer = api("sendMessage", chat_id=jieun.id, text=markup, parse_mode="HTML")
    assert answer.startswith(f"Bad Request: can't parse entities: {problem}")
    assert not server.sent()
    assert server.violations


@pytest.mark.parametrize(
    ("markup", "note"),
    [
        ("R&D", "& that is not written &amp;"),
        ("a&nbsp;b", "& that is not written &amp;"),
        ("a > b", "a > that is not written &gt;"),
        ('<a href="javascript:x()">a</a>', "is no link"),
        ("<b><code>a</code></b>", "bold cannot be nested|cannot be nested"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "inside"),
        ('<b class="x">a</b>', "<b> has no attribute class"),
        ("<b>a</b>" * 101, "101 entities; Telegram keeps the first 100"),
    ],
)
def test_what_telegram_passes_over_in_silence_is_a_violation_all_the_same(
    markup: str, note: str, server: Server, api: Api
) -> None:
    jieun = server.person()
    assert api("sendMessage", chat_id=jieun.id, text=markup, parse_mode="HTML")["message_id"]
    assert re.search(note, server.violations[0])
    assert len(server.sent()[0].entities) <= 100


@pytest.mark.parametrize(
    ("text", "mode", "answer"),
    [
        ("a" * 4096, None, ""),
        ("a" * 4097, None, "message is too long"),
        ("😀" * 2048, None, ""),
        ("😀" * 2049, None, "message is too long"),
        ("<b>" + "&amp;" * 4096 + "</b>", "HTML", ""),
        ("", None, "message text is empty"),
        (" \n ", None, "text must be non-empty"),
        ("\u200b\u200e", None, "text must be non-empty"),
        ("<b> </b>", "HTML", "text must be non-empty"),
        ("*a*", "MarkdownV2", "this server reads no parse mode but HTML"),
        ("a", "XML", "unsupported parse_mode"),
    ],
)
def test_a_text_has_from_1_to_4096_units_after_its_markup_is_read(
    text: str, mode: str | None, answer: str, server: Server, api: Api
) -> None:
    jieun = server.person()
    got = api("sendMessage", chat_id=jieun.id, text=text, **({"parse_mode": mode} if mode else {}))
    assert got == f"Bad Request: {answer}" if answer else got["text"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_out_of_html_as_it_went_in(text: str) -> None:
    read = formatted(html.escape(text), "HTML")
    assert not read.notes
    assert read.text == formatted(text).text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.integers(-3, 30), st.integers(-3, 30))
def test_an_entity_is_kept_within_its_text_or_refused(text: str, offset: int, length: int) -> None:
    try:
        read = formatted(text, None, [{"type": "bold", "offset": offset, "length": length}])
    except Exception as error:
        assert "can't parse entities" in str(error)
    else:
        assert offset >= 0
        assert length > 0
        for entity in read.entities:
            assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= units(read.text)


# ── sending ─────────────────────────────────────────────────────────────────────────────────────


def keyboard(*buttons: JSON) -> JSON:
    return {"inline_keyboard": [[button] for button in buttons]}


@pytest.mark.parametrize(
    ("button", "problem"),
    [
        ({"text": "가", "callback_data": "가" * 21}, ""),
        ({"text": "가", "callback_data": "가" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "가", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "a"}, "can't parse inline keyboard button: text"),
        ({"text": "가"}, "can't parse inline keyboard button: Text buttons are unallowed"),
        ({"text": "가", "callback_data": "a", "url": "https://x.kr"}, "a button does one thing"),
        ({"text": "가", "url": "https://x.kr/"}, ""),
        ({"text": "가", "url": "javascript:x"}, "inline keyboard button URL 'javascript:x' is invalid"),
        ({"text": "가", "copy_text": {"text": "a" * 256}}, ""),
        ({"text": "가", "copy_text": {"text": "a" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "가", "switch_inline_query": ""}, ""),
        (
            {"text": "가", "callback_data": "a", "style": "pink"},
            "can't parse inline keyboard button: invalid button style",
        ),
    ],
)
def test_a_button_has_a_text_and_does_one_thing(button: JSON, problem: str, server: Server, api: Api) -> None:
    answer = api("sendMessage", chat_id=server.person().id, text="a", reply_markup=keyboard(button))
    assert answer.startswith(f"Bad Request: {problem}") if problem else answer["reply_markup"] == keyboard(button)


def test_a_keyboard_has_at_most_100_buttons(server: Server, api: Api) -> None:
    jieun = server.person()
    buttons = [{"text": str(number), "callback_data": str(number)} for number in range(101)]
    assert "message_id" in api("sendMessage", chat_id=jieun.id, text="a", reply_markup=keyboard(*buttons[:100]))
    answer = api("sendMessage", chat_id=jieun.id, text="a", reply_markup=keyboard(*buttons))
    assert answer == "Bad Request: reply markup is too long"


def test_a_reply_needs_its_message_and_a_quote_its_exact_words(server: Server, api: Api) -> None:
    jieun = server.person()
    question = jieun.writes("딥시크 😀 몸값은 얼마야?")

    def reply(**parameters: Any) -> Any:
        return api("sendMessage", chat_id=jieun.id, text="a", reply_parameters=parameters)

    assert reply(message_id=999) == "Bad Request: message to be replied not found"
    assert "reply_to_message" not in reply(message_id=999, allow_sending_without_reply=True)
    assert reply(message_id=question.id, quote="딥시크 몸값") == "Bad Request: QUOTE_TEXT_INVALID"
    sent = reply(message_id=question.id, quote="몸값은")
    assert sent["quote"] == {"text": "몸값은", "position": 7}
    assert sent["reply_to_message"]["text"] == question.text
    jieun.deletes(question)
    assert reply(message_id=question.id) == "Bad Request: message to be replied not found"
    assert server.violations == [f"sendMessage to {jieun.id}: Bad Request: QUOTE_TEXT_INVALID"]


def test_a_topic_is_named_but_general_is_not(server: Server, api: Api) -> None:
    jieun = server.person()
    forum = server.forum("포럼", jieun, topics=["칩"])
    chips = forum.topics["칩"]
    asked = jieun.writes("몇 개야?", forum, topic=chips)
    general = jieun.writes("안녕", forum)

    def send(**params: Any) -> Any:
        return api("sendMessage", chat_id=forum.id, text="a", **params)

    assert (asked.json["is_topic_message"], asked.topic, asked.reply_to) == (True, chips, None)
    assert asked.json["reply_to_message"]["forum_topic_created"]["name"] == "칩"
    assert send(message_thread_id=chips)["is_topic_message"]
    assert send(reply_parameters={"message_id": asked.id})["message_thread_id"] == chips
    assert "message_thread_id" not in send()
    assert send(message_thread_id=1) == "Bad Request: message thread not found"
    assert send(message_thread_id=999) == "Bad Request: message thread not found"
    in_general = jieun.writes("그럼?", forum, reply_to=general)
    assert in_general.json["message_thread_id"] == general.id  # a thread, but no topic
    assert send(message_thread_id=general.id) == "Bad Request: message thread not found"
    assert api("sendMessage", chat_id=jieun.id, text="a", message_thread_id=5).endswith("thread not found")
    team = server.supergroup("팀", jieun)
    thread = jieun.writes("그럼?", team, reply_to=jieun.writes("안녕", team)).json["message_thread_id"]
    assert api("sendMessage", chat_id=team.id, text="a", message_thread_id=thread).endswith("thread not found")


def test_messages_are_counted_by_account_but_in_supergroups_by_chat(server: Server) -> None:
    jieun, minsu = server.person(), server.person("민수")
    group, team, other = server.group("모임", jieun), server.supergroup("팀", jieun), server.supergroup("딴 팀", jieun)
    account = [jieun.writes("a"), minsu.writes("a"), jieun.writes("a", group)]
    assert [message.id - account[0].id for message in account] == [0, 1, 2]
    assert [jieun.writes("a", chat).id for chat in (team, team, other)] == [
        2,
        3,
        2,
    ]  # the first says that there is a chat


def test_a_chat_that_is_not_open_is_refused_in_telegrams_words(server: Server, api: Api) -> None:
    jieun, minsu = server.person(), server.person("민수", started=False)
    group, team, away = server.group("모임", jieun), server.supergroup("팀", username="our_team"), server.foreign("남")
    jieun.blocks()
    server.kick(team)
    moved = server.migrate(group)

    def send(chat_id: int | str) -> JSON:
        body = json.dumps({"chat_id": chat_id, "text": "a"}).encode()
        answer = api.raw("sendMessage", body, {"Content-Type": "application/json"})
        return {name: value for name, value in answer.items() if name != "ok"}

    forbidden = {"error_code": 403}
    assert send(4) == {"error_code": 400, "description": "Bad Request: chat not found"}
    assert send(minsu.id) == {**forbidden, "description": "Forbidden: bot can't initiate conversation with a user"}
    assert send(away.id) == {**forbidden, "description": "Forbidden: bot is not a member of the supergroup chat"}
    assert len(server.violations) == 3
    assert send(jieun.id) == {**forbidden, "description": "Forbidden: bot was blocked by the user"}
    assert send("@our_team") == {**forbidden, "description": "Forbidden: bot was kicked from the supergroup chat"}
    assert send(group.id) == {
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": moved.id},
    }
    assert len(server.violations) == 3  # the last three happen to the best of bots
    jieun.unblocks()
    assert send(jieun.id)["result"]["text"] == "a"
    assert send(moved.id)["result"]["chat"]["type"] == "supergroup"


# ── editing, deleting ───────────────────────────────────────────────────────────────────────────


def test_an_edit_changes_everything_and_keeps_what_was(server: Server, api: Api) -> None:
    jieun = server.person()
    sent = api(
        "sendMessage", chat_id=jieun.id, text="하나", reply_markup=keyboard({"text": "더", "callback_data": "1"})
    )
    where = {"chat_id": jieun.id, "message_id": sent["message_id"]}
    edited = api("editMessageText", **where, text="<b>둘</b>", parse_mode="HTML")
    assert (edited["text"], edited["entities"][0]["type"]) == ("둘", "bold")
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= edited["date"]
    (message,) = server.sent(jieun)
    assert [before["text"] for before in message.history] == ["하나"]
    assert message.html == "<b>둘</b>"
    server.check()
    assert api("editMessageText", **where, text="둘", parse_mode="HTML")["text"] == "둘"
    assert api("editMessageText", **where, text="둘").startswith("Bad Request: message is not modified: specified new")
    assert api("editMessageReplyMarkup", **where, reply_markup=keyboard({"text": "덜", "callback_data": "2"}))
    assert (message.text, message.button("덜").data) == ("둘", "2")
    assert len(server.violations) == 1


def test_only_the_bots_own_messages_of_the_right_kind_are_edited(server: Server, api: Api) -> None:
    jieun = server.person()
    question = jieun.writes("안녕")
    asking = api("sendMessage", chat_id=jieun.id, text="뭐?", reply_markup={"force_reply": True})["message_id"]
    plain = api("sendMessage", chat_id=jieun.id, text="뭐?")["message_id"]

    def edit(method: str, message_id: int, **params: Any) -> Any:
        return api(method, chat_id=jieun.id, message_id=message_id, **params)

    assert edit("editMessageText", 999, text="a") == "Bad Request: message to edit not found"
    assert edit("editMessageText", question.id, text="a") == "Bad Request: message can't be edited"
    assert edit("editMessageText", asking, text="a") == "Bad Request: message can't be edited"
    assert edit("editMessageCaption", plain, caption="a") == "Bad Request: there is no caption in the message to edit"
    assert api("editMessageText", text="a", inline_message_id="no") == "Bad Request: MESSAGE_ID_INVALID"


def test_a_deleted_message_is_gone(server: Server, api: Api) -> None:
    jieun = server.person()
    team = server.supergroup("팀", jieun)
    sent = api("sendMessage", chat_id=team.id, text="a")["message_id"]
    assert api("deleteMessage", chat_id=team.id, message_id=sent) is True
    assert api("deleteMessage", chat_id=team.id, message_id=sent) == "Bad Request: message to delete not found"
    assert (server.sent(team), [message.id for message in server.sent(team, deleted=True)]) == ([], [sent])
    strange = jieun.writes("a", team)
    assert api("deleteMessage", chat_id=team.id, message_id=strange.id) == "Bad Request: message can't be deleted"


# ── pictures and files ──────────────────────────────────────────────────────────────────────────


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_bot(server: Server, act: Callable[[Bot], Any]) -> Any:
    """What python-telegram-bot itself makes of a call."""

    async def run() -> Any:
        async with Bot(server.token, f"{server.url}/bot", f"{server.url}/file/bot") as bot:
            return await act(bot)

    return asyncio.run(run())


def test_a_picture_is_read_whole(server: Server) -> None:
    jieun = server.person()
    chart = png(40, 30)
    sent = with_bot(server, lambda bot: bot.send_photo(jieun.id, chart, caption="<b>차트</b>", parse_mode="HTML"))
    assert (sent.photo[0].width, sent.photo[0].height) == (40, 30)
    (message,) = server.sent(jieun)
    assert (message.file, message.text, message.html) == (chart, "차트", "<b>차트</b>")
    again = with_bot(server, lambda bot: bot.send_photo(jieun.id, sent.photo[0].file_id))
    assert again.photo[0].file_id == sent.photo[0].file_id
    server.check()


@pytest.mark.parametrize(
    ("picture", "caption", "problem"),
    [
        (png(40, 30)[:-20], "", "Image_process_failed"),
        (b"<svg/>", "", "Image_process_failed"),
        (png(5000, 5001), "", "Photo_invalid_dimensions"),
        (png(1, 21), "", "Photo_invalid_dimensions"),
        (b"", "", "File must be non-empty"),
        (png(4, 3), "a" * 1025, "Message caption is too long"),
    ],
    ids=["half", "SVG", "large", "narrow", "empty", "long caption"],
)
def test_a_picture_that_telegram_does_not_show_is_refused(
    picture: bytes, caption: str, problem: str, server: Server
) -> None:
    jieun = server.person()
    with pytest.raises(BadRequest, match=problem):
        with_bot(server, lambda bot: bot.send_photo(jieun.id, picture, caption=caption))
    assert not server.sent()


def test_a_document_goes_both_ways(server: Server) -> None:
    jieun = server.person()
    there = jieun.sends("document", "이거요", content=b"hello", name="메모.txt")

    async def back(bot: Bot) -> bytes:
        file = await bot.get_file(there.json["document"]["file_id"])
        content = bytes(await file.download_as_bytearray())
        await bot.send_document(jieun.id, content, filename="답.txt")
        return content

    assert with_bot(server, back) == b"hello"
    (message,) = server.sent()
    assert (message.file, message.json["document"]["file_name"]) == (b"hello", "답.txt")


def test_a_picture_is_put_in_the_place_of_another(server: Server) -> None:
    jieun = server.person()

    async def change(bot: Bot) -> None:
        sent = await bot.send_photo(jieun.id, png(4, 3), caption="하나")
        await sent.edit_media(InputMediaPhoto(png(8, 6), caption="둘"))
        await sent.edit_caption("셋")

    with_bot(server, change)
    (message,) = server.sent()
    assert message.json["photo"][0]["width"] == 8
    assert [before["caption"] for before in message.history] + [message.text] == ["하나", "둘", "셋"]
    server.check()


# ── buttons, inline, guests ─────────────────────────────────────────────────────────────────────


def test_a_press_is_answered_once(server: Server, api: Api) -> None:
    jieun = server.person()
    api("sendMessage", chat_id=jieun.id, text="a", reply_markup=keyboard({"text": "더", "callback_data": "1"}))
    press = jieun.presses(server.sent()[0], "더")
    assert press.json["data"] == "1"
    with pytest.raises(AssertionError, match="the press of '1' was never answered"):
        server.check()
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert api("answerCallbackQuery", callback_query_id=press.id, text="가" * 201) == "Bad Request: MESSAGE_TOO_LONG"
    assert api("answerCallbackQuery", callback_query_id=press.id, text="네") is True
    assert press.text == "네"
    assert server.unanswered_callbacks() == []
    assert api("answerCallbackQuery", callback_query_id=press.id) == too_old
    assert api("answerCallbackQuery", callback_query_id="1") == too_old
    assert len(server.violations) == 3


def test_a_press_needs_a_button_but_a_forger_needs_none(server: Server, api: Api) -> None:
    jieun, minsu = server.person(), server.person("민수")
    question = jieun.writes("안녕")
    api("sendMessage", chat_id=jieun.id, text="a", reply_markup=keyboard({"text": "집", "url": "https://x.kr/"}))
    (message,) = server.sent()
    with pytest.raises(LookupError, match="no button '더' among"):
        jieun.presses(message, "더")
    with pytest.raises(ValueError, match="the bot is told nothing"):
        jieun.presses(message, "집")
    forged = [minsu.forges(message, "x"), jieun.forges(question, "x"), jieun.forges(message, "x", inaccessible=True)]
    assert [press.json["from"]["id"] for press in forged] == [minsu.id, jieun.id, jieun.id]
    assert forged[2].json["message"] == {"chat": message.chat.json, "message_id": message.id, "date": 0}


def article(number: int, **more: Any) -> JSON:
    content = {"message_text": f"답 {number}", **more.pop("content", {})}
    return {"type": "article", "id": str(number), "title": "제목", "input_message_content": content, **more}


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"results": [article(number) for number in range(50)], "is_personal": True}, ""),
        ({"results": [article(number) for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(1), article(1)]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(1, id="가" * 22)]}, "RESULT_ID_INVALID"),
        ({"results": [article(1, title="")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(1, content={"message_text": "<p>", "parse_mode": "HTML"})]}, "can't parse entities"),
        ({"results": [article(1, content={"message_text": "a" * 4097})]}, "message is too long"),
        ({"results": [article(1, text="a")]}, "can't parse results[0]: InlineQueryResultArticle has no field text"),
        ({"results": [article(1, reply_markup=keyboard({"text": "가", "callback_data": ""}))]}, "BUTTON_DATA_INVALID"),
        ({"results": [], "next_offset": "a" * 65}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": "도움말", "start_parameter": "help"}}, ""),
        ({"results": [], "button": {"text": "도움말", "start_parameter": "도움"}}, "START_PARAM_INVALID"),
    ],
)
def test_an_inline_query_is_answered_once_with_at_most_50_messages(
    answer: JSON, problem: str, server: Server, api: Api
) -> None:
    query = server.person().inline("매출")
    got = api("answerInlineQuery", inline_query_id=query.id, **answer)
    if problem:
        assert got.startswith(f"Bad Request: {problem}")
        assert server.unanswered_queries() == [query]
    else:
        assert (got, query.results) == (True, answer["results"])
        assert "query is too old" in api("answerInlineQuery", inline_query_id=query.id, **answer)


def test_a_chosen_result_is_a_message_that_can_be_pressed_and_edited(server: Server, api: Api) -> None:
    jieun = server.person()
    query = jieun.inline("매출")
    buttons = keyboard({"text": "출처", "callback_data": "1"})
    api("answerInlineQuery", inline_query_id=query.id, results=[article(1, reply_markup=buttons)], is_personal=True)
    assert query.answer and query.answer["is_personal"]
    message = jieun.chooses(query, "1")
    assert (message.text, message.json["via_bot"]["id"]) == ("답 1", server.bot["id"])
    press = jieun.presses(message, "출처")
    assert press.json["inline_message_id"] == message.inline_id
    assert "message" not in press.json
    assert api("editMessageText", inline_message_id=message.inline_id, text="다른 답") is True
    assert message.text == "다른 답"


def test_a_guest_gets_one_answer_where_the_bot_is_not(server: Server, api: Api) -> None:
    jieun = server.person()
    query = jieun.summons("@gakju_test_bot 매출은?")
    (update,) = server.pending()
    assert update["guest_message"]["guest_query_id"] == query.id
    sent = api("answerGuestQuery", guest_query_id=query.id, result=article(1))
    (message,) = server.sent()
    assert (message.inline_id, message.text) == (sent["inline_message_id"], "답 1")
    assert "query is too old" in api("answerGuestQuery", guest_query_id=query.id, result=article(1))
    assert api("sendMessage", chat_id=message.chat_id, text="a").startswith("Forbidden: bot is not a member")


# ── the bot's own account ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"commands": [{"command": "help", "description": "도움말"}], "language_code": "ko"}, ""),
        ({"commands": [{"command": "도움말", "description": "도움말"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "Help", "description": "도움말"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "help", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": f"c{at}", "description": "x"} for at in range(101)]}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "language_code": "korean"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ({"commands": [], "scope": {"type": "everyone"}}, "can't parse scope"),
    ],
)
def test_a_menu_has_commands_that_telegram_takes(params: JSON, problem: str, server: Server, api: Api) -> None:
    answer = api("setMyCommands", **params)
    if problem:
        assert answer.startswith(f"Bad Request: {problem}")
    else:
        assert server.commands == {("default", "ko"): [("help", "도움말")]}
        assert api("getMyCommands", language_code="ko") == params["commands"]


def test_what_the_bot_says_of_itself_is_kept_by_language_and_limited(server: Server, api: Api) -> None:
    assert api("setMyDescription", description="답합니다", language_code="ko") is True
    assert api("setMyShortDescription", short_description="a" * 121).endswith("bot short description is too long")
    assert api("setMyName", name="a" * 65).endswith("bot name is too long")
    assert server.texts == {("description", "ko"): "답합니다"}
    assert api("getMyDescription", language_code="ko") == {"description": "답합니다"}


def test_members_and_chats_are_shown(server: Server, api: Api) -> None:
    jieun, minsu = server.person(), server.person("민수")
    team = server.supergroup("팀", jieun)
    assert api("getChat", chat_id=team.id)["title"] == "팀"
    assert api("getChatMember", chat_id=team.id, user_id=jieun.id)["status"] == "creator"
    assert api("getChatMember", chat_id=team.id, user_id=minsu.id)["status"] == "left"
    assert api("getChatMember", chat_id=team.id, user_id=server.bot["id"])["status"] == "member"
    assert api("sendChatAction", chat_id=team.id, action="typing") is True
    assert server.actions == [(team.id, None, "typing")]
    assert api("sendChatAction", chat_id=team.id, action="thinking").startswith("Bad Request: wrong parameter action")


def test_a_bot_reacts_with_one_of_telegrams_emoji(server: Server, api: Api) -> None:
    jieun = server.person()
    question = jieun.writes("안녕")

    def react(*emoji: str) -> Any:
        reaction = [{"type": "emoji", "emoji": one} for one in emoji]
        return api("setMessageReaction", chat_id=jieun.id, message_id=question.id, reaction=reaction)

    assert react("👀") is True
    assert question.reaction == [{"type": "emoji", "emoji": "👀"}]
    assert react("🧾") == "Bad Request: REACTION_INVALID"
    assert react("👀", "👍") == "Bad Request: REACTIONS_TOO_MANY"


@pytest.mark.parametrize(
    ("rich", "problem"),
    [
        ({"html": "<h1>a</h1><table><tr><td>1</td></tr></table><hr/>"}, ""),
        ({"html": "<h1>a"}, "can't parse rich message: Can't find end tag corresponding to start tag"),
        ({"html": "<script>a</script>"}, "can't parse rich message: Unsupported start tag"),
        ({"html": "a" * 32_769}, "rich message is too long"),
        ({"html": "a", "markdown": "a"}, "exactly one of"),
        ({}, "exactly one of"),
    ],
)
def test_a_rich_message_is_closed_and_limited(rich: JSON, problem: str, server: Server, api: Api) -> None:
    answer = api("sendRichMessage", chat_id=server.person().id, rich_message=rich)
    assert answer.startswith(f"Bad Request: {problem}") if problem else "rich_message" in answer


# ── updates ─────────────────────────────────────────────────────────────────────────────────────


def ids(updates: list[JSON]) -> list[int]:
    return [update["update_id"] for update in updates]


def test_an_update_stays_until_a_higher_offset_confirms_it(server: Server, api: Api) -> None:
    jieun = server.person()
    first, second, third = (jieun.writes(text).update_id for text in "가나다")
    assert ids(api("getUpdates")) == ids(api("getUpdates")) == [first, second, third]
    assert ids(api("getUpdates", limit=1)) == [first]
    assert ids(api("getUpdates", offset=second)) == [second, third]
    assert ids(server.pending()) == [second, third]
    assert ids(api("getUpdates", offset=-1)) == [third]
    assert ids(api("getUpdates", offset=third + 1 if third else 0)) == []


def test_an_update_shows_what_was_when_it_was_sent(server: Server, api: Api) -> None:
    jieun = server.person()
    jieun.edits(jieun.writes("하나"), "둘")
    first, second = api("getUpdates")
    assert (first["message"]["text"], second["edited_message"]["text"]) == ("하나", "둘")
    assert "edit_date" not in first["message"]


def test_which_updates_are_wanted_is_remembered(server: Server, api: Api) -> None:
    jieun = server.person()
    jieun.reacts(jieun.writes("하나"), "👍")  # never sent unless asked for
    assert [set(update) - {"update_id"} for update in api("getUpdates")] == [{"message"}]
    api("getUpdates", offset=-1, allowed_updates=["message_reaction"])
    jieun.reacts(jieun.writes("둘"), "👍")
    assert [set(update) - {"update_id"} for update in api("getUpdates")][1:] == [{"message_reaction"}]
    api("getUpdates", allowed_updates=[])
    jieun.writes("셋")
    assert api("getUpdates")[-1]["message"]["text"] == "셋"


def test_a_poll_waits_for_an_update_and_ends_when_there_is_none(server: Server, api: Api) -> None:
    jieun = server.person()
    server.on("getUpdates", lambda _: threading.Timer(0.05, jieun.writes, ["안녕"]).start())
    assert api("getUpdates", timeout=10)[0]["message"]["text"] == "안녕"
    assert api("getUpdates", timeout=1, offset=-1, limit=100)
    began = time.monotonic()
    assert api("getUpdates", timeout=1, offset=200_000_000) == []
    assert time.monotonic() - began > 0.9


def test_a_second_poller_ends_the_first_with_a_conflict(server: Server, api: Api) -> None:
    answers: list[Any] = []
    first = threading.Thread(target=lambda: answers.append(api("getUpdates", timeout=10)))
    first.start()
    server.wait(lambda: server.updates.poller)
    assert api("getUpdates") == []
    first.join()
    conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    assert answers == [conflict]
    assert server.violations == [f"getUpdates: {conflict}"]


def test_a_poller_that_was_killed_is_no_second_poller(server: Server, api: Api) -> None:
    poll = f"import urllib.request; urllib.request.urlopen('{server.url}/bot{server.token}/getUpdates?timeout=30')"
    with subprocess.Popen([sys.executable, "-c", poll]) as process:
        server.wait(lambda: server.updates.poller)
        process.kill()
    server.wait(lambda: not server.updates.poller)
    update_id = server.person().writes("안녕").update_id
    assert ids(api("getUpdates")) == [update_id]
    server.check()


def test_updates_can_come_twice(server: Server, api: Api) -> None:
    jieun = server.person()
    server.duplicate()
    update_id = jieun.writes("하나").update_id
    assert update_id
    assert ids(api("getUpdates")) == [update_id]
    assert ids(api("getUpdates", offset=update_id + 1)) == [update_id]
    assert ids(api("getUpdates", offset=update_id + 1)) == []
    server.redeliver(update_id)
    assert ids(api("getUpdates", offset=update_id + 1)) == [update_id]
    assert server.updates.delivered[update_id] == 3


class Hook(HTTPServer):
    """Where a webhook leads: keeps what is posted, and answers as it is told, then with 200."""

    def __init__(self, *codes: int) -> None:
        self.codes = list(codes)
        self.posts: list[tuple[str | None, JSON]] = []
        super().__init__(("127.0.0.1", 0), HookHandler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class HookHandler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.posts.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], body))
        self.send_response(self.server.codes.pop(0) if self.server.codes else 200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@contextlib.contextmanager
def hook(*codes: int) -> Iterator[Hook]:
    with Hook(*codes) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_webhook_gets_each_update_with_the_secret_until_it_says_yes(server: Server, api: Api) -> None:
    jieun = server.person()
    with hook(503, 500) as there:
        webhook = {"url": there.url, "secret_token": "s3cret", "max_connections": 5}
        assert api("setWebhook", **webhook) is True
        jieun.writes("하나")
        jieun.writes("둘")
        server.wait(lambda: not server.pending())
        assert "webhook is active" in api("getUpdates")
        info = api("getWebhookInfo")
        assert (info["url"], info["pending_update_count"], info["max_connections"]) == (there.url, 0, 5)
        assert info["last_error_message"].startswith("Wrong response from the webhook: 500")
        assert [body["message"]["text"] for _, body in there.posts] == ["하나", "하나", "하나", "둘"]
        assert {secret for secret, _ in there.posts} == {"s3cret"}
        server.redeliver(there.posts[0][1]["update_id"])
        server.wait(lambda: len(there.posts) == 5)
        assert api("deleteWebhook") is True
        jieun.writes("셋")
        assert [update["message"]["text"] for update in api("getUpdates")] == ["셋"]


def test_a_webhook_that_leads_elsewhere_is_not_called(server: Server, api: Api) -> None:
    assert api("setWebhook", url="https://example.com/hook") is True
    server.person().writes("안녕")
    server.wait(lambda: server.updates.webhook and server.updates.webhook.error)
    assert api("getWebhookInfo")["last_error_message"].startswith("Failed to resolve host")
    assert server.pending()


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"url": "http://example.com/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.com", "secret_token": "비밀"}, "secret token contains unallowed characters"),
        ({"url": "https://example.com", "max_connections": 0}, "max_connections is from 1 to 100"),
    ],
)
def test_a_webhook_is_secure(params: JSON, problem: str, api: Api) -> None:
    assert api("setWebhook", **params) == f"Bad Request: {problem}"


# ── what people do ──────────────────────────────────────────────────────────────────────────────


def everything(server: Server, api: Api) -> None:
    """Whatever can happen in a chat, once."""
    wanted = [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
    ]
    wanted += ["callback_query", "my_chat_member", "guest_message", "message_reaction"]
    api("getUpdates", allowed_updates=wanted)
    jieun, minsu = server.person("지은", username="jieun"), server.person("Min", "en")
    group, team = server.group("모임", jieun), server.supergroup("팀", jieun, minsu, username="our_team")
    forum, channel = server.forum("포럼", jieun, topics=["칩"]), server.channel("소식")
    api("sendMessage", chat_id=team.id, text="답", reply_markup=keyboard({"text": "더", "callback_data": "1"}))
    (answer,) = server.sent()
    jieun.start("p06")
    jieun.edits(jieun.writes("딥시크 몸값은? #칩 https://x.kr"), "매출은?")
    for kind in ("photo", "document", "sticker", "voice", "location", "contact", "poll", "dice"):
        jieun.sends(kind, "설명 @gakju_test_bot" if kind == "photo" else None)
    jieun.writes("/ask@gakju_test_bot 매출", group)
    minsu.writes("and?", team, reply_to=answer, quote="답")
    jieun.writes("칩은?", forum, topic=forum.topics["칩"], reply_to=jieun.writes("안녕", forum))
    minsu.presses(answer, "더")
    minsu.forges(answer, "2", inaccessible=True)
    jieun.reacts(answer, "👍")
    query = jieun.inline("매출")
    api("answerInlineQuery", inline_query_id=query.id, results=[article(1, reply_markup=answer.json["reply_markup"])])
    jieun.presses(jieun.chooses(query, "1", team), "더")
    jieun.summons("@gakju_test_bot 매출")
    server.anonymous(team, "/ask 매출")
    server.via_bot(jieun, "답", team)
    post = server.posts(channel, "새 소식 #칩")
    jieun.edits(post, "헌 소식")
    server.migrate(group)
    server.kick(team)
    server.join(team, jieun, status="administrator")
    jieun.blocks()
    jieun.unblocks()


def test_every_update_has_the_shape_that_telegram_gives_it(server: Server, api: Api) -> None:
    everything(server, api)
    updates = server.pending()
    assert [problem for update in updates for problem in mismatches(update, ("Update",), "update")] == []
    kinds = {kind for update in updates for kind in update if kind != "update_id"}
    assert len(kinds) == 10


def test_python_telegram_bot_reads_every_update(server: Server, api: Api) -> None:
    everything(server, api)
    for update in server.pending():
        read = Update.de_json(update, None)
        assert read.effective_user or read.effective_chat
        assert read.to_json()


def test_commands_and_mentions_are_found_where_utf_16_has_them(server: Server) -> None:
    asked = server.person().writes("😀 @gakju_test_bot /ask 매출")
    assert asked.entities == [
        {"type": "mention", "offset": 3, "length": 15},
        {"type": "bot_command", "offset": 19, "length": 4},
    ]


def test_privacy_mode_hides_what_is_not_for_the_bot() -> None:
    with Server(privacy=True) as server:
        jieun = server.person()
        team = server.supergroup("팀", jieun)
        api = Api(server)
        assert api("getMe")["can_read_all_group_messages"] is False
        api("sendMessage", chat_id=team.id, text="답")
        jieun.writes("그냥 하는 말", team)
        jieun.writes("@gakju_test_bot 이건?", team)
        jieun.writes("/ask@other_bot 이건?", team)
        seen = [jieun.writes("/ask@gakju_test_bot 이건?", team), jieun.writes("/ask 이건?", team)]
        seen += [jieun.writes("그럼?", team, reply_to=server.sent()[0]), jieun.writes("안녕")]
        assert ids(server.pending()) == [message.update_id for message in seen]


# ── what goes wrong ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "error", "takes_effect"),
    [
        ("429", RetryAfter, False),
        ("400", BadRequest, False),
        ("403", Forbidden, False),
        ("500", TelegramError, False),
        ("502", NetworkError, False),
        ("504", NetworkError, False),
        ("502_after", NetworkError, True),
        ("drop_before", NetworkError, False),
        ("drop_after", NetworkError, True),
        ("bad_json", TelegramError, True),
        ("delay", TimedOut, True),
    ],
)
def test_a_fault_is_what_a_bot_would_see_of_it(
    kind: Any, error: type[TelegramError], takes_effect: bool, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    jieun = server.person()
    server.fault("sendMessage", kind, after=1)
    patience = 0.3 if kind == "delay" else 10

    async def act(bot: Bot) -> None:
        await bot.send_message(jieun.id, "이건 되고")
        with pytest.raises(error):
            await bot.send_message(jieun.id, "이건 안 되고", read_timeout=patience)
        await bot.send_message(server.person("민수").id, "이건 된다")

    with_bot(server, act)
    assert len(server.sent()) == 2 + takes_effect
    assert [call.fault for call in server.calls("sendMessage")] == ["", kind, ""]
    server.check()


def test_a_fault_can_be_for_one_chat_and_for_every_method(server: Server, api: Api) -> None:
    jieun, minsu = server.person(), server.person("민수")
    server.fault("*", "500", chat=jieun, description="Internal Server Error: scripted")
    assert api("sendMessage", chat_id=minsu.id, text="a")["text"] == "a"
    assert api("sendChatAction", chat_id=jieun.id, action="typing") == "Internal Server Error: scripted"
    assert api("sendMessage", chat_id=jieun.id, text="a")["text"] == "a"


def test_whoever_asks_again_too_early_breaks_a_rule(server: Server, api: Api) -> None:
    jieun = server.person()
    server.fault("sendMessage", "429", retry_after=3)
    clock = [60.0]
    server.faults.now = lambda: clock[0]
    assert api("sendMessage", chat_id=jieun.id, text="a") == "Too Many Requests: retry after 3"
    server.check()
    clock[0] = 61.0
    assert api("sendMessage", chat_id=jieun.id, text="a") == "Too Many Requests: retry after 2"
    assert server.violations == ["sendMessage: asked again 2.00 s before retry_after was over"]
    clock[0] = 63.0
    assert api("sendMessage", chat_id=jieun.id, text="a")["text"] == "a"


def test_telegrams_limits_of_rate_can_be_kept(server: Server, api: Api) -> None:
    server.flood = True
    clock = [60.0]
    server.faults.now = lambda: clock[0]
    people = [server.person(str(number)) for number in range(31)]
    assert api("sendMessage", chat_id=people[0].id, text="a")["text"] == "a"
    assert api("sendMessage", chat_id=people[0].id, text="b").startswith("Too Many Requests: retry after ")
    answers = [api("sendMessage", chat_id=person.id, text="a") for person in people[1:]]
    assert [isinstance(answer, str) for answer in answers] == [False] * 29 + [True]
    group = server.group("모임", *people)
    for second in range(62, 82):
        clock[0] = float(second)
        assert api("sendMessage", chat_id=group.id, text="a")["text"] == "a"
    clock[0] = 83.0
    assert api("sendMessage", chat_id=group.id, text="a") == "Too Many Requests: retry after 39"
    server.check()


def test_a_repeat_of_what_the_bot_may_not_know_to_be_done_breaks_no_rule(server: Server, api: Api) -> None:
    jieun = server.person()
    sent = api("sendMessage", chat_id=jieun.id, text="a", reply_markup=keyboard({"text": "더", "callback_data": "1"}))
    press = jieun.presses(server.sent()[0], "더")
    server.on("answerCallbackQuery", lambda _: None, when="after")
    server.on("editMessageText", lambda _: None, when="answered")
    for _ in range(2):
        api("answerCallbackQuery", callback_query_id=press.id)
        api("editMessageText", chat_id=jieun.id, message_id=sent["message_id"], text="b")
    server.check()


@pytest.mark.parametrize(
    ("when", "effect"), [("before", False), ("after", True), ("answered", True)], ids=["before", "after", "answered"]
)
def test_a_bot_can_be_killed_at_any_moment_of_a_call(when: Any, effect: bool, server: Server) -> None:
    jieun = server.person()
    query = urllib.parse.urlencode({"chat_id": jieun.id, "text": "a"})
    send = (
        f"import urllib.request; urllib.request.urlopen('{server.url}/bot{server.token}/sendMessage?{query}'); input()"
    )
    with subprocess.Popen([sys.executable, "-c", send], stdin=subprocess.PIPE) as process:

        def kill(_: Call) -> bool:
            os.kill(process.pid, signal.SIGKILL)
            return False

        server.on("sendMessage", kill, when=when)
        assert process.wait() == -signal.SIGKILL
    server.wait(lambda: server.calls("sendMessage"))
    assert bool(server.sent(jieun)) is effect


# ── the server among others ─────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def echo_bot(url: str, token: str) -> Iterator[None]:
    """The bot that python-telegram-bot's users write first, which answers presses too."""

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message
        assert update.effective_message.text
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton("더", callback_data="more")]])
        text = html.escape(update.effective_message.text)
        await update.effective_message.reply_html(f"<b>{text}</b>", reply_markup=buttons, do_quote=True)

    async def press(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query
        await update.callback_query.answer("네")
        await update.callback_query.edit_message_text("더")

    async def run() -> None:
        async with application:
            assert application.updater
            await application.start()
            await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
            await asyncio.to_thread(done.wait)
            await application.updater.stop()
            await application.stop()

    application = Application.builder().token(token).base_url(f"{url}/bot").concurrent_updates(True).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_handler(CallbackQueryHandler(press))
    done = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_an_echo_bot_answers_without_breaking_a_rule(server: Server) -> None:
    jieun = server.person()
    team, forum = server.supergroup("팀", jieun), server.forum("포럼", jieun, topics=["칩"])
    with echo_bot(server.url, server.token):
        asked = jieun.writes("안녕 <b> & 😀")
        answer = server.reply(asked)
        assert (answer.text, answer.reply_to) == (asked.text, asked.id)
        press = jieun.presses(answer, "더")
        server.wait(lambda: answer.text == "더")
        assert press.text == "네"
        assert server.reply(jieun.writes("여기", team)).chat is team
        in_topic = jieun.writes("거기", forum, topic=forum.topics["칩"])
        assert server.reply(in_topic).topic == in_topic.topic
        server.wait(lambda: not server.pending())
    server.check()
    assert [call.code for call in server.calls("sendMessage")] == [200, 200, 200]


def test_waiting_in_vain_tells_what_the_bot_did(server: Server, api: Api) -> None:
    jieun = server.person()
    api("sendMessage", chat_id=jieun.id, text="<p>", parse_mode="HTML")
    question: Message = jieun.writes("안녕")
    with pytest.raises(TimeoutError, match=r"(?s)sendMessage .* 400 .*Unsupported start tag.*violation: "):
        server.reply(question, timeout=0.05)


def test_as_a_process_it_measures_a_bot() -> None:
    command = [sys.executable, "-m", "tests.telegram_server"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        started = json.loads(process.stdout.readline())
        with echo_bot(started["url"], started["token"]):
            body = json.dumps({"chats": 5, "texts": [f"질문 {number}" for number in range(20)]}).encode()
            load = fetch(f"{started['url']}/control/load", body)
            assert fetch(f"{started['url']}/control/violations") == []
        fetch(f"{started['url']}/control/stop", b"{}")
        assert process.wait(timeout=10) == 0
    assert (load["asked"], load["answered"], load["violations"]) == (20, 20, [])
    assert load["rate"] > 0
