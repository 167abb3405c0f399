"""Entities, metrics and periods: every spelling → its id."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from bot.knowledge.spelled import Spelled, SpelledInMemory, find, normal
from bot.language.glossary import Glossary
from bot.language.hangul import is_particles, is_syllable, nfc
from bot.language.terms import Token, analyse, is_stop, says_before
from bot.schema import Entity, Mention, Metric

SOFT_KINDS = ("country", "group", "document")  # kinds of entities that say in general what a question is about
LOAN_WORD = 4  # syllables of a metric that is found as it is spelled, since the analyser splits loan words anyhow
NOT_FOUND: tuple[float, set[int], bool] = (0.0, set(), False)
FAMILIES = 4096  # that are remembered: of the entities that are asked about, and of what has their figures
WEAK = 0.9  # what a word explains that asks for a metric only in a question for a figure


@dataclass(frozen=True)
class Alias:
    """One way to ask for a metric: words that may stand anywhere in the question."""

    metric: str
    words: tuple[str, ...]  # dictionary forms
    concepts: tuple[frozenset[str], ...]  # of each word
    weak: bool = False  # says so only in a question for a figure: "?training"

    @cached_property
    def ends(self) -> frozenset[str]:
        """One of which a question has that has all of the words: the last of them, under any of its names."""
        return self.concepts[-1] | {self.words[-1]}


@dataclass(frozen=True)
class Tables:
    """What Names looks things up in, in memory or on disk."""

    entities: Mapping[str, Entity]
    metrics: Mapping[str, Metric]
    order: Mapping[str, int]  # of metrics, as their table has them
    spelled: Spelled  # entities
    common: Container[str]  # spellings that are common words too
    loans: Spelled  # metrics that are found as they are spelled
    kinds: Mapping[str, Collection[str]]  # a kind → the entities of it
    parts: Mapping[str, set[str]]  # an entity → all that belongs to it, by way of others too
    aliases: Mapping[str, Sequence[Alias]]  # a word, or a concept, that an alias begins with


Analysed = tuple[list[str], list[list[str]]]  # the words of a metric's name, and the concepts of each


def groups_of(entity: str, entities: Mapping[str, Entity]) -> set[str]:
    """`entity` and everything that it belongs to: a model, its maker, its country."""
    found: set[str] = set()
    waiting = [entity]
    while waiting:
        name = waiting.pop()
        if name not in found and (known := entities.get(name)):
            found.add(name)
            waiting += known.groups
    return found


def loans(metric: Metric) -> Iterator[str]:
    """The names of a metric that are found as they are spelled."""
    for name in spellings(metric):
        if not name.startswith("?") and not name.isascii() and len(normal(name)) >= LOAN_WORD:
            yield name


def aliases_of(
    metric: Metric, glossary: Glossary, kept: Mapping[str, Analysed] = MappingProxyType({})
) -> Iterator[tuple[str, Analysed, Alias | None]]:
    """Every name of a metric with its analysis, and the alias that it makes; `kept` is what was analysed before."""
    for spelled in dict.fromkeys(spellings(metric)):
        name = spelled.removeprefix("?")
        words, concepts = kept.get(name) or _analyse(name, glossary)
        alias = Alias(metric.id, tuple(words), tuple(map(frozenset, concepts)), spelled.startswith("?"))
        yield name, (words, concepts), alias if words else None


def _analyse(name: str, glossary: Glossary) -> Analysed:
    """The dictionary forms of the words of a metric's name, and the concepts of each."""
    tokens = [token for token in analyse(name) if _counts(token)]
    verbal = any(token.tag[0] == "V" for token in tokens)
    if " " not in name and is_syllable(name[0]) and not name.endswith("다") and verbal:
        tokens = [Token(name, "NNG", 0, len(name), name)]  # a noun alone is read as a verb: 보고서, 보 + 고서
    return [token.form for token in tokens], [sorted(names) for names in glossary.concepts(tokens)]


def in_memory(
    entities: list[Entity], metrics: list[Metric], glossary: Glossary, kept: Mapping[str, Analysed]
) -> tuple[Tables, dict[str, Analysed]]:
    """Tables of what is known, and the analyses of the metrics' names, to be kept."""
    known = {entity.id: entity for entity in entities}
    kinds: dict[str, list[str]] = defaultdict(list)
    parts: dict[str, set[str]] = defaultdict(set)
    for name, entity in known.items():
        kinds[entity.kind].append(name)
        for group in groups_of(name, known) - {name}:
            parts[group].add(name)
    analysed: dict[str, Analysed] = {}
    aliases: dict[str, list[Alias]] = defaultdict(list)
    for metric in metrics:
        for name, analysis, alias in aliases_of(metric, glossary, kept):
            analysed[name] = analysis
            if alias:
                for key in {alias.words[0], *alias.concepts[0]}:
                    aliases[key].append(alias)
    tables = Tables(
        entities=known,
        metrics={metric.id: metric for metric in metrics},
        order={metric.id: number for number, metric in enumerate(metrics)},
        spelled=SpelledInMemory((name, entity.id) for entity in entities for name in spellings(entity)),
        common={normal(name) for entity in entities for name in spellings(entity) if name.startswith("?")},
        loans=SpelledInMemory((name, metric.id) for metric in metrics for name in loans(metric)),
        kinds=kinds,
        parts=parts,
        aliases=aliases,
    )
    return tables, analysed


class Names:
    """Every entity and metric of a knowledge base, and the spellings that they are known by."""

    def __init__(
        self,
        entities: list[Entity],
        metrics: list[Metric],
        glossary: Glossary,
        kept: Mapping[str, Analysed] = MappingProxyType({}),
    ) -> None:
        """Take what is known; `kept` is what `analysed` gave for the same metrics, and is not made again."""
        tables, self.analysed = in_memory(entities, metrics, glossary, kept)
        self._take(tables, glossary)

    @classmethod
    def on(cls, tables: Tables, glossary: Glossary) -> "Names":
        """Names that are looked up in `tables`."""
        made = cls.__new__(cls)
        made.analysed = {}
        made._take(tables, glossary)
        return made

    def _take(self, tables: Tables, glossary: Glossary) -> None:
        self._tables, self._glossary = tables, glossary
        self.entities, self.metrics, self.order = tables.entities, tables.metrics, tables.order
        # a question is looked through before it is put right, and again when it is read
        self._found: Callable[[str, bool], tuple[Mention, ...]] = lru_cache(64)(self._find)
        self.family: Callable[[str], frozenset[str]] = lru_cache(FAMILIES)(self._family)

    # ── entities ─────────────────────────────────────────────────────────────────────────────────

    def all(self) -> list[Entity | Metric]:
        """Everything that has names."""
        return [*self.entities.values(), *self.metrics.values()]

    def knows(self, word: str) -> bool:
        return bool(self._tables.spelled.ids(normal(word)))

    def begins(self, typed: str) -> bool:
        """Whether the spelling of some entity begins with `typed`: Llama 3 of Llama 3.1-405B."""
        return self._tables.spelled.begins(normal(typed))

    def find_entities(self, text: str, tokens: list[Token] | None = None) -> list[Mention]:
        """The entities that `text` names, longest names first where they overlap, in order of the text.

        Args:
            text: any text.
            tokens: what `analyse(text)` gave, where the text is a whole one and no single name.
        """
        return list(self._found(nfc(text), tokens is not None))

    def _find(self, text: str, whole: bool) -> tuple[Mention, ...]:
        tokens = analyse(text) if whole else None
        found = [mention for mention in find(self._tables.spelled, text, tokens) if not self._is_common(mention, text)]
        return tuple(mention for mention in found if not self._goes_on(mention, text, tokens or []))

    def _goes_on(self, mention: Mention, text: str, tokens: list[Token]) -> bool:
        """Whether a name is the beginning of a longer one that we do not know: the 문샷 of 문샷레이."""
        following = next((token for token in tokens if token.start == mention.end), None)
        if following is None or not is_syllable(text[mention.end - 1]) or following.tag[0] != "N":
            return False
        rest = re.match(r"[가-힣]+", text[mention.end :])
        if rest and is_particles(rest.group()):
            return False
        known = self._glossary.of(following.form) or is_stop(following) or following.form in self._tables.aliases
        return not known and following.tag not in ("NNB", "NNBC", "NP")

    def _is_common(self, mention: Mention, text: str) -> bool:
        """Whether a name that is a common word too ("?Time") is written as a common word here."""
        return normal(mention.surface) in self._tables.common and (
            not mention.surface[:1].isupper() or text[: mention.start].strip() == ""
        )

    def _family(self, entity: str) -> frozenset[str]:
        """`entity` and everything that it belongs to: a model, its maker, its country."""
        return frozenset(groups_of(entity, self.entities) or {entity})

    def parts(self, entity: str) -> set[str]:
        """What belongs to `entity`: the models of a maker, the companies of a country."""
        return self._tables.parts.get(entity, set())

    def members(self, groups: set[str]) -> set[str]:
        """The entities that belong to every one of `groups`."""
        found = [self.parts(group) for group in groups]
        return (set.intersection(*found) if found else set(self.entities)) - groups

    def of_kind(self, kind: str) -> Collection[str]:
        """The entities of a kind."""
        return self._tables.kinds.get(kind, ())

    # ── metrics ──────────────────────────────────────────────────────────────────────────────────

    def find_metrics(
        self, text: str, tokens: list[Token], concepts: list[set[str]], figure_asked: bool
    ) -> list[tuple[Mention, float, set[int]]]:
        """The metrics that a question may be asking for, the most specific first.

        An alias is found when all of its words, or synonyms of them, are in the question, in any order; but what was
        before something is another matter: the market cap before the crash is no loss.

        Returns:
            for each metric its mention, how much of the question its best alias explains, and the
            indexes of the tokens that it does.
        """
        if not self.metrics:
            return []
        forms: dict[str, list[int]] = defaultdict(list)
        for index, token in enumerate(tokens):
            if _counts(token):
                for key in {token.form, *(() if is_stop(token) else concepts[index])}:
                    forms[key].append(index)
        before = {index for index, token in enumerate(tokens) if says_before(token)}
        best: dict[str, tuple[float, set[int], bool]] = {}
        # by id, to look at each once
        begun = {id(alias): alias for key in forms for alias in self._tables.aliases.get(key, ())}
        for alias in begun.values():
            if (alias.weak and not figure_asked) or alias.ends.isdisjoint(forms):
                continue
            score, used = _match(alias, forms)
            if score <= best.get(alias.metric, NOT_FOUND)[0]:
                continue
            if any(min(used) < index < max(used) for index in before):
                continue
            if len(alias.words) == 1 and any(_is_plain(tokens[index], text) for index in used):
                continue
            best[alias.metric] = (score, used, alias.weak)
        for mention in find(self._tables.loans, text, tokens):
            used = {i for i, token in enumerate(tokens) if mention.start < token.end and token.start < mention.end}
            if used and len(used) > best.get(mention.id, NOT_FOUND)[0]:
                best[mention.id] = (float(max(1, len(mention.surface.split()))), used, False)
        dated = {
            name for name, (_, used, _) in best.items() if any(_is_beyond(used, index, tokens) for index in before)
        }
        if len(dated) < len(best):
            best = {name: found for name, found in best.items() if name not in dated}
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], self.order[item[0]]))
        return [
            (
                Mention(
                    id=metric,
                    surface=" ".join(tokens[index].surface for index in sorted(used)),
                    start=min(tokens[index].start for index in used),
                    end=max(tokens[index].end for index in used),
                    strength=score,
                    weak=weak,
                ),
                score,
                used,
            )
            for metric, (score, used, weak) in ranked
        ]


def spellings(item: Entity | Metric) -> tuple[str, ...]:
    """Every name of an entity or a metric, as its table has it."""
    return (item.name_ko, item.name_en, *item.aliases)


def _is_beyond(used: set[int], before: int, tokens: list[Token]) -> bool:
    """Whether words only say what something else came before: 폭락 전, before the crash."""
    korean = not tokens[before].surface.isascii()
    return bool(used) and all((index < before) == korean for index in used)


def _counts(token: Token) -> bool:
    """Whether a token says which metric is meant: content, and the counters (배, 년) that aliases use."""
    return token.content or token.tag in ("NNB", "NNBC", "VX") or token.tag == "SN"


def _is_plain(token: Token, text: str) -> bool:
    """Whether a word is a common one of an English text that in capitals is a measure: per, but not PER."""
    return is_stop(token) and token.surface.islower() and not any(map(is_syllable, text))


def _match(alias: Alias, forms: dict[str, list[int]]) -> tuple[float, set[int]]:
    score, used = 0.0, set[int]()
    alone = alias.weak and len(alias.words) == 1
    for word, concepts in zip(alias.words, alias.concepts, strict=True):
        exact = indexes = forms.get(word)
        if not exact and not alone and (met := [name for name in concepts if name in forms]):
            indexes = forms[min(met)]
        if not indexes:
            return 0.0, set()
        used.add(indexes[0])
        score += WEAK if alias.weak else 1.0 if exact else 0.7
    return (score, used) if len(used) == len(set(alias.words)) else (0.0, set())
