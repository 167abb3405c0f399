"""Requests to Telegram: what is sent, what is understood, and what a failure tells."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from urllib.parse import parse_qs

import pytest
from telegram import InputFile
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram_bot import http
from bot.telegram_bot.http import Direct, LostError, NotSentError, Proxied, request

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
        async with server(serve) as url, Direct(4) as client:
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


def test_a_picture_is_sent_in_parts() -> None:
    seen: list[bytes] = []
    post(answered(answer(OK), seen=seen), data(chat_id=5, photo=InputFile(b"\x89PNG\r\n", filename="chart.png")))
    assert b"Content-Type: multipart/form-data; boundary=" in seen[0]
    assert b'name="chat_id"\r\n\r\n5\r\n' in seen[0]
    assert b'name="photo"; filename="chart.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\r\n--' in seen[0]


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
        async with Direct(1) as client:
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


def test_where_the_environment_names_a_proxy_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert isinstance(request("http://bot.example", 1), Direct)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    proxied = request("http://bot.example", 1)
    assert isinstance(proxied, Proxied)

    async def run() -> None:
        async with proxied:
            await proxied.post("http://bot.example/")

    with pytest.raises(NotSentError):
        asyncio.run(run())
    monkeypatch.setenv("no_proxy", "bot.example")
    assert isinstance(request("http://bot.example", 1), Direct)
