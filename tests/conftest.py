"""A tiny knowledge base of the tests' own, so that editing corpus/ breaks none of them.

Two bakeries and a cake shop: prices, visitors, sales, in won and euros; a range, bounds, and a figure stated twice.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from postgres import Postgres, running_postgres
from telegram_running import running
from telegram_server import Person, Server

from bot import library
from bot.answer import answer
from bot.knowledge.base import Base
from bot.schema import Answer, Language

Files = dict[str, str | bytes | None]  # name → content; None: the file is left out
BaseOf = Callable[[Mapping[str, str | bytes | None]], Base]


class Ask(Protocol):
    def __call__(self, question: str, *context: str, language: Language | None = None) -> Answer: ...


class Make(Protocol):
    def __call__(self, files: Files | None = None, /) -> Path: ...


FILES: dict[str, str] = {
    "corpus/bakeries.md": """\
---
title: 골목 빵집의 한 해
title_ko: 골목 빵집
title_en: Corner Bakeries
date: 2024-12-05
language: ko
---

# 골목 빵집의 한 해

## 손님은 늘었다

솔빛제과(Solbit)는 2023년에 손님 약 8만 명을 맞았다. 2024년에는 솔빛제과에 손님 12만 명이 다녀갔다.

달무리빵집(Dalmuri)은 2024년에 손님 9만 명 이상을 맞았다. 모래과자점(Morae)의 2024년 손님은 5만 명 미만이다.

## 돈은 어디로 갔나

솔빛제과의 2024년 매출은 10억~12억 원이다. 달무리빵집은 2024년에 매출 약 30억 원을 올렸다. 모래과자점의 2024년 매출은 11억 원이다.

솔빛제과는 독일제 오븐을 150만 유로에 샀다. 모래과자점은 중고 오븐을 9억 원에 샀다.

달무리빵집은 2022년에 보조금 2억 원을 받았다. 모래과자점은 2024년에 보조금 3억 원을 받았다.

## 새벽의 일

솔빛제과는 새벽마다 제빵사들이 직접 기른 천연 효모를 쓴다. 이는 반죽이 오래 숙성되어 빵이 쉽게 굳지 않기 때문이다.

달무리빵집의 단팥빵은 밀가루 값이 폭등한 탓에 비싸졌다.
""",
    "corpus/bakeries.en.md": """\
---
title: A year of corner bakeries
language: en
translation_of: bakeries
---

# A year of corner bakeries

## More visitors

Solbit had about 80,000 visitors in 2023. In 2024 Solbit had 120,000 visitors.

Dalmuri had 90,000 visitors or more in 2024. Morae had under 50,000 visitors in 2024.

## Where the money went

Solbit's sales in 2024 were 1 billion to 1.2 billion won. Dalmuri had sales of about 3 billion won in 2024. Morae's sales in 2024 were 1.1 billion won.

Solbit bought a German oven for 1.5 million euros. Morae bought a used oven for 900 million won.

Dalmuri received a subsidy of 200 million won in 2022. Morae received a subsidy of 300 million won in 2024.

## Work at dawn

Every dawn Solbit uses natural yeast that its bakers raise themselves. This is because the dough ripens for long and the bread does not harden easily.

Dalmuri's red bean bread became expensive because the price of flour soared.
""",
    "corpus/guide.md": """\
---
title: 빵 골목 안내서
title_en: A Guide to Bread Alley
date: 2024-10
language: ko
---

# 빵 골목 안내서

솔빛제과는 이 골목에서 가장 오래된 빵집이다. 지난해 소금빵 하나의 값은 3,500원이었다. 2024년 솔빛제과를 찾은 손님은 12만 명이다.

달무리빵집은 바닷가에 있는 작은 가게다. 소금빵 하나를 4,200원에 판다.

모래과자점은 간판을 바꾸었다. 이는 태풍에 글씨가 떨어져 나갔기 때문이다.
""",
    "facts/entities.csv": """\
id,kind,in,name_ko,name_en,aliases,introduced
bakery,group,,빵집,bakeries,bakery,
solbit,shop,bakery,솔빛제과,Solbit,솔빛|Solbit Bakery,guide#p02
dalmuri,shop,bakery,달무리빵집,Dalmuri,달무리|Dal Muri,guide#p03
morae,shop,bakery,모래과자점,Morae,모래 과자점|Morae Cakes,
""",
    "facts/metrics.csv": """\
id,name_ko,name_en,counter_ko,counter_en,phrase_ko,phrase_en,aliases
visitors,손님 수,number of visitors,명,visitors,,,손님|방문객|visitors|customers
sales,매출,sales,,,,,매출액|revenue|turnover
oven_price,오븐 값,price of the oven,,,,,오븐 가격|oven price|오븐
bread_price,소금빵 값,price of salt bread,,,{entity}의 소금빵은 {value}입니다{as_of}.,Salt bread at {entity} is {value}{as_of}.,소금빵|소금빵 가격|salt bread
subsidy,보조금,subsidy,,,,,지원금|grant
""",
    "facts/bakeries.csv": """\
id,entity,metric,value,low,high,unit,hedge,as_of,passage,quote,related,note_ko,note_en
solbit-visitors-2023,solbit,visitors,80000,,,count,about,2023,bakeries#p03,솔빛제과(Solbit)는 2023년에 손님 약 8만 명을 맞았다.,,,
solbit-visitors,solbit,visitors,120000,,,count,,2024,bakeries#p03,2024년에는 솔빛제과에 손님 12만 명이 다녀갔다.,,,
dalmuri-visitors,dalmuri,visitors,90000,,,count,at_least,2024,bakeries#p04,달무리빵집(Dalmuri)은 2024년에 손님 9만 명 이상을 맞았다.,,,
morae-visitors,morae,visitors,50000,,,count,under,2024,bakeries#p04,모래과자점(Morae)의 2024년 손님은 5만 명 미만이다.,,,

solbit-sales,solbit,sales,,1000000000,1200000000,KRW,range,2024,bakeries#p06,솔빛제과의 2024년 매출은 10억~12억 원이다.,,,
dalmuri-sales,dalmuri,sales,3000000000,,,KRW,about,2024,bakeries#p06,달무리빵집은 2024년에 매출 약 30억 원을 올렸다.,,,
morae-sales,morae,sales,1100000000,,,KRW,,2024,bakeries#p06,모래과자점의 2024년 매출은 11억 원이다.,,,
solbit-oven,solbit,oven_price,1500000,,,EUR,,,bakeries#p07,솔빛제과는 독일제 오븐을 150만 유로에 샀다.,,운송비는 뺀 값입니다.,It leaves out the freight.
morae-oven,morae,oven_price,900000000,,,KRW,,,bakeries#p07,모래과자점은 중고 오븐을 9억 원에 샀다.,,,
dalmuri-subsidy,dalmuri,subsidy,200000000,,,KRW,,2022,bakeries#p08,달무리빵집은 2022년에 보조금 2억 원을 받았다.,,,
morae-subsidy,morae,subsidy,300000000,,,KRW,,2024,bakeries#p08,모래과자점은 2024년에 보조금 3억 원을 받았다.,,,
""",
    "facts/guide.csv": """\
id,entity,metric,value,unit,as_of,passage,quote
solbit-visitors-guide,solbit,visitors,120000,count,2024,guide#p02,2024년 솔빛제과를 찾은 손님은 12만 명이다.
solbit-bread,solbit,bread_price,3500,KRW,2023,guide#p02,"지난해 소금빵 하나의 값은 3,500원이었다."
dalmuri-bread,dalmuri,bread_price,4200,KRW,2024,guide#p03,"소금빵 하나를 4,200원에 판다."
""",
}


def article(title: str, *paragraphs: str, language: Language = "en") -> str:
    """An article of nothing but its paragraphs."""
    return f"---\ntitle: {title}\nlanguage: {language}\n---\n\n# {title}\n\n" + "\n\n".join(paragraphs) + "\n"


def quotes(found: Answer) -> list[str]:
    """The words that an answer cites."""
    return [citation.quote for citation in found.citations]


def first_quote(found: Answer) -> str:
    """The words that it cites first; "" where it cites none."""
    return next(iter(quotes(found)), "")


def changed(name: str, old: str, new: str) -> Files:
    """A file of the tiny knowledge base with `new` in the place of `old`."""
    assert old in FILES[name]
    return {name: FILES[name].replace(old, new, 1)}


def added(name: str, *rows: str) -> Files:
    """A file of the tiny knowledge base with more lines at its end."""
    return {name: FILES[name] + "".join(f"{row}\n" for row in rows)}


def write(root: Path, files: Files) -> Path:
    """Write the tiny knowledge base below `root`, with `files` changed, added or left out."""
    for name, content in {**FILES, **files}.items():
        if content is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test, nor a command that one runs, reads or writes what belongs to the user."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "LOCALAPPDATA", "XDG_CACHE_HOME"):
            patch.setenv(name, str(home))
        for name in [name for name in os.environ if name.startswith(("GAKJU_", "TELEGRAM_", "DATABASE_"))]:
            patch.delenv(name)
        yield home


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a copy of the tiny knowledge base with some files changed."""

    def make(files: Files | None = None, /) -> Path:
        return write(tmp_path / "kb", files or {})

    return make


@pytest.fixture(params=["memory", "disk"])
def base_of(request: pytest.FixtureRequest, make: Make) -> BaseOf:
    """Makes a knowledge base of nothing but some articles."""
    return lambda files: library.load(make({**dict.fromkeys(FILES), **files}), request.param)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the tiny knowledge base; not to be written to."""
    return write(tmp_path_factory.mktemp("kb"), {})


@pytest.fixture(scope="session")
def base(root: Path) -> Base:
    return library.load(root)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """The tiny knowledge base, from disk."""
    return library.load(write(tmp_path_factory.mktemp("shelf"), {}), "disk")


@pytest.fixture(scope="session")
def ask(base: Base) -> Ask:
    """Ask the tiny knowledge base a question, after those before it."""

    def ask(question: str, *context: str, language: Language | None = None) -> Answer:
        return answer(question, base, context, language)

    return ask


@pytest.fixture
def server(base: Base, tmp_path: Path) -> Iterator[Server]:
    """A Bot API server that a bot of the tiny knowledge base polls; in the end no rule of the API may be broken."""
    with Server() as server, running(server, base, tmp_path):
        yield server
        server.check()


@pytest.fixture
def ann(server: Server) -> Person:
    return server.person("Ann", language="en")


@pytest.fixture
def jieun(server: Server) -> Person:
    return server.person("지은", language="ko")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server
