"""Everything that an editor may get wrong, each told as `file:line: what is wrong; what to do`."""

import pytest
from conftest import FILES, Files, Make, added, changed

from bot import library

FACTS, ARTICLE, TRANSLATION = "facts/bakeries.csv", "corpus/bakeries.md", "corpus/bakeries.en.md"

MARKED = """---
title: 빵
language: ko
---
<!-- p01 -->
빵을 굽는다.

<!-- p02 -->
떡을 찐다.
"""


def found(make: Make, *changes: Files) -> list[str]:
    files: Files = {}
    for change in changes:
        files |= change
    return [str(finding) for finding in library.findings(make(files))]


def test_a_knowledge_base_without_mistakes_has_no_findings(make: Make) -> None:
    assert found(make) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            changed(FACTS, "2024년 매출은 10억~12억 원이다.", "2024년 매출은 10억~12억 원입니다."),
            f"{FACTS}:7: the quote of solbit-sales is not in bakeries#p06: '솔빛제과의 2024년 매출은 10억~12억 원입니다.';"
            " copy it from there, word for word",
            id="a quote that is not verbatim",
        ),
        pytest.param(
            changed(
                "facts/metrics.csv", "{entity}의 소금빵은 {value}입니다{as_of}.", "{entity}의 소금빵은 비쌉니다{as_of}."
            ),
            "facts/metrics.csv:5: phrase_ko is '{entity}의 소금빵은 비쌉니다{as_of}.'; write {value} where the figure is to stand",
            id="a sentence without its figure",
        ),
        pytest.param(
            changed("facts/entities.csv", "bakery,group,,빵집", "bakery,group,solbit,빵집"),
            "facts/entities.csv:2: bakery is in solbit, and that in bakery; write what it belongs to",
            id="two things in each other",
        ),
        pytest.param(
            changed("facts/entities.csv", "morae,shop,bakery", "morae,shop,morae"),
            "facts/entities.csv:5: morae is in morae, and that in morae; write what it belongs to",
            id="a thing in itself",
        ),
        pytest.param(
            changed(FACTS, ",솔빛제과의 2024년 매출은 10억~12억 원이다.,", ",,"),
            f"{FACTS}:7: the quote of solbit-sales is not in bakeries#p06: ''; copy it",
            id="no quote",
        ),
        pytest.param(
            changed(FACTS, "sales,1100000000", "sales,1200000000"),
            f"{FACTS}:9: morae-sales is 1,200,000,000 KRW, which its quote does not say; correct the value or the quote",
            id="a value that its quote does not say",
        ),
        pytest.param(
            changed(FACTS, "sales,,1000000000,", "sales,,1100000000,"),
            f"{FACTS}:7: solbit-sales is 1,100,000,000 to 1,200,000,000 KRW, which its quote does not say",
            id="a range that its quote does not say",
        ),
        pytest.param(
            changed(FACTS, "1500000,,,EUR", "1500000,,,USD"),
            f"{FACTS}:10: solbit-oven is 1,500,000 USD, which its quote does not say",
            id="another currency than the quote's",
        ),
        pytest.param(
            changed(FACTS, "sales,1100000000,,,KRW,,", "sales,1100000000,,,KRW,about,"),
            f"{FACTS}:9: the hedge of morae-sales is about, its quote says nothing; make them agree",
            id="a hedge that its quote lacks",
        ),
        pytest.param(
            changed(FACTS, "3000000000,,,KRW,about,", "3000000000,,,KRW,,"),
            f"{FACTS}:8: the hedge of dalmuri-sales is empty, its quote says about; make them agree",
            id="a hedge of the quote that is left out",
        ),
        pytest.param(
            changed(FACTS, "50000,,,count,under,", "50000,,,count,up_to,"),
            f"{FACTS}:5: the hedge of morae-visitors is up_to, its quote says under; make them agree",
            id="another hedge",
        ),
        pytest.param(
            changed(FACTS, "morae-sales,morae,", "morae-sales,nobody,"),
            f"{FACTS}:9: there is no entity nobody; add it to facts/entities.csv",
            id="an unknown entity",
        ),
        pytest.param(
            changed(FACTS, "11억 원이다.,", "11억 원이다.,nobody"),
            f"{FACTS}:9: there is no entity nobody; add it to facts/entities.csv",
            id="an unknown related entity",
        ),
        pytest.param(
            changed(FACTS, "morae-sales,morae,sales", "morae-sales,morae,profit"),
            f"{FACTS}:9: there is no metric profit; add it to facts/metrics.csv",
            id="an unknown metric",
        ),
        pytest.param(
            changed(FACTS, "2024,bakeries#p06,모래", "2024,bakeries#p66,모래"),
            f"{FACTS}:9: there is no passage bakeries#p66; name one that there is, or delete the row",
            id="an unknown passage",
        ),
        pytest.param(
            changed(FACTS, "morae-sales,", "solbit-sales,"),
            f"{FACTS}:9: the id solbit-sales stands in line 7 too; give each row its own id",
            id="an id that stands twice",
        ),
        pytest.param(
            changed("facts/guide.csv", "solbit-bread,", "solbit-oven,"),
            "facts/guide.csv:3: the id solbit-oven stands in",
            id="an id that stands in two tables",
        ),
        pytest.param(
            added("facts/entities.csv", "solbit,shop,,해,Hae,,"),
            "facts/entities.csv:6: the id solbit stands in line 3 too; give each row its own id",
            id="an entity that stands twice",
        ),
        pytest.param(
            changed("facts/entities.csv", "morae,shop,bakery", "morae,shop,cakes"),
            "facts/entities.csv:5: morae is in cakes; write the ids of entities of this table",
            id="a group that there is not",
        ),
        pytest.param(
            changed("facts/entities.csv", "guide#p03", "guide#p33"),
            "facts/entities.csv:4: there is no passage guide#p33; name one that there is, or delete the row",
            id="an introduction that there is not",
        ),
        pytest.param(
            {"facts/exceptions.csv": "passage,quote,reason\nguide#p99,3호,이름\n"},
            "facts/exceptions.csv:2: there is no passage guide#p99",
            id="an exception of no passage",
        ),
        pytest.param(
            {"facts/exceptions.csv": "passage,quote,reason\nguide#p02,3호점,이름\n"},
            "facts/exceptions.csv:2: '3호점' is not in guide#p02; copy it from there",
            id="an exception that is not verbatim",
        ),
        pytest.param(
            changed(TRANSLATION, "translation_of: bakeries", "translation_of: bakery"),
            f"{TRANSLATION}:1: it translates bakery, which there is not; name the file of the original, without .md",
            id="a translation of nothing",
        ),
        pytest.param(
            changed(TRANSLATION, "## Work at dawn\n\n", ""),
            f"{TRANSLATION}:1: it has 10 lines, {ARTICLE} has 11; give each line of the original one line",
            id="a translation of other lines",
        ),
        pytest.param(
            {"corpus/a.md": MARKED.replace("p02", "p01")},
            "corpus/a.md:8: the mark p01 stands in line 5 too; give each passage a number of its own",
            id="a mark that stands twice",
        ),
        pytest.param(
            {"corpus/a.md": MARKED.replace("<!-- p01 -->", "앞에 있는 글이다.")},
            "corpus/a.md:5: text stands before the first mark; put a mark above it, such as <!-- p01 -->",
            id="text before the first mark",
        ),
        pytest.param(
            {"corpus/a.md": MARKED.replace("<!-- p02 -->", "<!-- p2a -->")},
            "corpus/a.md:8: <!-- p2a --> is no mark; write it as <!-- p07 -->, or put a space before it",
            id="what is no mark",
        ),
        pytest.param(
            {"corpus/a.md": MARKED.replace("떡을 찐다.", "")},
            "corpus/a.md:8: the passage p02 is empty; write its text below the mark, or delete the mark",
            id="a mark of nothing",
        ),
        pytest.param(
            {
                "corpus/a.md": MARKED,
                "corpus/b.md": MARKED.replace("title", "translation_of: a\ntitle").replace("p02", "p05"),
            },
            "corpus/b.md:9: the original has no mark p05; use the marks of corpus/a.md",
            id="a mark that the original lacks",
        ),
    ],
)
def test_an_error_names_the_row_what_is_wrong_and_what_to_do(make: Make, change: Files, said: str) -> None:
    lines = found(make, change)
    assert any(line.startswith(said) for line in lines), lines


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            changed(ARTICLE, "단팥빵은 밀가루", "단팥빵 40종은 밀가루"),
            f"{ARTICLE}:29: no fact has 40종 in “달무리빵집의 단팥빵 40종은 밀가루 값이”;"
            " add a row for it, or list it in facts/exceptions.csv as bakeries#p11",
            id="digits that no fact covers",
        ),
        pytest.param(
            changed(TRANSLATION, "300 million", "350 million"),
            f"{TRANSLATION}:21: 300,000,000 is missing; make the translation say what the original does",
            id="a number that the translation lacks",
        ),
        pytest.param(
            changed(TRANSLATION, "300 million", "350 million"),
            f"{TRANSLATION}:21: 350,000,000 is not in the original; make the translation say what the original does",
            id="a number that only the translation has",
        ),
        pytest.param(
            changed(TRANSLATION, "natural yeast that its bakers raise themselves.", "yeast. Its bakers raise it."),
            f"{TRANSLATION}:25: 3 sentences translate 2; translate each sentence by one",
            id="another number of sentences",
        ),
        pytest.param(
            changed("facts/entities.csv", "모래 과자점|Morae Cakes", "달무리"),
            "facts/entities.csv:5: morae and dalmuri (line 4) share the alias 달무리; keep it in one of them",
            id="an alias of two entities",
        ),
        pytest.param(
            changed("facts/entities.csv", "모래 과자점|Morae Cakes", "SOLBIT bakery"),
            "facts/entities.csv:5: morae and solbit (line 3) share the alias solbitbakery; keep it in one of them",
            id="an alias of two entities, written otherwise",
        ),
        pytest.param(
            changed("facts/metrics.csv", "지원금|grant", "매출액"),
            "facts/metrics.csv:6: subsidy and sales (line 3) share the alias 매출액; keep it in one of them, or put ?",
            id="an alias of two metrics",
        ),
    ],
)
def test_a_gap_names_its_place_and_keeps_nothing_from_being_served(make: Make, change: Files, said: str) -> None:
    root = make(change)
    findings = library.findings(root)
    assert any(str(finding).startswith(said) for finding in findings), [str(finding) for finding in findings]
    assert not any(finding.error for finding in findings)
    assert library.load(root).facts


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        pytest.param("손님 12만 명이 다녀갔다", "손님 13만 명이 다녀갔다", f"{FACTS}:3", id="count"),
        pytest.param("매출은 10억~12억", "매출은 10억~13억", f"{FACTS}:7", id="upper end of a range"),
        pytest.param("매출 약 30억", "매출 약 3억", f"{FACTS}:8", id="a nought lost"),
        pytest.param("매출 약 30억", "매출 30억", f"{FACTS}:8", id="a hedge lost"),
        pytest.param("150만 유로", "150만 달러", f"{FACTS}:10", id="currency"),
    ],
)
def test_a_figure_mistyped_in_the_article_names_the_row_that_quotes_it(
    make: Make, old: str, new: str, row: str
) -> None:
    assert any(line.startswith(f"{row}: ") for line in found(make, changed(ARTICLE, old, new)))


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        pytest.param("손님 12만 명이 다녀갔다", "손님 13만 명이 다녀갔다", f"{FACTS}:3", id="count"),
        pytest.param("매출 약 30억", "매출 약 3억", f"{FACTS}:8", id="a nought lost"),
        pytest.param("매출 약 30억", "매출 30억", f"{FACTS}:8", id="a hedge lost"),
        pytest.param("150만 유로", "150만 달러", f"{FACTS}:10", id="currency"),
    ],
)
def test_a_figure_mistyped_in_article_and_quote_alike_is_found_by_its_value(
    make: Make, old: str, new: str, row: str
) -> None:
    lines = found(make, changed(ARTICLE, old, new), changed(FACTS, old, new))
    assert any(line.startswith(f"{row}: ") for line in lines)


def test_a_number_listed_as_no_figure_is_covered(make: Make) -> None:
    change = changed(ARTICLE, "단팥빵은 밀가루", "단팥빵 3호는 밀가루")
    listed: Files = {"facts/exceptions.csv": "passage,quote,reason\nbakeries#p11,단팥빵 3호는,빵 이름\n"}
    assert [line for line in found(make, change) if "no fact has 3" in line]
    assert not [line for line in found(make, change, listed) if "no fact has 3" in line]


def test_a_digit_covered_in_one_place_is_not_covered_in_another(make: Make) -> None:
    change = changed("corpus/guide.md", "가게다.", "가게다. 매년 12만 개를 굽는다.")
    assert [line for line in found(make, change) if "no fact has 12만 개" in line]


def test_a_second_figure_of_a_quoted_sentence_needs_a_row_too(make: Make) -> None:
    more: Files = changed(ARTICLE, "중고 오븐을 9억 원에", "중고 오븐 3대를 9억 원에")
    more |= changed(TRANSLATION, "a used oven", "3 used ovens")
    more |= changed(FACTS, "중고 오븐을 9억 원에", "중고 오븐 3대를 9억 원에")
    assert [line.split(";")[0] for line in found(make, more)] == [
        f"{ARTICLE}:21: no fact has 3대 in “중고 오븐 3대를 9억 원에”"
    ]


def test_a_figure_as_of_another_year_than_its_quote_says_is_told(make: Make) -> None:
    wrong = changed(FACTS, ",2022,bakeries#p08", ",2019,bakeries#p08")
    assert [line.split(";")[0] for line in found(make, wrong)] == [
        f"{FACTS}:12: dalmuri-subsidy is as of 2019, its quote says 2022"
    ]


def test_a_figure_whose_quote_names_another_of_the_kind_is_told(make: Make) -> None:
    found = library.findings(make(changed(FACTS, "morae-sales,morae,sales", "morae-sales,dalmuri,sales")))
    said = f"{FACTS}:9: morae-sales is of dalmuri, its quote names morae"
    assert [str(finding).startswith(said) for finding in found if not finding.error] == [True]


def test_what_a_figure_is_compared_with_may_stand_in_its_quote(make: Make) -> None:
    quote = "달무리빵집보다 적은 매출 11억 원을 올렸다."
    article = changed("corpus/bakeries.md", "모래과자점의 2024년 매출은 11억 원이다.", quote)
    rows = changed(FACTS, "모래과자점의 2024년 매출은 11억 원이다.", quote)
    assert [finding for finding in library.findings(make({**article, **rows})) if "names" in finding.problem] == []


def test_a_document_that_was_added_is_combed_for_numbers_once_it_has_a_figure(make: Make) -> None:
    text = MARKED.replace("language", "original: originals/a.pdf\nlanguage").replace("찐다", "40개 찐다")
    assert found(make, {"corpus/a.md": text}) == []
    listed: Files = {"facts/exceptions.csv": "passage,quote,reason\na#p01,빵을,이름\n"}
    assert [line for line in found(make, {"corpus/a.md": text}, listed) if "no fact has 40" in line]


def test_findings_stand_in_the_order_of_files_and_lines(make: Make) -> None:
    change = changed(FACTS, "sales,1100000000", "sales,1") | changed(ARTICLE, "단팥빵은", "단팥빵 40종은")
    change[FACTS] = str(change[FACTS]).replace("visitors,120000", "visitors,1")
    findings = library.findings(make(change))
    places = [(finding.path, finding.line) for finding in findings]
    assert places == sorted(places)
    assert len(places) >= 3


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_finding_is_one_line(make: Make, name: str) -> None:
    broken = FILES[name].replace("2024", "2019").replace("12", "10").replace("morae", "nobody")
    for line in found(make, {name: broken}):
        assert "\n" not in line
        assert ";" in line


def test_a_number_in_a_table_is_told_on_one_line_with_that_of_its_row(make: Make) -> None:
    table = "---\ntitle: 실적\nlanguage: ko\n---\n\n<!-- p01 -->\n항목 | 작년\n매출(억 원) | 9,800\n이익(억 원) | 100\n"
    lines = [line for line in found(make, {"corpus/t.md": table}) if line.startswith("corpus/t.md")]
    assert [line.partition(": ")[0] for line in lines] == ["corpus/t.md:8", "corpus/t.md:9"]
    assert all("\n" not in line for line in lines)
