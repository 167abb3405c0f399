"""What the bot says in its own voice, in Korean and English.

A Korean slot may ask for the particle that agrees with it, {entity:은/는}, and an English one for its possessive,
{entity:'s}.
"""

import string
from typing import Any

from bot.language.hangul import particle
from bot.schema import Language


class _Phrase(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "'s":
            return f"{value}'" if str(value).endswith("s") else f"{value}'s"
        if "/" in format_spec:
            return f"{value}{particle(str(value), format_spec)}"
        return str(super().format_field(value, format_spec))


PHRASES: dict[str, dict[Language, str]] = {
    # figures
    "figure": {
        "ko": "{entity}의 {metric:은/는} {value}입니다{as_of}.",
        "en": "{entity:'s} {metric} is {value}{as_of}.",
    },
    "row": {"ko": "{entity} {metric}: {value}{as_of} {marks}", "en": "{entity}, {metric}: {value}{as_of} {marks}"},
    "as_of": {"ko": " ({period} 기준)", "en": " (as of {period})"},
    "note": {"ko": "참고: {note}", "en": "Note: {note}"},
    "not_converted": {
        "ko": "문서에는 {unit} 금액이나 환율이 없어 원래 통화로 답합니다.",
        "en": "The documents give no amount in {unit} and no exchange rate, so this is in the original currency.",
    },
    # comparison
    "winner_high": {
        "ko": "{winner:이/가} 가장 높습니다: {metric} {value}. {marks}",
        "en": "{winner} is the highest: {metric} {value}. {marks}",
    },
    "winner_high_of_two": {
        "ko": "{winner} 쪽이 더 높습니다: {metric} {value}. {marks}",
        "en": "{winner} is higher: {metric} {value}. {marks}",
    },
    "winner_low_of_two": {
        "ko": "{winner} 쪽이 더 낮습니다: {metric} {value}. {marks}",
        "en": "{winner} is lower: {metric} {value}. {marks}",
    },
    "winner_low": {
        "ko": "{winner:이/가} 가장 낮습니다: {metric} {value}. {marks}",
        "en": "{winner} is the lowest: {metric} {value}. {marks}",
    },
    "undecided": {
        "ko": "{names}의 순위는 단정할 수 없습니다. {why}",
        "en": "{names} can't be ranked with certainty. {why}",
    },
    "overlap": {
        "ko": "적힌 값의 범위가 겹치거나, 하한·상한만 적혀 있기 때문입니다.",
        "en": "The figures given overlap, or give only a bound.",
    },
    "leading_high": {
        "ko": "적힌 값이 가장 높은 쪽은 {winner}입니다: {metric} {value}. {marks}",
        "en": "The highest figure given is {winner:'s}: {metric} {value}. {marks}",
    },
    "leading_low": {
        "ko": "적힌 값이 가장 낮은 쪽은 {winner}입니다: {metric} {value}. {marks}",
        "en": "The lowest figure given is {winner:'s}: {metric} {value}. {marks}",
    },
    "equal": {
        "ko": "{names}의 {metric:은/는} 같습니다: {value}. {marks}",
        "en": "{names} have the same {metric}: {value}. {marks}",
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
    "sum": {
        "ko": "{names}의 {metric:을/를} 합치면 {result}입니다. {marks}",
        "en": "The {metric} of {names} together is {result}. {marks}",
    },
    "average": {
        "ko": "{names}의 {metric} 평균은 {result}입니다. {marks}",
        "en": "The average {metric} of {names} is {result}. {marks}",
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
    "says": {"ko": "문서에 이렇게 나와 있습니다: “{quote}” {marks}", "en": "The article says: “{quote}” {marks}"},
    "says_translated": {
        "ko": "문서에 이렇게 나와 있습니다(번역): “{quote}” {marks}",
        "en": "The article says (in translation): “{quote}” {marks}",
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
    "known_of": {"ko": "{entity}에 대해 아는 것: {facts} 등.", "en": "Known of {entity}, among others: {facts}."},
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
        "decision 칸에 accept나 reject를 적고 저장한 다음 gakju facts accept {document} 명령을 실행하세요.\n"
        "터미널에서 하나씩 보려면: gakju facts draft {document} --review",
        "en": "{path} has {figures} figures and {others} numbers that are most likely none.\n"
        "Write accept or reject into its decision column, save it, then: gakju facts accept {document}\n"
        "To go through them here: gakju facts draft {document} --review",
    },
    "review_ask": {
        "ko": "a 채택, c 고치기, r 거절, s 건너뛰기, q 끝내기 > ",
        "en": "a accept, c correct, r reject, s skip, q quit > ",
    },
    "review_reason": {"ko": "이유 (비워도 됨)", "en": "reason (may be empty)"},
    "review_no_figure": {"ko": "수치가 아님", "en": "no figure"},
    "review_new": {"ko": " (새로 만듦)", "en": " (new)"},
    "review_done": {
        "ko": "정한 것은 저장했습니다. 반영하려면: gakju facts accept {document}",
        "en": "What you decided is saved. To take it over: gakju facts accept {document}",
    },
    "metric_date": {"ko": "{event} 시점", "en": "date {event}"},
    # help
    "help": {
        "ko": "{titles}에 대해 물어보세요. 수치 {facts}개와 문단 {passages}개를 알고 있고, 모든 답에 원문을 붙입니다.",
        "en": "Ask about {titles}. It holds {facts} figures and {passages} passages, and every answer quotes its source.",
    },
    "examples": {"ko": "예를 들면:", "en": "For example:"},
    "greeting": {"ko": "안녕하세요!", "en": "Hello!"},
    "ask_figure": {"ko": "{entity}의 {metric:은/는}?", "en": "What is the {metric} of {entity}?"},
    "ask_entity": {"ko": "{entity:은/는} 뭐야?", "en": "What is {entity}?"},
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
    """A phrase of an editor's own with its slots filled."""
    return _Phrase().vformat(phrase, (), slots)
