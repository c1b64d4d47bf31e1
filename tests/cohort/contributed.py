"""Contributions that nobody had to be fitted for."""

import numpy as np

from backstride.cohort.contribution import Contribution, LikelihoodPart
from backstride.cohort.contribution_file import contribution_json


def contribution(number, *, blocks=False, **changed):
    """One person's contribution, whose numbers nobody else has."""
    rng = np.random.default_rng(number)
    parts = tuple(
        LikelihoodPart(
            share=share,
            week=round(float(rng.normal(-0.4, 0.2)), 2),
            week_sd=0.25,
            season=round(float(rng.normal(-0.8, 0.5)), 2),
            season_sd=0.9,
            correlation=0.5,
        )
        for share in (0.6, 0.4)
    )
    fields = {
        "key": f"{number:032x}",
        "month": "2026-11",
        "consent": 1,
        "answer_version": 2,
        "days": "84 to 111",
        "week_tier": "A" if blocks else "B",
        "season_tier": "A" if blocks else "B",
        "pain": "2 to 4",
        "minutes": "60 to 120",
        "traits": {"sex": "female"},
        "parts": parts,
        "effective": 300,
    }
    return Contribution(**(fields | changed))


def files_of(folder, contributions):
    """Write contributions into a folder, as a study receives them."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in contributions:
        (folder / f"from-{one.key[-4:]}.json").write_text(contribution_json(one))
    return folder
