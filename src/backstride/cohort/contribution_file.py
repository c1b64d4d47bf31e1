"""A contribution as a file: JSON that a person can read, every value of which is checked when it is read."""

import json
import re
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from backstride.answer.kinds import TierLetter
from backstride.cohort.checked_json import MONTH, is_number, read_checked
from backstride.cohort.contribution import (
    CONSENT_VERSION,
    CORRELATIONS,
    MEANS,
    MINUTE_BANDS,
    PAIN_BANDS,
    SDS,
    TRAITS,
    Contribution,
    LikelihoodPart,
    days_band,
)
from backstride.errors import BadTable

FORMAT = "backstride contribution 1"
MAX_BYTES = 65_536
ABOUT = (
    "One person's contribution to a cohort. It holds no day, no rating, no run and no name; it is about one person's "
    "health all the same, and so it is pseudonymous, not anonymous. Who holds its key may take it back."
)
KEY: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_DAYS = re.compile(r"(\d{1,5}) to (\d{1,5})", re.ASCII)


def contribution_json(contribution: Contribution) -> str:
    """Write a contribution as JSON that a person can read."""
    return (
        json.dumps(
            {
                "format": FORMAT,
                "about": ABOUT,
                "key": contribution.key,
                "consent": {"version": contribution.consent, "month": contribution.month},
                "answer_version": contribution.answer_version,
                "diary": {
                    "days": contribution.days,
                    "tier of the week": contribution.week_tier,
                    "tier of the season": contribution.season_tier,
                    "usual pain": contribution.pain,
                    "usual minutes a week": contribution.minutes,
                },
                "person": dict(contribution.traits),
                "effects": [
                    {
                        "share": part.share,
                        "week": part.week,
                        "week sd": part.week_sd,
                        "season": part.season,
                        "season sd": part.season_sd,
                        "correlation": part.correlation,
                    }
                    for part in contribution.parts
                ],
                "effective draws": contribution.effective,
            },
            indent=2,
        )
        + "\n"
    )


def read_contribution(text: str, *, name: str) -> Contribution:
    """Read a contribution; every value is checked, and nothing beside them is taken.

    Args:
        text: of the file.
        name: of the file, for the sentence.

    Raises:
        BadTable: it is none, or a value of it is not possible.
    """
    return read_checked(
        text,
        partial(_checked, name=name),
        file_format=FORMAT,
        most_bytes=MAX_BYTES,
        refused=partial(_refused, name),
    )


def _checked(found: Mapping[str, Any], name: str) -> Contribution:
    diary, consent, person = found["diary"], found["consent"], dict(found["person"])
    allowed = {
        "key": bool(KEY.fullmatch(found["key"])),
        "month": bool(MONTH.fullmatch(consent["month"])),
        "consent": _is_whole(consent["version"], 1, CONSENT_VERSION),
        "answer_version": _is_whole(found["answer_version"], 1, 9_999),
        "days": _is_days_band(diary["days"]),
        "tiers": {diary["tier of the week"], diary["tier of the season"]}
        <= {tier.value for tier in TierLetter},
        "usual pain": diary["usual pain"] in {band for _, band in PAIN_BANDS},
        "usual minutes a week": diary["usual minutes a week"] in {band for _, band in MINUTE_BANDS},
        "person": all(value in TRAITS.get(trait, ()) for trait, value in person.items()),
        "effects": isinstance(found["effects"], list) and len(found["effects"]) == 2,
        "effective draws": _is_whole(found["effective draws"], 1, 10**9),
    }
    if wrong := [field for field, is_possible in allowed.items() if not is_possible]:
        raise _refused(name, f"its {', '.join(wrong)} cannot be")
    return Contribution(
        found["key"],
        consent["month"],
        consent["version"],
        found["answer_version"],
        diary["days"],
        diary["tier of the week"],
        diary["tier of the season"],
        diary["usual pain"],
        diary["usual minutes a week"],
        {trait: person[trait] for trait in TRAITS if trait in person},
        tuple(_part(part, name) for part in found["effects"]),
        found["effective draws"],
    )


def _part(found: Mapping[str, Any], name: str) -> LikelihoodPart:
    limits = {
        "share": (0.001, 1.0),
        "week": MEANS,
        "week sd": SDS,
        "season": MEANS,
        "season sd": SDS,
        "correlation": CORRELATIONS,
    }
    values = []
    for field, (least, most) in limits.items():
        value = found[field]
        if not is_number(value, least, most):
            raise _refused(name, f"its {field} lies outside {least:g} to {most:g}")
        values.append(float(value))
    return LikelihoodPart(*values)


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and is_number(value, least, most)


def _is_days_band(text: str) -> bool:
    found = _DAYS.fullmatch(text)
    return found is not None and days_band(int(found[1])) == text


def _refused(name: str, why: str) -> BadTable:
    return BadTable(
        f"{name} is no contribution that can be used: {why}.",
        advice="Make it anew with: backstride cohort contribute",
    )
