"""Answers to report on: one for every way an answer can turn out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from statistics import NormalDist

import pytest

from backstride.answer.answer import (
    Answer,
    DayPoint,
    DaysNeeded,
    Diagnostics,
    DosePoint,
    Doubt,
    Facts,
    Gate,
    LagPoint,
    RiseChance,
    Truth,
)
from backstride.answer.effect import Effect, Estimate, PanelRow, PathPart, PriorLine, Reason, Tier
from backstride.answer.kinds import (
    Analysis,
    Check,
    DoubtResult,
    Hurdle,
    LookingBack,
    Opener,
    Question,
    TierLetter,
    Verdict,
)

UNKNOWN = float("nan")
A = Tier(TierLetter.RANDOMISED, 0.97, 1.2, 12.0, 12.0, 0.83, 6)
B = Tier(TierLetter.MORNING_FIRST, 0.94, 1.2, 0.0, 0.0, None, 0)
C = Tier(TierLetter.LOOKING_BACK, 0.12, None, 0.0, 0.0, None, 0, LookingBack.NO_ORDER)
EVENING = Tier(TierLetter.LOOKING_BACK, 0.95, 10.6, 0.0, 0.0, None, 0, LookingBack.TOO_EARLY)

REASONS = {
    Hurdle.TOO_FEW_RUNS: Reason(Hurdle.TOO_FEW_RUNS, None, {"run_days": 3.0, "least": 6.0}, (Opener.RUNS,)),
    Hurdle.NO_ORDER: Reason(
        Hurdle.NO_ORDER, None, {"rated_before_run": 0.12}, (Opener.RATING_BEFORE, Opener.DRAW)
    ),
    Hurdle.RAMP: Reason(
        Hurdle.RAMP, None, {"explained_by_time": 0.97}, (Opener.BLOCKS, Opener.CHANGE_OF_LOAD)
    ),
    Hurdle.STEADY: Reason(Hurdle.STEADY, None, {"lowest": 0.9, "highest": 1.1}, (Opener.BLOCKS,)),
    Hurdle.PAST_PAIN: Reason(Hurdle.PAST_PAIN, None, {"p": 0.0005}, (Opener.BLOCKS,)),
    Hurdle.LASTING_CAUSE: Reason(Hurdle.LASTING_CAUSE, None, {}, (Opener.BLOCKS,)),
    Hurdle.RUN_LENGTHS: Reason(
        Hurdle.RUN_LENGTHS, None, {"minutes": 60.0, "short": -1.2, "long": 1.9}, (Opener.ONE_LENGTH,)
    ),
    Hurdle.RUN_SEQUENCE: Reason(
        Hurdle.RUN_SEQUENCE, None, {"days": 3.0, "points": 1.6}, (Opener.WHOLE_WEEKS,)
    ),
    Hurdle.RATING_MOMENT: Reason(
        Hurdle.RATING_MOMENT, None, {"run_hour": 5.75, "rest_hour": 8.5}, (Opener.SAME_MOMENT,)
    ),
    Hurdle.FROM_MEMORY: Reason(Hurdle.FROM_MEMORY, None, {"late": 0.8}, (Opener.RATING_ON_THE_DAY,)),
    Hurdle.LATER_MORNINGS: Reason(
        Hurdle.LATER_MORNINGS, None, {"next": -0.5, "later": 1.6, "error": 0.4}, (Opener.BLOCKS, Opener.DAYS)
    ),
    Hurdle.WITH_MEDICINE: Reason(
        Hurdle.WITH_MEDICINE, None, {"correlation": 0.93}, (Opener.RUNS_WITHOUT_MEDICINE,)
    ),
    Hurdle.SAMPLER: Reason(
        Hurdle.SAMPLER, Analysis.MAIN, {"rhat": 1.03}, (Opener.IRREGULAR_DAYS, Opener.FINER_RATINGS)
    ),
    Hurdle.THRESHOLD: Reason(Hurdle.THRESHOLD, Analysis.MAIN, {"p": 0.951, "needed": 0.95}, (Opener.DAYS,)),
    Hurdle.DISAGREE: Reason(Hurdle.DISAGREE, Analysis.FREER, {"p": 0.4, "needed": 0.9}, (Opener.BLOCKS,)),
    Hurdle.PRIOR_ALONE: Reason(
        Hurdle.PRIOR_ALONE, Analysis.DATA_ALONE, {"p": 0.6, "needed": 0.9}, (Opener.DRAW, Opener.DAYS)
    ),
    Hurdle.BOTH_WAYS: Reason(Hurdle.BOTH_WAYS, None, {}, (Opener.DRAW, Opener.DAYS)),
}


def an_estimate(mean: float, sd: float) -> Estimate:
    """A normal posterior in numbers."""
    normal = NormalDist(mean, sd)

    def central(share: float) -> tuple[float, float]:
        return normal.inv_cdf(0.5 - share / 2), normal.inv_cdf(0.5 + share / 2)

    dots = tuple(normal.inv_cdf((i + 0.5) / 20) for i in range(20))
    return Estimate(mean, sd, central(0.5), central(0.8), central(0.95), dots)


UNKNOWN_ESTIMATE = Estimate(UNKNOWN, UNKNOWN, *[(UNKNOWN, UNKNOWN)] * 3, dots=(UNKNOWN,) * 20)


def some_parts(mean: float) -> tuple[PathPart, ...]:
    """Eight parts of a Delta: two of the run itself, six pathways, one of them measured too seldom."""
    return (
        PathPart("next day", an_estimate(0.4 * mean, 0.2), 0.91, 24),
        PathPart("habit", an_estimate(0.3 * mean, 0.4), 0.35, 24),
        PathPart("core strength", an_estimate(0.05 * mean, 0.3), 0.05, 8),
        PathPart("weight", None, 0.0, 2),
        PathPart("lifestyle", an_estimate(0.02, 0.1), 0.4, 55),
        PathPart("mood", an_estimate(0.15 * mean, 0.12), 0.8, 60),
        PathPart("muscle tightness", an_estimate(0.0, 0.1), 0.5, 58),
        PathPart("confidence in moving", an_estimate(0.1 * mean, 0.2), 0.6, 57),
    )


def an_effect(
    question: Question,
    verdict: Verdict,
    mean: float,
    sd: float,
    *,
    tier: Tier = B,
    too_small: bool = False,
    hurdle: Hurdle | None = None,
) -> Effect:
    """A Delta with this posterior, told as `verdict`."""
    normal = NormalDist(mean, sd)
    lines = (("neutral", 0.0, 0.7), ("trials", -0.8, 1.0), ("sceptic", 0.0, 0.5))
    open_ones = {Verdict.CANNOT_TELL: Hurdle.BOTH_WAYS, Verdict.TOO_FEW_RUNS: Hurdle.TOO_FEW_RUNS}
    why = hurdle or (Hurdle.NO_ORDER if tier.letter == "C" else open_ones.get(verdict))
    sided = verdict.value.startswith(("helps", "harms"))
    shares = {
        "p_less_pain": normal.cdf(0),
        "p_clearly_less": normal.cdf(-0.1),
        "p_clearly_more": 1 - normal.cdf(0.1),
        "p_negligible": normal.cdf(1) - normal.cdf(-1),
    }
    return Effect(
        question=question,
        estimate=an_estimate(mean, sd),
        **shares,
        p_worthwhile_less=normal.cdf(-1),
        p_more_pain=1 - normal.cdf(0),
        p_worthwhile_more=1 - normal.cdf(1),
        verdict=verdict,
        too_small=too_small,
        reason=REASONS[why] if why else None,
        tier=tier,
        caused=sided and tier is A,
        panel=(PanelRow(Analysis.MAIN, an_estimate(mean, sd), **shares, settled=why is not Hurdle.SAMPLER),),
        data_share=0.72,
        parts=some_parts(mean),
        priors=tuple(
            PriorLine(
                n,
                m,
                s,
                an_estimate(mean + 0.1 * m, sd),
                normal.cdf(0),
                verdict,
                40.0 + 900 * (n == "neutral"),
            )
            for n, m, s in lines
        ),
    )


def some_days(count: int, *, drawn: bool = False, first: date = date(2024, 3, 2)) -> tuple[DayPoint, ...]:
    """A diary with a long gap, a few short ones, and runs on every third day."""
    days = []
    for n in range(count):
        rated = not (30 <= n < 44 or n % 17 == 5)
        pain = float((7 * n + n * n // 5) % 6 + (3 if n < count // 2 else 1)) if rated else None
        minutes = None if 34 <= n < 44 else (25.0 + 5 * (n % 5) if n % 3 == 1 else 0.0)
        days.append(
            DayPoint(first + timedelta(days=n), pain, minutes, (n % 3 == 1) if drawn and n > 20 else None)
        )
    return tuple(days)


def some_doubts(*, failed: tuple[Check, ...] = ()) -> tuple[Doubt, ...]:
    """Every check: four fine, some that only inform, the others not run; those in `failed` are open."""
    both = {"week_mean": -1.1, "week_mean_without": -1.3, "season_mean": -1.4, "season_mean_without": -1.6}
    numbers = {
        Check.RANDOMISATION: {"mean_gap": -0.4, "p": 0.031, "p_least": 0.002},
        Check.PLACEBO: {"p": 0.54},
        Check.NATURAL_COURSE: {
            "load_explained_by_time": 0.41,
            "season_mean": -1.1,
            "season_mean_freer": -0.7,
            "share_gone": 0.36,
        },
        Check.PRIORS: {"sceptic_mean": -0.5, "wide_mean": -0.8, "verdict_changed": 0.0},
        Check.DOSE_LAG: {"tau_days": 31.4, "mean_quick": -0.8, "mean_slow": -0.6},
        Check.MISSING_DAYS: {
            "share_missing": 0.17,
            "share_runs_missing": 0.08,
            "p_after_bad": 0.95,
            "p_after_run": 0.67,
            "week_mean_if_worse": -0.6,
            "season_mean_if_worse": -0.7,
        },
        Check.UNMEASURED_CAUSE: {"share_week": 0.24, "share_season": 0.31, "times_morning_pain": 0.742},
        Check.RECORDED_CAUSES: {"recorded": 2.0, **both},
        Check.DECISION_MODEL: both,
        Check.POSTERIOR_PREDICTIVE: {
            "p_autocorrelation": 0.4,
            "p_floor": 0.62,
            "p_flares": 0.33,
            "p_sd": 0.5,
            "p_episodes": 0.21,
            "p_weekday": 0.7,
        },
        Check.SAMPLER: {"worst_rhat": 1.004, "least_ess": 1834.0},
    }
    fine = (Check.PLACEBO, Check.PRIORS, Check.POSTERIOR_PREDICTIVE, Check.SAMPLER)
    informs = (Check.NATURAL_COURSE, Check.DOSE_LAG, Check.RECORDED_CAUSES, Check.DECISION_MODEL)
    results = dict.fromkeys(fine, DoubtResult.PASS) | dict.fromkeys(informs, DoubtResult.INFORMS)
    results |= dict.fromkeys(failed, DoubtResult.FAIL)
    return tuple(Doubt(c, results.get(c, DoubtResult.NOT_RUN), numbers.get(c, {})) for c in Check)


def some_facts(days: tuple[DayPoint, ...]) -> Facts:
    """Facts that fit the days."""
    return Facts(
        first_day=days[0].day,
        last_day=days[-1].day,
        check_ins=sum(day.pain is not None for day in days),
        run_days=sum(bool(day.run_minutes) for day in days),
        missing_check_ins=sum(day.pain is None for day in days),
        missing_run_days=sum(day.run_minutes is None for day in days),
        usual_weekly_minutes=83.0,
        usual_run_days_a_week=2.4,
        most_weekly_minutes=104.0,
        usual_pain=3.4,
        worthwhile=1.0,
    )


def an_answer(
    verdict: Verdict = Verdict.HELPS,
    mean: float = -1.2,
    sd: float = 0.4,
    *,
    tier: Tier = B,
    season_tier: Tier | None = None,
    too_small: bool = False,
    hurdle: Hurdle | None = None,
    days: int = 84,
    doubts: tuple[Doubt, ...] | None = None,
) -> Answer:
    """A whole answer; the season has the same verdict, somewhat stronger and less sure."""
    diary = some_days(days, drawn=tier is A)
    season_tier = season_tier or tier
    doses = [115.0 * n / 10 for n in range(11)]
    return Answer(
        facts=some_facts(diary),
        gate=Gate(0.41, 0.6, 1.4, is_open=True),
        week=an_effect(Question.WEEK, verdict, mean, sd, tier=tier, too_small=too_small, hurdle=hurdle),
        season=an_effect(
            Question.SEASON,
            verdict,
            1.4 * mean,
            1.5 * sd,
            tier=season_tier,
            too_small=too_small,
            hurdle=hurdle,
        ),
        dose=tuple(
            DosePoint(
                x,
                an_estimate(mean * x / 83, sd * x / 83 + 0.01),
                an_estimate(1.4 * mean * x / 83, 0.01 * x + 0.02),
            )
            for x in doses
        ),
        lags=tuple(LagPoint(lag, an_estimate(mean * 0.4**lag, 0.3 / lag)) for lag in range(1, 8)),
        flare=RiseChance(an_estimate(0.12, 0.03), an_estimate(0.1, 0.02)),
        doubts=some_doubts() if doubts is None else doubts,
        days_needed=(
            DaysNeeded(Question.WEEK, 97, 61, 60, 84, 168, 365),
            DaysNeeded(Question.SEASON, None, None, 300, 90, 168, 365),
        ),
        diagnostics=Diagnostics(
            7, 4, 1000, 500, *[dict.fromkeys(Question, v) for v in (1.003, 1900.0, 1834.0)], 1.7
        ),
        days=diary,
    )


def _too_few_runs() -> Answer:
    answer = an_answer(Verdict.TOO_FEW_RUNS, days=12)
    effects = {
        name: replace(
            getattr(answer, name), estimate=UNKNOWN_ESTIMATE, parts=(), priors=(), p_less_pain=UNKNOWN
        )
        for name in ("week", "season")
    }
    return replace(answer, **effects, dose=(), lags=(), flare=RiseChance(UNKNOWN_ESTIMATE, UNKNOWN_ESTIMATE))


def _not_caused() -> Answer:
    answer = an_answer(tier=A)
    return replace(answer, week=replace(answer.week, caused=False))


def _never_settled() -> Answer:
    beyond = tuple(DaysNeeded(q, None, None, None, None, None, 365) for q in Question)
    return replace(an_answer(Verdict.CANNOT_TELL, 0.1, 1.1), days_needed=beyond)


ANSWERS: dict[str, Callable[[], Answer]] = {
    "helps, drawn": lambda: an_answer(tier=A),
    "helps, morning first": an_answer,
    "helps a little": lambda: an_answer(Verdict.HELPS_A_LITTLE, -0.6, 0.3, tier=A),
    "too small to matter": lambda: an_answer(Verdict.HELPS_A_LITTLE, -0.4, 0.2, too_small=True),
    "drawn days, the season on its own": lambda: an_answer(tier=A, season_tier=B),
    "drawn, but the gap is against it": _not_caused,
    "no difference": lambda: an_answer(Verdict.NO_DIFFERENCE, -0.02, 0.3, tier=A),
    "harms a little": lambda: an_answer(Verdict.HARMS_A_LITTLE, 0.6, 0.3),
    "harms": lambda: an_answer(Verdict.HARMS, 1.3, 0.3, tier=A),
    "can't tell": lambda: an_answer(Verdict.CANNOT_TELL, -0.3, 0.6),
    "can't tell, not soon": _never_settled,
    "looking back, less": lambda: an_answer(Verdict.CANNOT_TELL, -1.1, 0.2, tier=C),
    "looking back, more": lambda: an_answer(Verdict.CANNOT_TELL, 0.8, 0.2, tier=C),
    "looking back, same": lambda: an_answer(Verdict.CANNOT_TELL, 0.01, 0.2, tier=C),
    "evening runner": lambda: an_answer(Verdict.CANNOT_TELL, -0.8, 0.2, tier=EVENING),
    **{
        f"stopped, {hurdle.value}": lambda hurdle=hurdle: an_answer(
            Verdict.CANNOT_TELL, -0.8, 0.3, hurdle=hurdle
        )
        for hurdle in REASONS
        if hurdle not in (Hurdle.TOO_FEW_RUNS, Hurdle.NO_ORDER, Hurdle.SAMPLER)
    },
    "sampler failed": lambda: an_answer(
        Verdict.CANNOT_TELL, doubts=some_doubts(failed=(Check.SAMPLER,)), hurdle=Hurdle.SAMPLER
    ),
    "many open doubts": lambda: an_answer(
        doubts=some_doubts(failed=tuple(c for c in Check if c is not Check.SAMPLER))
    ),
    "all doubts inform": lambda: an_answer(
        doubts=tuple(replace(d, result=DoubtResult.INFORMS) for d in some_doubts())
    ),
    "strange doubt": lambda: an_answer(
        doubts=(Doubt("tides & <moon>", DoubtResult.FAIL, {"moon_phase": 0.25, "p_tide": UNKNOWN}),)
    ),
    "too few runs": _too_few_runs,
    "made-up": lambda: replace(an_answer(tier=A), truth=Truth(-0.9, -1.5)),
    "made-up, too few runs": lambda: replace(_too_few_runs(), truth=Truth(-0.9, -1.5)),
    "no dose": lambda: replace(an_answer(), dose=(), lags=()),
    "ten years": lambda: an_answer(days=3653),
    "very sure": lambda: an_answer(Verdict.HELPS, -2.0, 0.02),
    "no diary shown": lambda: replace(an_answer(), days=(), days_needed=(), doubts=()),
}


@pytest.fixture(params=ANSWERS)
def answer(request: pytest.FixtureRequest) -> Answer:
    """Every answer in turn."""
    return ANSWERS[request.param]()


@pytest.fixture
def answers() -> dict[str, Callable[[], Answer]]:
    """The makers of all answers, by name."""
    return ANSWERS
