"""At which speed people walk."""

from typing import Final

WALKS_BELOW_M_S: Final = 1.9
