"""Requests to Telegram: what is sent, what is understood, and what a failure tells."""

import asyncio
import contextlib
import socket
import timeit
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, TypeVar
from urllib.parse import parse_qs, parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from telegram import InputFile
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.errors import GakjuError
from bot.telegram_bot import http
from bot.telegram_bot.http import LostError, NotSentError, request

T = TypeVar("T")
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b'{"ok": true, "result": {"message_id": 7}}'


def answered(*answers: bytes, seen: list[bytes] | None = None, close: bool = False) -> Serve:
    """A server that gives these answers, one for each request, on as many connections as there are."""
    left = list(answers)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while left:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:
                break
            size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            body = await reader.readexactly(size)
            if seen is not None:
                seen.append(head + body)
            if left:
                writer.write(left.pop(0))
                await writer.drain()
            if close:
                break

    return serve


def answer(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers))
    return lines.encode() + b"\r\n" + body


def data(**params: Any) -> RequestData:
    return RequestData([RequestParameter.from_input(name, value) for name, value in params.items()])


@asynccontextmanager
async def server(serve: Serve) -> AsyncIterator[str]:
    tasks: set[asyncio.Task[None]] = set()

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        try:
            await serve(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    listening = await asyncio.start_server(serve_one, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield f"http://127.0.0.1:{port}"
    await asyncio.gather(*tasks, return_exceptions=True)


def with_server(serve: Serve, work: Callable[[BaseRequest, str], Awaitable[T]]) -> T:
    """Do something with a client and the address of a server."""

    async def run() -> T:
        async with server(serve) as url, request(url, 4) as client:
            return await work(client, url)

    return asyncio.run(run())


def post(serve: Serve, params: RequestData | None = None, times: int = 1) -> Any:
    """The result of a request, made so many times."""

    async def work(client: BaseRequest, url: str) -> Any:
        for _ in range(times):
            result = await client.post(f"{url}/bot1:a/sendMessage", params)
        return result

    return with_server(serve, work)


def test_parameters_are_sent_as_a_form_with_json_for_what_is_no_text() -> None:
    seen: list[bytes] = []
    params = data(chat_id=5, text="딥시크 & <b>", reply_markup={"inline_keyboard": []}, flag=True)
    assert post(answered(answer(OK), seen=seen), params) == {"message_id": 7}
    head, _, body = seen[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /bot1:a/sendMessage HTTP/1.1\r\nHost: 127.0.0.1:")
    assert parse_qs(body.decode()) == {
        "chat_id": ["5"],
        "text": ["딥시크 & <b>"],
        "reply_markup": ['{"inline_keyboard": []}'],
        "flag": ["true"],
    }


@given(st.text())
@example("100% + 5 = & ; # ? %41 \n\r\n\u2028 '\" \x00")
@example("\ud83d")
def test_any_text_is_sent_as_it_is_but_for_what_has_no_utf_8(text: str) -> None:
    body, _ = http._encoded(data(text=text))
    assert isinstance(body, bytes)
    assert dict(parse_qsl(body.decode(), keep_blank_values=True)) == {"text": text.encode("utf-8", "replace").decode()}


def test_to_encode_a_request_takes_less_than_half_of_what_urllib_needs() -> None:
    asked = data(chat_id=5, text="딥시크의 기업 가치는 약 150억 달러입니다. " * 30)

    def seconds(work: Callable[[], object]) -> float:
        return min(timeit.repeat(work, number=50, repeat=5))

    assert 2 * seconds(lambda: http._encoded(asked)) < seconds(lambda: urlencode(asked.json_parameters))


def test_a_picture_is_sent_in_parts() -> None:
    seen: list[bytes] = []
    photo = InputFile(b"\x89PNG\r\n", filename="chart.png")
    post(answered(answer(OK), seen=seen), data(chat_id=5, caption="딥시크 \ud83d", photo=photo))
    head, _, body = seen[0].partition(b"\r\n\r\n")
    _, lines = head.split(b"\r\n", 1)
    form = BytesParser(policy=HTTP).parsebytes(lines + b"\r\n\r\n" + body)
    parts = {part.get_param("name", header="content-disposition"): part for part in form.iter_parts()}
    assert {name: part.get_payload(decode=True) for name, part in parts.items()} == {
        "chat_id": b"5",
        "caption": "딥시크 ?".encode(),
        "photo": b"\x89PNG\r\n",
    }
    assert (parts["photo"].get_filename(), parts["photo"].get_content_type()) == ("chart.png", "image/png")


def test_a_connection_is_used_again() -> None:
    connections = 0
    inner = answered(*[answer(OK)] * 3)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await inner(reader, writer)

    post(serve, times=3)
    assert connections == 1


def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    async def work(client: BaseRequest, url: str) -> None:
        for _ in range(3):
            await client.post(url)
            await asyncio.sleep(0.02)

    with_server(answered(*[answer(OK)] * 3, close=True), work)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(answer(OK), id="with its length"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"%x\r\n%s\r\n%x;x=y\r\n%s\r\n0\r\nTrailer: x\r\n\r\n" % (10, OK[:10], len(OK) - 10, OK[10:]),
            id="in chunks",
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + OK, id="until the end"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + answer(OK), id="after a first one"),
        pytest.param(b"HTTP/1.0 200 OK\r\ncontent-length:%d\r\n\r\n" % len(OK) + OK, id="of an old server"),
    ],
)
def test_an_answer_is_understood_however_it_is_written(raw: bytes) -> None:
    assert post(answered(raw, close=True)) == {"message_id": 7}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        answer(b"<html>"),
        answer(b"{}", "504 Gateway Timeout"),
        answer(b"<html>", "502 Bad Gateway"),
        answer(b"", "500 Internal Server Error"),
        answer(b'{"error": "no backend"}', "503 Service Unavailable"),
    ],
)
def test_what_cannot_be_understood_leaves_open_whether_it_was_done(raw: bytes) -> None:
    with pytest.raises(LostError):
        post(answered(raw, close=True))


def test_an_answer_that_does_not_come_leaves_open_whether_it_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "SECONDS", 0.05)

    async def serve(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    with pytest.raises(LostError):
        post(serve)


def test_a_server_that_is_not_there_has_not_got_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

    async def run() -> None:
        async with request(f"http://127.0.0.1:{port}", 1) as client:
            await client.post(f"http://127.0.0.1:{port}/")

    with pytest.raises(NotSentError):
        asyncio.run(run())


def test_a_server_that_does_not_speak_tls_has_not_got_it() -> None:
    async def work(client: BaseRequest, url: str) -> None:
        with pytest.raises(NotSentError):
            await client.post(url.replace("http:", "https:"))

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"what?")

    with_server(serve, work)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        ("400 Bad Request", b'{"ok": false, "description": "Bad Request: no"}', BadRequest),
        ("429 Too Many Requests", b'{"ok": false, "parameters": {"retry_after": 3}}', RetryAfter),
        ("400 Bad Request", b'{"ok": false, "parameters": {"migrate_to_chat_id": -1005}}', ChatMigrated),
        ("502 Bad Gateway", b'{"ok": false, "description": "Bad Gateway"}', NetworkError),
    ],
)
def test_what_telegram_refuses_is_the_librarys_error(status: str, body: bytes, kind: type[Exception]) -> None:
    with pytest.raises(kind) as error:
        post(answered(answer(body, status)))
    assert not isinstance(error.value, LostError | NotSentError)


def test_no_more_requests_are_on_their_way_at_once_than_allowed() -> None:
    most = now = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal most, now
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1
        await answered(answer(OK), close=True)(reader, writer)

    async def work(client: BaseRequest, url: str) -> None:
        await asyncio.gather(*(client.post(url) for _ in range(12)))

    with_server(serve, work)
    assert most <= 4


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("http", "https", "no", "all"):
        for variable in (f"{name}_proxy", f"{name}_PROXY".upper()):
            monkeypatch.delenv(variable, raising=False)
    return monkeypatch


def posted_to(url: str, other: str) -> None:
    """Make a request to `other` with a client for `url`."""

    async def run() -> None:
        async with request(url, 1) as client:
            await client.post(other)

    asyncio.run(run())


@pytest.mark.parametrize("scheme", ["", "http://", "http://somebody:secret@"])
def test_where_the_environment_names_a_proxy_it_is_used(scheme: str, environment: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    async def run() -> None:
        async with server(answered(answer(OK), seen=seen)) as proxy:
            environment.setenv("http_proxy", proxy.replace("http://", scheme))
            async with request("http://bot.example", 1) as client:
                assert await client.post("http://bot.example/bot1:a/getMe") == {"message_id": 7}

    asyncio.run(run())
    assert seen[0].startswith(b"POST http://bot.example/bot1:a/getMe HTTP/1.1\r\n")
    assert (b"Proxy-Authorization: Basic " in seen[0]) == ("@" in scheme)


def test_a_proxy_that_is_not_there_has_not_got_it(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("http_proxy", "http://127.0.0.1:1")
    with pytest.raises(NotSentError):
        posted_to("http://bot.example", "http://bot.example/")


def test_what_a_proxy_does_not_let_through_has_not_been_got(environment: pytest.MonkeyPatch) -> None:
    async def refusing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"CONNECT bot.example:443 ")
        writer.write(answer(b"", "403 Forbidden"))

    async def run() -> None:
        async with server(refusing) as proxy:
            environment.setenv("https_proxy", proxy)
            async with request("https://bot.example", 1) as client:
                with pytest.raises(NotSentError):
                    await client.post("https://bot.example/bot1:a/getMe")

    asyncio.run(run())


def test_a_proxy_is_not_used_for_addresses_that_need_none(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("http_proxy", "http://127.0.0.1:1")
    environment.setenv("no_proxy", "127.0.0.1")
    assert post(answered(answer(OK))) == {"message_id": 7}


def test_a_proxy_that_is_not_of_http_is_an_error_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("https_proxy", "socks5://somebody:secret@127.0.0.1:1")
    with pytest.raises(GakjuError) as error:
        request("https://bot.example", 1)
    assert str(error.value) == "https_proxy names a proxy of the kind socks5; it takes http or https"


@pytest.mark.parametrize(
    "raw",
    [
        answer(b"", "302 Found", "Location: /bot1:canary/other"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nSet-Cookie\r\n\r\n",
        answer(b"<html>1:canary</html>"),
    ],
)
def test_no_error_has_the_token_in_it(raw: bytes) -> None:
    async def work(client: BaseRequest, url: str) -> None:
        for address in (f"{url}/bot1:canary/getMe", "http://127.0.0.1:1/bot1:canary/", "nonsense://1:canary"):
            with pytest.raises(NetworkError) as error:
                await client.post(address)
            assert "canary" not in repr(error.value)
            assert "canary" not in "".join(traceback.format_exception(error.value))

    with_server(answered(raw, close=True), work)


def test_a_request_that_was_cut_off_is_not_made_again() -> None:
    seen: list[bytes] = []

    async def work(client: BaseRequest, url: str) -> None:
        await client.post(f"{url}/1")
        with pytest.raises(LostError):
            await client.post(f"{url}/2")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for said in (answer(OK), b""):
            seen.append((await reader.readuntil(b"\r\n\r\n")).split(b" ")[1])
            writer.write(said)

    with_server(serve, work)
    assert seen == [b"/1", b"/2"]


def test_an_answer_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "LARGEST", 1000)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        with contextlib.suppress(OSError):
            while not writer.is_closing():
                writer.write(b"100\r\n" + bytes(256) + b"\r\n")
                await writer.drain()
                await asyncio.sleep(0)

    with pytest.raises(LostError):
        post(serve)
