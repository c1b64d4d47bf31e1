"""The model's engine: compiled once, kept in the data folder."""

import os
from pathlib import Path

from backstride.runtime.paths import ENGINE_FOLDER, data_folder

NUMBA_VARIABLE = "NUMBA_CACHE_DIR"


def configure_numba_cache() -> Path:
    """Name the folder in which the compiled engine is kept. To be called before the model is first imported.

    A folder that is already named is left alone.
    """
    folder = Path(os.environ.setdefault(NUMBA_VARIABLE, str(data_folder() / ENGINE_FOLDER)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        del os.environ[NUMBA_VARIABLE]  # the engine then keeps itself beside its source, or nowhere
    return folder
