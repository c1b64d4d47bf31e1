"""How soon there would be an answer, as the last one worked it out."""

import json

from backstride.answer.answer import DaysNeeded, Question
from backstride.diary.kept_answer import kept_answer
from backstride.diary.store import Store


def soon_for(store: Store, person: int) -> tuple[DaysNeeded, ...]:
    """What the last answer of one person says of the days still needed; nothing where there is none."""
    kept = kept_answer(store, person)
    if kept is None or not kept.numbers:
        return ()
    return tuple(
        DaysNeeded(Question(need["question"]), need["own_days"], need["drawn_days"], need["horizon"])
        for need in json.loads(kept.numbers).get("days_needed", [])
    )
