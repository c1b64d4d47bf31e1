"""One error family, each of whose messages ends with what to do."""

import ast
import inspect

import pytest

from backstride import errors

from .source import MODULES, short, syntax

FAMILY = {name: thing for name, thing in vars(errors).items() if inspect.isclass(thing)}


@pytest.mark.parametrize("name", FAMILY)
def test_every_error_is_drawn_in_the_tree(name):
    """The docstring of errors.py draws each class under its parent."""
    lines = errors.__doc__.splitlines()
    drawn = {line.strip("│├└─ ").split()[0]: line for line in lines if line.strip("│├└─ ")}
    assert name in drawn
    depth = len(FAMILY[name].__mro__) - len(errors.BackstrideError.__mro__)
    assert drawn[name].find(name) == 4 * depth


@pytest.mark.parametrize("name", FAMILY)
def test_every_error_tells_what_to_do(name):
    """An error cannot be made without advice, and its message ends with it."""
    error = FAMILY[name]("It is broken.", advice="Mend it.")
    assert (str(error), error.problem, error.advice) == (
        "It is broken. Mend it.",
        "It is broken.",
        "Mend it.",
    )
    with pytest.raises(TypeError):
        FAMILY[name]("It is broken.")


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_what_is_raised_on_purpose_is_of_the_family(path):
    """Public functions raise the family alone; a broken invariant of our own is an assertion."""
    raised = [node.exc for node in ast.walk(syntax(path)) if isinstance(node, ast.Raise)]
    names = {e.func.id for e in raised if isinstance(e, ast.Call) and isinstance(e.func, ast.Name)}
    foreign = {n for n in names if n[0].isupper() and n not in FAMILY}
    assert foreign - {"AssertionError"} <= ({"AttributeError"} if short(path) == "__init__.py" else set())
