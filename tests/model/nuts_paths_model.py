"""The model once more, written from its equations for NumPyro and sampled by NUTS in float64.

Another way than the product's: nothing is augmented (ratings and answers by the log chance of their interval), all
paths are built from standard noise, and the joint density is explored by its gradient. Doses must be known; one value
a day of each measure. Only the numbers of the priors are shared.
"""

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.scipy.special import log_ndtr
from numpyro.infer import MCMC, NUTS, Predictive, init_to_median

from backstride.model.data import PATHWAYS, ModelData, weekday_contrasts
from backstride.model.priors import Priors

numpyro.enable_x64()
numpyro.set_host_device_count(4)
FAR = 30.0


def log_chance(lower: jax.Array, upper: jax.Array) -> jax.Array:
    """log P(lower < N(0, 1) <= upper), in the tail that keeps its digits."""
    lower, upper = jnp.clip(lower, -FAR, FAR), jnp.clip(upper, -FAR, FAR)
    flip = lower > 0
    a, b = jnp.where(flip, -upper, lower), jnp.where(flip, -lower, upper)
    return log_ndtr(b) + jnp.log1p(-jnp.exp(jnp.minimum(log_ndtr(a) - log_ndtr(b), -1e-12)))


def normal(name: str, sd: float, shape: tuple[int, ...] = ()) -> jax.Array:
    """N(0, sd^2), sampled as a multiple of a standard normal."""
    return sd * numpyro.sample(name, dist.Normal().expand(shape).to_event(len(shape)))


def recursion(start: jax.Array, carry: jax.Array, push: jax.Array) -> jax.Array:
    """v[0] = start, v[t] = carry v[t-1] + push[t]."""

    def step(v, u):
        new = carry * v + u
        return new, new

    return jnp.concatenate([start[None], jax.lax.scan(step, start, push)[1]])


def model(data: ModelData, priors: Priors, tau: float):
    """Everything unknown about one person, and all that was recorded."""
    days, dose = data.days, np.asarray(data.dose)
    centre = dose.mean()
    load = [data.chronic_start]
    for x in dose[:-1]:
        load.append(load[-1] + (x - load[-1]) / tau)
    now, habit = dose[:-1] - centre, np.array(load)[1:] - centre
    weekday = weekday_contrasts()[data.weekday]
    s_eta = numpyro.sample("s_eta", dist.HalfNormal(priors.s_eta))
    s_mu = numpyro.sample("s_mu", dist.HalfNormal(priors.s_mu))
    s_y = numpyro.sample("s_y", dist.HalfNormal(priors.s_y))
    phi = numpyro.sample("phi", dist.TruncatedNormal(priors.phi_mean, priors.phi_sd, low=0.0, high=0.98))
    push = numpyro.deterministic("beta_now", normal("beta_now z", priors.beta_now)) * now
    push += numpyro.deterministic("beta_hab", normal("beta_hab z", priors.beta_hab)) * habit
    push += weekday[1:] @ normal("weekday z", priors.weekday, (6,))
    push += numpyro.deterministic("walking", normal("walking z", priors.walking)) * (
        data.walking[:-1] - data.walking.mean()
    )
    for k, which in enumerate(data.pathway):
        delta, m = pathway(k, PATHWAYS[which], now, habit, data, priors)
        push += delta * m[1:]
        numpyro.deterministic(f"m_last[{PATHWAYS[which]}]", m[-1])
        numpyro.deterministic(f"m_usual[{PATHWAYS[which]}]", data.usual @ m)
    first = normal("d first", priors.start_sd)
    d = recursion(first, phi, push + s_eta * normal("daily", 1.0, (days - 1,)))
    level = priors.level_mean + normal("mu first", priors.level_sd)
    mu = level + jnp.concatenate([jnp.zeros(1), jnp.cumsum(s_mu * normal("slow", 1.0, (days - 1,)))])
    ends = {"mu_first": mu[0], "mu_last": mu[-1], "mu_usual": data.usual @ mu, "d_last": d[-1]}
    for name, value in (ends | {"C_last": load[-1], "C_usual": data.usual @ np.array(load)}).items():
        numpyro.deterministic(name, jnp.asarray(value))
    eta = mu + d
    rated = np.isfinite(data.lower) | np.isfinite(data.upper)
    lower, upper = data.lower[rated], data.upper[rated]
    numpyro.factor("ratings", log_chance((lower - eta[rated]) / s_y, (upper - eta[rated]) / s_y).sum())
    decisions(d, dose, weekday, data, priors)


def pathway(k: int, name: str, now, habit, data: ModelData, priors: Priors):
    """One pathway: its coefficient, its path, its measures."""
    prior = priors.paths[k]
    push = prior.reach * (1.0 - prior.phi_mean)
    delta = numpyro.deterministic(f"delta[{name}]", normal(f"delta z {k}", prior.delta_sd))
    a = numpyro.deterministic(f"a[{name}]", normal(f"a z {k}", 0.5 * (1.0 - prior.phi_mean)))
    b = numpyro.deterministic(f"b[{name}]", normal(f"b z {k}", push))
    c = numpyro.deterministic(f"c[{name}]", normal(f"c z {k}", push))
    law = dist.TruncatedNormal(prior.phi_mean, prior.phi_sd, low=0.0, high=0.995)
    carry = numpyro.sample(f"phi_m[{name}]", law)
    s = numpyro.sample(f"s[{name}]", dist.HalfNormal(prior.daily_sd))
    noise = s * normal(f"noise {k}", 1.0, (data.days - 1,))
    m = recursion(normal(f"m first {k}", 1.5), carry, a + b * habit + c * now + noise)
    for j in range(data.measure_group[k], data.measure_group[k + 1]):
        mine, yardstick = data.measure == j, j == data.measure_group[k]
        learnt = np.minimum(data.earlier[mine], 2.0) / 2.0
        offset = 0.0 if yardstick else normal(f"offset {j}", 1.0)
        loading = 1.0 if yardstick else 1.0 + normal(f"loading {j}", 0.5)
        gain = 0.3 + normal(f"gain {j}", 0.3) if np.any(learnt > 0) else 0.0
        error = numpyro.sample(f"error[{j}]", dist.HalfNormal(prior.error_sd))
        fit = offset + gain * learnt + loading * m[data.row[mine]]
        low, high = data.value_lower[mine], data.value_upper[mine]
        exact = low == high
        density = dist.Normal(fit[exact], error).log_prob(low[exact]).sum() if exact.any() else 0.0
        coarse = log_chance((low[~exact] - fit[~exact]) / error, (high[~exact] - fit[~exact]) / error)
        numpyro.factor(f"measure {j}", density + coarse.sum())
    return delta, m


def decisions(d, dose, weekday, data: ModelData, priors: Priors) -> None:
    """Run or not, meant to or not, and how long."""
    told = np.nan_to_num(2.0 * np.column_stack([data.intention, data.drawn]) - 1.0)
    for name, answers, kappa_sd, extra in (
        ("run", (dose > 0).astype(float), priors.run_kappa, told),
        ("intention", data.intention, priors.intention_kappa, np.zeros((len(dose), 0))),
    ):
        level = numpyro.deterministic(f"{name}[0]", normal(f"{name} level", priors.run_level))
        kappa = numpyro.deterministic(f"{name}[1]", normal(f"{name} kappa", kappa_sd))
        mean = level + kappa * d + weekday @ normal(f"{name} weekday", priors.run_weekday, (6,))
        if extra.shape[1]:
            mean += extra @ normal(f"{name} told", priors.run_stated, (2,))
        asked = data.choosing & ~np.isnan(answers)
        sign = np.where(answers[asked] > 0, 1.0, -1.0)
        numpyro.factor(f"{name} answers", log_ndtr(sign * mean[asked]).sum())
    level = numpyro.deterministic("length[0]", normal("length level", priors.length_level))
    kappa = numpyro.deterministic("length[1]", normal("length kappa", priors.length_kappa))
    s_len = numpyro.sample("s_len", dist.HalfNormal(priors.length_sd))
    ran = dose > 0
    numpyro.factor("lengths", dist.Normal(level + kappa * d[ran], s_len).log_prob(np.log(dose[ran])).sum())


def nuts(data, priors, tau, *, seed: int, warmup: int, draws: int):
    """Samples of four chains by site, (4, draws, ...); and how many transitions diverged."""
    kernel = NUTS(model, init_strategy=init_to_median(num_samples=10), target_accept_prob=0.9)
    chains = {"num_chains": 4, "chain_method": "parallel", "progress_bar": False}
    mcmc = MCMC(kernel, num_warmup=warmup, num_samples=draws, **chains)
    mcmc.run(jax.random.PRNGKey(seed), data, priors, tau, extra_fields=("diverging",))
    return mcmc.get_samples(group_by_chain=True), int(mcmc.get_extra_fields()["diverging"].sum())


def kept(samples, data, priors, tau, *, seed: int) -> dict[str, np.ndarray]:
    """(chains, draws) of every quantity that the product keeps, by its names."""
    again = Predictive(model, samples, batch_ndims=2)(jax.random.PRNGKey(seed), data, priors, tau)
    found = {name: np.asarray(x) for name, x in (samples | again).items()}
    return {name: x for name, x in found.items() if x.ndim == 2}
