"""In which language a command speaks: the one of `--language`, else that of the terminal."""

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
        from backstride.runtime.terminal_language import terminal_language

        with speaking(language or terminal_language()):
            command(**options)

    return in_language
