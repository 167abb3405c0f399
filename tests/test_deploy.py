"""What stands in deploy/ and what the README says of settings fit the program."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DEPLOY = sorted((ROOT / "deploy").iterdir())
SETTINGS = {str(field.validation_alias) for field in Settings.model_fields.values()}


def variables(path: Path) -> set[str]:
    return set(re.findall(r"\b(?:(?:GAKJU|TELEGRAM)_[A-Z_]+|DATABASE_URL)\b", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [*DEPLOY, ROOT / "README.md"], ids=lambda path: path.name)
def test_a_variable_that_is_named_is_a_setting(path: Path) -> None:
    assert variables(path) <= SETTINGS


def test_the_readme_names_every_setting() -> None:
    assert variables(ROOT / "README.md") == SETTINGS


@pytest.mark.parametrize("path", DEPLOY, ids=lambda path: path.name)
def test_no_secret_and_no_address_of_ones_own_is_in_what_is_deployed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\d+:[\w-]{30,}", text)
    assert not re.search(r"https?://(?!127\.0\.0\.1)", text)


def test_the_image_is_made_from_all_that_the_package_is_made_from() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, wheel = build["project"], build["tool"]["hatch"]["build"]["targets"]["wheel"]
    files = {*wheel["packages"], *wheel["force-include"], project["readme"], *project["license-files"]}
    needed = {name.partition("/")[0] for name in files}  # a folder is copied whole
    copied = re.findall(
        r"^COPY (?!--from)(.+) \S+$", (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE
    )
    folders = tuple(f"{name}/" for name in needed)
    needed = {name for name in needed if not name.startswith(folders)}  # a folder is copied whole
    assert {"requirements.lock", "pyproject.toml", *needed} == {name for names in copied for name in names.split()}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "gakju.service"
    text = (ROOT / "deploy" / "gakju.service").read_text(encoding="utf-8")
    unit.write_text(text.replace("/opt/gakju/bin/gakju", "/bin/true"), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
