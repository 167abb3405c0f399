"""Knowledge bases of any size, written by a seeded generator: the same for the same numbers, on every machine.

Words are drawn as in real text: a few are everywhere, and new ones never end (half of them are seen once or twice). Korean
and English take turns by article; Korean nouns and verbs come from the lexicon, names and rare words from syllables.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.corpus import sentences
from bot.language.glossary import lexicon

ARTICLE = 50  # passages
COMMON = 0.85  # of the words come from the lexicon
SYLLABLES = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후강남달람만반산알잔찬칼탄판한"
LATIN = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "ta",
    "ve",
    "xi",
    "zo",
    "len",
    "mar",
    "tor",
)
PARTICLES = ("은", "는", "이", "가", "을", "를", "에", "에서", "의", "으로", "와", "도")
LINKS = ("the", "of", "and", "in", "to", "a", "for", "with", "on", "by")
METRICS = (("sales", "매출", "sales"), ("staff", "직원 수", "number of staff"), ("profit", "이익", "profit"))


class Text:
    """Sentences of a seed's own."""

    def __init__(self, seed: int) -> None:
        """Begin at `seed`."""
        self.chance = random.Random(seed)  # noqa: S311  # no secret
        rows = lexicon()
        self.korean = [word for korean, _ in rows for word in korean if " " not in word and not word.endswith("다")]
        self.english = [word for _, english in rows for word in english if " " not in word]

    def _place(self, most: int) -> int:
        """A place in a list, the first of which are drawn most."""
        return (
            min(int(self.chance.paretovariate(0.45)) - 1, most - 1)
            if self.chance.random() < 0.5
            else self.chance.randrange(most)
        )

    def _rare(self, parts: tuple[str, ...] | str) -> str:
        """A word that hardly anybody else uses, or one of those that are used now and then."""
        made = random.Random(int(self.chance.paretovariate(0.35)))  # noqa: S311  # the same number is the same word
        return "".join(made.choice(parts) for _ in range(made.randint(3, 5)))

    def noun(self, language: str) -> str:
        """A noun."""
        if self.chance.random() > COMMON:
            return self._rare(SYLLABLES) if language == "ko" else self._rare(LATIN).capitalize()
        words = self.korean if language == "ko" else self.english
        return words[self._place(len(words))]

    def sentence(self, language: str) -> str:
        """A sentence of 15 to 25 words in English, of about as many morphemes in Korean."""
        if language == "ko":
            nouns = [self.noun("ko") + self.chance.choice(PARTICLES) for _ in range(self.chance.randint(7, 11))]
            return f"{' '.join(nouns)} {self.noun('ko')}했다."
        words = [
            word for _ in range(self.chance.randint(8, 12)) for word in (self.chance.choice(LINKS), self.noun("en"))
        ]
        return f"{' '.join(words).capitalize()}."

    def passage(self, language: str) -> str:
        """Two sentences: about 40 tokens."""
        return f"{self.sentence(language)} {self.sentence(language)}"


def sentences_of(files: list[Path]) -> list[str]:
    """The sentences of files as KorQuAD and SQuAD have them, to make passages of instead of the generator's own."""
    contexts = (
        paragraph["context"]
        for path in files
        for article in json.loads(path.read_text(encoding="utf-8"))["data"]
        for paragraph in article["paragraphs"]
    )
    return [" ".join(sentence.split()) for context in contexts for sentence in sentences(context)]


def articles(
    count: int, seed: int = 1, facts: int = 0, drawn: list[str] | None = None
) -> Iterator[tuple[str, str, list[str]]]:
    """Articles of `count` passages together: an id, a text, and the passages.

    The first `facts` passages end in a sentence with a figure (see `tables`). Where sentences are `drawn`, each passage is
    two of them, by chance.
    """
    text = Text(seed)
    for start in range(0, count, ARTICLE):
        language = "ko" if start // ARTICLE % 2 == 0 else "en"
        here = min(ARTICLE, count - start)
        if drawn:
            passages = [" ".join(text.chance.choices(drawn, k=2)) for _ in range(here)]
        else:
            passages = [text.passage(language) for _ in range(here)]
        passages = [f"{p} {said(start + n)}" if start + n < facts else p for n, p in enumerate(passages)]
        name = f"a{start // ARTICLE:06d}"
        body = "\n\n".join(passages)
        yield name, f"---\ntitle: {name}\nlanguage: {language}\ndate: 2025\n---\n\n{body}\n", passages


def company(number: int) -> tuple[str, str]:
    """The Korean and the English name of one of the things that have figures."""
    made = random.Random(number + 7)  # noqa: S311
    korean = "".join(made.choice(SYLLABLES) for _ in range(4))
    return f"{korean}{number}", f"{''.join(made.choice(LATIN) for _ in range(4)).capitalize()}{number}"


def said(number: int) -> str:
    """The sentence that gives a figure."""
    metric = METRICS[number % len(METRICS)]
    return f"{company(number)[0]}의 2024년 {metric[1]}은 {number + 10}만 {'명' if metric[0] == 'staff' else '원'}이다."


def tables(count: int) -> dict[str, str]:
    """Entities, metrics and facts, as many rows of each but of metrics: one fact of each entity."""
    entities, facts = ["id,kind,in,name_ko,name_en,aliases"], ["id,entity,metric,value,unit,as_of,passage,quote"]
    for number in range(count):
        korean, english = company(number)
        metric = METRICS[number % len(METRICS)][0]
        entities.append(f"c{number},company,,{korean},{english},")
        unit = "count" if metric == "staff" else "KRW"
        passage = f"a{number // ARTICLE:06d}#p{number % ARTICLE + 1:02d}"
        facts.append(f"f{number},c{number},{metric},{number + 10}0000,{unit},2024,{passage},{said(number)}")
    metrics = ["id,name_ko,name_en,counter_ko", *(f"{i},{k},{e},{'명' if i == 'staff' else ''}" for i, k, e in METRICS)]
    named = {"entities": entities, "metrics": metrics, "figures": facts}
    return {f"facts/{name}.csv": "\n".join(rows) + "\n" for name, rows in named.items()}


def write(root: Path, count: int, facts: int = 0, seed: int = 1, drawn: list[str] | None = None) -> None:
    """Write a knowledge base of `count` passages, `facts` of which have a figure."""
    (root / "corpus").mkdir(parents=True, exist_ok=True)
    (root / "facts").mkdir(exist_ok=True)
    for name, text, _ in articles(count, seed, facts, drawn):
        (root / "corpus" / f"{name}.md").write_text(text, encoding="utf-8")
    for path, text in tables(facts).items() if facts else ():
        (root / path).write_text(text, encoding="utf-8")


def questions(count: int, seed: int = 2) -> list[str]:
    """Questions with words of the passages, in turn Korean and English."""
    text = Text(seed)
    found = []
    for number in range(count):
        korean = number % 2 == 0
        words = [text.noun("ko" if korean else "en") for _ in range(3)]
        found.append(
            f"{words[0]}에서 {words[1]}의 {words[2]}은 왜 그래?"
            if korean
            else f"why is the {words[0]} of {words[1]} in {words[2]}?"
        )
    return found
