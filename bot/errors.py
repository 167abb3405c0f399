"""Errors that a person is meant to read: one line that says what is wrong, where, and what to do."""

from pathlib import Path


class GakjuError(Exception):
    """Anything that stops a command; its text is shown as it is."""


class ContentError(GakjuError):
    """A mistake in corpus/ or facts/, told to its editor as `file:line: what is wrong; what to do`."""

    def __init__(self, path: Path | str, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{path}:{line}: {problem}; {remedy}")
        self.path = str(path)
        self.line = line
        self.problem = problem
        self.remedy = remedy


class DocumentError(GakjuError):
    """A file that cannot be added, told to whoever brought it as `name: what is wrong; what to do`."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.problem = problem
        self.remedy = remedy
