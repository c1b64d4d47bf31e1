"""The power table: the same people under every design, and shares that are counted right."""

import pytest


@pytest.fixture
def power(program):
    """The module of the table."""
    return program("calibration.worlds.power")


def row(cell: str, number: int, verdict: str, *, caused: bool) -> dict[str, object]:
    """One answer of one person, alike for both questions."""
    both = lambda value: {"week": value, "season": value}  # noqa: E731 - one line, used once a field
    return {
        "cell": cell, "seed": 1, "number": number, "sampler_seed": 1, "error": "", "settled": True, "seconds": 1.0,
        "truth": both(-1.0), "mean": both(-0.8), "low": both(-1.6), "high": both(0.0), "small": both(False),
        "verdict": both(verdict), "tier": both("A"), "caused": both(caused), "why": both(""),
    }  # fmt: skip


def test_each_effect_lives_under_each_design_once(power):
    """Three effects under own days and four drawn designs, all over one length."""
    cells = power.power_cells()
    assert len({cell.name for cell in cells}) == len(cells) == 15
    assert len({cell.days for cell in cells}) == 1


def test_power_is_the_share_told_the_direction(power):
    """Three of four told lower is 75 %, two of four by chance 50 %, and a cell without rows has no line."""
    cell = power.power_cells()[1].name
    said = [("helps", True), ("helps a little", True), ("helps", False), ("can't tell yet", False)]
    rows = [row(cell, n, verdict, caused=caused) for n, (verdict, caused) in enumerate(said)]
    page = power.power_page(
        rows, command="made", bounds=lambda _: dict.fromkeys(("week", "season"), power.Best(0.25, 0.9))
    )
    lines = [line for line in page.splitlines() if line.startswith("| next-day")]
    assert len(lines) == 2
    for line in lines:
        figures = [part.strip() for part in line.strip("|").split("|")]
        assert figures[2] == "4"
        assert figures[4].startswith("75 ")
        assert figures[5] == "50"
        assert float(figures[9]) == pytest.approx(0.2)
        assert figures[-2:] == ["0.25", "90"]
