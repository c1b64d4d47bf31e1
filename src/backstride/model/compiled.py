"""How kernels are compiled: one decorator, so that the whole engine shares its settings and its cache.

Compiled code is kept in a folder named after the engine's whole source: a kernel holds copies of the kernels it
calls, so a change in one file must not leave another's old copy in use.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])

# Sums may be reordered and multiply-adds contracted; infinities and nan keep their meaning,
# because open rating intervals are infinite.
_SAFE_MATH = {"reassoc", "contract", "arcp", "nsz"}


def _source_hash() -> str:
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _cache_folder() -> Path:
    """The folder numba was told to use, else one beside the source, else one in the temporary folder."""
    told = str(getattr(numba.config, "CACHE_DIR", ""))
    if told:
        return Path(told)
    beside = Path(__file__).parent / "__pycache__"
    if os.access(Path(__file__).parent, os.W_OK):
        return beside
    return Path(tempfile.gettempdir()) / "backstride-engine"


ENGINE = _cache_folder() / f"engine-{_source_hash()}"
"""Where this engine's compiled code is kept."""
setattr(numba.config, "CACHE_DIR", str(ENGINE))  # noqa: B010 - numba sets its own names late


def is_compiled() -> bool:
    """Whether compiled code of this very engine is on disk already."""
    return any(ENGINE.glob("**/*run_chain*.nbc"))


# Kernels write into arrays that are given to them and allocate none, so they need no reference counts:
# without them the engine compiles in three quarters of the time and runs faster.
_compile = partial(numba.njit, cache=True, nogil=True, error_model="numpy", fastmath=_SAFE_MATH, _nrt=False)


def kernel(function: F) -> F:
    """Compile `function` on first use, keep it in the cache, and let it run beside other threads."""
    return cast("F", _compile()(function))


def part(function: F) -> F:
    """A kernel that becomes part of its callers: each function apart costs half a second of compiling and more."""
    return cast("F", _compile(inline="always")(function))
