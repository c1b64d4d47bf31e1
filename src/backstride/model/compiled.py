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
from typing import NoReturn, TypeVar, cast

import numba
from numba.core.registry import CPUDispatcher
from numba.core.types import unliteral

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
    """Return numba's configured cache folder, else one beside the source, else one in the temporary folder."""
    named = str(getattr(numba.config, "CACHE_DIR", ""))
    if named:
        return Path(named)
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
_compile = partial(
    numba.njit,
    cache=True,
    nogil=True,
    error_model="numpy",
    fastmath=_SAFE_MATH,
    _nrt=False,
    no_cfunc_wrapper=True,
)


def kernel(function: F) -> F:
    """Compile `function` on first use, keep it in the cache, and let it run beside other threads."""
    compiled = _compile()(function)
    compiled.__class__ = _Kernel  # type: ignore[assignment]
    return cast("F", compiled)


class _Kernel(CPUDispatcher):
    """A kernel that is compiled once for whole numbers, not once more for each that stands in the source."""

    def get_call_template(self, args, kws):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - numba's own
        """Type a call from another kernel."""
        plain = [unliteral(of) for of in args]  # type: ignore[no-untyped-call]
        return super().get_call_template(plain, kws)


class _Step(_Kernel):
    """A kernel that Python cannot call: one that tries is told so."""

    def __call__(self, *_: object) -> NoReturn:
        """Refuse: the compiled code has no such entry, and to jump there would end the process."""
        raise AssertionError(
            f"{self.py_func.__name__} is a step of the engine: call it from a kernel, or its py_func."
        )


def step(function: F) -> F:
    """Compile a kernel that only kernels call: taking its arrays over from Python costs compile time, too."""
    compiled = _compile(no_cpython_wrapper=True)(function)
    compiled.__class__ = _Step  # type: ignore[assignment]
    return cast("F", compiled)


def part(function: F) -> F:
    """Compile a kernel inlined into its callers: for what is short or called once, as a function costs more."""
    return cast("F", _compile(inline="always")(function))
