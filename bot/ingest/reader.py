"""Bytes → a document, read in a child process that may die of them."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import PurePath
from types import TracebackType
from typing import Any

from bot.errors import DocumentError
from bot.files import PACKAGES
from bot.ingest.draft import Document

BYTES = 50 * 2**20
SECONDS = 60
ANSWER = 200 * 2**20  # the longest answer that is believed
KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP")  # all that the child gets of the environment


class Reader:
    """Reads one file after another in one child process, which is started again when a file has ended it."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        if self._child:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def read(self, data: bytes, name: str) -> Document:
        """Read a file by its content; its name is its title where it has none.

        Raises:
            DocumentError: it cannot be read; says why, and what to do.
        """
        if len(data) > BYTES:
            raise DocumentError(f"it is larger than {BYTES // 2**20} MB", "divide it into smaller files")
        path = PurePath(name)
        request = {"size": len(data), "name": path.stem, "suffix": path.suffix}
        child = self._child or self._start()
        answer = self._ask(child, json.dumps(request).encode("ascii") + b"\n", data)
        if "problem" in answer:
            raise DocumentError(answer["problem"], answer["remedy"])
        return Document.from_json(answer)

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        self._child = subprocess.Popen(
            [sys.executable, "-B", "-P", "-m", "bot.ingest.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, "PYTHONPATH": str(PACKAGES), "PYTHONUTF8": "1"},
        )
        return self._child

    def _ask(self, child: subprocess.Popen[bytes], header: bytes, data: bytes) -> dict[str, Any]:
        assert child.stdin and child.stdout
        late = threading.Event()

        def end() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._seconds, end)
        timer.start()
        try:
            child.stdin.write(header)
            child.stdin.write(data)
            child.stdin.flush()
            line = child.stdout.readline(ANSWER)
        except BrokenPipeError:
            line = b""
        finally:
            timer.cancel()
        if line.endswith(b"\n"):
            answer: dict[str, Any] = json.loads(line)
            return answer
        self.close()
        if late.is_set() or child.returncode == -getattr(signal, "SIGXCPU", 0):
            raise DocumentError("it takes too long to read", "divide it into smaller files")
        raise DocumentError(
            "it cannot be read, or takes more memory than a file may", "divide it, or save it again in its own program"
        )
