"""Numbers as people write them, in Korean and English, read to Decimal and unit and written back.

Reading is exact: nothing is rounded, and what is vague (수억, "hundreds of millions") is not read at all.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bot.language.tables import cell, table
from bot.schema import Hedge, Language

LONGEST = 40  # digits of one number; a longer one is no figure that anybody means
DIGIT, SINO_SCALE = re.compile(r"\d"), re.compile("[십백천만억조]")
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@dataclass(frozen=True)
class Quantity:
    """A number that a text gives, in base units, with what hedges it and where it stands."""

    low: Decimal
    high: Decimal
    unit: str | None  # an id of units.csv; None: a bare number
    hedge: Hedge | None
    start: int
    end: int


@dataclass(frozen=True)
class Unit:
    """A row of units.csv: how a quantity is written."""

    id: str
    dimension: str
    ko: str
    en: str
    en_many: str
    prefix: str


@cache
def units() -> dict[str, Unit]:
    """Every unit that a fact may have, by id."""
    found: dict[str, Unit] = {}
    for row in table("units"):
        found.setdefault(
            row["id"], Unit(row["id"], row["dimension"], row["ko"], row["en"], row["en_many"], row["prefix"])
        )
    return found


def _alternatives(words: list[str]) -> str:
    """A pattern of `words`, longest first; a Latin word only where no letter goes on."""
    longest_first = sorted(dict.fromkeys(words), key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in longest_first if word[-1].isascii() and word[-1].isalpha())
    other = "|".join(re.escape(word) for word in longest_first if not (word[-1].isascii() and word[-1].isalpha()))
    return "|".join(part for part in (latin and f"(?:{latin})(?![A-Za-z])", other) if part)


@cache
def _units_by_alias() -> dict[str, tuple[str, Decimal]]:
    return {
        alias.lower(): (row["id"], Decimal(row["factor"])) for row in table("units") for alias in cell(row["aliases"])
    }


@cache
def _prefixes() -> dict[str, str]:
    return {row["prefix"]: row["id"] for row in table("units") if row["prefix"]}


@cache
def _scales() -> dict[str, int]:
    """Every written scale → its power of ten: 억 → 8, billion → 9."""
    return {word.lower(): int(row["power"]) for row in table("scales") for word in (*cell(row["ko"]), *cell(row["en"]))}


@cache
def scale_names(language: Language) -> dict[str, int]:
    """The scales that an answer may be asked in (억, million) → power of ten."""
    return {cell(row[language])[0]: int(row["power"]) for row in table("scales") if row[language]}


@cache
def numerals() -> dict[str, int]:
    """Numbers in words that a unit follows: 한, two."""
    return {row["word"]: int(row["value"]) for row in table("numerals") if not row["unit"]}


@cache
def _whole() -> dict[str, tuple[int, str]]:
    """Words that are a number and its unit in one: 하루, decade."""
    return {row["word"]: (int(row["value"]), row["unit"]) for row in table("numerals") if row["unit"]}


@cache
def _unit_pattern() -> str:
    return rf"(?:{_alternatives([alias for row in table('units') for alias in cell(row['aliases'])])})"


@cache
def _english_scales() -> str:
    return _alternatives([word for row in table("scales") for word in cell(row["en"])])


# Four patterns, each made when a text first has what it looks for: making one takes longer than all reading.


@cache
def _in_digits() -> re.Pattern[str]:
    """An amount in digits, perhaps the first of a range, with its unit."""
    unit = _unit_pattern()
    prefix = rf"(?:{'|'.join(map(re.escape, _prefixes()))})"
    korean = rf"(?:{NUMBER})\s?[십백천]?[만억조]|(?:{NUMBER})\s?[십백천](?![가-힣])|(?:{NUMBER})[백천](?=\s?\d)"
    amount = (
        rf"(?:(?:{korean})(?:\s?(?:{korean}))*(?:\s?(?:{NUMBER})(?![\d.,년월분]|\s?[월일]))?"
        rf"|(?:{NUMBER})(?:[\s-]?(?:{_english_scales()}))?)"
    )
    return re.compile(
        rf"(?<![A-Za-z\d.,])(?P<prefix>{prefix})?\s?(?P<first>{amount})(?:[\s-]?(?P<first_unit>{unit}))?"
        rf"(?:\s?(?:~|–|—|-|에서|to|and)\s?(?P<prefix2>{prefix})?(?P<second>{amount})(?![\d.])"
        rf"(?:[\s-]?(?P<unit>{unit}))?)?",
        re.IGNORECASE,
    )


@cache
def _in_words() -> re.Pattern[str]:
    """A number in words and its unit: 한 시간, two years."""
    words = "|".join(sorted(numerals(), key=len, reverse=True))
    return re.compile(rf"(?<![가-힣A-Za-z])(?P<word>{words})(?P<gap>[\s-]?)(?P<unit>{_unit_pattern()})", re.IGNORECASE)


@cache
def _in_sino() -> re.Pattern[str]:
    """A number in Sino-Korean letters and its unit: 천오백억 달러."""
    return re.compile(
        rf"(?<![가-힣수몇])(?P<word>[일이삼사오육칠팔구십백천만억조]{{2,}})\s?(?P<unit>{_unit_pattern()})"
    )


@cache
def _piece() -> re.Pattern[str]:
    """Digits and the scale behind them."""
    return re.compile(rf"({NUMBER})[\s-]?([십백천]?[만억조십백천]|{_english_scales()})?", re.IGNORECASE)


def _amount(text: str) -> Decimal:
    """The value of one written amount: "1조 2,300억", "5.5 million", "3천만"."""
    total = section = Decimal(0)
    for digits, scale in _piece().findall(text):
        value = Decimal(digits.replace(",", ""))
        power = 0
        for part in [scale.lower()] if scale.isascii() else [scale[:-1], scale[-1:]]:
            power += _scales().get(part, 0)
        if not scale.isascii() and scale[-1:] in "만억조" and scale:
            large = _scales()[scale[-1]]
            total += (section + value.scaleb(power - large)).scaleb(large)
            section = Decimal(0)
        else:
            section += value.scaleb(power)
    return total + section


SINO = {char: value for value, char in enumerate("영일이삼사오육칠팔구")}


def _sino(word: str) -> Decimal | None:
    """The value of a number in Sino-Korean letters: 천오백만 → 15000000."""
    total = section = digit = 0
    for char in word:
        if char in SINO:
            digit = SINO[char]
        elif char in "십백천":
            section += (digit or 1) * 10 ** _scales()[char]
            digit = 0
        else:
            total += (section + digit or 1) * 10 ** _scales()[char]
            section = digit = 0
    return Decimal(total + section + digit) or None


@cache
def _hedges() -> list[tuple[re.Pattern[str], re.Pattern[str], Hedge]]:
    compiled: list[tuple[re.Pattern[str], re.Pattern[str], Hedge]] = []
    for row in table("hedges"):
        words = sorted(cell(row["before"]), key=len, reverse=True)
        before = "|".join(re.escape(word).replace(r"\ \*", r" [\w ,$]*") for word in words)
        after = "|".join(re.escape(word) for word in sorted(cell(row["after"]), key=len, reverse=True)) or r"(?!)"
        compiled.append(
            (
                re.compile(rf"(?<![가-힣A-Za-z])(?:{before})\s*(?:a |an |the |단 )?$", re.IGNORECASE),
                re.compile(rf"\s?(?:[가-힣]{{1,2}}\s)?(?:{after})", re.IGNORECASE),
                row["id"],  # type: ignore[arg-type]  # the table is the list of hedges
            )
        )
    return compiled


def _hedge(text: str, start: int, end: int) -> Hedge | None:
    """What hedges the number that stands at start:end, by the words around it; the longest match wins."""
    before, after = text[max(0, start - 40) : start], text[end : end + 20]
    best: tuple[int, Hedge] | None = None
    for opening, closing, hedge in _hedges():
        for match in (opening.search(before), closing.match(after)):
            if match and (best is None or len(match.group().strip()) > best[0]):
                best = (len(match.group().strip()), hedge)
    return best[1] if best else None


def read(text: str) -> list[Quantity]:
    """Every quantity that `text` gives in digits or in words, in order; what is vague is left out."""
    found: list[Quantity] = []
    for match in _in_digits().finditer(text) if DIGIT.search(text) else ():
        parts = match.groupdict()
        if max(map(len, re.findall(r"[\d,]+", match.group()))) > LONGEST:
            continue
        unit, factor = _unit_of(parts)
        first, end = parts["first"], match.end()
        low = high = _amount(first) * factor
        hedge: Hedge | None = None
        if parts["second"]:
            high = _amount(parts["second"]) * factor
            if low < high and not parts["first_unit"] and not re.search(r"[^\d.,\s]", first):
                scale = high / (_amount(re.match(NUMBER, parts["second"]).group()) * factor)  # type: ignore[union-attr]
                low = low * scale if low * scale <= high else low  # 1,500~3,000억: the scale is shared
            if low < high:
                hedge = "range"
            else:  # no range: two numbers beside each other; take the first, and look at the second again
                found += [
                    _shift(quantity, match.start("second")) for quantity in read(text[match.start("second") : end])
                ]
                high, end = low, match.end("first")
                unit = _units_by_alias().get((parts["first_unit"] or "").lower(), (None,))[0] or (
                    _prefixes().get(parts["prefix"] or "")
                )
        found.append(Quantity(low, high, unit, hedge or _hedge(text, match.start(), end), match.start(), end))
    taken = [(quantity.start, quantity.end) for quantity in found]
    lower = text.lower()
    spelled = _in_words().finditer(text) if any(word in lower for word in numerals()) else ()
    sino = _in_sino().finditer(text) if SINO_SCALE.search(text) else ()
    for matches in (spelled, sino):
        for match in matches:
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            word = match["word"]
            value = Decimal(numerals()[word.lower()]) if matches is spelled else _sino(word)
            if value is None:
                continue
            unit, factor = _units_by_alias()[match["unit"].lower()]
            hedge = _hedge(text, match.start(), match.end())
            found.append(Quantity(value * factor, value * factor, unit, hedge, match.start(), match.end()))
    for match in _whole_pattern().finditer(text):
        count, unit = _whole()[match.group().lower()]
        hedge = _hedge(text, match.start(), match.end())
        found.append(Quantity(Decimal(count), Decimal(count), unit, hedge, match.start(), match.end()))
    return sorted(found, key=lambda quantity: quantity.start)


@cache
def _whole_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![가-힣A-Za-z])(?:{_alternatives(list(_whole()))})", re.IGNORECASE)


def _unit_of(parts: dict[str, str | None]) -> tuple[str | None, Decimal]:
    written = parts["unit"] or parts["first_unit"]
    if parts["prefix"]:
        return _prefixes()[parts["prefix"]], Decimal(1)
    if written:
        return _units_by_alias()[written.lower()]
    return None, Decimal(1)


def _shift(quantity: Quantity, by: int) -> Quantity:
    return Quantity(quantity.low, quantity.high, quantity.unit, quantity.hedge, quantity.start + by, quantity.end + by)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────


def plain(value: Decimal) -> str:
    """`value` with thousands separated and no digit lost: 5900.50 → 5,900.5."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _korean(value: Decimal) -> str:
    """`value` in 조, 억 and 만: 1,230,000,000,000 → 1조 2,300억."""
    groups: list[str] = []
    rest = abs(value)
    for scale, power in (("조", 12), ("억", 8), ("만", 4)):
        count, rest = divmod(rest, Decimal(10) ** power)
        if count:
            groups.append(f"{plain(count)}{scale}")
    if rest or not groups:
        groups.append(plain(rest))
    return ("-" if value < 0 else "") + " ".join(groups)


def _english(value: Decimal) -> str:
    """`value` in trillions, billions or millions where that is short: 67.2 billion."""
    for scale, power in (("trillion", 12), ("billion", 9), ("million", 6)):
        scaled = value.scaleb(-power)
        if abs(scaled) >= 1:
            exponent = scaled.normalize().as_tuple().exponent
            return f"{plain(scaled)} {scale}" if isinstance(exponent, int) and exponent >= -3 else plain(value)
    return plain(value)


def _date(value: Decimal, language: Language) -> str:
    digits = f"{value:f}"
    year, month, day = digits[:4], digits[4:6], digits[6:8]
    if language == "ko":
        return " ".join(
            part for part in (f"{year}년", f"{int(month)}월" if month else "", f"{int(day)}일" if day else "") if part
        )
    names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    if not month:
        return year
    return f"{names[int(month) - 1]} {f'{int(day)}, ' if day else ''}{year}"


def amount(value: Decimal, language: Language, scale: str | None = None) -> str:
    """A bare amount; `scale` (억, million) forces its form, whichever the language."""
    if scale:
        power = _scales()[scale.lower()]
        space = " " if scale.isascii() else ""
        return f"{plain(value.scaleb(-power))}{space}{scale}"
    return _korean(value) if language == "ko" else _english(value)


def write(
    low: Decimal,
    high: Decimal,
    unit: str,
    language: Language,
    counter: str = "",
    scale: str | None = None,
) -> str:
    """A quantity as `language` writes it: 1,500억~3,000억 달러, $150 billion to $300 billion."""
    if unit == "date":
        return _date(low, language)
    if unit == "quarter":
        return f"{plain(low)}분기" if language == "ko" else f"Q{plain(low)}"
    known = units()[unit]
    korean_form = language == "ko" or (scale is not None and not scale.isascii())
    if not korean_form and known.prefix:
        first, second = (known.prefix + amount(value, "en", scale) for value in (low, high))
        return first if low == high else f"{first} to {second}"
    one, two = (amount(value, language, scale) for value in (low, high))
    number = one if low == high else f"{one}~{two}" if korean_form else f"{one} to {two}"
    word = counter or (known.ko if korean_form else known.en if low == high == 1 else known.en_many)
    close = not word or word in ("%", "p") or (korean_form and number[-1].isdigit())
    return f"{number}{'' if close else ' '}{word}"


def hedged(text: str, hedge: Hedge | None, language: Language) -> str:
    """`text` with its hedge around it: 약 150억 달러, under $4 billion; a range hedges itself."""
    for row in table("hedges"):
        if row["id"] == hedge:
            return row[language].replace("{}", text)
    return text
