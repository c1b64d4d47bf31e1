"""Every option of a command reaches the function that takes it: no type checker follows click's names."""

import inspect
from importlib import import_module
from pathlib import Path

import click
import pytest

import backstride.cli

COMMANDS = sorted(path.stem for path in Path(backstride.cli.__path__[0]).glob("*.py"))


def groups(module):
    """The click commands that a module defines."""
    return [value for value in vars(module).values() if isinstance(value, click.Command)]


def parameters(callback):
    """Return the parameters of a command's function and of every function that wraps it."""
    found, each = {}, callback
    while each is not None:
        found |= inspect.signature(each, follow_wrapped=False).parameters
        each = getattr(each, "__wrapped__", None)
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_its_parameter(name):
    """Names of options and arguments are names of the function's parameters."""
    for command in groups(import_module(f"backstride.cli.{name}")):
        if command.callback is None:
            continue
        takes = parameters(command.callback)
        if any(p.kind is p.VAR_KEYWORD for p in takes.values()):
            continue
        given = {option.name for option in command.params if option.expose_value}
        assert given <= set(takes), f"{name}: {given - set(takes)}"
