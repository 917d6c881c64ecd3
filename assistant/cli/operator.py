"""`onrecord operator`: who may sign in at /operate with a password."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from assistant.cli import options
from corpus.errors import UserError

operator = typer.Typer(help="Say who may sign in to operate the page: add, remove, list.", no_args_is_help=True)


@operator.command()
def add(name: Annotated[str, typer.Argument(help="Who it is.")], home: options.Home = None) -> None:
    """Let somebody sign in, or give them another password. It is asked for twice, and not shown."""
    from assistant.config import load_settings
    from assistant.operators import Operators

    operators = Operators(load_settings(home).home)
    password = getpass.getpass(f"Password for {name}: ")
    if password != getpass.getpass("The same again: "):
        raise UserError("The two passwords differ; run it again")
    operators.add(name, password)
    print(f"{name} may sign in at /operate; a page on another address than this machine's own has to be started again.")


@operator.command()
def remove(name: Annotated[str, typer.Argument(help="Who it is.")], home: options.Home = None) -> None:
    """Let somebody sign in no longer."""
    from assistant.config import load_settings
    from assistant.operators import Operators

    Operators(load_settings(home).home).remove(name)
    print(f"{name} may sign in no longer.")


@operator.command("list")
def listed(home: options.Home = None) -> None:
    """List who may sign in with a password."""
    from assistant.config import load_settings
    from assistant.operators import Operators

    for name in Operators(load_settings(home).home).names():
        print(name)
