"""A panel whose analyses are given as draws: what is said of them is the shipped rule's, and nothing is fitted."""

from collections.abc import Mapping
from types import SimpleNamespace

import numpy as np

from backstride.answer.design import Design
from backstride.answer.kinds import Analysis, Question
from backstride.answer.panel import DRAWS, Panel, Row
from backstride.answer.settling import Health

Given = Mapping[Analysis, tuple[float, float]]
SOUND, ADRIFT = Health(1.001, 3000.0, 3000.0), Health(1.4, 20.0, 20.0)
CHAINS, EACH = 4, 1000


def normal(mean: float, sd: float, *, seed: int = 1) -> np.ndarray:
    """(chains, n) independent draws whose mean and sd are these exactly."""
    x = np.random.default_rng(seed).standard_normal((CHAINS, EACH))
    return mean + sd * (x - x.mean()) / x.std()


class FixedPanel(Panel):
    """Each analysis has the same normal draws of week and season, which cannot be added to."""

    def __init__(
        self, design: Design, given: Given, *, health: Health = SOUND, has_halves: bool = False
    ) -> None:
        """Take mean and sd of each analysis; one that is not given must not be asked for."""
        super().__init__(design, seed=1, worthwhile=1.0)
        self.latest_half = design if has_halves else None
        posterior = SimpleNamespace(
            draws=np.zeros((CHAINS, EACH, 1)), settings=SimpleNamespace(draws=DRAWS[-1])
        )
        for analysis, (mean, sd) in given.items():
            found = SimpleNamespace(total=normal(mean, sd).ravel())
            contrasts, healths = dict.fromkeys(Question, found), dict.fromkeys(Question, health)
            self._rows[analysis] = Row(analysis, posterior, contrasts, healths)

    def _sample(self, analysis: Analysis, draws: int) -> None:
        raise AssertionError(f"{analysis} with {draws} draws was asked for")
