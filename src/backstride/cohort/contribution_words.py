"""What a contribution holds, one sentence a number, and the words of consent."""

from backstride.cohort.contribution import TRAITS, Contribution, LikelihoodPart

_TIERS = {"A": "drawn by chance", "B": "rated before running", "C": "looking back"}

CONSENT = (
    "You may give what stands above to a cohort: a study that asks many people whether running helped their back.",
    "It leaves your diary only by the file that you hand over yourself. Nothing else of the diary goes with it.",
    "It is pseudonymous, not anonymous: no name is in it, but who knows much about you might know it again.",
    "It is of use to others, not to your own answer, which stays as it is.",
    "You may take it back at any time, without a reason, by its key. The study then deletes it.",
    "What was published before cannot be called back; that never speaks of a few people alone.",
)
"""Version 1; raise CONSENT_VERSION with every change of these words."""
LEFT_BEHIND = (
    "What does not leave: days, ratings, runs, notes, safety answers, places, devices, name, account."
)


def sentences(contribution: Contribution) -> list[str]:
    """Say each value of a contribution in words, in the order of the file."""
    said = "; ".join(f"{name}: {value}" for name, value in contribution.traits.items())
    unsaid = [name for name in TRAITS if name not in contribution.traits]
    return [
        f"Its key, {contribution.key}: random, made for this contribution alone.",
        f"When you agreed: {contribution.month} (the month, no day), to version {contribution.consent} of the words.",
        f"The version of the answer: {contribution.answer_version}.",
        f"How many days your diary covers: {contribution.days}.",
        f"How the week can be known: {contribution.week_tier}, {_TIERS[contribution.week_tier]}.",
        f"How the season can be known: {contribution.season_tier}, {_TIERS[contribution.season_tier]}.",
        f"Your usual pain, 0 to 10, of the last 56 mornings: {contribution.pain}.",
        f"Your usual minutes of running a week: {contribution.minutes}.",
        f"What you chose to say of yourself: {said or 'nothing'}."
        + (f" Not said: {', '.join(unsaid)}." if unsaid else ""),
        "What your records alone say of 90 minutes of running a week, in points of pain (negative is less pain), "
        f"as {len(contribution.parts)} bell curves that together are your likelihood:",
        *(_of_part(place, part) for place, part in enumerate(contribution.parts, start=1)),
        f"How many independent draws these curves rest on: {contribution.effective}.",
        LEFT_BEHIND,
    ]


def _of_part(place: int, part: LikelihoodPart) -> str:
    return (
        f"  curve {place}, with {part.share:.1%} of the weight: the week {part.week:+.2f}, give or take "
        f"{part.week_sd:.2f}; the season {part.season:+.2f}, give or take {part.season_sd:.2f}; "
        f"both go together with a correlation of {part.correlation:+.3f}."
    )
