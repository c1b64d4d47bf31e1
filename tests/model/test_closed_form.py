"""Both Deltas of the same draws, by the product and by their definition written down once more."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from backstride.answer.deltas import MORNINGS_OF
from backstride.answer.kinds import Question
from backstride.model.data import PATHWAYS
from backstride.model.effect import contrast, effect_draws

closed_form = runpy.run_path(str(Path(__file__).with_name("closed_form.py")))
DOSE, MEAN_DOSE, RUN_SHARE = 0.43, 0.51, 0.6


@pytest.fixture(scope="module", params=list(Question), ids=lambda question: question.value)
def both(request, posterior):
    """The contrast of both arms, and the same from its definition."""
    first, last = MORNINGS_OF[request.param]
    usual = request.param is Question.WEEK
    rows = effect_draws(posterior, mean_dose=MEAN_DOSE, usual=usual, run_share=RUN_SHARE)
    product = contrast(rows, np.full(last, DOSE), np.zeros(last), mornings=(first, last))
    defined = closed_form["both_arms"](
        {name: posterior.of(name).ravel() for name in posterior.columns.names},
        [PATHWAYS[k] for k in (1, 3)],
        start="usual" if usual else "last",
        dose=DOSE,
        mean_dose=MEAN_DOSE,
        run_share=RUN_SHARE,
        mornings=(first, last),
    )
    return product, defined


def test_the_delta_is_its_definition(both):
    """Mean of E[y] with runs less mean of E[y] without, draw by draw."""
    product, defined = both
    np.testing.assert_allclose(product.total, defined.delta, rtol=0, atol=1e-9)


def test_each_part_is_its_definition(both):
    """What is left of the effect where all other ways are closed, draw by draw."""
    product, defined = both
    np.testing.assert_allclose(
        product.parts, np.stack(list(defined.parts.values()), axis=1), rtol=0, atol=1e-9
    )


def test_the_parts_add_up_to_the_definition(both):
    """All ways and the flares together are the whole difference, draw by draw."""
    _, defined = both
    np.testing.assert_allclose(sum(defined.parts.values()), defined.delta, rtol=0, atol=1e-9)
