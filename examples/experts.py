"""Posterior draws of one person as a table of quantiles. Needs the extra: pip install 'backstride[xarray]'.

python examples/experts.py my-diary
"""

import sys
from pathlib import Path

from backstride import BackstrideError, Check, default_timezone, fit_model, read_paths


def quantiles(folder: Path) -> str:
    """Show the effect of a week and its parts: 5 %, 50 % and 95 % quantiles, in points of the 0-10 rating.

    Raises:
        BackstrideError: the files cannot be used, or are too few; the message says what to do.
    """
    zone = default_timezone().zone
    fit = fit_model(read_paths([folder], zone=zone).records, zone=zone, seed=1)
    posterior = fit.to_xarray()["posterior"].to_dataset()
    rows = [("the whole week", posterior["effect_week"])]
    rows += [(str(name.item()), posterior["effect_week_parts"].sel(part=name)) for name in posterior["part"]]
    lines = []
    for name, values in rows:
        low, middle, high = values.quantile([0.05, 0.5, 0.95]).values
        lines.append(f"{name:16} {low:+.2f} {middle:+.2f} {high:+.2f}")
    return "\n".join([*lines, f"placebo: {fit.check(Check.PLACEBO).result}"])


if __name__ == "__main__":
    try:
        print(quantiles(Path(sys.argv[1])))
    except BackstrideError as error:
        sys.exit(str(error))
    except IndexError:
        sys.exit("Say where the records are: experts.py my-diary")
