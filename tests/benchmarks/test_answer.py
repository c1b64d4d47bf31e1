"""How the time of an answer is told."""


def test_the_stages_are_read_from_what_the_command_prints(program):
    """Every timing line is a stage and its seconds; other lines are passed over."""
    err = "timing start-up: 0.080 s\nWorking it out ...\ntiming sampling: 3.500 s"
    child = program("child").Child(
        code=0,
        out="",
        err=err,
        seconds=4.0,
        cpu_seconds=6.0,
        peak_mb=210.0,
        heard=((0.1, "timing start-up: 0.080 s"),),
    )
    answer = program("answer")
    assert answer.stage_seconds(child) == {"start-up": 0.08, "sampling": 3.5}
    assert set(answer.stage_seconds(child)) <= set(answer.STAGES)


def test_a_spread_is_the_middle_and_the_ends(program):
    """Median, least and most."""
    assert program("answer").spread([3.0, 1.0, 2.0]) == "2.00 (1.00 to 3.00)"
