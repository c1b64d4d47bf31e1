"""In which language a command speaks: the one of `--language`, else that of the terminal."""

import os
from collections.abc import Callable
from functools import wraps

import click


def with_language(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `--language`, and run it in that language; unless it is named, in the terminal's.

    Args:
        command: the function that the options are handed to.

    Returns:
        One that takes `language` beside them.
    """

    @click.option("--language", type=click.Choice(["en", "de"]), help="[default: the terminal's, by LANG]")
    @wraps(command)
    def in_language(*, language: str | None, **options: object) -> None:
        from backstride.report.language import speaking

        with speaking(language or language_of_terminal()):
            command(**options)

    return in_language


def language_of_terminal() -> str:
    """Return the code of the language that the terminal asks for: "de" of "de_DE.UTF-8"."""
    wished = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return wished.partition("_")[0].partition(".")[0].lower()
