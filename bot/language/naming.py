"""What a number of a text measures and of what, in the text's own words: the nouns around it."""

import re
from collections.abc import Iterable
from functools import cache

from bot.language.hangul import is_syllable
from bot.language.tables import cell, table
from bot.language.terms import NOUNS, Token, is_stop

Span = tuple[int, int]

WINDOW = 150  # characters on either side of a number that may name what it measures
MOST_WORDS = 3  # of a noun phrase
SKIPPED = 2  # words between a noun phrase and its number
TOPIC = re.compile(r"(?:은|는|이|가)(?=[\s,]|$)")
OF = re.compile(r"\s?(?:규모|수준|상당|어치|가량|정도)?의\s(?P<what>[가-힣A-Za-z0-9 ·-]+)")
OBJECT = re.compile(
    r"[을를]\s(?!기록|달성|돌파|차지|보유|추정|예상|전망|평가|상회|하회|초과|목표|포함)(?P<what>[가-힣]{2,6}?)(?:했|하|한|해|받|됐|되)"
)
VERBAL = re.compile(r"하|되|시키|당하|했|됐|된|한|할|함|됨|돼|해")  # behind a noun they make a verb of it
COMPARED = re.compile(r"(?:(?:전년|전분기|전\s?분기|직전|작년|지난해|전월)\s?)?(?:동기|같은\s기간|분기)?\s?대비")
LINKS = re.compile(
    r"(?P<what>[A-Za-z][\w&'’ -]*?)\s(?:of|was|were|is|are|has|had|have|will|reached|totall?ed|hit|came|stood|rose|grew|fell|increased"
    r"|decreased|declined|dropped|climbed|jumped|surged|slid|improved|expanded|shrank|remained|averaged|exceeded|at)\s[^.;]{0,50}$"
)
TIMED = re.compile(
    r"\s(?:in|for|during)(?:\sthe)?\s\0+(?:\sof\s\0+)?"
)  # what is taken there is a time: "in Q1 of 2025"
COUNTED = re.compile(r"[\s-](?P<what>(?:[a-z][a-z-]*\s){0,2}?(?:[a-z-]+s|people|staff|men|women|children))\b(?!')")
IN = re.compile(r"\s(?:in|of)\s(?:the\s|its\s|our\s|total\s)?(?P<what>(?:[a-z][a-z-]+\s?){1,3})")


@cache
def leads() -> frozenset[str]:
    """English words that lead to a noun phrase, or hang on it, and are no part of it."""
    return _words_of_kind("lead")


@cache
def _words_of_kind(kind: str) -> frozenset[str]:
    return frozenset(word for row in table("nouns_en") if row["kind"] == kind for word in cell(row["words"]))


def counted(text: str, end: int) -> str:
    """The English noun of what the number that ends at `end` counts: the vehicles of 41,000 vehicles."""
    match = COUNTED.match(text, end)
    if not match or match["what"].split()[-1] in _words_of_kind("not_counted"):
        return ""
    return match["what"]


@cache
def _endings(language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((row["dimension"], cell(row[language])) for row in table("measures"))


def dimensions(name: str) -> frozenset[str]:
    """The dimensions that a measure of this name may have: money of a 비용 or a cost; none where nothing tells."""
    words = re.findall(r"[a-z]+", name.lower())
    bare = re.sub(r"\s*\(.*?\)", "", name).strip()
    return frozenset(d for d, ends in _endings("ko") if is_syllable(bare[-1:] or " ") and bare.endswith(ends)) | (
        frozenset(d for d, known in _endings("en") if any(word in known for word in words))
    )


@cache
def _changes(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = table("changes")
    if language == "ko":
        return tuple(
            (row["noun_ko"], re.compile(rf"(?:의|나|이나|가|을|를|p|포인트)?\s?(?:{'|'.join(cell(row['ko']))})"))
            for row in rows
        )
    return tuple((row["noun_en"], re.compile(rf"\b(?:{'|'.join(cell(row['en']))})\b", re.IGNORECASE)) for row in rows)


def change(text: str, start: int, end: int) -> str:
    """What a percentage at start:end is a change by: 증가율, decline; empty where it is none."""
    if any(map(is_syllable, text)):
        if text[end : end + 1] in ("로", "까"):  # 12%로 올랐다: where it stands now, not by how much it rose
            return ""
        return next((noun for noun, pattern in _changes("ko") if pattern.match(text, end)), "")
    if re.search(r"\bto\s(?:\w+\s)?$", text[:start]):
        return ""
    around = f"{text[max(0, start - 25) : start].rpartition(',')[2]}\n{text[end : end + 12].partition(',')[0]}"
    return next((noun for noun, pattern in _changes("en") if pattern.search(around)), "")


@cache
def _events() -> tuple[re.Pattern[str], re.Pattern[str]]:
    row = table("events")[0]
    korean, english = ("|".join(map(re.escape, cell(row[language]))) for language in ("ko", "en"))
    return re.compile(korean), re.compile(rf"\b(?:{english})\b", re.IGNORECASE)


def event(text: str) -> str:
    """The first word of `text` that says that something happened: 출시, launched; empty where none does."""
    found = [match for pattern in _events() if (match := pattern.search(text))]
    return min(found, key=lambda match: match.start()).group() if found else ""


def _words(text: str, tokens: list[Token]) -> list[tuple[int, int, str, str]]:
    """The words of a Korean text between spaces: where each is, the nouns that it begins with, and what follows them."""
    found: list[tuple[int, int, str, str]] = []
    for match in re.finditer(r"\S+", text):
        end = match.start()
        for token in tokens:
            if (
                token.start == end
                and token.end <= match.end()
                and (token.tag in NOUNS or token.tag in ("EN", "ID", "NNBC"))
            ):
                end = token.end
        found.append((match.start(), match.end(), text[match.start() : end], text[end : match.end()]))
    return found


# ── measures ─────────────────────────────────────────────────────────────────────────────────────


def measure(text: str, tokens: list[Token], number: Span, dimension: str, taken: Iterable[Span]) -> str:
    """What the number at `number` measures, in the words of `text`; empty where no noun says it.

    Args:
        text: a sentence.
        tokens: what `analyse(text)` gave.
        number: where the number stands, its unit included.
        dimension: what its unit measures, such as money; empty: none.
        taken: where the names of things, dates and other numbers stand, which name no measure.
    """
    first, last = max(0, number[0] - WINDOW), number[1] + WINDOW  # a line may be as long as its author likes
    text = text[first:last]
    number = number[0] - first, number[1] - first
    spans = [(max(0, start - first), end - first) for start, end in taken if first < end and start < last]
    if any(map(is_syllable, text)):
        own = [
            token._replace(start=token.start - first, end=token.end - first)
            for token in tokens
            if first <= token.start and token.end <= last
        ]
        return _korean_measure(text, own, number, dimension, spans)
    return _english_measure(text, number, dimension, spans)


def _korean_measure(text: str, tokens: list[Token], number: Span, dimension: str, taken: list[Span]) -> str:
    start, end = number
    taken = [*taken, *(match.span() for match in COMPARED.finditer(text))]
    after = OF.match(text, end)
    if after and dimension in ("count", "money", "power", "weight", ""):
        words: list[str] = []
        for first, _, noun, rest in _words(text, tokens):
            if after.start("what") <= first and len(words) < MOST_WORDS:
                if not noun:
                    break
                words.append(noun)
                if rest:
                    break
        if words:
            return " ".join(words) + (" 수" if dimension in ("count", "") else "")
    phrase = _before(text, tokens, start, taken)
    if not phrase and (made := OBJECT.match(text, end)):
        phrase = made["what"]
    if dimension == "percent" and phrase and (noun := change(text, start, end)):
        # a rate that rises by 1.4 points is another measure than the rate
        return f"{phrase} {noun[:-1]}폭" if phrase.endswith(("율", "률", "비중", "지분")) else f"{phrase} {noun}"
    if dimension == "count" and phrase and "count" not in dimensions(phrase):
        return f"{phrase} 수"
    return phrase


@cache
def hedge_words() -> frozenset[str]:
    """What hedges a number, before it or behind it: 약, 이상, about."""
    return frozenset(word for row in table("hedges") for word in (*cell(row["before"]), *cell(row["after"])))


def _before(text: str, tokens: list[Token], start: int, taken: list[Span]) -> str:
    """The noun phrase next before `start`."""
    words: list[str] = []
    skipped = 0
    for first, last, noun, rest in reversed([word for word in _words(text, tokens) if word[1] <= start]):
        free = all(last <= begun or ended <= first for begun, ended in taken)
        own = [token for token in tokens if first <= token.start and token.end <= first + len(noun)]
        if not free:
            if words:
                break
            continue
        if (
            len(noun) < 2
            or VERBAL.match(rest)
            or noun in hedge_words()
            or all(is_stop(token) or token.tag in ("SN", "NNBC") for token in own)
        ):
            skipped += 1
            if words or skipped > SKIPPED:
                break
            continue
        if words and rest and rest != "의":
            break
        words.insert(0, noun)
        if len(words) == MOST_WORDS:
            break
    return " ".join(words)


def _english_measure(text: str, number: Span, dimension: str, taken: list[Span]) -> str:
    start, end = number
    chars = list(text)
    for first, last in taken:
        chars[first:last] = "\0" * (min(last, len(text)) - first)
    masked = "".join(chars)
    if dimension in ("count", ""):
        if what := counted(masked, end):
            return f"number of {_trimmed(what)}"
        if unit := re.search(r"\s([a-z]+)$", text[start:end]):
            return f"number of {unit[1]}"
    noun = change(text, start, end) if dimension == "percent" else ""
    after = IN.match(masked, end)
    if after and dimension in ("money", "percent") and not noun and (what := _trimmed(after["what"])):
        return f"share of {what}" if dimension == "percent" else what
    before = TIMED.sub("", masked[max(0, start - 90) : start])
    what = ""
    for match in LINKS.finditer(before):
        what = _trimmed(re.split(r"[.,;:\0]|\b(?:and|while|with|from|that|which)\b", match["what"])[-1])
    if not what:
        what = _trimmed(re.split(r"[.,;:\0]", before.rstrip())[-1])
    return f"{what} {noun}".strip() if what else ""


def _trimmed(phrase: str) -> str:
    """A noun phrase without what leads to it or hangs on it, of at most MOST_WORDS words."""
    words = phrase.strip(" '’-").split()
    while words and words[0].lower().strip("'’s") in leads() | {""}:
        words = words[1:]
    while words and (words[-1].lower() in leads() or words[-1].lower().endswith("ly")):
        words = words[:-1]
    kept = words[-MOST_WORDS:]
    while kept and kept[0].lower() in leads():
        kept = kept[1:]
    return " ".join(word.lower() if word[1:].islower() else word for word in kept)
