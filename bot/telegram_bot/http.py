"""Requests to Telegram over connections that stay open.

python-telegram-bot's own way, through httpx, takes ten times the processor's time that this does, more than all else
that an answer needs. And whoever must not send twice has to know of a failed request whether it may have taken effect;
here that is told apart. Where a proxy is set in the environment, httpx carries the requests all the same.
"""

import asyncio
import contextlib
import json
import os
import secrets
import ssl
import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import SplitResult, urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx
from telegram.error import NetworkError
from telegram.request import BaseRequest, HTTPXRequest, RequestData

os.environ.setdefault("PTB_TIMEDELTA", "true")  # retry_after as a timedelta; the library warns of the old way each time

SECONDS = 10.0  # to connect; to get the answer, where the caller does not say
UPLOAD_SECONDS = 30.0
IDLE_SECONDS = 20.0  # a connection that rested for longer may be closed just when it is used
LARGEST = 32 * 2**20  # bytes of a response
SERVER_ERRORS: Final = 500
GATEWAY_TIMEOUT: Final = 504


class NotSentError(NetworkError):
    """Telegram cannot have got the request."""


class LostError(NetworkError):
    """The request may have taken effect or not: there was no answer that could be understood."""


def request(url: str, connections: int) -> BaseRequest:
    """What carries requests to `url`, at most so many at once."""
    parts = urlsplit(url)
    if parts.scheme in getproxies() and not proxy_bypass(parts.hostname or ""):
        return Proxied(connection_pool_size=connections, read_timeout=SECONDS, pool_timeout=None)
    return Direct(connections)


def _parsed(payload: bytes) -> Any:
    """As the library does it, but what cannot be read is not logged: it may be what people wrote."""
    try:
        return json.loads(payload.decode("utf-8", "replace"))
    except ValueError as error:
        raise LostError("an answer that is no JSON") from error


def _checked(status: int, payload: bytes) -> tuple[int, bytes]:
    """An answer, unless a server in between gave up: the one behind it may have done the work.

    Raises:
        LostError: it did.
    """
    if status >= SERVER_ERRORS:
        try:
            said = json.loads(payload)
        except ValueError:
            said = None
        if status == GATEWAY_TIMEOUT or not (isinstance(said, dict) and said.get("ok") is False):
            raise LostError(f"{status} from a server in between")
    return status, payload


class Proxied(HTTPXRequest):
    """The library's own requests, with failures told apart."""

    parse_json_payload = staticmethod(_parsed)

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        try:
            status, payload = await super().do_request(*args, **kwargs)
        except NetworkError as error:
            unsent = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
            kind = NotSentError if isinstance(error.__cause__, unsent) else LostError
            raise kind(type(error.__cause__).__name__) from None
        return _checked(status, payload)


@dataclass
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    rested: float = field(default_factory=time.monotonic)

    @property
    def usable(self) -> bool:
        rested = time.monotonic() - self.rested
        return rested < IDLE_SECONDS and not self.reader.at_eof() and not self.writer.is_closing()


class Direct(BaseRequest):
    """HTTP/1.1, as much of it as Telegram's answers need."""

    parse_json_payload = staticmethod(_parsed)

    def __init__(self, connections: int) -> None:
        self._room = asyncio.Semaphore(connections)
        self._idle: list[_Connection] = []
        self._tls: ssl.SSLContext | None = None

    @property
    def read_timeout(self) -> float:
        return SECONDS

    async def initialize(self) -> None:
        """There is nothing to be made ready."""

    async def shutdown(self) -> None:
        """Close the connections."""
        while self._idle:
            connection = self._idle.pop()
            connection.writer.close()
            with contextlib.suppress(OSError):
                await connection.writer.wait_closed()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,  # noqa: ARG002 - writing is part of the time for reading
        connect_timeout: Any = None,  # noqa: ARG002
        pool_timeout: Any = None,  # noqa: ARG002 - who waits for a connection has sent nothing
    ) -> tuple[int, bytes]:
        """Send a request and read its answer.

        Raises:
            NotSentError: there was no connection.
            LostError: there was no answer in time, or none that is HTTP.
        """
        parts = urlsplit(url)
        head, body = _encoded(parts, method, request_data)
        seconds = UPLOAD_SECONDS if request_data and request_data.contains_files else SECONDS
        if isinstance(read_timeout, int | float):
            seconds = max(seconds, read_timeout)
        async with self._room:
            connection = await self._connection(parts)
            stays = False
            try:
                async with asyncio.timeout(seconds):
                    connection.writer.write(head + body)
                    await connection.writer.drain()
                    status, payload, stays = await _answer(connection.reader)
            except (TimeoutError, OSError, EOFError, ValueError, asyncio.LimitOverrunError) as error:
                raise LostError(type(error).__name__) from None
            finally:
                if stays:
                    connection.rested = time.monotonic()
                    self._idle.append(connection)
                else:
                    connection.writer.close()
        return _checked(status, payload)

    async def _connection(self, parts: SplitResult) -> _Connection:
        """One that rests, or a new one."""
        while self._idle:
            connection = self._idle.pop()  # the one that rested for the shortest time
            if connection.usable:
                return connection
            connection.writer.close()
        return await self._connected(parts)

    async def _connected(self, parts: SplitResult) -> _Connection:
        secure = parts.scheme == "https"
        if secure and self._tls is None:
            self._tls = httpx.create_ssl_context()  # with the authorities that the library brings along
        port = parts.port or (443 if secure else 80)
        try:
            async with asyncio.timeout(SECONDS):
                return _Connection(*await asyncio.open_connection(parts.hostname, port, ssl=self._tls, limit=LARGEST))
        except (TimeoutError, OSError) as error:  # ssl's errors are of the second kind
            raise NotSentError(type(error).__name__) from None


def _encoded(parts: SplitResult, method: str, data: RequestData | None) -> tuple[bytes, bytes]:
    """The head and the body of a request."""
    kind, body = "application/x-www-form-urlencoded", b""
    if data and data.contains_files:
        kind, body = _multipart(data)
    elif data:
        body = urlencode(data.json_parameters, errors="replace").encode("ascii")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\nUser-Agent: gakju\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii"), body


def _multipart(data: RequestData) -> tuple[str, bytes]:
    boundary = secrets.token_hex(16)
    parts: list[bytes] = []
    for name, text in data.json_parameters.items():
        parts.append(f'Content-Disposition: form-data; name="{name}"\r\n\r\n{text}'.encode("utf-8", "replace"))
    for name, (file_name, content, kind) in data.multipart_data.items():
        bytes_ = content if isinstance(content, bytes) else content.read()
        disposition = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"'
        parts.append(f"{disposition}\r\nContent-Type: {kind}\r\n\r\n".encode() + bytes_)
    body = b"".join(b"--%s\r\n%s\r\n" % (boundary.encode(), part) for part in parts)
    return f"multipart/form-data; boundary={boundary}", body + f"--{boundary}--\r\n".encode()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
    """The status and body of an answer, and whether the connection stays open after it."""
    status = 100
    while status < 200:  # such as 100 Continue
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        version, code, *_ = f"{lines[0]} ".split(" ")
        if not version.startswith("HTTP/1."):
            raise ValueError("this is no HTTP/1")
        status = int(code)
    headers = {
        name.strip().lower(): value.strip().lower() for name, _, value in (line.partition(":") for line in lines[1:])
    }
    stays = version == "HTTP/1.1" and headers.get("connection") != "close"
    if headers.get("transfer-encoding") == "chunked":
        return status, await _chunks(reader), stays
    if "content-length" in headers:
        size = int(headers["content-length"])
        if not 0 <= size <= LARGEST:
            raise ValueError("an answer of that size is none")
        return status, await reader.readexactly(size), stays
    return status, await reader.read(LARGEST), False


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    chunks: list[bytes] = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        chunks.append(await reader.readexactly(size))
        await reader.readexactly(2)
        if sum(map(len, chunks)) > LARGEST:
            raise ValueError("an answer of that size is none")
    while (await reader.readline()).strip():  # trailers
        pass
    return b"".join(chunks)
