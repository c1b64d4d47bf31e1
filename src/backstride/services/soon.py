"""How soon there would be an answer, as the last one worked it out."""

import json
from typing import Any

from backstride.answer.answer import FORMAT, DaysNeeded
from backstride.answer.kinds import Question
from backstride.diary.answer_cache import cached_answer
from backstride.diary.store import Store


def soon_for(store: Store, person: int) -> tuple[DaysNeeded, ...]:
    """Return the days still needed by one person's last answer; empty without one of this version."""
    cached = cached_answer(store, person)
    numbers: dict[str, Any] = json.loads(cached.numbers) if cached is not None and cached.numbers else {}
    if numbers.get("format") != FORMAT:
        return ()
    return tuple(
        DaysNeeded(**need | {"question": Question(need["question"])}) for need in numbers["days_needed"]
    )
