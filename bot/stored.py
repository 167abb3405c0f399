"""The documents that a knowledge base has: their texts in corpus/, and the originals that these were made from."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from bot import storage
from bot.errors import DocumentError
from bot.language.hangul import nfc

ORIGINALS = "originals"
HASH = 12  # hexadecimal digits
KEPT = re.compile(rf"^.+\.[0-9a-f]{{{HASH}}}(\.\w+)?$")  # an original, as we name it
ID_LENGTH = 60  # characters; a Hangul syllable has three bytes, a file's name at most 255


class Stored:
    """The documents of corpus/, by their ids and by what they were made from."""

    def __init__(self, corpus: Path) -> None:
        """Read the front matter of every article of `corpus`."""
        self.corpus = corpus
        self.fronts = {path.stem: front(path) for path in sorted(corpus.glob("*.md"))}
        self._ids = {name.casefold() for name in self.fronts}
        self._made_from: dict[str, list[str]] = defaultdict(list)
        for name, values in sorted(self.fronts.items(), key=lambda item: (len(item[0]), item[0])):  # x-2 before x-10
            if "original" in values:
                self._made_from[values.get("source", "")].append(name)

    def take(self, source: str, language: str, files: int) -> str | None:
        """The document that was made from a file of this name, in this language; each is taken once.

        Raises:
            DocumentError: there are more such documents than `files` of the name, so it may be either.
        """
        made = [name for name in self._made_from.get(source, ()) if self.fronts[name].get("language") == language]
        if len(made) > files:
            raise DocumentError(
                f"it may be {' or '.join(made)}, which were made from files of this name",
                "add the folders of both, or the one above them",
            )
        return self._take(source, lambda values: values.get("language") == language)

    def unchanged(self, source: str, digest: str) -> str | None:
        """The document that was made from a file of this name and content; each is taken once."""
        return self._take(
            source, lambda values: f".{digest}" in values["original"] and (self.corpus / values["original"]).is_file()
        )

    def _take(self, source: str, fits: Callable[[dict[str, str]], bool]) -> str | None:
        waiting = self._made_from.get(source, [])
        found = next((name for name in waiting if fits(self.fronts[name])), None)
        if found is not None:
            waiting.remove(found)
        return found

    def new_id(self, name: str) -> str:
        """An id that no document has; from now on it is taken."""
        wanted = slug(name)
        number, identifier = 2, wanted
        while identifier.casefold() in self._ids:
            identifier = f"{wanted}-{number}"
            number += 1
        self._ids.add(identifier.casefold())
        return identifier

    def sweep(self) -> None:
        """Delete what a writer that was killed left: files half written, originals that no text names."""
        named = {Path(values.get("original", "")).name for values in self.fronts.values()}
        for folder in (self.corpus, self.corpus / ORIGINALS):
            for path in folder.glob(f".*{storage.DRAFT}"):
                path.unlink(missing_ok=True)
        for path in (self.corpus / ORIGINALS).iterdir():
            if KEPT.match(path.name) and path.name not in named:
                path.unlink(missing_ok=True)


def front(path: Path) -> dict[str, str]:
    """The front matter of a file of corpus/, as far as it can be read."""
    with path.open("rb") as file:
        head = file.read(8192).decode("utf-8", "replace")
    if not head.lstrip("\ufeff").startswith("---"):
        return {}
    rows = (row.partition(":") for row in head.split("\n---", 1)[0].splitlines())
    return {key.strip(): value.strip().strip("\"'") for key, colon, value in rows if colon}


def slug(name: str) -> str:
    """A name or path as an id: letters and digits, Korean ones too, with - between."""
    stem = re.sub(r"\.\w{1,8}$", "", nfc(name))
    return re.sub(r"[\W_]+", "-", stem).strip("-")[:ID_LENGTH].strip("-") or "document"
