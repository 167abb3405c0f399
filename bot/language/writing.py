"""Amounts → words: 1,500억~3,000억 달러, $150 billion to $300 billion. Nothing is rounded."""

import re
from decimal import Decimal

from bot.language.tables import table
from bot.language.units import MONTHS, scales, units
from bot.schema import Hedge, Language

EXACT = 27  # digits that arithmetic keeps all of; a longer amount is written as it is


def plain(value: Decimal) -> str:
    """`value` with thousands separated and no digit lost: 5900.50 → 5,900.5."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _korean(value: Decimal) -> str:
    """`value` in 조, 억 and 만: 1,230,000,000,000 → 1조 2,300억; as it is where less than a thousand is left over."""
    groups: list[str] = []
    rest = abs(value)
    if 0 < rest % 10000 < 1000 or rest % 1:
        return plain(value)
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
    if not month:
        return year
    return f"{MONTHS[int(month) - 1]} {f'{int(day)}, ' if day else ''}{year}"


def amount(value: Decimal, language: Language, scale: str | None = None) -> str:
    """A bare amount; `scale` (억, million) forces its form, whichever the language."""
    if len(value.as_tuple().digits) > EXACT:
        return plain(value)
    if scale:
        power = scales()[scale.lower()]
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
    one, two = (amount(value, language, scale) for value in (low, high))
    if known.dimension == "percent" and not scale:
        one, two = plain(low), plain(high)
    if known.dimension == "resolution":
        one, two = f"{low:f}", f"{high:f}"  # 1080p is a name as well
    if re.fullmatch(r"[\d,.-]+", one) and not re.fullmatch(r"[\d,.-]+", two):
        one, two = plain(low), plain(high)  # 5~10만 would be read as 5만~10만
    if not korean_form and known.prefix:
        first, second = (re.sub("^-?", rf"\g<0>{known.prefix}", number) for number in (one, two))
        return first if low == high else f"{first} to {second}"
    number = one if low == high else f"{one}~{two}" if korean_form else f"{one} to {two}"
    if language == "en" and low == high == 1:
        counter = re.sub("s$", "", re.sub("ies$", "ys", counter))
    word = counter or (known.ko if korean_form else known.en if low == high == 1 else known.en_many)
    close = not word or word in ("%", "p") or (korean_form and number[-1].isdigit() and not word.isascii())
    return f"{number}{'' if close else ' '}{word}"


def hedged(text: str, hedge: Hedge | None, language: Language) -> str:
    """`text` with its hedge around it: 약 150억 달러, under $4 billion; a range hedges itself."""
    for row in table("hedges"):
        if row["id"] == hedge:
            return row[language].replace("{}", text)
    return text
