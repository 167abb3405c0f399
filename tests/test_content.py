"""The article that ships, its translation and its figures: whole, aligned, checked, and answered."""

import re

import pytest

from bot import library
from bot.answer import answer
from bot.answer.reading import read
from bot.answer.refusal import ask
from bot.knowledge.base import Base
from bot.knowledge.corpus import parse, sentences
from bot.schema import SILENT, Language, Query

CORPUS = library.default_root() / "corpus"
FACTS = [fact.id for fact in library.read_content(library.default_root()).facts]
PASSAGES = 68
LANGUAGES: tuple[Language, ...] = ("ko", "en")


@pytest.fixture(scope="module")
def shipped() -> Base:
    return library.load()


def test_the_article_has_all_of_its_passages(shipped: Base) -> None:
    names = [f"great-misvaluation#p{number:02d}" for number in range(1, PASSAGES + 1)]
    assert list(shipped.passages) == names
    assert shipped.passages[names[0]].text.startswith("거대한 가치 오판")
    assert shipped.passages[names[-1]].text == "투자 조언 아님"


def test_the_translation_has_a_line_for_every_line_and_a_sentence_for_every_sentence() -> None:
    articles = [parse(path.name, path.stem, library.read_text(path)) for path in sorted(CORPUS.glob("*.md"))]
    (original,) = (article for article in articles if not article.translation_of)
    (translation,) = (article for article in articles if article.translation_of == original.id)
    assert len(original.lines) == len(translation.lines) == PASSAGES
    for (_, source), (line, target) in zip(original.lines, translation.lines, strict=True):
        assert len(sentences(source)) == len(sentences(target)), f"{translation.path}:{line}"
        assert source.startswith("## ") == target.startswith("## "), f"{translation.path}:{line}"


def test_every_line_is_translated_into_english(shipped: Base) -> None:
    for passage in shipped.passages.values():
        assert passage.translation, passage.id
        assert not re.search("[가-힣]", passage.translation), passage.id


def test_the_check_finds_nothing() -> None:
    assert [str(finding) for finding in library.findings()] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", FACTS)
def test_a_figure_is_answered_to_its_own_question(shipped: Base, fact: str, language: Language) -> None:
    (wanted,) = (item for item in shipped.facts if item.id == fact)
    question = ask(wanted, shipped, Query(question="", language=language))
    found = answer(question, shipped)
    assert fact in [figure.id for figure in found.facts], f"{question} {found.text}"
    assert found.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entity_can_be_asked_for(shipped: Base, language: Language) -> None:
    for entity in shipped.names.entities.values():
        question = f"{entity.name(language)}?"
        mentioned = {mention.id for mention in shipped.names.find_entities(question)}
        assert entity.id in mentioned or entity.name(language).startswith("?"), question


@pytest.mark.parametrize("note", ["ascend-lag", "models-lag"])
def test_a_figure_that_was_likely_mistyped_is_told_as_written_with_a_note(shipped: Base, note: str) -> None:
    (fact,) = (item for item in shipped.facts if item.id == note)
    for language in LANGUAGES:
        found = answer(ask(fact, shipped, Query(question="", language=language)), shipped)
        assert fact.note(language) in found.text


@pytest.mark.parametrize(
    "question",
    [
        "테슬라 시가총액은?",
        "쿠팡 기업 가치는?",
        "Tesla's market cap?",
        "마소 시가총액은?",
        "루닛 몸값은?",
        "ChatGPT 기업 가치는?",
        "뤼튼 이용자 수는?",
    ],
)
def test_a_company_the_article_does_not_know_is_given_no_figure_of_another(shipped: Base, question: str) -> None:
    found = answer(question, shipped)
    assert found.kind == "not_found"
    assert not found.facts


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("How much does ChatGPT Plus cost per month?", id="a price, and not seven worths together"),
        pytest.param("How much does ChatGPT cost per month?", id="a price, and not what its maker is worth"),
        pytest.param("what's perplexity valued at", id="a name that is like a word of the article"),
        pytest.param("문샷 AI는 몇 년도에 세워졌어?", id="a year in which something else was"),
        pytest.param("How much does an H100 cost?", id="a price, and not what its maker lost"),
        pytest.param("H20 칩 한 장에 얼마야?", id="a price, and not a number of them"),
        pytest.param("Sora 2 monthly price?", id="a price, where a passage names only the thing"),
        pytest.param("What is Nvidia's share price today?", id="a price, and not how others reacted"),
        pytest.param("How much was DeepSeek worth in January?", id="a month that no figure is of"),
        pytest.param("When was Alibaba founded?", id="a date of something else"),
        pytest.param("When was DeepSeek founded?", id="a date of its model"),
        pytest.param("딥시크 R1 학습에 며칠 걸렸대?", id="days, and not dollars"),
        pytest.param("시험 운영은 몇 달 걸려?", id="months, where a passage has a number of another kind"),
        pytest.param("그 1조 위안 펀드 몇 년 동안 굴린대?", id="years, of what the figure given is of"),
        pytest.param("딥시크 CEO는 누구야?", id="a person, where a passage has none"),
        pytest.param("거품을 경고한 은행장들 이름 좀", id="names, where a passage has but an office"),
        pytest.param("대표 이사 이름이 뭐야?", id="a name of nobody in particular"),
        pytest.param("딥시크 나머지 16% 지분은 누가 갖고 있어?", id="who has the rest, and not how much it is"),
        pytest.param("AI 특허가 가장 많은 나라는?", id="a most, by what nothing is measured with"),
        pytest.param("Which industry adopts AI the most?", id="a most, where nothing is ranked"),
        pytest.param("우리나라는 AI 투자 순위 몇 위로 나와요?", id="a rank, and not that of others"),
        pytest.param("how much VC money went into US AI startups in Q2", id="a country, and not another"),
        pytest.param("저커버그는 벤치마크 조작 의혹에 뭐라고 해명했어?", id="a person of whom nothing is told"),
    ],
)
def test_what_is_near_in_words_and_of_another_kind_is_no_answer(shipped: Base, question: str) -> None:
    found = answer(question, shipped)
    assert found.kind == "not_found", found.text
    assert not found.facts


@pytest.mark.parametrize(
    "typed",
    [
        "null",
        "undefined",
        "nil",
        "true",
        "asdf",
        "테스트",
        "SELECT * FROM users; --",
        "DROP TABLE answers;",
        "admin' --",
        'print("hello world")',
        "function() {}",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "[object Object]",
    ],
)
def test_what_is_typed_to_see_what_happens_is_no_question(shipped: Base, typed: str) -> None:
    found = answer(typed, shipped)
    assert found.kind in SILENT
    assert not found.citations


@pytest.mark.parametrize(
    "text",
    ["can I call sort() directly on an array that lives in state", "render() 두 번 불려요", "what is fetch() for?"],
)
def test_a_question_with_code_in_it_is_a_question(shipped: Base, text: str) -> None:
    assert "code" not in read(text, shipped).cues


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("censorship", "censorship"),
        ("검열", "검열"),
        ("거품", "거품"),
        ("DeepSeek valuation;", "$15 billion"),
        ("how do Chinese AI companies raise money;", "raise money"),
    ],
)
def test_a_word_alone_or_a_sign_of_code_beside_a_question_is_one(shipped: Base, typed: str, said: str) -> None:
    assert said in answer(typed, shipped).text


def test_a_year_comes_neither_before_nor_after_one_of_its_months(shipped: Base) -> None:
    found = answer("which came out later, R1 or Seedance?", shipped)
    assert {fact.id for fact in found.facts} == {"r1-release", "seedance-release"}
    assert "comes first is not certain" in found.text
    assert " is later" not in found.text


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        pytest.param("딥시크 기업가치랑 훈련비용은?", ["deepseek-valuation", "deepseek-training"], id="ko"),
        pytest.param("How much is xAI worth and how much did it raise?", ["xai-valuation-2", "xai-raised"], id="en"),
        pytest.param("클링 클립 길이랑 해상도?", ["kling-clip", "kling-resolution"], id="with a word in common"),
        pytest.param(
            "2024년 미국이랑 중국 AI 투자액은?", ["us-investment-2024", "china-investment-2024"], id="countries"
        ),
    ],
)
def test_all_the_measures_and_countries_that_a_question_names_are_told(
    shipped: Base, question: str, facts: list[str]
) -> None:
    told = [fact.id for fact in answer(question, shipped).facts]
    assert [name for name in told if name in facts] == facts  # in the order of the question


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        pytest.param("Zhipu's 20 billion yuan is how much in US$?", "zhipu-valuation-usd", id="US$ is no country"),
        pytest.param("중국 AI 벤처투자가 올해 초 작년보다 몇 % 빠졌나요", "vc-change", id="올해 초 is no second"),
        pytest.param("오픈AI 몸값 하한하고 상한 각각 얼마입니까", "openai-valuation", id="the ends of a range"),
        pytest.param("홍콩 기술주 지수 올해 몇 프로나 올랐나요?", "hstech-rally", id="Hong Kong's, not America's"),
        pytest.param("딥시크 창업자가 가진 지분을 돈으로 따지면 얼마야?", "founder-stake", id="a stake in money"),
    ],
)
def test_words_are_read_whole(shipped: Base, question: str, fact: str) -> None:
    found = answer(question, shipped)
    assert fact in {figure.id for figure in found.facts}, found.text


def test_a_currency_is_no_part_of_another_word(shipped: Base) -> None:
    assert read("무슨 이유로 블랙리스트에 올랐어?", shipped).unit is None
    assert read("기금 규모 몇억위안이야?", shipped).unit == "CNY"


def test_a_name_that_is_not_found_is_named_once(shipped: Base) -> None:
    assert answer("테슬라 몸값은?", shipped).not_found == ("테슬라",)


@pytest.mark.parametrize(
    ("question", "never"),
    [
        pytest.param("딥시크 하루 이용자 수는?", "deepseek-mau", id="daily, and not monthly"),
        pytest.param("How many paying users does DeepSeek have?", "deepseek-mau", id="paying, and not active"),
        pytest.param("즈푸 매출은 얼마야?", "zhipu-valuation-usd", id="revenue, and not worth"),
        pytest.param("How much did Nvidia's competitors lose?", "nvidia-loss", id="its rivals, and not itself"),
        pytest.param("딥시크 경쟁사 기업 가치는?", "deepseek-valuation", id="its rivals, ko"),
        pytest.param("미국의 반도체 투자액은?", "us-investment-2024", id="another sector"),
        pytest.param("What did it cost to train GPT-4?", "deepseek-training", id="what is only as good"),
        pytest.param("중국 기술주는 얼마 잃었어?", "tech-stocks-loss", id="another country's"),
        pytest.param("How much money did DeepSeek lose?", "tech-stocks-loss", id="who did not lose it"),
        pytest.param("OpenAI loss of market value", "openai-valuation", id="a measure that is a part of the words"),
        pytest.param("GLM-4.5V 가격은 몇 달러야?", "glm-chips", id="dollars, and not 몇 달"),
        pytest.param("How old is DeepSeek?", "deepseek-mau", id="an age, and not a count"),
        pytest.param("엔비디아가 5,900억 달러를 잃는 데 얼마나 걸렸어?", "glm-chips", id="how long, and not how many"),
        pytest.param("What was xAI worth before raising $10 billion?", "xai-valuation-2", id="before, and not after"),
        pytest.param("2024년 이전 중국 AI 투자액은?", "china-investment-2024", id="before a year, and not in it"),
        pytest.param("10% of OpenAI's valuation", "openai-valuation", id="a share, and not the whole"),
        pytest.param("항셍테크 5년 평균 PER은?", "hstech-per", id="an average"),
        pytest.param("what is X worth?", "xai-valuation", id="a part of a name"),
        pytest.param("상하이 AI 투자액은?", "us-investment-2024", id="a city"),
        pytest.param("H20 칩 얼마야?", "glm-chips", id="how much it is, and not how many"),
        pytest.param("엔비디아 시총 지금 얼마야?", "nvidia-loss", id="what it is worth, and not what it lost"),
        pytest.param("How much do Seedance videos cost?", "seedance-resolution", id="a price, and not lines"),
        pytest.param("Who said Huawei chips are years behind?", "ascend-lag", id="who said it, and not what"),
        pytest.param("How much venture capital did US AI startups get?", "vc-q2", id="another country's, en"),
        pytest.param("기금 중 반도체 몫은 얼마?", "fund-usd", id="the whole, and not a share"),
        pytest.param("how much of the fund is allocated to chips?", "fund-usd", id="the whole, and not a part"),
    ],
)
def test_a_figure_of_something_beside_the_question_is_not_given(shipped: Base, question: str, never: str) -> None:
    found = answer(question, shipped)
    assert never not in {figure.id for figure in found.facts} or found.kind == "passage", found.text


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        pytest.param("OpenAI 말고 가장 비싼 회사는?", {"openai-valuation", "openai-valuation-2"}, id="말고"),
        pytest.param("most valuable lab besides OpenAI", {"openai-valuation", "openai-valuation-2"}, id="besides"),
        pytest.param("딥시크를 뺀 중국 회사 기업 가치 합은?", {"deepseek-valuation", "deepseek-valuation-2"}, id="뺀"),
        pytest.param("most valuable company not in the US", {"openai-valuation", "xai-valuation"}, id="a country's"),
        pytest.param("중국을 제외한 AI 투자액은?", {"china-investment-2024", "china-investment-2025"}, id="alone"),
    ],
)
def test_what_a_question_sets_aside_is_not_in_its_answer(shipped: Base, question: str, facts: set[str]) -> None:
    found = answer(question, shipped)
    assert found.facts
    assert not facts & {figure.id for figure in found.facts}


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("딥시크 때문에 엔비디아 시총이 얼마나 날아갔어?", id="ko, the cause first"),
        pytest.param("엔비디아가 딥시크 때문에 날린 시총은 얼마야?", id="ko, the cause in the middle"),
        pytest.param("How much market value did Nvidia lose because of DeepSeek?", id="en"),
        pytest.param("Due to DeepSeek, how much market value did Nvidia lose?", id="en, the cause first"),
    ],
)
def test_a_figure_is_not_of_what_it_came_of(shipped: Base, question: str) -> None:
    assert [figure.id for figure in answer(question, shipped).facts] == ["nvidia-loss"]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("알리바바 때문에 딥시크 가격이 얼마나 내렸어?", id="a cause that none is told of"),
        pytest.param("What is the valuation of Nvidia because of DeepSeek?", id="a measure of the cause alone"),
    ],
)
def test_what_came_of_something_is_refused_where_nothing_says_so(shipped: Base, question: str) -> None:
    assert answer(question, shipped).kind == "not_found"


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        pytest.param("is moonshot worth more than 4bn", ["moonshot-valuation"], id="bn"),
        pytest.param("did nvidia lose 590bn", ["nvidia-loss"], id="bn, of a loss"),
        pytest.param("엔비디아 5900억 잃은거 맞아?", ["nvidia-loss"], id="억, without a currency"),
        pytest.param("is coreweave under 20 billion", ["coreweave-valuation"], id="billion, without a currency"),
        pytest.param("기금 1조 달러 맞지?", ["fund-usd", "fund-cny"], id="another currency than the fund's"),
        pytest.param(
            "550만불로 딥시크 V3 만들었단 거 진짜임?", ["deepseek-training"], id="of what has the thing named"
        ),
    ],
)
def test_an_amount_in_a_question_is_told_right_or_wrong_by_the_known_figure(
    shipped: Base, question: str, facts: list[str]
) -> None:
    assert [figure.id for figure in answer(question, shipped).facts] == facts


@pytest.mark.parametrize(
    ("question", "never"),
    [
        pytest.param("엔비디아가 1조달러 날렸다며", "tech-stocks-loss", id="another's loss"),
        pytest.param("when will the 10-20% correction happen", "correction", id="how much, and not when"),
    ],
)
def test_a_figure_that_the_question_gives_is_not_all_that_it_asks(shipped: Base, question: str, never: str) -> None:
    assert never not in {figure.id for figure in answer(question, shipped).facts}


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("딥시크가 엔비디아를 인수했어?", id="인수"),
        pytest.param("오픈AI가 딥시크를 고소했대?", id="고소"),
        pytest.param("알리바바가 문샷에 투자했지?", id="투자"),
        pytest.param("시댄스를 클링이 베꼈어?", id="베끼다"),
        pytest.param("did deepseek buy nvidia?", id="buy"),
        pytest.param("did openai sue deepseek", id="sue"),
        pytest.param("did alibaba acquire moonshot", id="acquire"),
    ],
)
def test_what_one_thing_did_to_another_is_not_told_by_a_passage_that_only_names_them(
    shipped: Base, question: str
) -> None:
    assert answer(question, shipped).kind == "not_found"


@pytest.mark.parametrize("question", ["how big is kling's speedup", "what is kling’s speedup"])
def test_the_ending_of_a_name_is_no_word_to_be_put_right(shipped: Base, question: str) -> None:
    assert answer(question, shipped).question == question


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param(
            "by how much did China's AI investment grow from 2024 to 2025?",
            [
                "Note (2024): Private AI investment, Stanford's 2025 AI Index.",
                "Note (2025): An estimate of more recent industry surveys.",
                "The two figures are from different sources: read the change with care.",
            ],
            id="en",
        ),
        pytest.param(
            "중국 AI 투자는 2024년에서 2025년 얼마나 늘었어?",
            ["참고(2024년): 민간 AI 투자", "참고(2025년): 보다 최근의", "두 수치는 출처가 달라"],
            id="ko",
        ),
    ],
)
def test_a_change_between_figures_of_different_sources_is_told_with_care(
    shipped: Base, question: str, said: list[str]
) -> None:
    text = answer(question, shipped).text
    assert [line for line in said if line not in text] == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("엔비디아 시총 얼마 날아갔어?", "엔비디아는 2025년 1월에 시가총액을 거의 5,900억 달러 잃었습니다.", id="ko"),
        pytest.param("how much did Nvidia lose?", "Nvidia lost nearly $590 billion in market value in January 2025.", id="en"),
    ],
)  # fmt: skip
def test_an_event_is_told_when_it_happened_and_not_as_of_then(shipped: Base, question: str, said: str) -> None:
    assert answer(question, shipped).text.startswith(said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("앤스로픽 CEO는 누구야?", "앤스로픽에 대해 아는 것: 기업 가치.", id="all that is known, ko"),
        pytest.param("who is the CEO of Anthropic?", "Known of Anthropic: valuation.", id="all that is known, en"),
        pytest.param("딥시크 CEO는 누구야?", "창업자 지분 등.", id="some of it, ko"),
        pytest.param("who is the CEO of DeepSeek?", "Known of DeepSeek, among others: ", id="some of it, en"),
    ],
)
def test_a_refusal_says_whether_more_is_known_than_it_names(shipped: Base, question: str, said: str) -> None:
    assert said in answer(question, shipped).text


@pytest.mark.parametrize(
    ("before", "question", "facts"),
    [
        pytest.param("소라 2 언제 나왔어?", "그 회사 몸값은?", {"openai-valuation", "openai-valuation-2"}, id="ko"),
        pytest.param("what is Sora 2?", "what is that company worth?", {"openai-valuation", "openai-valuation-2"}, id="en"),
        pytest.param("시댄스 누가 만들었어?", "그 회사 기업 가치는?", set(), id="of which that is not told"),
        pytest.param("xAI 최근 모금액은?", "그 회사 몸값은?", {"xai-valuation", "xai-valuation-2"}, id="the company itself"),
    ],
)  # fmt: skip
def test_that_company_is_the_one_whose_thing_was_asked_about(
    shipped: Base, before: str, question: str, facts: set[str]
) -> None:
    assert {figure.id for figure in answer(question, shipped, (before,)).facts} == facts


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("화웨이 칩이 몇 년 뒤졌다고 누가 그랬어?", "줄표가 빠진 “1–2년”일 가능성이 큽니다", id="ko"),
        pytest.param("who told Congress about Huawei's chips?", "it is most likely “1–2 years”", id="en"),
    ],
)
def test_a_quote_whose_figure_is_most_likely_another_says_so(shipped: Base, question: str, said: str) -> None:
    found = answer(question, shipped)
    assert found.kind == "passage"
    assert said in found.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("how many times bigger is OpenAI than Zhipu?", "about 55.6 to 111 times", id="a range, en"),
        pytest.param(
            "xAI가 앤스로픽보다 몇 배 비싸?", "앤스로픽의 최대 약 4배입니다", id="a bound of what is about, ko"
        ),
        pytest.param("how many times xAI's valuation is of Anthropic's", "is up to about 4 times", id="the same, en"),
        pytest.param("OpenAI, xAI, 앤스로픽 기업 가치 합계", "합치면 약 4,000억 달러 이상입니다", id="a sum"),
    ],
)
def test_what_came_of_approximate_figures_is_as_anybody_computes_it_and_stays_approximate(
    shipped: Base, question: str, said: str
) -> None:
    assert said in answer(question, shipped).text


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("what is the founder's stake in DeepSeek worth?", id="worth, en"),
        pytest.param("딥시크 창업자 지분은 얼마짜리야?", id="ko"),
    ],
)
def test_what_a_stake_is_worth_is_asked_for_in_many_words(shipped: Base, question: str) -> None:
    found = answer(question, shipped)
    assert found.calculation
    assert found.calculation.operation == "product"


def test_a_ceiling_is_not_told_as_the_highest_figure(shipped: Base) -> None:
    found = answer("Is Moonshot worth more than Zhipu?", shipped)
    assert found.text.startswith("Which of Moonshot AI and Zhipu (Z.ai) comes first is not certain.")


def test_the_only_figure_of_a_measure_is_told_to_be_the_only_one(shipped: Base) -> None:
    assert "so nothing can be ranked" in answer("most expensive model to train", shipped).text
    assert "순위를 알 수 없습니다" in answer("훈련 비용이 가장 비싼 모델은?", shipped).text


def test_what_is_known_is_told_of_one_thing_at_a_time(shipped: Base) -> None:
    found = answer("guidance fund minus DeepSeek valuation", shipped)
    assert "training cost" not in found.text


def test_different_measures_of_different_things_are_not_added(shipped: Base) -> None:
    assert answer("OpenAI 기업 가치와 딥시크 훈련 비용을 더하면?", shipped).calculation is None


def test_what_came_of_approximate_amounts_has_four_digits(shipped: Base) -> None:
    found = answer("What is the US investment in 2025 divided by its number of unicorns?", shipped)
    assert found.calculation
    assert found.calculation.result == "1430000000"


def test_the_difference_of_two_measures_names_both(shipped: Base) -> None:
    found = answer("딥시크 기업 가치에서 훈련 비용 빼면?", shipped)
    assert found.text.startswith("딥시크의 기업 가치와 딥시크의 훈련 비용의 차이는 약 149억 9,000만 달러입니다.")


def test_what_only_bounds_are_given_for_is_not_computed(shipped: Base) -> None:
    found = answer("앤스로픽과 코어위브 기업 가치 차이는?", shipped)
    assert found.text == "앤스로픽과 코어위브의 기업 가치는 하한이나 상한만 적혀 있어 계산할 수 없습니다."
