"""How engines are set side by side, without running one."""

import argparse
import sys

import numpy as np
import pytest


@pytest.fixture
def engines(program):
    """The program."""
    return program("engines")


def outcome(engines, *, seconds: float, ess: float):
    """One run whose worst parameter is s_y."""
    sizes = {"Delta_week": 400.0, "Delta_season": 2.0 * ess, "phi": 300.0, "s_y": ess}
    rng = np.random.default_rng(1)
    return engines.Outcome(
        to_summary=seconds + 1.0,
        sampling=seconds,
        peak_mb=100.0 * seconds,
        diverged=0,
        ess=sizes,
        draws={name: rng.standard_normal((4, 50)) for name in sizes},
    )


def test_effective_draws_a_second_are_those_of_the_worst(engines):
    """The worst of the named quantities, over the time of sampling; Deltas are no parameters."""
    found = outcome(engines, seconds=4.0, ess=100.0)
    assert found.ess_a_second(engines.DELTAS) == 50.0
    assert found.ess_a_second(found.parameters) == 25.0
    assert found.worst == "s_y"


def test_ratios_are_taken_within_a_round(engines):
    """A round in which the machine is half as fast changes no ratio of sampling."""
    rounds = [
        {
            "backstride": outcome(engines, seconds=slow, ess=100.0),
            "numpyro": outcome(engines, seconds=10.0 * slow, ess=50.0),
        }
        for slow in (1.0, 2.0)
    ]
    row = engines.ratio_table(rounds, ["phi", "s_y"]).splitlines()[-1]
    cells = ["6.2 (5.5 to 7.0) x faster", "20 (20 to 20) x", "20 (20 to 20) x", "0.10 (0.10 to 0.10) of it"]
    assert row == f"| numpyro | {' | '.join(cells)} |"


def test_an_engine_that_fails_says_why(engines, tmp_path):
    """Its own last words, in place of a result."""
    person = engines.somebody(21, 8, ["mood"])
    job = engines.Job(sys.executable, 10, 10)
    assert "engine_child.py: error" in engines.run("no engine", job, person, tmp_path, seed=1, cache=tmp_path)


def test_the_page_shows_every_engine_and_names_the_missing(engines):
    """One row an engine in the table of speeds, and a sentence for each that was not run."""
    runs = {"backstride": outcome(engines, seconds=1.0, ess=100.0)}
    runs["numpyro"] = outcome(engines, seconds=9.0, ess=50.0)
    asked = {"oracle": sys.executable, "seed": 8, "days": 21, "pathways": ["mood"], "warmup": 10, "draws": 10}
    jobs = {"backstride": engines.Job(sys.executable, 10, 10)}
    text = engines.page(
        argparse.Namespace(**asked), jobs, runs, [runs, runs], {"nutpie": "no module named nutpie"}
    )
    assert "| backstride | 2 | 2.0 (2.0 to 2.0) |" in text
    assert "| numpyro | 10 | 10.0 (10.0 to 10.0) |" in text
    assert "nutpie was left out: no module named nutpie" in text
    assert "pyjags is not installed here" in text


def test_a_tiny_person_goes_the_whole_way_and_a_peer_gets_its_deltas(engines, program, tmp_path):
    """As a child runs it; the same draws without their Deltas, as a peer hands them in, give the same Deltas."""
    person = engines.somebody(21, 8, ["mood"])
    engines.store(person, tmp_path)
    marks = []
    found = program("engine_child").backstride(tmp_path / "person.npz", 1, 5, 10, marks.append)
    assert marks == ["imported", "sampled"]
    plain = {name: draws for name, draws in found.items() if name not in engines.DELTAS}
    again = engines.with_deltas(plain, person, engines.Job(sys.executable, 5, 10))
    for name in engines.DELTAS:
        assert np.isfinite(found[name]).all()
        np.testing.assert_allclose(again[name], found[name])
