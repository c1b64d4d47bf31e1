"""Asking the question: records in, an answer and its two files out."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from zoneinfo import ZoneInfo

from backstride.answer.answer import Answer, Truth
from backstride.cohort.prior_file import CohortPrior
from backstride.core.pain_since import PainSince
from backstride.core.records import Records
from backstride.diary.io_errors import translate_os_errors
from backstride.services.estimate import StageProgress, check_options, estimate

REPORT_FILE, ANSWER_FILE = "report.html", "answer.json"


@dataclass(frozen=True, slots=True)
class AskResult:
    """An answer, in words for a terminal, and where its page and its numbers were written."""

    answer: Answer
    summary: str
    report: Path
    numbers: Path


def ask(
    records: Records,
    *,
    zone: ZoneInfo,
    seed: int,
    folder: Path,
    worthwhile: float = 1.0,
    pain_since: PainSince | None = None,
    progress: StageProgress | None = None,
    truth: Truth | None = None,
    now: datetime | None = None,
    cohort: CohortPrior | None = None,
) -> AskResult:
    """Estimate both effects from `records`, and write report.html and answer.json into `folder`.

    Args:
        records: everything known of the person.
        zone: the person's own zone, for days without a check-in.
        seed: the same seed gives the same answer; 0 or more.
        folder: made where missing; nothing is written unless the whole answer is there.
        worthwhile: the smallest change worth the effort of running, 0.5 to 2 points.
        pain_since: how long the back has hurt; None where it is not known.
        progress: told how far it is.
        truth: of a simulated person, to stand beside the answer.
        now: what lies after it, two days of wrong clocks allowed, is left out; the clock's unless given.
        cohort: what a study published of others, for a line beside the season.

    Raises:
        BadValue: a worthwhile change or a seed that is not possible.
        NoAnswer: the records are too few, or the engine cannot work with them.
        DiaryFull: the folder cannot be written to.
    """
    check_options(worthwhile, seed)
    with translate_os_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()  # what cannot be written is said before the work, not after it
    answer = estimate(
        records,
        zone=zone,
        seed=seed,
        worthwhile=worthwhile,
        pain_since=pain_since,
        progress=progress,
        truth=truth,
        now=now,
        cohort=cohort,
    )
    if progress is not None:
        progress("writing", 0.0)
    from backstride.report.answer_json import answer_json  # noqa: PLC0415
    from backstride.report.page import page  # noqa: PLC0415
    from backstride.report.terminal import summary  # noqa: PLC0415

    texts = {REPORT_FILE: page(answer), ANSWER_FILE: answer_json(answer)}
    for name, text in texts.items():
        write_atomically(folder / name, text)
    return AskResult(answer, summary(answer), folder / REPORT_FILE, folder / ANSWER_FILE)


def write_atomically(path: Path, text: str) -> None:
    """Write `text` to `path` so that the file is there whole or, where the disk is full, as it was before.

    Raises:
        DiaryFull: it cannot be written.
    """
    with translate_os_errors(path):
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            half = Path(file.name)
            try:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                half.unlink()
                raise
        half.chmod(0o600)
        half.replace(path)
