"""How kernels are compiled: one decorator, so that the whole engine shares its settings and its cache."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])

# Sums may be reordered and multiply-adds contracted; infinities and nan keep their meaning,
# because open rating intervals are infinite.
_SAFE_MATH = {"reassoc", "contract", "arcp", "nsz"}


def kernel(function: F) -> F:
    """Compile `function` on first use, keep it in the cache, and let it run beside other threads."""
    compile_it = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=_SAFE_MATH)
    return cast("F", compile_it(function))
