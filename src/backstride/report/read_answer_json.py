"""The kept answer read back: what the report for a clinician takes from the numbers that `answer_json` wrote."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from backstride.answer.answer import FORMAT
from backstride.answer.kinds import DoubtResult, LookingBack, Question, TierLetter, Verdict
from backstride.report.reported_answer import ReportedAnswer, ReportedEffect


def read_answer_json(numbers: str) -> ReportedAnswer | None:
    """Read an answer back from its JSON.

    Args:
        numbers: JSON as `answer_json` writes it.

    Returns:
        None where another version of backstride wrote it, for its names may mean something else.
    """
    whole: dict[str, Any] = json.loads(numbers)
    if whole.get("format") != FORMAT:
        return None
    facts = whole["facts"]
    return ReportedAnswer(
        first_day=date.fromisoformat(facts["first_day"]),
        last_day=date.fromisoformat(facts["last_day"]),
        check_ins=facts["check_ins"],
        run_days=facts["run_days"],
        worthwhile=facts["worthwhile"],
        week=_effect(whole["week"]),
        season=_effect(whole["season"]),
        doubts=tuple((doubt["name"], DoubtResult(doubt["result"])) for doubt in whole["doubts"]),
    )


def _effect(data: Mapping[str, Any]) -> ReportedEffect:
    reason, tier, estimate = data["reason"], data["tier"], data["estimate"]
    return ReportedEffect(
        question=Question(data["question"]),
        verdict=Verdict(data["verdict"]),
        hurdle=reason["hurdle"] if reason else "",
        too_small=data["too_small"],
        caused=data["caused"],
        mean=estimate["mean"],
        p_less_pain=data["p_less_pain"],
        interval_80=_interval(estimate["interval_80"]),
        interval_95=_interval(estimate["interval_95"]),
        left_open=_widest([estimate, *(row["estimate"] for row in data["panel"])]),
        tier=TierLetter(tier["letter"]),
        rated_before_run=tier["rated_before_run"] or 0.0,
        hours_to_run=tier["hours_to_run"],
        looking_back=LookingBack(tier["looking_back"]) if tier["looking_back"] else None,
        drawn_weeks=tier["drawn_weeks"] or 0.0,
        data_share=data["data_share"],
    )


def _widest(estimates: list[Mapping[str, Any]]) -> tuple[float, float] | None:
    intervals = [_interval(estimate["interval_95"]) for estimate in estimates]
    known = [interval for interval in intervals if interval is not None]
    if len(known) < len(intervals):
        return None
    return min(low for low, _high in known), max(high for _low, high in known)


def _interval(bounds: list[float | None]) -> tuple[float, float] | None:
    lower, upper = bounds
    return None if lower is None or upper is None else (lower, upper)
