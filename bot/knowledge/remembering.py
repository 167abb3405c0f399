"""What was found of words, kept with the knowledge base that it was found in."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar, TypeVarTuple

from bot.knowledge.base import Base

WORDS = 4096  # of which it is remembered: those that people use recur, whatever they ask

Value = TypeVar("Value")
Given = TypeVarTuple("Given")


def remembered(find: Callable[[*Given, Base], Value]) -> Callable[[*Given, Base], Value]:
    """`find`, whose values for the last WORDS words are kept with the base that they were found in, and go with it."""

    def found(*given: *tuple[*Given, Base]) -> Value:
        *words, base = given
        of_base = base.of_words.get(find)
        if of_base is None:
            of_base = base.of_words[find] = lru_cache(WORDS)(lambda *words: find(*words, base))
        value: Value = of_base(*words)
        return value

    return found
