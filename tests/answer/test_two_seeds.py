"""No seed decides: the Monte Carlo rule on posteriors whose draws are made, not sampled."""

from types import SimpleNamespace

import numpy as np
import pytest

from backstride.answer.kinds import Analysis, Question
from backstride.answer.monte_carlo import share
from backstride.answer.rulings import _ruled
from backstride.answer.verdict import happens, threshold

DRAWS = (1250, 5000, 20000)
WIDER = {Analysis.MAIN: (1.0, 1.0), Analysis.DATA_ALONE: (1.1, 1.3), Analysis.FREER: (0.8, 1.2)}
STAYS = 0.7


class MadeUp:
    """A panel whose rows are normal posteriors, drawn as slowly moving chains."""

    worthwhile = 1.0
    latest_half = None

    def __init__(self, mean: float, sd: float, seed: int) -> None:
        self.mean, self.sd, self.seed = mean, sd, seed
        self.level = dict.fromkeys(WIDER, 0)
        self.kept: dict[tuple[Analysis, int], np.ndarray] = {}

    def draws(self, analysis: Analysis) -> np.ndarray:
        """(4, n) as far as the row was sampled."""
        key = (analysis, self.level[analysis])
        if key not in self.kept:
            rng = np.random.default_rng([self.seed, list(WIDER).index(analysis)])
            noise = rng.normal(size=(DRAWS[key[1]], 4))
            for t in range(1, len(noise)):
                noise[t] = STAYS * noise[t - 1] + np.sqrt(1.0 - STAYS**2) * noise[t]
            times_mean, times_sd = WIDER[analysis]
            self.kept[key] = (times_mean * self.mean + times_sd * self.sd * noise).T
        return self.kept[key]

    def passes(self, analysis, _question, event):
        """By the draws that there are."""
        draws = self.draws(analysis)
        return share(happens(event, draws, 1.0), draws).passes(threshold(analysis, event))

    def row(self, analysis: Analysis) -> SimpleNamespace:
        """The same draws, for the share that a reason names."""
        return SimpleNamespace(totals=dict.fromkeys(Question, self.draws(analysis)))

    def more(self, analysis: Analysis) -> bool:
        """The next number of draws, while there is one."""
        if self.level[analysis] == len(DRAWS) - 1:
            return False
        self.level[analysis] += 1
        return True


def said(mean: float, sd: float, seed: int) -> str:
    """What is said of the season."""
    return _ruled(Question.SEASON, MadeUp(mean, sd, seed), is_drawn=False).verdict.value


def disagreeing(people: int) -> float:
    """Share of people of whom two seeds say different things."""
    rng = np.random.default_rng(5)
    means, sds = rng.normal(0.0, 0.8, people), rng.uniform(0.2, 0.6, people)
    return float(
        np.mean(
            [
                said(m, s, 2 * i) != said(m, s, 2 * i + 1)
                for i, (m, s) in enumerate(zip(means, sds, strict=True))
            ]
        )
    )


def test_two_seeds_say_the_same_of_nearly_everybody():
    """Sixty posteriors of every kind: at most one is told differently."""
    assert disagreeing(60) <= 1 / 60


@pytest.mark.slow
def test_two_seeds_say_the_same_of_99_in_100():
    """A thousand posteriors, within two standard errors."""
    assert disagreeing(1000) <= 0.01 + 2 * np.sqrt(0.01 * 0.99 / 1000)
