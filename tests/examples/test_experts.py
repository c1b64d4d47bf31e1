"""The example for experts goes from files to quantiles of the posterior."""

import runpy

from backstride.services.simulate import simulate


def test_the_example_prints_the_parts(root, tmp_path, monkeypatch):
    """Given a folder of records it prints a row of ascending quantiles for the week and for each part."""
    from backstride.answer import panel

    monkeypatch.setattr(panel, "DRAWS", (60,))
    made = simulate(tmp_path / "somebody", seed=1, days=50)
    lines = runpy.run_path(str(root / "examples" / "experts.py"))["quantiles"](made.records).splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["the", "next", "habit"]
    assert lines[-1].startswith("placebo: ")
    numbers = [[float(text) for text in line.split()[-3:]] for line in lines[:-1]]
    assert all(low <= middle <= high for low, middle, high in numbers)
    assert numbers[0][0] < numbers[0][2]
