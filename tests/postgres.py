"""A PostgreSQL of the tests' own, from the binaries of this machine."""

import contextlib
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.store.engine import Engine, engine
from bot.store.tables import metadata

BINARIES = Path("/usr/lib/postgresql/15/bin")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class Postgres:
    """A PostgreSQL of the tests' own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"postgresql+psycopg://gakju@127.0.0.1:{self.port}/postgres"
        # PostgreSQL refuses to run as root.
        self._as = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []

    def _run(self, *command: str) -> None:
        subprocess.run(
            [*self._as, *command], check=True, capture_output=True, cwd=self.folder, env={"PATH": "/usr/bin:/bin"}
        )

    def make(self) -> None:
        if self._as:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run(
            str(BINARIES / "initdb"),
            "-D",
            f"{self.folder}/data",
            "-U",
            "gakju",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        )

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run(
            str(BINARIES / "pg_ctl"),
            "-D",
            f"{self.folder}/data",
            "-o",
            options,
            "-l",
            f"{self.folder}/log",
            "-w",
            "start",
        )

    def empty(self) -> Engine:
        """The database with nothing in it."""
        made = engine(self.url, self.folder)
        with made.begin() as db:
            metadata.drop_all(db)
        return made

    def stop(self) -> None:
        self._run(str(BINARIES / "pg_ctl"), "-D", f"{self.folder}/data", "-m", "immediate", "-w", "stop")


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """One that runs while the block lasts; a test that needs it is skipped where there is none."""
    if not (BINARIES / "initdb").is_file():
        pytest.skip(f"there is no PostgreSQL in {BINARIES}")
    if os.getuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("PostgreSQL does not run as root, and there is no setpriv")
    folder = Path("/tmp") / f"gakju-postgres-{os.getpid()}"  # noqa: S108 - where PostgreSQL's own user may go
    folder.mkdir(mode=0o755)
    server = Postgres(folder)
    try:
        server.make()
        server.start()
        yield server
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
