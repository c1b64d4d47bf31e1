"""The variance that further mornings would leave of a Delta, were the dynamics known.

Ratings are taken as Gaussian around  level + effects, and pathways as part of the habit, so the variance that
further days would leave does not depend on what they will show:

    y = X (beta_now, beta_hab, beta_second)' + u + m + noise
    u_t = phi u_{t-1} + s_eta e_t,    m_t = m_{t-1} + s_mu w_t
    information after n days  I_n = prior + sum_t v_t v_t' / F_t,    V_n = g' I_n^-1 g

where v_t and F_t are innovation and variance of the columns of X in a Kalman filter for u + m (Durbin & Koopman 2012,
sections 4.3 and 6.2: generalised least squares by filtering the regressors). A missing morning is only foretold.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.answer.deltas import MORNINGS_OF
from backstride.answer.kinds import Question
from backstride.model.arrays import Floats
from backstride.model.build_up import step_load

_ROUNDING = 1.0 / 12.0


class Dynamics(NamedTuple):
    """Draws of what the variance depends on, (J,) each; tau and delay are those of the chronic load, days."""

    phi: Floats
    s_eta: Floats
    s_mu: Floats
    s_y: Floats
    tau: Floats
    delay: Floats


def variance_left(
    dose: Floats,
    seen: NDArray[np.bool_],
    dynamics: Dynamics,
    *,
    usual_dose: float,
    prior_sd: tuple[float, float, float],
    first_sd: tuple[float, float],
) -> dict[Question, Floats]:
    """Return V_n of each Delta, before floor and ceiling, under each draw of the dynamics.

    Args:
        dose: (past + future,) centred dose of each day.
        seen: (past,) mornings with a rating; every later one is taken to have one.
        dynamics: J draws.
        usual_dose: contrast of the Deltas, on the scale of `dose`.
        prior_sd: of beta_now, beta_hab and beta_second.
        first_sd: on the first day, of pain's deviation from the level, and of the level.

    Returns:
        (future + 1, J) each, points squared; the first row is what is left today.
    """
    x = responses(dose, dynamics)
    rated = np.concatenate([seen, np.ones(len(dose) - len(seen), dtype=bool)])
    # of a linear Gaussian model the posterior variance depends on the design alone, not on ratings to come
    after = information(x, rated, dynamics, first_sd)[len(seen) - 1 :] + np.diag(1.0 / np.square(prior_sd))
    inverse = np.linalg.inv(after)
    out = {}
    for question, (first, last) in MORNINGS_OF.items():
        g = gradient(usual_dose, dynamics, first, last)
        out[question] = np.einsum("ji,njik,jk->nj", g, inverse, g)
    return out


def gradient(usual_dose: float, dynamics: Dynamics, first: int, last: int) -> Floats:
    """Return (J, 3) what one unit of each coefficient would do over the mornings first..last of running as usual.

    Args:
        usual_dose: of a day, in units of 30 minutes.
        dynamics: J draws.
        first, last: mornings, both counted from 1.
    """
    g: Floats = responses(np.full(last, usual_dose), dynamics)[first - 1 : last].mean(axis=0)
    return g


def prior_of_habit(
    prior_sd: tuple[float, float, float], delta_sd: float, usual_dose: float, dynamics: Dynamics
) -> float:
    """Return the sd of beta_hab that gives the season its full prior variance, pathways included.

    delta_sd^2 = mean over j of  g_now^2 sd_now^2 + g_second^2 sd_second^2 + g_hab^2 sd_hab^2,   g of theta_j

    Args:
        prior_sd: of beta_now, beta_hab and beta_second; that of beta_hab is the least that comes back.
        delta_sd: prior sd of the season's Delta before floor and ceiling.
        usual_dose: of the season.
        dynamics: J draws.
    """
    now, habit, second = np.mean(gradient(usual_dose, dynamics, *MORNINGS_OF[Question.SEASON]) ** 2, axis=0)
    rest = delta_sd**2 - now * prior_sd[0] ** 2 - second * prior_sd[2] ** 2
    return max(prior_sd[1], float(np.sqrt(max(rest, 0.0) / habit)))


def responses(dose: Floats, dynamics: Dynamics) -> Floats:
    """Return (T, J, 3) what one unit of each coefficient would do to the latent pain of each morning."""
    phi = dynamics.phi
    out = np.zeros((len(dose), len(phi), 3))
    acute, load, now, habit, second = np.zeros((5, len(phi)))
    before = 0.0
    for t, x in enumerate(dose):
        acute, load = step_load(acute, load, x, dynamics.tau, dynamics.delay)
        now = phi * now + x
        habit = phi * habit + load
        second = phi * second + before
        out[t, :, 0], out[t, :, 1], out[t, :, 2] = now, habit, second
        before = x
    return out


def information(
    x: Floats, rated: NDArray[np.bool_], dynamics: Dynamics, first_sd: tuple[float, float]
) -> Floats:
    """Return (T, J, 3, 3) information on the coefficients in the ratings up to each day.

    Args:
        x: (T, J, 3) responses of each morning's pain.
        rated: (T,) mornings with a rating.
        dynamics: J draws.
        first_sd: on the first day, of pain's deviation from the level, and of the level.
    """
    phi, drift = dynamics.phi, dynamics.s_mu**2
    fresh, noise = dynamics.s_eta**2, dynamics.s_y**2 + _ROUNDING
    # a Kalman filter of pain's deviation u and slow level m; only covariances, for no rating is needed
    u, m = np.zeros((2, *x.shape[1:]))
    uu, mm = (np.full(len(phi), sd**2) for sd in first_sd)
    um = np.zeros(len(phi))
    total = np.zeros((*x.shape, x.shape[2]))
    for t in range(len(x)):
        if t > 0:
            u = phi[:, None] * u
            uu, um, mm = phi**2 * uu + fresh, phi * um, mm + drift
            total[t] = total[t - 1]
        if not rated[t]:
            continue
        of_u, of_m = uu + um, um + mm
        f = of_u + of_m + noise
        v = x[t] - u - m
        u, m = u + (of_u / f)[:, None] * v, m + (of_m / f)[:, None] * v
        uu, um, mm = uu - of_u**2 / f, um - of_u * of_m / f, mm - of_m**2 / f
        total[t] += v[:, :, None] * v[:, None, :] / f[:, None, None]
    return total
