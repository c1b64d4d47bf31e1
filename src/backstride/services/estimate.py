"""Estimate the effects of running from one person's records, without files: for scripts and notebooks."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backstride.answer.answer import Answer, Truth
from backstride.answer.kinds import Check
from backstride.cohort.prior_file import MAX_BYTES, CohortPrior, read_prior
from backstride.cohort.small_file import read_small_file
from backstride.core.pain_since import PainSince
from backstride.core.records import Records, not_in_future
from backstride.diary.daily import daily_series
from backstride.diary.series import DailySeries
from backstride.errors import BadInput, BadValue
from backstride.runtime.jit_cache import configure_numba_cache

if TYPE_CHECKING:  # the engine is loaded only after its cache folder is named
    from xarray import DataTree

    from backstride.answer.answer import Doubt
    from backstride.answer.cohort_line import CohortLine
    from backstride.answer.effect import Effect
    from backstride.answer.effects import Fitted

StageProgress = Callable[[str, float], None]
"""Called with a stage ('loading', 'compiling', 'sampling', 'doubts', 'writing') and the share of it that is done.

The verdicts are final when 'sampling' ends; the checks and the writing of files follow.
"""

MIN_WORTHWHILE, MAX_WORTHWHILE = 0.5, 2.0


@dataclass(frozen=True, slots=True)
class ModelFit:
    """The model fitted to one person's records, with its posterior draws and checks that run on demand.

    Attributes:
        week, season: both effects with their verdicts, as in `Answer`.
        fitted: the main analysis: the design (with the daily series in use), the posterior draws and both contrasts
            under posterior and prior.
    """

    week: "Effect"
    season: "Effect"
    fitted: "Fitted"
    _checks: "Mapping[Check, Callable[[], Doubt]]"

    @property
    def series(self) -> DailySeries:
        """The daily series in use, from the first to the last rated morning."""
        return self.fitted.design.recorded

    def check(self, name: Check | str) -> "Doubt":
        """Run one check of the answer.

        Args:
            name: a `Check`, or its text, as in "placebo". Some checks fit the model again, which takes seconds.

        Returns:
            The result and the numbers that it found.

        Raises:
            BadValue: there is no check of that name.
        """
        try:
            chosen = Check(name)
        except ValueError as error:
            raise BadValue(
                f"There is no check called {name!r}.", advice=f"Choose one of: {', '.join(Check)}."
            ) from error
        return self._checks[chosen]()

    def to_xarray(self) -> "DataTree":
        """Convert the posterior draws to an xarray DataTree with ArviZ's groups. Needs the extra `xarray`.

        Returns:
            Groups `posterior` (chain, draw), `prior` (effects under the prior), `observed_data` (one row a day) and
            `constant_data`; docs/python.md lists the variables.

        Raises:
            BadInput: xarray is not installed.
        """
        try:
            from backstride.services.inference_data import inference_data  # noqa: PLC0415
        except ModuleNotFoundError as error:
            if error.name is None or error.name.split(".")[0] != "xarray":
                raise
            raise BadInput(
                "xarray is not installed.", advice="Install it: pip install 'backstride[xarray]'"
            ) from error
        return inference_data(self.fitted)


def estimate(
    records: Records,
    *,
    zone: ZoneInfo,
    seed: int,
    worthwhile: float = 1.0,
    pain_since: PainSince | None = None,
    progress: StageProgress | None = None,
    truth: Truth | None = None,
    now: datetime | None = None,
    cohort: CohortPrior | None = None,
) -> Answer:
    """Estimate both effects of running, with verdicts, checks and diagnostics; nothing is written.

    Args:
        records: everything known of the person.
        zone: the person's own zone, for days without a check-in.
        seed: of the sampler; the same seed and the same versions give the same answer; 0 or more.
        worthwhile: the smallest change worth the effort of running, 0.5 to 2 points of the 0-10 rating.
        pain_since: how long the back has hurt; None where it is not known.
        progress: called with the stage and the share of it that is done.
        truth: the true effects of a simulated person, passed through to the answer.
        now: records later than this (two days of wrong clocks allowed) are left out; the clock's unless given.
        cohort: what a study published of others (`read_cohort_prior`); `answer.cohort` then holds a line beside the
            season. No verdict changes.

    Returns:
        The whole answer; `answer.week` and `answer.season` hold the effects in points.

    Raises:
        BadValue: `worthwhile` or `seed` is out of range.
        NoAnswer: there are too few records, or the sampler failed.
    """
    check_options(worthwhile, seed)
    on_stage = progress if progress is not None else _ignore
    series = _past_series(records, zone, now)
    prepare_engine(on_stage)
    from backstride.answer.ask import answer_question  # noqa: PLC0415

    return answer_question(
        series,
        seed=seed,
        worthwhile=worthwhile,
        pain_since=pain_since,
        progress=on_stage,
        truth=truth,
        cohort=None if cohort is None else line_beside(cohort, worthwhile),
    )


def line_beside(cohort: CohortPrior, worthwhile: float) -> "Callable[[Fitted, Effect], CohortLine | None]":
    """Return what puts a cohort's line beside a person's season, for `answer_question`."""
    from backstride.cohort.line import line_of  # noqa: PLC0415 - the engine's folder is named now

    return partial(line_of, cohort, worthwhile=worthwhile)


def read_cohort_prior(path: Path) -> CohortPrior:
    """Read what a study published of others' seasons, the file of `backstride cohort prior`.

    Raises:
        NotReadable: it cannot be opened, or is too long.
        BadTable: it is no such file.
    """
    text = read_small_file(
        path, shown=str(path), most_bytes=MAX_BYTES, kind="a cohort's", advice="Ask the study for its file."
    )
    return read_prior(text, name=path.name)


def fit_model(
    records: Records,
    *,
    zone: ZoneInfo,
    seed: int,
    worthwhile: float = 1.0,
    pain_since: PainSince | None = None,
    progress: StageProgress | None = None,
    now: datetime | None = None,
) -> ModelFit:
    """Fit the model and keep the draws; no check is run until it is asked for.

    The verdicts are those of `estimate` with the same arguments, which are described there.

    Raises:
        BadValue: `worthwhile` or `seed` is out of range.
        NoAnswer: there are too few records, or the sampler failed.
    """
    check_options(worthwhile, seed)
    on_stage = progress if progress is not None else _ignore
    series = _past_series(records, zone, now)
    prepare_engine(on_stage)
    from backstride.answer.ask import effects_with_gate  # noqa: PLC0415
    from backstride.answer.checks import checks_by_name  # noqa: PLC0415
    from backstride.answer.design import design  # noqa: PLC0415
    from backstride.answer.panel import Panel  # noqa: PLC0415

    panel = Panel(
        design(series, pain_since=pain_since),
        seed=seed,
        worthwhile=worthwhile,
        progress=lambda share: on_stage("sampling", share),
    )
    _, fitted, (week, season) = effects_with_gate(panel)
    panel.finish_progress()
    return ModelFit(week, season, fitted, checks_by_name(panel, fitted, (week, season)))


def prepare_engine(on_stage: StageProgress) -> None:
    """Name the folder of the compiled engine, and compile it where that was not done before."""
    on_stage("loading", 0.0)
    configure_numba_cache()
    # the engine's folder must be named before numba is first imported
    from backstride.model.ahead import compile_ahead  # noqa: PLC0415
    from backstride.model.compiled import is_compiled  # noqa: PLC0415

    if not is_compiled():
        on_stage("compiling", 0.0)
        compile_ahead()


def check_options(worthwhile: float, seed: int) -> None:
    """Check the options of an estimate.

    Raises:
        BadValue: `worthwhile` or `seed` is out of range.
    """
    if not (math.isfinite(worthwhile) and MIN_WORTHWHILE <= worthwhile <= MAX_WORTHWHILE):
        raise BadValue(
            f"A worthwhile change of {worthwhile:g} points cannot be used.",
            advice=f"Choose one from {MIN_WORTHWHILE:g} to {MAX_WORTHWHILE:g} points; 1 is usual.",
        )
    if not 0 <= seed < 2**63:
        raise BadValue(f"The seed {seed} cannot be used.", advice="Choose a whole number, 0 or more.")


def _past_series(records: Records, zone: ZoneInfo, now: datetime | None) -> DailySeries:
    past, _ = not_in_future(records, now=now or datetime.now(UTC))
    return daily_series(past, zone=zone)


def _ignore(stage: str, share: float) -> None:
    """Report no progress."""
