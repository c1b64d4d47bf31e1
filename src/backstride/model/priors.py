"""Priors: on interpretable scales, each with its source beside it.

Every number is a choice of ours unless a source is named. What acts by next morning is small, what builds up may be
large: at 90 minutes a week the implied prior of the week's next-day part is about Normal(0, 0.35) and that of the
season's habit part about Normal(0, 1.1), in points, both with Student-t(4) tails.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.model.data import PATHWAYS
from backstride.model.scale import MIN_SCALE


class PathwayPrior(NamedTuple):
    """One pathway, in standard units of its measure (2 points of a rating, 2 kg, 30 % of a hold time).

    Attributes:
        phi_mean, phi_sd: how much of yesterday's value stays; normal, between 0 and `MAX_CARRY`.
        reach: sd of what one unit of dose a day for ever would change, for the habit and the same-day part each.
        delta_sd: sd of the pain caused by one unit, points.
        daily_sd: scale of the day-to-day noise, half-normal.
        error_sd: scale of a measure's own error, half-normal.
    """

    phi_mean: float
    phi_sd: float
    reach: float
    delta_sd: float
    daily_sd: float
    error_sd: float


# Pathway coefficients: zero-centred, sd 0.3 points; 0.15 for weight (12 weeks are too short: half-time of weight
# about a year, Hall 2011, doi:10.1016/S0140-6736(11)60812-X) and for tightness (stretching no better than none in
# two network meta-analyses: Owen 2020; Fernandez-Rodriguez 2022, doi:10.2519/jospt.2022.10671).
PATHWAY_PRIORS: dict[str, PathwayPrior] = {
    "core strength": PathwayPrior(0.97, 0.015, 0.7, 0.30, 0.10, 0.5),
    "weight": PathwayPrior(0.985, 0.008, 0.5, 0.15, 0.10, 0.4),
    "lifestyle": PathwayPrior(0.50, 0.20, 0.5, 0.30, 0.50, 0.5),
    "mood": PathwayPrior(0.50, 0.20, 0.5, 0.30, 0.50, 0.5),
    "muscle tightness": PathwayPrior(0.50, 0.20, 0.5, 0.15, 0.50, 0.5),
    "confidence in moving": PathwayPrior(0.80, 0.12, 0.5, 0.30, 0.30, 0.5),
}


class Priors(NamedTuple):
    """All priors of one fit, K pathways; sd of normals and scales of half-normals, in points unless said.

    Attributes:
        beta_now, beta_hab, beta_second: scale of the Student-t(4) prior of the effect of one unit of dose next
            morning, of one unit of chronic load, and of one unit of dose on the second morning beyond what is
            left of the first. Soreness after exercise is greatest one to three days later (Cheung 2003,
            doi:10.2165/00007256-200333020-00005), and what a run does to one morning alone is -phi beta_now here.
        build_up: time constants of the two stages of the chronic load (tau, delay), days, equally likely a priori.
            A second stage of one day is none: what builds up begins with the first run. With two stages of weeks it
            is hardly there for a fortnight, as strength and fitness are (a gamma-shaped response).
        weekday, walking: sd of those coefficients.
        confounder: sd of what one sd of a recorded confounder does to next morning's pain.
        phi_mean, phi_sd, phi_most: day-to-day carry-over of pain, normal between 0 and its most. Lag-1
            autocorrelations of daily pain of 0.2 to 0.5 are usual; what lasts for weeks belongs to the slow level.
        s_eta, s_y: scales of the daily process noise and of the rating's own noise. The within-person sd of
            momentary back pain averaged 1.2 (Page 2022, n = 140).
        s_mu: scale of the half-t(2) prior of the slow level's daily step; 0.06 a day is 0.5 over 12 weeks: most backs
            drift about so, and some far more.
        s_mu_least, s_mu_most: between which that step lies; a level that moves by more from day to day is no level.
        s_eta_least, s_y_least: least of the two noises. Nobody rates pain to a fifth of a point; smaller noise would
            make every rating exact, and records that repeat one number would look like perfect measurements.
        level_mean, level_sd: the slow level on the first day.
        start_sd: how far the first day may lie from its level.
        recovery: sd of each of three curves exp(-t / 14, 28, 60) from the first day on, the natural course.
        recovery_since_run: sd of the same three curves from the first run on; 0 leaves them out.
        trend: sd of a straight line over the whole diary, in points from end to end; 0 leaves it out.
        flare_mean, flare_sd, flare_least: pain that a flare adds, a normal above its least.
        flare_log_onset, flare_log_onset_sd: log chance a day, after rest, that a flare begins.
        flare_log_ratio_sd: sd of the log of how many times likelier it begins after a run.
        flare_ends, flare_goes_on: Beta prior of the chance a day that a flare ends.
        flare_longest, flare_most: days of one flare and share of all days, at most; what lasts longer is the level.
        run_level, run_kappa, run_stated: sd of the decision's level, its dependence on felt pain (probit units a
            point), and of a stated intention or draw.
        run_habit: scale of the half-normal prior of the learned scales of weekday and of rhythm coefficients.
            Exact Monday, Wednesday and Friday needs several probit units.
        run_flare, run_confounder: sd of what a flare and one sd of a confounder do to the decision.
        intention_kappa: sd of the stated intention's own dependence on felt pain.
        length_level, length_kappa, length_habit, length_sd: the same for the log length of a run, with the habit and
            trend of lengths. length_sd_least: runs are planned and rounded, so a length within 10 % says nothing.
        rho_mean, rho_sd: correlation of the decision's chance with next morning's, where pain has had eight hours
            to move since the last rating; both shrink with ModelData.coupling.
    """

    beta_now: float
    beta_second: float
    beta_hab: float
    build_up: tuple[tuple[float, float], ...]
    weekday: float
    walking: float
    confounder: float
    phi_mean: float
    phi_sd: float
    phi_most: float
    s_eta: float
    s_eta_least: float
    s_mu: float
    s_mu_least: float
    s_mu_most: float
    s_y: float
    s_y_least: float
    level_mean: float
    level_sd: float
    start_sd: float
    recovery: float
    recovery_since_run: float
    trend: float
    flare_mean: float
    flare_sd: float
    flare_least: float
    flare_log_onset: float
    flare_log_onset_sd: float
    flare_log_ratio_sd: float
    flare_ends: float
    flare_goes_on: float
    flare_longest: float
    flare_most: float
    run_level: float
    run_kappa: float
    run_habit: float
    run_flare: float
    run_confounder: float
    run_stated: float
    intention_kappa: float
    length_level: float
    length_kappa: float
    length_habit: float
    length_sd: float
    length_sd_least: float
    rho_mean: float
    rho_sd: float
    paths: tuple[PathwayPrior, ...]


BUILD_UP = (
    *((tau, 1.0) for tau in (14.0, 20.0, 28.0, 40.0, 60.0)),
    *((tau, tau) for tau in (10.0, 14.0, 20.0, 28.0, 40.0)),
)
"""Time constants (tau, delay) of the two stages in which running builds up, days."""
RECOVERY_DAYS = (14.0, 28.0, 60.0)
FIXED_WEEKDAY = 1.0
"""Sd of the weekday coefficients of pain where the run days are fixed weekdays."""
T_DF = 4.0
S_MU_DF = 2.0
FLAT = 5.0
"""By how much wider the prior of 'data alone' is."""
MAX_CARRY = 0.995
"""Share of a pathway's value that stays to the next day, at most: 1 would let it wander without end."""


def neutral_priors(pathway: NDArray[np.int64]) -> Priors:
    """Give the priors of the verdict, for the pathways in use (indices into PATHWAYS)."""
    return Priors(
        beta_now=0.42,
        beta_second=0.3,
        beta_hab=1.5,
        build_up=BUILD_UP,
        weekday=0.25,
        walking=0.3,
        confounder=0.5,
        phi_mean=0.4,
        phi_sd=0.15,
        phi_most=0.9,
        s_eta=1.0,
        s_eta_least=0.1,
        s_mu=0.06,
        s_mu_least=MIN_SCALE,
        s_mu_most=0.2,
        s_y=0.7,
        s_y_least=0.2,
        level_mean=3.5,
        level_sd=2.5,
        start_sd=1.5,
        recovery=0.7,
        recovery_since_run=0.7,
        trend=0.0,
        flare_mean=2.5,
        flare_sd=1.0,
        flare_least=2.0,
        flare_log_onset=-4.4,  # once in 80 days
        flare_log_onset_sd=0.6,
        flare_log_ratio_sd=0.7,
        flare_ends=12.0,
        flare_goes_on=96.0,  # nine days, mostly one to four weeks
        flare_longest=35.0,
        flare_most=0.5,
        run_level=2.0,
        run_kappa=0.7,
        run_habit=2.5,
        run_flare=1.5,
        run_confounder=0.5,
        run_stated=2.0,
        intention_kappa=0.7,
        length_level=1.0,
        length_kappa=0.3,
        length_habit=0.7,
        length_sd=0.5,
        length_sd_least=0.1,
        rho_mean=-0.25,
        rho_sd=0.25,
        paths=tuple(PATHWAY_PRIORS[PATHWAYS[k]] for k in pathway),
    )


def flat_effect_priors(priors: Priors) -> Priors:
    """Give nearly flat priors on what the effect is made of, next day and habit; the panel's 'data alone'."""
    return priors._replace(beta_now=FLAT * priors.beta_now, beta_hab=FLAT * priors.beta_hab)


def without_decision(priors: Priors) -> Priors:
    """Take the decision to run as given: no dependence on felt pain, no correlation with next morning."""
    none = 1e-4
    return priors._replace(
        run_kappa=none, intention_kappa=none, length_kappa=none, run_flare=none, rho_mean=0.0, rho_sd=none
    )


def freer_course(priors: Priors) -> Priors:
    """Let pain heal or worsen by itself from the first run on, and drift along a line; the panel's 'freer course'."""
    return priors._replace(recovery=1.5, recovery_since_run=1.5, trend=2.0)
