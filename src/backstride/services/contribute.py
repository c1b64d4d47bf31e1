"""Giving what one's records say to a cohort, checking what would leave, and taking it back."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from zoneinfo import ZoneInfo

from backstride.cohort.contribution import (
    CONSENT_VERSION,
    Contribution,
    checked_traits,
    days_band,
    minutes_band,
    pain_band,
)
from backstride.cohort.contribution_file import KEY, contribution_json
from backstride.cohort.given_files import contribution_files, contribution_of_file
from backstride.cohort.store import CohortStore
from backstride.core.records import Records, not_in_future
from backstride.diary.daily import daily_series
from backstride.diary.io_errors import translate_os_errors
from backstride.errors import BackstrideError, BadValue, NotInDiary, TooFewRecords
from backstride.runtime.clock import utc_now
from backstride.services.ask import write_atomically
from backstride.services.estimate import StageProgress, prepare_engine

MAX_DIFFERENCE = 0.05
"""By how many points a mean or an sd may differ on another machine before `differences` says so."""


def contribution_from(
    records: Records,
    *,
    zone: ZoneInfo,
    traits: Mapping[str, str] | None = None,
    seed: int = 1,
    key: str | None = None,
    now: datetime | None = None,
    progress: StageProgress | None = None,
) -> Contribution:
    """Work out what one person's records would give to a cohort; nothing is written, and nothing leaves.

    Args:
        records: everything known of the person.
        zone: the person's own zone, for days without a check-in.
        traits: what they choose to say of themselves, by name.
        seed: of the sampler.
        key: of an earlier contribution that this one replaces; a new one unless given.
        now: gives the month; the clock's unless given.
        progress: told how far it is.

    Raises:
        BadValue: a trait is none that a contribution holds.
        TooFewRecords: nothing of the person's own would be in it, for there are too few runs or ratings.
        NoAnswer: the engine cannot work with the records.
    """
    said = checked_traits(traits or {})
    moment = now or utc_now()
    past, _ = not_in_future(records, now=moment)
    series = daily_series(past, zone=zone)
    prepare_engine(progress or (lambda _stage, _share: None))
    from backstride.answer.answer import VERSION  # noqa: PLC0415 - the engine's folder is named now
    from backstride.answer.ask import verdicts  # noqa: PLC0415 - the same
    from backstride.answer.kinds import Verdict  # noqa: PLC0415 - the same
    from backstride.cohort.answer_columns import fitted_pathways, standard_draws  # noqa: PLC0415 - the same
    from backstride.cohort.contribution_likelihood import parts_of  # noqa: PLC0415 - the same
    from backstride.cohort.interim import interim_prior  # noqa: PLC0415 - the same
    from backstride.cohort.likelihood import likelihood_of  # noqa: PLC0415 - the same
    from backstride.model.data import PATHWAYS  # noqa: PLC0415 - the same

    found = verdicts(series, seed=seed)
    if found.week.verdict is Verdict.TOO_FEW_RUNS:
        raise TooFewRecords(
            "There are too few runs in the diary: a contribution would say nothing of yours.",
            advice="Carry on with the diary, and share it later.",
        )
    pathways = tuple(PATHWAYS[k] for k in fitted_pathways(found.fitted))
    likelihood = likelihood_of(standard_draws(found.fitted), interim_prior(pathways))
    return Contribution(
        key=key or token_hex(16),
        month=f"{moment:%Y-%m}",
        consent=CONSENT_VERSION,
        answer_version=VERSION,
        days=days_band((found.facts.last_day - found.facts.first_day).days + 1),
        week_tier=found.week.tier.letter.value,
        season_tier=found.season.tier.letter.value,
        pain=pain_band(found.facts.usual_pain),
        minutes=minutes_band(found.facts.usual_weekly_minutes),
        traits=said,
        parts=parts_of(likelihood),
        effective=max(round(float(likelihood.effective[0])), 1),
    )


def key_of_earlier(path: Path) -> str | None:
    """Return the key of the contribution that a file holds; None where there is no file.

    Raises:
        BadValue: the file is something else, which would be lost.
    """
    if not path.exists():
        return None
    try:
        return contribution_of_file(path).key
    except BackstrideError as error:
        raise BadValue(
            f"{path} is there already, and is no contribution.", advice="Choose another file with --out."
        ) from error


def write_contribution(contribution: Contribution, path: Path) -> None:
    """Write a contribution so that only its owner may read the file.

    Raises:
        DiaryFull: it cannot be written.
    """
    with translate_os_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, contribution_json(contribution))


def differences(given: Contribution, mine: Contribution) -> list[str]:
    """Say where a contribution differs from what the diary gives now, a sentence each.

    Args:
        given: as the file has it.
        mine: worked out anew from the diary.
    """
    out = [
        f"{name}: the file says {getattr(given, field)}, your diary {getattr(mine, field)}."
        for field, name in (
            ("answer_version", "Version of the answer"),
            ("days", "Days"),
            ("week_tier", "Tier of the week"),
            ("season_tier", "Tier of the season"),
            ("pain", "Usual pain"),
            ("minutes", "Usual minutes a week"),
        )
        if getattr(given, field) != getattr(mine, field)
    ]
    for place, (one, other) in enumerate(zip(given.parts, mine.parts, strict=True), start=1):
        far = [
            field.replace("_", " ")
            for field in ("share", "week", "week_sd", "season", "season_sd", "correlation")
            if abs(getattr(one, field) - getattr(other, field)) > MAX_DIFFERENCE
        ]
        if far:
            out.append(f"Curve {place}: {', '.join(far)} differ by more than {MAX_DIFFERENCE:g}.")
    return out


def withdraw(which: str, *, store: Path | None, received: Path | None) -> tuple[str, list[Path]]:
    """Take a contribution back.

    Args:
        which: its key, or the path of its file.
        store: of the study that has it; None where its owner only deletes their own file.
        received: the folder in which the study received the files; those with this key are deleted.

    Returns:
        The key, and the files that were deleted.

    Raises:
        BadValue: `which` is neither a key nor a file.
        NotInDiary: the store has no such contribution, and neither has the folder.
    """
    own = Path(which)
    key = which.strip().lower()
    if not KEY.fullmatch(key):
        if not own.is_file():
            raise BadValue(
                f"'{which[:60]}' is no key and no file.",
                advice="Give the file, or its key of 32 digits and letters.",
            )
        key = contribution_of_file(own).key
    was_there = False
    if store is not None:
        with CohortStore(store) as opened:
            was_there = opened.withdraw(key, month=f"{utc_now():%Y-%m}")
    files = [own] if own.is_file() else []
    files += [path for path in _received(received) if _holds(path, key) and path not in files]
    if store is not None and not was_there and not files:
        raise NotInDiary(
            f"{store} has no contribution with this key.",
            advice="See whether the key is right. Should a file with it arrive, it will not be taken in.",
        )
    with translate_os_errors(own):
        for path in files:
            path.unlink()
    return key, files


def _received(folder: Path | None) -> list[Path]:
    return contribution_files(folder) if folder is not None and folder.is_dir() else []


def _holds(path: Path, key: str) -> bool:
    try:
        return contribution_of_file(path).key == key
    except BackstrideError:
        return False
