"""`gakju facts draft` and `gakju facts accept`: figures proposed from a document, reviewed, and taken over."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from bot import library, reviewing
from bot.errors import GakjuError
from bot.knowledge.corpus import document
from bot.knowledge.proposals import FIGURE, Proposal
from bot.language.writing import plain
from bot.phrases import PROPOSAL_COLUMNS, say
from bot.schema import Language
from bot.settings import settings

Ask = Callable[[str, str], str]  # what to ask and what stands there already → what was typed
FIELDS = ("entity", "metric", "value", "low", "high", "unit", "hedge", "as_of")
KEYS = {"a": "accept", "r": "reject", "c": "correct", "s": "skip", "q": "quit"}
KEYS |= {"ㅁ": "accept", "ㄱ": "reject", "ㅊ": "correct", "ㄴ": "skip", "ㅂ": "quit"}  # the Korean layout


def draft(name: str, review: bool, take: bool, kb: Path | None) -> None:
    """Propose the figures of a document, then review them or take over what was decided."""
    root = kb or settings().kb or library.default_root()
    if take:
        accept(name, kb)
        return
    article, rows = reviewing.propose(root, name)
    spoken = document(article).language
    path = reviewing.path_of(root, article.id)
    if not rows:
        print(say("draft_none", spoken, document=article.id))
        return
    named = f" --kb {kb}" if kb else ""
    if review and sys.stdin.isatty() and sys.stdout.isatty():
        _review_all(root, article.id, rows, spoken, named)
        return
    if review:
        print("gakju: a review takes a terminal; none was made", file=sys.stderr)
    else:
        _table(rows, spoken)
    figures = sum(row.kind == FIGURE for row in rows)
    others = len(rows) - figures
    said = say("draft_written", spoken, path=path, figures=figures, others=others, document=article.id, kb=named)
    print(said, file=sys.stdout if review or sys.stdout.isatty() else sys.stderr)


def accept(name: str, kb: Path | None) -> None:
    """Take over what was decided on the proposals of a document, if the check has nothing against it."""
    root = kb or settings().kb or library.default_root()
    try:
        made, doubtful = reviewing.accept(root, name)
    except reviewing.RefusedError as error:
        print(error, file=sys.stderr)
        raise GakjuError("nothing was changed; correct the rows in facts/drafts/ and accept again") from error
    print(
        f"added: figures {len(made.facts)}, new entities {len(made.entities)}, new metrics {len(made.metrics)}, "
        f"exceptions {len(made.exceptions)}"
    )
    for finding in doubtful:
        print(finding, file=sys.stderr)


def _table(rows: list[Proposal], spoken: Language) -> None:
    cells = [
        (row.kind if row.kind != FIGURE else row.decision, row.written, row.entity, row.metric, _value(row), row.as_of,
         row.passage, row.why or row.reason)
        for row in rows
    ]  # fmt: skip
    if not sys.stdout.isatty():
        for cell in (PROPOSAL_COLUMNS[spoken], *cells):
            print("\t".join(cell))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*PROPOSAL_COLUMNS[spoken], header_style="bold", box=None)
    for cell in cells:
        table.add_row(*map(Text, cell))
    Console().print(table)


def _value(row: Proposal) -> str:
    number = "~".join(_separated(bound) for bound in (row.low, row.high, row.value) if bound)
    return " ".join(part for part in (row.hedge if row.hedge != "range" else "", number, row.unit) if part)


def _separated(number: str) -> str:
    """Digits with their thousands separated; what is none, as it is."""
    return plain(Decimal(number)) if re.fullmatch(r"-?\d+(\.\d+)?", number) else number


# ── one after another ────────────────────────────────────────────────────────────────────────────


def _review_all(root: Path, identifier: str, rows: list[Proposal], spoken: Language, named: str) -> None:
    from prompt_toolkit import prompt

    def ask(question: str, default: str) -> str:
        return prompt(question, default=default)

    try:
        review(rows, ask, lambda decided: reviewing.save(root, identifier, decided), spoken)
    except (EOFError, KeyboardInterrupt):
        print()
    print(say("review_done", spoken, document=identifier, kb=named))


def review(rows: list[Proposal], ask: Ask, save: Callable[[list[Proposal]], None], spoken: Language) -> None:
    """Show each undecided proposal and ask what to do with it; `rows` is changed and saved after every decision."""
    waiting = [index for index, row in enumerate(rows) if not row.decision]
    for number, index in enumerate(waiting, 1):
        print(_shown(rows[index], f"{number}/{len(waiting)}", spoken))
        while (key := KEYS.get(ask(say("review_ask", spoken), "").strip().lower()[:1])) is None:
            pass
        if key == "quit":
            return
        if key == "skip":
            continue
        rows[index] = _decided(rows[index], key, ask, spoken)
        save(rows)


def _decided(row: Proposal, key: str, ask: Ask, spoken: Language) -> Proposal:
    if key == "correct":
        names = FIELDS if row.kind == FIGURE else ("reason",)
        changed = {name: ask(f"  {name}: ", getattr(row, name)).strip() for name in names}
        return replace(row, **changed, decision="accept")
    if key == "reject" and row.kind == FIGURE:
        return replace(row, decision="reject", reason=ask(f"  {say('review_reason', spoken)}: ", row.reason).strip())
    return replace(row, decision=key)


def _shown(row: Proposal, place: str, spoken: Language) -> str:
    lines = ["", f"[{place}] {row.passage}", f"“{row.quote}”"]
    if row.kind != FIGURE:
        lines.append(f"  {say('review_no_figure', spoken)}: {row.written} ({row.reason})")
        return "\n".join(lines)
    new = row.new.split()
    names = (
        f"{getattr(row, field) or '—'}{say('review_new', spoken) if field in new else ''}"
        for field in ("entity", "metric")
    )
    lines.append("  " + " | ".join([*names, _value(row), row.as_of or "—"]))
    if row.why:
        lines.append(f"  ({row.why})")
    return "\n".join(lines)
