"""Which operation a question asks for, and which facts it computes with."""

import re
from dataclasses import replace

from bot.answer import choosing, evidence
from bot.answer.intervals import above
from bot.knowledge.base import Base
from bot.language import cues, periods
from bot.language.naming import hedge_words
from bot.language.units import numerals, units
from bot.schema import Fact, Operation, Query, Word

OPERATIONS: tuple[Operation, ...] = ("sum", "average", "share", "growth", "ratio", "difference")
COMPUTED = ("money", "count", "percent", "duration")  # dimensions that are computed with
NEARLY = 0.85  # of the names, to be the figure that is asked about
PAIR = 2
TOPIC = re.compile(r"[은는이가]\s")  # what ends a Korean subject: the name before it is not the whole
MANY = ("sum", "average")


def operation_of(query: Query, base: Base) -> Operation | None:
    """The operation that a question asks for."""
    if "count" in query.cues and query.named and not query.cues & set(OPERATIONS):
        stated = base.units_of(query.named[0].id)
        if "count" not in stated and len(choosing.subjects(query, base)) == PAIR:
            return "ratio"  # "xAI is worth how many DeepSeeks?"
    if {"ratio", "growth"} <= query.cues:
        return "ratio"  # "how many times did it grow?"
    for operation in OPERATIONS:
        if operation in query.cues:
            return operation
    if len(query.periods) == PAIR and query.named and "percent" in query.cues:
        return "growth"  # "by what percentage did it fall from 2024 to 2025?"
    if len(query.periods) == PAIR and query.named and (query.dimensions & {"money"} or "amount" in query.cues):
        return "difference"  # "from 2024 to 2025, how many dollars did it fall?"
    if "percent" in query.cues and len(query.entity_ids) > 1:
        return "share"
    return None


def is_sound(operation: Operation, facts: list[Fact], query: Query, base: Base) -> bool:
    """Whether an operation over these figures means something, and leaves out none that the question names."""
    entities, metrics = {fact.entity for fact in facts}, {fact.metric for fact in facts}
    dimensions = {units()[fact.unit].dimension for fact in facts}
    if operation in ("sum", "difference", "average") and query.dimensions and not dimensions & query.dimensions:
        return False  # how many people, and what is there is money
    left_out = {
        name
        for name in evidence.hard_entities(query, base)
        for metric in metrics
        if computed(name, metric, query, base)
    } - entities
    if left_out or (operation not in MANY and len(facts) != PAIR):
        return False
    if len(entities) > 1 and len(query.periods) > 1:
        return False  # which of them is of which period is not read
    if "sum" in query.cues and (operation != "sum" or query.cues & {"ratio", "share"}):
        return False  # a calculation with the result of another
    asked = {mention.id for mention in query.named if not mention.weak}
    if len(entities) > 1 and len(metrics) == 1 and len(asked) > 1 and operation in ("sum", "average", "difference"):
        return False  # the worth of one and the cost of another
    kinds = {base.names.entities[name].kind for name in entities}
    if len(kinds) < len(entities) and len(metrics) > 1 and not metrics <= set(query.metric_ids):
        return False  # the loss of one company beside the worth of another
    if operation == "growth":
        stamps = {fact.as_of for fact in facts}
        return len(entities) == len(metrics) == 1 and len(stamps) == PAIR and "" not in stamps
    return True


def lacks_one(query: Query, base: Base) -> bool:
    """Whether the measure that is named is known of only one of two things that are set side by side."""
    entities = choosing.subjects(query, base)
    if len(entities) != PAIR or not query.named:
        return False
    known = [facts[0] for name in entities if (facts := computed(name, query.named[0].id, query, base))]
    return len(known) == 1 and not any(item.evidence.names >= NEARLY for item in evidence.facts(query, base))


def operands(operation: Operation, query: Query, base: Base) -> list[Fact]:
    """The facts that a question computes with, in its order."""
    named = [n for n in query.entity_ids if base.names.entities[n].kind not in ("group", "document")]
    if not query.metrics and any(evidence.is_thing(word) and not _says_how_many(word) for word in query.words):
        return []  # of a measure that is not known, and of no other
    if not named and operation not in MANY:
        named = _only_subject(query, base)
    if operation in MANY and len(choosing.subjects(query, base)) < 2 and not evidence.hard_entities(query, base):
        named = list(choosing.members(query, base)) if named or query.metrics else []
    if operation in MANY:
        of_metric = _with_metric(named or _only_subject(query, base), query, base)
        if every := _of_all_years(of_metric, query, base):
            return every
    alone = len(named) == 1 and not _of_other_subjects(named, query, base) and operation not in ("share", "ratio")
    if alone or (len(query.periods) == 2 and len(_with_metric(named, query, base)) == 1):
        return _of_one(_with_metric(named, query, base) or named, query, base)
    if len(named) == 1 and (pair := _of_one(named, query, base)):
        return pair
    found: list[list[Fact]] = []
    common = choosing.metric_of(query, tuple(named), base)
    metrics = (common,) if common else query.metric_ids
    for name in named:
        facts = [fact for metric in metrics for fact in computed(name, metric, query, base)]
        if not facts and base.names.entities[name].kind != "country" and operation in ("ratio", "share"):
            facts = _main(name, query, base)
        if facts:
            found.append(_of_first_metric(facts))
    if len(found) < 2 and operation not in MANY:
        found += _of_other_subjects(named, query, base)
    if len(found) < 2 and "share" in query.cues:
        found += _of_the_other(found, query, base)
    return choosing.side_by_side(found, query) if len(found) > 1 else []


def _says_how_many(word: Word) -> bool:
    """Whether a word is a number, or hedges one: the two, 최대."""
    return word.surface.lower() in numerals() or word.surface.lower() in hedge_words()


def _only_subject(query: Query, base: Base) -> list[str]:
    """The only thing that the measure named is known of, which a question need not name."""
    found = base.subjects(query.named[0].id) if query.named else set()
    return sorted(found) if len(found) == 1 else []


def computed(entity: str, metric: str | None, query: Query, base: Base) -> list[Fact]:
    """The facts of an entity that a question may compute with: no dates, no resolutions."""
    return [fact for fact in choosing.options(entity, metric, query, base) if units()[fact.unit].dimension in COMPUTED]


def whole_of(query: Query) -> str | None:
    """The entity that a share is taken of, where the question says so: 딥시크의 몇 %, percentage of DeepSeek's."""
    said = cues.whole(query.question, query.language)
    if said is None:
        return None
    start, end = said
    if query.language == "ko":
        last = max((m for m in query.entities if m.end <= start), key=lambda m: m.end, default=None)
        return last.id if last and not TOPIC.search(query.question[last.end : start]) else None
    after = min((m for m in query.entities if m.start >= end), key=lambda m: m.start, default=None)
    return after.id if after and len(query.question[end : after.start].split()) <= 1 else None


def _of_other_subjects(named: list[str], query: Query, base: Base) -> list[list[Fact]]:
    """The figures of metrics that only one entity has, which the question need not name: "the fund and VC funding"."""
    found: list[list[Fact]] = []
    for mention in query.named:
        subjects = base.subjects(mention.id)
        if len(subjects) == 1 and not subjects & set(named):
            facts = computed(next(iter(subjects)), mention.id, query, base)
            if facts:
                found.append(facts)
    return found


def _of_the_other(found: list[list[Fact]], query: Query, base: Base) -> list[list[Fact]]:
    """The same metric of the one other thing that has it: "Nvidia's loss as a share of the whole"."""
    if len(found) != 1 or not query.named:
        return []
    first = found[0][0]
    others = base.subjects(first.metric, first.as_of) - {first.entity}
    whole = [computed(name, first.metric, query, base) for name in others if len(others) == 1]
    return [facts for facts in whole if facts and not above(first, facts[0])]  # what is less is no whole


def _with_metric(named: list[str], query: Query, base: Base) -> list[str]:
    return [n for n in named if any(f.entity == n and f.metric in query.metric_ids for f in base.by_entity[n])]


def _of_first_metric(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.metric == facts[0].metric]


def _main(entity: str, query: Query, base: Base) -> list[Fact]:
    """The leading figure of an entity whose metric the question leaves out: a fund's size, a company's worth."""
    free = replace(query, periods=())
    money = [fact for fact in computed(entity, None, free, base) if units()[fact.unit].dimension == "money"]
    return _of_first_metric(money) if money else []


def _of_one(named: list[str], query: Query, base: Base) -> list[Fact]:
    """Two figures of one entity: of two periods, or of two metrics."""
    if not named:
        return []
    entity = named[0]
    if len(query.periods) == 2:
        for metric in query.metric_ids:
            found = [computed(entity, metric, replace(query, periods=(period,)), base) for period in query.periods]
            if all(found):
                return [facts[0] for facts in found]
    if "growth" in query.cues and not query.periods and (pair := _then_and_now(entity, query, base)):
        return pair
    by_metric: list[list[Fact]] = []
    for mention in query.named:
        facts = computed(entity, mention.id, query, base)
        if facts:
            by_metric.append(facts)
    return choosing.side_by_side(by_metric[:2], query) if len(by_metric) > 1 else []


def _of_all_years(named: list[str], query: Query, base: Base) -> list[Fact]:
    """The figures of one thing for all years from one to another that a question names; none where it names no such."""
    spans = periods.spans(query.question, base.year)
    if len(named) != 1 or len(query.periods) != PAIR or len(spans) != PAIR:
        return []
    if not cues.is_through(query.question[spans[0][1] : spans[1][0]]):
        return []
    first, last = sorted(period[:4] for period in query.periods)
    facts = computed(named[0], query.metric_ids[0], replace(query, periods=()), base)
    stamped = {fact.as_of: fact for fact in facts if first <= fact.as_of[:4] <= last}
    return [stamped[as_of] for as_of in sorted(stamped)] if len(stamped) > PAIR else []


def _then_and_now(entity: str, query: Query, base: Base) -> list[Fact]:
    """The figures of a measure for the only two periods that it is known for."""
    for mention in (mention for mention in query.named if not mention.weak):
        stamped = {fact.as_of: fact for fact in computed(entity, mention.id, query, base) if fact.as_of}
        if len(stamped) == PAIR:
            return [stamped[as_of] for as_of in sorted(stamped)]
    return []


def is_stated(query: Query, base: Base) -> bool:
    """Whether the articles give the result themselves: then they are quoted rather than computed with."""
    wanted = set(query.entity_ids) - {
        n for n in query.entity_ids if base.names.entities[n].kind in ("group", "document")
    }
    for mention in query.named:
        if mention.weak and len(query.periods) == PAIR:
            continue  # a "fall" between two years is no correction that is foretold
        asked = (query.dimensions or {"ratio", "percent"}) & {"ratio", "percent"}
        if not any(units()[unit].dimension in asked for unit in base.units_of(mention.id)):
            continue
        for fact in base.matching(metrics=(mention.id,), entity=min(wanted, default=None)):
            about = {fact.entity, *fact.related}
            if units()[fact.unit].dimension in asked and wanted <= about and _of_its_own(fact, wanted):
                return evidence.period_fits(fact, query, base)
    return False


def _of_its_own(fact: Fact, wanted: set[str]) -> bool:
    """Whether a stated ratio is of what the question names: that of the US to China is no ratio of China's."""
    return not wanted or fact.entity in wanted or units()[fact.unit].dimension != "ratio"


def stated_beside(facts: list[Fact], query: Query, base: Base) -> list[Fact]:
    """The ratios that the articles give themselves, right beside the figures that one would be computed from."""
    about = {fact.entity for fact in facts}
    if len(about) < PAIR:
        return []  # of one thing at two times: no ratio of that to another
    return [
        fact
        for fact in base.by_passage[facts[0].passage]
        if units()[fact.unit].dimension == "ratio"
        and about <= {fact.entity, *fact.related}
        and evidence.period_fits(fact, query, base)
        and facts[0].as_of in ("", fact.as_of)
    ]
