"""What the bot says in its own voice, in Korean and English.

A Korean slot may ask for the particle that agrees with it, {entity:은/는}, and an English one for its possessive,
{entity:'s}.
"""

import string
from functools import lru_cache

from bot.language.hangul import particle
from bot.schema import Language


@lru_cache(1024)  # ours, and those of the measures that are asked for
def _parts(phrase: str) -> tuple[tuple[str, str | None, str], ...]:
    """What stands before each slot, the slot, if there is one, and how it is filled."""
    return tuple((before, slot, how or "") for before, slot, how, _ in string.Formatter().parse(phrase))


def _filled(value: object, how: str) -> str:
    if how == "'s":
        return f"{value}'" if str(value).endswith("s") else f"{value}'s"
    if "/" in how:
        return f"{value}{particle(str(value), how)}"
    return format(value, how)


PHRASES: dict[str, dict[Language, str]] = {
    # figures
    "figure": {
        "ko": "{entity}의 {metric:은/는} {value}입니다{as_of}.",
        "en": "{entity:'s} {metric} is {value}{as_of}.",
    },
    "row": {"ko": "{entity} {metric}: {value}{as_of} {marks}", "en": "{entity}, {metric}: {value}{as_of} {marks}"},
    "as_of": {"ko": " ({period} 기준)", "en": " (as of {period})"},
    "when": {"ko": "{period}에 ", "en": " in {period}"},
    "note": {"ko": "참고: {note}", "en": "Note: {note}"},
    "note_of": {"ko": "참고({period}): {note}", "en": "Note ({period}): {note}"},
    "two": {"ko": "{first:과/와} {second}", "en": "{first} and {second}"},
    "several": {"ko": "{first}, {second}", "en": "{first} and {second}"},
    "not_converted": {
        "ko": "문서에는 {unit:으로/로} 된 금액이나 환율이 없어 원래 통화로 답합니다.",
        "en": "The documents give no amount in {unit} and no exchange rate, so this is in the original currency.",
    },
    # comparison
    "winner": {
        "ko": "{winner:이/가} 가장 {most}: {metric} {value}. {marks}",
        "en": "{winner} is the {most}: {metric} {value}. {marks}",
    },
    "winner_of_two": {
        "ko": "{winner} 쪽이 더 {more}: {metric} {value}. {marks}",
        "en": "{winner} is {more}: {metric} {value}. {marks}",
    },
    "undecided": {
        "ko": "{names} 가운데 어느 쪽이 위인지는 단정할 수 없습니다. {why}",
        "en": "Which of {names} comes first is not certain. {why}",
    },
    "overlap": {
        "ko": "적힌 값의 범위가 겹치거나, 하한·상한만 적혀 있기 때문입니다.",
        "en": "The figures given overlap, or give only a bound.",
    },
    "leading": {
        "ko": "적힌 값이 가장 {most_of} 쪽은 {winner}입니다: {metric} {value}. {marks}",
        "en": "The {most_of} figure given is {winner:'s}: {metric} {value}. {marks}",
    },
    "equal": {
        "ko": "{names}의 {metric:은/는} 같습니다: {value}. {marks}",
        "en": "{names} have the same {metric}: {value}. {marks}",
    },
    "only_one": {
        "ko": "{metric:은/는} 문서에 {entity}의 값만 있어 순위를 알 수 없습니다.",
        "en": "The documents give the {metric} of {entity} only, so nothing can be ranked.",
    },
    "without_figure": {
        "ko": "{names}의 {metric:은/는} 문서에 없습니다.",
        "en": "The documents do not give the {metric} of {names}.",
    },
    # calculation
    "ratio": {
        "ko": "{first}의 {first_metric:은/는} {second}의 {second_metric}의 {result}입니다. {marks}",
        "en": "{first:'s} {first_metric} is {result} {second:'s} {second_metric}. {marks}",
    },
    "share": {
        "ko": "{first}의 {first_metric:은/는} {second}의 {second_metric}의 {result}입니다. {marks}",
        "en": "{first:'s} {first_metric} is {result} of {second:'s} {second_metric}. {marks}",
    },
    "ratio_of_same": {
        "ko": "{first}의 {metric:은/는} {second}의 {result}입니다. {marks}",
        "en": "{first:'s} {metric} is {result} {second:'s}. {marks}",
    },
    "share_of_same": {
        "ko": "{first}의 {metric:은/는} {second}의 {result}입니다. {marks}",
        "en": "{first:'s} {metric} is {result} of {second:'s}. {marks}",
    },
    "difference": {
        "ko": "{first:과/와} {second}의 {metric} 차이는 {result}입니다. {marks}",
        "en": "The difference in {metric} between {first} and {second} is {result}. {marks}",
    },
    "difference_of_measures": {
        "ko": "{first}의 {first_metric:과/와} {second}의 {second_metric}의 차이는 {result}입니다. {marks}",
        "en": "The difference between {first:'s} {first_metric} and {second:'s} {second_metric} is {result}. {marks}",
    },
    "only_bounds": {
        "ko": "{names}의 {metric:은/는} 하한이나 상한만 적혀 있어 계산할 수 없습니다.",
        "en": "Only bounds are given for the {metric} of {names}, so this cannot be computed.",
    },
    "sum": {
        "ko": "{names}의 {metric:을/를} 합치면 {result}입니다. {marks}",
        "en": "The {metric} of {names} together is {result}. {marks}",
    },
    "average": {
        "ko": "{names}의 {metric} 평균은 {result}입니다. {marks}",
        "en": "The average {metric} of {names} is {result}. {marks}",
    },
    "other_sources": {
        "ko": "두 수치는 출처가 달라, 변화로 읽을 때는 주의하세요.",
        "en": "The two figures are from different sources: read the change with care.",
    },
    "growth": {
        "ko": "{entity}의 {metric:은/는} {first}에서 {second} 사이에 {result} 변했습니다. {marks}",
        "en": "{entity}: {metric} changed by {result} from {first} to {second}. {marks}",
    },
    "growth_up": {
        "ko": "{entity}의 {metric:은/는} {first}에서 {second} 사이에 {result} 늘었습니다. {marks}",
        "en": "{entity}: {metric} rose {result} from {first} to {second}. {marks}",
    },
    "growth_down": {
        "ko": "{entity}의 {metric:은/는} {first}에서 {second} 사이에 {result} 줄었습니다. {marks}",
        "en": "{entity}: {metric} fell {result} from {first} to {second}. {marks}",
    },
    "rest": {
        "ko": "{part:을/를} 뺀 나머지는 {result}입니다. {marks}",
        "en": "Without {part}, {result} is left. {marks}",
    },
    "amount_of_part": {
        "ko": "{entity}의 {metric:은/는} {result}에 해당합니다. {marks}",
        "en": "{entity:'s} {metric} comes to {result}. {marks}",
    },
    "per_head": {
        "ko": "{entity}의 {first:을/를} {second:으로/로} 나누면 {result}입니다. {marks}",
        "en": "{entity}: {first} divided by {second} is {result}. {marks}",
    },
    "working": {"ko": "계산: {working}", "en": "Working: {working}"},
    "mixed_units": {
        "ko": "단위나 통화가 서로 달라({units}) 계산하지 않습니다.",
        "en": "These are in different units or currencies ({units}), so they are not computed.",
    },
    "mixed_periods": {
        "ko": "기준 시점이 서로 달라({periods}) 계산하지 않습니다.",
        "en": "These are of different periods ({periods}), so they are not computed.",
    },
    "times": {"ko": "{value}배", "en": "{value} times"},
    # passages and entities
    "says": {"ko": "문서에 이렇게 나와 있습니다: “{quote}” {marks}", "en": "The document says: “{quote}” {marks}"},
    "says_as_of": {
        "ko": "{date} 문서에 이렇게 나와 있습니다: “{quote}” {marks}",
        "en": "The document of {date} says: “{quote}” {marks}",
    },
    "said_before": {
        "ko": "그 전의 {date} 문서에는 이렇게 나와 있습니다: “{quote}” {marks}",
        "en": "The one before it, of {date}, says: “{quote}” {marks}",
    },
    "says_row": {"ko": "문서의 표에 이렇게 나와 있습니다: {cells}", "en": "The table says: {cells}"},
    "says_row_under": {
        "ko": "‘{heading}’의 표에 이렇게 나와 있습니다: {cells}",
        "en": "The table under “{heading}” says: {cells}",
    },
    "row_as_of": {
        "ko": "{date} 문서의 표에 이렇게 나와 있습니다: {cells}",
        "en": "The table in the document of {date} says: {cells}",
    },
    "row_before": {
        "ko": "그 전의 {date} 문서의 표에는 이렇게 나와 있습니다: {cells}",
        "en": "The table in the one before it, of {date}, says: {cells}",
    },
    "says_translated": {
        "ko": "문서에 이렇게 나와 있습니다(번역): “{quote}” {marks}",
        "en": "The document says (in translation): “{quote}” {marks}",
    },
    "known_figures": {"ko": "관련 수치:", "en": "Figures known of it:"},
    "footnote": {"ko": "[{marker}] {quote}{title}, {place}", "en": "[{marker}] {quote}{title}, {place}"},
    "more": {"ko": "더 찾은 문단", "en": "More passages"},
    "no_more": {"ko": "이 질문에 맞는 문단이 더는 없습니다.", "en": "No further passage fits this question."},
    "in_translation": {"ko": "번역", "en": "translation"},
    # tables
    "all_figures": {"ko": "수치 {count}개", "en": "Figures: {count}"},
    "no_figures": {"ko": "아직 수치가 없습니다.", "en": "There are no figures yet."},
    "all_documents": {"ko": "문서 {count}개", "en": "Documents: {count}"},
    "passages": {"ko": "문단 {count}개", "en": "passages: {count}"},
    "page": {"ko": "{page}/{pages}쪽", "en": "page {page} of {pages}"},
    # refusals
    "not_found": {"ko": "문서에서 답을 찾지 못했습니다.", "en": "The documents do not answer that."},
    "none_within": {
        "ko": "그 조건을 확실히 만족하는 값은 문서에 없습니다.",
        "en": "No figure in the documents keeps that bound for certain.",
    },
    "missing_words": {"ko": "문서에 없는 말: {words}.", "en": "Not found in them: {words}."},
    "missing_metric": {
        "ko": "{entity}의 {metric:은/는} 문서에 없습니다.",
        "en": "The documents do not give {entity:'s} {metric}.",
    },
    "missing_period": {
        "ko": "{period}의 값은 문서에 없습니다.",
        "en": "The documents give no figure for {period}.",
    },
    "stands_near": {"ko": "가까운 내용이 있는 곳: {places}", "en": "Something near stands in: {places}"},
    "known_of": {"ko": "{entity}에 대해 아는 것: {facts}.", "en": "Known of {entity}: {facts}."},
    "known_among": {"ko": "{entity}에 대해 아는 것: {facts} 등.", "en": "Known of {entity}, among others: {facts}."},
    "known_for": {"ko": "{metric:이/가} 있는 대상: {entities}.", "en": "{metric} is given for: {entities}."},
    "too_long": {
        "ko": "질문이 너무 깁니다. {limit}자 안으로 줄여 주세요.",
        "en": "The question is too long. Please keep it under {limit} characters.",
    },
    "empty": {"ko": "무엇이 궁금한지 적어 주세요.", "en": "Please type a question."},
    "try": {"ko": "이렇게 물어보세요:", "en": "Try:"},
    # readings
    "read_as": {"ko": "‘{typed}’ → ‘{meant}’", "en": "read “{typed}” as “{meant}”"},
    "read_follow_up": {"ko": "앞 질문에 이어 ‘{names}’ 기준으로 읽음", "en": "read as a follow-up about {names}"},
    "read_metric": {"ko": "‘{metric}’ 기준으로 읽음", "en": "read as {metric}"},
    "read_period": {"ko": "{period} 기준으로 읽음", "en": "read as of {period}"},
    # charts
    "chart_series": {"ko": "{entity}의 {metric}", "en": "{entity:'s} {metric}"},
    "chart_row": {"ko": "{name} ({detail})", "en": "{name} ({detail})"},
    "chart_as_of": {"ko": "{period} 기준", "en": "as of {period}"},
    "chart_cut": {"ko": "전체 {all}개 중 {shown}개 표시", "en": "{shown} of {all} shown"},
    "chart_range": {"ko": "이 범위 안의 값", "en": "somewhere in this range"},
    "chart_more": {
        "ko": "이 값 이상·초과 (상한은 적혀 있지 않음)",
        "en": "this much or more (no upper bound is given)",
    },
    "chart_less": {
        "ko": "이 값 이하·미만 (하한은 적혀 있지 않음)",
        "en": "this much or less (no lower bound is given)",
    },
    "chart_note": {"ko": "{names}: {note}", "en": "{names}: {note}"},
    "chart_sources": {"ko": "출처", "en": "Sources"},
    "chart_sources_left": {"ko": "외 문서 {count}건", "en": "and {count} more documents"},
    "chart_others": {"ko": "더 그릴 수 있는 것: {metrics}", "en": "Can be drawn as well: {metrics}"},
    # figures for review
    "no_figure_code": {"ko": "코드나 일련번호", "en": "code, or a serial number"},
    "no_figure_address": {"ko": "인터넷 주소", "en": "an address"},
    "no_figure_phone": {"ko": "전화번호", "en": "a telephone number"},
    "no_figure_list": {"ko": "목록의 번호", "en": "the number of an item in a list"},
    "no_figure_reference": {"ko": "표·그림·각주 등의 번호", "en": "the number of a table, figure or note"},
    "no_figure_rank": {"ko": "차례나 등급을 이르는 말", "en": "a place in an order, not a quantity"},
    "no_figure_clock": {"ko": "시각", "en": "a time of day"},
    "no_figure_rate": {"ko": "단위의 일부 (1인당 등)", "en": "part of a unit (per person and the like)"},
    "no_figure_version": {"ko": "버전 번호", "en": "a version"},
    "no_figure_name": {"ko": "이름의 일부", "en": "part of a name"},
    "no_figure_date": {"ko": "수치 없이 시점만 적힘", "en": "a date with no figure of its own"},
    "no_figure_bare": {"ko": "무엇을 센 것인지 알 수 없음", "en": "nothing says what it counts"},
    "why_no_entity": {"ko": "어느 대상의 수치인지 문장에 없음", "en": "the sentence does not say of what it is"},
    "why_entity_before": {"ko": "대상은 앞 문장에서 읽음", "en": "the entity is from a sentence before"},
    "why_entity_document": {
        "ko": "대상은 문서의 주어에서 읽음",
        "en": "the entity is what the document is mostly about",
    },
    "why_no_metric": {"ko": "무엇을 잰 것인지 문장에 없음", "en": "the sentence does not say what it measures"},
    "why_metric_before": {"ko": "지표는 앞 문장에서 읽음", "en": "the measure is from a sentence before"},
    "why_no_unit": {"ko": "단위가 적혀 있지 않음", "en": "no unit is written"},
    "why_yen_or_yuan": {"ko": "¥는 엔일 수도 위안일 수도 있음", "en": "¥ may be yen or yuan"},
    "why_article_date": {"ko": "기준 시점은 문서의 날짜에서 읽음", "en": "the period is the document's own date"},
    "why_title_date": {"ko": "기준 시점은 제목에서 읽음", "en": "the period is that of the title"},
    "rejected": {"ko": "검토에서 제외함", "en": "rejected in review"},
    "draft_none": {
        "ko": "{document}에는 더 제안할 수치가 없습니다.",
        "en": "There is no figure left to propose in {document}.",
    },
    "draft_written": {
        "ko": "{path}에 수치 {figures}개와 수치가 아닌 숫자 {others}개를 적었습니다.\n"
        "decision 칸에 accept나 reject를 적고 저장한 다음 gakju facts accept {document}{kb} 명령을 실행하세요.\n"
        "터미널에서 하나씩 보려면: gakju facts draft {document}{kb} --review",
        "en": "{path} has {figures} figures and {others} numbers that are most likely none.\n"
        "Write accept or reject into its decision column, save it, then: gakju facts accept {document}{kb}\n"
        "To go through them here: gakju facts draft {document}{kb} --review",
    },
    "review_ask": {
        "ko": "a 채택, c 고치기, r 거절, s 건너뛰기, q 끝내기 > ",
        "en": "a accept, c correct, r reject, s skip, q quit > ",
    },
    "review_reason": {"ko": "이유 (비워도 됨)", "en": "reason (may be empty)"},
    "review_no_figure": {"ko": "수치가 아님", "en": "no figure"},
    "review_new": {"ko": " (새로 만듦)", "en": " (new)"},
    "review_done": {
        "ko": "정한 것은 저장했습니다. 반영하려면: gakju facts accept {document}{kb}",
        "en": "What you decided is saved. To take it over: gakju facts accept {document}{kb}",
    },
    "metric_date": {"ko": "{event} 시점", "en": "date {event}"},
    # help
    "help": {
        "ko": "{titles}에 대해 물어보세요. 수치 {facts}개와 문단 {passages}개를 알고 있고, 모든 답에 원문을 붙입니다.",
        "en": "Ask about {titles}. It holds {facts} figures and {passages} passages, and every answer quotes its source.",
    },
    "help_passages": {
        "ko": "{titles}에 대해 물어보세요. 문단 {passages}개를 알고 있고, 모든 답에 원문을 붙입니다.",
        "en": "Ask about {titles}. It holds {passages} passages, and every answer quotes its source.",
    },
    "and_more": {"ko": "{names} 외 {number}편", "en": "{names} and {number} more"},
    "examples": {"ko": "예를 들면:", "en": "For example:"},
    "thanked": {
        "ko": "네, 궁금한 점이 있으면 언제든 물어보세요.",
        "en": "Any time: ask whenever you need a figure or a source.",
    },
    "ask_figure": {"ko": "{entity}의 {metric:은/는}?", "en": "What is the {metric} of {entity}?"},
    "ask_figure_long": {"ko": "{entity}의 {metric:은/는}?", "en": "{entity}: {metric}?"},
    "ask_entity": {"ko": "{entity:은/는} 뭐야?", "en": "What is {entity}?"},
    "ask_as_of": {"ko": "{period} 기준 {question}", "en": "As of {period}: {question}"},
    # Telegram: what it is
    "start": {
        "ko": "안녕하세요! {titles}에 대해 물어보시면 정확한 수치나 문장으로 답하고, 근거가 된 원문을 함께 보여 드립니다. 문서에 없는 내용은 없다고 답합니다.\n\n질문을 그대로 적어 보내시거나 아래 예를 눌러 보세요.",
        "en": "Hello! Ask me about {titles}, and you get the exact figure or sentence, with the original words that prove it. What the documents do not say, I say they do not.\n\nJust type a question, or tap one of these.",
    },
    "how": {
        "ko": "개인 대화에서는 질문을 그대로 적으면 됩니다. 단체방에서는 {bot:을/를} 부르거나, 제 메시지에 답장하거나, /ask 다음에 질문을 적어 주세요. 다른 대화방에서는 {bot} 다음에 질문을 적으면 답을 골라 보낼 수 있습니다.\n\n“그럼 2023년은?”처럼 앞 질문을 이어 물어도 됩니다. 질문을 고치면 답도 고쳐집니다.",
        "en": "In a private chat, just type a question. In a group, mention {bot}, reply to a message of mine, or put /ask before the question. In any other chat, type {bot} and a question, and choose the answer to send.\n\nYou can go on from the question before, as in “and in 2023?”. Edit a question, and its answer changes too.",
    },
    "about": {
        "ko": "문서의 수치와 문장을 원문과 함께 알려 드립니다. 한국어나 영어로 물어보세요. 언어 모델을 쓰지 않아, 문서에 없는 말은 하지 않습니다.",
        "en": "Exact figures and sentences from the documents, each with its source. Ask in Korean or English. No language model: nothing is made up.",
    },
    "about_short": {
        "ko": "원문을 붙여 답하는 문서 질의응답 봇",
        "en": "Answers from the documents, with the words that prove them",
    },
    "menu_ask": {"ko": "질문하기: /ask 다음에 질문", "en": "Ask: the question follows /ask"},
    "menu_facts": {"ko": "수치 목록 (이름을 붙이면 그것만)", "en": "The figures; of one thing if you name it"},
    "menu_sources": {"ko": "답의 근거가 되는 문서", "en": "The documents that answers come from"},
    "menu_chart": {
        "ko": "수치를 그래프로 (질문이나 이름을 붙여서)",
        "en": "A chart of a question's or a name's figures",
    },
    "menu_lang": {"ko": "메뉴 언어 고르기", "en": "Choose the language of menus"},
    "menu_privacy": {"ko": "무엇을 보관하는지", "en": "What is kept of you"},
    "menu_forget": {"ko": "내 기록 지우기", "en": "Delete what is kept of you"},
    "menu_help": {"ko": "사용법과 예", "en": "How to ask, with examples"},
    "menu_stats": {"ko": "사용 현황 (관리자)", "en": "Use and votes (admins)"},
    "menu_gaps": {"ko": "답하지 못한 질문 (관리자)", "en": "Questions without an answer (admins)"},
    # Telegram: buttons
    "button_more": {"ko": "더 보기", "en": "More"},
    "button_chart": {"ko": "그래프", "en": "Chart"},
    "button_copy": {"ko": "복사", "en": "Copy"},
    "button_back": {"ko": "← 답으로", "en": "← Answer"},
    "button_original": {"ko": "원문", "en": "Original"},
    "button_translation": {"ko": "번역", "en": "Translation"},
    "button_forget": {"ko": "내 기록 지우기", "en": "Delete mine"},
    "alone": {"ko": "앞 질문과 따로: {question}", "en": "On its own: {question}"},
    "language_ko": {"ko": "한국어", "en": "한국어"},
    "language_en": {"ko": "English", "en": "English"},
    "language_auto": {"ko": "자동", "en": "Automatic"},
    # Telegram: lines
    "choose_language": {
        "ko": "메뉴와 안내를 어떤 언어로 볼까요? 답은 언제나 질문한 언어로 드립니다.",
        "en": "Which language should menus and notices be in? Answers are always in the language of the question.",
    },
    "language_chosen": {"ko": "이제 메뉴와 안내가 한국어로 나옵니다.", "en": "Menus and notices are now in English."},
    "privacy": {
        "ko": "보관하는 것:\n• 질문과 그때의 대화방·사용자 번호: 이어 묻기, 버튼, 답하지 못한 질문 목록에 쓰며 90일 뒤 지웁니다. 목록에는 사용자 번호가 나오지 않습니다.\n• 👍·👎와 고르신 언어.\n\n메시지 원본은 답한 뒤 바로 지우고, 이름과 사용자명은 보관하지 않으며, 로그에는 내용을 남기지 않습니다. /forget 명령으로 내 기록을 모두 지울 수 있습니다.",
        "en": "What is kept:\n• Questions, with the numbers of their chat and person: for follow-ups, buttons and the list of questions without an answer, which shows no one's number. Deleted after 90 days.\n• 👍 and 👎, and the language you chose.\n\nA message itself is erased as soon as it is answered. Names are not kept, and logs have nothing of what you write. /forget deletes all that is kept of you.",
    },
    "forgotten": {
        "ko": "질문과 👍·👎, 고르신 언어를 모두 지웠습니다.",
        "en": "Your questions, votes and choice of language are deleted.",
    },
    "not_listed": {"ko": "이 밖에 {count}개가 더 있습니다.", "en": "There are {count} more."},
    "only_text": {"ko": "글로 적은 질문에만 답할 수 있습니다.", "en": "I can only answer questions in writing."},
    "only_private": {
        "ko": "이 명령은 저와의 개인 대화에서만 쓸 수 있습니다.",
        "en": "This command works in a private chat with me only.",
    },
    "unknown_command": {
        "ko": "없는 명령입니다. /help 에서 할 수 있는 것을 볼 수 있습니다.",
        "en": "There is no such command. /help lists what there is.",
    },
    "unknown_name": {
        "ko": "제가 모르는 이름입니다: ‘{name}’. /facts 만 보내면 전체를 볼 수 있습니다.",
        "en": "I know nothing called “{name}”. /facts alone lists everything.",
    },
    "no_passage": {"ko": "그 문단은 이제 문서에 없습니다.", "en": "That passage is no longer in the documents."},
    "no_chart": {
        "ko": "그래프로 그릴 수치가 없습니다. /chart 다음에 이름이나 수치를 묻는 질문을 적어 주세요.",
        "en": "There are no figures to draw. Put a name, or a question for figures, after /chart.",
    },
    "not_allowed": {
        "ko": "이 봇은 정해진 사람과 대화방에만 답합니다. 쓰시려면 관리자에게 이 번호를 알려 주세요: {id}",
        "en": "This bot answers only certain people and chats. To use it, give its admin this number: {id}",
    },
    "not_allowed_here": {"ko": "이 봇을 쓸 수 있는 권한이 없습니다.", "en": "You are not allowed to use this bot."},
    "too_fast": {
        "ko": "질문이 너무 많습니다. 잠시 뒤에 다시 보내 주세요.",
        "en": "That is too many questions at once. Please try again in a moment.",
    },
    "stale": {
        "ko": "이 버튼은 더 이상 쓸 수 없습니다. 질문을 다시 보내 주세요.",
        "en": "This button no longer works. Please ask again.",
    },
    "source_changed": {
        "ko": "이 답의 출처는 그 뒤에 바뀌었거나 없어졌습니다. 질문을 다시 보내 주세요.",
        "en": "This answer's source has changed since, or is gone. Please ask again.",
    },
    "above": {"ko": "이미 보내 드렸습니다.", "en": "It is already there."},
    "thanks": {"ko": "의견 고맙습니다!", "en": "Thanks for telling!"},
    "vote_taken_back": {"ko": "의견을 거두었습니다.", "en": "Taken back."},
    "defect": {
        "ko": "죄송합니다. 봇에 문제가 있어 답하지 못했습니다.",
        "en": "Sorry, something is wrong with the bot, and it could not answer.",
    },
    # Telegram: reports
    "stats": {"ko": "{since}부터의 사용 현황", "en": "Use since {since}"},
    "stats_none": {"ko": "아직 질문이 없습니다.", "en": "Nothing has been asked yet."},
    "stats_questions": {
        "ko": "질문 {count}개, {people}명, 대화방 {chats}곳",
        "en": "Questions: {count}; people: {people}; chats: {chats}",
    },
    "stats_votes": {"ko": "👍 {good} · 👎 {bad}", "en": "👍 {good} · 👎 {bad}"},
    "stats_waiting": {"ko": "처리 중: {count}", "en": "Being handled: {count}"},
    "kind_figure": {"ko": "수치", "en": "figures"},
    "kind_comparison": {"ko": "비교", "en": "comparisons"},
    "kind_calculation": {"ko": "계산", "en": "calculations"},
    "kind_list": {"ko": "목록", "en": "lists"},
    "kind_passage": {"ko": "원문", "en": "quotes"},
    "kind_entity": {"ko": "소개", "en": "introductions"},
    "kind_not_found": {"ko": "답 없음", "en": "not in the documents"},
    "kind_clarify": {"ko": "되물음", "en": "asked back"},
    "kind_help": {"ko": "인사와 도움말", "en": "greetings and help"},
    "gaps": {"ko": "답하지 못한 질문 {count}가지", "en": "Questions without an answer: {count}"},
    "gaps_none": {"ko": "답하지 못한 질문이 없습니다.", "en": "There are no questions without an answer."},
    "gaps_more": {"ko": "그 밖에 {count}가지: gakju gaps", "en": "And {count} more: gakju gaps"},
    "gap": {"ko": "{times}번, {people}명", "en": "×{times}, people: {people}"},
    "gap_answered": {"ko": "이제 답할 수 있음", "en": "answered now"},
}

COLUMNS: dict[Language, tuple[str, ...]] = {
    "ko": ("대상", "지표", "값", "기준", "문단", "원문"),
    "en": ("entity", "metric", "figure", "as of", "passage", "quote"),
}


PROPOSAL_COLUMNS: dict[Language, tuple[str, ...]] = {
    "ko": ("결정", "원문 표기", "대상", "지표", "값", "기준", "문단", "확인할 점"),
    "en": ("decision", "written", "entity", "metric", "figure", "as of", "passage", "to look at"),
}


def say(key: str, language: Language, **slots: object) -> str:
    """The phrase `key` in `language` with its slots filled."""
    return fill(PHRASES[key][language], **slots)


def fill(phrase: str, **slots: object) -> str:
    """A phrase of an editor's own with its slots filled.

    Raises:
        KeyError: it has a slot that is not among `slots`.
        ValueError: it is written wrongly.
    """
    parts = _parts(phrase)
    return "".join(before if slot is None else f"{before}{_filled(slots[slot], how)}" for before, slot, how in parts)
