"""`gakju init`: a knowledge base to begin with."""

from pathlib import Path

from bot import storage
from bot.errors import GakjuError

ARTICLE = """\
---
title: 섬 여객선 결산
title_en: The ferry's year
date: 2025-02-03
language: ko
---

# 섬 여객선 결산

한라호(Halla)는 2024년에 승객 약 12만 명을 태웠다. 표값은 8,000원이다.

한라호는 섬과 뭍을 하루에 네 번 오간다. 이는 아침저녁으로 통학하는 학생이 많기 때문이다.
"""
FILES = {
    "corpus/ferry.md": ARTICLE,
    "facts/entities.csv": """\
# What figures are about. aliases: other spellings, with | between. introduced: the passage that says what it is.
id,kind,in,name_ko,name_en,aliases,introduced
halla,ship,,한라호,the Halla,Halla|한라,ferry#p03
""",
    "facts/metrics.csv": """\
# What figures measure. counter: what a count counts. The order is the priority.
id,name_ko,name_en,counter_ko,counter_en,aliases
passengers,승객 수,number of passengers,명,passengers,승객|탑승객|passengers|riders
fare,표값,fare,,,요금|운임|ticket price
""",
    "facts/ferry.csv": """\
# One figure a row. value: digits in base units. hedge: about, under, at_least, … quote: copied from the passage.
id,entity,metric,value,unit,hedge,as_of,passage,quote
halla-2024,halla,passengers,120000,count,about,2024,ferry#p02,한라호(Halla)는 2024년에 승객 약 12만 명을 태웠다.
halla-fare,halla,fare,8000,KRW,,2024,ferry#p02,"표값은 8,000원이다."
""",
    "facts/exceptions.csv": """\
# Numbers of the articles that are no figures, such as a model's version, each with the reason.
passage,quote,reason
""",
    "facts/glossary.csv": """\
# Words of yours that mean the same, Korean and English, with | between.
ko,en
여객선|배편,ferry
""",
    "facts/topics.csv": """\
# What a passage may be looked up by, beside its own words.
passage,ko,en
ferry#p03,운항 시간|배 시간표,timetable|sailings
""",
}


def init(folder: Path) -> None:
    """Write the example into a folder that is new or empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GakjuError(f"{folder} is there already and is not empty; name a new folder")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        storage.write(path, text.encode("utf-8"))
    print(f"""{folder} is a knowledge base with an example of everything. Now:
  gakju add --kb {folder} FILE…       adds documents
  gakju check --kb {folder}           checks all of it
  gakju ask --kb {folder} "한라호 승객 몇 명?\"""")
