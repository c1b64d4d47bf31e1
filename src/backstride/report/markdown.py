"""Markdown: paragraphs and tables."""

from collections.abc import Iterable


class Paragraphs(list[str]):
    """Blocks with a blank line between them."""

    @property
    def text(self) -> str:
        """All of them, and a line end."""
        return "\n\n".join(self) + "\n"


def rows(head: tuple[str, ...], cells: Iterable[tuple[str, ...]]) -> str:
    """Format a Markdown table, with escaped cells."""
    lines = [head, tuple("---" for _ in head), *cells]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def bold(text: str) -> str:
    """Set text in bold."""
    return f"**{text}**"
