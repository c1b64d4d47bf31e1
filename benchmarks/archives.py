"""How quickly whole accounts are read: a Strava archive of 3,000 activities, an Apple Health export of 1 GB.

Both are made for the purpose, in a temporary folder; each is read in a process of its own, once, from cold.
Run it by `python benchmarks/archives.py`; `--activities` and `--mb` make them smaller.
"""

import argparse
import gzip
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from backstride.core.run import Run
from backstride.importers.backends.in_process import InProcessBackend
from backstride.importers.folder import import_path
from backstride.services.subprocess_backend import SubprocessBackend
from backstride.testing.fit_file import write_fit

FIRST = datetime(2018, 1, 1, 6, 30, tzinfo=UTC)
MINUTES = 45
HEADER = ",".join(
    ["Activity ID", "Activity Date", "Activity Name", "Activity Type", "Activity Description", "Elapsed Time",
     "Distance", "Max Heart Rate", "Relative Effort", "Commute", "Activity Private Note", "Activity Gear", "Filename"]
    + [f"Column {i}" for i in range(13, 90)]
)  # fmt: skip
RECORD = (
    ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" sourceVersion="10.1" unit="count/min" '
    'creationDate="2026-05-01 07:30:00 +0200" startDate="2026-05-01 07:{:02d}:{:02d} +0200" '
    'endDate="2026-05-01 07:30:00 +0200" value="{}">\n'
    '  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="1"/>\n </Record>\n'
)
WORKOUT = (
    ' <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="40" durationUnit="min" '
    'startDate="{0} 07:30:00 +0000" endDate="{0} 08:11:00 +0000">\n'
    '  <MetadataEntry key="HKIndoorWorkout" value="0"/>\n'
    '  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="7.1" unit="km"/>\n </Workout>\n'
)
WEIGHT = ' <Record type="HKQuantityTypeIdentifierBodyMass" unit="kg" startDate="{} 06:30:00 +0000" value="70.5"/>\n'


def main() -> None:
    """Make both, read both, print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=3000)
    parser.add_argument("--mb", type=int, default=1000)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--how", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(timed(options.read, options.how))
        return
    print("\n".join(rows(options.activities, options.mb)))


def rows(activities: int, megabytes: int) -> list[str]:
    """Return a table of both accounts, read as an import reads them and in a single process."""
    lines = [
        "| account | read | seconds by the clock | seconds of the processor | memory, MB | what was found |"
    ]
    lines.append("|---" * 6 + "|")
    with tempfile.TemporaryDirectory() as folder:
        strava, apple = Path(folder) / "strava.zip", Path(folder) / "export.zip"
        write_strava(strava, activities)
        write_apple(apple, megabytes)
        sizes = [f"{path.stat().st_size / 1e6:.0f} MB" for path in (strava, apple)]
        called = (
            f"Strava, {activities} activities, zip of {sizes[0]}",
            f"Apple Health, {megabytes} MB, zip of {sizes[1]}",
        )
        for path, name in zip((strava, apple), called, strict=True):
            lines += [f"| {name} | {how} | {alone(path, how)} |" for how in ("apart", "in one process")]
    return lines


def alone(path: Path, how: str) -> str:
    """Return what a process of its own says of reading the file."""
    command = [sys.executable, __file__, "--read", str(path), "--how", how]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def timed(path: Path, how: str) -> str:
    """Seconds, memory, and what was found; of reading apart, those of the processes that read."""
    who = resource.RUSAGE_CHILDREN if how == "apart" else resource.RUSAGE_SELF
    begin, mine = time.perf_counter(), time.process_time()
    with SubprocessBackend() if how == "apart" else InProcessBackend() as backend:
        result = import_path(path, zone=ZoneInfo("UTC"), backend=backend)
    seconds = time.perf_counter() - begin
    used = resource.getrusage(who)
    busy = time.process_time() - mine + (used.ru_utime + used.ru_stime if how == "apart" else 0.0)
    records = result.records
    found = f"{len(records.runs)} runs, {len(records.measurements)} weights, {len(result.skipped)} left out"
    megabytes = used.ru_maxrss / 1024 if how == "apart" else own_peak_mb()
    return f"{seconds:.1f} | {busy:.1f} | {megabytes:.0f} | {found}"


def own_peak_mb() -> float:
    """Return the most memory that this process had, without that of the one which began it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def write_strava(path: Path, count: int) -> None:
    """Write a run of 45 minutes a day, recorded every second, packed as Strava packs what was brought to it."""
    rows = [HEADER]
    with zipfile.ZipFile(path, "w") as archive:
        for i in range(count):
            start = FIRST + timedelta(days=i % 3000, hours=12 * (i // 3000))
            metres = 8000.0 + i % 500
            run = Run(start=start, moving_s=60.0 * MINUTES, distance_m=metres, heart_rate_mean=150.0)
            content = gzip.compress(write_fit(run, records_every_s=1), 1)
            archive.writestr(f"activities/{i}.fit.gz", content)
            date = f'"{start:%b %d, %Y, %I:%M:%S %p}"'
            cells = [str(i), date, "Run", "Run", "", "2700", "8.0", "", "", "", "", ""]
            cells += (
                [f"activities/{i}.fit.gz", "", "", "2700", "2700", "8000"] + [""] * 25 + ["5"] + [""] * 46
            )
            rows.append(",".join(cells))
        archive.writestr("activities.csv", "\n".join(rows))


def write_apple(path: Path, megabytes: int) -> None:
    """Heart rates without end, a workout and a weight a day among them."""
    block = "".join(RECORD.format(i // 60 % 60, i % 60, 60 + i % 90) for i in range(2000))
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("apple_health_export/export.xml", "w", force_zip64=True) as file,
    ):
        file.write(b'<?xml version="1.0"?>\n<!DOCTYPE HealthData [\n<!ELEMENT broken\n]>\n<HealthData>\n')
        written = days = 0
        while written < megabytes * 1e6:
            day = f"{FIRST + timedelta(days=days):%Y-%m-%d}"
            written += file.write((block + WORKOUT.format(day) + WEIGHT.format(day)).encode())
            days += 1
        file.write(b"</HealthData>\n")


if __name__ == "__main__":
    main()
