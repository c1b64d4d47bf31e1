"""Set the clock of a process that a test starts to that of the tests; `conftest.py` puts this folder on its path."""

import os
from datetime import UTC, datetime, timedelta

from time_machine import travel

shift = timedelta(seconds=float(os.environ["BACKSTRIDE_TEST_CLOCK_SHIFT"]))
travel(datetime.now(UTC) + shift, tick=True).start()
