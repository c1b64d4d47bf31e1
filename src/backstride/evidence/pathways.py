"""The table of pathways: the article's five, and the one that the trials add, in the model's order."""

from backstride.core.measurement import Pathway
from backstride.evidence.daily_pathways import CONFIDENCE, LIFESTYLE, MOOD
from backstride.evidence.finding import PathwayEvidence
from backstride.evidence.slow_pathways import CORE, TIGHTNESS, WEIGHT

PATHWAYS: tuple[PathwayEvidence, ...] = (CORE, WEIGHT, LIFESTYLE, MOOD, TIGHTNESS, CONFIDENCE)

ABOUT: dict[Pathway, PathwayEvidence] = {row.pathway: row for row in PATHWAYS}
