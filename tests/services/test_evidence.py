"""Looking a pathway up."""

import pytest

from backstride.core.measurement import Pathway
from backstride.errors import BadValue
from backstride.services.evidence import pathway_evidence, pathway_names, weight_forecast


@pytest.mark.parametrize("pathway", Pathway)
def test_each_pathway_has_two_names(pathway):
    """The short name and the full one find the same row, in any case of letters."""
    assert pathway_evidence(pathway.name).pathway is pathway
    assert pathway_evidence(pathway.value).pathway is pathway
    assert pathway.name.lower() in pathway_names()


def test_another_name_is_told_with_those_there_are():
    """The message lists the names."""
    with pytest.raises(BadValue, match="core, weight, lifestyle"):
        pathway_evidence("spleen")


def test_weight_is_forecast_for_twelve_weeks():
    """The action looks 84 days ahead."""
    assert weight_forecast(80, weekly_minutes=60).days == 84
