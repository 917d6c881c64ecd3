"""Settings: ONRECORD_* variables, or an onrecord.toml in the record's folder. None is needed."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.reading.reader import AUTO
from corpus.errors import UserError
from corpus.weights import OURS


class Settings(BaseSettings):
    """Every setting, with its meaning: what `onrecord settings` lists."""

    model_config = SettingsConfigDict(env_prefix="ONRECORD_", extra="forbid", frozen=True)

    home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("onrecord", appauthor=False)),
        description="the folder that holds the record",
    )
    embedding_model: str = Field(
        OURS,
        description="what is searched with: on-record, all-MiniLM-L6-v2 (its base alone), or another "
        "sentence-transformers model (a folder, or a name on the hub)",
    )
    reader: str = Field(
        AUTO,
        description="what reads passages: on-record, another cross-encoder (a folder, or a name on the hub), or none; "
        "auto is on-record where its base is installed",
    )
    precision: Literal["auto", "float32", "bfloat16"] = Field(
        "auto", description="how the model computes; auto takes bfloat16 where the CPU has it"
    )
    chroma_sync_threshold: int = Field(
        1_000, ge=2, description="after how many vectors Chroma writes its index to disk"
    )
    quoted_words: int = Field(120, ge=30, le=1_000, description="how many quoted words an answer may have")
    llm: str = Field(
        "",
        description="what writes answers over quotations: ollama/MODEL, openai/MODEL, anthropic/MODEL, or nothing",
    )
    llm_url: str | None = Field(None, description="where that model is asked, if not where its maker has it")
    llm_key: SecretStr | None = Field(None, description="its key, if it wants one")
    llm_seconds: float = Field(30, gt=0, le=600, description="how long an answer waits for it, in seconds")
    host: str = Field("127.0.0.1", description="the address that the page listens on")
    port: int = Field(7860, ge=1, le=65_535, description="the port that the page listens on")

    def key_of(self, variable: str | None) -> str | None:
        """The language model's key: the setting, or what stands in the variable that its maker names."""
        if self.llm_key:
            return self.llm_key.get_secret_value()
        return os.environ.get(variable) if variable else None


def load_settings(home: Path | None = None) -> Settings:
    """The settings, `home` first, then the environment, then onrecord.toml in that folder.

    Raises UserError naming the setting that is wrong.
    """
    given: dict[str, Any] = {"home": home} if home else {}
    try:
        settings = Settings(**given)
        return _with_file(settings) if (settings.home / "onrecord.toml").exists() else settings
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        raise UserError(f"The setting {name} is wrong: {first['msg']}; `onrecord settings` lists them") from None


def _with_file(settings: Settings) -> Settings:
    path = settings.home / "onrecord.toml"
    try:
        written = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise UserError(f"{path} is not TOML; mend or remove it") from None
    return Settings(**{**written, **settings.model_dump(exclude_unset=True)})
