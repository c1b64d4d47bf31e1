"""Words for a session that no list knows: a person says once what they mean, for the diary and for what comes."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from backstride.core.run import Activity, Run, with_kinds
from backstride.diary.settings import current_settings, set_setting
from backstride.diary.store import Store
from backstride.importers.tables.runs_cover import BY_PACE

CHOICES: Mapping[Activity, str] = {Activity.RUN: "run words", Activity.OTHER: "other words"}
"""By what a word can be said to mean, the choice that holds those words."""
MAX_WORD_LENGTH, MAX_WORDS = 60, 100


def words_from_text(text: str) -> tuple[str, ...]:
    """Parse the stored words; empty where the setting is malformed."""
    try:
        words = json.loads(text)
    except ValueError:
        return ()
    is_list = isinstance(words, list) and len(words) <= MAX_WORDS
    if not is_list or not all(isinstance(word, str) and 0 < len(word) <= MAX_WORD_LENGTH for word in words):
        return ()
    return tuple(words)


def known_words(store: Store, person: int) -> dict[str, Activity]:
    """Return what this person said that words mean; of two meanings of a word a run. A pace is no word."""
    chosen = current_settings(store, person)
    meant = sorted(CHOICES, key=lambda activity: activity is Activity.RUN)
    return {
        word: activity
        for activity in meant
        for word in words_from_text(chosen.get(CHOICES[activity], ""))
        if word not in BY_PACE
    }


def remember_words(
    store: Store, person: int, words: Iterable[str], activity: Activity, *, now: datetime
) -> int:
    """Remember what these words mean, and take the sessions of the diary that have one of them for that.

    Args:
        store: where.
        person: whose.
        words: as a source has them.
        activity: a run or something else.
        now: the moment of storing.

    Returns:
        How many sessions of the diary were changed.

    Raises:
        DiaryError: it was not stored.
    """
    new = [
        word for word in (word.strip()[:MAX_WORD_LENGTH] for word in words) if word and word not in BY_PACE
    ]
    if not new:
        return 0
    choice = CHOICES[activity]
    before = words_from_text(current_settings(store, person).get(choice, ""))
    known = [word for word in dict.fromkeys([*before, *new]) if word not in BY_PACE][-MAX_WORDS:]
    set_setting(store, person, choice, json.dumps(known, ensure_ascii=False), now=now)
    diary = store.diary(person)
    changed = 0
    for entry in diary.entries():
        if isinstance(entry.record, Run):
            (run,) = with_kinds([entry.record], dict.fromkeys(known, activity))
            if run != entry.record:
                diary.amend(entry.id, run, now=now)
                changed += 1
    return changed
