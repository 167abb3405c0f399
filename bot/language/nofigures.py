"""Digits of a text that count nothing: versions, telephone numbers, numbers of a list, names with digits in them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.language.numbers import FLAGS, WIDE, YEAR
from bot.language.units import MONTHS as NAMES

MONTHS = {name[:3].lower() for name in NAMES}

NAMED = "표|그림|도표|부록|식|각주|페이지|제품\\s?번호|figures?|fig|tables?|sections?|chapters?|appendix|pages?|notes?|items?|steps?"
# Why, and what it looks like; the first that fits tells the reason. Each is a phrase of phrases.py.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("no_figure_code", re.compile(r"(?ms)^(?:```|~~~).*?(?:^(?:```|~~~)\s*$|\Z)|`[^`\n]+`")),
    ("no_figure_address", re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", FLAGS)),
    (
        "no_figure_phone",
        re.compile(
            r"(?<![\d.,])(?:\+\d{1,3}[-\s.]?(?:\(?\d{1,4}\)?[-\s.]){1,3}\d{3,4}|\(?0\d{1,2}\)?[-\s.]\d{3,4}[-.\s]\d{4}"
            r"|1[5-8]\d\d-\d{4}|\(?\d{3}\)?[-\s.]\d{3}[-.\s]\d{4})(?!\d)",
            FLAGS,
        ),
    ),
    ("no_figure_code", re.compile(r"(?<![\d.-])\d{2,6}-\d{2,6}-\d{2,7}(?![\d.])|(?<!\d)\d{6}-[1-4]\d{6}(?!\d)")),
    (
        "no_figure_name",  # GPT-5, R1-0528, H100, 2.5-VL, 5G; but neither Q3 nor US$5
        re.compile(
            r"(?<![\w.$€£¥₩])(?!(?i:Q[1-4]|FY\s?\d{2,4}|[1-4]Q|H[12])\b|(?i:US\$|USD|KRW|EUR|RMB|CNY|JPY|GBP)\d)"
            r"[A-Za-z][A-Za-z&]*-?\d\w*(?:[.-]\d*[A-Za-z]?\w+)*"
            r"|(?<![\d.,])\d+[GD]\b|(?<![\w.])\d+(?:\.\d+)?-[A-Z]{2,}\b|(?<=[가-힣])-\d+\b",
            re.ASCII,
        ),
    ),
    (
        "no_figure_list",  # and the number of a heading: ## 2.1 연차
        re.compile(
            r"(?m)^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|\(\d{1,2}\)|\[\d{1,3}\])(?=\s|$)"
            r"|(?:(?<=^# )|(?<=^## )|(?<=^### )|(?<=^#### ))\d{1,2}(?:\.\d{1,2})*(?=\s)"
        ),
    ),
    ("no_figure_reference", re.compile(rf"\[\d{{1,3}}\]|(?<![A-Za-z가-힣])(?:{NAMED})\.?\s?\d+(?:[.-]\d+)*", FLAGS)),
    (
        "no_figure_rank",
        re.compile(
            r"(?<!\d)제\s?\d+|(?<![\d.,])\d+(?:위|등(?=[\s급은을이,.)]|$)|류|번째|차(?![이례])|호기|호(?![가-힣])|기(?=\s)|급)"
            r"|\b\d+(?:st|nd|rd|th)\b|\b(?:no\.|number|top|rank(?:ed|s)?)\s?#?\d+\b|#\d+",
            FLAGS,
        ),
    ),
    (
        "no_figure_clock",
        re.compile(
            r"(?:오전|오후)\s?\d{1,2}\s?시(?:\s?\d{1,2}\s?분)?|(?<![\d:])\d{1,2}시(?![간장즌점리])(?:\s?\d{1,2}분)?"
            r"|(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?!\d)|\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b|\b24/7\b",
            FLAGS,
        ),
    ),
    (
        "no_figure_date",  # 회사는 3일 밝혔다, 매월 25일
        re.compile(
            r"(?<![\d.,])\d{1,2}일(?=\s(?:밝|발표|공시|전했|말했|설명|보도|알려|공개))"
            r"|(?:(?<=매월 )|(?<=매달 )|(?<=매월)|(?<=매달))\d{1,2}일(?!간)"
        ),
    ),
    ("no_figure_rate", re.compile(r"(?<![\d.,])1\s?(?:인|명|개|대|건|주|톤|㎡|kg)\s?당")),
    (
        "no_figure_version",
        re.compile(
            rf"\bv\d+(?:\.\d+)*\b|(?<![\d.])(?!{YEAR}\.)\d+\.\d+\.\d+(?:\.\d+)*|(?:버전|version|ver\.|release)\s?\d+(?:\.\d+)*"
            r"|\d+\.x\b",
            FLAGS,
        ),
    ),
)
# A name and a small number: Llama 4, KOSPI 200, 소라 2(Sora 2)를.
TITLED = re.compile(
    r"(?<![\w&])(?P<word>[A-Z][A-Za-z&+]+)\s(?P<number>\d{1,4}(?:\.\d+)?)(?![\d%]|[,.]\d|\s?(?:[a-z]+s|million|billion|trillion|thousand)\b)"
    r"|(?<![가-힣A-Za-z])(?P<korean>[가-힣]{2,})\s?(?P<small>\d{1,2}(?:\.\d+)?)(?=(?:[가는를와도(]|은|이|을|과|의|로)(?![가-힣])|\s[가-힣])",
)


@dataclass(frozen=True)
class NoFigure:
    """Digits that are no figure, and the phrase that says why."""

    start: int
    end: int
    why: str


def has_time_of_day(text: str) -> bool:
    """Whether a text says at what hour: 오전 9시, 10:30, 9 a.m."""
    return any(pattern.search(text.translate(WIDE)) for why, pattern in PATTERNS if why == "no_figure_clock")


def find(text: str, is_common: Callable[[str], bool]) -> list[NoFigure]:
    """What of `text` has digits and counts nothing, in order, none overlapping another.

    Args:
        text: of an article.
        is_common: whether a word is a common one, which makes no name with the number behind it (Revenue 12).
    """
    wide = text.translate(WIDE)
    found: list[NoFigure] = []
    for why, pattern in PATTERNS:
        for match in pattern.finditer(wide):
            _add(found, NoFigure(*match.span(), why))
    for match in TITLED.finditer(wide):
        word, number = match["word"] or match["korean"], match["number"] or match["small"]
        within = match["word"] and re.search(r"[a-z,]\s$", wide[: match.start()]) and len(number) < 3  # its Model 3
        if not re.fullmatch(YEAR, number) and word[:3].lower() not in MONTHS and (within or not is_common(word)):
            _add(found, NoFigure(match.start(), match.end(), "no_figure_name"))
    return sorted(found, key=lambda item: item.start)


def _add(found: list[NoFigure], item: NoFigure) -> None:
    if all(item.end <= other.start or other.end <= item.start for other in found):
        found.append(item)
