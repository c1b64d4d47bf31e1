"""Files damaged by chance, 20,000 of each format: whatever they have become, they give runs or one of our errors.

    python benchmarks/fuzz.py --out docs/results/fuzz.md
    python benchmarks/fuzz.py --format fit --count 2000

Copy n of a format is damaged by the chance of its name and n. Each is read within 10 s and 512 MB, or it counts as
broken. What was read before, by the same readers, is not read again: it lies in .cache/fuzz.
"""

import argparse
import hashlib
import json
import os
import resource
import signal
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
# ours, whatever package of that name is installed beside us
sys.modules["tests"] = ModuleType("tests")
sys.modules["tests"].__path__ = [str(ROOT / "tests")]

from tests.importers import hostile  # noqa: E402 - found beside this folder
from tests.importers.fuzzing import SEEDS, mutation  # noqa: E402

from backstride.errors import BadInput  # noqa: E402
from backstride.importers.folder import import_path  # noqa: E402

MAX_S, MAX_MB, SHARE = 10, 512, 5000
HOME = ZoneInfo("UTC")
KINDS = ("FIT", "XML", "Apple Health", "JSON", "tables", "archives and others")
Found = dict[str, Any]

PAGE = """# Fuzz tests of the readers

`make fuzz` writes this page. A small sound file of each format is damaged by chance, one to eight times: bits and
bytes changed, pieces cut, doubled or swapped, and words put in over which readers stumble. Each copy is read as an
import reads it. It may give runs, or one of our errors; anything else, more than {seconds} s or more than {mb} MB is
broken.

| format | damaged copies | something went in | refused | slowest, ms | most memory, MB | broken |
|---|---|---|---|---|---|---|
{rows}

Memory is the most that a process held beyond what it held before, over {share:,} copies.

Beside these, {kept} files made to harm are kept and read at every run of the tests (`tests/importers/hostile.py`):
{kinds}.

## How

`python benchmarks/fuzz.py`; copy n of a format is damaged by the chance of its name and n, from 0 on. Some are read
at every run of the tests.
"""


def sources() -> str:
    """Return a short name of the readers, and of what damages."""
    files = sorted((ROOT / "src/backstride/importers").glob("*.py"))
    digest = hashlib.sha256()
    for path in (*files, ROOT / "tests/importers/fuzzing.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def held() -> tuple[int, float]:
    """Bytes of addresses that this process has now, and MB that it holds."""
    addresses, resident = Path("/proc/self/statm").read_text().split()[:2]
    return int(addresses) * resource.getpagesize(), int(resident) * resource.getpagesize() / 2**20


def share(kind: str, first: int, last: int) -> Found:
    """Read the copies first..last-1 of one format, in a process of its own."""
    addresses, before = held()
    found: Found = {"in": 0, "refused": 0, "slowest": 0.0, "broken": []}
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (addresses + MAX_MB * 2**20, hard))
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    with TemporaryDirectory() as place:
        path = Path(place) / "a"
        for number in range(first, last):
            path.write_bytes(mutation(kind, number))
            began = time.perf_counter()
            signal.alarm(MAX_S)
            try:
                import_path(path, zone=HOME)
                found["in"] += 1
            except BadInput:
                found["refused"] += 1
            except BaseException as error:  # noqa: BLE001 - this is what is looked for
                found["broken"].append(f"{kind}, copy {number}: {type(error).__name__}: {error}")
            signal.alarm(0)
            found["slowest"] = max(found["slowest"], time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found | {"copies": last - first, "mb": max(peak - before, 0.0)}


def all_shares(kinds: list[str], count: int, cache: Path) -> dict[str, list[Found]]:
    """Every share, read now or found in the cache."""
    cache.mkdir(parents=True, exist_ok=True)
    wanted = [(kind, n, min(n + SHARE, count)) for kind in kinds for n in range(0, count, SHARE)]
    places = {one: cache / f"{'-'.join(map(str, one))}.json" for one in wanted}
    missing = [one for one in wanted if not places[one].exists()]
    context = get_context("forkserver")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context, max_tasks_per_child=1) as pool:
        for one, job in [(one, pool.submit(share, *one)) for one in missing]:
            places[one].write_text(json.dumps(job.result()))
            print(*one, flush=True)
    return {k: [json.loads(places[o].read_text()) for o in wanted if o[0] == k] for k in kinds}


def row(kind: str, shares: list[Found]) -> str:
    """One format's row."""
    total = {name: sum(one[name] for one in shares) for name in ("copies", "in", "refused")}
    slowest, mb = (max(one[name] for one in shares) for name in ("slowest", "mb"))
    broken = sum(len(one["broken"]) + (one["mb"] > MAX_MB) for one in shares)
    counts = f"{total['copies']:,} | {total['in']:,} | {total['refused']:,}"
    return f"| {kind} | {counts} | {1000 * slowest:.0f} | {mb:.0f} | {broken} |"


def main() -> None:
    """Read them all, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--format", choices=tuple(SEEDS))
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache/fuzz")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    kinds = [args.format] if args.format else list(SEEDS)
    found = all_shares(kinds, args.count, args.cache / sources())
    page = PAGE.format(
        seconds=MAX_S,
        mb=MAX_MB,
        rows="\n".join(row(kind, shares) for kind, shares in found.items()),
        share=min(SHARE, args.count),
        kept=len(hostile.FILES),
        kinds=", ".join(f"{len(files)} {name}" for name, files in zip(KINDS, hostile.KINDS, strict=True)),
    )
    print(page)
    broken = [told for shares in found.values() for one in shares for told in one["broken"]]
    for told in broken[:20]:
        print(told, file=sys.stderr)
    if args.out and not args.format:
        args.out.write_text(page, encoding="utf-8")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
