"""A record that an older On Record made is brought up to date when it is opened, and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from corpus.errors import UserError
from corpus.records import Record
from corpus.schema import MIGRATIONS, SCHEMA_VERSION
from corpus.weights import Embedder
from tests.examples import MEETING
from tests.helpers import consistent, onrecord, put_on_record


def make_older(home: Path) -> None:
    """Take from a record what version 1 did not have."""
    engine = create_engine(f"sqlite:///{home / 'record.sqlite'}")
    with engine.begin() as connection:
        for statement in MIGRATIONS["1"]:
            table, column = statement.split()[2], statement.split()[5]
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        for table in ("corrected", "corrections"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE meta SET value = '1' WHERE key = 'schema'"))
    engine.dispose()


def test_a_record_of_version_1_is_migrated_and_answers(home: Path, embedder: Embedder, tmp_path: Path) -> None:
    path = tmp_path / "streets.txt"
    path.write_text(MEETING, "utf-8")
    record = Record(home)
    put_on_record(record, embedder, path)
    before = consistent(record)
    record.engine.dispose()
    make_older(home)

    newer = Record(home)
    assert newer.fact("schema") == SCHEMA_VERSION
    assert consistent(newer) == before
    assert onrecord("show", "streets.txt", "--home", home).status == 0
    assert put_on_record(newer, embedder, path) == {"streets.txt": "unchanged"}


def test_a_record_of_a_newer_version_is_left_alone(home: Path) -> None:
    record = Record(home)
    with record.change() as connection:
        connection.execute(text("UPDATE meta SET value = '99' WHERE key = 'schema'"))
    with pytest.raises(UserError, match="version 99"):
        Record(home)


def test_a_migration_that_is_stopped_midway_has_changed_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Record(home).engine.dispose()
    make_older(home)
    broken = (*MIGRATIONS["1"][:2], "ALTER TABLE nowhere ADD COLUMN x")
    with monkeypatch.context() as patch:
        patch.setitem(MIGRATIONS, "1", broken)
        with pytest.raises(Exception, match="nowhere"):
            Record(home)
    assert Record(home).fact("schema") == SCHEMA_VERSION
