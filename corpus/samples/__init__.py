"""Sample minutes of an invented council, written for this project. Any likeness is chance."""

from importlib.resources import as_file, files
from pathlib import Path


def samples_folder() -> Path:
    """The folder of sample minutes, as installed."""
    with as_file(files("corpus.samples")) as folder:
        return folder / "merrowdale"
