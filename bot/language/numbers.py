"""Numbers as people write them, in Korean and English, read to Decimal and unit.

Reading is exact: nothing is rounded, and what is vague (수억, "hundreds of millions") is not read at all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import cache, lru_cache

from bot.language.quantities import Quantity, together, with_half
from bot.language.tables import cell, table
from bot.language.units import numerals, prefixes, scales, units, units_by_alias, whole_words
from bot.schema import Hedge

LONGEST = 40  # digits and commas of one number; a longer one is no figure that anybody means
EXACT = 120  # digits that the sum of such numbers may have; Decimal would round after 28
FLAGS = re.ASCII | re.IGNORECASE  # ASCII: or ſ would be found as an s, which no table has
DIGIT = re.compile(r"\d", FLAGS)
MINUS = r"[-−△▲▼]|마이너스\s?|(?:minus|negative)\s"
RISES = "▲"  # before a percentage it says that it rose
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d|[.,]\d)"
YEAR = r"(?:19|20)\d\d"
# A date is no length of time: periods.py reads these. 10년간 and 2,024년 are quantities.
DATE = re.compile(rf"(?<![\d.,]){YEAR}\s?년(?!간)|(?<!\d)\d{{1,2}}\s?월(?!간)(?:\s?\d{{1,2}}\s?일)?", re.ASCII)
ROW = re.compile(
    r"^[^|\n]*\((?:단위\s?:?\s?)?(?P<unit>[^()|\n]{1,12})\)\s?\|.*$", re.MULTILINE
)  # with a unit in its label
FRACTION = re.compile(r"\d+\s?분의\s?\d+", re.ASCII)  # two thirds are no two numbers
LINK = re.compile(r"\s?(?P<link>[~∼〜–—-])\s?|(?P<from>에서)\s?|\s(?P<word>to|and)\s", FLAGS)
BETWEEN = re.compile(r"\bbetween\s(?:about\s|roughly\s|around\s)?$", FLAGS)
# "rose from $3bn to $5bn" and "3억에서 5억으로 늘었다" give two figures and no range.
ROSE = re.compile(
    r"\b(?:rose|risen|grew|grown|fell|fallen|dropped|jumped|climbed|soared|surged|increased?|decreased?|went|up|down"
    r"|cut|raised)(?:\s\w+){0,2}\sfrom\s$",
    FLAGS,
)
RISEN = re.compile(
    r"(?:으로|로)\s(?:[가-힣]+\s)?(?:늘|줄|증가|감소|급증|급감|상승|하락|성장|올[라랐]|떨어|뛰|커졌|확대|축소)"
)
# What else than a particle may follow a Korean unit without a space; any other syllable makes another word of it.
SUFFIXES = "간|째|짜리|어치|씩|당|치|차|전|후|뒤|동안|만에|규모|대|급|반"
WORDS = "주요|주가|개인|원인|대한|[가-힣][당치차전급]"  # after a space: no unit, though they begin like one (세 도전)
OPENS_CELL, CLOSES_CELL = re.compile(r"\|\s?\($"), re.compile(r"\)\s?(?:\||\n|$)")
VAGUE = r"\b(?:point|several|few|many|couple(?: of)?|half an?)\s|(?:수|몇|여러)\s"
# Wide letters and signs, and spaces of other widths, as what they stand for; one for one, so that offsets hold.
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
WIDE |= {0xFFE6: 0x20A9, 0x3000: 0x20, 0xA0: 0x20, 0x2007: 0x20, 0x2009: 0x20, 0x202F: 0x20}


# ── patterns ─────────────────────────────────────────────────────────────────────────────────────

# Each is made when a text first has what it looks for: making one takes longer than all reading.


def either(words: Iterable[str]) -> str:
    """A pattern of `words`, longest first; a Latin word only where no letter goes on."""
    longest_first = sorted(words, key=len, reverse=True)
    latin = [re.escape(word) for word in longest_first if word[-1].isascii() and word[-1].isalpha()]
    other = [re.escape(word) for word in longest_first if not (word[-1].isascii() and word[-1].isalpha())]
    return "|".join([f"(?:{'|'.join(latin)})(?![A-Za-z\u00c0-\u024f])", *other] if latin else other)


@cache
def _end() -> re.Pattern[str]:
    """Where a Korean word ends: no syllable goes on, or a particle or a hedge does."""
    particles = {form for row in table("particles") for form in cell(row["forms"])} | set(SUFFIXES.split("|"))
    hedges = {word for row in table("hedges") for word in cell(row["after"]) if re.fullmatch("[가-힣]+", word)}
    # Four at most: a long run of particles can be taken apart in more ways than there is time for.
    return re.compile(rf"(?:{either(particles)}){{0,4}}(?:(?![가-힣])|{either(hedges)})")


@cache
def _unit() -> str:
    """A pattern of a unit, and of the space or hyphen before it."""
    aliases = either(units_by_alias())
    return rf"(?:-|\s(?!{WORDS}))?(?!분의\s?\d)(?P<unit>{aliases})"


@cache
def _unit_after() -> re.Pattern[str]:
    return re.compile(_unit(), FLAGS)


def _is_unit(match: re.Match[str]) -> bool:
    """Whether the unit that was matched ends there, and is not the beginning of another word: 2 일본, 3개발사."""
    unit, start = match["unit"], match.start("unit")
    free = len(unit) > 1 and match.string[start - 1 : start].isalnum()  # 1조달러증발
    return unit.isascii() or free or _end().match(match.string, match.end("unit")) is not None


@cache
def _long_scales() -> str:
    return either(word for word in scales() if word.isascii() and len(word) > 1)


@cache
def _short_scales() -> str:
    return "".join(word for word in scales() if word.isascii() and len(word) == 1)


@cache
def _prefix() -> str:
    return rf"(?:{either(prefixes())})\s?"


@cache
def _beginning() -> re.Pattern[str]:
    """Where a number may begin: not in a name (GPT-4, R1-0528), nor behind a part of one (1,23,456) or of a sign (B$5)."""
    return re.compile(rf"(?<![A-Za-z\d.$€£₩])(?<!\d,)(?<![A-Za-z\d]-)(?=(?:{MINUS})?(?:{_prefix()}[-−]?)?\d)", FLAGS)


@cache
def _in_digits() -> re.Pattern[str]:
    """An amount in digits, with its sign and currency."""
    hundreds = rf"(?:{NUMBER}\s?[천백십]\s?(?=\d)){{0,3}}"  # the 7천 of 7천 5백만
    unit = _unit().replace("P<unit>", ":")
    small = rf"{hundreds}{NUMBER}\s?[십백천](?![만억조])(?:(?![가-힣])|(?=[은는이가을를의에도로와과여])|(?={unit}))"
    # After a space only what must be a part goes on (1만 2,345, 3천 500): "5억 10%" and "5억 3년" are two numbers.
    ones = r"(?:\s(?:\d{4}|\d,\d{3})|(?<=[천만])\s\d{2,3}|(?<!\s)\d{1,4})(?!\d|[.,]\d|\s?[십백천만억조%])"
    rest = rf"(?!\s?{YEAR}\s?년|\s?\d{{1,2}}\s?(?:월|분기)){ones}"
    large = "".join(rf"(?:{hundreds}{NUMBER}\s?[십백천]?{scale}\s?)?" for scale in "조억만")
    korean = rf"(?={hundreds}{NUMBER}\s?[십백천만억조]){large}(?:{small})?(?<!\s)(?:{rest})?(?<=[\d십백천만억조])"
    # A letter alone is a scale where it is attached (5m), or where a currency stands before (US$5 m).
    letter = rf"(?(prefix)\s?|)[{_short_scales()}](?![A-Za-z])"
    english = rf"{NUMBER}(?:(?:[\s-]?(?:{_long_scales()})){{1,2}}|{letter})?(?![십백천만억조])"
    return re.compile(
        rf"(?:(?<![^\s(~])(?P<sign>{MINUS}))?(?P<prefix>{_prefix()})?(?P<inner>(?(prefix)[-−]?|))(?P<amount>{korean}|{english})",
        FLAGS,
    )


@cache
def _piece() -> re.Pattern[str]:
    """Digits and the scale behind them."""
    long = _long_scales()
    english = rf"(?:{long})(?:[\s-](?:{long}))?|[{_short_scales()}](?![A-Za-z])"
    return re.compile(rf"({NUMBER})[\s-]?([십백천]?[만억조십백천]|{english})?", FLAGS)


@cache
def _spelled_out() -> re.Pattern[str]:
    """A number in words and its unit: 한 시간, two hundred users."""
    words = either(numerals())
    # Without a space only what cannot be another word: 두배, but neither 세종 nor 한도.
    gap = r"(?:(?=[\s-])|(?<=[섯곱덟홉무물른흔쉰순든])|(?=[개명달배곳장]|시간|세대|가지|사람))"
    more = rf"(?:(?:[\s-](?:and\s|point\s)?)?(?:{words}|{_long_scales()})){{0,6}}?"
    return re.compile(rf"(?<![가-힣A-Za-z-])(?P<word>(?:{words}){more}){gap}{_unit()}", FLAGS)


@cache
def _in_sino() -> re.Pattern[str]:
    """A number in Sino-Korean letters and its unit: 천오백억 달러."""
    letters = "[일이삼사오육칠팔구십백천만억조]"
    parted = rf"{letters}*[만억조]\s(?:{letters}*[만억조]\s)?{letters}+"  # 십이억 삼천만
    return re.compile(rf"(?<![가-힣A-Za-z-])(?P<word>{parted}|{letters}{{2,}}){_unit()}", FLAGS)


@cache
def _in_one_word() -> re.Pattern[str]:
    """A number and its unit in one: 하루, decade."""
    return re.compile(rf"(?<![가-힣A-Za-z-])(?P<unit>{either(whole_words())})", FLAGS)


@cache
def _vague() -> re.Pattern[str]:
    """What makes the number in words that follows it vague: several (hundred), two or (three), 수 (백만)."""
    words = either(numerals())
    return re.compile(rf"(?:{VAGUE}|(?<![A-Za-z])(?:{words})\s?(?:(?:to|or|[-~,])\s?)?)$", FLAGS)


@cache
def _hedges() -> tuple[re.Pattern[str], list[tuple[Hedge, re.Pattern[str]]]]:
    """What hedges a number from before, its group named after the hedge, and from behind."""
    few_words = r" (?:(?!but |and |yet )[\w']+ ){0,6}"
    before: list[str] = []
    after: list[tuple[Hedge, re.Pattern[str]]] = []
    for row in table("hedges"):
        before.append(f"(?P<{row['id']}>{either(cell(row['before']))})".replace(r"\ \*\ ", few_words))
        behind = either(cell(row["after"])).replace(r"\*", "[가-힣 ]{0,8}")
        pattern = re.compile(rf"\s?(?:[가-힣]{{1,2}}\s)?(?:{behind})", FLAGS)
        after.append((row["id"], pattern))  # type: ignore[arg-type]  # the table is the list of hedges
    opening = rf"(?<![가-힣A-Za-z=-])(?:{'|'.join(before)})\s*(?:(?:a|an|the|단|약|about)\s)?$"
    return re.compile(opening, FLAGS), after


@cache
def _inside() -> re.Pattern[str]:
    """What hedges a number from within, its group named after the hedge."""
    rows = [(row["id"], cell(row["inside"])) for row in table("hedges") if row["inside"]]
    return re.compile("|".join(f"(?P<{name}>{either(forms)})" for name, forms in rows))


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Number:
    """One number as it stands in a text, with its own currency sign and unit."""

    amount: str
    value: Decimal
    prefixed: bool
    unit: str | None
    factor: Decimal
    start: int
    end: int
    hedge: Hedge | None = None  # that stands in it: 1,200여 명


def read(text: str) -> list[Quantity]:
    """Every quantity that `text` gives in digits or in words, in order; what is vague is left out."""
    return list(_read(text))


def has_scale(quantity: Quantity, text: str) -> bool:
    """Whether a quantity of `text` ends in a scale that is a word, as no number of a model does: 4bn, 5,900억."""
    return _scaled().search(text[quantity.start : quantity.end]) is not None


@cache
def _scaled() -> re.Pattern[str]:
    return re.compile(rf"(?:[만억조]|{_long_scales()})$", FLAGS)


@lru_cache(1024)  # the same passages are looked at for many questions
def _read(text: str) -> tuple[Quantity, ...]:
    text = text.translate(WIDE)
    with localcontext() as context:
        context.prec = EXACT
        found = list(_digits(text)) if DIGIT.search(text) else []
    taken = {position for quantity in found for position in range(quantity.start, quantity.end)}
    found += [quantity for quantity in _words(text) if taken.isdisjoint(range(quantity.start, quantity.end))]
    halved = [with_half(quantity, text) for quantity in sorted(found, key=lambda quantity: quantity.start)]
    rows = {match: one for match in ROW.finditer(text) if (one := _one_of(match["unit"]))}
    return tuple(_in_rows(together(halved, text), rows))


def _one_of(label: str) -> Quantity | None:
    """What a 1 stands for in a row whose label has a unit in brackets: 매출(억 원), Revenue ($m)."""
    for written in (f"1{label}", f"{label[:1]}1{label[1:]}"):
        found = list(_digits(written))
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(written)) and found[0].unit:
            return found[0]
    return None


def _in_rows(quantities: Iterable[Quantity], rows: dict[re.Match[str], Quantity]) -> Iterator[Quantity]:
    """Numbers of rows in the unit that stands in the row's label, where they have none of their own."""
    for quantity in quantities:
        label = next((match for match in rows if match.start() <= quantity.start < match.end()), None)
        if label is None or quantity.unit:
            if label is None or quantity.start >= label.end("unit"):
                yield quantity  # and no unit that only stands in a label: 백만 달러
            continue
        one = rows[label]
        yield replace(quantity, low=quantity.low * one.low, high=quantity.high * one.low, unit=one.unit)


def _digits(text: str) -> Iterator[Quantity]:
    others = (*DATE.finditer(text), *FRACTION.finditer(text))
    dates = {position for match in others for position in range(*match.span())}
    at = 0
    while begin := _beginning().search(text, at):
        first = _number(text, begin.start())
        at = first.end if first else begin.start() + 1
        if first is None or not dates.isdisjoint(range(first.start, first.end)):
            continue
        second = _second(text, first)
        if second and second.start not in dates and (bounds := _bounds(first, second)):
            at = second.end
            yield Quantity(*bounds, second.unit or first.unit, "range", first.start, at)
        else:
            value = first.value * first.factor
            yield Quantity(value, value, first.unit, _hedge(text, first.start, at) or first.hedge, first.start, at)


def _number(text: str, start: int) -> _Number | None:
    """The number that begins at `start`."""
    match = _in_digits().match(text, start)
    if not match or not match["amount"] or max(map(len, re.findall(r"[\d,]+", match["amount"]))) > LONGEST:
        return None
    unit, factor, end = prefixes().get((match["prefix"] or "").strip().upper()), Decimal(1), match.end()
    if unit and text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        return None  # $5mm: whatever it means, it is not five dollars
    inside = _inside().match(text, end)
    after = _unit_after().match(text, inside.end() if inside else end)
    hedge: Hedge | None = inside.lastgroup if inside and after else None  # type: ignore[assignment]  # named after hedges
    if after and _is_unit(after):
        named, by = units_by_alias()[after["unit"].lower()]
        if unit in (None, named):
            unit, factor, end = named, by, after.end()
        elif units()[named].dimension == "money":
            return None  # $1.2 trillion won: whichever it is
    value = _amount(match["amount"])
    sign = match["sign"] or match["inner"]
    rises = sign == RISES and unit == "percent"
    if (sign and unit != "count" and not rises) or _is_loss(text, start, end):  # -3개 begins a line of a list
        value = -value
    elif sign:
        start += len(sign)
    return _Number(match["amount"], value, bool(match["prefix"]), unit, factor, start, end, hedge)


def _is_loss(text: str, start: int, end: int) -> bool:
    """Whether a number is all of a table's cell, and in brackets, as accounts write what is below zero: (12)."""
    return bool(OPENS_CELL.search(text, max(0, start - 4), start) and CLOSES_CELL.match(text, end))


def _amount(text: str) -> Decimal:
    """The value of one written amount: "1조 2,300억", "5.5 million", "3천만"."""
    total = section = Decimal(0)
    for digits, scale in _piece().findall(text):
        value = Decimal(digits.replace(",", ""))
        if scale and scale[-1] in "만억조":
            section += value.scaleb(_power(scale[:-1]))
            total += section.scaleb(_power(scale[-1]))
            section = Decimal(0)
        else:
            section += value.scaleb(_power(scale))
    return total + section


def _power(scale: str) -> int:
    """The power of ten of a scale: 천만 → 7, billion → 9, "" → 0."""
    return sum(scales()[part] for part in (re.split(r"[\s-]", scale.lower()) if scale.isascii() and scale else scale))


def _second(text: str, first: _Number) -> _Number | None:
    """The upper end of a range that `first` begins."""
    link = LINK.match(text, first.end)
    second = _number(text, link.end()) if link else None
    if not link or not second:
        return None
    before, word = text[max(0, first.start - 60) : first.start], (link["word"] or "").lower()
    if word == "and" and not BETWEEN.search(before):
        return None
    if (word == "to" and ROSE.search(before)) or (link["from"] and RISEN.match(text, second.end)):
        return None
    return second


def _bounds(first: _Number, second: _Number) -> tuple[Decimal, Decimal] | None:
    """Both ends of a range; None where the two are not of one kind, or the second is not the larger."""
    unit = second.unit or (first.unit if first.prefixed else None)
    if first.unit not in (None, unit) or (second.prefixed and not first.prefixed):
        return None
    if re.fullmatch(YEAR, first.amount) and unit in (None, "years"):
        return None  # 2020–2024
    low, factor = first.value, second.factor if second.unit else first.factor
    pieces = _piece().findall(second.amount)
    if len(pieces) == 1 and re.fullmatch(NUMBER, first.amount) and (first.prefixed or not first.unit):
        shared = low.scaleb(_power(pieces[0][1]))  # 1,500~3,000억: the scale is shared
        low = shared if shared <= second.value else low
    return (low * factor, second.value * factor) if low < second.value else None


def _words(text: str) -> Iterator[Quantity]:
    lower = text.lower()
    found: list[tuple[re.Match[str], Decimal | None]] = []
    if any(word in lower for word in numerals()):
        found += [(match, _spelled(match["word"].lower())) for match in _spelled_out().finditer(text)]
    if any(scale in text for scale in "십백천만억조"):
        found += [(match, _sino(match["word"])) for match in _in_sino().finditer(text)]
    found += [(match, Decimal(whole_words()[match["unit"].lower()][0])) for match in _in_one_word().finditer(text)]
    for match, value in found:
        start, end = match.span()
        if value is None or not _is_unit(match) or _vague().search(text, max(0, start - 20), start):
            continue
        named = match["unit"].lower()
        unit, factor = (whole_words()[named][1], 1) if match.re is _in_one_word() else units_by_alias()[named]
        yield Quantity(value * factor, value * factor, unit, _hedge(text, start, end), start, end)


def _spelled(words: str) -> Decimal | None:
    """The value of numerals in a row: two hundred fifty thousand, 열두; None for 두세, which is two or three."""
    whole, point, rest = words.partition(" point ")
    if point:
        return _with_point(whole, rest)
    total = section = 0
    for word in re.findall(f"{either(numerals())}|{_long_scales()}", words):
        value = numerals()[word] if word in numerals() else 10 ** scales()[word]
        if value >= 1000:
            total, section = total + (section or 1) * value, 0
        elif value == 100:
            section = (section or 1) * value
        elif section % 10 ** len(str(value)):
            return None
        else:
            section += value
    return Decimal(total + section)


def _with_point(whole: str, rest: str) -> Decimal | None:
    """The value of a number with a point in words: one point two, billion; None for what is none."""
    digits = re.match(rf"(?:(?:{either(word for word, value in numerals().items() if value < TEN)})\s?)+", rest)
    if not digits or (units_of := _spelled(whole)) is None:
        return None
    scale = _spelled(f"one {rest[digits.end() :]}") if rest[digits.end() :] else Decimal(1)
    figures = "".join(str(numerals()[word]) for word in digits.group().split())
    return None if scale is None else (units_of + Decimal(f"0.{figures}")) * scale


TEN = 10
ONE_TO_NINE = "일이삼사오육칠팔구"
SECTION = "".join(f"(?:[{ONE_TO_NINE}]?{scale})?" for scale in "천백십") + f"[{ONE_TO_NINE}]?"
SINO = re.compile(rf"(?:(?!조){SECTION}조)?(?:(?!억){SECTION}억)?(?:{SECTION}만)?{SECTION}(?<![만억조][{ONE_TO_NINE}])")


def _sino(word: str) -> Decimal | None:
    """The value of a number in Sino-Korean letters: 천오백만 → 15000000; None for another word: 조사, 만일."""
    word = "".join(word.split())
    if not SINO.fullmatch(word):
        return None
    with_ones = re.sub(rf"(?<![{ONE_TO_NINE}])(?=[천백십])|^(?=만)", "일", word)
    return _amount(re.sub(f"[{ONE_TO_NINE}]", lambda digit: str(ONE_TO_NINE.index(digit.group()) + 1), with_ones))


def _hedge(text: str, start: int, end: int) -> Hedge | None:
    """What hedges the number that stands at start:end, by the words around it; the longest match wins."""
    opening, closings = _hedges()
    before = opening.search(text, max(0, start - 60), start)
    best = len(before.group().strip()) if before else 0
    found: Hedge | None = before.lastgroup if before else None  # type: ignore[assignment]  # named after hedges
    for hedge, closing in closings:
        match = closing.match(text, end)
        if match and len(match.group().strip()) > best:
            best, found = len(match.group().strip()), hedge
    return found
