"""`onrecord settings`: every setting, its value and what it means."""

from __future__ import annotations

from assistant.cli import options


def settings(home: options.Home = None) -> None:
    """List every setting with its value."""
    from assistant.config import Settings, load_settings

    held = load_settings(home)
    for name, field in Settings.model_fields.items():
        print(f"ONRECORD_{name.upper()} = {held.shown(name)}\n    {field.description}")
