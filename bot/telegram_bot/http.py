"""Requests to Telegram over connections that stay open.

python-telegram-bot's own way, through httpx, takes four times the processor's time that aiohttp does, and ten times
where 16 requests are on their way at once: more than all else that an answer needs. And whoever must not send twice has
to know of a failed request whether it may have taken effect; here that is told apart.
"""

import asyncio
import json
import os
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.errors import GakjuError

os.environ.setdefault("PTB_TIMEDELTA", "true")  # retry_after as a timedelta; the library warns of the old way each time

SECONDS = 10.0  # to connect; to get the answer, where the caller does not say
UPLOAD_SECONDS = 30.0
IDLE_SECONDS = 20.0  # a connection that rested for longer may be closed just when it is used
LARGEST = 32 * 2**20  # bytes of a response
SERVER_ERRORS: Final = 500
GATEWAY_TIMEOUT: Final = 504
UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotSentError(NetworkError):
    """Telegram cannot have got the request."""


class LostError(NetworkError):
    """The request may have taken effect or not: there was no answer that could be understood."""


class LateError(LostError):
    """There was no answer in time: the request may still take effect."""


class GatewayError(LostError):
    """A server in between gave up, most likely before the one behind it did anything."""


def _parsed(payload: bytes) -> Any:
    """As the library does it, but what cannot be read is not logged: it may be what people wrote."""
    try:
        return json.loads(payload.decode("utf-8", "replace"))
    except ValueError as error:
        raise LostError("an answer that is no JSON") from error


def _checked(status: int, payload: bytes) -> tuple[int, bytes]:
    """An answer, unless a server in between gave up: the one behind it may have done the work.

    Raises:
        GatewayError: it did.
    """
    if status >= SERVER_ERRORS:
        try:
            said = json.loads(payload)
        except ValueError:
            said = None
        if status == GATEWAY_TIMEOUT:
            raise LateError(f"{status} from a server in between")
        if not (isinstance(said, dict) and said.get("ok") is False):
            raise GatewayError(f"{status} from a server in between")
    return status, payload


def request(url: str, connections: int) -> BaseRequest:
    """What carries requests to `url`, at most so many at once.

    Raises:
        GakjuError: the environment names a proxy that cannot be used.
    """
    return Request(url, connections)


class Request(BaseRequest):
    """The library's requests as aiohttp makes them, through a proxy where the environment names one."""

    parse_json_payload = staticmethod(_parsed)

    def __init__(self, url: str, connections: int) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._proxy = _proxy(parts)
        self._room = asyncio.Semaphore(connections)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return SECONDS

    async def initialize(self) -> None:
        """Make the session, which belongs to the loop that runs."""
        if self._session is None:
            tls = httpx.create_ssl_context() if self._secure else True  # with the authorities that httpx brings along
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS, ssl=tls),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "gakju"},
                skip_auto_headers=("Accept", "Accept-Encoding"),
            )

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,  # noqa: ARG002 - writing is part of the time for all
        connect_timeout: Any = None,  # noqa: ARG002
        pool_timeout: Any = None,  # noqa: ARG002 - who waits for a connection has sent nothing
    ) -> tuple[int, bytes]:
        """Send a request and read its answer.

        Raises:
            NotSentError: there was no connection.
            LostError: there was no answer in time, or none that is HTTP.
        """
        assert self._session
        seconds = UPLOAD_SECONDS if request_data and request_data.contains_files else SECONDS
        if isinstance(read_timeout, int | float):
            seconds = max(seconds, read_timeout)
        # When the time for all is over, nobody says whether there was a connection: so connecting has less of it.
        timeout = aiohttp.ClientTimeout(total=SECONDS + seconds, sock_connect=SECONDS, sock_read=seconds)
        body, headers = _encoded(request_data)
        async with self._room:  # the connector's own limit would take the time to wait from the time for all
            try:
                async with self._session.request(
                    method,
                    url,
                    data=body,
                    headers=headers,
                    proxy=self._proxy,
                    allow_redirects=False,
                    timeout=timeout,
                ) as response:
                    return _checked(response.status, await _payload(response))
            except UNSENT as error:  # the text of either has the address in it, and that the token
                raise NotSentError(type(error).__name__) from None
            except TimeoutError as error:
                raise LateError(type(error).__name__) from None
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise LostError(type(error).__name__) from None


def _proxy(parts: SplitResult) -> str | None:
    """The proxy that the environment names for an address.

    Raises:
        GakjuError: it is of a kind that aiohttp does not know.
    """
    named = getproxies().get(parts.scheme)
    if not named or proxy_bypass(parts.hostname or ""):
        return None
    url = named if "://" in named else f"http://{named}"
    if (kind := urlsplit(url).scheme) not in ("http", "https"):
        raise GakjuError(f"{parts.scheme}_proxy names a proxy of the kind {kind}; it takes http or https")
    return url


def _encoded(data: RequestData | None) -> tuple[bytes | aiohttp.FormData, dict[str, str]]:
    """The body of a request, and the headers that it needs."""
    if data is None:
        return b"", {}
    texts = {name: text.encode("utf-8", "replace").decode() for name, text in data.json_parameters.items()}
    if not data.contains_files:  # urllib's urlencode takes ten times as long as all else here for a text in Korean
        return URL.build(query=texts).raw_query_string.encode("ascii"), FORM
    form = aiohttp.FormData()
    for name, text in texts.items():
        form.add_field(name, text)
    for name, (file_name, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form, {}


async def _payload(response: aiohttp.ClientResponse) -> bytes:
    payload = bytearray()
    async for part in response.content.iter_any():
        payload += part
        if len(payload) > LARGEST:
            raise ValueError("an answer of that size is none")
    return bytes(payload)
