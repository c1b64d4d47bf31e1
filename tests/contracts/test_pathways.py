"""Each pathway is known to every layer: none can be added to one and forgotten in another."""

from backstride.core.measurement import Pathway
from backstride.diary.standardise import OF_CHECK_INS, OF_MEASUREMENTS
from backstride.model.data import PATHWAYS
from backstride.model.priors import PATHWAY_PRIORS
from backstride.report.pathways import PATH_WORDS
from backstride.testing.parameters import WAYS


def test_the_model_knows_every_pathway_in_order():
    """It may not import the records' names, so it has its own list; the order is that of its indices."""
    assert list(PATHWAYS) == list(PATHWAY_PRIORS) == list(Pathway)


def test_every_pathway_has_words():
    """How it is called, and what to record for it."""
    assert set(Pathway) <= set(PATH_WORDS)


def test_every_pathway_is_recorded_and_simulated():
    """A question or a home test measures it, and simulated people have it."""
    assert {one.pathway for one in (*OF_CHECK_INS.values(), *OF_MEASUREMENTS.values())} == set(Pathway)
    assert list(WAYS) == list(Pathway)
