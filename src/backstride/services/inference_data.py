"""Posterior draws as an xarray DataTree, with the groups and dimensions that ArviZ expects.

Needs the extra `xarray`; nothing else in backstride imports this module.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from backstride.answer.design import Design
from backstride.answer.doubts.sampler import diagnostics
from backstride.answer.effects import Fitted
from backstride.answer.kinds import Question
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE
from backstride.model.arrays import Floats
from backstride.model.data import PATHWAYS
from backstride.model.fit import Posterior

_ENTRY = re.compile(r"(\w+)\[(\w+)\]")
_DIMENSIONS = {"weekday": "day_of_week", "confounder": "recorded_cause", "course": "curve"} | dict.fromkeys(
    ("offset", "gain", "loading", "error"), "measure"
)
"""The last dimension of variables with several entries; those of pathways lie along `pathway`."""
_PATHWAY_VARIABLES = frozenset({"delta", "a", "b", "c", "phi_m", "s", "m_last", "m_usual"})


def inference_data(fitted: Fitted) -> xr.DataTree:
    """Convert a fit to a DataTree.

    Args:
        fitted: the main analysis of one person.

    Returns:
        `posterior`: every parameter, and `effect_<question>` in points with their parts.
        `prior`: both effects under the prior, from the person's own starting state.
        `observed_data`: rating and dose, one row a day. `constant_data`: what the effects compare.
        Versions, seed and warm-up are attributes of the root.
    """
    health = diagnostics(fitted.posterior, fitted.deltas)
    tree = xr.DataTree.from_dict(
        {
            "posterior": _posterior(fitted),
            "prior": _effects(fitted, prior=True),
            "observed_data": _observed(fitted.design),
            "constant_data": xr.Dataset(
                {
                    "usual_weekly_minutes": 7.0 * MINUTES_A_UNIT_OF_DOSE * fitted.design.usual_dose,
                    "usual_run_days_a_week": fitted.design.usual_run_days,
                }
            ),
        }
    )
    tree.attrs = {
        "inference_library": "backstride",
        "inference_library_version": health.versions["backstride"],
        "sampling_time": health.sampling_seconds,
        "tuning_steps": health.warmup,
        "seed": health.seed,
    } | {f"version_{name}": text for name, text in health.versions.items()}
    return tree


def _posterior(fitted: Fitted) -> xr.Dataset:
    posterior = fitted.posterior
    scalars = {n: posterior.of(n) for n in posterior.columns.names if not _ENTRY.fullmatch(n)}
    variables: dict[str, xr.DataArray] = {n: _array(values) for n, values in scalars.items()}
    for name, entries in _entries(posterior).items():
        block = np.stack([posterior.of(f"{name}[{entry}]") for entry in entries], axis=-1)
        labels = fitted.design.confounders if name == "confounder" else entries
        variables[name] = _array(block, _dimension(name), labels)
    return xr.Dataset(variables).merge(_effects(fitted, prior=False))


def _entries(posterior: Posterior) -> Mapping[str, Sequence[str]]:
    """List the entries of each indexed variable, as in {"delta": ["strength", "mood"]}."""
    found: dict[str, list[str]] = {}
    for column in posterior.columns.names:
        if match := _ENTRY.fullmatch(column):
            found.setdefault(match[1], []).append(match[2])
    return found


def _dimension(name: str) -> str:
    if name in _PATHWAY_VARIABLES:
        return "pathway"
    return _DIMENSIONS.get(name, f"{name}_term")


def _effects(fitted: Fitted, *, prior: bool) -> xr.Dataset:
    """(chain, draw) both effects in points, and (chain, draw, part) what adds up to them."""
    shape = fitted.posterior.draws.shape[:2]
    parts = ["next day", "habit", *(PATHWAYS[k] for k in fitted.design.data.pathway), "flares"]
    variables: dict[str, xr.DataArray] = {}
    for question in Question:
        delta = fitted.deltas[question]
        contrast = delta.prior if prior else delta.posterior
        variables[f"effect_{question.value}"] = _array(contrast.total.reshape(shape))
        block = contrast.parts.reshape(*shape, len(parts))
        variables[f"effect_{question.value}_parts"] = _array(block, "part", parts)
    return xr.Dataset(variables)


def _array(values: Floats, dimension: str | None = None, labels: Sequence[str] = ()) -> xr.DataArray:
    chains, n = values.shape[:2]
    coordinates: dict[str, object] = {"chain": np.arange(chains), "draw": np.arange(n)}
    if dimension is None:
        return xr.DataArray(values, coordinates, ["chain", "draw"])
    numbered = all(label.isdigit() for label in labels)
    coordinates[dimension] = np.arange(len(labels)) if numbered else list(labels)
    return xr.DataArray(values, coordinates, ["chain", "draw", dimension])


def _observed(design: Design) -> xr.Dataset:
    """One row a day; nan where the day is missing."""
    series = design.recorded
    days = np.array([day.day for day in series.days], dtype="datetime64[ns]")
    return xr.Dataset(
        {
            "pain": ("day", series.pain),
            "run_minutes": ("day", series.dose * MINUTES_A_UNIT_OF_DOSE),
            "assigned_to_run": ("day", series.allocation),
        },
        coords={"day": days},
    )
