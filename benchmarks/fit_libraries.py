"""FIT files read by several libraries on the same bytes: how fast each is, and how many true records it gets back.

A library that is not installed is named as absent. Each file is read by all of them in turn, so that none has the
quieter machine; processor time counts, the best of some rounds.
"""

import gzip
import importlib
import io
import math
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from backstride.errors import BackstrideError
from backstride.importers.fit.beats import beats_of
from backstride.importers.fit.messages import fit_parts
from backstride.importers.fit.reader import FIT
from backstride.importers.fit.stream import RECORD, stream_of

UTC_ZONE = ZoneInfo("UTC")
EPOCH_S = datetime(1989, 12, 31, tzinfo=UTC).timestamp()
Times = list[float]
"""Times of records, seconds since 1989-12-31 UTC."""


def ours_as_runs(content: bytes) -> Times:
    """Everything that an import does with a file."""
    return [0.0 for _ in FIT.read(content, name="a", zone=UTC_ZONE).records.runs]


def ours_as_arrays(content: bytes) -> Times:
    """Return Times, places, distances and heart rates of all records as arrays."""
    parts = list(fit_parts(content))
    beats = beats_of(parts)
    for part in parts:
        stream_of(part, beats=beats)
    return [time for part in parts for time in part.messages(RECORD).times.tolist()]


def by_fitfast(content: bytes) -> Times:
    """Fitfast's arrays."""
    fitfast = importlib.import_module("fitfast")
    times = fitfast.records(content, "record").get("timestamp", [])
    return [float(one) - EPOCH_S for one in times]


def by_chiptime(content: bytes) -> Times:
    """Chiptime's messages, at its most forgiving."""
    chiptime = importlib.import_module("chiptime")
    raw = [one.get_raw("timestamp") for one in chiptime.parse(content).messages if one.name == "record"]
    return [float(one) for one in raw if one is not None]


def by_fitdecode(content: bytes) -> Times:
    """Fitdecode's messages, at its most forgiving."""
    fitdecode = importlib.import_module("fitdecode")
    times: Times = []
    with (
        fitdecode.FitReader(
            io.BytesIO(content),
            check_crc=fitdecode.CrcCheck.DISABLED,
            error_handling=fitdecode.ErrorHandling.IGNORE,
            processor=None,
        ) as frames,
        suppress(fitdecode.FitError),
    ):  # what came before the fault counts
        for frame in frames:
            if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "record":
                times.append(float(frame.get_raw_value("timestamp", fallback=-1) or -1))
    return times


def by_sdk(content: bytes) -> Times:
    """garmin-fit-sdk's messages, with all its conveniences off."""
    sdk = importlib.import_module("garmin_fit_sdk")
    decoder = sdk.Decoder(sdk.Stream.from_byte_array(bytearray(content)))
    messages, _ = decoder.read(
        convert_datetimes_to_dates=False,
        expand_components=False,
        expand_sub_fields=False,
        merge_heart_rates=False,
        convert_types_to_strings=False,
    )
    return [float(one.get("timestamp", -1)) for one in messages.get("record_mesgs", [])]


OURS = {"backstride, arrays": ours_as_arrays, "backstride, the whole import": ours_as_runs}


def by_sdk_as_it_comes(content: bytes) -> Times:
    """garmin-fit-sdk's messages, as its read-me shows."""
    sdk = importlib.import_module("garmin_fit_sdk")
    messages, _ = sdk.Decoder(sdk.Stream.from_byte_array(bytearray(content))).read()
    return [0.0 for _ in messages.get("record_mesgs", [])]


OTHERS: dict[str, tuple[str, Callable[[bytes], Times]]] = {
    "fitfast (Rust)": ("fitfast", by_fitfast),
    "garmin-fit-sdk, conveniences off": ("garmin_fit_sdk", by_sdk),
    "garmin-fit-sdk, as it comes": ("garmin_fit_sdk", by_sdk_as_it_comes),
    "fitdecode": ("fitdecode", by_fitdecode),
    "chiptime": ("chiptime", by_chiptime),
}
NO_TIMES = {"backstride, the whole import", "garmin-fit-sdk, as it comes"}
QUICK = {*OURS, "fitfast (Rust)"}
SMALL_BYTES = 150_000


def readers() -> tuple[dict[str, Callable[[bytes], Times]], list[str]]:
    """Those that are installed, and the names of those that are not."""
    there: dict[str, Callable[[bytes], Times]] = dict(OURS)
    absent = []
    for name, (module, read) in OTHERS.items():
        try:
            importlib.import_module(module)
            there[name] = read
        except ImportError:
            absent.append(name)
    return there, absent


def contents(folder: Path, *, most_bytes: int, least_bytes: int = 0) -> list[bytes]:
    """FIT files of a folder within these sizes, unpacked."""
    found = []
    for path in sorted(folder.glob("*")):
        if ".fit" not in path.name.lower() or not least_bytes <= path.stat().st_size <= most_bytes:
            continue
        content = path.read_bytes()
        with suppress(OSError, EOFError):
            content = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        found.append(content)
    return found


def seconds_for(read: Callable[[bytes], Times], content: bytes, *, rounds: int) -> float | None:
    """Processor time of the best round; None where the file is refused."""
    best = None
    for _ in range(rounds):
        begin = time.process_time()
        if not held(read, content):
            return None
        seconds = time.process_time() - begin
        best = seconds if best is None else min(best, seconds)
    return best


def held(read: Callable[[bytes], Times], content: bytes) -> Times:
    """Return the records; none where the library gives up. Rust's panics are no Exception."""
    try:
        return read(content)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BackstrideError:
        return []
    except BaseException:  # noqa: BLE001 - whatever a library raises, it has not read the file
        return []


def speed(files: Iterable[bytes], *, only: Collection[str] | None = None) -> list[str]:
    """Return a table of megabytes a second on the files that every library, or `only` these, reads."""
    there, absent = readers()
    if only is not None:
        there, absent = {name: read for name, read in there.items() if name in only}, []
    took: dict[str, float] = dict.fromkeys(there, 0.0)
    megabytes, count, tried = 0.0, 0, 0
    for content in files:
        tried += 1
        each = {
            name: seconds_for(read, content, rounds=3 if name in QUICK else 1) for name, read in there.items()
        }
        if any(seconds is None for seconds in each.values()):
            continue
        count, megabytes = count + 1, megabytes + len(content) / 1e6
        took = {name: took[name] + (each[name] or 0.0) for name in there}
    arrays = took["backstride, arrays"]
    lines = [
        f"{count} of {tried} files, {megabytes:.1f} MB: those that every library here reads.",
        "",
        "| reader | MB/s | time, backstride's arrays = 1 |",
        "|---|---|---|",
    ]
    lines += [f"| {name} | {megabytes / s:.2f} | {s / arrays:.2f} |" for name, s in took.items() if s]
    return [*lines, *(f"| {name} | not installed | |" for name in absent), ""]


def recovery(files: Iterable[bytes]) -> list[str]:
    """Return a table of how many of the sound file's records each library gets back from damaged copies of it."""
    there, absent = readers()
    there = {name: read for name, read in there.items() if name not in NO_TIMES}
    got: dict[str, Counter[str]] = {name: Counter() for name in there}
    true: Counter[str] = Counter()
    for content in files:
        truth = Counter(filter(math.isfinite, ours_as_arrays(content)))
        if sum(truth.values()) < 50 or Counter(held(by_sdk, content)) != truth:
            continue  # the two must agree on what is true
        for damage, damaged in damages(content):
            true[damage] += sum(truth.values())
            for name, read in there.items():
                got[name][damage] += sum((Counter(held(read, damaged)) & truth).values())
    kinds = list(true)
    told = (
        "Each damage is done to sound files on which backstride and garmin-fit-sdk agree; a record counts where one\n"
        "of its time stood in the sound file. Half of a file that is cut at half cannot be had by anybody.\n"
    )
    lines = [told, f"| reader | {' | '.join(kinds)} | all |", "|---" * (len(kinds) + 2) + "|"]
    for name, counts in got.items():
        shares = [f"{100 * counts[kind] / true[kind]:.0f} %" for kind in kinds]
        lines.append(f"| {name} | {' | '.join(shares)} | {100 * counts.total() / true.total():.1f} % |")
    lines += [f"| {name} | not installed |{' |' * len(kinds)}" for name in absent]
    return [*lines, "", f"True records to be had, all damages together: {true.total():,}.", ""]


def damages(content: bytes) -> list[tuple[str, bytes]]:
    """Return the file as watches, cards and downloads leave it."""
    third, middle = len(content) // 3, len(content) // 2
    return [
        ("cut at half", content[:middle]),
        ("never finished (size 0, no end)", content[:4] + bytes(4) + content[8 : len(content) * 9 // 10]),
        ("wrong checksum", content[:-2] + bytes([content[-2] ^ 1, content[-1]])),
        ("64 bytes overwritten by zeros", content[:middle] + bytes(64) + content[middle + 64 :]),
        ("40 bytes lost", content[:third] + content[third + 40 :]),
        ("40 bytes of noise put in", content[:third] + bytes(range(7, 47)) + content[third:]),
    ]


def real_damage(folder: Path) -> list[str]:
    """Return records got back from real files of the collection on which readers disagree: unfinished, cut, odd."""
    there = {name: read for name, read in readers()[0].items() if name not in NO_TIMES}
    totals: Counter[str] = Counter()
    odd = 0
    for content in contents(folder, most_bytes=1_500_000):
        begins = content[8:12] == b".FIT" and int.from_bytes(content[4:8], "little") + content[0] + 2 != len(
            content
        )
        if not begins:
            continue
        odd += 1
        for name, read in there.items():
            totals[name] += len(held(read, content))
    lines = [
        f"{odd} real files whose header does not state their size:",
        "",
        "| reader | records |",
        "|---|---|",
    ]
    return [*lines, *(f"| {name} | {totals[name]:,} |" for name in there), ""]


def rows(folder: Path) -> list[str]:
    """All tables on FIT."""
    small = contents(folder / "fit", most_bytes=SMALL_BYTES)
    large = contents(folder / "fit", least_bytes=SMALL_BYTES + 1, most_bytes=10 * SMALL_BYTES)
    sound = [content for content in small if len(content) < 60_000][::2]
    told: list[Any] = [
        "## FIT: speed\n",
        *speed(small),
        f"Larger files, up to {SMALL_BYTES / 100_000:.1f} MB, by those that are quick:\n",
        *speed(large, only=QUICK),
        "## FIT: records got back from damaged copies\n",
        *recovery(sound),
    ]
    return [*told, "## FIT: real unfinished and chained files\n", *real_damage(folder / "fit")]
