"""What does the Bot API take? Every method, parameter and type that a bot of questions and answers could use.

api.json holds the facts of Bot API 10.1: a name that ends in "!" is required; "=article" is that word and no other.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

JSON = dict[str, Any]

_SPEC: Final[JSON] = json.loads(Path(__file__).with_name("api.json").read_text(encoding="utf-8"))
VERSION: Final[str] = _SPEC["version"]
UPDATES: Final[tuple[str, ...]] = tuple(_SPEC["updates"])
CHAT_ACTIONS: Final = frozenset(_SPEC["chat_actions"].split())
REACTIONS: Final = frozenset(_SPEC["reactions"].split())
RICH_TAGS: Final = frozenset(_SPEC["rich_tags"].split())
METHODS: Final[dict[str, dict[str, str]]] = _SPEC["methods"]
TYPES: Final[dict[str, dict[str, str]]] = _SPEC["types"]
UNIONS: Final[dict[str, list[str]]] = _SPEC["unions"]

ARRAY = "Array of "
SCALARS = frozenset({"Integer", "Float", "String", "Boolean", "InputFile"})


class ApiError(Exception):
    """A request that is refused, in Telegram's words.

    Args:
        ordinary: it happens to a faultless bot too (blocked, migrated, the message is gone), so it breaks no rule.
    """

    def __init__(
        self, description: str, *, code: int = 400, parameters: JSON | None = None, ordinary: bool = False
    ) -> None:
        prefix = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}.get(code, "")
        super().__init__(prefix + description)
        self.code = code
        self.description = prefix + description
        self.parameters = parameters
        self.ordinary = ordinary


@dataclass(frozen=True)
class File:
    """One uploaded file."""

    name: str
    content: bytes
    mime: str


def fields(of: dict[str, str]) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Each field's alternatives of type, and whether it is required."""
    return {name.removesuffix("!"): (tuple(types.split("|")), name.endswith("!")) for name, types in of.items()}


_METHOD_FIELDS = {name: fields(of) for name, of in METHODS.items()}
_TYPE_FIELDS = {name: fields(of) for name, of in TYPES.items()}


def read(method: str, raw: dict[str, Any], files: dict[str, File]) -> JSON:
    """Check the parameters of a request, and give each its type.

    Args:
        method: one of METHODS.
        raw: each parameter as it came: text from a form, any JSON value from a JSON body.
        files: the uploads, by the name of their part.

    Raises:
        ApiError: a parameter that the method does not have, lacks, or cannot read.
    """
    known = _METHOD_FIELDS[method]
    result: JSON = {}
    for name, value in raw.items():
        if name not in known:
            raise ApiError(f"{method} has no parameter {name}")
        result[name] = _read(value, known[name][0], name)
    for name, file in files.items():
        if name in known:
            if "InputFile" not in known[name][0]:
                raise ApiError(f"{name} is no file")
            result[name] = file
        elif not any(f"attach://{name}" in str(value) for value in raw.values()):
            raise ApiError(f"the file {name} is attached and not used")
    for name, (_, required) in known.items():
        if required and name not in result:
            raise ApiError("message text is empty" if name == "text" else f"{name} is empty")
    return result


def _read(value: Any, types: tuple[str, ...], name: str) -> Any:
    """A parameter's value: a form has only text, in which objects and lists are JSON."""
    if isinstance(value, str):
        for of in types:
            if of == "Integer" and re.fullmatch(r"-?\d{1,18}", value):
                return int(value)
            if of == "Float" and re.fullmatch(r"-?\d+(\.\d+)?", value):
                return float(value)
            if of == "Boolean" and value.lower() in ("true", "false", "1", "0"):
                return value.lower() in ("true", "1")
        if "String" in types:
            return value
        try:
            value = json.loads(value)
        except ValueError:
            raise ApiError(f"can't parse {name}: {' or '.join(types)} is expected") from None
    problems = mismatches(value, types, name)
    if problems:
        raise ApiError(f"can't parse {problems[0]}")
    return value


def mismatches(value: Any, types: tuple[str, ...], where: str) -> list[str]:
    """What keeps a JSON value from being one of these types; empty when nothing does."""
    found: list[list[str]] = []
    for of in types:
        problems = _mismatch(value, of, where)
        if not problems:
            return []
        found.append(problems)
    # The alternative that came nearest is the one that was meant.
    return min(
        found, key=lambda problems: (sum(problem.startswith(f"{where}: ") for problem in problems), len(problems))
    )


def _mismatch(value: Any, of: str, where: str) -> list[str]:
    if of.startswith(ARRAY):
        if not isinstance(value, list):
            return [f"{where}: {of} is expected"]
        inner = of.removeprefix(ARRAY)
        return [problem for at, item in enumerate(value) for problem in mismatches(item, (inner,), f"{where}[{at}]")]
    if of.startswith("="):
        return [] if value == of[1:] else [f'{where}: "{of[1:]}" is expected']
    if of in SCALARS:
        right = {
            "Integer": isinstance(value, int) and not isinstance(value, bool),
            "Float": isinstance(value, int | float) and not isinstance(value, bool),
            "String": isinstance(value, str),
            "Boolean": isinstance(value, bool),
            "InputFile": False,
        }[of]
        return [] if right else [f"{where}: {of} is expected"]
    if of in UNIONS:
        return mismatches(value, tuple(_likely(value, UNIONS[of])), where)
    if not isinstance(value, dict):
        return [f"{where}: {of} is expected"]
    known = _TYPE_FIELDS[of]
    problems = [f"{where}: {of} has no field {name}" for name in value if name not in known]
    problems += [
        f"{where}: {of} lacks {name}" for name, (_, required) in known.items() if required and name not in value
    ]
    for name, inside in value.items():
        if name in known:
            problems += mismatches(inside, known[name][0], f"{where}.{name}")
    return problems


def _likely(value: Any, names: list[str]) -> list[str]:
    """Those of a union that a value's own "type" (or "status", "source") says it is, else all of them."""
    if not isinstance(value, dict):
        return names
    for tag in ("type", "status", "source"):
        tagged = [name for name in names if TYPES.get(name, {}).get(f"{tag}!") == f"={value.get(tag)}"]
        if tagged:
            return tagged
    return names
