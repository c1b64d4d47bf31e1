"""Words for a run that no list knows: a person says so once, for what is in the diary and for what comes."""

import json
from collections.abc import Iterable
from datetime import datetime

from backstride.core.run import Run, with_runs
from backstride.diary.settings import current_settings, set_setting
from backstride.diary.store import Store

CHOICE = "run words"
LONGEST_WORD, MOST_WORDS = 60, 100


def words_from_text(text: str) -> tuple[str, ...]:
    """Parse the stored words; empty where the setting is malformed."""
    try:
        words = json.loads(text)
    except ValueError:
        return ()
    is_list = isinstance(words, list) and len(words) <= MOST_WORDS
    if not is_list or not all(isinstance(word, str) and 0 < len(word) <= LONGEST_WORD for word in words):
        return ()
    return tuple(words)


def run_words(store: Store, person: int) -> tuple[str, ...]:
    """Return the words that this person said mean a run."""
    return words_from_text(current_settings(store, person).get(CHOICE, ""))


def these_are_runs(store: Store, person: int, words: Iterable[str], *, now: datetime) -> int:
    """Remember that these words mean a run, and take the sessions of the diary that have one of them for runs.

    Returns:
        How many sessions of the diary became runs.

    Raises:
        DiaryError: it was not stored.
    """
    new = [word for word in (word.strip()[:LONGEST_WORD] for word in words) if word]
    if not new:
        return 0
    known = list(dict.fromkeys([*run_words(store, person), *new]))[-MOST_WORDS:]
    set_setting(store, person, CHOICE, json.dumps(known, ensure_ascii=False), now=now)
    diary = store.diary(person)
    changed = 0
    for entry in diary.entries():
        if isinstance(entry.record, Run):
            (run,) = with_runs([entry.record], known)
            if run != entry.record:
                diary.amend(entry.id, run, now=now)
                changed += 1
    return changed
