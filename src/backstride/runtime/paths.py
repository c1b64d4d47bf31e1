"""Where a person's things lie on this machine."""

import os
from pathlib import Path

from platformdirs import user_data_path

DATA_VARIABLE = "BACKSTRIDE_DATA"
DIARY_VARIABLE = "BACKSTRIDE_DIARY"
DIARY_FILE = "diary.sqlite"
ENGINE_FOLDER = "engine"


def data_folder() -> Path:
    """The folder of everything backstride keeps: BACKSTRIDE_DATA, else where this system keeps such things."""
    chosen = os.environ.get(DATA_VARIABLE, "").strip()
    return Path(chosen).expanduser() if chosen else user_data_path("backstride", appauthor=False)


def default_diary_location() -> str:
    """The diary: the URL or path in BACKSTRIDE_DIARY, else one file in the data folder."""
    chosen = os.environ.get(DIARY_VARIABLE, "").strip()
    return chosen or str(data_folder() / DIARY_FILE)
