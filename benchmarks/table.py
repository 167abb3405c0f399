"""Measurements → the one table that is printed."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.chats import Chats
from benchmarks.peers import GAKJU, PEERS, Score
from benchmarks.process import Processes
from benchmarks.warm import Warm
from bot.schema import Language

HEAD = ("", GAKJU.name, "reach", "reached", *(peer.name for peer in PEERS))
ECHO = 0.7  # of the echo bot's answers a second
LANGUAGES: tuple[tuple[Language, str], ...] = (("ko", "Korean"), ("en", "English"))


@dataclass(frozen=True)
class Row:
    """One line: what was measured, ours, the most that it may be, and the peers'. None where there is none."""

    what: str
    ours: float
    shown: Callable[[float], str]
    limit: float | None = None
    theirs: tuple[float | None, ...] = ()

    def cells(self) -> tuple[str, ...]:
        """As printed; after a peer's value comes how many times that ours is."""
        reach = reached = ""
        if self.limit is not None:
            reach, reached = self.shown(self.limit), "yes" if self.ours < self.limit else "NO"
        theirs = [f"{self.shown(value)} ({times(self.ours / value)})" if value else "–" for value in self.theirs]
        return self.what, self.shown(self.ours), reach, reached, *theirs


def seconds(value: float) -> str:
    """Seconds, to the hundredth."""
    return f"{value:.2f} s"


def milliseconds(value: float) -> str:
    """Milliseconds, to the hundredth."""
    return f"{value:.2f} ms"


def megabytes(value: float) -> str:
    """Millions of bytes."""
    return f"{value:.0f} MB"


def share(value: float) -> str:
    """A share from 0 to 1, in percent."""
    return f"{value:.0%}"


def times(value: float) -> str:
    """A ratio of two values."""
    return f"×{value:.1f}"


def rows(processes: Processes, warm: Warm, chats: Chats, scores: dict[tuple[str, Language], Score]) -> list[Row]:
    """The rows of the goals, each with its limit, then Gakju beside its peers."""
    return [
        Row("gakju ask, whole process", processes.ask, seconds, 0.45),
        Row(f"  over its bare imports ({seconds(processes.bare)})", processes.ask_over_bare, times, 2),
        Row("gakju --help, whole process", processes.help, seconds, 0.2),
        Row("an answer in a warm process, p50", warm.p50, milliseconds, 2),
        Row("  p99", warm.p99, milliseconds, 10),
        Row("  memory of the process", warm.memory, megabytes, 200),
        Row(
            f"an answer in Telegram, echo bot {milliseconds(chats.echo)}",
            chats.alike,
            milliseconds,
            chats.echo / ECHO,
        ),
        Row("  no question asked before", chats.fresh, milliseconds, chats.echo / ECHO),
        *(row for language, name in LANGUAGES for row in compared(language, name, scores)),
    ]


def compared(language: Language, name: str, scores: dict[tuple[str, Language], Score]) -> list[Row]:
    """Three rows: quality and speed on the questions of one language."""
    ours = scores[GAKJU.name, language]
    theirs = [scores[peer.name, language] for peer in PEERS]
    return [
        Row(f"{name}: right passage first", ours.first, share, None, tuple(score.first for score in theirs)),
        Row("  in the first three", ours.in_three, share, None, tuple(score.in_three for score in theirs)),
        Row("  a question, median", ours.milliseconds, milliseconds, None, tuple(s.milliseconds for s in theirs)),
    ]


def to_text(rows: list[Row]) -> str:
    """Columns of equal width: the first to the left, all others to the right."""
    lines = [HEAD, *(row.cells() for row in rows)]
    lines = [line + ("",) * (len(HEAD) - len(line)) for line in lines]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    first, *others = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return "   ".join((cells[0].ljust(len(first)), *others)).rstrip()
