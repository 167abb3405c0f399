"""The text of an article → its passages."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError
from bot.knowledge.corpus import document, escaped, marked, parse, passages, sentences

FRONT = "---\ntitle: 골목 빵집의 한 해\nlanguage: ko\n---\n"
BODY = """
# 골목 빵집의 한 해

빵을 굽는다.

## 새벽의 일

반죽은 새벽에 한다. 이는 오래 숙성된다.
"""


def test_every_line_that_is_not_empty_is_a_passage_counted_from_p01() -> None:
    found = passages(parse("a.md", "a", FRONT + BODY))
    assert [(passage.id, passage.text) for passage in found] == [
        ("a#p01", "골목 빵집의 한 해"),
        ("a#p02", "빵을 굽는다."),
        ("a#p03", "새벽의 일"),
        ("a#p04", "반죽은 새벽에 한다. 이는 오래 숙성된다."),
    ]


def test_a_passage_knows_its_section_its_line_and_whether_it_is_a_heading() -> None:
    found = passages(parse("a.md", "a", FRONT + BODY))
    assert [(passage.number, passage.section, passage.line, passage.heading) for passage in found] == [
        ("p01", "", 6, True),
        ("p02", "", 8, False),
        ("p03", "새벽의 일", 10, True),
        ("p04", "새벽의 일", 12, False),
    ]


def test_the_hundredth_passage_is_p100() -> None:
    found = passages(parse("a.md", "a", FRONT + "줄\n" * 100))
    assert [found[index].id for index in (8, 9, 98, 99)] == ["a#p09", "a#p10", "a#p99", "a#p100"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + FRONT + BODY, id="byte order mark"),
        pytest.param((FRONT + BODY).replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(unicodedata.normalize("NFD", FRONT + BODY), id="syllables taken apart"),
        pytest.param(
            (FRONT + BODY).replace("빵을", "\u3000 빵을").replace("다.\n", "다. \t\n"), id="spaces around lines"
        ),
        pytest.param((FRONT + BODY).replace("title: 골목 빵집의 한 해", 'title: "골목 빵집의 한 해"'), id="quotes"),
    ],
)
def test_an_article_reads_the_same_however_it_was_saved(text: str) -> None:
    article, plain = parse("a.md", "a", text), parse("a.md", "a", FRONT + BODY)
    assert (article.front, passages(article)) == (plain.front, passages(plain))


def test_a_document_is_what_the_front_matter_says_of_it() -> None:
    front = "---\ntitle: 빵\ntitle_en: Bread\ndate: 2024-10\nsource: https://example.org/a:b\nlanguage: ko\n---\n빵.\n"
    found = document(parse("bread.md", "bread", front))
    assert (found.id, found.date, found.source) == ("bread", "2024-10", "https://example.org/a:b")
    assert (found.name("ko"), found.name("en")) == ("빵", "Bread")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "a.md:1: there is no front matter; begin with a line ---", id="nothing"),
        pytest.param("# 빵\n", "a.md:1: there is no front matter; begin with a line ---", id="no front matter"),
        pytest.param("---\ntitle: 빵\n", "a.md:1: the front matter does not end; close it with a line ---", id="open"),
        pytest.param(
            "---\ntitle: 빵\n저자 김\n---\n빵\n", "a.md:3: front matter has '저자 김'; use one of", id="no key"
        ),
        pytest.param(
            "---\nauthor: 김\n---\n빵\n", "a.md:2: front matter has 'author: 김'; use one of", id="unknown key"
        ),
        pytest.param("---\nlanguage: ko\n---\n빵\n", "a.md:1: front matter has no title; add a line", id="no title"),
        pytest.param("---\ntitle: 빵\n---\n빵\n", "a.md:1: front matter has no language; add a line", id="no language"),
        pytest.param(
            "---\ntitle: 빵\nlanguage: 한국어\n---\n빵\n", "language is 한국어; write ko or en", id="language"
        ),
        pytest.param(
            "---\ntitle: 빵\nlanguage: ko\ndate: 어제\n---\n빵\n", "date is 어제; write it as 2025", id="date"
        ),
        pytest.param(
            "---\ntitle: 빵\nlanguage: ko\ndate: 2025-02-31\n---\n빵\n", "date is 2025-02-31; write it", id="no day"
        ),
        pytest.param(
            "---\ntitle: 빵\nlanguage: ko\n---\n\n \n", "a.md:4: the article is empty; add its text", id="empty"
        ),
    ],
)
def test_a_mistake_in_an_article_is_told_with_file_line_and_remedy(text: str, said: str) -> None:
    with pytest.raises(ContentError) as error:
        parse("a.md", "a", text)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_passage_has_the_line_of_the_translation_that_stands_beside_it() -> None:
    translation = parse(
        "a.en.md", "a.en", "---\ntitle: x\nlanguage: en\n---\n# A year\nBread.\n## Dawn\nDough. It rests.\n"
    )
    found = passages(parse("a.md", "a", FRONT + BODY), translation)
    assert [passage.translation for passage in found] == ["A year", "Bread.", "Dawn", "Dough. It rests."]


def test_a_translation_of_other_lines_is_not_shown_beside_the_wrong_ones() -> None:
    translation = parse("a.en.md", "a.en", "---\ntitle: x\nlanguage: en\n---\n# A year\nBread.\n")
    assert all(passage.translation is None for passage in passages(parse("a.md", "a", FRONT + BODY), translation))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("빵이다. 떡이 아니다.", ["빵이다.", "떡이 아니다."], id="two"),
        pytest.param("정말? 그렇다! 끝.", ["정말?", "그렇다!", "끝."], id="marks"),
        pytest.param("2.5 유로에 Z.ai 것을 샀다.", ["2.5 유로에 Z.ai 것을 샀다."], id="points inside"),
        pytest.param('그는 "맛있다." 하고 갔다.', ['그는 "맛있다."', "하고 갔다."], id="closing quote stays"),
        pytest.param("그렇다.(정말) 끝이다.", ["그렇다.(정말) 끝이다."], id="no space"),
        pytest.param("제목", ["제목"], id="no end"),
    ],
)
def test_a_passage_is_divided_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet='가나 .?!"”)a1\t', max_size=60))
def test_sentences_lose_nothing_of_a_passage_but_the_spaces_between_them(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(sentence in text for sentence in found)


# ── marks ────────────────────────────────────────────────────────────────────────────────────────

MARKED = """
<!-- p01 -->
# 골목 빵집의 한 해

<!-- p03 -->
## 새벽의 일

<!-- p09 -->
반죽은 새벽에 한다.

```sh
make dough

  make bread
```

<!-- p04 -->
### 오븐

<!-- p120 -->
\\# 솔빛제과는 오븐을 쓴다.
"""


def test_an_article_with_marks_is_read_by_them() -> None:
    found = passages(parse("a.md", "a", FRONT + MARKED))
    assert [(passage.id, passage.section, passage.text) for passage in found] == [
        ("a#p01", "", "골목 빵집의 한 해"),
        ("a#p03", "새벽의 일", "새벽의 일"),
        ("a#p09", "새벽의 일", "반죽은 새벽에 한다.\n\n```sh\nmake dough\n\n  make bread\n```"),
        ("a#p04", "새벽의 일 › 오븐", "오븐"),
        ("a#p120", "새벽의 일 › 오븐", "# 솔빛제과는 오븐을 쓴다."),
    ]
    assert [(passage.line, passage.heading) for passage in found] == [
        (7, True), (10, True), (13, False), (22, True), (25, False),
    ]  # fmt: skip


def test_a_heading_that_is_not_the_title_begins_a_section_though_nothing_is_before_it() -> None:
    found = passages(parse("a.md", "a", FRONT + "<!-- p01 -->\n## 값\n<!-- p02 -->\n빵값이다.\n"))
    assert [passage.section for passage in found] == ["값", "값"]


def test_passages_with_marks_are_translated_by_marks() -> None:
    front = "---\ntitle: x\nlanguage: en\ntranslation_of: a\n---\n"
    translation = parse("b.md", "b", front + "<!-- p04 -->\n### The oven\n<!-- p01 -->\n# A year\n")
    found = passages(parse("a.md", "a", FRONT + MARKED), translation)
    assert [passage.translation for passage in found] == ["A year", None, None, "The oven", None]


LINES = st.lists(
    st.sampled_from(["빵", "# 빵", "\\# 빵", "\\\\# 빵", "  a", "", "```", "<!-- p1 -->", "<!-- p07 -->", "p07"]),
    min_size=1,
)


@given(st.dictionaries(st.integers(1, 2000), LINES, min_size=1), st.sampled_from(["빵", '"빵"', "'빵", "빵: 떡"]))
def test_what_is_written_with_marks_is_read_back(body: dict[int, list[str]], title: str) -> None:
    texts = {f"p{number:02d}": "\n".join(lines).strip() or "빵" for number, lines in body.items()}
    texts = {number: text for number, text in texts.items() if not text.startswith("<!--")}
    if not texts:
        return
    text = marked({"title": title, "language": "ko"}, [(number, escaped(text)) for number, text in texts.items()])
    article = parse("a.md", "a", text)
    assert article.findings == ()
    assert article.front["title"] == title
    found = {passage.number: passage for passage in passages(article)}
    assert {number: passage.text.replace("\n <!--", "\n<!--") for number, passage in found.items()} == texts
    assert not any(passage.heading for passage in found.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("값은 다음과 같다.\n- 빵\n- 떡", ["값은 다음과 같다.", "- 빵", "- 떡"], id="lines"),
        pytest.param(
            "굽는다:\n```sh\na. b\n\nc? d\n```\n끝.", ["굽는다:", "```sh\na. b\n\nc? d\n```", "끝."], id="code"
        ),
    ],
)
def test_a_line_ends_a_sentence_and_code_is_one(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_heading_that_is_the_title_is_no_part_of_the_paths_below() -> None:
    text = "---\ntitle: 빵\nlanguage: ko\n---\n<!-- p01 -->\n빵을 굽는 법.\n<!-- p02 -->\n# 빵\n<!-- p03 -->\n## 반죽\n<!-- p04 -->\n물.\n"
    assert [passage.section for passage in passages(parse("corpus/a.md", "a", text))] == ["", "", "반죽", "반죽"]
