"""The words of the tests: plain, and without a promise."""

import pytest

from backstride.core.measurement import MeasurementKind
from backstride.report.guides import about_tests, guide, leave_out, stop_at_once

from .reading import forbidden, grade, sentences

GUIDES = [guide(kind) for kind in MeasurementKind]
TEXTS = [
    *(text for g in GUIDES for text in (g.measures, *g.steps, g.ends, g.picture)),
    *about_tests(),
    *leave_out(),
    *stop_at_once(),
]


@pytest.mark.parametrize("text", dict.fromkeys(TEXTS), ids=lambda text: text[:40])
def test_every_sentence_is_plain_and_allowed(text):
    """School grade 8 at most, and no word that a diary must not use."""
    assert round(grade(sentences(text)), 1) <= 8.0
    assert forbidden(text) == []


def test_no_two_tests_have_the_same_words():
    """Each has its own name, drawing and end."""
    assert len({(g.name, g.picture, g.ends) for g in GUIDES}) == len(MeasurementKind)
