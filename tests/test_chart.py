"""Charts: what can be drawn, what is written on it, and the picture."""

import io
import re
import struct
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Ask, Files, Make, added
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.image import imread

from bot import library
from bot.knowledge.base import Base
from bot.render.bars import Bar, Chart, Extent, chart, ends
from bot.render.chart import CAPTION, FORMATS, Format, caption, chartable, draw, groups, to_png
from bot.render.drawing import picture
from bot.render.page import FONTS, KNOWN, MOST_PIXELS, UNKNOWN, WIDTH, Page, Style
from bot.schema import Fact, Language

ROOT = Path(__file__).parent.parent


def facts(base: Base, *ids: str) -> tuple[Fact, ...]:
    by_id = {fact.id: fact for fact in base.facts}
    return tuple(by_id[name] for name in ids)


def ids(group: tuple[Fact, ...]) -> list[str]:
    return [fact.id for fact in group]


def sales(base: Base) -> tuple[Fact, ...]:
    return facts(base, "solbit-sales", "dalmuri-sales", "morae-sales")


def shown(made: Chart) -> list[tuple[str, str]]:
    return [(bar.label, bar.value) for bar in made.bars]


def figure(value: int | Decimal | None = None, **fields: object) -> Fact:
    """A fact of the tiny knowledge base with other figures."""
    given: dict[str, object] = {
        "id": "x", "entity": "solbit", "metric": "sales", "value": value, "low": None, "high": None, "unit": "KRW",
        "hedge": None, "as_of": "2024", "passage": "bakeries#p06", "quote": "솔빛제과",
    }  # fmt: skip
    return Fact.model_validate({**given, **fields})


# ── what can be drawn ────────────────────────────────────────────────────────────────────────────


def test_figures_of_one_measure_and_unit_make_a_chart_and_currencies_are_never_mixed(base: Base) -> None:
    made = [ids(group) for group in groups(base.facts, base)]
    assert ["solbit-sales", "dalmuri-sales", "morae-sales"] in made
    assert not any("solbit-oven" in group or "morae-oven" in group for group in made)  # one in euros, one in won
    assert all(len({(fact.metric, fact.unit) for fact in group}) == 1 for group in groups(base.facts, base))


def test_a_figure_that_is_alone_is_drawn_among_the_others_of_its_measure(base: Base) -> None:
    assert [ids(group) for group in groups(facts(base, "morae-sales"), base)] == [ids(sales(base))]


def test_two_figures_of_one_thing_are_a_series_of_their_own(base: Base) -> None:
    series = facts(base, "solbit-visitors-2023", "solbit-visitors")
    assert groups(series, base) == (series,)


def test_one_figure_that_two_places_give_makes_no_series(base: Base) -> None:
    (group,) = groups(facts(base, "solbit-visitors", "solbit-visitors-guide"), base)
    assert "dalmuri-visitors" in ids(group)


def test_a_quarter_is_not_drawn_beside_a_year() -> None:
    # nothing of the knowledge base is asked but its other facts of the measure
    base = library.build(library.Content(Path()))
    year, quarter = figure(4, id="a", as_of="2024"), figure(1, id="b", as_of="2024-Q2")
    last = figure(2, id="c", as_of="2024-Q1")
    assert groups((year, quarter), base) == ()
    assert groups((year, quarter, last), base) == ((quarter, last),)


def test_dates_and_names_that_are_numbers_have_no_length() -> None:
    base = library.build(library.Content(Path()))
    for unit in ("date", "quarter", "lines"):
        assert groups((figure(2024, id="a", unit=unit), figure(2025, id="b", unit=unit)), base) == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("매출 전부", {"solbit-sales", "dalmuri-sales", "morae-sales"}, id="a list"),
        pytest.param("솔빛제과랑 모래과자점 중에 매출 어디가 커?", {"solbit-sales", "morae-sales"}, id="a comparison"),
        pytest.param("달무리빵집 매출은 모래과자점의 몇 배야?", {"dalmuri-sales", "morae-sales"}, id="a calculation"),
        pytest.param("모래과자점 매출은?", {"solbit-sales", "dalmuri-sales", "morae-sales"}, id="a figure"),
        pytest.param("모래과자점 오븐 얼마야?", set(), id="a figure that nothing is comparable with"),
        pytest.param("왜 빵이 쉽게 굳지 않아?", set(), id="a passage"),
        pytest.param("솔빛제과 직원 수는?", set(), id="not in the article"),
    ],
)
def test_an_answer_has_the_chart_of_its_figures_or_none(
    question: str, expected: set[str], ask: Ask, base: Base
) -> None:
    assert set(ids(chartable(ask(question), base))) == expected


def test_what_was_asked_for_stands_out_from_what_it_is_compared_with(ask: Ask, base: Base) -> None:
    answer = ask("모래과자점 매출은?")
    made = chart(chartable(answer, base), base, "ko", {fact.id for fact in answer.facts})
    assert [bar.label for bar in made.bars if bar.asked] == ["모래과자점"]


def test_where_everything_was_asked_for_nothing_stands_out(ask: Ask, base: Base) -> None:
    answer = ask("매출 전부")
    made = chart(chartable(answer, base), base, "ko", {fact.id for fact in answer.facts})
    assert not any(bar.asked for bar in made.bars)


def test_a_chart_is_chosen_without_the_library_that_draws_it() -> None:
    code = "import sys, bot.render.chart, bot.cli.facts; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, check=True)
    assert done.stdout == "False\n"


# ── what is written on it ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "title", "subtitle", "rows"),
    [
        (
            "ko", "매출", "2024년 기준",
            [("달무리빵집", "약 30억 원"), ("솔빛제과", "10억~12억 원"), ("모래과자점", "11억 원")],
        ),
        (
            "en", "Sales", "as of 2024",
            [("Dalmuri", "about ₩3 billion"), ("Solbit", "₩1 billion to ₩1.2 billion"), ("Morae", "₩1.1 billion")],
        ),
    ],
)  # fmt: skip
def test_the_largest_comes_first_and_figures_are_written_as_in_answers(
    language: Language, title: str, subtitle: str, rows: list[tuple[str, str]], base: Base
) -> None:
    made = chart(sales(base), base, language)
    assert (made.title, made.subtitle, shown(made)) == (title, subtitle, rows)


@pytest.mark.parametrize(("language", "title"), [("ko", "솔빛제과의 손님 수"), ("en", "Solbit's number of visitors")])
def test_what_there_is_of_one_thing_goes_on_in_time(language: Language, title: str, base: Base) -> None:
    made = chart(facts(base, "solbit-visitors", "solbit-visitors-2023"), base, language)
    assert (made.title, made.subtitle) == (title, "")
    assert [bar.label[:4] for bar in made.bars] == ["2023", "2024"]


def test_several_things_at_several_times_stand_together_and_are_told_apart(base: Base) -> None:
    (visitors,) = (group for group in groups(base.facts, base) if group[0].metric == "visitors")
    assert shown(chart(visitors, base, "ko")) == [
        ("솔빛제과 (2023년)", "약 8만 명"),
        ("솔빛제과 (2024년)", "12만 명"),
        ("달무리빵집 (2024년)", "9만 명 이상"),
        ("모래과자점 (2024년)", "5만 명 미만"),
    ]


def test_two_documents_that_disagree_are_both_drawn_under_their_titles(base: Base) -> None:
    two = (figure(100, id="a"), figure(120, id="b", passage="guide#p02"), figure(90, id="c", entity="morae"))
    assert [bar.label for bar in chart(two, base, "ko").bars] == [
        "솔빛제과 (빵 골목 안내서)",
        "솔빛제과 (골목 빵집)",
        "모래과자점",
    ]


@pytest.mark.parametrize(
    ("fact", "extent", "certain", "possible"),
    [
        pytest.param(figure(5), "exact", 5, None, id="exact"),
        pytest.param(figure(5, hedge="about"), "exact", 5, None, id="about"),
        pytest.param(figure(5, hedge="at_least"), "more", 5, None, id="at least"),
        pytest.param(figure(5, hedge="over"), "more", 5, None, id="over"),
        pytest.param(figure(5, hedge="under"), "less", 0, (0, 5), id="under"),
        pytest.param(figure(5, hedge="up_to"), "less", 0, (0, 5), id="up to"),
        pytest.param(figure(hedge="range", low=3, high=5), "range", 3, (3, 5), id="a range"),
        pytest.param(figure(hedge="range", low=-3, high=5), "range", 0, (-3, 5), id="a range around zero"),
        pytest.param(figure(hedge="range", low=-5, high=-3), "range", -3, (-5, -3), id="a range below zero"),
        pytest.param(figure(-5, hedge="under"), "more", -5, None, id="under what is below zero"),
        pytest.param(figure(-5, hedge="over"), "less", 0, (-5, 0), id="over what is below zero"),
        pytest.param(figure(0, hedge="at_least"), "more", 0, None, id="at least zero"),
    ],
)
def test_a_bar_is_whole_as_far_as_its_figure_is_certain(
    fact: Fact, extent: Extent, certain: Decimal, possible: tuple[Decimal, Decimal] | None, base: Base
) -> None:
    (bar,) = chart((fact,), base, "ko").bars
    assert bar == Bar(bar.label, bar.marks, bar.value, extent, certain, possible)


def test_only_the_kinds_of_bars_that_are_there_are_explained(base: Base) -> None:
    assert [extent for extent, _ in chart(sales(base), base, "ko").legend] == ["range"]
    assert chart(facts(base, "dalmuri-bread", "solbit-bread"), base, "ko").legend == ()


def test_every_bar_has_the_number_of_every_passage_that_gives_it(base: Base) -> None:
    visitors = facts(base, "solbit-visitors", "solbit-visitors-guide", "morae-visitors")
    made = chart(visitors, base, "ko")
    assert [bar.marks for bar in made.bars] == ["[1][2]", "[3]"]
    assert made.sources == ("골목 빵집, [1] bakeries#p03 [3] #p04", "빵 골목 안내서, [2] guide#p02")


def test_a_note_names_the_bars_that_it_is_about_unless_it_is_about_all(base: Base) -> None:
    noted, other = figure(3, id="a", note_ko="운송비는 뺀 값입니다."), figure(2, id="b", entity="morae")
    assert chart((noted, other), base, "ko").notes == ("솔빛제과: 운송비는 뺀 값입니다.",)
    assert chart((noted,), base, "ko").notes == ("참고: 운송비는 뺀 값입니다.",)


def test_of_too_many_figures_the_largest_are_drawn_with_what_was_asked_for_and_it_is_said_so(make: Make) -> None:
    rows = [f"e{number},shop,,가게 {number},Shop {number},," for number in range(30)]
    base = library.load(make(added("facts/entities.csv", *rows)))
    many = tuple(figure(100 + number, id=f"f{number}", entity=f"e{number}") for number in range(30))
    made = chart(many, base, "ko", {"f3"})
    assert [bar.label for bar in made.bars][:2] == ["가게 29", "가게 28"]
    assert made.bars[-1].label == "가게 3"
    assert made.subtitle == "2024년 기준 · 전체 30개 중 20개 표시"
    assert chart(many, base, "en").subtitle == "as of 2024 · 20 of 30 shown"


def test_of_a_long_series_the_latest_are_drawn(base: Base) -> None:
    many = tuple(figure(3000 - year, id=f"f{year}", as_of=str(year)) for year in range(1990, 2020))
    assert [bar.label for bar in chart(many, base, "en").bars] == [str(year) for year in range(2000, 2020)]


def test_figures_that_cannot_share_an_axis_are_refused(base: Base) -> None:
    for some in ((), facts(base, "solbit-oven", "morae-oven"), facts(base, "morae-sales", "morae-subsidy")):
        with pytest.raises(ValueError, match="one measure and one unit"):
            chart(some, base, "ko")


@pytest.mark.parametrize(
    ("values", "unit", "language", "ticks"),
    [
        ((300,), "USD", "en", ["0", "$100", "$200", "$300"]),
        ((1090 * 10**8,), "USD", "ko", ["0", "250억 달러", "500억 달러", "750억 달러", "1,000억 달러"]),
        ((47, -12), "percent", "en", ["0", "20%", "40%"]),
        ((Decimal("0.3"),), "ratio", "ko", ["0", "0.1배", "0.2배", "0.3배"]),
        ((120000,), "count", "ko", ["0", "2만 5,000", "5만", "7만 5,000", "10만"]),
        ((0, 0), "KRW", "ko", ["0"]),
    ],
)
def test_the_axis_has_zero_and_round_figures(
    values: tuple[int, ...], unit: str, language: Language, ticks: list[str], base: Base
) -> None:
    some = tuple(figure(value, id=str(value), unit=unit, as_of=f"202{n}") for n, value in enumerate(values))
    assert [text for _, text in chart(some, base, language).ticks] == ticks


AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, min_value="-1e20", max_value="1e20", places=3)


@given(values=st.lists(AMOUNTS, min_size=1, max_size=8), hedges=st.lists(st.sampled_from(
    [None, "about", "over", "under", "up_to", "at_least", "nearly"]), min_size=8, max_size=8))  # fmt: skip
def test_whatever_the_figures_the_axis_holds_them_and_zero(
    values: list[Decimal], hedges: list[str | None], base: Base
) -> None:
    pairs = zip(values, hedges, strict=False)
    some = tuple(figure(v, id=str(n), hedge=h, as_of=str(1990 + n)) for n, (v, h) in enumerate(pairs))
    made = chart(some, base, "ko")
    low, high = ends(made.bars)
    assert low <= 0 <= high
    assert low == min(0, *values, 0)
    assert high == max(0, *values, 0)
    assert len(made.ticks) <= 7
    assert 0 in [amount for amount, _ in made.ticks]
    assert all(low <= amount <= high for amount, _ in made.ticks)


# ── what stands under it ─────────────────────────────────────────────────────────────────────────


def test_a_caption_says_what_is_measured_and_where_it_stands(base: Base) -> None:
    assert caption(sales(base), base, "ko") == "매출 (2024년 기준)\n출처\n골목 빵집, [1] bakeries#p06"
    assert caption(sales(base), base, "en") == "Sales (as of 2024)\nSources\nCorner Bakeries, [1] bakeries#p06"


def test_a_caption_is_no_longer_than_telegram_allows(make: Make) -> None:
    files: Files = {}
    for number in range(20):
        title = f"{number} " + "🥐 아주 긴 제목 " * 12
        files[f"corpus/d{number}.md"] = f"---\ntitle: {title}\nlanguage: ko\n---\n빵집은 {number + 2}곳이다.\n"
    base = library.build(library.read_content(make(files)))
    some = tuple(figure(n + 2, id=str(n), as_of=str(1990 + n), passage=f"d{n}#p01") for n in range(20))
    text = caption(some, base, "ko")
    assert len(text.encode("utf-16-le")) // 2 <= CAPTION
    listed = text.count("\n") - 2
    assert text.endswith(f"외 문서 {20 - listed}건")


# ── the picture ──────────────────────────────────────────────────────────────────────────────────


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def chunks(png: bytes) -> set[bytes]:
    return set(re.findall(rb"IHDR|pHYs|tEXt|iTXt|zTXt|tIME|eXIf", png))


def named(*labels: str, title: str = "매출", value: str = "1억 원") -> Chart:
    """A chart of bars that are called so."""
    bars = tuple(Bar(label, "[1]", value, "exact", Decimal(number + 1)) for number, label in enumerate(labels))
    return Chart(title, "", bars, ((Decimal(0), "0"),), (), (), ("골목 빵집, [1] bakeries#p06",))


def test_a_picture_is_1200_pixels_wide_and_telegram_takes_it(base: Base) -> None:
    data = to_png(sales(base), base, "ko")
    width, height = size(data)
    assert width == 1200
    assert 400 < height < 1200
    assert len(data) < 200_000


def test_the_longest_picture_is_one_that_telegram_takes() -> None:
    long = "국제연합 교육과학문화기구 아시아 태평양 " * 20
    made = named(*(f"{number} {long}" for number in range(20)), title=long)
    noted = Chart(long, long, made.bars, made.ticks, (), (long * 4,) * 20, (long * 2,) * 20)
    width, height = size(picture(noted, "출처", "png"))
    assert width + height <= MOST_PIXELS + 2
    assert height / width < 20


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_figures_give_the_same_bytes_with_no_date_and_no_program_in_them(form: Format, base: Base) -> None:
    hatched = facts(base, "solbit-visitors", "dalmuri-visitors", "morae-visitors")
    first, second = (draw(hatched, base, "ko", form=form) for _ in range(2))
    assert first == second
    assert first[:5] in (b"\x89PNG\r", b"<?xml", b"%PDF-")
    assert not re.search(rb"(?i)matplotlib|CreationDate|dc:date|Software", first)
    assert chunks(to_png(sales(base), base, "ko")) <= {b"IHDR", b"pHYs"}


def test_charts_drawn_at_once_are_those_drawn_alone(base: Base) -> None:
    alone = {language: to_png(sales(base), base, language) for language in ("ko", "en")}
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda language: (language, to_png(sales(base), base, language)), ["ko", "en"] * 6))
    assert all(data == alone[language] for language, data in drawn)


def test_a_longer_bar_is_a_larger_figure_on_an_axis_from_zero(base: Base) -> None:
    values = (100, 50, 25)
    some = tuple(figure(value, id=str(value), as_of=f"202{n}") for n, value in enumerate(values))
    pixels = imread(io.BytesIO(to_png(some, base, "ko")))[..., :3]
    dark = abs(pixels - [0x1D / 255, 0x5A / 255, 0x96 / 255]).max(axis=2) < 0.02
    rows = dark.sum(axis=1)
    lengths = sorted({int(length) for length in rows if length > 100}, reverse=True)
    assert lengths[0] > 1000
    assert [round(length / lengths[0], 2) for length in lengths[:3]] == [1, 0.5, 0.25]


def test_a_dollar_sign_in_a_name_begins_no_formula() -> None:
    assert picture(named("$AAPL", r"$\frac{$ A_1^2", title="$x$ 대 $y$"), "출처", "png")


@given(label=st.text(max_size=60), title=st.text(max_size=60), value=st.text(max_size=30))
@settings(max_examples=25, deadline=None)
def test_whatever_is_written_on_it_a_picture_is_drawn(label: str, title: str, value: str) -> None:
    assert picture(named(label, "모래", title=title, value=value), "출처", "png").startswith(b"\x89PNG")


def test_every_hangul_syllable_can_be_written_and_what_cannot_is_a_box() -> None:
    assert {*range(ord("가"), ord("힣") + 1), *map(ord, "₩€£¥$%~–…“”‘’·×÷→αβΩé美中日Ж")} <= KNOWN
    assert Page().wrapped("뷁\u200b 🥐\u202e", Style(12), WIDTH) == [f"뷁 {UNKNOWN}"]


def test_a_decomposed_name_is_written_in_whole_syllables() -> None:
    assert Page().wrapped(unicodedata.normalize("NFD", "솔빛"), Style(12), WIDTH) == ["솔빛"]


def test_a_long_name_is_broken_at_spaces_and_a_word_only_where_it_must() -> None:
    page, style = Page(), Style(12)
    lines = page.wrapped("아주 긴 이름의 작은 빵집", style, 70)
    assert len(lines) > 1
    assert " ".join(lines) == "아주 긴 이름의 작은 빵집"
    assert "".join(page.wrapped("W" * 40, style, 70)) == "W" * 40
    assert page.wrapped("빵 " * 99, style, 70, most=2)[-1].endswith("…")
    assert all(page.width(line, style) <= 70 for line in [*lines, *page.wrapped("빵 " * 99, style, 70, most=2)])


def test_a_figure_is_never_cut_short_and_its_name_keeps_room() -> None:
    lines = Page().wrapped("9" * 400, Style(12), 200)
    assert "".join(lines) == "9" * 400
    short, long = (size(picture(named("솔빛제과의 아주 긴 이름", value="9" * n), "출처", "png")) for n in (1, 400))
    assert long[1] > short[1] + 300


def test_the_fonts_stand_beside_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in FONTS.glob("*.otf")) < 1_600_000
