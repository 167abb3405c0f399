"""The nouns: what a passage, a fact, a query and an answer are, before anything is done with them."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Language = Literal["ko", "en"]
LANGUAGES: dict[str, Language] = {"ko": "ko", "en": "en"}  # by their names
Hedge = Literal["about", "under", "over", "up_to", "nearly", "at_least", "range"]
Kind = Literal[
    "figure",
    "comparison",
    "calculation",
    "list",
    "passage",
    "entity",
    "not_found",
    "clarify",
    "help",
]
SILENT: tuple[Kind, ...] = ("not_found", "clarify", "help")  # kinds that tell nothing of the articles
Operation = Literal["ratio", "difference", "sum", "share", "growth", "average", "product"]


ENOUGH = 0.9  # of one word of the question, for a metric to be named: a synonym alone is not enough
FOR_A_FIGURE = {"amount", "given", "share", "ratio", "difference", "sum", "growth", "convert"}  # cues


class Record(BaseModel):
    """A frozen value; a field that it does not have is an error, not a surprise."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


# ── content ──────────────────────────────────────────────────────────────────────────────────────


class Document(Record):
    """One article: what its front matter says of it."""

    id: str
    title: str
    title_ko: str = ""
    title_en: str = ""
    date: str = ""  # ISO 8601: 2025, 2025-11 or 2025-11-13
    language: Language
    source: str = ""

    def name(self, language: Language) -> str:
        """The short title in `language`, or the full one where there is none."""
        return (self.title_ko if language == "ko" else self.title_en) or self.title


class Passage(Record):
    """One line, or one marked part, of one article: the unit that is indexed, ranked and quoted."""

    id: str  # "great-misvaluation#p06"
    document: str
    section: str  # the headings that it stands under, "A › B"; "" above the first
    text: str
    translation: str | None = None
    heading: bool = False
    line: int = 0  # where it stands in its file, for findings

    @property
    def number(self) -> str:
        """The part of the id after the document's: "p06"."""
        return self.id.rpartition("#")[2]


class Entity(Record):
    """Something that facts are about, with every spelling that people use for it."""

    id: str
    kind: str
    groups: tuple[str, ...] = ()  # ids of entities that it is part of, or made by
    name_ko: str
    name_en: str
    aliases: tuple[str, ...] = ()
    introduced: str = ""  # the passage that says best what it is; found by search where empty

    def name(self, language: Language) -> str:
        return self.name_ko if language == "ko" else self.name_en


class Metric(Record):
    """A measure that facts give of entities."""

    id: str
    name_ko: str
    name_en: str
    counter_ko: str = ""  # 개, 명: stands after a count
    counter_en: str = ""  # users, chips
    phrase_ko: str = ""  # the sentence that states it, with {entity}, {value} and {as_of}; a general one where empty
    phrase_en: str = ""
    part_of: str = ""  # the metric that a percentage is of: a stake is of what the company is worth
    aliases: tuple[str, ...] = ()

    def name(self, language: Language) -> str:
        return self.name_ko if language == "ko" else self.name_en

    def counter(self, language: Language) -> str:
        return self.counter_ko if language == "ko" else self.counter_en


class Fact(Record):
    """One figure, in base units, and the words that it was read from."""

    id: str
    entity: str
    metric: str
    value: Annotated[Decimal | None, Field(description="digits only, such as 15000000000 (a date: 2025-11-13)")]
    low: Annotated[Decimal | None, Field(description="digits only, the lower end of a range")]
    high: Annotated[Decimal | None, Field(description="digits only, the upper end of a range")]
    unit: Annotated[str, Field(description="a unit of bot/language/data/units.csv, such as USD")]
    hedge: Annotated[
        Hedge | None,
        Field(description="empty or one of about, under, over, up_to, nearly, at_least, range"),
    ]
    as_of: Annotated[
        str,
        Field(
            pattern=r"^(\d{4}(-\d\d(-\d\d)?|-Q[1-4]|-H[12])?)?$",
            description="a year, 2025-11, 2025-Q2, 2025-H1, or empty",
        ),
    ]
    passage: str
    quote: str
    related: tuple[str, ...] = ()  # other entities that the figure may be asked by
    note_ko: str = ""
    note_en: str = ""
    file: str = ""
    line: int = 0

    @model_validator(mode="after")
    def _value_or_range(self) -> Self:
        if self.hedge == "range":
            if self.low is None or self.high is None or self.value is not None or self.low > self.high:
                raise ValueError("a range needs low and high, low first, and no value")
        elif self.value is None or self.low is not None or self.high is not None:
            raise ValueError("a figure needs a value, or low and high with the hedge range")
        return self

    def note(self, language: Language) -> str:
        return self.note_ko if language == "ko" else self.note_en

    @property
    def same_figure(self) -> tuple[object, ...]:
        """Equal for two rows that give one figure in two places, hedged the same way or not."""
        return (self.entity, self.metric, self.value, self.low, self.high, self.unit, self.as_of)


# ── a question, read ─────────────────────────────────────────────────────────────────────────────

# Plain values of our own making: they are made by the dozen for every question, and there is nothing to check in them.


@dataclass(frozen=True)
class Mention:
    """A known name found in a question."""

    id: str
    surface: str  # as it was typed
    start: int = 0
    end: int = 0
    strength: float = 1.0  # how many words of the question it explains
    weak: bool = False  # by words that name it only where a figure is asked for


@dataclass(frozen=True)
class Word:
    """A weighty word of a question and what it may be called in an index."""

    surface: str
    terms: tuple[str, ...]  # direct spellings: stems, morphemes, bigrams
    concepts: tuple[str, ...] = ()  # ids of the lexicon's concepts, as index terms
    weight: float = 1.0
    proper: bool = False  # looks like a proper name
    name: bool = False  # a proper name that no article has
    phrase: bool = False  # a part of a phrase of the lexicon, which says more than its words: share price
    noun: bool = True  # may be what is asked for: a verb or an adverb is not
    number: bool = False  # a number that tells which of several things is meant: it must stand beside them


@dataclass(frozen=True)
class Query:
    """A question, read: everything that answering needs to know of it."""

    question: str
    language: Language
    words: tuple[Word, ...] = ()
    entities: tuple[Mention, ...] = ()
    left_out: tuple[str, ...] = ()  # entities that it sets aside: besides OpenAI, OpenAI 말고
    causes: tuple[str, ...] = ()  # entities that what it asks of came of: because of DeepSeek, 딥시크 때문에
    metrics: tuple[Mention, ...] = ()  # the most specific reading first
    hints: tuple[str, ...] = ()  # metrics that its words touch on, whether or not a figure is asked for
    periods: tuple[str, ...] = ()  # 2025, 2025-Q2, 2025-06
    cues: frozenset[str] = frozenset()  # what is asked for: why, rank_high, ratio, …
    dimensions: frozenset[str] = frozenset()  # of what kind the figure must be; empty: any
    unit: str | None = None  # a currency or unit asked for
    scale: str | None = None  # 억, million: the form asked for
    threshold: tuple[str, Decimal, str] | None = None  # ("over", 1E+11, "USD")
    amounts: tuple[tuple[Decimal, str | None], ...] = ()  # figures that the question itself gives: (1E+11, "USD")
    echo: tuple[Word, ...] = ()  # what the question before it was about: ranks, and decides nothing
    inherited: frozenset[str] = frozenset()  # entities and metrics taken from earlier questions
    reading: tuple[str, ...] = ()  # how it was read, where that is not plain

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Worked out once, of what tells most questions apart: what is remembered of a question is looked up by it.
        return hash((self.question, self.language, self.entities, self.periods))

    @cached_property
    def entity_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.id for m in self.entities))

    @cached_property
    def asks_for_a_number(self) -> bool:
        return bool(self.dimensions or "amount" in self.cues) and not self.cues & {"why", "how", "who"}

    @cached_property
    def named(self) -> tuple[Mention, ...]:
        """The metrics that it asks for beyond doubt; where it asks for a figure, a weak word is enough."""
        asked = self.dimensions or self.cues & FOR_A_FIGURE
        named = [m for m in self.metrics if m.strength >= ENOUGH and (asked or not m.weak)]
        words = [set(m.surface.split()) for m in self.metrics]  # the 비용 of 훈련 비용 names nothing else
        return tuple(m for m in named if not any(set(m.surface.split()) < other for other in words))

    @cached_property
    def metric_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.id for m in self.metrics))


class Hit(NamedTuple):
    """A passage that a search found. The score only ranks; what was matched decides whether we speak."""

    passage: str
    score: float
    matched: frozenset[str]


# ── an answer ────────────────────────────────────────────────────────────────────────────────────


class Citation(Record):
    """Where a reader can check a claim. It cannot be made of words that the passage lacks."""

    marker: int
    document: str
    passage: str  # "p06"
    title: str
    section: str
    quote: str
    text: str
    translation: str | None = None

    @model_validator(mode="after")
    def _quote_is_verbatim(self) -> Self:
        if self.quote not in self.text:
            raise ValueError(f"not in {self.document}#{self.passage}: {self.quote!r}")
        return self


class Figure(Record):
    """A fact as an answer shows it; decimals are strings in base units."""

    id: str
    entity: str
    metric: str
    value: str | None
    low: str | None
    high: str | None
    unit: str
    hedge: Hedge | None
    as_of: str | None
    note: str | None
    citation: int


class Calculation(Record):
    """What was computed, and from which facts, so that a reader can do it again."""

    operation: Operation
    inputs: tuple[str, ...]
    result: str | None = None
    low: str | None = None
    high: str | None = None
    unit: str


class BatchLine(BaseModel):
    """A question as one line of many, with those that the same person asked before it, oldest first."""

    id: Any = None
    question: str
    context: list[str] | None = None


class Answer(Record):
    """What we say, whatever shows it; its JSON is this, field for field."""

    question: str
    language: Language
    kind: Kind
    text: str
    reading: str | None = None
    facts: tuple[Figure, ...] = ()
    calculation: Calculation | None = None
    citations: tuple[Citation, ...] = ()
    not_found: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    elapsed_ms: float | None = None  # stamped on by the edge that measures

    @property
    def claims(self) -> tuple[str, ...]:
        """The lines of the text that stand above its footnotes."""
        body = self.text.partition(f"\n\n[{self.citations[0].marker}] ")[0] if self.citations else self.text
        return tuple(body.split("\n"))

    @model_validator(mode="after")
    def _claims_are_cited(self) -> Self:
        if self.kind not in SILENT and not self.citations:
            raise ValueError(f"a {self.kind} answer claims something and cites nothing")
        markers = {citation.marker for citation in self.citations}
        if any(fact.citation not in markers for fact in self.facts):
            raise ValueError("a fact without its citation")
        return self


class Finding(Record):
    """Something wrong in the content. An error keeps the knowledge base from being served."""

    path: str
    line: int
    problem: str
    remedy: str
    error: bool = True

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}; {self.remedy}"
