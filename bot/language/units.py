"""Units, scales and number words: the tables that reading and writing share."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bot.language.tables import cell, table
from bot.schema import Language

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


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


@cache
def units_by_alias() -> dict[str, tuple[str, Decimal]]:
    return {
        alias.lower(): (row["id"], Decimal(row["factor"])) for row in table("units") for alias in cell(row["aliases"])
    }


@cache
def prefixes() -> dict[str, str]:
    """What stands before an amount ($, US$, USD) → the currency."""
    return {prefix: row["id"] for row in table("units") for prefix in (*cell(row["prefix"]), *cell(row["codes"]))}


@cache
def scales() -> dict[str, int]:
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
def whole_words() -> dict[str, tuple[int, str]]:
    """Words that are a number and its unit in one: 하루, decade."""
    return {row["word"]: (int(row["value"]), row["unit"]) for row in table("numerals") if row["unit"]}


@cache
def comparatives(dimension: str, way: str, language: Language) -> dict[str, str]:
    """How a figure of a dimension is said to be more ("high") or less ("low") than others: 많습니다, longest."""
    *_, row = (row for row in table("comparatives") if row["way"] == way and row["dimension"] in ("", dimension))
    return {form: row[f"{form}_{language}"] for form in ("more", "most", "most_of")}
