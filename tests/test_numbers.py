"""Numbers: what is written is what is read, and nothing else is."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.language.numbers import has_scale, read
from bot.language.quantities import Quantity
from bot.language.units import scale_names, units
from bot.language.writing import amount, hedged, plain, write
from bot.schema import Hedge, Language

LANGUAGES: tuple[Language, ...] = ("ko", "en")
HEDGES: tuple[Hedge | None, ...] = (None, "about", "nearly", "under", "over", "at_least", "up_to")
COUNTERS: dict[Language, tuple[str, ...]] = {
    "ko": ("개", "명", "곳", "대", "장", "세대"),
    "en": ("people", "users", "chips", "companies", "unicorns", "generations"),
}
MONEY = ("USD", "CNY", "KRW", "EUR", "JPY", "GBP")
OTHERS = ("percent", "ratio", "count", "seconds", "months", "years")
SCALES = (None, *scale_names("ko"), *scale_names("en"))


def only(text: str) -> Quantity:
    """The one quantity of a text."""
    found = read(text)
    assert len(found) == 1, found
    return found[0]


def values(text: str) -> list[str]:
    """What is read of a text, in short: "5 USD", "3..5 percent"."""
    return [
        " ".join(
            part
            for part in (
                plain(item.low) if item.low == item.high else f"{plain(item.low)}..{plain(item.high)}",
                item.unit,
            )
            if part
        )
        for item in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("영업이익 △45억 원", ["-4,500,000,000 KRW"], id="a triangle"),
        pytest.param("영업이익 ▲45억 원", ["-4,500,000,000 KRW"], id="a full triangle before money"),
        pytest.param("코스피 2,500(▲3.2%)", ["2,500", "3.2 percent"], id="but before a percentage it rose"),
        pytest.param("마이너스 45억 원", ["-4,500,000,000 KRW"], id="마이너스"),
        pytest.param("a negative $4.2 million", ["-4,200,000 USD"], id="negative"),
        pytest.param("minus 3%", ["-3 percent"], id="minus"),
        pytest.param("$-4.2 million", ["-4,200,000 USD"], id="behind the currency"),
        pytest.param("순이익 | (12) | 30", ["-12", "30"], id="brackets around a cell"),
        pytest.param("지난해 매출(45억 원)", ["4,500,000,000 KRW"], id="but brackets in a sentence are none"),
    ],
)
def test_what_is_below_zero_is_read_so(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("십이억 삼천만 원", ["1,230,000,000 KRW"], id="parts with a space"),
        pytest.param("일조 이천억 원", ["1,200,000,000,000 KRW"], id="trillions"),
        pytest.param("만 이천 원", ["12,000 KRW"], id="ten thousand without its one"),
        pytest.param("1조2천3백4십5억원", ["1,234,500,000,000 KRW"], id="digits and all letters"),
        pytest.param("one point two billion dollars", ["1,200,000,000 USD"], id="a point"),
        pytest.param("zero point five percent", ["0.5 percent"], id="a point after zero"),
        pytest.param("3할", ["30 percent"], id="tenths"),
        pytest.param("50bp", ["0.5 percent"], id="basis points"),
    ],
)
def test_numbers_in_words_are_read_whole(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("매출(억 원) | 9,800 | 12,300", ["980,000,000,000 KRW", "1,230,000,000,000 KRW"], id="Korean"),
        pytest.param("Revenue ($m) | 1,340", ["1,340,000,000 USD"], id="English"),
        pytest.param("순이익(백만 달러) | 3", ["3,000,000 USD"], id="a scale in letters"),
        pytest.param("면적(㎡) | 8,200 | 30%", ["8,200 m2", "30 percent"], id="but not what has its own"),
        pytest.param("서울(본사) | 30", ["30"], id="no unit"),
    ],
)
def test_a_number_of_a_row_has_the_unit_of_its_label(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("HK$40 million", ["40,000,000 HKD"], id="Hong Kong"),
        pytest.param("NT$3bn", ["3,000,000,000 TWD"], id="Taiwan"),
        pytest.param("5억 캐나다 달러", ["500,000,000 CAD"], id="Canada"),
        pytest.param("$1.2 trillion won", [], id="two currencies are none"),
    ],
)
def test_a_dollar_is_of_its_country(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "scaled"),
    [
        pytest.param("4bn", True, id="bn"),
        pytest.param("20 billion", True, id="billion"),
        pytest.param("5,900억", True, id="억"),
        pytest.param("3만", True, id="만"),
        pytest.param("4k", False, id="a letter alone, as of a resolution"),
        pytest.param("70b", False, id="a letter alone, as of a model"),
        pytest.param("418", False, id="no scale"),
    ],
)
def test_a_bare_number_may_have_a_scale(text: str, scaled: bool) -> None:
    assert has_scale(only(text), text) is scaled


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        pytest.param("1,200여 명", "over", id="some more"),
        pytest.param("1만여 개", "over", id="some more of a scale"),
        pytest.param("약 200여 명", "about", id="about some more"),
        pytest.param("19만 8천 명보다 크게 늘었다", None, id="compared, and no bound"),
        pytest.param("200명보다 많은", "over", id="a bound"),
    ],
)
def test_a_hedge_may_stand_within_a_number(text: str, hedge: str | None) -> None:
    assert [quantity.hedge for quantity in read(text)] == [hedge]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        pytest.param("1조 2,300억 원", "1230000000000", "KRW", id="조 and 억"),
        pytest.param("1조 2,300억 3,000만 5,000원", "1230030005000", "KRW", id="조, 억, 만 and the rest"),
        pytest.param("1억2천만", "120000000", None, id="no space between"),
        pytest.param("3천만", "30000000", None, id="천만"),
        pytest.param("7천 5백만 명", "75000000", "count", id="천 and 백 before 만"),
        pytest.param("550만", "5500000", None, id="만"),
        pytest.param("3만5천원", "35000", "KRW", id="천 right before its unit"),
        pytest.param("5천명", "5000", "count", id="천 and a counter"),
        pytest.param("2천 500명", "2500", "count", id="천 and hundreds"),
        pytest.param("1만 500원", "10500", "KRW", id="만 and hundreds"),
        pytest.param("2백만불", "2000000", "USD", id="a unit of one syllable"),
        pytest.param("1조달러증발", "1000000000000", "USD", id="no spaces at all"),
        pytest.param("천오백억 달러", "150000000000", "USD", id="in Sino-Korean letters"),
        pytest.param("만오천 원", "15000", "KRW", id="만 without a one"),
        pytest.param("이십일 명", "21", "count", id="a letter that is a unit too"),
        pytest.param("이십 일", "20", "days", id="the same letter as the unit"),
        pytest.param("단 하루", "1", "days", id="a day in one word"),
        pytest.param("한 시간", "1", "hours", id="native Korean"),
        pytest.param("한 세대", "1", "count", id="native Korean before a unit that begins like a numeral"),
        pytest.param("두배", "2", "ratio", id="native Korean without a space"),
        pytest.param("열두 달", "12", "months", id="native Korean, tens and ones"),
        pytest.param("1년 반", "1.5", "years", id="a half more"),
        pytest.param("1년 6개월", "18", "months", id="years and months"),
        pytest.param("2 hours and 30 minutes", "150", "minutes", id="hours and minutes"),
        pytest.param("3영업일", "3", "business_days", id="working days"),
        pytest.param("6.7인치", "6.7", "inches", id="inches"),
        pytest.param("5,000mAh", "5000", "mAh", id="a charge"),
        pytest.param("한 시간 반 길이", "1.5", "hours", id="a half more, in words"),
        pytest.param("84%의", "84", "percent", id="percent and a particle"),
        pytest.param("5퍼센트포인트", "5", "percent", id="percentage points"),
        pytest.param("12배에", "12", "ratio", id="ratio and a particle"),
        pytest.param("36개월밖에", "36", "months", id="months and a particle"),
        pytest.param("10년간", "10", "years", id="how long"),
        pytest.param("3년 전", "3", "years", id="how long ago"),
        pytest.param("1080p 영상", "1080", "lines", id="resolution"),
        pytest.param("$1.5bn", "1500000000", "USD", id="bn"),
        pytest.param("$1.5t", "1500000000000", "USD", id="t"),
        pytest.param("US$5 m", "5000000", "USD", id="a scale of one letter after a space"),
        pytest.param("USD 5 million", "5000000", "USD", id="a code before the amount"),
        pytest.param("RMB 1 trillion", "1000000000000", "CNY", id="yuan as RMB"),
        pytest.param("€3m", "3000000", "EUR", id="euros"),
        pytest.param("￦1,000", "1000", "KRW", id="wide won sign"),
        pytest.param("３억\u3000달러", "300000000", "USD", id="wide digits and space"),
        pytest.param("150억\xa0달러", "15000000000", "USD", id="a space that does not break"),
        pytest.param("30 million", "30000000", None, id="million"),
        pytest.param("2 hundred thousand people", "200000", "count", id="two scales"),
        pytest.param("5 m", "5", "m", id="metres, not millions"),
        pytest.param("30-second clips", "30", "seconds", id="a hyphen before the unit"),
        pytest.param("12-fold", "12", "ratio", id="fold"),
        pytest.param("twenty-five years", "25", "years", id="English words"),
        pytest.param("two hundred fifty thousand users", "250000", "count", id="English words with scales"),
        pytest.param("the past decade", "10", "years", id="a decade"),
        pytest.param("two decades", "20", "years", id="decades"),
        pytest.param("hour-long videos", "1", "hours", id="hour-long"),
        pytest.param("-5%", "-5", "percent", id="negative"),
        pytest.param("-$5bn", "-5000000000", "USD", id="negative money"),
        pytest.param("-3개", "3", "count", id="a dash before a line of a list"),
        pytest.param("0.05%", "0.05", "percent", id="a small one"),
        pytest.param("2.50달러", "2.50", "USD", id="cents"),
        pytest.param(
            "12345678901234567890123456789012345 원", "12345678901234567890123456789012345", "KRW", id="35 digits"
        ),
    ],
)
def test_an_amount_is_read_to_its_exact_value(text: str, value: str, unit: str | None) -> None:
    found = only(text)
    assert (found.low, found.high, found.unit) == (Decimal(value), Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "value", "hedge"),
    [
        pytest.param("약 150억 달러", "15000000000", "about", id="약"),
        pytest.param("150억 달러 안팎", "15000000000", "about", id="안팎"),
        pytest.param("approx. $5bn", "5000000000", "about", id="approx."),
        pytest.param("거의 5,900억 달러", "590000000000", "nearly", id="거의"),
        pytest.param("50%에 가까운", "50", "nearly", id="에 가까운"),
        pytest.param("nearly 12 times", "12", "nearly", id="nearly"),
        pytest.param("nearly 50% year over year", "50", "nearly", id="nearly, and a unit that is not its own behind"),
        pytest.param("40억 달러 미만", "4000000000", "under", id="미만"),
        pytest.param("47억 달러를 밑도는", "4700000000", "under", id="를 밑도는"),
        pytest.param("less than $4 billion", "4000000000", "under", id="less than"),
        pytest.param("200억 달러를 넘는다", "20000000000", "over", id="를 넘는다"),
        pytest.param("100명이 넘는", "100", "over", id="이 넘는"),
        pytest.param("1000억달러넘는곳", "100000000000", "over", id="넘는 without spaces"),
        pytest.param("more than $20 billion", "20000000000", "over", id="more than"),
        pytest.param("exceeds $5bn", "5000000000", "over", id="exceeds"),
        pytest.param("is not profitable but raised more than $5bn", "5000000000", "over", id="not of another clause"),
        pytest.param("3천만 명 이상을 달성했다", "30000000", "at_least", id="이상"),
        pytest.param("한 세대 이상 뒤처져 있다", "1", "at_least", id="이상 after words"),
        pytest.param("at least 30 million", "30000000", "at_least", id="at least"),
        pytest.param("$50 billion or more", "50000000000", "at_least", id="or more"),
        pytest.param(
            "500억 달러 이상이지만 실적이 없다", "50000000000", "at_least", id="이상, and 없다 of another thing"
        ),
        pytest.param("20만 개 이상 생산하지 못할", "200000", "up_to", id="이상 … 못"),
        pytest.param("20만 개 이상을 만들 수 없다", "200000", "up_to", id="이상 … 수 없다"),
        pytest.param("20만 개 이상은 못 만든다", "200000", "up_to", id="이상은 못"),
        pytest.param("100명을 넘지 않는", "100", "up_to", id="넘지 않는"),
        pytest.param("최대 약 30초", "30", "up_to", id="최대 약"),
        pytest.param("30초 이내", "30", "up_to", id="이내"),
        pytest.param("up to 30 seconds", "30", "up_to", id="up to"),
        pytest.param("no more than 200,000", "200000", "up_to", id="no more than"),
        pytest.param("will not be able to produce more than 200,000", "200000", "up_to", id="not … more than"),
        pytest.param("does not exceed $5bn", "5000000000", "up_to", id="not exceed"),
        pytest.param("단 8개의 칩", "8", None, id="단 hedges nothing"),
        pytest.param("47억 달러에 불과했는데", "4700000000", None, id="불과 hedges nothing"),
    ],
)
def test_a_hedge_is_read_with_its_number(text: str, value: str, hedge: Hedge | None) -> None:
    found = only(text)
    assert (found.low, found.hedge) == (Decimal(value), hedge)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1,500억~3,000억 달러", "150,000,000,000..300,000,000,000 USD", id="~"),
        pytest.param("1,500~3,000억 달러", "150,000,000,000..300,000,000,000 USD", id="~ with one scale"),
        pytest.param("1,500억 달러에서 3,000억 달러 사이", "150,000,000,000..300,000,000,000 USD", id="에서"),
        pytest.param("1,500억에서 3,000억.", "150,000,000,000..300,000,000,000", id="에서 at the end of a sentence"),
        pytest.param("3억~1조 2,300억 원", "300,000,000..1,230,000,000,000 KRW", id="scales that differ"),
        pytest.param("40~50%", "40..50 percent", id="percent"),
        pytest.param("40% to 50%", "40..50 percent", id="percent twice"),
        pytest.param("3～6개월", "3..6 months", id="a wide tilde"),
        pytest.param("-5~3%", "-5..3 percent", id="from below zero"),
        pytest.param("$150 billion to $300 billion", "150,000,000,000..300,000,000,000 USD", id="to"),
        pytest.param("$150 to $300 billion", "150,000,000,000..300,000,000,000 USD", id="to with one scale"),
        pytest.param("$1.5–2.5bn", "1,500,000,000..2,500,000,000 USD", id="a dash"),
        pytest.param("between $3bn and $5bn", "3,000,000,000..5,000,000,000 USD", id="between"),
    ],
)
def test_a_range_is_read_to_both_ends(text: str, expected: str) -> None:
    assert values(text) == [expected]
    assert only(text).hedge == "range"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2024년 1,090억 달러와 93억 달러", ["109,000,000,000 USD", "9,300,000,000 USD"], id="와"),
        pytest.param("$5bn and $10bn", ["5,000,000,000 USD", "10,000,000,000 USD"], id="and without between"),
        pytest.param("2024 and 2025", ["2,024", "2,025"], id="two years"),
        pytest.param("from 2020 to 2024", ["2,020", "2,024"], id="years with to"),
        pytest.param("3억 달러~5%", ["300,000,000 USD", "5 percent"], id="of two kinds"),
        pytest.param("5년에서 3억 달러", ["5 years", "300,000,000 USD"], id="the second of another kind"),
        pytest.param("rose from $3bn to $5bn", ["3,000,000,000 USD", "5,000,000,000 USD"], id="a rise"),
        pytest.param("93억 달러에서 438억 달러로 늘었다", ["9,300,000,000 USD", "43,800,000,000 USD"], id="늘었다"),
        pytest.param("3,000억~1,500억", ["300,000,000,000", "150,000,000,000"], id="the larger first"),
        pytest.param("1조 2조", ["1,000,000,000,000", "2,000,000,000,000"], id="one scale twice"),
        pytest.param("5억 10% 증가", ["500,000,000", "10 percent"], id="a percentage after 억"),
        pytest.param("3억,5억", ["300,000,000", "500,000,000"], id="a comma between"),
        pytest.param("3년, 6개월", ["3 years", "6 months"], id="lengths of time, a comma between"),
        pytest.param("10년 20개월", ["10 years", "20 months"], id="more of the smaller unit than the larger has"),
    ],
)
def test_two_numbers_beside_each_other_stay_two(text: str, expected: list[str]) -> None:
    assert values(text) == expected
    assert all(item.hedge != "range" for item in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "수억 달러",
        "수 백만 명",
        "수십억 달러 규모",
        "몇 백만 달러",
        "여러 백만 달러",
        "두세 명",
        "두 세 명",
        "이삼 년",
        "서너 개",
        "hundreds of millions",
        "hundreds of millions of dollars",
        "several hundred dollars",
        "a few hundred users",
        "half a decade",
        "three to five years",
        "two or three years",
        "low single-digit billions",
    ],
)
def test_what_is_vague_is_not_read(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "조사 대상",
        "구조 개선",
        "만일 주가가",
        "세대 교체",
        "세종 정부",
        "한도를 넘는",
        "한일 관계",
        "두 주요 기업",
        "세 도전 과제",
        "2024년",
        "2024년에서 2025년",
        "2025년 11월 13일",
        "GPT-4",
        "R1-0528",
        "A100",
        "2백화점",
        "1,23,456",
        "1.234.567",
        "1,000" * 30,
        "9" * 400,
        "1" + ",000" * 99,
        "",
    ],
)
def test_what_only_looks_like_a_quantity_is_not_read(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("3분의 1", [], id="a third is no number that we know, and not three minutes"),
        pytest.param("2 일본 기업", ["2"], id="일본 is not days"),
        pytest.param("라마 4 원본", ["4"], id="원본 is not won"),
        pytest.param("소라 2 도구", ["2"], id="도구 is not degrees"),
        pytest.param("5 프로젝트", ["5"], id="프로젝트 is not percent"),
        pytest.param("5주년 기념", ["5"], id="주년 is not weeks"),
        pytest.param("3개발사", ["3"], id="개발사 is not a counter"),
        pytest.param("B$5bn", [], id="dollars that we do not know are not US dollars"),
        pytest.param("$5mm", [], id="mm is no scale that we know"),
        pytest.param("5 ſeconds", ["5"], id="a letter that is an s to some"),
        pytest.param("5 mıllion", ["5"], id="a letter that is an i to some"),
        pytest.param("5km를", ["5 km"], id="but km is km"),
    ],
)
def test_a_number_without_a_known_unit_is_bare(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("xAI는 약 2,000억 달러를 기록했다", "2,000억 달러", id="Korean"),
        pytest.param("칩을 20만 개 이상", "20만 개", id="no space at either end"),
        pytest.param("about US$5 billion now", "US$5 billion", id="with its currency"),
        pytest.param("(-3%)", "-3%", id="with its sign"),
        pytest.param("총 1,500억~3,000억 달러에", "1,500억~3,000억 달러", id="a range"),
        pytest.param("딱 한 시간 반이다", "한 시간 반", id="in words"),
    ],
)
def test_a_quantity_says_where_it_stands(text: str, words: str) -> None:
    found = only(text)
    assert text[found.start : found.end] == words


# ── what is written is read ──────────────────────────────────────────────────────────────────────

amounts = st.one_of(
    st.decimals("0.01", 10**15, places=2),
    st.integers(1, 10**15).map(Decimal),
    st.builds(lambda digits, power: Decimal(digits).scaleb(power), st.integers(1, 9999), st.integers(-2, 11)),
)


def counter_of(unit: str, language: Language, data: st.DataObject) -> str:
    return data.draw(st.sampled_from(COUNTERS[language])) if unit == "count" else ""


@settings(max_examples=400, deadline=None)
@given(
    value=amounts,
    unit=st.sampled_from(MONEY + OTHERS),
    language=st.sampled_from(LANGUAGES),
    hedge=st.sampled_from(HEDGES),
    data=st.data(),
)
def test_a_quantity_that_was_written_is_read_back(
    value: Decimal, unit: str, language: Language, hedge: Hedge | None, data: st.DataObject
) -> None:
    scale = data.draw(st.sampled_from(SCALES)) if unit in (*MONEY, "count") else None
    counter = counter_of(unit, "ko" if scale and not scale.isascii() else language, data)
    found = only(hedged(write(value, value, unit, language, counter, scale), hedge, language))
    assert (found.low, found.high, found.unit, found.hedge) == (value, value, unit, hedge)


@settings(max_examples=400, deadline=None)
@given(
    ends=st.tuples(amounts, amounts).map(sorted).filter(lambda ends: ends[0] < ends[1]),
    unit=st.sampled_from(MONEY + OTHERS),
    language=st.sampled_from(LANGUAGES),
    data=st.data(),
)
def test_a_range_that_was_written_is_read_back(
    ends: list[Decimal], unit: str, language: Language, data: st.DataObject
) -> None:
    scale = data.draw(st.sampled_from(SCALES)) if unit in (*MONEY, "count") else None
    counter = counter_of(unit, "ko" if scale and not scale.isascii() else language, data)
    found = only(hedged(write(ends[0], ends[1], unit, language, counter, scale), "range", language))
    assert (found.low, found.high, found.unit, found.hedge) == (ends[0], ends[1], unit, "range")


@settings(max_examples=100, deadline=None)
@given(value=amounts, unit=st.sampled_from((*MONEY, "percent")), language=st.sampled_from(LANGUAGES))
def test_a_loss_that_was_written_is_read_back(value: Decimal, unit: str, language: Language) -> None:
    assert only(write(-value, -value, unit, language)).low == -value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", [unit for unit in units() if unit not in ("date", "count")])
def test_every_unit_of_the_table_is_read_back(unit: str, language: Language) -> None:
    number = Decimal(2) if unit == "quarter" else Decimal(12)
    if unit != "quarter" or language == "ko":  # Q2 is a period
        found = only(write(number, number, unit, language))
        assert (found.low, found.unit) == (number, unit)


@pytest.mark.parametrize(
    ("low", "high", "unit", "language", "scale", "expected"),
    [
        pytest.param("1230000000000", "1230000000000", "KRW", "ko", None, "1조 2,300억 원", id="Korean groups"),
        pytest.param("12345", "12345", "USD", "ko", None, "1만 2,345달러", id="thousands are left over"),
        pytest.param("10005", "10005", "USD", "ko", None, "10,005달러", id="less than a thousand is left over"),
        pytest.param("12345", "12345", "percent", "ko", None, "12,345%", id="percent has no groups"),
        pytest.param("67200000000", "67200000000", "USD", "en", None, "$67.2 billion", id="English scale"),
        pytest.param("1234567890", "1234567890", "USD", "en", None, "$1,234,567,890", id="too long for a scale"),
        pytest.param("-5000000000", "-5000000000", "USD", "en", None, "-$5 billion", id="the sign before the currency"),
        pytest.param("150000000000", "300000000000", "USD", "ko", None, "1,500억~3,000억 달러", id="Korean range"),
        pytest.param(
            "150000000000", "300000000000", "USD", "en", None, "$150 billion to $300 billion", id="English range"
        ),
        pytest.param("1080", "1080", "lines", "en", None, "1080p", id="a resolution"),
        pytest.param("5", "100000", "USD", "ko", None, "5~100,000달러", id="a range whose scale could be shared"),
        pytest.param("15000000000", "15000000000", "USD", "en", "억", "150억 달러", id="억 for an English asker"),
        pytest.param(
            "15000000000", "15000000000", "USD", "ko", "million", "15,000 million 달러", id="million in Korean"
        ),
        pytest.param("1", "1", "years", "en", None, "1 year", id="one year"),
        pytest.param("2", "2", "years", "en", None, "2 years", id="two years"),
        pytest.param("2025", "2025", "date", "ko", None, "2025년", id="a year"),
        pytest.param("20251113", "20251113", "date", "ko", None, "2025년 11월 13일", id="a day"),
        pytest.param("20251113", "20251113", "date", "en", None, "November 13, 2025", id="a day in English"),
        pytest.param("202506", "202506", "date", "en", None, "June 2025", id="a month in English"),
        pytest.param("2", "2", "quarter", "ko", None, "2분기", id="a quarter"),
        pytest.param("2", "2", "quarter", "en", None, "Q2", id="a quarter in English"),
    ],
)
def test_a_quantity_is_written_as_its_language_does(
    low: str, high: str, unit: str, language: Language, scale: str | None, expected: str
) -> None:
    assert write(Decimal(low), Decimal(high), unit, language, scale=scale) == expected


@pytest.mark.parametrize(
    ("value", "counter", "expected"),
    [
        pytest.param(1, "generations", "1 generation", id="one"),
        pytest.param(1, "companies", "1 company", id="one of -ies"),
        pytest.param(2, "generations", "2 generations", id="two"),
    ],
)
def test_an_english_counter_agrees_with_its_number(value: int, counter: str, expected: str) -> None:
    assert write(Decimal(value), Decimal(value), "count", "en", counter) == expected


@settings(max_examples=100, deadline=None)
@given(value=amounts, language=st.sampled_from(LANGUAGES), scale=st.sampled_from(SCALES))
def test_an_amount_keeps_every_digit(value: Decimal, language: Language, scale: str | None) -> None:
    assert only(amount(value, language, scale)).low == value


# ── whatever is typed ────────────────────────────────────────────────────────────────────────────

WORDS = (
    *"0123456789,.~-–−+%$₩€ \n년월일개명대세한두조억만천백십수몇약",
    *("달러", "에서", "이상", "이나", "이다", "분의", "반", " to ", " and ", "between ", "US$", "bn", "million"),
    *("not more than ", "one ", "hundred ", "decade", "하루", "2024년", "1,000", "ſ", "ı", "K", "٣", "²", "\x00"),
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(WORDS), max_size=130).map("".join)))
@example("\ud800 5억")
def test_whatever_is_typed_quantities_stand_in_order_and_within_the_text(text: str) -> None:
    end = 0
    for found in read(text):
        assert end <= found.start < found.end <= len(text)
        assert found.low <= found.high
        assert (found.hedge == "range") == (found.low < found.high)
        end = found.end


@pytest.mark.parametrize(
    "piece",
    [
        "9", "1,111", "1,1", "1.1", "1 ", "1만 ", "1천 ", "7천 5백만 ", "1조1억1만1천1백1십1 ", "~1", "5-", "1 to ", "두 ", "세 대 ",
        "일", "이나이라도", "$", "$1", "-", " ", "one hundred and ", "not a ", "between ", "3억에서 ", "반 ", "2024년 ", "가",
    ],
)  # fmt: skip
def test_a_long_run_of_anything_is_read_to_its_end(piece: str) -> None:
    # Where a pattern can be matched in very many ways, this does not come to an end.
    for text in (piece * 2000, f"5개{piece * 2000}힣", f"{piece * 2000}more than 5억 달러"):
        assert all(found.end <= len(text) for found in read(text))


def test_a_text_that_is_read_again_is_not_analysed_again() -> None:
    text = "직원 1,200여 명이 3조 원을 벌었다."
    first, second = read(text), read(text)
    assert [id(quantity) for quantity in first] == [id(quantity) for quantity in second]
    first.clear()
    assert read(text) == second
