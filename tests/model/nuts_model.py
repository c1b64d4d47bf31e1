"""The model once more, written from its equations for NumPyro and sampled by NUTS in float64.

    A[t]   = A[t-1] + (x[t-1] - A[t-1]) / tau,   C[t] = C[t-1] + (A[t] - C[t-1]) / delay
    (tau, delay) one pair of a few, equally likely
    mu[t]  = mu[t-1] + N(0, s_mu);   level = mu + curves course;   eta = level + size flare + d
    m[k,t] = a + carry m[k,t-1] + b (C[t] - centre) + c (x[t-1] - centre) + N(0, s)
    d[t]   = phi d[t-1] + beta_now (x[t-1] - centre) + beta_second (x[t-2] - centre) + beta_hab (C[t] - centre)
           + sum_k delta[k] m[k,t] + weekday + walking (w[t-1] - mean) + confounders[t-1] + e[t],   e[t] ~ N(0, s_eta)
    flare  a chain of two states: begins with chance min(exp(log_onset + log_ratio [ran]), 1/2), ends with chance ends

    rating in (lower, upper]      <=>  eta[t] + N(0, s_y) in (lower, upper]
    means to run                  <=>  level + kappa d[t] + flare + weekday + rhythm + confounders + N(0, 1) > 0
    runs                          <=>  the same with intention and draw; its chance and e[t+1] correlate by rho
    log length of a run            =   level + kappa d[t] + habit and trend of lengths + N(0, s_len)
    measurement in (lower, upper] <=>  offset + gain practice + loading m[k,t] + N(0, error) in (lower, upper]

The way is another than the product's: nothing is augmented. Ratings, answers and measurements count by the log
chance of their interval, the run's given next morning's e, so that its own chance u is integrated out. The paths eta,
mu and m are explored by their gradient; flares are summed over by the forward algorithm, tau by a sum over its grid,
and both are drawn when NUTS is done. Of the product nothing is used but the numbers of its priors and the names of
its quantities (for weekdays these are contrasts). All doses must be known.
"""

import math

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.scipy.special import log_ndtr, logsumexp
from numpyro.distributions import constraints
from numpyro.infer import MCMC, NUTS, init_to_uniform

from backstride.model.data import PATHWAYS, weekday_contrasts

numpyro.enable_x64()

FIRST_DAY_SD, MIN_SCALE, FAR, OPEN = 1.5, 1e-3, 30.0, 1e6
STARTS_IN_FLARE, MAX_ONSET, CALLED = 0.1, 0.5, (0.02, 0.8)
MAX_RHO, T_DF, S_MU_DF = 0.9, 4.0, 2.0
CURVES = (14.0, 28.0, 60.0)
FLARE = np.array([0.0, 1.0])


def nuts(data, priors, *, seed: int, warmup: int, draws: int, chains: int = 4):
    """Samples of all chains by site, (chains, draws, ...); and how many transitions diverged."""
    kernel = NUTS(model, init_strategy=init_to_uniform(radius=0.3), target_accept_prob=0.95, max_tree_depth=9)
    mcmc = MCMC(
        kernel,
        num_warmup=warmup,
        num_samples=draws,
        num_chains=chains,
        chain_method="vectorized",
        progress_bar=False,
    )
    mcmc.run(jax.random.PRNGKey(seed), data, priors, extra_fields=("diverging",))
    return mcmc.get_samples(group_by_chain=True), int(mcmc.get_extra_fields()["diverging"].sum())


def model(data, priors):
    """Everything unknown about one person, and all that was recorded."""
    of = effects(data, priors) | answers(data, priors) | pathways(data, priors) | paths(data)
    told = told_by_paths(of, data, priors)
    each = jax.vmap(lambda load: given_load(load, of, data, priors)[0])(loads(data, priors)[:, 1])
    numpyro.factor("everything seen", told + logsumexp(each) - math.log(len(priors.build_up)))


def normal(name, sd, mean=0.0, shape=()):
    """A coefficient, or several."""
    return mean + sd * numpyro.sample(name, dist.Normal().expand(shape).to_event(len(shape)))


def student(name, scale, df):
    """A coefficient with heavy tails."""
    return scale * numpyro.sample(name, dist.StudentT(df))


def half_normal(name, scale, least=MIN_SCALE):
    """A standard deviation."""
    return numpyro.sample(name, dist.TruncatedNormal(0.0, scale, low=least))


def between(name, mean, sd, least, most=None):
    """A normal between two bounds."""
    return numpyro.sample(name, dist.TruncatedNormal(mean, sd, low=least, high=most))


def contrasted(effects):
    """(7,) effects that sum to 0: the mean is taken off."""
    return effects - effects.mean()


def effects(data, priors):
    """What moves pain, by name."""
    tail = dist.TwoSidedTruncatedDistribution(
        dist.StudentT(S_MU_DF, 0.0, priors.s_mu), low=priors.s_mu_least, high=priors.s_mu_most
    )
    course = [priors.recovery] * len(CURVES) + [priors.recovery_since_run] * len(CURVES)
    return {
        "phi": between("phi", priors.phi_mean, priors.phi_sd, 0.0, priors.phi_most),
        "rho": between("rho", priors.rho_mean, priors.rho_sd, -MAX_RHO, MAX_RHO),
        "s_eta": half_normal("s_eta", priors.s_eta, priors.s_eta_least),
        "s_y": half_normal("s_y", priors.s_y, priors.s_y_least),
        "s_mu": numpyro.sample("s_mu", tail),
        "beta_now": student("beta_now", priors.beta_now, T_DF),
        "beta_hab": student("beta_hab", priors.beta_hab, T_DF),
        "beta_second": student("beta_second", priors.beta_second, T_DF),
        "walking": normal("walking", priors.walking),
        "weekdays": contrasted(normal("weekdays", priors.weekday, shape=(7,))),
        "confounder": normal("confounder", priors.confounder, shape=(data.confounders.shape[1],)),
        "course": normal("course", np.array(course), shape=(len(course),)),
        "flare_size": between("flare_size", priors.flare_mean, priors.flare_sd, priors.flare_least),
        "log_onset": normal("log_onset", priors.flare_log_onset_sd, priors.flare_log_onset),
        "log_ratio": normal("log_ratio", priors.flare_log_ratio_sd),
        "ends": numpyro.sample("ends", dist.Beta(priors.flare_ends, priors.flare_goes_on)),
        "mu_first": normal("mu_first", priors.level_sd, priors.level_mean),
    }


def answers(data, priors):
    """What moves the decision, the stated intention and the length of runs, by name."""
    q = data.confounders.shape[1]
    found = {"s_weekday": half_normal("s_weekday", priors.run_habit)}
    found |= {"s_rhythm": half_normal("s_rhythm", priors.run_habit)}
    for name, kappa in (("run", priors.run_kappa), ("intention", priors.intention_kappa)):
        found |= {
            f"{name} level": normal(f"{name} level", priors.run_level),
            f"{name} kappa": normal(f"{name} kappa", kappa),
            f"{name} flare": normal(f"{name} flare", priors.run_flare),
            f"{name} weekdays": contrasted(normal(f"{name} weekdays", found["s_weekday"], shape=(7,))),
            f"{name} rhythm": normal(f"{name} rhythm", found["s_rhythm"], shape=(5,)),
            f"{name} confounder": normal(f"{name} confounder", priors.run_confounder, shape=(q,)),
        }
    found["run told"] = normal("run told", priors.run_stated, shape=(2,))
    sds = np.array([priors.length_level, priors.length_kappa] + [priors.length_habit] * 3)
    return found | {
        "length": normal("length", sds, shape=(5,)),
        "s_len": half_normal("s_len", priors.length_sd, priors.length_sd_least),
    }


def pathways(data, priors):
    """Each pathway's and each measure's coefficients, by name."""
    found = {}
    for k, prior in enumerate(priors.paths):
        name, reach = PATHWAYS[data.pathway[k]], prior.reach * (1.0 - prior.phi_mean)
        found |= {
            f"delta[{name}]": normal(f"delta {name}", prior.delta_sd),
            f"a[{name}]": normal(f"a {name}", 0.5 * (1.0 - prior.phi_mean)),
            f"b[{name}]": normal(f"b {name}", reach),
            f"c[{name}]": normal(f"c {name}", reach),
            f"phi_m[{name}]": between(f"carry {name}", prior.phi_mean, prior.phi_sd, 0.0, 0.995),
            f"s[{name}]": half_normal(f"s {name}", prior.daily_sd),
        }
        for j in range(data.measure_group[k], data.measure_group[k + 1]):
            yardstick = j == data.measure_group[k]
            practised = np.any(data.earlier[data.measure == j] > 0)
            found |= {
                f"offset[{j}]": 0.0 if yardstick else normal(f"offset {j}", 1.0),
                f"gain[{j}]": normal(f"gain {j}", 0.3, 0.3) if practised else 0.0,
                f"loading[{j}]": 1.0 if yardstick else normal(f"loading {j}", 0.5, 1.0),
                f"error[{j}]": half_normal(f"error {j}", prior.error_sd),
            }
    return found


def paths(data):
    """Eta and the pathways seen on most days as they are; the slow level and the other pathways by their noise."""
    anywhere = dist.ImproperUniform(constraints.real_vector, (), (data.days,))
    middle = np.where(np.isinf(data.lower), data.upper - 0.5, data.lower + 0.5)
    middle = np.where(np.isfinite(middle), middle, data.lower + 0.5)
    middle = np.where(np.isfinite(middle), middle, np.nanmean(np.where(np.isfinite(middle), middle, np.nan)))
    found = {"eta": middle + numpyro.sample("eta", anywhere)}
    found["slow"] = normal("slow", 1.0, shape=(data.days - 1,))
    for k in range(data.pathways):
        if often(data, k):
            found[f"m {k}"] = numpyro.sample(f"m {k}", anywhere)
        else:
            found[f"noise {k}"] = normal(f"noise {k}", 1.0, shape=(data.days,))
    return found


def often(data, k) -> bool:
    """Whether a pathway is measured on most days."""
    return len(np.unique(data.row[data.group[k] : data.group[k + 1]])) > data.days / 2


def loads(data, priors) -> np.ndarray:
    """(pairs, 2, T) both stages of the load of each morning, from all doses before it."""
    out = np.full((len(priors.build_up), 2, data.days), data.chronic_start)
    for i, (tau, delay) in enumerate(priors.build_up):
        for t in range(1, data.days):
            out[i, 0, t] = out[i, 0, t - 1] + (data.dose[t - 1] - out[i, 0, t - 1]) / tau
            out[i, 1, t] = out[i, 1, t - 1] + (out[i, 0, t] - out[i, 1, t - 1]) / delay
    return out


def log_chance(lower, upper):
    """log P(lower < N(0, 1) <= upper), in the tail that keeps its digits."""
    lower, upper = jnp.clip(lower, -FAR, FAR), jnp.clip(upper, -FAR, FAR)
    flip = lower > 0
    a, b = jnp.where(flip, -upper, lower), jnp.where(flip, -lower, upper)
    return log_ndtr(b) + jnp.log1p(-jnp.exp(jnp.minimum(log_ndtr(a) - log_ndtr(b), -1e-12)))


def course(data) -> np.ndarray:
    """(T, 6) curves of what pain does by itself, from the first day and from the first run."""
    t = np.arange(data.days)
    ran = np.flatnonzero(data.dose > 0)
    since = np.maximum(t - (ran[0] if len(ran) else 0), 0)
    return np.column_stack([np.exp(-when / days) for when in (t, since) for days in CURVES])


def level_of(of, data):
    """(T,) mu and course, flares apart."""
    mu = of["mu_first"] + jnp.concatenate([jnp.zeros(1), jnp.cumsum(of["s_mu"] * of["slow"])])
    return mu + course(data) @ of["course"]


def told_by_paths(of, data, priors):
    """Log density of the ratings, and of the measures of what is explored as it is."""
    lower, upper = np.maximum(data.lower, -OPEN), np.minimum(data.upper, OPEN)  # inf has no gradient
    rated = np.isfinite(data.lower) | np.isfinite(data.upper)
    total = jnp.where(
        rated, log_chance((lower - of["eta"]) / of["s_y"], (upper - of["eta"]) / of["s_y"]), 0.0
    ).sum()
    return total + sum(measured(k, of[f"m {k}"], of, data) for k in range(data.pathways) if often(data, k))


def measured(k, m, of, data):
    """Log density of all measurements of one pathway."""
    total = 0.0
    for j in range(data.measure_group[k], data.measure_group[k + 1]):
        mine = data.measure == j
        fit = of[f"offset[{j}]"] + of[f"gain[{j}]"] * np.minimum(data.earlier[mine], 2) / 2
        fit = fit + of[f"loading[{j}]"] * m[data.row[mine]]
        low, high = np.maximum(data.value_lower[mine], -OPEN), np.minimum(data.value_upper[mine], OPEN)
        exact, error = low == high, of[f"error[{j}]"]
        total += dist.Normal(fit, error).log_prob(jnp.asarray(low))[exact].sum()
        total += log_chance((low - fit) / error, (high - fit) / error)[~exact].sum()
    return total


def given_load(load, of, data, priors):
    """Log density of all that depends on the chronic load; with what is needed to draw the flares."""
    centre = data.dose.mean()
    now, habit = data.dose[:-1] - centre, load[1:] - centre
    second = jnp.concatenate([jnp.zeros(1), now[:-1]])
    push = of["beta_now"] * now + of["beta_second"] * second + of["beta_hab"] * habit
    push += of["weekdays"][data.weekday[1:]]
    push += (
        of["walking"] * (data.walking[:-1] - data.walking.mean()) + data.confounders[:-1] @ of["confounder"]
    )
    total, ms = 0.0, []
    for k in range(data.pathways):
        name = PATHWAYS[data.pathway[k]]
        pushed = of[f"a[{name}]"] + of[f"b[{name}]"] * habit + of[f"c[{name}]"] * now
        if often(data, k):
            m = of[f"m {k}"]
            left = m[1:] - of[f"phi_m[{name}]"] * m[:-1] - pushed
            total += dist.Normal(0.0, of[f"s[{name}]"]).log_prob(left).sum()
            total += dist.Normal(0.0, FIRST_DAY_SD).log_prob(m[0])
        else:
            noise = of[f"noise {k}"]
            chance = jnp.concatenate([FIRST_DAY_SD * noise[:1], pushed + of[f"s[{name}]"] * noise[1:]])
            ago = np.subtract.outer(np.arange(data.days), np.arange(data.days))
            m = jnp.where(ago >= 0, of[f"phi_m[{name}]"] ** np.maximum(ago, 0), 0.0) @ chance
            total += measured(k, m, of, data)
        ms.append(m)
        push += of[f"delta[{name}]"] * m[1:]
    first, steps, last = potentials(push, of, data, priors)
    chain = logsumexp(first[:, None] + product(steps) + last[None, :])
    return total + chain, (first, steps, last, ms)


def inclined(name, d, of, data):
    """(2, T) mean of the decision's or the intention's hidden z without and with a flare."""
    rest = of[f"{name} level"] + of[f"{name} weekdays"][data.weekday] + data.rhythm @ of[f"{name} rhythm"]
    rest += data.confounders @ of[f"{name} confounder"]
    if name == "run":
        for i, told in enumerate((data.intention, data.drawn)):
            rest += of["run told"][i] * np.where(np.isnan(told), 0.0, np.where(told > 0, 1.0, -1.0))
    return rest + of[f"{name} kappa"] * d + of[f"{name} flare"] * FLARE[:, None]


def lengths(data) -> np.ndarray:
    """(T, 3) mean log length of the three runs before less that of all, a line, and a curve."""
    log = {t: math.log(x) for t, x in enumerate(data.dose) if x > 0}
    out = np.zeros((data.days, 3))
    for t in range(data.days):
        before = [log[s] for s in sorted(log) if s < t][-3:]
        out[t, 0] = np.mean(before) - np.mean(list(log.values())) if before else 0.0
    line = np.linspace(-1, 1, data.days)
    out[:, 1], out[:, 2] = line, (3 * line**2 - 1) / 2
    return out


def potentials(push, of, data, priors):
    """Log weights of flare sequences: of the first day (2,), of each step (T - 1, 2, 2), of the last day (2,)."""
    d = of["eta"] - level_of(of, data) - of["flare_size"] * FLARE[:, None]
    asked = data.decision_eligible & ~np.isnan(data.intention)
    sign = np.where(np.nan_to_num(data.intention) > 0, 1.0, -1.0)
    own = jnp.where(asked, log_ndtr(sign * inclined("intention", d, of, data)), 0.0)
    ran = data.dose > 0
    mean = of["length"][0] + of["length"][1] * d + lengths(data) @ of["length"][2:]
    own += jnp.where(ran, dist.Normal(mean, of["s_len"]).log_prob(np.log(np.where(ran, data.dose, 1.0))), 0.0)
    yes = np.log(np.array(CALLED))[:, None]
    no = np.log1p(-np.array(CALLED))[:, None]
    own += np.where(np.isnan(data.flare), 0.0, np.where(np.nan_to_num(data.flare) > 0, yes, no))
    e = (d[None, :, 1:] - of["phi"] * d[:, None, :-1] - push) / of["s_eta"]  # (from, to, T - 1)
    wish, went = inclined("run", d, of, data), np.where(ran, 1.0, -1.0)
    r = of["rho"] * np.where(data.decision_eligible, data.coupling, 0.0)[:-1]
    decided = log_ndtr(went[:-1] * (wish[:, None, :-1] + r * e) / jnp.sqrt(1.0 - r * r))
    onset = jnp.minimum(jnp.exp(of["log_onset"] + of["log_ratio"] * ran[:-1]), MAX_ONSET)
    always = jnp.ones(data.days - 1)
    change = jnp.log(jnp.stack([
        jnp.stack([1.0 - onset, onset]), jnp.stack([of["ends"] * always, (1.0 - of["ends"]) * always])
    ]))  # fmt: skip
    steps = dist.Normal(0.0, 1.0).log_prob(e) - jnp.log(of["s_eta"]) + change + own[:, None, :-1]
    steps += jnp.where(data.decision_eligible[:-1], decided, 0.0)
    first = dist.Normal(0.0, priors.start_sd).log_prob(d[:, 0]) + np.log(
        [1 - STARTS_IN_FLARE, STARTS_IN_FLARE]
    )
    last = own[:, -1] + jnp.where(data.decision_eligible[-1], log_ndtr(went[-1] * wish[:, -1]), 0.0)
    return first, jnp.moveaxis(steps, -1, 0), last


def product(steps):
    """(2, 2) log of the product of all matrices, entries as logs: neighbours in pairs, again and again."""
    nothing = jnp.where(jnp.eye(2) > 0, 0.0, -1e30)
    while len(steps) > 1:
        if len(steps) % 2:
            steps = jnp.concatenate([steps, nothing[None]])
        steps = logsumexp(steps[::2, :, :, None] + steps[1::2, None, :, :], axis=2)
    return steps[0]


def kept(samples, data, priors, *, seed: int) -> dict[str, np.ndarray]:
    """(chains, draws) of every quantity that the product keeps, by its names; tau and flares are drawn here."""
    chains, draws = samples["phi"].shape
    flat = {name: jnp.reshape(x, (chains * draws, *x.shape[2:])) for name, x in samples.items()}
    found = jax.jit(jax.vmap(lambda one, key: summary(one, key, data, priors)))(
        flat, jax.random.split(jax.random.PRNGKey(seed), chains * draws)
    )
    return {name: np.asarray(x).reshape(chains, draws) for name, x in found.items()}


def values(one, data, priors):
    """All coefficients and paths, from one draw of the sites."""
    with numpyro.handlers.substitute(data=one), numpyro.handlers.seed(rng_seed=0):
        return effects(data, priors) | answers(data, priors) | pathways(data, priors) | paths(data)


def summary(one, key, data, priors):
    """What the product keeps of one draw."""
    of, table = values(one, data, priors), loads(data, priors)
    each, (first, steps, last, ms) = jax.vmap(lambda load: given_load(load, of, data, priors))(table[:, 1])
    key, own = jax.random.split(key)
    chosen = jax.random.categorical(own, each)
    flare = draw_flares(key, first[chosen], steps[chosen], last[chosen])
    level, (acute, load) = level_of(of, data), jnp.asarray(table)[chosen]
    d = of["eta"] - level - of["flare_size"] * flare
    names = ("phi", "s_eta", "s_mu", "s_y", "s_len", "rho", "log_onset", "log_ratio", "ends", "s_weekday")
    names += ("s_rhythm", "beta_now", "beta_hab", "beta_second", "walking", "flare_size")
    out = {name: of[name] for name in names}
    out |= {name: value for name, value in of.items() if "[" in name}
    out |= dict(zip(("tau", "delay"), jnp.asarray(priors.build_up)[chosen], strict=True))
    contrast = jnp.asarray(weekday_contrasts())
    out |= numbered("weekday", of["weekdays"] @ contrast) | numbered("confounder", of["confounder"])
    out |= numbered("course", of["course"]) | numbered("length", of["length"])
    for name in ("run", "intention"):
        parts = [jnp.stack([of[f"{name} {what}"] for what in ("level", "kappa", "flare")])]
        parts += [of[f"{name} weekdays"] @ contrast, of[f"{name} rhythm"], of[f"{name} confounder"]]
        out |= numbered(name, jnp.concatenate([*parts, *([of["run told"]] if name == "run" else [])]))
    out |= {"mu_last": level[-1], "d_last": d[-1], "C_last": load[-1], "mu_usual": data.usual @ level}
    out |= {"C_usual": data.usual @ load, "mu_first": of["mu_first"], "flare_last": flare[-1]}
    out |= {"flare_usual": data.usual @ flare, "flare_days": flare.sum()}
    out |= {"A_last": acute[-1], "A_usual": data.usual @ acute}
    for k, which in enumerate(data.pathway):
        m, name = ms[k][chosen], PATHWAYS[which]
        out |= {f"m_last[{name}]": m[-1], f"m_usual[{name}]": data.usual @ m}
    return {name: jnp.asarray(value, dtype=float) for name, value in out.items()}


def numbered(name, values):
    """name[0], name[1], ..."""
    return {f"{name}[{i}]": values[i] for i in range(len(values))}


def draw_flares(key, first, steps, last):
    """(T,) one draw of the flares: forward, summing over the past, then back from the last day."""

    def forward(weights, step):
        new = logsumexp(weights[:, None] + step, axis=0)
        return new, weights

    final, before = jax.lax.scan(forward, first, steps)
    keys = jax.random.split(key, len(steps) + 1)
    end = jax.random.categorical(keys[-1], final + last)

    def backward(later, given):
        weights, step, k = given
        now = jax.random.categorical(k, weights + step[:, later])
        return now, now

    rest = jax.lax.scan(backward, end, (before, steps, keys[:-1]), reverse=True)[1]
    return jnp.concatenate([rest, end[None]]).astype(float)
