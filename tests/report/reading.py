"""How a sentence reads: words that must not be said, and the school grade that it takes."""

import re

FORBIDDEN = (
    "diagnos(?!is)", "treatment", "cure", "safe to run", "abnormal", "your disc", "great job", "well done",
    "you should", "you must", "missed your goal", "clinically proven", "streak",
)  # fmt: skip


def forbidden(text: str) -> list[str]:
    """The words of `FORBIDDEN` that `text` holds."""
    return [word for word in FORBIDDEN if re.search(word, text.lower())]


def sentences(text: str) -> list[str]:
    """The sentences of a block of prose."""
    return [s for s in re.split(r"(?<=[.!?:]) +", text) if re.search("[a-z]", s)]


def grade(told: list[str]) -> float:
    """0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid 1975)."""
    words = [w for s in told for w in re.findall(r"[a-z']+", s.lower())]
    return 0.39 * len(words) / len(told) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, a silent e left out."""
    groups = len(re.findall("[aeiouy]+", word))
    return max(groups - (word.endswith("e") and not word.endswith("le")), 1)
