"""The readers of what apps and sites hand out."""

from typing import Final

from backstride.importers.base import Reader
from backstride.importers.vendors.fitbit import FITBIT_EXERCISES, FITBIT_WEIGHTS
from backstride.importers.vendors.garmin_json import GARMIN_JSON, GARMIN_WEIGHTS
from backstride.importers.vendors.garmin_table import GARMIN_TABLE
from backstride.importers.vendors.garmin_weights_table import GARMIN_WEIGHTS_TABLE
from backstride.importers.vendors.golden_cheetah import GOLDEN_CHEETAH
from backstride.importers.vendors.golden_cheetah_table import GOLDEN_CHEETAH_TABLE
from backstride.importers.vendors.google_fit import GOOGLE_FIT
from backstride.importers.vendors.health_connect import HEALTH_CONNECT
from backstride.importers.vendors.log_xml import FITLOG, PWX, SML
from backstride.importers.vendors.polar_hrm import POLAR_HRM
from backstride.importers.vendors.polar_json import POLAR_JSON
from backstride.importers.vendors.run_tables import INTERVALS_RUNS, RUNKEEPER, SAMSUNG_RUNS, SAMSUNG_WEIGHTS
from backstride.importers.vendors.suunto_json import SUUNTO_JSON
from backstride.importers.vendors.wellness_tables import BEARABLE, DAYLIO, INTERVALS_DAYS, WITHINGS

_ONE_A_FILE: Final[tuple[Reader, ...]] = (
    GOOGLE_FIT,
    GOLDEN_CHEETAH,
    SUUNTO_JSON,
    POLAR_JSON,
    POLAR_HRM,
    PWX,
    SML,
)
APPS: Final[tuple[Reader, ...]] = (
    HEALTH_CONNECT,
    GARMIN_JSON,
    GARMIN_WEIGHTS,
    FITBIT_EXERCISES,
    FITBIT_WEIGHTS,
    *_ONE_A_FILE,
    FITLOG,
    GARMIN_TABLE,
    GARMIN_WEIGHTS_TABLE,
    RUNKEEPER,
    GOLDEN_CHEETAH_TABLE,
    INTERVALS_RUNS,
    INTERVALS_DAYS,
    SAMSUNG_RUNS,
    SAMSUNG_WEIGHTS,
    WITHINGS,
    DAYLIO,
    BEARABLE,
)
"""Asked in this order; the pickier stand first."""

ONE_SESSION_A_FILE: Final = frozenset(reader.name for reader in _ONE_A_FILE)
"""Readers whose files each are one recorded session: a folder of them is a log."""
