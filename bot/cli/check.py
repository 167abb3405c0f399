"""`gakju check`: everything in a knowledge base that an editor should mend."""

import sys
from pathlib import Path

from bot import library
from bot.settings import settings


def check(kb: Path | None) -> None:
    """Print each finding as `file:line: what is wrong; what to do`, and exit with 1 if there is any.

    What keeps the knowledge base from being served is an error; what an editor should look at is told as a warning.
    """
    found = library.findings(kb or settings().kb)
    for finding in found:
        print(
            finding if finding.error else str(finding).replace(f":{finding.line}: ", f":{finding.line}: warning: ", 1)
        )
    wrong = sum(finding.error for finding in found)
    if found:
        print(f"gakju: {_count(wrong, 'error')}, {_count(len(found) - wrong, 'warning')}", file=sys.stderr)
        sys.exit(1)
    print("OK")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
