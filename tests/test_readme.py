"""Every example of README.md is run, and what is printed is compared with it to the letter."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot import library
from bot.answer import answer

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROMPT = "$ "


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def examples() -> list[tuple[str, str]]:
    """Every command of a console block, with what it is said to print."""
    found: list[tuple[str, str]] = []
    for block in blocks("console"):
        assert block.startswith(PROMPT), f"a console block begins with {PROMPT}gakju: {block}"
        for example in re.split(rf"^{re.escape(PROMPT)}", block, flags=re.MULTILINE)[1:]:
            command, _, printed = example.partition("\n")
            found.append((command, printed.rstrip("\n")))
    return found


def test_the_readme_has_examples_and_the_first_screen_has_one_in_each_language() -> None:
    assert examples()
    first_screen = README.split("\n## ")[0]
    asked = [command for command, _ in examples() if command in first_screen]
    assert any(re.search("[가-힣]", command) for command in asked)
    assert any(command.isascii() for command in asked)


@pytest.mark.parametrize(("command", "printed"), examples(), ids=[command for command, _ in examples()])
def test_an_example_prints_what_the_readme_says(command: str, printed: str) -> None:
    program, *arguments = shlex.split(command)
    assert program == "gakju"
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env=dict(os.environ),
        check=True,
    )
    assert done.stdout.rstrip("\n") == printed
    assert done.stderr == ""


def test_the_files_that_the_readme_shows_are_a_knowledge_base_that_answers(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "facts").mkdir()
    (article,) = blocks("markdown")
    (tmp_path / "corpus" / "ferry.md").write_text(article, encoding="utf-8")
    names = {"kind": "entities", "counter_ko": "metrics", "entity": "ferry"}
    for table in blocks("csv"):
        header = table.split("\n")[0].split(",")
        (name,) = {names[column] for column in header if column in names}
        (tmp_path / "facts" / f"{name}.csv").write_text(table, encoding="utf-8")
    assert not [finding for finding in library.findings(tmp_path) if finding.error]
    found = answer("한라호 승객 몇 명?", library.load(tmp_path))
    assert found.kind == "figure"
    assert "약 12만 명" in found.text
