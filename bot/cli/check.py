"""`gakju check`: everything in a knowledge base that an editor should mend."""

import sys
from pathlib import Path

from bot import library
from bot.settings import settings


def check(kb: Path | None) -> None:
    """Print each finding as `file:line: what is wrong; what to do`, and exit with 1 if there is any."""
    found = library.findings(kb or settings().kb)
    for finding in found:
        print(finding)
    wrong = sum(finding.error for finding in found)
    if found:
        print(f"gakju: {wrong} errors, {len(found) - wrong} warnings", file=sys.stderr)
        sys.exit(1)
    print("OK")
