"""Hangul: its letters, what sound a word ends in, and what was meant when the keyboard was in the wrong layout."""

import re
import unicodedata
from functools import cache, lru_cache

from bot.language.tables import cell, table

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
FIRST, LAST = 0xAC00, 0xD7A3
MOST_PARTICLES = 6  # in a row; a longer run could be taken apart in more ways than there is time for

# The two-set layout: which letter each key types.
KEYS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        strict=True,
    )
)
PAIRS = {
    "ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ",
    "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ", "ㄹㅅ": "ㄽ",
    "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
}  # fmt: skip
SPLIT = {joined: pair for pair, joined in PAIRS.items()}
LETTER_OF_KEY = {letter: key for key, letter in KEYS.items()}

# Sino-Korean digits, and the letters of the alphabet, that end in a consonant when they are read out.
DIGIT_FINALS = {"0": "ㅇ", "1": "ㄹ", "3": "ㅁ", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ"}
ZEROS_FINALS = (
    "ㅇ",
    "ㅂ",
    "ㄱ",
    "ㄴ",
    "ㄴ",
    "ㄴ",
    "ㄴ",
    "ㄴ",
    "ㄱ",
    "ㄱ",
    "ㄱ",
    "ㄱ",
    "",
)  # 영, 십, 백, 천, 만 … 억 … 조
NAME_DIGIT_FINALS = DIGIT_FINALS | {"1": "ㄴ", "3": "", "6": "", "7": "ㄴ", "8": "ㅅ", "9": "ㄴ"}  # o3: 오쓰리
LETTER_FINALS = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}
WORD_FINALS = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "c": "ㄱ", "k": "ㄱ", "p": "ㅂ", "b": "ㅂ", "t": "ㅅ"}


def nfc(text: str) -> str:
    """`text` with its syllables whole, as macOS file names and some phones do not have them."""
    return unicodedata.normalize("NFC", text)


def is_syllable(char: str) -> bool:
    return FIRST <= ord(char) <= LAST


def jamo(text: str) -> str:
    """`text` with each syllable taken apart: 딥 → ㄷㅣㅂ. What is no syllable stays."""
    parts: list[str] = []
    for char in text:
        if is_syllable(char):
            rest, final = divmod(ord(char) - FIRST, 28)
            initial, medial = divmod(rest, 21)
            parts += [INITIALS[initial], MEDIALS[medial], FINALS[final]]
        else:
            parts.append(char)
    return "".join(parts)


def compose(letters: str) -> str:
    """The syllables that a row of letters makes when typed in this order: ㄷㅣㅂㅅㅣㅋㅡ → 딥시크."""
    out: list[str] = []
    initial = medial = final = ""

    def flush() -> None:
        nonlocal initial, medial, final
        if initial and medial:
            code = (INITIALS.index(initial) * 21 + MEDIALS.index(medial)) * 28 + FINALS.index(final)
            out.append(chr(FIRST + code))
        else:
            out.append(initial + medial)
        initial = medial = final = ""

    for letter in letters:
        if letter in MEDIALS:
            if final:  # the final was the next syllable's initial
                kept, moved = SPLIT.get(final, "" + final)[:-1], SPLIT.get(final, final)[-1]
                final = kept
                flush()
                initial, medial = moved, letter
            elif medial and (joined := PAIRS.get(medial + letter)):
                medial = joined
            elif medial or not initial:
                flush()
                medial = letter
            else:
                medial = letter
        elif letter in INITIALS or letter in FINALS:
            if initial and medial and not final and letter in FINALS:
                final = letter
            elif final and (joined := PAIRS.get(final + letter)):
                final = joined
            else:
                flush()
                initial = letter
        else:
            flush()
            out.append(letter)
    flush()
    return "".join(out)


def from_keys(latin: str) -> str:
    """What the keys of `latin` type in the Korean layout: elqtlzm → 딥시크."""
    return compose("".join(KEYS.get(key) or KEYS.get(key.lower(), key) for key in latin))


def to_keys(hangul: str) -> str:
    """What the keys of `hangul` type in the Latin layout: ㅐㅔ두먀 → openai, ㅒㅔ두먀 → Openai."""
    letters = "".join(SPLIT.get(letter, letter) for letter in jamo(hangul))
    return "".join(LETTER_OF_KEY.get(letter, letter) for letter in letters)


def final_sound(word: str) -> str:
    """The consonant that `word` ends in when read aloud in Korean, or "" where it ends in a vowel."""
    word = re.sub(r"\s*[(（\[][^(（\[]*[)）\]]\s*$", "", nfc(word)) or word  # 즈푸(Z.ai) is read as 즈푸
    word = re.sub(r"[^\w%]+$", "", word)
    last = word[-1:]
    if last and is_syllable(last):
        final: str = FINALS[(ord(last) - FIRST) % 28]
        return final
    if number := re.search(r"[0-9][0-9,]*$", word):
        return _final_of_digits(number.group().replace(",", ""), word[: number.start()])
    tail = re.search(r"[A-Za-z]+$", word)
    if not tail:
        return ""
    if last.isupper() or len(tail.group()) == 1:  # GLM, ChatGPT, 1080p: its letters are named
        return LETTER_FINALS.get(last.lower(), "")
    return "ㅇ" if word.lower().endswith("ng") else WORD_FINALS.get(last, "")


def _final_of_digits(digits: str, before: str) -> str:
    if len(digits) == 1 and before[-1:].isalpha():  # o3, 큐웬3: a name's digit is read in English
        return NAME_DIGIT_FINALS.get(digits, "")
    zeros = len(digits) - len(digits.rstrip("0"))
    if not zeros or zeros == len(digits) or before.endswith("."):
        return DIGIT_FINALS.get(digits[-1], "")
    return ZEROS_FINALS[min(zeros, len(ZEROS_FINALS) - 1)]


def particle(word: str, pair: str) -> str:
    """The one of `pair` (은/는, 을/를, 으로/로) that follows `word`."""
    closed, opened = pair.split("/")
    final = final_sound(word)
    if closed.startswith("으"):  # 으로: after ㄹ as after a vowel
        return opened if final in ("", "ㄹ") else closed
    return closed if final else opened


@cache
def _particles() -> re.Pattern[str]:
    forms = sorted((form for row in table("particles") for form in cell(row["forms"])), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, forms))}){{1,{MOST_PARTICLES}}}")


def without_particles(word: str) -> str:
    """A Korean word up to the particles and endings that it may have: 루닛이라는 → 루닛."""
    return next((word[:end] for end in range(1, len(word)) if is_particles(word[end:])), word)


@lru_cache(4096)  # what may follow a word recurs from question to question
def is_particles(rest: str) -> bool:
    """Whether `rest` is nothing but particles and endings: 는, 에서는, 이라던데."""
    return _particles().fullmatch(rest) is not None
