"""Changing settings while the page runs: where each comes from, and the line of onrecord.toml that says it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from typing import Any, Literal

import tomlkit
from pydantic import SecretStr, ValidationError

from assistant import private
from assistant.config import FILE, Settings
from corpus.errors import UserError

# What a page can change while it runs. The others are for its start, or would want the record made anew.
CHANGEABLE = (
    "llm", "llm_url", "llm_key", "llm_seconds", "quoted_words", "reader", "read_only", "questions_a_minute",
    "waiting_at_most", "log",
)  # fmt: skip

Origin = Literal["environment", "file", "start", "default"]


def origin(settings: Settings, name: str) -> Origin:
    """Where a setting's value comes from: what stands in an environment variable wins; `start` is an option's."""
    if f"ONRECORD_{name}".lower() in {variable.lower() for variable in os.environ}:
        return "environment"
    if name in _written(settings):
        return "file"
    return "default" if getattr(settings, name) == Settings.model_fields[name].get_default() else "start"


def changed(settings: Settings, new: Mapping[str, Any]) -> Settings:
    """The settings with `new` values, each checked. Raises UserError for one that is wrong or cannot be changed."""
    for name in new:
        if name not in CHANGEABLE or origin(settings, name) == "environment":
            raise UserError(f"The setting {name} cannot be changed here")
    try:
        checked = Settings(**{**new, "home": settings.home})
    except ValidationError as error:
        first = error.errors()[0]
        raise UserError(f"The setting {first['loc'][0]} is wrong: {first['msg']}") from None
    return settings.model_copy(update={name: getattr(checked, name) for name in new})


def write(settings: Settings, names: Mapping[str, Any]) -> None:
    """Write the values that `settings` has for `names` into onrecord.toml, every other line as it stands there.

    What is as it would be anyway needs no line. The file may hold a key: from now on it is its owner's alone.
    """
    path = settings.home / FILE
    held = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
    for name in names:
        value = getattr(settings, name)
        if value == Settings.model_fields[name].default:
            held.pop(name, None)
        else:
            held[name] = value.get_secret_value() if isinstance(value, SecretStr) else value
    private.write(path, tomlkit.dumps(held))


def _written(settings: Settings) -> dict[str, Any]:
    path = settings.home / FILE
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
