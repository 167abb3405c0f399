"""What admins are shown: how much is asked, and what could not be answered."""

from datetime import datetime

from bot.answer.gaps import Gap
from bot.phrases import say
from bot.render.markup import bold, escape, line, shorten
from bot.schema import Language
from bot.store.answers import Stats

MOST = 15  # gaps in a message
QUESTION = 120  # UTF-16 units of each


def day(seconds: float) -> str:
    """The day of a time, as ISO 8601 has it, where the bot runs."""
    return datetime.fromtimestamp(seconds).astimezone().date().isoformat()


def stats_html(stats: Stats, language: Language) -> str:
    """How much was asked, by whom and with what answers, in numbers."""
    if stats.since is None:
        return escape(say("stats_none", language))
    count = sum(number for kind, number in stats.kinds.items() if kind != "help")  # a greeting is no question
    asked = say("stats_questions", language, count=count, people=stats.people, chats=stats.chats)
    lines = [
        bold(say("stats", language, since=day(stats.since))),
        escape(asked),
        *(f"• {escape(say(f'kind_{kind}', language))}: {number}" for kind, number in stats.kinds.items()),
        escape(say("stats_votes", language, good=stats.good, bad=stats.bad)),
        escape(say("stats_waiting", language, count=stats.waiting)),
    ]
    return "\n".join(lines)


def gaps_html(gaps: list[Gap], language: Language) -> str:
    """The gaps that were asked for most, on one page."""
    if not gaps:
        return escape(say("gaps_none", language))
    lines = [bold(say("gaps", language, count=len(gaps)))]
    for gap in gaps[:MOST]:
        said = say("gap", language, times=len(gap.questions), people=gap.people)
        mark = f" ✓ {say('gap_answered', language)}" if gap.answered else ""
        lines.append(
            f"• {escape(shorten(line(gap.last.question), QUESTION))} ({escape(said)}, {day(gap.last.asked)}){escape(mark)}"
        )
    if len(gaps) > MOST:
        lines.append(escape(say("gaps_more", language, count=len(gaps) - MOST)))
    return "\n".join(lines)
