"""Text, HTML, Word and PDF → passages; each format as the programs that people use write it."""

import io
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import docx
import pytest
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bot.ingest.draft import Document
from bot.ingest.kinds import read

# ── text ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_a_text_reads_the_same_however_it_was_saved(encoding: str) -> None:
    found = read("빵을 굽는다.\r\n\r\n떡을 찐다.".encode(encoding), "x", ".txt")
    assert found.passages == ("빵을 굽는다.", "떡을 찐다.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The bakery on the corner opens at six in the\nmorning and closes when the bread is\nsold out.",
            ["The bakery on the corner opens at six in the morning and closes when the bread is sold out."],
            id="wrapped lines are joined",
        ),
        pytest.param(
            "The bakery on the corner sells a lot of inter-\nesting bread and other things as well.",
            ["The bakery on the corner sells a lot of interesting bread and other things as well."],
            id="a divided word is put together",
        ),
        pytest.param(
            "이름: 빵집\n주소: 서울\n전화: 없음", ["이름: 빵집\n주소: 서울\n전화: 없음"], id="short lines stay"
        ),
        pytest.param("준비물은 다음과 같다.\n\n- 밀가루\n- 물", ["준비물은 다음과 같다.\n- 밀가루\n- 물"], id="list"),
        pytest.param("1) 빵\n2) 떡", ["1) 빵\n2) 떡"], id="numbered list"),
        pytest.param("빵집 안내\n\n빵을 굽는다.", ["빵집 안내\n빵을 굽는다."], id="a title goes with what it is of"),
        pytest.param("=====\n\n빵을 굽는다.\n\n-----", ["빵을 굽는다."], id="rules"),
        pytest.param("빵을\x00 굽\u200b는다.", ["빵을 굽는다."], id="characters that are none"),
        pytest.param("# 빵을 굽는다.", ["# 빵을 굽는다."], id="what is no heading in a text"),
    ],
)
def test_paragraphs_of_a_text(text: str, expected: list[str]) -> None:
    found = read(text.encode(), "x", ".txt")
    assert list(found.passages) == expected
    assert not any(found.headings)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "1. 첫날\n\n빵을 굽는다.\n\n2. 첫 주\n\n- 떡을 찐다.\n- 쉰다.",
            ["## 1. 첫날", "## 2. 첫 주"],
            id="numbers one after the other",
        ),
        pytest.param(
            "1 Leave\n\nAsk first.\n\n1.1 Holidays\n\nTen days.\n\n2 Pay\n\nOn Fridays.",
            ["## 1 Leave", "### 1.1 Holidays", "## 2 Pay"],
            id="with numbers below them",
        ),
        pytest.param(
            "제1조 (목적)\n\n빵을 굽는다.\n\n제2조 (시간)\n\n새벽에 굽는다.",
            ["## 제1조 (목적)", "## 제2조 (시간)"],
            id="articles of a rule",
        ),
        pytest.param("1. 빵을 굽는다.\n\n2. 떡을 찐다.", [], id="sentences"),
        pytest.param("3 loaves\n\nThey are eaten.\n\n7 buns\n\nThey are sold.", [], id="numbers that are none"),
        pytest.param("1. 첫날\n\n빵을 굽는다.", [], id="one alone"),
    ],
)
def test_numbered_lines_of_a_text_are_headings_where_they_go_on_one_after_the_other(
    text: str, expected: list[str]
) -> None:
    found = read(text.encode(), "x", ".txt")
    assert [passage for passage, heading in zip(found.passages, found.headings, strict=True) if heading] == expected


def test_entries_of_a_glossary_stay_lines_however_long_they_are() -> None:
    entries = [
        f"낱말{number}: 이 낱말이 무엇을 뜻하는지 한 줄보다 조금 더 길게, 그러나 두 줄은 안 되게 설명한다."
        for number in range(4)
    ]
    assert read("\n".join(entries).encode(), "x", ".txt").passages == ("\n".join(entries),)


@pytest.mark.parametrize("field", ["작성: 김도윤", "최종 수정 2025-02-11"])
def test_the_first_line_of_a_text_is_its_title_with_what_is_told_of_the_document_below_it(field: str) -> None:
    assert read(f"빵집 용어집\n{field}\n\n빵을 굽는다.".encode(), "x", ".txt").title == "빵집 용어집"


def test_a_long_paragraph_is_divided_where_sentences_end() -> None:
    sentences = [f"이것은 {number}번째 문장이며 다른 문장과 같은 길이를 가진다." for number in range(200)]
    found = read(" ".join(sentences).encode(), "x", ".txt")
    assert " ".join(found.passages) == " ".join(sentences)
    assert all(len(passage) <= 1500 and passage.endswith("다.") for passage in found.passages)


def test_a_line_that_never_ends_is_cut_and_nothing_is_lost() -> None:
    found = read(b"a" * 100_000, "x", ".txt")
    assert "".join(found.passages) == "a" * 100_000
    assert all(len(passage) <= 6000 for passage in found.passages)


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────

PAGE = """<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>빵집 &amp; 떡집</title>
<meta property="article:published_time" content="2024-03-05T09:00:00+09:00"><style>p {}</style></head>
<body><header>머리말</header><nav><a href="/">메뉴</a></nav>
<main><h1>빵집</h1><p>빵을 <b>굽는다</b>. &lt;떡&gt;은&nbsp;안 <a href="http://127.0.0.1:9/">판다</a>.<br>끝.</p>
<script>alert("p")</script><h2>준비물</h2><ul><li>밀가루</li><li>물<ol><li>찬물</li></ol></li></ul>
<pre><code class="language-sh">make
  bread</code></pre>
<table><thead><tr><th>이름</th><th>값</th></tr></thead><tbody><tr><td>빵</td><td>3,000원</td></tr></tbody></table>
<img src="http://127.0.0.1:9/a.png" alt="빵 사진"><dl><dt>호밀</dt><dd>거친 곡식</dd></dl></main>
<footer>꼬리말</footer></body></html>"""


def test_a_page_is_its_main_content() -> None:
    found = read(PAGE.encode(), "x", ".html")
    assert (found.title, found.date, found.language) == ("빵집 & 떡집", "2024-03-05", "ko")
    assert found.passages == (
        "# 빵집",
        "빵을 굽는다. <떡>은 안 판다.\n끝.",
        "## 준비물",
        "- 밀가루\n- 물\n  1. 찬물",
        "```sh\nmake\n  bread\n```",
        "이름 | 값\n빵 | 3,000원",
        "빵 사진\n호밀: 거친 곡식",
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>빵을 굽는다.<p>떡을 찐다.", ["빵을 굽는다.", "떡을 찐다."], id="tags left open"),
        pytest.param("<div>빵을 굽는다.<div>떡을 찐다.</div>끝났다.</div>", ["빵을 굽는다.", "떡을 찐다.", "끝났다."], id="div"),
        pytest.param("<p>a &#44032; &unknown; &amp;lt; b.</p>", ["a 가 &unknown; &lt; b."], id="entities"),
        pytest.param("<p hidden>숨음</p><p>빵을 굽는다.</p>", ["빵을 굽는다."], id="hidden"),
        pytest.param("<p>빵을 <code>a &lt; b</code>로 굽는다.</p>", ["빵을 `a < b`로 굽는다."], id="code"),
        pytest.param("<table><tr><td><h2>빵</h2><p>굽는다.</p></td></tr></table>", ["## 빵", "굽는다."], id="layout"),
    ],
)  # fmt: skip
def test_what_stands_in_a_page_is_read(html: str, expected: list[str]) -> None:
    assert list(read(f"<html><body>{html}</body></html>".encode(), "x", ".html").passages) == expected


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("빵 굽기 - 빵집", "빵 굽기", "빵 굽기"),
        ("빵 굽기 | 빵집", '<a href="#a">§</a>빵 굽기', "빵 굽기"),
        ("빵 굽기의 모든 것", "빵 굽기", "빵 굽기의 모든 것"),
        ("", "빵 굽기", "빵 굽기"),
    ],
)
def test_the_title_of_a_page_is_not_its_site(title: str, heading: str, expected: str) -> None:
    page = f"<html><head><title>{title}</title></head><body><h1>{heading}</h1><p>빵을 굽는다.</p></body></html>"
    found = read(page.encode(), "x", ".html")
    assert (found.title, found.passages[0]) == (expected, "# 빵 굽기")


def test_a_page_in_the_encoding_that_it_names() -> None:
    page = '<html><head><meta charset="shift_jis"></head><body><p>パンを焼く。빵</p></body></html>'.replace("빵", "")
    assert read(page.encode("shift_jis"), "x", ".html").passages == ("パンを焼く。",)


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────


def word(fill: Callable[[Word], None]) -> bytes:
    document = docx.Document()
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def everything(document: Word) -> None:
    document.core_properties.title = "빵집 보고서"
    document.core_properties.modified = datetime(2024, 3, 5, tzinfo=UTC)
    document.add_heading("빵집 보고서", 0)
    document.add_heading("준비물", 1)
    document.add_paragraph("준비물은 다음과 같다.")
    document.add_paragraph("밀가루", style="List Bullet")
    document.add_paragraph("물", style="List Bullet")
    document.add_heading("순서", 2)
    document.add_paragraph("섞는다", style="List Number")
    document.add_paragraph("굽는다", style="List Number")
    paragraph = document.add_paragraph("값은 ")
    paragraph.add_run("3,000원").bold = True
    paragraph.add_run("이다.")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("이름", "값", "빵", "3,000원"), strict=True
    ):
        cell.text = text


def test_a_word_file_has_headings_lists_and_tables() -> None:
    found = read(word(everything), "x", ".docx")
    assert (found.title, found.date, found.language) == ("빵집 보고서", "2024-03-05", "ko")
    assert found.passages == (
        "# 빵집 보고서",
        "# 준비물",
        "준비물은 다음과 같다.\n- 밀가루\n- 물",
        "## 순서",
        "1. 섞는다\n2. 굽는다",
        "값은 3,000원이다.",
        "이름 | 값\n빵 | 3,000원",
    )


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        pytest.param("<w:r><w:t>빵을 </w:t></w:r><w:ins><w:r><w:t>굽는다.</w:t></w:r></w:ins>", "빵을 굽는다.", id="inserted"),
        pytest.param("<w:r><w:t>빵이다.</w:t></w:r><w:del><w:r><w:delText>떡</w:delText></w:r></w:del>", "빵이다.", id="deleted"),
        pytest.param("<w:hyperlink><w:r><w:t>빵이다.</w:t></w:r></w:hyperlink>", "빵이다.", id="link"),
        pytest.param("<w:sdt><w:sdtContent><w:r><w:t>빵이다.</w:t></w:r></w:sdtContent></w:sdt>", "빵이다.", id="control"),
        pytest.param("<w:r><w:t>빵과</w:t><w:br/><w:t>떡이다.</w:t></w:r>", "빵과\n떡이다.", id="line break"),
    ],
)  # fmt: skip
def test_a_paragraph_of_word_is_all_that_is_shown_of_it(xml: str, expected: str) -> None:
    def fill(document: Word) -> None:
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))

    assert read(word(fill), "x", ".docx").passages == (expected,)


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────

Row = tuple[float, float, float, str]  # x, y upwards from the bottom, size, text


def pdf(pages: list[list[Row]], title: str = "") -> bytes:
    """A PDF of lines of text where they are put; the font is not in it, the characters are Unicode's own."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange\n"
        b"endcmap end end"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + b" ".join(b"%d 0 R" % (8 + 2 * n) for n in range(len(pages))) + b"] /Count %d >>" % len(pages),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0 >> /DW 500 /FontDescriptor 6 0 R >>",
        b"<< /Length %d >> stream\n" % len(cmap) + cmap + b"\nendstream",
        b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 "
        b"/Descent -200 /CapHeight 700 /StemV 80 >>",
        b"<< /Title <" + ("\ufeff" + title).encode("utf-16-be").hex().encode() + b"> /ModDate (D:20240305090000Z) >>",
    ]  # fmt: skip
    for rows in pages:
        shown = b"".join(
            b"BT /F %g Tf 1 0 0 1 %g %g Tm <%s> Tj ET\n" % (size, x, y, text.encode("utf-16-be").hex().encode())
            for x, y, size, text in rows
        )
        stream = zlib.compress(shown)
        number = len(objects) + 2
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>" % number,
            b"<< /Filter /FlateDecode /Length %d >> stream\n" % len(stream) + stream + b"\nendstream",
        ]  # fmt: skip
    file = io.BytesIO(b"%PDF-1.7\n")
    file.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.writelines(b"%010d 00000 n \n" % place for place in places)
    file.write(b"trailer << /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return file.getvalue()


def of_pages(*pages: list[Row], title: str = "") -> Document:
    return read(pdf(list(pages), title), "x", ".pdf")


def test_lines_of_a_pdf_are_put_together_to_paragraphs() -> None:
    found = of_pages(
        [
            (50, 700, 20, "빵집 안내"),
            (50, 660, 10, "이 빵집은 아침 여섯 시에 문을 열고 저녁 여덟 시에 문을 닫으며 빵이 다 팔리면"),
            (50, 645, 10, "더 일찍 닫는다."),
            (50, 615, 10, "The bakery on the corner sells bread that is baked over night and inter-"),
            (50, 600, 10, "esting things."),
        ],
        title="빵집",
    )
    assert (found.title, found.date, found.language) == ("빵집", "2024-03-05", "ko")
    assert found.passages == (
        "# 빵집 안내",
        "이 빵집은 아침 여섯 시에 문을 열고 저녁 여덟 시에 문을 닫으며 빵이 다 팔리면 더 일찍 닫는다.",
        "The bakery on the corner sells bread that is baked over night and interesting things.",
    )


def test_a_word_that_a_pdf_breaks_is_put_together_where_its_lines_show_where_words_end() -> None:
    found = of_pages(
        [
            (50, 700, 10, "이 빵집은 아침 여섯 시에 문을 열고 저녁에 문을 닫으며 "),
            (50, 685, 10, "빵이 다 팔리면 더 일찍 닫지만 명절에는 하루 종일 문을 열"),
            (50, 670, 10, "어 둔다."),
        ]
    )
    assert found.passages == (
        "이 빵집은 아침 여섯 시에 문을 열고 저녁에 문을 닫으며 빵이 다 팔리면 더 일찍 닫지만 명절에는 하루 종일 문을 열어 둔다.",
    )


def test_items_of_a_list_in_a_pdf_stay_lines() -> None:
    found = of_pages(
        [(50, 700, 10, "• 밀가루와 물을 섞는다"), (50, 685, 10, "• 반죽을 굽는다"), (50, 670, 10, "• 먹는다")]
    )
    assert found.passages == ("• 밀가루와 물을 섞는다\n• 반죽을 굽는다\n• 먹는다",)


def test_headers_footers_and_page_numbers_are_no_text() -> None:
    body = [f"이 쪽에는 {number}번째 이야기가 있고, 그 이야기는 여기에서 끝난다." for number in "일이삼사"]
    pages: list[list[Row]] = [
        [(50, 780, 8, "빵집 보고서"), (50, 700, 10, text), (300, 20, 8, f"- {number} -")]
        for number, text in enumerate(body, 1)
    ]
    assert list(of_pages(*pages).passages) == body


def test_a_sentence_that_is_alike_on_every_page_but_for_its_numbers_is_text() -> None:
    pages: list[list[Row]] = [[(50, 700, 10, f"빵은 {number}개를 구웠다.")] for number in range(5)]
    found = of_pages(*pages)
    assert [*found.passages] == [f"빵은 {number}개를 구웠다." for number in range(5)]


def test_a_paragraph_goes_on_over_the_page() -> None:
    found = of_pages(
        [(50, 60, 10, "이 빵집은 아침 여섯 시에 문을 열고 저녁 여덟 시에")],
        [(50, 700, 10, "문을 닫으며 쉬는 날은 없다.")],
    )
    assert found.passages == ("이 빵집은 아침 여섯 시에 문을 열고 저녁 여덟 시에 문을 닫으며 쉬는 날은 없다.",)


def table_of(*rows: tuple[str, ...], top: float = 700) -> list[Row]:
    return [
        (50 + 130 * column, top - 15 * number, 10, cell)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell
    ]


def test_a_table_in_a_pdf_keeps_its_rows_and_cells() -> None:
    rows = (
        ("요금제", "한 달 가격", "저장 공간"),
        ("스타터", "무료", "5GB"),
        ("단체", "59달러", "500GB"),
        ("학교", "", "1TB"),
    )
    found = of_pages([(50, 740, 10, "요금은 다음 표와 같으며 부가세는 따로이다."), *table_of(*rows)])
    assert found.passages[-1].endswith(
        "요금제 | 한 달 가격 | 저장 공간\n스타터 | 무료 | 5GB\n단체 | 59달러 | 500GB\n학교 |  | 1TB"
    )


@pytest.mark.parametrize("place", [0, 2], ids=["its head", "one in the middle"])
def test_a_row_whose_cells_stand_near_to_each_other_is_of_the_table_that_it_stands_in(place: int) -> None:
    rows = [[(50, "빵류"), (150, "44"), (195, "45")], [(50, "떡류"), (150, "31"), (195, "32")], [(50, "쑥류"), (150, "2"), (195, "3")]]  # fmt: skip
    rows.insert(place, [(50, "항목"), (150, "24년2분기"), (186, "25년1분기")])
    found = of_pages(
        [(50, 760, 10, "올해는 작년보다 많이 팔았다."), (50, 730, 14, "매출")],
        [(x, 700 - 15 * number, 10, text) for number, row in enumerate(rows) for x, text in row],
    )
    lines = found.passages[-1].split("\n")
    assert lines[place] == "항목 | 24년2분기 | 25년1분기"
    assert [line.count("|") for line in lines] == [2, 2, 2, 2]


def test_a_line_far_above_a_table_is_none_of_its_rows() -> None:
    rows = [("빵류", "44", "45"), ("떡류", "31", "32"), ("쑥류", "2", "3")]
    below = [(x, 700 - 15 * number, 10, text) for number, row in enumerate(rows) for x, text in zip((50, 150, 195), row, strict=True)]  # fmt: skip
    found = of_pages([(50, 740, 10, "자료"), (150, 740, 10, "24년2분기"), (186, 740, 10, "25년1분기"), *below])
    assert found.passages[-1].split("\n")[:2] == ["자료 24년2분기 25년1분기", "빵류 | 44 | 45"]


def test_a_cell_of_two_lines_is_one() -> None:
    rows = (("구분", "내용", "비고"), ("빵류", "이 빵은 아침에", "없음"), ("떡류", "떡이다", "있음"))
    heights = (700, 680, 648)
    lines = [row for one, top in zip(rows, heights, strict=True) for row in table_of(one, top=top)]
    found = of_pages([*lines[:6], (180, 668, 10, "구운 것이다"), *lines[6:]])
    assert found.passages == ("구분 | 내용 | 비고\n빵류 | 이 빵은 아침에 구운 것이다 | 없음\n떡류 | 떡이다 | 있음",)


def test_two_words_far_apart_are_no_table() -> None:
    found = of_pages([(50, 700, 10, "빵집 보고서"), (400, 700, 10, "2024년 5월"), (50, 670, 10, "빵을 굽는다.")])
    assert not any("|" in passage for passage in found.passages)


def test_a_header_that_both_of_two_pages_have_in_the_same_place_is_no_text() -> None:
    pages: list[list[Row]] = [
        [(50, 780, 12, "빵집 안내서 - 대외비"), (50, 700, 10, f"{what} 이야기가 여기에서 끝난다.")]
        for what in ("빵", "떡")
    ]
    assert list(of_pages(*pages).passages) == ["빵 이야기가 여기에서 끝난다.", "떡 이야기가 여기에서 끝난다."]
