"""Markdown, in the dialects that documentation is written in → passages that can be read on their own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import DocumentError
from bot.ingest.draft import Document
from bot.ingest.kinds import read


def passages(text: str) -> list[str]:
    return list(read(text.encode(), "이름", ".md").passages)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# 빵\n\n빵을 굽는다.", ["# 빵", "빵을 굽는다."], id="heading"),
        pytest.param("빵\n===\n\n떡\n---", ["# 빵", "## 떡"], id="setext headings"),
        pytest.param("## 빵 {#bread}", ["## 빵"], id="anchor"),
        pytest.param("## 빵 { #bread }", ["## 빵"], id="anchor with spaces"),
        pytest.param("## 빵 {/*bread*/}", ["## 빵"], id="anchor of MDX"),
        pytest.param("빵을\n굽는다.", ["빵을 굽는다."], id="wrapped lines"),
        pytest.param("빵을  \n굽는다.", ["빵을\n굽는다."], id="line break that is meant"),
        pytest.param("**빵**을 *꼭* ~~안~~ 굽는다.", ["빵을 꼭 안 굽는다."], id="emphasis"),
        pytest.param("**빵(bread)**을 굽는다.", ["빵(bread)을 굽는다."], id="emphasis after a bracket"),
        pytest.param("**빵은 굽는다. **떡은 찐다.", ["빵은 굽는다. 떡은 찐다."], id="emphasis that ends with a space"),
        pytest.param("2 * 3 * 4는 24다.", ["2 * 3 * 4는 24다."], id="stars that are none"),
        pytest.param("[빵집](http://a.example/b_(c))에 간다.", ["빵집에 간다."], id="link"),
        pytest.param("[빵집][1]에 간다.\n\n[1]: http://a.example", ["빵집에 간다."], id="link with its address below"),
        pytest.param("![구운 빵](a.png)", ["구운 빵"], id="picture"),
        pytest.param("`a < b`와 `<Note>`를 쓴다.", ["`a < b`와 `<Note>`를 쓴다."], id="code in a line"),
        pytest.param("이것은[^a] 빵이다.\n\n[^a]: 호밀빵.", ["이것은(a) 빵이다.", "(a): 호밀빵."], id="footnote"),
        pytest.param("> 빵이 있다고 그가 말했다.", ["빵이 있다고 그가 말했다."], id="quote"),
        pytest.param("> [!NOTE]\n> 빵은 비싸다.", ["빵은 비싸다."], id="callout"),
        pytest.param("빵이다. <!-- 떡\n\n이다 --> 끝났다.", ["빵이다. 끝났다."], id="comment"),
        pytest.param("빵이다 <!-- 떡이다.", ["빵이다 <!-- 떡이다."], id="comment that does not end"),
        pytest.param("---\n\n빵을 굽는다.\n\n***", ["빵을 굽는다."], id="rules"),
        pytest.param("&lt;빵&gt; &amp; 떡을 굽는다.", ["<빵> & 떡을 굽는다."], id="entities"),
    ],
)
def test_words_stay_and_marks_go(text: str, expected: list[str]) -> None:
    assert passages(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<Note>\n빵은 비싸다.\n</Note>", ["빵은 비싸다."], id="component without empty lines"),
        pytest.param("<Intro>\n\n빵은 비싸다.\n\n</Intro>\n<Toc />", ["빵은 비싸다."], id="component"),
        pytest.param("이 <Step n={1}>첫 값</Step>을 <Step n={2}>본다</Step>.", ["이 첫 값을 본다."], id="in a line"),
        pytest.param("y = 2<Math>x</Math>이다.", ["y = 2x이다."], id="after a digit"),
        pytest.param("빵은 <Badge a='x > y'/>비싸다.", ["빵은 비싸다."], id="component that closes itself"),
        pytest.param('<Diagram\n  alt="빵 나무"\n  height={3}\n>\n</Diagram>', ["빵 나무"], id="what a picture shows"),
        pytest.param("List<String>과 <Suspense>를 쓴다.", ["List<String>과 <Suspense>를 쓴다."], id="words"),
        pytest.param("import A from './a.js';\nexport {b} from 'c'\n\n빵을 굽는다.", ["빵을 굽는다."], id="modules"),
        pytest.param("export const a = {\n  b: 1,\n};\n\n빵을 굽는다.", ["빵을 굽는다."], id="export of some lines"),
        pytest.param("import taxes are high here.", ["import taxes are high here."], id="a sentence that begins so"),
        pytest.param("빵{' '}떡을 굽는다. {/* 떡? */}", ["빵 떡을 굽는다."], id="expression"),
        pytest.param(
            "<details><summary>더 보기</summary>\n\n빵은 비싸다.\n\n</details>", ["더 보기\n빵은 비싸다."], id="details"
        ),
        pytest.param(
            "구운<sup>Baked</sup> 빵은 x<sup>2</sup>개다.", ["구운(Baked) 빵은 x2개다."], id="gloss above a word"
        ),
        pytest.param("빵<br>떡을 <b>굽는다</b>.", ["빵 떡을 굽는다."], id="tags of HTML"),
        pytest.param("<script setup>\nlet a\n</script>\n\n빵을 굽는다.", ["빵을 굽는다."], id="script"),
        pytest.param(":::tip 빵을 사려면\n줄을 선다.\n:::", ["빵을 사려면\n줄을 선다."], id="directive"),
        pytest.param("/// note | 빵을 사려면\n\n줄을 선다.\n\n///", ["빵을 사려면\n줄을 선다."], id="block"),
        pytest.param('!!! tip "빵을 사려면"\n    줄을 선다.', ["빵을 사려면\n줄을 선다."], id="admonition"),
        pytest.param(
            '{{< note >}}\n{{< tip text="빵" id="b" >}}은 비싸다.\n{{< /note >}}', ["빵은 비싸다."], id="shortcode"
        ),
        pytest.param("{% include x %}\n\n빵은 비싸다.", ["빵은 비싸다."], id="template"),
    ],
)
def test_components_and_directives_go_and_their_words_stay(text: str, expected: list[str]) -> None:
    assert passages(text) == expected


def test_a_list_is_read_with_the_sentence_that_announces_it() -> None:
    assert passages("준비물은 다음과 같습니다.\n\n* 밀가루\n* 물\n  1. 찬물\n  2. 더운물") == [
        "준비물은 다음과 같습니다.\n- 밀가루\n- 물\n  1. 찬물\n  2. 더운물"
    ]


def test_a_long_list_is_divided_between_items_and_a_long_item_stands_alone() -> None:
    item = "이 항목은 꽤 길어서 혼자서도 읽을 수 있는 문단만큼의 글을 담고 있습니다. " * 9
    found = passages(f"- 짧은 것\n- {item}\n- {item}\n- 또 짧은 것")
    assert found == ["- 짧은 것", f"- {item.strip()}", f"- {item.strip()}", "- 또 짧은 것"]


def test_code_is_kept_whole_with_its_language() -> None:
    code = "```js src/a.js\nfunction a() {\n\n    return <b>**x**</b>; // <!-- c --> {/* d */}\n}\n```"
    assert passages(f"먼저 함수를 하나 만들어 파일에 저장하고 이름을 정합니다.\n\n{code}\n\n끝났습니다.") == [
        "먼저 함수를 하나 만들어 파일에 저장하고 이름을 정합니다.",
        code,
        "끝났습니다.",
    ]


def test_long_code_is_divided_at_empty_lines_and_every_line_stays() -> None:
    functions = [f"def f{number}():\n    a = {number}\n\n    return a\n" for number in range(100)]
    body = "\n\n".join(functions).strip()
    found = passages(f"```py\n{body}\n```")
    assert len(found) > 1
    assert all(passage.startswith("```") and passage.endswith("\n```") and len(passage) < 1600 for passage in found)
    assert [line for passage in found for line in passage.split("\n")[1:-1] if line] == [line for line in body.split("\n") if line]  # fmt: skip
    assert "return a\n\n\ndef f" in found[0]


def test_what_stands_beside_a_fence_stays_word_for_word() -> None:
    assert passages('```js {1,3-4}\na\n```\n\n~~~py [[1, 2, "a"]]\nb\n~~~') == [
        "```js {1,3-4}\na\n```",
        '```py [[1, 2, "a"]]\nb\n```',
    ]


def test_code_that_shows_code_keeps_its_fence() -> None:
    assert passages("````md\n```js\na\n```\n````") == ["````md\n```js\na\n```\n````"]


def test_code_in_an_item_comes_after_what_the_item_says() -> None:
    assert passages("1. 설치한다.\n\n   ```sh\n   make\n   ```\n\n2. 시작한다.") == [
        "1. 설치한다.",
        "```sh\nmake\n```",
        "2. 시작한다.",
    ]


def test_code_is_read_with_a_short_sentence_that_ends_with_a_colon() -> None:
    assert passages("Install it:\n\n```sh\nmake\n```") == ["Install it:\n```sh\nmake\n```"]


def test_a_small_table_is_one_passage_and_a_row_of_a_large_one_names_its_columns() -> None:
    head = "| 이름 | 값 |\n| --- | --- |\n"
    assert passages(head + "| 가 | `1` |\n| 나 | 2 |") == ["이름 | 값\n가 | `1`\n나 | 2"]
    large = passages(head + "".join(f"| 항목 {number} | 이 항목의 값은 {number}이다 |\n" for number in range(200)))
    assert large[7] == "이름: 항목 7; 값: 이 항목의 값은 7이다"
    assert len(large) == 200


def test_a_table_in_html_is_a_table() -> None:
    assert passages("<table><tr><th>이름</th><th>값</th></tr>\n\n<tr><td>가</td><td>1</td></tr></table>") == [
        "이름 | 값\n가 | 1"
    ]


@pytest.mark.parametrize(
    ("front", "title", "date"),
    [
        pytest.param(
            '---\ntitle: "빵: 굽기"\ndate: 2024-03-05T10:00\ntags:\n  - a\n---\n', "빵: 굽기", "2024-03-05", id="YAML"
        ),
        pytest.param("+++\ntitle = '빵 굽기'\ndate = 2024-03\n+++\n", "빵 굽기", "2024-03", id="TOML"),
        pytest.param("", "첫 제목", "", id="none: the first heading"),
        pytest.param("---\nlayout: post\nlastmod: 5 March\n---\n", "첫 제목", "", id="neither"),
    ],
)
def test_title_and_date_are_found(front: str, title: str, date: str) -> None:
    found = read(f"{front}# 첫 제목\n\n빵을 굽는다.".encode(), "이름", ".md")
    assert (found.title, found.date) == (title, date)
    assert found.passages == ("# 첫 제목", "빵을 굽는다.")


def test_a_document_without_a_title_is_called_by_its_name() -> None:
    assert read("빵을 굽는다.".encode(), "빵 굽기", ".md").title == "빵 굽기"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("리액트 React 컴포넌트 component를 렌더링한다.", "ko"),
        ("A page about bread (빵) and rice cakes, in English.", "en"),
        ("빵은 useState와 useEffect로 굽는다.", "ko"),
        ("1234", "en"),
    ],
)
def test_the_language_is_told_by_the_script(text: str, language: str) -> None:
    assert read(text.encode(), "x", ".md").language == language


PIECES = [
    *"가나ab 01\n\n\t`*_#-+>|[]()<>/{}:!\"'=~\\&;.,%",
    "<Note>",
    "</Note>",
    "```",
    "<!--",
    "-->",
    "{/*",
    "*/}",
    "| --- |",
]
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=200).map("".join)


@given(MARKDOWN)
@settings(max_examples=400, deadline=None)
def test_any_markdown_is_a_document_or_one_line_that_says_why_not(text: str) -> None:
    assert_document(text.encode(), ".md")


@given(st.text(max_size=300), st.sampled_from([".md", ".txt", ".html", ""]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_document_or_one_line_that_says_why_not(text: str, suffix: str) -> None:
    assert_document(text.encode("utf-8", "surrogatepass"), suffix)


@given(
    st.lists(st.sampled_from(["빵을 굽는다.", "밀가루와 물", "`code`", "2024년", "a_b_c", "x < y", "«말»"]), min_size=1)
)
def test_no_word_of_a_paragraph_is_lost(words: list[str]) -> None:
    found = passages(" ".join(words))
    assert "".join("".join(found).split()) == "".join("".join(words).split())


def assert_document(data: bytes, suffix: str) -> None:
    try:
        found = read(data, "이름", suffix)
    except DocumentError as error:
        assert "; " in str(error)
        assert "\n" not in str(error)
    else:
        assert_whole(found)


def assert_whole(found: Document) -> None:
    assert found.title
    assert "\n" not in found.title
    assert len(found.passages) == len(found.headings) > 0
    for passage in found.passages:
        assert passage == passage.strip() != ""
        assert "\x00" not in passage
