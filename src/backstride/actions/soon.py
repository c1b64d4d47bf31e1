"""How soon there would be an answer, as the last one worked it out."""

import json
from typing import Any

from backstride.answer.answer import FORMAT, DaysNeeded, Question
from backstride.diary.kept_answer import kept_answer
from backstride.diary.store import Store


def soon_for(store: Store, person: int) -> tuple[DaysNeeded, ...]:
    """What the last answer of one person says of the days still needed; nothing without one of this version."""
    kept = kept_answer(store, person)
    numbers: dict[str, Any] = json.loads(kept.numbers) if kept is not None and kept.numbers else {}
    if numbers.get("format") != FORMAT:
        return ()
    return tuple(
        DaysNeeded(**need | {"question": Question(need["question"])}) for need in numbers["days_needed"]
    )
