"""The passages of a document that is added again → their numbers: what was there keeps its own."""

from collections import Counter, defaultdict, deque

from bot.knowledge.corpus import Article, sentences

SAME = 0.5  # of the lines and sentences of a passage that has changed: so many of them it has still
OFTEN = 100  # passages that have one line: more tell nothing of which it was


def numbered(texts: list[str], old: Article | None) -> tuple[list[str], int]:
    """The number of each passage, as it is stored, and the next that is free.

    A passage that was there keeps its number, though a row or a sentence of it may have changed: what figures quote of
    the others is still there. A new one has a number that none had.
    """
    following = 1
    known: dict[str, deque[str]] = defaultdict(deque)
    if old:
        following = int(old.front.get("next") or 1)
        for mark, (_, text) in zip(old.marks, old.lines, strict=True) if old.marks else ():
            known[text].append(mark)
            following = max(following, int(mark[1:]) + 1)
    kept = [known[text].popleft() if known[text] else "" for text in texts]
    changed = _changed(
        {place: text for place, text in enumerate(texts) if not kept[place]},
        {mark: text for text, marks in known.items() for mark in marks},
    )
    numbers: list[str] = []
    for place, mark in enumerate(kept):
        if found := mark or changed.get(place):
            numbers.append(found)
        else:
            numbers.append(f"p{following:02d}")
            following += 1
    return numbers, following


def _changed(texts: dict[int, str], gone: dict[str, str]) -> dict[int, str]:
    """Which of the passages that are gone each new one was before: the one that it has most lines and sentences of.

    Args:
        texts: the new passages by their places.
        gone: those that are there no more by their numbers.
    """
    having: dict[str, list[str]] = defaultdict(list)
    pieces = {mark: sentences(text) for mark, text in gone.items()}
    for mark, parts in pieces.items():
        for part in set(parts):
            having[part].append(mark)
    found: dict[int, str] = {}
    taken: set[str] = set()
    for place, text in texts.items():
        parts = sentences(text)
        common = Counter(mark for part in set(parts) for mark in having.get(part, [])[:OFTEN] if mark not in taken)
        for mark, number in common.most_common(1):
            if number >= SAME * max(len(parts), len(pieces[mark])):
                found[place] = mark
                taken.add(mark)
    return found
