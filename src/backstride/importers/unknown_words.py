"""The words for a session that nobody here knows: told to the person, who does."""

from collections import Counter
from collections.abc import Iterable

from backstride.core.run import Run
from backstride.importers.tables.runs_cover import BY_PACE

_MAX_NAMED = 12
_BEGINS = "These words"


def unknown_words(runs: Iterable[Run]) -> tuple[str, ...]:
    """Return each word once, the most frequent first; none for sessions without any."""
    return tuple(word for word, _ in _counted(runs).most_common() if word)


def unknown_words_note(runs: Iterable[Run]) -> Iterable[str]:
    """Return which words are not known, and how often each occurs."""
    words = _counted(runs)
    if words:
        named = [f"'{word or '-'}' ({count})" for word, count in words.most_common(_MAX_NAMED)]
        yield (
            f"These words do not say whether there was a run: {', '.join(named)}. Such a session counts as neither "
            "run nor walk, and its day is left open. If a word means a run, say so."
        )


def with_note_anew(notes: Iterable[str], runs: Iterable[Run]) -> tuple[str, ...]:
    """Replace the note on unknown activity words in `notes` by that for these runs."""
    return (*unknown_words_note(runs), *(note for note in notes if not note.startswith(_BEGINS)))


def _counted(runs: Iterable[Run]) -> Counter[str]:
    return Counter(
        run.kind_word for run in runs if run.kind_source == "unknown" and run.kind_word not in BY_PACE
    )
