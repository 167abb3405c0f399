"""Import what `gakju ask` cannot do without, ready for use, and end: run as a file, in a process of its own.

It shares no code with bot/, so its time is the floor that the whole program is held against.
"""

import numpy  # noqa: F401  # each import is there for the time it takes
import pydantic
import pydantic_settings
import rank_bm25  # noqa: F401
import rapidfuzz.distance  # noqa: F401
import Stemmer
import typer  # noqa: F401
from mecab import MeCab


class Model(pydantic.BaseModel):
    """The first model makes pydantic load the rest of itself."""

    text: str


class Settings(pydantic_settings.BaseSettings):
    """The same for pydantic_settings."""

    name: str = ""


Model(text="")
Settings()
MeCab().parse("각주")  # type: ignore[no-untyped-call, unused-ignore]  # loads the dictionary
Stemmer.Stemmer("english").stemWord("footnotes")
