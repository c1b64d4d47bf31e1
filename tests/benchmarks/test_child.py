"""The command as a process of its own."""


def test_a_child_tells_what_it_said_and_took(program):
    """Exit status, output, seconds and memory of one run."""
    child = program("child").backstride("--version")
    assert (child.code, child.out.startswith("backstride, version ")) == (0, True)
    assert child.seconds > 0 < child.cpu_seconds
    assert 5 < child.peak_mb < 5000


def test_lines_are_heard_when_they_come(program, tmp_path):
    """Each line on stderr has its moment, and a line that never came has none."""
    child = program("child").backstride("answer", tmp_path / "nowhere", "--timings")
    assert child.code == 2
    assert 0 < child.seconds_to("timing start-up") <= child.seconds
    assert child.seconds_to("timing sampling") != child.seconds_to("timing sampling")


def test_a_child_may_have_settings_of_its_own(program):
    """What is set for it is not set here."""
    child = program("child").backstride(
        "export", "out", environment={"BACKSTRIDE_DIARY": "/nowhere/d.sqlite"}
    )
    assert child.code == 2
    assert "/nowhere" in child.err
