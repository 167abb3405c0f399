"""The text of a table → facts, entities, metrics; and a mistake told to the table's editor."""

from decimal import Decimal

import pytest

from bot.errors import ContentError
from bot.knowledge import facts as tables
from bot.schema import Fact

HEADER = "id,entity,metric,value,low,high,unit,hedge,as_of,passage,quote,related,note_ko,note_en"
GOOD = {
    "id": "solbit-sales", "entity": "solbit", "metric": "sales", "value": "1100000000", "low": "", "high": "",
    "unit": "KRW", "hedge": "about", "as_of": "2024", "passage": "a#p01", "quote": "매출 약 11억 원",
    "related": "", "note_ko": "", "note_en": "",
}  # fmt: skip


def table(**cells: str) -> str:
    row = {**GOOD, **cells}
    return "\n".join([HEADER, ",".join(f'"{row[name]}"' for name in HEADER.split(","))]) + "\n"


def read_one(**cells: str) -> Fact:
    (fact,) = tables.facts("facts/a.csv", table(**cells))
    return fact


def test_a_row_is_a_fact_that_knows_its_file_and_line() -> None:
    fact = read_one(related="morae|dalmuri", note_ko="세전", note_en="before tax")
    assert (fact.value, fact.unit, fact.hedge, fact.as_of) == (Decimal(1100000000), "KRW", "about", "2024")
    assert (fact.related, fact.note("ko"), fact.note("en")) == (("morae", "dalmuri"), "세전", "before tax")
    assert (fact.file, fact.line) == ("facts/a.csv", 2)


@pytest.mark.parametrize(
    ("written", "exact"),
    [
        pytest.param("12.30", "12.30", id="the last nought is kept"),
        pytest.param("0.1", "0.1", id="no binary fraction"),
        pytest.param("-4", "-4", id="negative"),
        pytest.param("9" * 40, "9" * 40, id="forty digits"),
        pytest.param(
            "12345678901234567890.12345678901234567890", "12345678901234567890.12345678901234567890", id="long"
        ),
    ],
)
def test_a_value_is_kept_digit_for_digit(written: str, exact: str) -> None:
    assert f"{read_one(value=written).value:f}" == exact


def test_a_range_has_two_ends_and_a_date_is_written_with_strokes() -> None:
    fact = read_one(value="", low="10", high="12", hedge="range")
    assert (fact.value, fact.low, fact.high) == (None, Decimal(10), Decimal(12))
    assert read_one(value="2024-11-13", unit="date", hedge="").value == Decimal(20241113)


@pytest.mark.parametrize("period", ["", "2024", "2024-06", "2024-06-30", "2024-Q2"])
def test_a_period_is_a_year_or_a_part_of_one(period: str) -> None:
    assert read_one(as_of=period).as_of == period


def test_empty_rows_are_passed_over_and_counted_as_an_editor_counts_them() -> None:
    row = table().splitlines()[1]
    text = f"{HEADER}\n\n{row}\n,,,\n{row}\n"
    assert [fact.line for fact in tables.facts("a.csv", text)] == [3, 5]


def test_a_row_that_runs_over_several_lines_is_told_by_its_first() -> None:
    text = table(note_ko="첫 줄\n둘째 줄") + table(value="11억", note_ko="첫 줄\n둘째 줄").split("\n", 1)[1]
    with pytest.raises(ContentError, match=r"^a\.csv:4: value is 11억; write digits only"):
        tables.facts("a.csv", text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + table(), id="byte order mark"),
        pytest.param(table().replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(table().replace("id,entity", " id , entity"), id="spaces in the header"),
        pytest.param(table().replace("note_en\n", "note_en,,\n"), id="empty columns at the end"),
        pytest.param(table().rstrip("\n"), id="no line end at the end"),
    ],
)
def test_a_table_reads_the_same_however_it_was_saved(text: str) -> None:
    assert tables.facts("facts/a.csv", text) == tables.facts("facts/a.csv", table())


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        pytest.param({"id": ""}, "id is empty; write lower-case letters", id="no id"),
        pytest.param({"id": "솔빛 매출"}, "id is 솔빛 매출; write lower-case letters", id="id in Korean"),
        pytest.param({"value": "11억"}, "value is 11억; write digits only, such as 15000000000", id="value in words"),
        pytest.param({"value": "1,100"}, "value is 1,100; write digits only", id="value with commas"),
        pytest.param({"value": "1e9"}, "value is 1e9; write digits only", id="value in powers"),
        pytest.param({"value": "NaN"}, "value is NaN; write digits only", id="no number"),
        pytest.param({"value": "9" * 400}, "; write digits only", id="400 digits"),
        pytest.param({"low": "약 3"}, "low is 약 3; write digits only, the lower end", id="low"),
        pytest.param({"high": "많음"}, "high is 많음; write digits only, the upper end", id="high"),
        pytest.param({"unit": "원"}, "unit is 원; write one of USD, CNY, KRW", id="unit"),
        pytest.param({"unit": ""}, "unit is empty; write one of USD, CNY, KRW", id="no unit"),
        pytest.param({"hedge": "약"}, "hedge is 약; write empty or one of about, under", id="hedge"),
        pytest.param({"as_of": "작년"}, "as_of is 작년; write a year, 2025-11", id="period"),
        pytest.param(
            {"as_of": "2024-13"}, "as_of is 2024-13; write a year, 2025-11", id="a month that there is none of"
        ),
        pytest.param({"as_of": "2023-02-29"}, "as_of is 2023-02-29; write a year", id="a day that there is none of"),
        pytest.param(
            {"value": "20240230", "unit": "date"}, "value is 20240230; write digits", id="a date that is none"
        ),
        pytest.param({"as_of": "2024-5"}, "as_of is 2024-5; write a year, 2025-11", id="period cut short"),
        pytest.param({"value": ""}, "a figure needs a value, or low and high with the hedge range", id="no value"),
        pytest.param({"low": "1", "high": "2"}, "a figure needs a value, or low and high", id="value and range"),
        pytest.param({"hedge": "range"}, "a range needs low and high, low first, and no value", id="range of nothing"),
        pytest.param({"hedge": "range", "value": "", "low": "2", "high": "1"}, "low first", id="range upside down"),
    ],
)
def test_a_wrong_cell_is_one_line_with_file_line_what_was_found_and_what_to_write(
    cells: dict[str, str], said: str
) -> None:
    with pytest.raises(ContentError) as error:
        read_one(**cells)
    assert str(error.value).startswith("facts/a.csv:2: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "a.csv:1: the table is empty; the columns are id,entity,metric", id="empty file"),
        pytest.param(table().replace("passage", "page"), "a.csv:1: column passage is missing", id="missing column"),
        pytest.param(
            table().replace("unit", "units", 1),
            "a.csv:1: column unit is missing, and there is no column units",
            id="a column by another name",
        ),
        pytest.param(
            "id;entity;metric\n", "a.csv:1: the columns are separated by semicolons, and not by commas", id="semicolons"
        ),
        pytest.param(table().replace("note_ko", "메모"), "a.csv:1: there is no column 메모", id="unknown column"),
        pytest.param(
            table() + "x," * 20 + "\n", "a.csv:3: the row has 21 cells, the header 14; put a cell", id="cells"
        ),
        pytest.param(table() + '"x', "a.csv:3: ", id="open quote"),
        pytest.param(table() + 'a,"b"c,d', "a.csv:3: ", id="quote inside"),
    ],
)
def test_a_wrong_table_is_one_line_with_file_and_line(text: str, said: str) -> None:
    with pytest.raises(ContentError) as error:
        tables.facts("a.csv", text)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_entities_have_groups_and_aliases_divided_by_strokes() -> None:
    ((line, entity),) = tables.entities(
        "e.csv", "id,kind,in,name_ko,name_en,aliases\nsolbit,shop,a|b,솔빛,Solbit,해| 달 |\n"
    )
    assert (line, entity.groups, entity.aliases, entity.introduced) == (2, ("a", "b"), ("해", "달"), "")
    assert (entity.name("ko"), entity.name("en")) == ("솔빛", "Solbit")


def test_a_name_is_needed_in_both_languages() -> None:
    with pytest.raises(ContentError, match=r"^e\.csv:2: name_en is empty; give it a name in both languages"):
        tables.entities("e.csv", "id,name_ko,name_en\nsolbit,솔빛,\n")
    with pytest.raises(ContentError, match=r"^m\.csv:2: name_ko is empty; give it a name in both languages"):
        tables.metrics("m.csv", "id,name_ko,name_en\nsales,,sales\n")


def test_metrics_keep_the_order_of_their_table() -> None:
    found = tables.metrics("m.csv", "id,name_ko,name_en,counter_ko\nsales,매출,sales,\nvisitors,손님,visitors,명\n")
    assert [(metric.id, metric.counter_ko) for _, metric in found] == [("sales", ""), ("visitors", "명")]


def test_the_glossary_and_the_exceptions_are_read_row_by_row() -> None:
    assert tables.glossary("g.csv", "ko,en\n효모|이스트,yeast\n") == [(["효모", "이스트"], ["yeast"])]
    (item,) = tables.exceptions("x.csv", "passage,quote,reason\na#p01,3호,이름\n")
    assert (item.passage, item.quote, item.reason, item.file, item.line) == ("a#p01", "3호", "이름", "x.csv", 2)
