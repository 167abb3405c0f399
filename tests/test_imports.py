"""Who may import whom: STYLE's list of layers, and every third-party library in its home."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "bot").rglob("*.py"))

# Top to bottom; those of one line may import each other. A module imports from its own folder and from above.
LAYERS = (
    ("errors", "schema"),
    ("language",),
    ("phrases",),
    ("knowledge",),
    ("search",),
    ("answer",),
    ("render",),
    ("settings", "files", "cache", "shelf", "library"),
    ("storage", "ingest", "stored", "adding", "reviewing"),
    ("store",),
    ("telegram_bot",),
    ("cli", "__main__"),
)
LEVELS = {name: level for level, names in enumerate(LAYERS) for name in names}
LOWER_HALF = LEVELS["settings"]

# Third-party library → where it may be imported: files, or folders (with a stroke at the end).
HOMES: dict[str, tuple[str, ...]] = {
    "numpy": ("search/bm25.py",),
    "rank_bm25": ("search/bm25.py",),
    "tantivy": ("search/tantivy.py",),
    "mecab": ("language/terms.py",),
    "Stemmer": ("language/terms.py",),
    "spellchecker": ("language/english.py",),
    "rapidfuzz": ("language/spelling.py",),
    "pydantic": ("schema.py", "cache.py", "settings.py", "knowledge/", "telegram_bot/answerer.py"),
    "pydantic_settings": ("settings.py",),
    "typer": ("cli/",),
    "matplotlib": ("render/page.py",),
    "rich": ("cli/", "render/"),
    "prompt_toolkit": ("cli/", "render/"),
    "sqlalchemy": ("store/",),
    "telegram": ("telegram_bot/",),
    "httpx": ("telegram_bot/http.py",),
    "aiohttp": ("telegram_bot/http.py",),
    "yarl": ("telegram_bot/http.py",),
    "markdown_it": ("ingest/markdown.py",),
    "lxml": ("ingest/html.py", "ingest/docx.py"),
    "docx": ("ingest/docx.py",),
    "pypdfium2": ("ingest/pdf.py",),
    "tornado": ("telegram_bot/web.py",),
    "prometheus_client": ("telegram_bot/metrics.py",),
}
OUTSIDE = {"time", "datetime", "random", "secrets", "socket", "subprocess", "tempfile", "urllib", "http", "logging"}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, a module of bot by its whole name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: a relative import"
            if node.module == "bot":
                yield from (f"bot.{name.name}" for name in node.names)
            else:
                yield node.module or ""


def layer(path: Path) -> str:
    """The folder of bot/ that a file is in, or its own name."""
    return path.relative_to(ROOT / "bot").parts[0].removesuffix(".py")


def name(path: Path) -> str:
    return path.relative_to(ROOT / "bot").as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_imports_only_from_its_own_folder_and_from_above(path: Path) -> None:
    own = layer(path)
    if own == "__init__":
        assert not list(imports(path))
        return
    assert own in LEVELS, f"{own} has no place in LAYERS"
    for imported in imports(path):
        if imported.startswith("bot."):
            other = imported.split(".")[1]
            assert LEVELS[other] <= LEVELS[own], f"{name(path)} imports {imported} from below"
            assert own == other or LEVELS[other] < LOWER_HALF or LEVELS[own] >= LOWER_HALF


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_third_party_library_is_imported_only_in_its_home(path: Path) -> None:
    for imported in imports(path):
        library = imported.split(".")[0]
        if library in sys.stdlib_module_names or library == "bot":
            continue
        assert library in HOMES, f"{library} has no home"
        here = any(
            name(path) == home or (home.endswith("/") and name(path).startswith(home)) for home in HOMES[library]
        )
        assert here, f"{name(path)} imports {library}"


@pytest.mark.parametrize("path", [path for path in MODULES if LEVELS.get(layer(path), 0) < LOWER_HALF], ids=name)
def test_from_question_to_rendering_nothing_touches_clock_environment_or_network(path: Path) -> None:
    assert not {imported.split(".")[0] for imported in imports(path)} & OUTSIDE
    assert "environ" not in path.read_text(encoding="utf-8")
    assert "getenv" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", sorted({path.parent for path in MODULES}), ids=lambda path: path.name)
def test_every_folder_opens_with_its_question(folder: Path) -> None:
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert folder.name == "bot" or said.split("\n")[0].endswith("?")


@pytest.mark.parametrize("code", ["import bot.cli", "import bot.cli; bot.cli.main()"], ids=["import", "--help"])
def test_the_command_line_imports_nothing_heavy_before_a_command_runs(code: str) -> None:
    heavy = {
        "numpy",
        "pydantic",
        "mecab",
        "rich",
        "rapidfuzz",
        "prompt_toolkit",
        "matplotlib",
        "sqlalchemy",
        "telegram",
    }
    script = f"import os, sys; os._exit = lambda _: None; {code}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script, "--help"], capture_output=True, encoding="utf-8", cwd=ROOT, check=True
    )
    loaded = done.stdout.splitlines()[-1].split()
    assert "typer" in loaded
    assert not heavy.intersection(loaded)
