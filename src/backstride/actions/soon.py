"""How soon there would be an answer, as the last one worked it out."""

import json
from typing import Any

from backstride.answer.answer import DaysNeeded, Question
from backstride.diary.kept_answer import kept_answer
from backstride.diary.store import Store


def soon_for(store: Store, person: int) -> tuple[DaysNeeded, ...]:
    """What the last answer of one person says of the days still needed; nothing where there is none."""
    kept = kept_answer(store, person)
    if kept is None or not kept.numbers:
        return ()
    needs = json.loads(kept.numbers).get("days_needed", [])
    return tuple(_need(need) for need in needs)


def _need(need: dict[str, Any]) -> DaysNeeded:
    # an answer kept by an earlier version may lack some of the draws
    drawn = ("days_drawn", "weeks_drawn", "two_week_blocks", "four_week_blocks")
    of_designs = {name: need.get(name) for name in ("own_days", *drawn)}
    return DaysNeeded(Question(need["question"]), **of_designs, horizon=need["horizon"])
