"""What a contribution holds, one sentence a number, and the words of consent, in the reader's language."""

import re

from backstride.cohort.contribution import TRAITS, Contribution, LikelihoodPart
from backstride.report.language import _


def trait_name(name: str) -> str:
    """Return a trait's name as a person reads it; the file has the name in English."""
    return {
        "age": _("age"),
        "sex": _("sex"),
        "herniation": _("herniation"),
        "nerve symptoms": _("nerve symptoms"),
        "sacroiliac joint": _("sacroiliac joint"),
        "years running": _("years running"),
    }[name]


def band(value: str) -> str:
    """Return a band or a value of a trait in the reader's language."""
    if found := re.fullmatch(r"(\d+) to (\d+)", value):
        return _("{a} to {b}").format(a=found[1], b=found[2])
    if found := re.fullmatch(r"(\d+) or more", value):
        return _("{n} or more").format(n=found[1])
    if found := re.fullmatch(r"under (\d+)", value):
        return _("under {n}").format(n=found[1])
    return {
        "female": _("female"),
        "male": _("male"),
        "other": _("other"),
        "yes": _("Yes"),
        "no": _("No"),
    }.get(value, value)


def tier_words(letter: str) -> str:
    """Say how an effect can be known, by its tier."""
    return {"A": _("drawn by chance"), "B": _("rated before running"), "C": _("looking back")}[letter]


def consent() -> list[str]:
    """Return the words that a person agrees to, a sentence each.

    Version 2; raise CONSENT_VERSION with every change of these words.
    """
    return [
        _(
            "You may give what stands above to a cohort: a study that asks many people whether running helped "
            "their back."
        ),
        _(
            "It leaves your diary only by the file that you hand over yourself. Nothing else of the diary goes "
            "with it."
        ),
        _(
            "It is pseudonymous, not anonymous: no name is in it, but who knows much about you might know it again."
        ),
        _("It is of use to others, not to your own answer, which stays as it is."),
        _("You may take it back at any time, without a reason, by its key. The study then deletes it."),
        _("What was published before cannot be called back. It never speaks of a few people alone."),
    ]


def sentences(contribution: Contribution) -> list[str]:
    """Say each value of a contribution in words, in the order of the file."""
    one = contribution
    said = "; ".join(f"{trait_name(name)}: {band(value)}" for name, value in one.traits.items())
    unsaid = [trait_name(name) for name in TRAITS if name not in one.traits]
    return [
        _("Its key, {key}: random, made for this contribution alone.").format(key=one.key),
        _("The month in which you agree, without the day: {month}. Version of the words: {version}.").format(
            month=one.month, version=one.consent
        ),
        _("The version of the answer: {version}.").format(version=one.answer_version),
        _("How many days your diary covers: {days}.").format(days=band(one.days)),
        _("How the week can be known: {letter}, {how}.").format(
            letter=one.week_tier, how=tier_words(one.week_tier)
        ),
        _("How the season can be known: {letter}, {how}.").format(
            letter=one.season_tier, how=tier_words(one.season_tier)
        ),
        _("Your usual pain, 0 to 10, of the last 56 mornings: {pain}.").format(pain=band(one.pain)),
        _("Your usual minutes of running a week: {minutes}.").format(minutes=band(one.minutes)),
        _("What you chose to say of yourself: {said}.").format(said=said or _("nothing"))
        + (" " + _("Not said: {names}.").format(names=", ".join(unsaid)) if unsaid else ""),
        _(
            "What your records alone say of 90 minutes of running a week, in points of pain. Below 0 is less pain. "
            "It is written as {n} bell curves, which together are your likelihood:"
        ).format(n=len(one.parts)),
        *(_of_part(place, part) for place, part in enumerate(one.parts, start=1)),
        _("How many independent draws these curves rest on, at least: {n}.").format(n=one.effective),
        left_behind(),
    ]


def left_behind() -> str:
    """Say what stays in the diary."""
    return _(
        "What does not leave: days, ratings, runs, notes, safety answers, places, devices, name, account."
    )


def _of_part(place: int, part: LikelihoodPart) -> str:
    return "  " + _(
        "curve {place}, with {share} of the weight: the week {week}, give or take {week_sd}; the season {season}, "
        "give or take {season_sd}; both go together with a correlation of {correlation}."
    ).format(
        place=place,
        share=f"{part.share:.1%}",
        week=f"{part.week:+.2f}",
        week_sd=f"{part.week_sd:.2f}",
        season=f"{part.season:+.2f}",
        season_sd=f"{part.season_sd:.2f}",
        correlation=f"{part.correlation:+.3f}",
    )
