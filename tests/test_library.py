"""corpus/ and facts/ on disk → a Base, or one line that says why not."""

from pathlib import Path

import pytest
from conftest import FILES, Files, Make, changed

from bot import library
from bot.answer import answer
from bot.errors import ContentError, GakjuError


def refusal(root: Path) -> str:
    with pytest.raises(GakjuError) as error:
        library.load(root)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_folder_is_read_into_articles_names_and_figures(root: Path) -> None:
    base = library.load(root)
    assert list(base.documents) == ["bakeries", "guide"]
    assert len(base.passages) == 15
    assert len(base.facts) == 14
    assert list(base.names.entities) == ["bakery", "solbit", "dalmuri", "morae"]
    assert base.year == 2024


def test_a_translation_is_no_document_of_its_own(root: Path) -> None:
    base = library.load(root)
    assert base.passages["bakeries#p02"].translation == "More visitors"
    assert base.passages["guide#p02"].translation is None


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_saved_with_a_byte_order_mark_is_read(make: Make, name: str) -> None:
    assert library.load(make({name: "\ufeff" + FILES[name]})).facts


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.startswith("facts/")))
def test_a_table_saved_by_a_korean_spreadsheet_is_read(make: Make, root: Path, name: str) -> None:
    table = FILES[name].replace("\n", "\r\n").encode("cp949")
    read, plain = library.load(make({name: table})), library.load(root)
    assert [fact.quote for fact in read.facts] == [fact.quote for fact in plain.facts]
    assert read.names.entities == plain.names.entities


def test_tables_that_may_be_left_out_are_not_needed(make: Make) -> None:
    base = library.load(make({name: None for name in FILES if name.startswith("facts/")}))
    assert answer("밀가루 값이 왜 비싸졌어?", base).kind == "passage"


def test_an_editors_glossary_makes_words_mean_the_same(make: Make) -> None:
    words: Files = {"facts/glossary.csv": "ko,en\n천연 효모,zymoid\n"}
    assert answer("zymoid", library.load(make())).kind == "not_found"
    found = answer("zymoid", library.load(make(words)))
    assert "natural yeast" in found.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            changed("facts/bakeries.csv", "sales,1100000000", "sales,11억"),
            "facts/bakeries.csv:9: value is 11억; write digits only",
            id="a cell that cannot be read",
        ),
        pytest.param(
            changed("facts/bakeries.csv", "sales,1100000000", "sales,1200000000"),
            "facts/bakeries.csv:9: morae-sales is 1,200,000,000 KRW, which its quote does not say",
            id="a figure that its quote does not say",
        ),
        pytest.param(
            changed("corpus/guide.md", "language: ko", "language: kr"),
            "corpus/guide.md:1: language is kr; write ko or en",
            id="front matter",
        ),
        pytest.param(
            {"facts/bakeries.csv": "id\tentity\n"},
            "facts/bakeries.csv:1: the columns are separated by tabs, and not by commas",
            id="tabs for commas",
        ),
        pytest.param(
            {"corpus/guide.md": b"---\ntitle: \xff\xff\xff\n"},
            "corpus/guide.md:1: the file is neither UTF-8 nor CP949",
            id="neither encoding",
        ),
    ],
)
def test_a_base_with_an_error_is_refused_with_its_file_and_line(make: Make, change: Files, said: str) -> None:
    assert said in refusal(make(change))


def test_the_first_of_several_errors_is_told_and_the_others_are_counted(make: Make) -> None:
    rows = FILES["facts/bakeries.csv"].replace(",KRW,", ",USD,")
    said = refusal(make({"facts/bakeries.csv": rows}))
    assert said.startswith("facts/bakeries.csv:7: ")
    assert said.endswith("(and 5 more: gakju check lists them)")


def test_a_folder_without_articles_is_refused_in_one_line(tmp_path: Path) -> None:
    assert "is no knowledge base: it has no corpus/" in refusal(tmp_path / "nowhere")
    (tmp_path / "corpus").mkdir()
    assert "has no articles; add a Markdown file to it" in refusal(tmp_path)


def test_a_file_that_cannot_be_read_says_so(make: Make) -> None:
    with pytest.raises(ContentError) as error:
        library.read_text(make({"facts/odd.csv": b"\xff\xfe\xff"}) / "facts/odd.csv")
    assert str(error.value).endswith("odd.csv:1: the file is neither UTF-8 nor CP949; save it as CSV UTF-8")


def test_the_stamp_changes_with_every_file_of_the_content(make: Make) -> None:
    stamps = {library.read_content(make()).stamp}
    for name in FILES:
        stamps.add(library.read_content(make({name: FILES[name] + "\n"})).stamp)
    assert len(stamps) == len(FILES) + 1


def test_the_knowledge_base_that_ships_is_the_default() -> None:
    assert (library.default_root() / "corpus" / "great-misvaluation.md").is_file()


def test_one_document_alone_is_asked_by_its_id_or_its_title(root: Path) -> None:
    for name in ("guide", "빵 골목 안내서", "a guide to bread alley"):
        base = library.load_document(name, root)
        assert list(base.documents) == ["guide"]
        assert answer("솔빛제과 2024년 손님 몇 명?", base).citations[0].document == "guide"
        assert answer("모래과자점 2024년 매출은?", base).kind == "not_found"  # it is in another


def test_a_document_that_is_asked_alone_keeps_its_translation(root: Path) -> None:
    base = library.load_document("bakeries", root)
    assert base.passages["bakeries#p03"].translation
    assert {fact.id for fact in base.facts} >= {"solbit-visitors", "morae-oven"}


def test_a_document_that_is_not_there_is_refused_with_the_one_it_is_like(root: Path) -> None:
    with pytest.raises(GakjuError, match="there is no document 'guides'; did you mean guide"):
        library.load_document("guides", root)
    with pytest.raises(GakjuError, match="gakju list shows them all"):
        library.load_document("요금제", root)


def test_of_documents_with_one_title_the_id_tells_which(make: Make) -> None:
    twin = FILES["corpus/guide.md"].replace("2024-10", "2025-10")
    root = make({"corpus/guide-2025.md": twin})
    with pytest.raises(GakjuError, match=r"2 documents are called .*guide, guide-2025"):
        library.load_document("빵 골목 안내서", root)
    assert list(library.load_document("guide-2025", root).documents) == ["guide-2025"]
