"""What the tests share: one model for the whole run, records in temporary folders, no network."""

from __future__ import annotations

import os

# Before anything reads them. Two threads of torch on two busy cores spin waiting for each other.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ.setdefault("OMP_NUM_THREADS", "1")
for name in [n for n in os.environ if n.startswith("ONRECORD_")]:
    del os.environ[name]

from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import pytest  # noqa: E402
from xdist.scheduler import LoadScopeScheduling  # noqa: E402

from corpus.records import Record  # noqa: E402
from corpus.samples import samples_folder  # noqa: E402
from corpus.weights import Embedder  # noqa: E402
from tests.helpers import SHARED_MINUTES, put_on_record  # noqa: E402


class _ByFile(LoadScopeScheduling):
    """A file's tests go to one worker, and so do all that share the one running page and browser."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """How tests are shared between workers, where there are several."""
    return _ByFile(config, log)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A record's folder that is not there yet."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real model, loaded once."""
    return Embedder()


@pytest.fixture(scope="session")
def samples_record(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Record:
    """The sample minutes on record, and the shared item pages where they are. Not to be changed."""
    record = Record(tmp_path_factory.mktemp("samples"))
    folders = [samples_folder(), SHARED_MINUTES / "items"]
    put_on_record(record, embedder, *[folder for folder in folders if folder.is_dir()])
    return record
