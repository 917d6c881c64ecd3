"""The tab of settings: each with its meaning, its value and where that comes from; some can be changed."""

from __future__ import annotations

import asyncio
from functools import partial
from html import escape
from typing import Any

import gradio as gr
from pydantic import SecretStr

from assistant import page
from assistant.changing import CHANGEABLE, changed, origin, write
from assistant.config import Settings
from assistant.web.fields import PRIVATE, html, refused, status, told
from assistant.web.startup import StartUp
from assistant.web.texts import operate as texts
from corpus.errors import UserError

SWITCHES = ("read_only",)
SECRETS = ("llm_key",)


def setting(startup: StartUp) -> tuple[list[Any], Any]:
    """The tab's blocks; gives what shows the settings, and the function that fills it."""
    html(f"<h2>{texts.SETTINGS_TAB}</h2><p>{texts.SETTINGS_INTRO}</p>")
    made: dict[str, Any] = {}
    for heading, names in texts.GROUPS.items():
        html(f"<h3>{heading}</h3>")
        with gr.Row(elem_classes="fields"):
            made |= {name: _field(startup.settings, name) for name in names}
            if "llm_key" in names:
                forget = gr.Checkbox(label=texts.FORGET_KEY, min_width=0)
    fields = [made[name] for name in CHANGEABLE]
    with gr.Row(elem_classes="acts"):
        save = gr.Button(texts.SAVE, variant="primary", elem_id="save", elem_classes="act", min_width=0)
    said = status("settings-status")
    html(f"<h2>{texts.ALL_SETTINGS}</h2>")
    every = html("", "settings")
    outputs = [*fields, forget, every]
    fill = partial(_filled, startup)
    save.click(partial(_saved, startup), [forget, *fields], [said, *outputs], concurrency_limit=1, **PRIVATE)
    return outputs, fill


def _field(settings: Settings, name: str) -> Any:
    label = texts.FIELDS[name]
    if name in SWITCHES:
        return gr.Checkbox(label=label, elem_id=f"set-{name}", min_width=0, **_now(settings, name))
    kind = "password" if name in SECRETS else "text"
    return gr.Textbox(
        label=label, elem_id=f"set-{name}", type=kind, min_width=0, max_lines=1, container=True, **_now(settings, name)
    )


def _now(settings: Settings, name: str) -> dict[str, Any]:
    """A field's value, what stands below its label, and whether it can be changed here."""
    fixed = origin(settings, name) == "environment"
    hint = texts.HINTS.get(name)
    if fixed:
        hint = texts.FROM_ENVIRONMENT.format(variable=f"ONRECORD_{name.upper()}")
    value = getattr(settings, name)
    if name in SECRETS:
        value = ""
    elif name not in SWITCHES:
        value = "" if value is None else f"{value:g}" if isinstance(value, float) else settings.shown(name)
    return {"value": value, "info": hint, "interactive": not fixed}


def _filled(startup: StartUp) -> tuple[Any, ...]:
    settings = startup.settings
    return *(gr.update(**_now(settings, name)) for name in CHANGEABLE), False, _every(settings)


def _every(settings: Settings) -> str:
    rows = "".join(
        f"<div><dt>{name}</dt><dd><strong>{escape(_value(settings, name))}</strong> "
        f"({texts.ORIGINS[origin(settings, name)]})</dd>"
        f"<dd>{escape(field.description or '')}</dd></div>"
        for name, field in Settings.model_fields.items()
    )
    return f'<dl class="settings">{rows}</dl>'


def _value(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    if name in SECRETS:
        return texts.SECRET_SET if value else texts.SECRET_UNSET
    if isinstance(value, bool):
        return texts.YES if value else texts.NO
    return texts.NOTHING_SET if value in (None, "", ()) else settings.shown(name)


async def _saved(startup: StartUp, forget: bool, *values: Any) -> tuple[Any, ...]:
    """What is told, and the outputs of `setting`."""
    given = dict(zip(CHANGEABLE, values, strict=True))
    try:
        names = await asyncio.to_thread(_save, startup, bool(forget), given)
    except Exception as error:
        return refused(error), *_unchanged()
    words = texts.SAVED.format(names=", ".join(names)) if names else texts.NOTHING_CHANGED
    return told(words), *_filled(startup)


def _save(startup: StartUp, forget: bool, given: dict[str, Any]) -> list[str]:
    """Check, use and write what differs; gives its names. Raises UserError, and changes nothing, if one is wrong."""
    before = startup.settings
    new = {name: value for name, value in given.items() if value != _now(before, name)["value"]}
    new = {name: value for name, value in new.items() if origin(before, name) != "environment"}
    new = {name: value.strip() if isinstance(value, str) else value for name, value in new.items()}
    if "…@" in str(new.get("llm_url")):
        raise UserError(texts.HIDDEN_IN_URL)
    if new.get("llm_url") == "":
        new["llm_url"] = None
    if forget and before.llm_key and origin(before, "llm_key") != "environment":
        new["llm_key"] = None
    elif not new.get("llm_key"):
        new.pop("llm_key", None)
    else:
        new["llm_key"] = SecretStr(new["llm_key"])
    if not new:
        return []
    after = changed(before, new)
    startup.change(after)
    try:
        write(after, new)
    except OSError as error:
        startup.change(before)
        raise UserError(f"onrecord.toml cannot be written ({error.strerror}); nothing was changed") from None
    page.now_with(before.home, after.llm)
    return list(new)


def _unchanged() -> tuple[Any, ...]:
    return (gr.update(),) * (len(CHANGEABLE) + 2)
