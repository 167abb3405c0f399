"""Measure and print. A goal that is missed is shown as missed; it is no failure, for times differ by machine."""

import os
import platform
import sys

from benchmarks import chats, peers, process, table, warm


def facts() -> str:
    """What the figures depend on: the Python, the cores and the peers' versions."""
    return "\n".join(
        (
            f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores",
            ", ".join(contestant.version for contestant in (peers.GAKJU, *peers.PEERS)),
        )
    )


NOTES = f"""\
× is Gakju's value over the peer's. Whole processes are medians of {process.ROUNDS}, taken in turn; in a warm process
each question is asked once. In Telegram, 100 chats ask 500 questions at once through a server on this machine, of
which 50 are different, and then none was asked before. First is the first passage that an answer cites; the first three are its citations,
often only one. A peer always gives three, and never refuses. Questions: tests/questions/ko.jsonl and en.jsonl."""


def main() -> None:
    """Print the machine's facts, the table and how to read it."""
    rows = table.rows(process.measure(), warm.measure(), chats.measure(), peers.measure())
    sys.stdout.write(f"{facts()}\n\n{table.to_text(rows)}\n\n{NOTES}\n")


main()
