"""What kind of answer a question asks for: a number, a reason, a name, a ranking."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bot.language.tables import cell, table
from bot.schema import Language


def _korean(phrases: tuple[str, ...], compact: str) -> Iterator[tuple[int, int]]:
    """Where phrases stand in a text in lower case without spaces, since people leave them out."""
    for phrase in phrases:  # a loop, since a pattern of them all takes longer to make than to use
        if phrase.startswith("^"):  # only at the beginning: 하이, but not 상하이
            if compact.startswith(phrase[1:]):
                yield 0, len(phrase) - 1
            continue
        start = compact.find(phrase)
        while start >= 0:
            yield start, start + len(phrase)
            start = compact.find(phrase, start + 1)


def _compact(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(phrase.replace(" ", "").lower() for phrase in phrases)


@cache
def _english(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern over words; `*` stands for a few words between, and what is before it for the whole: its group is after."""
    words = (
        _before_and_after(*(re.escape(part).replace(r"\ ", r"\s+") for part in phrase.split(" * ")))
        for phrase in phrases
    )
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)


def _before_and_after(before: str, after: str = "") -> str:
    return rf"{before}(?=\s(?:\S+\s){{0,6}}?({after})(?!\w))" if after else before


@dataclass(frozen=True)
class _Cue:
    """A row of the table of cues."""

    name: str
    dimensions: frozenset[str]
    english: tuple[str, ...]
    heads: frozenset[str]  # the first words of these, one of which a text must have


@cache
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(row["cue"], frozenset(cell(row["dimensions"])), cell(row["en"]), _heads(cell(row["en"])))
        for row in table("cues")
    )


def _heads(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(match.group() if (match := WORD.match(phrase.lower())) else "" for phrase in phrases)


def _words(text: str) -> frozenset[str]:
    """The words that may begin a phrase of a text; the empty one for a phrase that begins with a sign."""
    return frozenset(WORD.findall(text.translate(LIKE_ASCII).lower())) | {""}


@cache
def _phrases() -> dict[str, tuple[tuple[_Cue, str, bool, bool], ...]]:
    """The Korean phrases by their first two characters, or their only one.

    With their cues, whether only a text begins so, and whether they are one word.
    """
    found: dict[str, list[tuple[_Cue, str, bool, bool]]] = {}
    for cue, row in zip(_cues(), table("cues"), strict=True):
        for phrase, written in zip(_compact(cell(row["ko"])), cell(row["ko"]), strict=True):
            bare = phrase.removeprefix("^")  # only at the beginning: 하이, but not 상하이
            found.setdefault(bare[:2], []).append((cue, bare, bare != phrase, " " not in written.strip()))
    return {start: tuple(phrases) for start, phrases in found.items()}


def _in_korean(compact: str, offsets: list[int]) -> Iterator[tuple[_Cue, int, int]]:
    """The cues of a text in lower case without spaces, and where they stand; `offsets` is where its characters stood."""
    starting = _phrases().get
    begun = [(place, found) for place, char in enumerate(compact) if (found := starting(char))]
    pairs = map(str.__add__, compact, compact[1:])
    begun += [(place, found) for place, pair in enumerate(pairs) if (found := starting(pair))]
    for place, phrases in begun:
        for cue, phrase, only_first, one_word in phrases:
            end = place + len(phrase)
            if not compact.startswith(phrase, place) or (only_first and place):
                continue
            if not (one_word and _is_of_two_words(compact, offsets, place, end)):
                yield cue, place, end


def _is_of_two_words(compact: str, offsets: list[int], start: int, end: int) -> bool:
    """Whether a word is but the end of one and the beginning of the next: the 차이 of 연차 이월."""
    inside = start > 0 and offsets[start] == offsets[start - 1] + 1 and HANGUL.match(compact[start - 1])
    return bool(inside) and offsets[end - 1] - offsets[start] > end - 1 - start


@cache
def _anaphora() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    return tuple((row["kind"], _compact(cell(row["ko"])), cell(row["en"])) for row in table("anaphora"))


HANGUL, LATIN, WORD = re.compile("[가-힣ㄱ-ㅣ]"), re.compile("[A-Za-z]{2}"), re.compile(r"\w+")
LIKE_ASCII = str.maketrans("İıſK", "iisk")  # letters that a pattern that ignores case takes for these
ENDS = ".!?~…,^ㅋㅎㅠㅜ"  # of messages that ask nothing
TIMES = frozenset({"date", "duration"})
CLOCK = "clock"  # a cue of no dimension
Match = tuple[str, frozenset[str], tuple[int, int]]  # the cue, the dimensions that it allows, where it stands


@cache
def _replies() -> frozenset[str]:
    """What a whole message says that asks nothing: 네, got it."""
    return frozenset(form.replace(" ", "") for row in table("replies") for form in cell(row["forms"]))


@dataclass(frozen=True)
class Cues:
    """The cues of a question, the dimensions that they allow a figure to have (empty: any), and where they stand."""

    names: frozenset[str]
    dimensions: frozenset[str]
    spans: tuple[tuple[int, int], ...]


def find(text: str) -> Cues:
    """The cues of a question."""
    offsets = [index for index, char in enumerate(text) if not char.isspace()]
    compact = "".join(text[index] for index in offsets).lower()
    found: list[Match] = []
    # a pattern is made when a question is in its script: making all takes longer than answering
    if HANGUL.search(text):
        found += [
            (cue.name, cue.dimensions, (offsets[start], offsets[end - 1] + 1))
            for cue, start, end in _in_korean(compact, offsets)
        ]
    if LATIN.search(text):
        words = _words(text)
        for cue in _cues():
            if not words.isdisjoint(cue.heads):
                spans = (span for match in _english(cue.english).finditer(text) for span in match.regs if span[0] >= 0)
                found += [(cue.name, cue.dimensions, span) for span in spans]
    if compact.rstrip(ENDS) in _replies():
        found.append(("thanks", frozenset(), (0, len(text))))
    found = [match for match in found if not _is_part_of_another(match, found)]
    names = {cue for cue, _, _ in found}
    if ("name" in names and _offices().search(text)) or ("who" in names and _who_is().search(text)):
        names.add("person")
    dimensions = frozenset[str]().union(*(allowed for _, allowed, _ in found)) - {"any"}
    return Cues(frozenset(names), dimensions, tuple(span for _, _, span in found))


def _is_part_of_another(match: Match, found: list[Match]) -> bool:
    """Whether a kind of figure is asked for by a part of what asks for a time: the 몇 년 of 몇 년도, 몇 개 of 몇 개월.

    Or a time by a part of what asks for something else: the 몇 달 of 몇 달러, the 몇 시 of 몇 시간.
    """
    cue, allowed, (start, end) = match
    return (bool(allowed) or cue == CLOCK) and any(
        other != cue
        and (kinds & TIMES or (allowed & TIMES and kinds))
        and a <= start
        and end <= b
        and b - a > end - start
        for other, kinds, (a, b) in found
    )


@cache
def _offices() -> re.Pattern[str]:
    """What people are asked for by: the founder, the CEO."""
    row = table("offices")[0]
    return re.compile(
        "|".join(map(re.escape, cell(row["ko"]))) + "|" + _english(cell(row["en"])).pattern, re.IGNORECASE
    )


def is_office(word: str) -> bool:
    """Whether a word is what people are asked for by."""
    return _offices().fullmatch(word) is not None


@cache
def _who_is() -> re.Pattern[str]:
    """Who holds an office: CEO는 누구, who is the founder."""
    office = _offices().pattern
    korean = rf"(?:{office})[가-힣]{{0,3}}\s*(?:누구|누군|누가|누굽)|누가\s*(?:{office})"
    return re.compile(
        rf"{korean}|\bwho(?:['’]?s|\s+is|\s+are|\s+was|\s+were)\s+(?:\S+\s+){{0,4}}?(?:{office})", re.IGNORECASE
    )


@cache
def _wholes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    row = table("wholes")[0]
    korean = "|".join(re.escape(phrase).replace(r"\ ", r"\s?") for phrase in cell(row["ko"]))
    return re.compile(korean), _english(cell(row["en"]))


def whole(text: str, language: Language) -> tuple[int, int] | None:
    """Where a share is said to be of something: right after its name in Korean, right before it in English."""
    korean, english = _wholes()
    match = (korean if language == "ko" else english).search(text)
    return match.span() if match else None


def anaphora(text: str, language: Language) -> frozenset[str]:
    """The ways in which a question leans on the one before it: a pronoun, "both", "and …?"."""
    compact = re.sub(r"\s+", "", text).lower()
    return frozenset(
        kind
        for kind, korean, english in _anaphora()
        if (any(_korean(korean, compact)) if language == "ko" else _english(english).search(text))
    )


@cache
def _makers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    forms = {row["language"]: cell(row["forms"]) for row in table("makers")}
    korean = "|".join(re.escape(form).replace(r"\ ", r"\s?") for form in forms["ko"])
    english = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms["en"])
    particles = "|".join(sorted((form for row in table("particles") for form in cell(row["forms"])), reverse=True))
    return re.compile(rf"(?:{particles})?\s?(?:{korean})"), re.compile(
        rf"\b(?:{english})\s+(?:the\s+)?$", re.IGNORECASE
    )


def maker_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the maker of text[start:end] is said, rather than the thing itself: the company behind Kling."""
    korean, english = _makers()
    if after := korean.match(text, end):
        return start, after.end()
    before = english.search(text[:start])
    return (before.start(), end) if before else None


@cache
def _beside_a_name(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a table has to say of a name: right after it in Korean, right before it in English."""
    forms = {row["language"]: sorted(cell(row["forms"]), key=len, reverse=True) for row in table(name)}
    korean = "|".join(re.escape(form).replace(r"\ ", r"\s?") for form in forms["ko"])
    english = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms["en"])
    return re.compile(rf"(?:은|는|이|가|을|를)?\s?(?:{korean})(?:는|도)?(?![가-힣])"), re.compile(
        rf"\b(?:{english})\s+(?:the\s+)?$", re.IGNORECASE
    )


def is_left_out(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is what a question sets aside: besides DeepSeek, 딥시크 말고."""
    korean, english = _beside_a_name("exclusions")
    return bool(korean.match(text, end) or english.search(text[:start]))


def is_cause(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is what something came of, and not what it happened to: because of DeepSeek, 딥시크 탓에."""
    korean, english = _beside_a_name("causes")
    return bool(korean.match(text, end) or english.search(text[:start]))


@cache
def _doers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    forms = {row["language"]: "|".join(map(re.escape, cell(row["forms"]))) for row in table("doers")}
    return re.compile(rf"(?:{forms['ko']})\s"), re.compile(rf"\b(?:{forms['en']})\s+(?:the\s+)?$", re.IGNORECASE)


def is_doer(text: str, start: int, end: int) -> bool:
    """Whether a question asks what text[start:end] did: how much did DeepSeek lose, 딥시크가 잃은 돈."""
    korean, english = _doers()
    return bool(english.search(text[:start]) or korean.match(text, end))


@cache
def _askers() -> re.Pattern[str]:
    forms = {row["language"]: "|".join(map(re.escape, cell(row["forms"]))) for row in table("askers")}
    return re.compile(rf"(?:(?:{forms['ko']})\s|\b(?:{forms['en']})\s)$", re.IGNORECASE)


def is_asked_which(word: str, text: str) -> bool:
    """Whether a text asks which of its kind a thing is: which university, 어느 대학."""
    before = text.split(word)[:-1]
    return any(_askers().search(word.join(before[:end])) for end in range(1, len(before) + 1))


@cache
def _conjunctions(kind: str) -> tuple[str, ...]:
    return tuple(form for row in table("conjunctions") if row["kind"] == kind for form in cell(row["forms"]))


def _any_of(forms: Iterable[str]) -> str:
    return "|".join(map(re.escape, forms))


def is_compared_with(rest: str) -> bool:
    """Whether what stands right before `rest` is what something else is compared with: 250개보다."""
    return rest.lstrip().startswith(_conjunctions("than"))


@cache
def _through() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_any_of(_conjunctions('through'))})\s*", re.IGNORECASE)


def is_through(between: str) -> bool:
    """Whether what stands between two times says that all from one to the other is meant: 2021년부터 2023년까지."""
    return _through().fullmatch(between) is not None


@cache
def _joints() -> re.Pattern[str]:
    forms = sorted(_conjunctions("joining"), key=len)
    korean, others = (_any_of(f for f in forms[::-1] if f.isascii() is side) for side in (False, True))
    return re.compile(rf"(?:(?:{korean})(?![가-힣]),?|[,?]|\s(?:{others})\b)\s*", re.IGNORECASE)


def joints(text: str) -> list[tuple[int, int]]:
    """Where a text may be two that are joined: at a comma, a "?", an "and", the 이랑 after a word."""
    return [match.span() for match in _joints().finditer(text)]


@cache
def _joined() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What joins a name to something else, before it and behind it."""
    after, between = (_any_of(_conjunctions(kind)) for kind in ("after", "between"))
    patterns = rf"(?:\s(?:{between})|[가-힣](?:{after})),?\s+$", rf"(?:{after})(?![가-힣])|\s*(?:{between})\s"
    before, behind = (re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    return before, behind


def is_set_beside(word: str, text: str) -> bool:
    """Whether a text joins `word` to something: 애플이랑 …, … or Apple."""
    before, behind = _joined()
    places = re.finditer(re.escape(word), text, re.IGNORECASE)
    return any(behind.match(text, place.end()) or before.search(text[: place.start()]) for place in places)
