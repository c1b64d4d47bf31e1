"""Why a file of the collection is read otherwise than others read it: one reason for each file and reader."""

from typing import Final

_COURSE: Final = (
    "The file says of itself that it is a course to follow. Its times are planned, so nobody ran then; "
    "the activity itself is asked for."
)
_POWER_ON: Final = (
    "Its times count from when the device was switched on. The day is unknown, and a guessed day would "
    "put the run on the wrong morning."
)
_TWICE: Final = "The same session stands in the file twice, to the last byte; one run is one run."
_SEGMENT_TWICE: Final = "The same segment, with the same times, stands in it twice; the way was run once."
_NO_TIMES: Final = "No point has a time; the day is unknown."
_LOST: Final = (
    "Two points lie at latitude 100 and 200, where nothing is. They are left out, and the way between "
    "them with them."
)
_TWO_TRACKS: Final = (
    "Two tracks of 10 s, a run and a ride, 50 s apart: two sessions. The other figure is from the first "
    "point to the last."
)
_FIRST_COMPUTER_TIME: Final = (
    "All points share a moment of 1901, the lowest number of seconds of old programs, which stands for "
    "no time."
)
_LOCAL: Final = (
    "The list tells the day in UTC. The file states its local time beside it; garmin-fit-sdk reads the same "
    "day."
)
_PARTLY_TIMED: Final = (
    "Only the last tracks of the file have times. The others are named as left out, and their way is not "
    "counted."
)

REASONS: Final[dict[tuple[str, str], str]] = {
    (file, by): why
    for file, others, why in (
        ("fit/FitTrackee__example.fit", (), _COURSE),
        ("fit/geo-activity-playground__Berlin__0_9_km_.fit", (), _COURSE),
        ("fit/gpsbabel__fitwrite-track.fit", (), _COURSE),
        ("fit/connectstats__activity_217470507.fit", (), _POWER_ON),
        ("fit/gpsbabel__garmin-virb-ultra-30.fit", (), _POWER_ON),
        ("fit/peloton-to-garmin__Fenix_Incline.fit", (), _LOCAL),
        ("fit/peloton-to-garmin__row_from_epix.fit", (), _LOCAL),
        ("fit/peloton-to-garmin__row_from_p2g.fit", (), _LOCAL),
        ("fit_derived/chained_twice_same.fit", ("garmin-fit-sdk", "fitdecode"), _TWICE),
        ("gpx/FitTrackee-fixture__gpx_file_with_duplicated_segments.gpx", ("gpxpy",), _SEGMENT_TWICE),
        ("gpx/FitTrackee-fixture__gpx_file_without_time.gpx", (), _NO_TIMES),
        ("gpx/geo-activity-playground__Berlin__0_9_km_.gpx", (), _NO_TIMES),
        ("gpx/gpxpy__track-with-extremes.gpx", (), _NO_TIMES),
        ("gpx/gpxpy__track-with-small-floats.gpx", (), _NO_TIMES),
        ("gpx/OpenTracks__legacy_gpx_pause_resume.gpx", ("gpxpy",), _LOST),
        ("gpx/dreeve__activity-multi-track.gpx", ("gpxpy",), _TWO_TRACKS),
        ("gpx/gpxgo__Mojstrovka.gpx", ("gpxpy",), _FIRST_COMPUTER_TIME),
        ("gpx/gpxpy__Mojstrovka.gpx", ("gpxpy",), _FIRST_COMPUTER_TIME),
        ("gpx/gpxgo__cerknicko-without-times.gpx", ("gpxpy",), _PARTLY_TIMED),
        ("gpx/gpxgo__korita-zbevnica.gpx", ("gpxpy",), _PARTLY_TIMED),
        ("tcx/connectstats__activity_217470507.tcx", (), _POWER_ON),
    )
    for by in ("the list", *others)
}
