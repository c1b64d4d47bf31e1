"""The numeric code says why, beside its lines."""

import io
import re
import tokenize
from pathlib import Path

import pytest

from .source import MODULES, short

MIN_PER_THOUSAND = 20
DIRECTIVE = re.compile(r"#\s*(noqa|type:|fmt:)")


def comment_lines(text: str) -> int:
    """Comments of a module, without those that only speak to a tool."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return sum(token.type == tokenize.COMMENT and not DIRECTIVE.match(token.string) for token in tokens)


@pytest.mark.parametrize("folder", ["model/", "answer/"])
def test_numeric_code_says_why(folder):
    """Of a thousand lines of the model and of the answer at least twenty are comments."""
    texts = [Path(path).read_text(encoding="utf-8") for path in MODULES if short(path).startswith(folder)]
    lines = sum(len(text.splitlines()) for text in texts)
    assert 1000 * sum(map(comment_lines, texts)) / lines >= MIN_PER_THOUSAND


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_no_function_begins_with_a_blank_line(path):
    """One is left where a docstring was taken out."""
    text = Path(path).read_text(encoding="utf-8")
    assert re.findall(r"(?m)^(?: *(?:async )?def |\s*\)).*:\n\n", text) == []
