"""What a worker does in the tests of the engines: it keeps a note of each diary it answers, and may end itself."""

import os
import signal
import time
from pathlib import Path

from backstride.cohort.store import StoredAnswer


def answered(tasks, settings):
    """A number for each diary, and a line in the folder of notes: which process, which diary."""
    notes = Path(os.environ["COHORT_NOTES"])
    for task in tasks:
        time.sleep(float(os.environ.get("COHORT_SECONDS", "0.02")))
        with (notes / f"{os.getpid()}").open("a") as note:
            note.write(f"{task.key}\n")
    return [StoredAnswer(task.key, task.fingerprint, {"days": 1, "seed": settings.seed}) for task in tasks]


def deadly(tasks, settings):
    """Ends its process at the diary whose zone is that of Paris, as one that needs too much memory would."""
    if any(task.zone == "Europe/Paris" for task in tasks):
        os.kill(os.getpid(), signal.SIGKILL)
    return answered(tasks, settings)


def raising(tasks, settings):
    """Fails at the diary whose zone is that of Paris, by a defect of ours."""
    if any(task.zone == "Europe/Paris" for task in tasks):
        raise ZeroDivisionError("by zero")
    return answered(tasks, settings)
