"""How is a request read and answered? The HTTP of the Bot API."""

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError, RequestHandler

from . import account, answering, sending
from .api import JSON, METHODS, ApiError, File, read
from .faults import AFTER_EFFECT, DESCRIPTIONS, Fault, too_many
from .things import Call

if TYPE_CHECKING:
    from .server import Server

EFFECTS = {**account.METHODS, **answering.METHODS, **sending.METHODS}
PROXY_PAGE = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center><hr>nginx</body></html>"
PROXY = {"502": "502 Bad Gateway", "504": "504 Gateway Time-out"}


class DroppedError(Exception):
    """The connection is to be cut without an answer."""


class ApiHandler(RequestHandler):
    """`/bot<token>/<method>`."""

    def initialize(self, server: "Server") -> None:
        self.server = server
        self.call: Call | None = None
        self.waiting: asyncio.Task[Any] | None = None
        self.closed = False

    async def get(self, token: str, method: str) -> None:
        await self.post(token, method)

    async def post(self, token: str, method: str) -> None:
        try:
            if token != self.server.token:
                raise ApiError("Unauthorized", code=401)
            self._reply(200, {"ok": True, **await self._result(method)})
        except ApiError as error:
            shown: JSON = {"ok": False, "error_code": error.code, "description": error.description}
            if error.parameters:
                shown["parameters"] = error.parameters
            self._reply(error.code, shown)
        except DroppedError:
            if not self.closed:
                self.detach().close()

    async def _result(self, method: str) -> JSON:
        """The result of a call that went well, as the answer shows it."""
        world, faults = self.server.world, self.server.faults
        if method not in METHODS:
            world.broken(f"{method}: no such method, or none that this server knows")
            raise ApiError("Not Found", code=404)
        call = self.call = Call(method, {}, at=time.monotonic())
        problem = self._read(call)
        with world.changed:
            world.calls.append(call)
            world.changed.notify_all()
        if not faults.call_hooks(call, "before"):
            raise DroppedError
        try:
            with world.changed:
                fault = faults.fault(call)
                if fault is not None and fault.kind not in AFTER_EFFECT:
                    self._fail(call, fault)
                if fault is None:
                    faults.slow_down(call)
                if problem is not None:
                    raise problem
            result, said = await self._effect(call)
        except ApiError as error:
            self._refused(call, error)
            raise
        with world.changed:
            call.code, call.result = 200, result
            world.changed.notify_all()
        if not faults.call_hooks(call, "after"):
            raise DroppedError
        if fault is not None:
            await self._spoil(fault)
        return {"result": result, **({"description": said} if said else {})}

    def _read(self, call: Call) -> ApiError | None:
        """Read parameters and files into the call; returns what is wrong with them."""
        try:
            call.params, call.files = self._body()
            call.params = read(call.method, call.params, call.files)
        except ApiError as error:
            return error
        return None

    def _body(self) -> tuple[JSON, dict[str, File]]:
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        raw: JSON = {}
        for name, values in self.request.arguments.items():
            if len(values) > 1:
                raise ApiError(f"{name} is given {len(values)} times")
            raw[name] = _text(values[0])
        if kind == "application/json" and self.request.body:
            try:
                body = json.loads(self.request.body)
            except ValueError:
                body = None
            if not isinstance(body, dict):
                raise ApiError("can't parse request body as JSON object")
            raw |= body
        elif self.request.body and kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
            raise ApiError(f"a body of {kind or 'no type'} cannot be read")
        try:
            json.dumps(raw, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ApiError("strings must be encoded in UTF-8") from None
        files = {
            name: File(parts[0].filename, parts[0].body, parts[0].content_type)
            for name, parts in self.request.files.items()
        }
        return raw, files

    async def _effect(self, call: Call) -> tuple[Any, str]:
        """Do what is asked; returns the result and what is said of it."""
        updates = self.server.updates
        if call.method == "getUpdates":
            self.waiting = asyncio.ensure_future(updates.poll(call))
            try:
                return await self.waiting, ""
            except asyncio.CancelledError:
                raise DroppedError from None
        with self.server.world.changed:
            if call.method in ("setWebhook", "deleteWebhook"):
                return True, updates.set_webhook(call)
            if call.method == "getWebhookInfo":
                return updates.webhook_info(), ""
            return EFFECTS[call.method](self.server.world, call), ""

    def _fail(self, call: Call, fault: Fault) -> None:
        """Answer as was scripted, without effect."""
        if fault.kind == "drop_before":
            raise DroppedError
        if fault.kind == "429":
            self.server.faults.hold(call, fault.retry_after)
            raise too_many(fault.retry_after)
        if fault.kind in PROXY:
            call.code = int(fault.kind)
            raise HTTPError(int(fault.kind))
        error = ApiError("", code=int(fault.kind), ordinary=True)
        error.description = fault.description or DESCRIPTIONS[fault.kind]
        raise error

    async def _spoil(self, fault: Fault) -> None:
        """Let an answer come late, broken or not at all, although what was asked is done."""
        if fault.kind == "drop_after":
            raise DroppedError
        if fault.kind == "502_after":
            raise HTTPError(502)
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        if fault.kind == "bad_json":
            self.set_header("Content-Type", "application/json")
            await self.finish('{"ok":true,"result":{"message_id":')

    def _refused(self, call: Call, error: ApiError) -> None:
        world = self.server.world
        with world.changed:
            call.code, call.description = error.code, error.description
            rule_broken = not error.ordinary and not call.fault and error.code in (400, 403, 409, 413)
            if rule_broken:
                where = "" if call.chat_id is None else f" to {call.chat_id}"
                world.broken(f"{call.method}{where}: {error.description}")
            world.changed.notify_all()

    def _reply(self, code: int, shown: JSON) -> None:
        if self._finished:
            return
        self.set_status(code)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(shown))  # escaped, as Telegram does: a lone surrogate has no bytes

    def write_error(self, status_code: int, **_: Any) -> None:
        """A proxy's page, in the place of JSON."""
        self.finish(PROXY_PAGE.format(PROXY.get(str(status_code), f"{status_code} Error")))

    def on_finish(self) -> None:
        if self.call is not None and self.call.code:
            self.server.faults.call_hooks(self.call, "answered")

    def on_connection_close(self) -> None:
        self.closed = True
        if self.call is not None:
            self.call.disturbed = True
        if self.waiting is not None and not self.waiting.done():
            self.waiting.cancel()
            with self.server.world.changed:
                self.server.updates.poller = None
                self.server.world.changed.notify_all()

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        if not isinstance(value, HTTPError):
            self.server.world.broken(f"the test server itself failed: {value!r}")
            super().log_exception(typ, value, tb)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise ApiError("strings must be encoded in UTF-8") from None


class FileHandler(RequestHandler):
    """`/file/bot<token>/<file_path>`."""

    def initialize(self, server: "Server") -> None:
        self.server = server

    def get(self, token: str, path: str) -> None:
        file = self.server.world.files.get(path.rpartition("/")[2])
        if token != self.server.token or file is None:
            raise HTTPError(404)
        self.set_header("Content-Type", "application/octet-stream")
        self.finish(file.content)
