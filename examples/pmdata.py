"""Turn one person of PMData into the neutral diary format.

    python examples/pmdata.py ../shared/data/pmdata/p01 out/p01

PMData (Thambawita et al., ACM MMSys 2020) holds the diaries and watches of 16 people over five months. Nobody in it
was asked about a painful back: muscle soreness stands in for pain, so that the answer is about soreness.
What is turned into what, and what is assumed:

- soreness, 1 (much worse than usual) to 5 (much better), is turned round: pain = 6 - soreness on a scale of 1 to 5;
- mood, 1 to 5, is stretched to 0 to 10; a 0 in either means that it was not answered;
- every time, the watch's too, is in UTC (diary and watch agree to the minute on both sides of the change of clocks);
- a session of the diary gives its end and its minutes, often rounded, and is dated back;
- a run told by watch and diary is written twice, each with its source: reading makes one run of them;
- a yes to alcohol says nothing of how much: it is written as one drink, for the check-in of the next day;
- weight is dated by its day alone;
- days from the watch's first session to its last count as covered: a day without a run was a rest day.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
ACTIVITIES = {"Run": "run", "Treadmill": "treadmill", "Walk": "walk"}
Row = dict[str, Any]


def local(utc: str) -> datetime:
    """Give a time in UTC as the clock in Oslo showed it."""
    return datetime.fromisoformat(utc.removesuffix("Z")).replace(tzinfo=UTC).astimezone(OSLO)


def table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV file, each with its line."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


def one_to_five(answer: str) -> int | None:
    """Read an answer from 1 to 5; 0 and nothing mean that there was none."""
    return int(answer) if answer in {"1", "2", "3", "4", "5"} else None


def check_ins(person: Path, drinks: dict[date, int]) -> Iterator[Row]:
    """One row for each entry of the wellness diary; the first of a day reports the day before."""
    told: set[date] = set()
    for _, row in table(person / "pmsys" / "wellness.csv"):
        time = local(row["effective_time_frame"])
        soreness, mood = one_to_five(row["soreness"]), one_to_five(row["mood"])
        pain = None if soreness is None else 6 - soreness
        stretched = None if mood is None else (mood - 1) * 2.5
        drunk = None if time.date() in told else drinks.get(time.date() - timedelta(days=1))
        told.add(time.date())
        yield {"time": time.isoformat(), "pain": pain, "scale": "1-5", "mood": stretched, "drinks": drunk}


def watch_sessions(exercises: list[Row]) -> Iterator[Row]:
    """Read the runs and walks of the watch."""
    for number, exercise in enumerate(exercises, start=1):
        if exercise["activityName"] in ACTIVITIES:
            yield {
                "start": local(exercise["startTime"]).isoformat(),
                "moving_min": exercise["activeDuration"] / 60_000,
                "elapsed_min": exercise["duration"] / 60_000,
                "distance_km": exercise.get("distance") or None,
                "activity": ACTIVITIES[exercise["activityName"]],
                "heart_rate": exercise.get("averageHeartRate") or None,
                "source": f"exercise.json entry {number}",
            }


def diary_sessions(person: Path) -> Iterator[Row]:
    """Sessions of the training diary that name running; where they name strength too, the minutes are both."""
    for line, row in table(person / "pmsys" / "srpe.csv"):
        if "running" in row["activity_names"] and row["duration_min"]:
            start = local(row["end_date_time"]) - timedelta(minutes=float(row["duration_min"]))
            yield {
                "start": start.isoformat(),
                "moving_min": row["duration_min"],
                "activity": "run",
                "rpe": row["perceived_exertion"],
                "source": f"srpe.csv line {line}",
            }


def reported(person: Path) -> tuple[list[Row], dict[date, int]]:
    """Weights, one a day, and whether there was a drink on a day: 1, or 0."""
    weights: dict[date, Row] = {}
    drinks: dict[date, int] = {}
    for _, row in table(person / "googledocs" / "reporting.csv"):
        day = datetime.strptime(row["date"], "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
        if row["weight"]:
            weights.setdefault(day, {"time": day, "kind": "weight", "value": row["weight"], "unit": "kg"})
        if row["alcohol_consumed"] in ("Yes", "No"):
            drinks[day] = max(drinks.get(day, 0), int(row["alcohol_consumed"] == "Yes"))
    return list(weights.values()), drinks


def write(path: Path, columns: str, rows: Iterable[Row], *, first_line: str = "") -> None:
    """One table of the diary format."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(first_line)
        writer = csv.DictWriter(file, columns.split(","), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def convert(person: Path, out: Path) -> None:
    """Write check-ins.csv, runs.csv, measurements.csv and covered.csv into the folder `out`."""
    exercises = json.loads((person / "fitbit" / "exercise.json").read_text(encoding="utf-8"))
    days = [local(exercise["startTime"]).date() for exercise in exercises]
    weights, drinks = reported(person)
    sessions = [*watch_sessions(exercises), *diary_sessions(person)]
    runs = "start,moving_min,elapsed_min,distance_km,activity,rpe,heart_rate,source"
    out.mkdir(parents=True, exist_ok=True)
    write(out / "check-ins.csv", "time,pain,scale,mood,drinks", check_ins(person, drinks))
    write(out / "runs.csv", runs, sessions, first_line="# covered: no\n")
    write(out / "measurements.csv", "time,kind,value,unit", weights)
    write(out / "covered.csv", "from,to,source", [{"from": min(days), "to": max(days), "source": "Fitbit"}])


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
