"""A question, and those before it → a Query."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

from bot.answer.correcting import corrected
from bot.answer.following import follow
from bot.answer.given import amounts, names_an_amount
from bot.answer.hearing import heard
from bot.answer.numbered import numbers_said
from bot.answer.shapes import BOUNDS
from bot.answer.words import strangers, versions, weighty
from bot.knowledge.base import Base
from bot.knowledge.names import SOFT_KINDS
from bot.language import cues, periods, spoken
from bot.language.hangul import nfc
from bot.language.quantities import Quantity
from bot.language.tables import cell, table
from bot.language.terms import Token, analyse, is_stop, says_before
from bot.language.units import units
from bot.phrases import say
from bot.schema import Language, Mention, Query

REMEMBERED = 1024  # questions
EARLIER = 8  # questions that a follow-up may lean on
COMPARING = {"compare", "rank_high", "rank_low", "difference", "sum", "ratio", "share"}
LONGEST = 500  # characters of a question
MOST_READ = 8 * LONGEST  # of what is typed, before what is no letter of it is taken out
A_SENTENCE = 3  # words that only hold others together
BESIDE = 3  # characters at most between a country and what is said to be of it: "'s "
HANDLE = re.compile(r"(?<![\w.+-])@(?P<name>[A-Za-z]\w{3,31})(?!\w)", re.ASCII)  # of a person, in a chat
# A statement, a call, a tag, a template: what is typed to see what happens.
CODE = re.compile(
    r""";\s*(?:--.*)?$|--$|\b[A-Za-z_]+\((?:["'\d][^)]*)?\)|</?[A-Za-z][^>]*>|[{]\s*[{%}]|[$#][{]|\[object\b"""
)
SCALE_WORDS = re.compile(r"\b(?:trillions?|billions?|millions?|percent)\b", re.IGNORECASE)
APART = r"(?:(?<![가-힣])|(?<=[십백천만억조몇국]))"  # before the name of a currency
KOREAN = re.compile("[가-힣ㄱ-ㅣ]+")
HANGUL = re.compile("[가-힣ㄱ-ㅣ]")  # syllables, and letters such as ㅋㅋ
LETTER = re.compile("[A-Za-z]")
CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u115f\u1160\u3164\uffa0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
EMPHASIS = re.compile(r"<(?P<tag>b|i|u|s|em|strong|mark)>(?P<text>.*?)</(?P=tag)>", re.IGNORECASE | re.DOTALL)
NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # ｄｅｅｐｓｅｅｋ
SCALE_KO = re.compile(
    r"(?<![\d몇수])(?:^|\s)(?P<scale>조|십억|억|백만|만|천)\s?(?=달러|위안|원\b|원으|유로|엔|단위)|\bin (?P<alone>조|억|만)(?![가-힣])"
    r"|^(?P<only>조|십억|억|백만|만|천)(?:으로|로)\??$"
)
SCALE_EN = re.compile(
    r"\b(?:in|into|to) (?:\w+ of )?(?P<scale>trillion|billion|million|thousand)s?\b|(?P<alone>trillion|billion|million)s of",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """`text` in NFC, with no control, direction, invisible or wide characters, no marks of bold, and single spaces."""
    plain = nfc(CONTROL.sub(" ", text[:MOST_READ])).translate(NARROW)
    return " ".join(EMPHASIS.sub(r"\g<text>", plain).split())


@lru_cache(maxsize=8)  # whoever has an answer asks what else there is to the same question
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
        queries.append(follow(alone, queries, base) if queries else alone)
    return queries[-1]


def _read_alone(question: str, base: Base) -> Query:
    """`_read_anew`, once for the questions that the next ones lean on."""
    known = base.readings
    if question not in known:
        if len(known) >= REMEMBERED:
            known.clear()
        known[question] = _read_anew(question, base)
    return known[question]


def _read_anew(question: str, base: Base) -> Query:
    said, wanted = spoken.asked(_without_handles(clean(question)[:LONGEST], base))
    typed, corrections = corrected(said, base)
    text, in_other_letters = heard(typed, base)
    tokens = analyse(text)
    entities = base.names.find_entities(text, tokens)
    language = wanted or _language(typed, base.names.find_entities(typed) if in_other_letters else entities)
    cued = cues.find(text)
    currencies = _currencies(text)
    entities = [m for m in entities if not any(start <= m.start and m.end <= end for _, start, end in currencies)]
    concepts, alone = base.glossary.concepts_apart(tokens)
    hinted = base.names.find_metrics(text, tokens, concepts, figure_asked=True)
    given = amounts(text, tokens, hinted, base)
    hinted = [item for item in hinted if not names_an_amount(item[2], tokens, given)]
    if cued.dimensions or cued.names & COMPARING or hinted:
        entities = [_maker(mention, text, base) for mention in entities]
    outside = [not any(m.start <= token.start < m.end for m in entities) for token in tokens]
    entities = [m for m in entities if not _is_of_another_country(m, entities, base)]
    set_aside = _set_aside(text, entities)
    entities = [m for m in entities if m not in set_aside]
    figure_asked = bool(
        given
        or cued.dimensions
        or cued.names & {"amount", "rank_high", "rank_low", "share", "difference", "sum", "ratio", "compare", "convert"}
    )
    same = figure_asked or not (any(map(says_before, tokens)) or any(mention.weak for mention, _, _ in hinted))
    named_in_full = hinted if same else base.names.find_metrics(text, tokens, concepts, figure_asked)
    metrics = [item for item in named_in_full if any(outside[index] for index in item[2])]
    kinds = {base.names.entities[m.id].kind for m in entities} - set(SOFT_KINDS)
    metrics = [item for item in metrics if item[1] >= 1 or base.may_have(kinds, item[0].id)]
    parts = [any(item[2] < used and 2 * item[1] < score for _, score, used in metrics) for item in metrics]
    metrics = [
        item for item, part in zip(metrics, parts, strict=True) if not part
    ]  # "expensive" of "expensive to train"
    dated = periods.spans(text, base.year)
    metrics = [item for item in metrics if not _only_dates([tokens[i] for i in item[2]], dated)]
    named = [used for _, _, used in metrics if len(used) > 1]
    entities = [m for m in entities if not _inside(m, named, tokens, base)]
    asked = [
        name
        for name, start, end in currencies
        if not any(q.start <= start < q.end for q in given)
        and not cues.is_left_out(text, max(start, text.rfind(" ", start, end) + 1), end)  # not in dollars
    ]
    unit = asked[0] if len(set(asked)) == 1 else None  # in yuan and in dollars: in all that there are
    asking = _asking(text, cued, given, currencies, dated)
    across = alone if base.has_several and base.is_foreign(language) else None
    metric_spans = [(tokens[i].start, tokens[i].end) for _, _, used in metrics for i in used]
    words = (
        *weighty(text, tokens, concepts, across, outside, asking, entities, base),
        *versions(tokens, entities, asking, base),
        *strangers(text, tokens, entities, asking, base),
        *numbers_said(text, tokens, [*asking, *((m.start, m.end) for m in entities), *metric_spans], base),
    )
    found = tuple(periods.find(text, base.year))
    earlier = any(says_before(token) and not _within(token, dated) for token in tokens)
    kinds = {base.names.entities[mention.id].kind for mention in entities}
    dimensions = cued.dimensions
    if unit and not given and not dimensions:
        dimensions = frozenset({"money"})
    if found and kinds == {"document"} and not words and not metrics:
        dimensions = frozenset({"date"})  # "is this an article of 2024?"
    money = any(quantity.unit is None or units()[quantity.unit].dimension == "money" for quantity in given)
    also = {
        "given": money,
        "before": earlier,
        "code": _is_code(text, tokens),
        "spoken": wanted is not None and not text,
        "person": bool(entities and words) and all(cues.is_office(word.surface) for word in words),  # DeepSeek CEO
    }
    return Query(
        question=text,
        language=language,
        words=words,
        entities=tuple(entities),
        left_out=tuple(mention.id for mention in set_aside),
        causes=_causes(text, entities),
        metrics=tuple(mention for mention, _, _ in metrics),
        hints=tuple(mention.id for mention, _, used in hinted if any(outside[index] for index in used)),
        periods=found,
        cues=cued.names | {name for name, is_there in also.items() if is_there},
        dimensions=dimensions,
        unit=unit,
        scale=scale_of(text),
        threshold=_threshold(given),
        amounts=tuple((quantity.low, quantity.unit) for quantity in given),
        reading=tuple(
            say("read_as", language, typed=slip, meant=meant) for slip, meant in (*corrections, *in_other_letters)
        ),
    )


def _is_code(text: str, tokens: list[Token]) -> bool:
    """Whether a text is code and no question: "Can I call sort() on an array" has words as people use them."""
    if not CODE.search(text) or HANGUL.search(text) or text.endswith("?"):
        return False
    return sum(token.surface.islower() and is_stop(token) for token in tokens) < A_SENTENCE


def _without_handles(text: str, base: Base) -> str:
    """`text` without those whom it is addressed to; @openai may be what it is about."""
    if "@" not in text:
        return text
    without = HANDLE.sub(lambda match: match["name"] if base.names.find_entities(match["name"]) else " ", text)
    return " ".join(without.split()) or text


def _language(text: str, entities: list[Mention]) -> Language:
    """The script of the question's own words: names, and a unit such as 억 달러 in English, do not count."""
    if not HANGUL.search(text) or not LETTER.search(text):
        return "ko" if HANGUL.search(text) else "en"
    own, at = "", 0
    for mention in sorted(entities, key=lambda m: m.start):
        own += text[at : mention.start]
        at = max(at, mention.end)
    own += text[at:]
    hangul = len(HANGUL.findall(own))
    # Korean would take its time, and is counted by its letters
    latin_words = analyse(KOREAN.sub(" ", own)) if LETTER.search(own) else []
    english = [token for token in latin_words if token.tag == "EN" and is_stop(token)]
    function_words = sum(not (token.surface.isupper() and len(token.surface) > 1) for token in english)  # PER is no per
    if not hangul and (not function_words or len(re.findall("[A-Za-z]+", own)) == 1):
        hangul, own = len(HANGUL.findall(text)), text  # 딥시크 MAU, 항셍테크 per
        function_words = 0
    latin = len(LETTER.findall(own))
    if not hangul:
        return "en"
    return "ko" if not function_words or hangul * 2 >= latin else "en"


def _maker(mention: Mention, text: str, base: Base) -> Mention:
    """The maker of what a question names, where it asks of "the company behind" it."""
    span = cues.maker_of(text, mention.start, mention.end)
    groups = base.names.entities[mention.id].groups
    owner = next((name for name in groups if base.names.entities[name].kind not in SOFT_KINDS), None)
    if not span or not owner:
        return mention
    return replace(mention, id=owner, surface=text[slice(*span)], start=span[0], end=span[1])


def _is_of_another_country(mention: Mention, entities: list[Mention], base: Base) -> bool:
    """Whether the country right before a name is not the one that it belongs to: China's tech stocks are not America's."""
    family = base.names.family(mention.id)
    own = {name for name in family if base.names.entities[name].kind == "country"} - {mention.id}
    before = (m for m in entities if 0 <= mention.start - m.end <= BESIDE)
    return bool(own) and any(base.names.entities[m.id].kind == "country" and m.id not in own for m in before)


def _set_aside(text: str, entities: list[Mention]) -> list[Mention]:
    """The entities that a question does not ask about: OpenAI 말고; with what stands before it: 미국 회사가 아닌."""
    found: list[Mention] = []
    for mention in sorted(entities, key=lambda m: m.start, reverse=True):
        joined = bool(found) and 0 <= found[-1].start - mention.end <= 1
        if joined or cues.is_left_out(text, mention.start, mention.end):
            found.append(mention)
    return found


def _causes(text: str, entities: list[Mention]) -> tuple[str, ...]:
    """The entities that are named only as what something came of: 딥시크 때문에."""
    came_of = {mention: cues.is_cause(text, mention.start, mention.end) for mention in entities}
    others = {mention.id for mention, is_cause in came_of.items() if not is_cause}
    return tuple(mention.id for mention, is_cause in came_of.items() if is_cause and mention.id not in others)


def _only_dates(used: list[Token], dated: list[tuple[int, int]]) -> bool:
    """Whether the words that name a metric are but a date's: the quarter of Q2, the 초 of 올해 초 with a 몇."""
    said = [token for token in used if token.tag != "MM"]
    return bool(said) and all(_within(token, dated) for token in said)


def _within(token: Token, spans: list[tuple[int, int]]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in spans)


def _inside(mention: Mention, named: list[set[int]], tokens: list[Token], base: Base) -> bool:
    """Whether a group's name is only a part of a metric's: the 기업 of 기업 가치."""
    return base.names.entities[mention.id].kind == "group" and any(
        tokens[index].start <= mention.start and mention.end <= tokens[index].end for used in named for index in used
    )


def _asking(
    text: str,
    cued: cues.Cues,
    given: list[Quantity],
    currencies: list[tuple[str, int, int]],
    dated: list[tuple[int, int]],
) -> list[tuple[int, int]]:
    """The spans of a question that ask, date or measure, and so say nothing of what it is about."""
    spans = [*cued.spans, *dated, *((q.start, q.end) for q in given)]
    spans += [(start, end) for _, start, end in currencies]
    spans += [match.span() for match in SCALE_WORDS.finditer(text)]
    return spans + [match.span() for pattern in (SCALE_KO, SCALE_EN) for match in pattern.finditer(text)]


def _currencies(text: str) -> list[tuple[str, int, int]]:
    """The currencies that a question names, and where: 유로, but not the 유로 of 이유로."""
    found: list[tuple[str, int, int]] = []
    lowered = text.lower()
    for currency, alias, folded in _names_of_currencies():
        if folded in lowered:
            found += [(currency, *match.span()) for match in _currency(alias).finditer(text)]
    return sorted(found, key=lambda item: item[1])


@cache
def _names_of_currencies() -> tuple[tuple[str, str, str], ...]:
    rows = (row for row in table("units") if row["dimension"] == "money")
    return tuple((row["id"], alias, alias.lower()) for row in rows for alias in cell(row["aliases"]))


@cache
def _currency(alias: str) -> re.Pattern[str]:
    # "in won", not "has won"
    bounds = (r"\b(?:in|into|to|as|of|us|many)\s+", r"(?!\w)") if alias.isascii() else (APART, "")
    if len(alias) == 1 and not alias.isascii():
        bounds = (r"(?<![가-힣\d])", r"(?=으?로)")  # 원으로
    return re.compile(f"{bounds[0]}{re.escape(alias)}{bounds[1]}", re.IGNORECASE)


def scale_of(text: str) -> str | None:
    """The form that a figure is asked for in: 억, million."""
    if match := SCALE_KO.search(text):
        return match["scale"] or match["alone"] or match["only"]
    if match := SCALE_EN.search(text):
        return (match["scale"] or match["alone"]).lower()
    return None


def _threshold(given: list[Quantity]) -> tuple[str, Decimal, str] | None:
    """A bound that listed figures must keep: "over $100bn", "1,000억 달러 넘는"."""
    for quantity in given:
        if quantity.hedge in BOUNDS and quantity.unit:
            return (quantity.hedge, quantity.low, quantity.unit)
    return None
