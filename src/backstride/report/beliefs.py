"""The prior lines: the same answer from other starting points."""

from backstride.answer.effect import PriorLine
from backstride.report.amounts import in_our_digits, signed, signed_range
from backstride.report.language import _
from backstride.report.words import verdict_name

FEW_DRAWS = 100.0
NAMES = {
    "neutral": "No view either way",
    "trials": "With what trials found",
    "sceptic": "A sceptic",
}


def beliefs_caption() -> str:
    """Explain the lines of the table of priors."""
    return _(
        "Every answer starts from an assumption, which your records then change. Here is the same question from "
        "other starting points. Only the first line counts for the verdict. A line with too few draws cannot be "
        "relied on."
    )


def belief_row(line: PriorLine) -> tuple[str, ...]:
    """Format a prior's mean and sd, the posterior mean with its range, and the verdict."""
    start = _("{mean} ± {sd}").format(mean=signed(line.prior_mean), sd=in_our_digits(f"{line.prior_sd:.1f}"))
    verdict = verdict_name(line.verdict)
    thin = line.effective_draws < FEW_DRAWS
    guess = _("{mean} ({range})").format(
        mean=signed(line.estimate.mean), range=signed_range(line.estimate.interval_95)
    )
    return (
        f"{_(NAMES.get(line.name, line.name))} ({start})",
        guess,
        _("{verdict} (too few draws)").format(verdict=verdict) if thin else verdict,
    )
