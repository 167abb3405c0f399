"""Is it an English word that people use, whatever the articles and the lexicon have?"""

from functools import cache

RARE = 50  # how often the dictionary says that it met those of its words which it never did: wroth is a slip for worth


def is_word(word: str) -> bool:
    """Whether a dictionary has `word`, in any of its forms: then it is no slip for another."""
    return f"\n{word.lower()}\n" in _words()


@cache
def _words() -> str:
    """Every word on a line of its own: as a set they would take ten times the memory, for a question now and then."""
    from spellchecker import SpellChecker

    met = SpellChecker(distance=1).word_frequency.dictionary
    return "\n".join(("", *(word for word, times in met.items() if times > RARE), ""))
