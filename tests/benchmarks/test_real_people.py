"""What is looked for in the answers of real people."""

import copy

import pytest

ESTIMATE = {"mean": 0.3, "interval_95": [-0.1, 0.7]}
EFFECT = {
    "tier": {"letter": "C"},
    "estimate": ESTIMATE,
    "verdict": "can't tell yet",
    "parts": [{"estimate": {"mean": 0.1}}, {"estimate": {"mean": 0.2}}, {"estimate": None}],
    "priors": [{"name": "trials", "effective_draws": 4000.0}],
}
ANSWER = {
    "facts": {"first_day": "2019-11-01", "last_day": "2019-11-30", "check_ins": 28, "run_days": 9},
    "week": EFFECT,
    "season": EFFECT,
    "doubts": [{"number": 9, "name": "sampler", "result": "pass"}],
    "diagnostics": {"rhat": {"week": 1.001, "season": 1.002}, "ess_bulk": {"week": 900.0, "season": 1200.0}},
}


@pytest.fixture
def real_people(program):
    """The program."""
    return program("real_people")


@pytest.fixture
def asked(program, real_people):
    """A function that makes the record of one person from an answer."""
    child = program("child").Child(
        code=0, out="", err="", seconds=9.0, cpu_seconds=9.0, peak_mb=210.0, heard=()
    )
    return lambda answer: real_people.Asked("p01", child, answer)


def with_week(**changes):
    """The answer, changed in its week."""
    answer = copy.deepcopy(ANSWER)
    answer["week"] |= changes
    return answer


def test_a_sound_answer_has_no_fault(real_people, asked):
    """Nothing is found where nothing is wrong."""
    assert real_people.wrong(asked(ANSWER)) == []


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (with_week(estimate={"mean": None, "interval_95": [None, None]}), "no range"),
        (with_week(estimate={"mean": 0.3, "interval_95": [-12.0, 12.0]}), "larger than the scale"),
        (with_week(parts=[]), "do not add up"),
        (with_week(verdict="helps"), "from looking back"),
        (with_week(priors=[{"name": "sceptic", "effective_draws": 1.2}]), "'sceptic' rests on 1 draws"),
        (ANSWER | {"facts": ANSWER["facts"] | {"run_days": 5}}, "too few runs"),
        (ANSWER | {"doubts": [{"name": "sampler", "result": "fail"}]}, "did not settle"),
    ],
)
def test_each_fault_is_named(real_people, asked, answer, fault):
    """Whatever no answer may show."""
    assert any(fault in found for found in real_people.wrong(asked(answer)))


def test_a_row_has_a_cell_for_each_heading(real_people, asked):
    """With an answer, and without one."""
    rows = [real_people.row(asked(answer)) for answer in (ANSWER, None)]
    assert [len(row) for row in rows] == [len(real_people.HEAD)] * 2
    assert rows[0][:6] == ("p01", "30", "28", "9", "C", "+0.30 (-0.10 to +0.70)")
