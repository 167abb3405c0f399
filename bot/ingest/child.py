"""The process that reads files: no network, no file written, and limits that end it when a file is hostile.

It reads requests from its standard input and answers on its standard output, each a line of JSON; after a
request's line come the bytes of the file. It is `bot.ingest.reader` that starts it.
"""

import json
import sys
from typing import Any

from bot.errors import DocumentError
from bot.ingest.kinds import read

MEMORY = 320 * 2**20  # bytes of address space
CPU_SECONDS = 30  # for one file
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "urllib.",
    "ctypes.dlopen.http",
)
TOO_LARGE = {"problem": "it takes more memory than a document may", "remedy": "divide it into smaller files"}


def limit() -> None:
    """Give up what reading a file has no need of."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def refuse(event: str, _: tuple[Any, ...]) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"reading a document has no need of {event}")

    sys.addaudithook(refuse)


def grant() -> None:
    """Allow the CPU time of one more file; who takes more is ended by the system."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS + 1, hard))


def answer(data: bytes, name: str, suffix: str) -> dict[str, Any]:
    """What a file says, or why it cannot be read."""
    try:
        return read(data, name, suffix).to_json()
    except DocumentError as error:
        return {"problem": error.problem, "remedy": error.remedy}
    except (MemoryError, RecursionError):
        return TOO_LARGE
    except Exception as error:  # the edge: of a damaged file a library may say anything
        return {
            "problem": f"it is damaged ({type(error).__name__})",
            "remedy": "open it in its own program and save it again",
        }


def main() -> None:
    """Answer until the requests end."""
    limit()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while header := requests.readline():
        request = json.loads(header)
        grant()
        data = requests.read(request["size"])
        found = answer(data, request["name"], request["suffix"])
        del data
        try:
            text = json.dumps(found, ensure_ascii=False).encode("utf-8")
        except MemoryError:
            text = json.dumps(TOO_LARGE).encode("utf-8")
        answers.write(text)
        answers.write(b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
