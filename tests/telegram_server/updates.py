"""How does an update reach the bot? By getUpdates or by its webhook, each until it is confirmed."""

import asyncio
import contextlib
import json
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from .api import JSON, UPDATES, ApiError
from .things import Call
from .world import World

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
FIRST_RETRY_SECONDS = 0.05
LAST_RETRY_SECONDS = 1.0
POLL_LIMIT_SECONDS = 50
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True)
class Update:
    id: int
    line: str  # what goes together: one chat or person, whose updates reach a webhook one after the other
    json: JSON


class Updates:
    """The queue of one bot. Used under World.changed; what sends runs in the server's loop."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.loop: asyncio.AbstractEventLoop | None = None
        self.all: dict[int, Update] = {}
        self.pending: dict[int, Update] = {}
        self.delivered: Counter[int] = Counter()  # how often each was handed out
        self.again: list[Update] = []  # to be handed out once more, confirmed or not
        self.duplicates = 0
        self.allowed: list[str] = []
        self.poller: asyncio.Future[None] | None = None
        self.polled = False  # whether the bot has asked at all
        self.webhook: Webhook | None = None
        self.next_id = 100_000_001

    # ── in ──────────────────────────────────────────────────────────────────────────────────────

    def push(self, body: JSON, line: str = "") -> int:
        """Queue an update, if the bot wants its kind; returns its id."""
        update_id, self.next_id = self.next_id, self.next_id + 1
        kind = next(iter(body))
        # As text and back: what it shows is what was when it was sent.
        update = Update(update_id, line, {"update_id": update_id, **json.loads(json.dumps(body))})
        self.all[update_id] = update
        if kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT:
            self.pending[update_id] = update
            self.wake()
        self.world.changed.notify_all()
        return update_id

    def redeliver(self, update_id: int) -> None:
        self.again.append(self.all[update_id])
        self.wake()

    def allow(self, names: list[str]) -> None:
        """Which kinds are queued from now on; an empty list means those that need no wish.

        Raises:
            ApiError: a kind that there is not.
        """
        if unknown := set(names) - set(UPDATES):
            raise ApiError(f"no update is called {' or '.join(sorted(unknown))}")
        self.allowed = names

    def confirm(self, update_ids: Iterable[int]) -> None:
        for update_id in update_ids:
            self.pending.pop(update_id, None)
        self.world.changed.notify_all()

    def wake(self) -> None:
        """Let whoever waits for updates look again; from any thread."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._look)

    def _look(self) -> None:
        with self.world.changed:
            if self.webhook is not None:
                self.webhook.dispatch()
            elif self.poller is not None and not self.poller.done():
                self.poller.set_result(None)

    # ── out ─────────────────────────────────────────────────────────────────────────────────────

    async def poll(self, call: Call) -> list[JSON]:
        """getUpdates: at most `limit` updates, after `timeout` seconds at the latest."""
        params = call.params
        with self.world.changed:
            if self.webhook is not None:
                raise ApiError(
                    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
                    code=409,
                )
            self.end_poll(OTHER_POLLER)
            limit = params.get("limit", 100)
            if not 1 <= limit <= 100:
                raise ApiError("limit is from 1 to 100")
            if "allowed_updates" in params:
                self.allow(params["allowed_updates"])
            self._forget(params.get("offset", 0))
            self.polled = True
            self.world.changed.notify_all()
            batch = self._batch(limit)
            timeout = min(max(0, params.get("timeout", 0)), POLL_LIMIT_SECONDS)
            if batch or not timeout:
                return batch
            self.poller = waiting = asyncio.get_running_loop().create_future()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(waiting, timeout)
        with self.world.changed:
            if self.poller is waiting:
                self.poller = None
            return self._batch(limit)

    def _forget(self, offset: int) -> None:
        if offset > 0:
            self.confirm([update_id for update_id in self.pending if update_id < offset])
        elif offset < 0:
            self.confirm(list(self.pending)[:offset])

    def _batch(self, limit: int) -> list[JSON]:
        batch = [*self.again, *self.pending.values()][:limit]
        self.again = self.again[limit:]
        if batch and self.duplicates:
            self.duplicates -= 1
            self.again += batch
            self.wake()
        self.delivered.update(update.id for update in batch)
        return [update.json for update in batch]

    def end_poll(self, why: str) -> None:
        """Answer whoever waits for updates with a conflict."""
        if self.poller is not None and not self.poller.done():
            self.poller.set_exception(ApiError(why, code=409))
        self.poller = None

    # ── webhook ─────────────────────────────────────────────────────────────────────────────────

    def set_webhook(self, call: Call) -> str:
        """setWebhook, whose empty address takes it away; returns what was done."""
        params = call.params
        url = params.get("url", "")
        if "allowed_updates" in params:
            self.allow(params["allowed_updates"])
        if params.get("drop_pending_updates"):
            self.confirm(list(self.pending))
        if not url:
            had, self.webhook = self.webhook, None
            return "Webhook was deleted" if had else "Webhook is already deleted"
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ApiError("bad webhook: An HTTPS URL must be provided for webhook")
        secret = params.get("secret_token", "")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise ApiError("secret token contains unallowed characters")
        connections = params.get("max_connections", 40)
        if not 1 <= connections <= 100:
            raise ApiError("max_connections is from 1 to 100")
        self.end_poll("terminated by setWebhook request")
        had = self.webhook
        self.webhook = Webhook(self, url, secret, connections, "certificate" in params)
        self.wake()
        return "Webhook is already set" if had and had.url == url else "Webhook was set"

    def webhook_info(self) -> JSON:
        shown: JSON = {"url": "", "has_custom_certificate": False, "pending_update_count": len(self.pending)}
        if self.webhook is not None:
            shown |= {"url": self.webhook.url, "has_custom_certificate": self.webhook.certificate}
            shown |= {"max_connections": self.webhook.connections, "ip_address": "127.0.0.1"}
            if self.webhook.error:
                shown |= {"last_error_date": self.webhook.error_date, "last_error_message": self.webhook.error}
        if self.allowed:
            shown["allowed_updates"] = self.allowed
        return shown


class Webhook:
    """Posts each update until it is answered with 2xx."""

    def __init__(self, updates: Updates, url: str, secret: str, connections: int, certificate: bool) -> None:
        self.updates = updates
        self.url = url
        self.secret = secret
        self.connections = connections
        self.certificate = certificate
        self.error = ""
        self.error_date = 0
        self.tasks: dict[int, asyncio.Task[None]] = {}
        self.lines: set[str] = set()
        self.client: AsyncHTTPClient | None = None

    def dispatch(self) -> None:
        """Begin to send what may be sent."""
        for update in [*self.updates.again, *self.updates.pending.values()]:
            if len(self.tasks) >= self.connections:
                break
            if update.id in self.tasks or update.line in self.lines:
                continue
            if update in self.updates.again:
                self.updates.again.remove(update)
            self.lines.add(update.line)
            self.tasks[update.id] = asyncio.get_running_loop().create_task(self._deliver(update))

    async def _deliver(self, update: Update) -> None:
        wait = FIRST_RETRY_SECONDS
        while self.updates.webhook is self and not await self._post(update):
            await asyncio.sleep(wait)
            wait = min(2 * wait, LAST_RETRY_SECONDS)
        with self.updates.world.changed:
            del self.tasks[update.id]
            self.lines.discard(update.line)
            if self.updates.webhook is self:
                self.updates.confirm([update.id])
                self.dispatch()

    async def _post(self, update: Update) -> bool:
        if urlsplit(self.url).hostname not in LOOPBACK:
            self._failed("Failed to resolve host: tests go no further than loopback")
            return False
        if self.client is None:
            self.client = AsyncHTTPClient(force_instance=True, max_clients=self.connections)
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        self.updates.delivered[update.id] += 1
        request = HTTPRequest(
            self.url, "POST", headers, json.dumps(update.json), request_timeout=60, validate_cert=False
        )
        try:
            await self.client.fetch(request)
        except HTTPClientError as error:
            self._failed(f"Wrong response from the webhook: {error.code} {error.message}")
        except OSError as error:
            self._failed(f"Connection failed: {error}")
        else:
            return True
        return False

    def _failed(self, why: str) -> None:
        with self.updates.world.changed:
            self.error, self.error_date = why, int(time.time())
            self.updates.world.changed.notify_all()
