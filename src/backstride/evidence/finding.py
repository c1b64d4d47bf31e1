"""One row of the evidence table, as data."""

from dataclasses import dataclass
from decimal import Decimal

from backstride.core.measurement import Pathway
from backstride.core.source import Source
from backstride.evidence.figure import Figure, Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that somebody found.

    Attributes:
        says: in plain words.
        sample: in whom; None where it is advice or a sum of ours.
        figures: the numbers, one row each; every number in `says` is one of them, or one of the sample.
        source: where it was read.
    """

    says: str
    sample: Sample | None = None
    figures: tuple[Figure, ...] = ()
    source: Source

    @property
    def numbers(self) -> frozenset[Decimal]:
        """Every number that its rows carry."""
        counts = (self.sample.people, self.sample.studies, self.sample.review) if self.sample else ()
        known = (Decimal(count) for count in counts if count is not None)
        return frozenset((*known, *(n for one in self.figures for n in one.numbers)))


@dataclass(frozen=True, slots=True)
class Grade:
    """How well a pathway is borne out as a way by which running lowers a person's pain.

    Attributes:
        letter: A strong, B fair, C mixed, D weak, E contradicted; with + or -.
        says: the same in plain words.
    """

    letter: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What the model believes of a pathway before it sees any records, field by field as the model keeps it.

    Attributes:
        unit: what one standard unit of the measure is, in words.
        phi_mean, phi_sd: how much of yesterday's value stays.
        reach: sd of what 30 minutes of running a day for ever would change, in units.
        delta_sd: sd of the pain caused by one unit, points of 0-10; the mean is 0, either way is possible.
        daily_sd, error_sd: scales of day-to-day noise and of a measure's own error, in units.
        why: why so wide and no wider, in plain words.
        figures: our own choices that `unit` and `why` name.
    """

    unit: str
    phi_mean: float
    phi_sd: float
    reach: float
    delta_sd: float
    daily_sd: float
    error_sd: float
    why: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayEvidence:
    """One pathway: the article's claim, what speaks for and against it, and what the model makes of it.

    Attributes:
        pathway: which.
        claim: the claim in the article's own sense.
        supports, against: findings.
        grade: our reading of them.
        verdict: one or two plain sentences.
        learnable: what one person's own records can say about it.
        belief: the prior that is used.
        article: the numbers of the article that claim, grade or verdict name.
    """

    pathway: Pathway
    claim: str
    supports: tuple[Finding, ...]
    against: tuple[Finding, ...]
    grade: Grade
    verdict: str
    learnable: str
    belief: Belief
    article: tuple[Figure, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Both sides."""
        return self.supports + self.against
