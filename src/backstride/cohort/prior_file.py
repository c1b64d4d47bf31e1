"""The file that goes back to diaries: what the seasons of people whose blocks chance drew teach about one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from backstride.answer.cohort_line import PeopleLike, PeopleShares, Share
from backstride.cohort.checked_json import MONTH, is_number, read_checked
from backstride.errors import BadTable

FORMAT = "backstride cohort prior 1"
MAX_BYTES = 1_000_000
MAX_RATIOS = 200
_LIMITS: Final[Mapping[str, tuple[float, float]]] = {
    "slope": (-20.0, 20.0),
    "sd": (0.001, 20.0),
    "freedom": (1.0, 1000.0),
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """One draw of how the season goes with the week: t_freedom(slope * week, sd) in points, without an intercept."""

    slope: float
    sd: float
    freedom: float


@dataclass(frozen=True, slots=True)
class CohortPrior:
    """What a diary needs to know of a cohort.

    Attributes:
        month: of the release, as in 2026-11.
        people: how many it rests on; None where that is not shown.
        randomised: of how many of them chance drew the blocks; None where that is not shown.
        worthwhile: by which change a person counts as helped or harmed, points.
        ratios: draws of the population.
        week, season: shares of people; the season's over the randomised alone.
        like: the same of those under a usual pain of 4, and of those at 4 or more; none where either are too few.
    """

    month: str
    people: int | None
    randomised: int | None
    worthwhile: float
    ratios: tuple[Ratio, ...]
    week: PeopleShares
    season: PeopleShares
    like: tuple[PeopleLike, ...] = ()


def prior_json(prior: CohortPrior) -> str:
    """Write it as JSON."""
    whole = {
        "format": FORMAT,
        "about": (
            "What the seasons of many people teach about one person's, at 90 minutes of running a week. "
            "No person's numbers are in it."
        ),
        "month": prior.month,
        "people": prior.people,
        "randomised": prior.randomised,
        "worthwhile": prior.worthwhile,
        "week": _shares_out(prior.week),
        "season": _shares_out(prior.season),
        "like": [
            {
                "has_more_pain": one.has_more_pain,
                "randomised": one.randomised,
                "season": _shares_out(one.season),
            }
            for one in prior.like
        ],
        "ratios": [[ratio.slope, ratio.sd, ratio.freedom] for ratio in prior.ratios],
    }
    return json.dumps(whole, allow_nan=False) + "\n"


def read_prior(text: str, *, name: str) -> CohortPrior:
    """Read it; every value is checked.

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


def _checked(found: Mapping[str, Any], name: str) -> CohortPrior:
    ratios = tuple(
        Ratio(*(_number(value, *limits) for value, limits in zip(one, _LIMITS.values(), strict=True)))
        for one in found["ratios"]
    )
    if not 1 <= len(ratios) <= MAX_RATIOS or not MONTH.fullmatch(found["month"]):
        raise _refused(name, "it has no ratios, too many, or no month")
    return CohortPrior(
        found["month"],
        _count(found["people"]),
        _count(found["randomised"]),
        _number(found["worthwhile"], 0.0, 10.0),
        ratios,
        _shares_in(found["week"]),
        _shares_in(found["season"]),
        tuple(_like_in(one) for one in found.get("like", ())),
    )


def _shares_out(shares: PeopleShares) -> dict[str, list[float]]:
    return {
        "helped": list(shares.helped),
        "no_matter": list(shares.no_matter),
        "harmed": list(shares.harmed),
    }


def _shares_in(found: Mapping[str, Any]) -> PeopleShares:
    return PeopleShares(*(_share(found[name]) for name in ("helped", "no_matter", "harmed")))


def _like_in(found: Mapping[str, Any]) -> PeopleLike:
    return PeopleLike(
        bool(_number(int(found["has_more_pain"]), 0, 1)),
        int(_number(found["randomised"], 0, 10**9)),
        _shares_in(found["season"]),
    )


def _share(found: Any) -> Share:  # noqa: ANN401 - a value of JSON
    mean, low, high = (_number(value, 0.0, 1.0) for value in found)
    return mean, low, high


def _number(value: Any, least: float, most: float) -> float:  # noqa: ANN401 - a value of JSON
    if not is_number(value, least, most):
        raise BadTable(
            f"{str(value)[:20]} lies outside {least:g} to {most:g}.", advice="Ask the study for its file."
        )
    return float(value)


def _count(value: Any) -> int | None:  # noqa: ANN401 - a value of JSON
    return None if value is None else int(_number(value, 0, 10**9))


def _refused(name: str, why: str) -> BadTable:
    return BadTable(
        f"{name} is not the study's file: {why}.",
        advice="The file is named prior.json. Ask the study for it.",
    )
