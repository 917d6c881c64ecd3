"""Settings: ONRECORD_* variables, or an onrecord.toml in the record's folder. None is needed."""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistant.reading.reader import AUTO
from corpus.errors import UserError
from corpus.weights import OURS

FILE = "onrecord.toml"


def _listed(value: Any) -> Any:
    """Names written in one line, apart by commas or spaces, as a list of them."""
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


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
    hostnames: Listed = Field(
        (), description="further names that the page may be asked by, apart by commas: minutes.example.gov.uk"
    )
    sign_in_header: str = Field(
        "", description="the header in which the council's single sign-on names an operator, e.g. X-Forwarded-User"
    )
    sign_in_proxies: Listed = Field(
        (), description="the addresses of the proxies whose headers are believed, apart by commas"
    )
    read_only: bool = Field(False, description="whether the public page stores nothing: no notes, no kept answers")
    questions_a_minute: int = Field(
        30, ge=0, le=10_000, description="how many questions and checks a visitor may ask for in a minute; 0: no limit"
    )
    waiting_at_most: int = Field(
        20, ge=1, le=10_000, description="how many questions and checks may wait or be worked on at once"
    )
    log: Literal["quiet", "json"] = Field(
        "quiet", description="json writes a line for each request to standard error, without what was asked"
    )

    @field_validator("sign_in_proxies")
    @classmethod
    def _are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for address in value:
            ipaddress.ip_network(address, strict=False)
        return value

    def shown(self, name: str) -> str:
        """A setting's value for people; never a secret."""
        value = getattr(self, name)
        if isinstance(value, tuple):
            return ", ".join(value)
        # An address may hold a password.
        return re.sub(r"//[^/@]*@", "//…@", str(value)) if name == "llm_url" else str(value)

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
        return _with_file(settings) if (settings.home / FILE).exists() else settings
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        raise UserError(f"The setting {name} is wrong: {first['msg']}; `onrecord settings` lists them") from None


def _with_file(settings: Settings) -> Settings:
    path = settings.home / FILE
    try:
        written = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise UserError(f"{path} is not TOML; mend or remove it") from None
    return Settings(**{**written, **settings.model_dump(exclude_unset=True)})
