"""What is known before a figure is read: the tables, and what language tells of each line of a document."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from bot.knowledge.facts import NoFigure
from bot.knowledge.lines import Line
from bot.knowledge.names import Names, spellings
from bot.language import dates, naming, nofigures, numbers, periods, subjects
from bot.language.glossary import Glossary, korean_keys
from bot.language.hangul import is_syllable
from bot.language.terms import analyse, is_stop, stem
from bot.language.units import units
from bot.schema import Document, Fact, Language, Mention


@dataclass(frozen=True)
class Known:
    """What the names, the facts and the articles say already."""

    document: Document
    names: Names
    glossary: Glossary
    facts: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))  # by passage
    exceptions: dict[str, list[NoFigure]] = field(default_factory=lambda: defaultdict(list))
    units_of: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # dimensions of a metric's facts

    def add(self, facts: Iterable[Fact], exceptions: Iterable[NoFigure]) -> None:
        """Learn what the tables say."""
        for fact in facts:
            self.facts[fact.passage].append(fact)
            self.units_of[fact.metric].add(units()[fact.unit].dimension)
        for row in exceptions:
            self.exceptions[row.passage].append(row)

    def covers(self, passage: str, text: str, start: int, end: int) -> bool:
        """Whether a quote of some fact or exception has what stands at start:end of a passage."""
        quotes = [fact.quote for fact in self.facts[passage]] + [row.quote for row in self.exceptions[passage]]
        return any(spans(quote, text, start, end) for quote in quotes)

    def is_country(self, name: str) -> bool:
        return name in self.names.entities and self.names.entities[name].kind == "country"

    def dimensions(self, metric: str) -> set[str]:
        """What a metric may be measured in: what its facts are, else what its name tells; empty: anything."""
        if self.units_of[metric]:
            return self.units_of[metric]
        row = self.names.metrics[metric]
        found = set(naming.dimensions(row.name_ko) | naming.dimensions(row.name_en))
        return found | ({"count"} if row.counter_ko or row.counter_en else set())

    @cached_property
    def _metrics(self) -> dict[str, str]:
        rows = reversed(list(self.names.metrics.values()))  # the first of two that share a name has it
        return {name.lower(): metric.id for metric in rows for name in spellings(metric)}

    def metric(self, name: str) -> str:
        """The metric whose name or alias this is, letter for letter; empty where there is none."""
        return self._metrics.get(name.lower(), "")

    @property
    def language(self) -> Language:
        return self.document.language

    def is_common(self, word: str) -> bool:
        """Whether the lexicon has a word as a common one."""
        keys = korean_keys(word) if is_syllable(word[0]) else (stem(word.lower()),)
        concepts = [concept for key in keys for concept in self.glossary.of(key)]
        return any(not self.glossary.is_name(concept) for concept in concepts) or all(map(is_stop, analyse(word)))


class Reading:
    """A line with all that language tells of it."""

    def __init__(self, line: Line, known: Known) -> None:
        self.line = line
        text = line.text
        self.tokens = analyse(text)
        self._known = known
        self.dates = dates.find(text, known.document.date)
        self.nothing = nofigures.find(text, known.is_common)
        self.mentions = [
            mention
            for mention in known.names.find_entities(text, self.tokens)
            if known.names.entities[mention.id].kind not in ("document", "group")
        ]
        self.quantities = [q for q in numbers.read(text) if q.unit != "quarter" or line.row]
        topics = topics_of(self.mentions, text)
        self.topic = topics[0].id if topics else self.mentions[0].id if self.mentions and text.isascii() else ""
        # where names and dates stand, in which digits count nothing
        self.named = [(m.start, m.end) for m in self.mentions] + [(d.start, d.end) for d in self.dates]
        self.named += periods.spans(text, None)
        taken = self.named + [(quantity.start, quantity.end) for quantity in self.quantities]
        new = "" if self.topic or line.row else subjects.subject(text, self.tokens, known.is_common, taken)
        self.given: dict[str, str] = {}  # dimension → the metric that was proposed for its last figure
        self.subject = self.topic or _glossed(new, text)

    @cached_property
    def metrics(self) -> list[tuple[Mention, float, set[int]]]:
        """The known metrics that it speaks of, each with what it is worth and the indexes of the tokens that say it."""
        concepts = self._known.glossary.concepts(self.tokens)
        return self._known.names.find_metrics(self.line.text, self.tokens, concepts, figure_asked=True)


def topics_of(mentions: list[Mention], text: str) -> list[Mention]:
    """The names that are what a sentence is about, in order: of one phrase (바이트댄스의 시댄스는) the last."""
    last: dict[int, Mention] = {}
    for mention in mentions:
        if (where := subjects.topic(text, mention.end)) is not None:
            last[where] = mention
    return [last[where] for where in sorted(last)]


def _glossed(name: str, text: str) -> str:
    """A new name with the Latin that stands in brackets behind it: 한라호|Halla."""
    gloss = re.search(rf"{re.escape(name)}\s?\(([A-Za-z][\w .&'-]*)\)", text) if name else None
    return f"{name}|{gloss[1]}" if gloss else name


def spans(quote: str, text: str, start: int, end: int) -> bool:
    """Whether a quote from `text` has what stands at start:end."""
    at = text.find(quote) if quote else -1
    while at >= 0:
        if at <= start and end <= at + len(quote):
            return True
        at = text.find(quote, at + 1)
    return False
