"""A question, and those before it → a Query."""

import re
from collections.abc import Iterator

from bot.knowledge.base import Base, entity_term, metric_term
from bot.language import cues, numbers, periods
from bot.language.hangul import is_particles, is_syllable, nfc
from bot.language.tables import cell, table
from bot.language.terms import HANGUL, Token, analyse, bigrams, is_stop, stem
from bot.phrases import say
from bot.schema import Language, Mention, Query, Word

EARLIER = 4  # questions that a follow-up may lean on
LONGEST = 1000  # characters of a question
# What the terms of a question weigh in a search, beside a word as written:
NAME, GROUP, METRIC, PART, SYNONYM = 1.6, 0.6, 0.5, 0.4, 0.6
SHORT_WORDS = ("a", "ai", "is", "in", "of", "the", "us", "to", "by", "at", "vc")
ASKING = 0.1  # what is left of the weight of a word that asks or measures
UNIT_WORDS = re.compile(r"달러|위안|원화|dollars?|yuan|trillions?|billions?|millions?|percent", re.IGNORECASE)
SOFT_KINDS = ("country", "group", "document")  # say in general what a question is about
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
WEIGHT_OF_TAG = {"NNP": 1.0, "NNG": 1.0, "XR": 0.8, "VV": 0.6, "VA": 0.7, "MAG": 0.4, "MM": 0.3, "NNBC": 0.2, "NR": 0.3}
SCALE_KO = re.compile(r"(?<![\d몇수])(?:^|\s)(?P<scale>조|십억|억|백만|만|천)\s?(?=달러|위안|원\b|원으|유로|엔|단위)")
SCALE_EN = re.compile(r"\bin (?:\w+ of )?(?P<scale>trillion|billion|million|thousand)s?\b|(?P<alone>trillion|billion|million)s of", re.I)


def clean(text: str) -> str:
    """`text` in NFC, with no control, direction or invisible characters, and single spaces."""
    return " ".join(nfc(CONTROL.sub(" ", text)).split())


def read(question: str, base: Base, context: tuple[str, ...] = ()) -> Query:
    """Read a question; what it leaves out is taken from the questions before it.

    Args:
        question: as typed.
        base: whose names are looked for.
        context: earlier questions of the same person, oldest first.
    """
    queries: list[Query] = []
    for earlier in (*context[-EARLIER:], question):
        alone = _read_alone(earlier, base)
        queries.append(_follow_up(alone, queries, base) if queries else alone)
    return queries[-1]


def _read_alone(question: str, base: Base) -> Query:
    text, corrections = _spelled(clean(question)[:LONGEST], base)
    tokens = analyse(text)
    entities = base.names.find_entities(text, tokens)
    language = _language(text, entities)
    cued = cues.find(text)
    given = [quantity for quantity in numbers.read(text) if quantity.unit]
    concepts = base.glossary.concepts(tokens)
    outside = [not any(m.start <= token.start < m.end for m in entities) for token in tokens]
    figure_asked = bool(given or cued.dimensions or cued.names & {"amount", "rank_high", "rank_low", "share", "difference", "sum"})
    metrics = [
        (mention, score, used)
        for mention, score, used in base.names.find_metrics(text, tokens, concepts, figure_asked)
        if any(outside[index] for index in used)
    ]
    named = [used for _, _, used in metrics if len(used) > 1]
    entities = [m for m in entities if not _inside(m, named, tokens, base)]
    words = tuple(_words(tokens, concepts, outside, _asking(text, cued, given, base), base))
    found = tuple(periods.find(text, base.year))
    kinds = {base.names.entities[mention.id].kind for mention in entities}
    dimensions = cued.dimensions
    if found and kinds == {"document"} and not words and not metrics:
        dimensions = frozenset({"date"})  # "is this an article of 2024?"
    return Query(
        question=text,
        language=language,
        words=words,
        entities=tuple(entities),
        metrics=tuple(mention for mention, _, _ in metrics),
        hints=tuple(
            mention.id
            for mention, _, used in base.names.find_metrics(text, tokens, concepts, figure_asked=True)
            if any(outside[index] for index in used)
        ),
        periods=found,
        cues=cued.names,
        dimensions=dimensions,
        unit=_unit(text),
        scale=_scale(text),
        threshold=_threshold(given),
        amounts=tuple((quantity.low, quantity.unit) for quantity in given if quantity.unit),
        reading=tuple(say("read_as", language, typed=typed, meant=meant) for typed, meant in corrections),
    )


def _language(text: str, entities: list[Mention]) -> Language:
    """The script of the question's own words: names, and a unit such as 억 달러 in English, do not count."""
    own = "".join(
        char for index, char in enumerate(text) if not any(m.start <= index < m.end for m in entities)
    )
    hangul = sum(map(is_syllable, own))
    if not hangul and not re.search("[A-Za-z]", own):
        hangul, own = sum(map(is_syllable, text)), text
    latin = len(re.findall("[A-Za-z]", own))
    function_words = sum(1 for token in analyse(own) if token.tag == "EN" and is_stop(token))
    if not hangul:
        return "en"
    return "ko" if not function_words or hangul * 2 >= latin else "en"


# ── spelling ─────────────────────────────────────────────────────────────────────────────────────


def _spelled(text: str, base: Base) -> tuple[str, list[tuple[str, str]]]:
    """`text` with keyboard slips and misspelt names put right, and what was changed."""
    corrections: list[tuple[str, str]] = []
    words = text.split(" ")
    if all(_is_english(word, base) for word in words):
        return text, []
    slipped = [_slip(word, base) for word in words]
    if any(slipped):
        for index, (word, meant) in enumerate(zip(words, slipped, strict=True)):
            core = word.strip("?!.,")
            if not meant and core.isascii() and core.isalpha() and not _is_english(word, base):
                meant = _hangul_of(core)
            if meant:
                corrections.append((core, meant))
                words[index] = word.replace(core, meant)
        text = " ".join(words)
    for typed, meant in _misspelt(text, base):
        corrections.append((typed, meant))
        text = re.sub(rf"(?<![A-Za-z가-힣]){re.escape(typed)}", meant, text, count=1)
    return text, corrections


def _slip(word: str, base: Base) -> str | None:
    core = word.strip("?!.,")
    if len(core) < (3 if core.isascii() else 2) or base.names.find_entities(core) or _is_english(core, base):
        return None
    return base.speller.slip(core, lambda name: base.names.knows(name) or base.speller.knows(name))


def _hangul_of(latin: str) -> str | None:
    from bot.language.hangul import from_keys

    typed = from_keys(latin)
    return typed if all(map(is_syllable, typed)) else None


def _is_english(word: str, base: Base) -> bool:
    core = re.sub(r"['’]s$", "", word.strip("?!.,\"'()")).lower()
    if not core or not core.isascii() or not core.isalpha():
        return not core
    form = stem(core)
    tokens = analyse(core)
    return (
        core in base.words
        or form in base.stems
        or bool(base.glossary.of(form))
        or any(map(is_stop, tokens))
        or base.names.knows(core)
    )


def _is_word(part: str, base: Base) -> bool:
    """Whether a run of letters is a word that may stand in a run without spaces: whole, and not too short."""
    if len(part) < 3:
        return part in SHORT_WORDS
    return part in base.words or base.names.knows(part) or any(map(is_stop, analyse(part)))


def _misspelt(text: str, base: Base) -> Iterator[tuple[str, str]]:
    """Words that are no name and no word, and the known name that each is nearest to."""
    taken = [m for m in base.names.find_entities(text, analyse(text)) if base.names.entities[m.id].kind not in SOFT_KINDS]
    words = [(match.group(), match.start(), match.end()) for match in re.finditer(r"[가-힣]+|[A-Za-z]+", text)]
    free = [word for word in words if not any(m.start < word[2] and word[1] < m.end for m in taken)]
    done: set[int] = set()
    known = [base.speller.knows(part) or (not part.isascii() and _is_korean(part, base)) for part, _, _ in free]
    for size in (3, 2, 1):
        for place in range(len(free) - size + 1):
            run = free[place : place + size]
            if done & set(range(place, place + size)) or (size > 1 and run[-1][2] - run[0][1] > 24):
                continue
            joined = "".join(word for word, _, _ in run)
            typed = text[run[0][1] : run[-1][2]]
            if size > 1 and (run[0][0].isascii() is False) and any(known[place : place + size]):
                continue
            if size > 1 and any(part.isascii() != run[0][0].isascii() for part, _, _ in run):
                continue
            if size > 1 and run[0][0].isascii() and all(_is_english(part, base) for part, _, _ in run):
                continue
            meant = _nearest(joined, size, base)
            if meant and meant.casefold() != typed.casefold():
                done |= set(range(place, place + size))
                yield typed, meant


def _nearest(word: str, size: int, base: Base) -> str | None:
    if word.isascii():
        if size > 1:
            return base.speller.nearest_name(word) if len(word) >= 8 else None
        if _is_english(word, base):
            return None
        split = base.speller.split(word, lambda part: _is_word(part, base)) if len(word) >= 10 else None
        return base.speller.nearest(word) or split
    heads = [(word[:length], word[length:]) for length in range(len(word), 1, -1)]
    heads = [(head, tail) for head, tail in heads if not tail or is_particles(tail)]
    if any(base.speller.knows(head) for head, _ in heads):
        return None
    for head, tail in heads:
        if len(head) >= 2 and (nearest := base.speller.nearest(head)):
            from bot.knowledge.names import normal

            same = normal(nearest) == normal(head)
            if same or (len(head) < 4 and _is_korean(head, base)) or (size > 1 and len(head) < 4):
                return None
            return nearest + tail
    return None


def _is_korean(word: str, base: Base) -> bool:
    """Whether a Korean word is one that the lexicon, or the analyser's dictionary, knows as it stands."""
    tokens = analyse(word)
    dictionary = len(tokens) == 1 and tokens[0].content and tokens[0].known and tokens[0].tag != "NNP"
    return bool(base.glossary.of(word)) or dictionary or base.retriever.idf(word) < base.weight_unknown


# ── words ────────────────────────────────────────────────────────────────────────────────────────


def _inside(mention: Mention, named: list[set[int]], tokens: list[Token], base: Base) -> bool:
    """Whether a group's name is only a part of a metric's: the 기업 of 기업 가치."""
    return base.names.entities[mention.id].kind == "group" and any(
        tokens[index].start <= mention.start and mention.end <= tokens[index].end for used in named for index in used
    )


def _asking(text: str, cued: cues.Cues, given: list[numbers.Quantity], base: Base) -> list[tuple[int, int]]:
    """The spans of a question that ask, date or measure, and so say nothing of what it is about."""
    spans = [*cued.spans, *periods.spans(text, base.year), *((q.start, q.end) for q in given)]
    spans += [match.span() for match in UNIT_WORDS.finditer(text)]
    return spans + [match.span() for pattern in (SCALE_KO, SCALE_EN) for match in pattern.finditer(text)]


def _words(
    tokens: list[Token],
    concepts: list[set[str]],
    outside: list[bool],
    asking: list[tuple[int, int]],
    base: Base,
) -> Iterator[Word]:
    """The weighty words of a question that are no entity's name, each with the terms that it may meet."""
    for index, token in enumerate(tokens):
        joined = [i for i in (index - 1, index + 1) if 0 <= i < len(tokens) and concepts[i] & concepts[index]]
        joined = [index] if joined else []
        asks = any(start < token.end and token.start < end for start, end in asking)
        if not outside[index] or not token.content or is_stop(token) or re.fullmatch(r"[\d.,]+", token.surface):
            continue
        direct = [token.form, *token.parts]
        if HANGUL.fullmatch(token.form) and len(token.form) > 2:
            direct += bigrams(token.form)
        known = sorted(concepts[index])
        if asks and (token.tag == "ID" or not token.content):
            continue
        absent = all(base.retriever.idf(term) >= base.weight_unknown for term in (token.form, *token.parts, *known))
        yield Word(
            surface=token.surface,
            terms=tuple(dict.fromkeys(direct)),
            concepts=tuple(known),
            weight=_weight(token, known, base) * (ASKING if asks else 1.0),
            phrase=index in joined,
            name=absent and not asks and _is_name(token, known, base),
            noun=_is_noun(token, known, base),
        )


def _weight(token: Token, concepts: list[str], base: Base) -> float:
    """What a word weighs by its kind; a lone syllable that nobody knows is mostly a scrap of an ending."""
    scrap = len(token.form) == 1 and not token.form.isascii() and not concepts
    if scrap and base.retriever.idf(token.form) >= base.weight_unknown:
        return 0.1
    return WEIGHT_OF_TAG.get(token.tag, 1.0)


def _is_noun(token: Token, concepts: list[str], base: Base) -> bool:
    """Whether a word may name a thing: in English, unless all of its meanings, or its ending, say otherwise."""
    if token.tag != "EN":
        return token.tag in ("NNG", "NNP", "ID")
    if concepts:
        return not all(map(base.glossary.is_predicate, concepts))
    return not re.search(r"(?:ing|ed|ly)$", token.surface.lower())


def _is_name(token: Token, concepts: list[str], base: Base) -> bool:
    """Whether a word that no article has is a name: then nothing can be said of it, whatever else is known."""
    if concepts:
        return any(map(base.glossary.is_name, concepts))
    capital = token.tag in ("EN", "ID") and token.surface[:1].isupper() and token.start > 0
    return (token.tag == "NNP" and len(token.form) > 1) or _is_code(token) or capital


def _is_code(token: Token) -> bool:
    """Whether a token is an identifier such as R2, which is no other's."""
    return token.tag == "ID" and any(map(str.isdigit, token.form)) and any(map(str.isalpha, token.form))


def _unit(text: str) -> str | None:
    """A currency that the answer is asked for in."""
    for row in table("units"):
        if row["dimension"] != "money":
            continue
        for alias in cell(row["aliases"]):
            if not alias.isascii():
                if len(alias) > 1 and re.search(rf"(?<!\d){re.escape(alias)}", text):
                    return row["id"]
            elif re.search(rf"(?<![\w]){re.escape(alias)}(?!\w)", text, re.IGNORECASE):
                return row["id"]
    return None


def _scale(text: str) -> str | None:
    if match := SCALE_KO.search(text):
        return match["scale"]
    if match := SCALE_EN.search(text):
        return (match["scale"] or match["alone"]).lower()
    return None


def _threshold(given: list[numbers.Quantity]) -> tuple[str, numbers.Decimal, str] | None:
    """A bound that listed figures must keep: "over $100bn", "1,000억 달러 넘는"."""
    for quantity in given:
        if quantity.hedge in ("over", "under", "at_least", "up_to") and quantity.unit:
            return (quantity.hedge, quantity.low, quantity.unit)
    return None


# ── follow-ups ───────────────────────────────────────────────────────────────────────────────────


def _follow_up(query: Query, earlier: list[Query], base: Base) -> Query:
    """`query` with what it leaves out taken from the questions before it, the last first."""
    previous = earlier[-1]
    leans = cues.anaphora(query.question, query.language)
    hard = [m for m in query.entities if base.names.entities[m.id].kind not in ("document", "group")]
    elliptical = len(query.words) == 0 and not query.metrics and bool(query.entities or query.periods)
    changes: dict[str, object] = {}
    inherited: set[str] = set()
    if not hard and previous.entities and (_leans(leans) or not _stands_alone(query, base)):
        kept = previous.entities
        if "both" in leans and len({m.id for m in kept}) < 2 and len(earlier) > 1:
            kept = (*earlier[-2].entities, *kept)
        if query.entities:
            own = {m.id for m in query.entities}
            kept = tuple(m for m in kept if m.id not in own)
        changes["entities"] = (*query.entities, *kept)
        inherited |= {m.id for m in kept}
    asks_same = "next" in leans and not query.metrics and len(query.words) <= 1 and not query.dimensions
    if elliptical or asks_same or (not query.metrics and not query.words and "both" in leans) or _only_figure(query):
        changes["words"] = (*query.words, *previous.words)
        if not query.cues & {"why", "how"}:
            kept_cues = previous.cues - {"compare", "rank_high", "rank_low"} if elliptical else previous.cues & {"amount"}
            changes["metrics"] = previous.metrics
            changes["dimensions"] = query.dimensions | previous.dimensions
            changes["cues"] = query.cues | kept_cues
            inherited |= {m.id for m in previous.metrics}
        if not query.periods:
            changes["periods"] = previous.periods
        if elliptical and hard:
            changes["entities"] = _swapped(query, previous, base)
    if not query.words and not query.metrics and not query.entities and query.periods:
        changes["entities"] = previous.entities
    if not inherited and not changes:
        return query
    names = [base.names.entities[i].name(query.language) for i in query.model_copy(update=changes).entity_ids if i in inherited]
    names += [base.names.metrics[i].name(query.language) for i in dict.fromkeys(m.id for m in previous.metrics[:1]) if i in inherited]
    reading = query.reading
    if names:
        reading = (*reading, say("read_follow_up", query.language, names=", ".join(dict.fromkeys(names))))
    return query.model_copy(update={**changes, "inherited": frozenset(inherited), "reading": reading})


def _leans(leans: frozenset[str]) -> bool:
    return bool(leans & {"it", "both"})


def _only_figure(query: Query) -> bool:
    """Whether a question asks for a comparison or a calculation, and says of nothing."""
    return bool(query.cues & {"compare", "difference", "sum", "share", "growth", "ratio", "rank_high", "rank_low"}) and (
        not query.metrics and not any(word.noun and word.weight >= 0.3 for word in query.words)
    )


def _stands_alone(query: Query, base: Base) -> bool:
    """Whether a question that names nothing can be answered by itself: it lists, ranks, or has words enough."""
    if query.cues & {"list", "rank_high", "rank_low", "help"} and query.metrics:
        return True
    return len(query.words) >= 4


def _swapped(query: Query, previous: Query, base: Base) -> tuple[Mention, ...]:
    """The entities of the question before, with those of a kind that this one names put in their place."""
    kinds = {base.names.entities[m.id].kind for m in query.entities}
    kept = [m for m in previous.entities if base.names.entities[m.id].kind not in kinds]
    kept = [m for m in kept if base.names.entities[m.id].kind in ("group", "document")]
    return (*query.entities, *kept)


def query_terms(query: Query, base: Base) -> dict[str, float]:
    """The terms to search for, with their weights: names first, words as written, then their synonyms."""
    weights: dict[str, float] = {}
    for mention in query.entities:
        kind = base.names.entities[mention.id].kind
        if kind != "document":
            weight = GROUP if kind in SOFT_KINDS else NAME
            term = entity_term(mention.id)
            weights[term] = max(weights.get(term, 0.0), weight * (0.7 if mention.id in query.inherited else 1.0))
    for metric in query.hints:
        weights[metric_term(metric)] = METRIC
    for word in query.words:
        for term in word.terms:
            share = word.weight if term == word.terms[0] else PART * word.weight
            weights[term] = weights.get(term, 0.0) + share
        for concept in word.concepts:
            weights[concept] = weights.get(concept, 0.0) + SYNONYM * word.weight / len(word.concepts) ** 0.5
    return weights
