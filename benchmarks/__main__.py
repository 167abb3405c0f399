"""Measure and print. A goal that is missed is shown as missed; it is no failure, for times differ by machine."""

import argparse
import os
import platform
import sys
from pathlib import Path

from benchmarks import chats, peers, process, scale, table, warm


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
often only one. A peer always gives three, and never refuses. Questions: tests/questions/ko.jsonl and en.jsonl.
By size: passages of about 40 tokens by a seeded generator, Korean and English in turn; a peer's memory is without its
texts, and what is added to one is indexed anew with all the rest."""


def main() -> None:
    """Print the machine's facts, the table and how to read it."""
    options = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    options.add_argument("--million", action="store_true", help="1,000,000 passages too, which takes half an hour")
    options.add_argument("--texts", type=Path, nargs="+", default=[], help="files as KorQuAD has them, to draw from")
    options.add_argument("--only-scale", action="store_true", help="only the rows by size")
    chosen = options.parse_args()
    rows = [] if chosen.only_scale else table.rows(process.measure(), warm.measure(), chats.measure(), peers.measure())
    rows += scale.rows(scale.SIZES + ((scale.MILLION,) if chosen.million else ()), chosen.texts)
    sys.stdout.write(f"{facts()}\n\n{table.to_text(rows)}\n\n{NOTES}\n")


main()
