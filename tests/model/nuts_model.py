"""The model once more, written from its equations for NumPyro and sampled by NUTS in float64.

    C[t]   = C[t-1] + (x[t-1] - C[t-1]) / tau
    mu[t]  = mu[t-1] + N(0, s_mu)
    m[k,t] = a + carry m[k,t-1] + b (C[t] - centre) + c (x[t-1] - centre) + N(0, s)
    d[t]   = phi d[t-1] + beta_now (x[t-1] - centre) + beta_hab (C[t] - centre) + sum_k delta[k] m[k,t]
           + weekday + walking (w[t-1] - mean) + N(0, s_eta)

    rating in (lower, upper]      <=>  mu[t] + d[t] + N(0, s_y) in (lower, upper]
    runs, or means to run         <=>  level + kappa d[t] + weekday (+ intention + draw) + N(0, 1) > 0
    log length of a run            =   level + kappa d[t] + N(0, s_len)
    measurement in (lower, upper] <=>  offset + gain learnt + loading m[k,t] + N(0, error) in (lower, upper]

The way is another than the product's. What lies behind each answer, rating and coarse measurement is a variable
of NUTS, held inside its interval by a change of variable. The paths v = (mu, d, m) are integrated out, all of them
at once, and drawn when NUTS is done. Of the product nothing is used but the numbers of its priors and the names of
its quantities (for weekdays these are contrasts). All doses must be known, and no measure told twice on one day.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.scipy.linalg import solve_triangular
from numpyro.distributions import constraints
from numpyro.infer import MCMC, NUTS, Predictive, init_to_uniform

from backstride.model.data import PATHWAYS, weekday_contrasts

numpyro.enable_x64()
numpyro.set_host_device_count(4)

FIRST_DAY_SD, LEAST = 1.5, 1e-3
MU, D, FIRST_M = 0, 1, 2


class Seen(NamedTuple):
    """One Gaussian observation a day of the paths v:  value[t] = at v[t] + N(0, sd), where `on`."""

    value: jax.Array
    on: np.ndarray
    at: jax.Array
    sd: jax.Array


class Dynamics(NamedTuple):
    """take v[t] = carry v[t-1] + push[t] + N(0, sd^2),  v[0] ~ N(first, first_sd^2)."""

    take: jax.Array
    carry: jax.Array
    push: jax.Array
    sd: jax.Array
    first: jax.Array
    first_sd: jax.Array


class Blocks(NamedTuple):
    """A log density of the paths v, (T, n): constant + linear v - 1/2 v' precision v.

    diagonal (T, n, n) and below (n, n), the same between any two days, are the blocks of the precision.
    """

    diagonal: jax.Array
    below: jax.Array
    linear: jax.Array
    constant: jax.Array


def nuts(data, priors, tau, *, seed: int, warmup: int, draws: int):
    """Samples of four chains by site, (4, draws, ...); and how many transitions diverged."""
    kernel = NUTS(
        model, init_strategy=init_to_uniform(radius=0.5), max_tree_depth=(6, 10), target_accept_prob=0.95
    )
    chains = {"num_chains": 4, "chain_method": "parallel", "progress_bar": False}
    mcmc = MCMC(kernel, num_warmup=warmup, num_samples=draws, **chains)
    mcmc.run(jax.random.PRNGKey(seed), data, priors, tau, extra_fields=("diverging",))
    return mcmc.get_samples(group_by_chain=True), int(mcmc.get_extra_fields()["diverging"].sum())


def kept(samples, data, priors, tau, *, seed: int) -> dict[str, np.ndarray]:
    """(chains, draws) of every quantity that the product keeps, by its names; the paths are drawn here."""
    backwards = Predictive(model, samples, batch_ndims=2, return_sites=["kept"])
    found = backwards(jax.random.PRNGKey(seed), data, priors, tau, backwards=True)["kept"]
    return {name: np.asarray(x) for name, x in found.items()}


def model(data, priors, tau, *, backwards=False):
    """Everything unknown about one person, and all that was recorded; `backwards` draws the paths as well."""
    load, centre = chronic_load(data, tau), data.dose.mean()
    kept, dynamics = all_dynamics(data.dose[:-1] - centre, load[1:] - centre, data, priors)
    seen = [ratings(data, priors, kept), *decisions(data, priors, kept), *measures(data, priors, kept)]
    paths = blocks(dynamics, seen)
    numpyro.factor("everything seen", log_integral(paths))
    if backwards:
        z = numpyro.sample("z", dist.Normal().expand(paths.linear.shape).to_event(2))
        v = draw_paths(paths, z)
        numpyro.deterministic("kept", kept | ends_and_means(v, load, data))


def normal(name, sd, mean=0.0, shape=()):
    """A coefficient, or several."""
    return mean + sd * numpyro.sample(name, dist.Normal().expand(shape).to_event(len(shape)))


def half_normal(name, scale):
    """A standard deviation."""
    return numpyro.sample(name, dist.TruncatedNormal(0.0, scale, low=LEAST))


def share(name, mean, sd, most):
    """A carry-over."""
    return numpyro.sample(name, dist.TruncatedNormal(mean, sd, low=0.0, high=most))


def weekdays(name, sd, kept, first=0):
    """(7,) effects that sum to 0, none of them special: N(0, sd^2) with the mean taken off."""
    effects = normal(f"{name} weekdays", sd, shape=(7,))
    effects -= effects.mean()
    kept |= {f"{name}[{first + i}]": value for i, value in enumerate(weekday_contrasts().T @ effects)}
    return effects


def behind(name, lower, upper):
    """What lies behind each answer: anything inside its interval; the interval itself where that is a point."""
    value = jnp.asarray(np.where(lower == upper, lower, 0.0))
    floor, ceiling = np.isneginf(lower) & np.isfinite(upper), np.isfinite(lower) & np.isposinf(upper)
    inside = np.isfinite(lower) & np.isfinite(upper) & (lower < upper)
    for what, where, support in (
        ("below", floor, constraints.less_than(upper[floor])),
        ("above", ceiling, constraints.greater_than(lower[ceiling])),
        ("inside", inside, constraints.interval(lower[inside], upper[inside])),
    ):
        if where.any():
            law = dist.ImproperUniform(constraints.independent(support, 1), (), (int(where.sum()),))
            value = value.at[np.flatnonzero(where)].set(numpyro.sample(f"{name} {what}", law))
    return value


def chronic_load(data, tau) -> np.ndarray:
    """C of each morning, from all doses before it."""
    load = [data.chronic_start]
    for x in data.dose[:-1]:
        load.append(load[-1] + (x - load[-1]) / tau)
    return np.array(load)


def all_dynamics(now, habit, data, priors) -> tuple[dict, Dynamics]:
    """Coefficients by name, and the law of v: d takes up m of the same morning, m's push and noise included."""
    s_mu, s_eta = half_normal("s_mu", priors.s_mu), half_normal("s_eta", priors.s_eta)
    phi = share("phi", priors.phi_mean, priors.phi_sd, 0.98)
    beta_now, beta_hab = normal("beta_now", priors.beta_now), normal("beta_hab", priors.beta_hab)
    walking = normal("walking", priors.walking)
    kept = {"phi": phi, "s_eta": s_eta, "s_mu": s_mu, "beta_now": beta_now, "beta_hab": beta_hab}
    kept["walking"] = walking
    weekday = weekdays("weekday", priors.weekday, kept)[data.weekday[1:]]
    walked = walking * (data.walking[:-1] - data.walking.mean())
    carry, sds = [1.0, phi], [s_mu, s_eta]
    push = [jnp.zeros(len(now)), beta_now * now + beta_hab * habit + weekday + walked]
    take = jnp.eye(FIRST_M + data.pathways)
    for k, prior in enumerate(priors.paths):
        of, m_push = pathway(PATHWAYS[data.pathway[k]], now, habit, prior, kept)
        carry.append(of["phi_m"])
        sds.append(of["s"])
        push.append(m_push)
        take = take.at[D, FIRST_M + k].set(-of["delta"])
    return kept, Dynamics(
        take=take,
        carry=jnp.stack(carry),
        push=jnp.stack(push, axis=1),
        sd=jnp.stack(sds),
        first=jnp.zeros(len(carry)).at[MU].set(priors.level_mean),
        first_sd=jnp.array([priors.level_sd, priors.start_sd, *[FIRST_DAY_SD] * data.pathways]),
    )


def pathway(name, now, habit, prior, kept):
    """One pathway's coefficients, and what pushes it each day."""
    reach = prior.reach * (1.0 - prior.phi_mean)
    of = {
        "delta": normal(f"delta {name}", prior.delta_sd),
        "a": normal(f"a {name}", 0.5 * (1.0 - prior.phi_mean)),
        "b": normal(f"b {name}", reach),
        "c": normal(f"c {name}", reach),
        "phi_m": share(f"carry {name}", prior.phi_mean, prior.phi_sd, 0.995),
        "s": half_normal(f"s {name}", prior.daily_sd),
    }
    kept |= {f"{what}[{name}]": value for what, value in of.items()}
    return of, of["a"] + of["b"] * habit + of["c"] * now


def direction(data, **parts):
    """A row of v: mu, d, or m with its number."""
    at = jnp.zeros(FIRST_M + data.pathways)
    for part, size in parts.items():
        at = at.at[{"mu": MU, "d": D}.get(part) if part in ("mu", "d") else FIRST_M + int(part[1:])].set(size)
    return at


def ratings(data, priors, kept) -> Seen:
    """The feeling behind each rating."""
    kept["s_y"] = half_normal("s_y", priors.s_y)
    rated = np.isfinite(data.lower) | np.isfinite(data.upper)
    feeling = behind("feeling", data.lower, data.upper)
    return Seen(feeling, rated, direction(data, mu=1.0, d=1.0), kept["s_y"])


def decisions(data, priors, kept) -> list[Seen]:
    """The decision, the stated intention, and the log length of each run."""
    done, meant = (np.where(data.choosing, answers, np.nan) for answers in (data.dose > 0, data.intention))
    run = probit("run", done, priors.run_kappa, data, priors, kept)
    intention = probit("intention", meant, priors.intention_kappa, data, priors, kept)
    level, kappa = normal("length level", priors.length_level), normal("length kappa", priors.length_kappa)
    kept |= {"length[0]": level, "length[1]": kappa, "s_len": half_normal("s_len", priors.length_sd)}
    ran = data.dose > 0
    log_length = np.log(np.where(ran, data.dose, 1.0))
    return [run, intention, Seen(log_length - level, ran, direction(data, d=kappa), kept["s_len"])]


def probit(name, answers, kappa_sd, data, priors, kept) -> Seen:
    """z > 0 where the answer is yes; nan is no answer."""
    level, kappa = normal(f"{name} level", priors.run_level), normal(f"{name} kappa", kappa_sd)
    kept |= {f"{name}[0]": level, f"{name}[1]": kappa}
    rest = level + weekdays(name, priors.run_weekday, kept, first=2)[data.weekday]
    if name == "run":
        for i, told in ((8, data.intention), (9, data.drawn)):
            kept[f"run[{i}]"] = normal(f"run told {i}", priors.run_stated)
            rest += kept[f"run[{i}]"] * np.where(np.isnan(told), 0.0, np.where(told > 0, 1.0, -1.0))
    z = behind(name, np.where(answers == 1, 0.0, -np.inf), np.where(answers == 0, 0.0, np.inf))
    return Seen(z - rest, ~np.isnan(answers), direction(data, d=kappa), 1.0)


def measures(data, priors, kept) -> list[Seen]:
    """Every measure of every pathway; the first of a pathway is its yardstick."""
    out = []
    for k in range(data.pathways):
        for j in range(data.measure_group[k], data.measure_group[k + 1]):
            mine, yardstick = data.measure == j, j == data.measure_group[k]
            rows, learnt = data.row[mine], np.minimum(data.earlier[mine], 2) / 2
            assert len(set(rows)) == len(rows), "one value a day of each measure"
            offset = 0.0 if yardstick else normal(f"offset {j}", 1.0)
            gain = normal(f"gain {j}", 0.3, 0.3) if np.any(learnt > 0) else 0.0
            loading = 1.0 if yardstick else normal(f"loading {j}", 0.5, 1.0)
            error = half_normal(f"error {j}", priors.paths[k].error_sd)
            of = {"offset": offset, "gain": gain, "loading": loading, "error": error}
            kept |= {f"{what}[{j}]": value for what, value in of.items()}
            value = behind(f"measure {j}", data.value_lower[mine], data.value_upper[mine])
            daily = jnp.zeros(data.days).at[rows].set(value - offset - gain * learnt)
            on = np.isin(np.arange(data.days), rows)
            out.append(Seen(daily, on, direction(data, **{f"m{k}": loading}), error))
    return out


def blocks(dynamics, seen) -> Blocks:
    """Log density of v and of everything seen, as a quadratic in v:  constant + linear v - 1/2 v' precision v.

    take v[t] - carry v[t-1] - push[t] ~ N(0, diag(sd^2)),   value[t] - at v[t] ~ N(0, sd^2) where `on`
    """
    take, carry, weight = dynamics.take, jnp.diag(dynamics.carry), dynamics.sd**-2.0
    push, days = dynamics.push, len(dynamics.push) + 1
    at, sd = jnp.stack([s.at for s in seen]), jnp.stack([jnp.asarray(s.sd) for s in seen])
    value, on = jnp.stack([s.value for s in seen], axis=1), np.stack([s.on for s in seen], axis=1)
    told = on / sd**2
    diagonal = jnp.einsum("ti,ij,ik->tjk", told, at, at)
    diagonal = diagonal.at[1:].add(take.T * weight @ take).at[:-1].add(carry * weight @ carry)
    diagonal = diagonal.at[0].add(jnp.diag(dynamics.first_sd**-2.0))
    linear = (told * value) @ at
    linear = linear.at[1:].add(push * weight @ take).at[:-1].add(-push * weight @ carry)
    linear = linear.at[0].add(dynamics.first / dynamics.first_sd**2)
    squares = (
        (told * value**2).sum() + (push**2 * weight).sum() + (dynamics.first**2 / dynamics.first_sd**2).sum()
    )
    spread = (on * jnp.log(sd)).sum() + (days - 1) * jnp.log(dynamics.sd).sum()
    return Blocks(diagonal, -take.T * weight @ carry, linear, -0.5 * squares - spread)


def eliminated(of: Blocks) -> tuple[jax.Array, jax.Array]:
    """Forward elimination, day by day: inverse Cholesky roots (T, n, n) of the pivots, and pulls (T, n) on them."""
    unit = jnp.eye(of.linear.shape[1])

    def day(before, given):
        (inverse, pull), (diagonal, linear) = before, given
        link = inverse @ of.below.T
        inverse = solve_triangular(jnp.linalg.cholesky(diagonal - link.T @ link), unit, lower=True)
        pull = inverse @ (linear - link.T @ pull)
        return (inverse, pull), (inverse, pull)

    nothing = 0.0 * unit, 0.0 * unit[0]  # comes before the first day
    return jax.lax.scan(day, nothing, (of.diagonal, of.linear))[1]


@jax.custom_vjp
def log_integral(of: Blocks) -> jax.Array:
    """Log of the integral over v, up to a fixed number.

    constant - 1/2 log det precision + 1/2 linear' precision^-1 linear
    """
    inverses, pulls = eliminated(of)
    return of.constant + 0.5 * (pulls**2).sum() + jnp.log(jnp.diagonal(inverses, axis1=1, axis2=2)).sum()


def value_and_means(of: Blocks) -> tuple[jax.Array, Blocks]:
    """The log integral, and its derivatives: moments of v given all that was seen, by a sweep back in time."""
    inverses, pulls = eliminated(of)

    def day(later, given):
        (cov, mean), (inverse, pull) = later, given
        own = inverse.T @ inverse
        gain = own @ of.below.T
        across = cov @ gain.T - mean[:, None] * (here := inverse.T @ pull - gain @ mean)
        cov = own + gain @ cov @ gain.T
        return (cov, here), (-0.5 * (cov + here[:, None] * here), across, here)

    nothing = jnp.zeros_like(of.below), jnp.zeros_like(of.linear[0])  # comes after the last day
    diagonal, across, linear = jax.lax.scan(day, nothing, (inverses, pulls), reverse=True)[1]
    value = of.constant + 0.5 * (pulls**2).sum() + jnp.log(jnp.diagonal(inverses, axis1=1, axis2=2)).sum()
    return value, Blocks(diagonal, across.sum(axis=0), linear, jnp.ones(()))


def _times(moments: Blocks, by: jax.Array) -> tuple[Blocks]:
    return (jax.tree.map(lambda x: by * x, moments),)


log_integral.defvjp(value_and_means, _times)


def draw_paths(of: Blocks, z: jax.Array) -> jax.Array:
    """One draw of v (T, n) given everything seen, from standard normal z: back from the last day."""
    inverses, pulls = eliminated(of)

    def day(later, given):
        inverse, pull, noise = given
        v = inverse.T @ (pull + noise - inverse @ of.below.T @ later)
        return v, v

    return jax.lax.scan(day, 0.0 * z[0], (inverses, pulls, z), reverse=True)[1]


def ends_and_means(v, load, data):
    """First, last and usual values of the paths, by name."""
    usual = data.usual @ v
    kept = {"mu_first": v[0, MU], "mu_last": v[-1, MU], "mu_usual": usual[MU], "d_last": v[-1, D]}
    kept |= {"C_last": load[-1], "C_usual": data.usual @ load}
    for k, which in enumerate(data.pathway):
        name = PATHWAYS[which]
        kept |= {f"m_last[{name}]": v[-1, FIRST_M + k], f"m_usual[{name}]": usual[FIRST_M + k]}
    return kept
