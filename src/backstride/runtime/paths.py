"""Where a person's things lie on this machine."""

import os
from pathlib import Path

from platformdirs import user_data_path

DATA_VARIABLE = "BACKSTRIDE_DATA"
DIARY_VARIABLE = "BACKSTRIDE_DIARY"
DIARY_FILE = "diary.sqlite"
ENGINE_FOLDER = "engine"


def data_folder() -> Path:
    """Return the folder of all of backstride's data: BACKSTRIDE_DATA, else the system's usual place."""
    chosen = os.environ.get(DATA_VARIABLE, "").strip()
    return Path(chosen).expanduser() if chosen else user_data_path("backstride", appauthor=False)


def default_diary_location() -> str:
    """Return the URL or path of the diary: BACKSTRIDE_DIARY, else one file in the data folder."""
    chosen = os.environ.get(DIARY_VARIABLE, "").strip()
    return chosen or str(data_folder() / DIARY_FILE)
