# ruff: noqa: E501, RUF001 - lines of files as their writers write them
"""Files as apps, watches, spreadsheets and people write them, each with the runs that are right, worked out by hand.

`INPUTS` holds rows of (kind, file name or names, content, right). What is right is a list of sessions, each as local
start, minutes, kilometres and kind; `None` stands for what nobody can know from the file; or ASKED, where the file
leaves open what is meant, or holds no session that anybody can read, and a sentence must say what to do next.
"""

import math
from typing import Final

ASKED: Final = "asked"
MILE_KM: Final = 1.609344


def gpx(
    *,
    start,
    seconds,
    speed,
    kind="",
    name="",
    longitude=8.5,
    latitude=47.0,
    every=10,
    creator="app",
    pauses=(),
):
    """A track due east at `speed(s)` metres a second; `pauses` are (second, seconds) without a point."""
    day, clock = start.split("T")
    hour, minute, second = map(int, clock.rstrip("Z").split(":"))
    begin = hour * 3600 + minute * 60 + second
    per_degree = 111_194.93 * math.cos(math.radians(latitude))
    segments, points, east, moved, waited = [], [], 0.0, 0, 0
    while moved <= seconds:
        for at, length in pauses:
            if at == moved:
                waited += length
                segments.append("".join(points))
                points = []
        now = begin + moved + waited
        place = (longitude + east / per_degree + 180) % 360 - 180
        days, left = divmod(now, 86_400)
        date = f"{day[:8]}{int(day[8:]) + days:02d}"
        points.append(
            f'<trkpt lat="{latitude}" lon="{place:.7f}"><time>{date}T{left // 3600:02d}:{left // 60 % 60:02d}:'
            f"{left % 60:02d}Z</time></trkpt>"
        )
        east += speed(moved) * every
        moved += every
    segments.append("".join(points))
    told = (f"<name>{name}</name>" if name else "") + (f"<type>{kind}</type>" if kind else "")
    tracks = "".join(f"<trkseg>{segment}</trkseg>" for segment in segments)
    return f'<?xml version="1.0"?><gpx creator="{creator}" version="1.1"><trk>{told}{tracks}</trk></gpx>'


def tcx(*laps, sport="Running", around="{}"):
    """An activity of laps (start, seconds, metres), without points."""
    inside = "".join(
        f'<Lap StartTime="{start}"><TotalTimeSeconds>{seconds}</TotalTimeSeconds><DistanceMeters>{metres}'
        "</DistanceMeters><Intensity>Active</Intensity></Lap>"
        for start, seconds, metres in laps
    )
    activity = f'<Activity Sport="{sport}"><Id>{laps[0][0]}</Id>{inside}</Activity>'
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">'
        f"<Activities>{around.format(activity)}</Activities></TrainingCenterDatabase>"
    )


def steady(metres_a_second):
    """The same speed all the time."""
    return lambda _: metres_a_second


LANGUAGES = [
    ("Spanish", "es.csv", "Fecha;Hora;Deporte;Duración;Distancia (km)\n03/05/2026;07:30;Carrera;00:45:00;8,2\n"
     "14/05/2026;19:05;Ciclismo;01:10:00;25,0\n21/05/2026;08:00;Carrera a pie;50:30;9,1\n",
     [("2026-05-03 07:30", 45, 8.2, "run"), ("2026-05-14 19:05", 70, 25, "other"), ("2026-05-21 08:00", 50.5, 9.1, "run")]),
    ("Italian", "it.csv", "Data;Ora;Attività;Durata;Distanza\n2/5/2026;6.45;Corsa;32:10;6,01 km\n"
     "13/5/2026;18.30;Camminata;40:00;3,5 km\n",
     [("2026-05-02 06:45", 32.1667, 6.01, "run"), ("2026-05-13 18:30", 40, 3.5, "walk")]),
    ("Dutch", "nl.csv", "Datum;Starttijd;Activiteit;Duur;Afstand\n04-05-2026;19:15;Hardlopen;0:35:20;6,4 km\n"
     "17-05-2026;10:00;Wandelen;1:20:00;7,0 km\n",
     [("2026-05-04 19:15", 35.3333, 6.4, "run"), ("2026-05-17 10:00", 80, 7, "walk")]),
    ("Polish", "pl.csv", "Data;Godzina;Rodzaj;Czas trwania;Dystans (km)\n05.05.2026;06:20;Bieganie;00:28:30;5,12\n"
     "19.05.2026;18:00;Spacer;00:45:00;3,9\n",
     [("2026-05-05 06:20", 28.5, 5.12, "run"), ("2026-05-19 18:00", 45, 3.9, "walk")]),
    ("Japanese", "ja.csv", "日付,開始時刻,種目,時間,距離(km)\n2026/05/06,06:10,ランニング,0:30:00,5.0\n"
     "2026/05/18,18:20,ウォーキング,0:40:00,3.2\n",
     [("2026-05-06 06:10", 30, 5, "run"), ("2026-05-18 18:20", 40, 3.2, "walk")]),
    ("Turkish", "tr.csv", "Tarih;Saat;Etkinlik;Süre;Mesafe\n07.05.2026;20:15;Koşu;00:40:00;7,5 km\n"
     "20.05.2026;09:00;Yürüyüş;00:50:00;4,2 km\n",
     [("2026-05-07 20:15", 40, 7.5, "run"), ("2026-05-20 09:00", 50, 4.2, "walk")]),
    ("Portuguese", "pt.csv", "Data;Hora de início;Tipo;Tempo;Distância\n08/05/2026;06:00;Corrida;25min 30s;4,8 km\n"
     "22/05/2026;06:10;Caminhada;30min;2,5 km\n",
     [("2026-05-08 06:00", 25.5, 4.8, "run"), ("2026-05-22 06:10", 30, 2.5, "walk")]),
    ("a word before the clock", "kl.csv", "Dato;Aktivitet;Varighet;Distanse\n15.05.2026 kl. 16.45;Løping;38:00;7,1 km\n",
     [("2026-05-15 16:45", 38, 7.1, "run")]),
    ("Swedish", "sv.csv", "Datum;Starttid;Aktivitet;Tid (min);Sträcka (km)\n2026-05-09;17:40;Löpning;31;5,5\n",
     [("2026-05-09 17:40", 31, 5.5, "run")]),
    ("Czech", "cs.csv", "Datum;Čas;Sport;Doba trvání;Vzdálenost\n10.5.2026;18:05;Běh;0:33:00;6,2 km\n",
     [("2026-05-10 18:05", 33, 6.2, "run")]),
    ("Russian", "ru.csv", "Дата;Время начала;Вид спорта;Длительность;Дистанция, км\n11.05.2026;07:10;Бег;00:29:00;5,3\n"
     "24.05.2026;07:15;Ходьба;00:40:00;3,1\n",
     [("2026-05-11 07:10", 29, 5.3, "run"), ("2026-05-24 07:15", 40, 3.1, "walk")]),
    ("Korean", "ko.csv", "날짜,시작 시간,종목,운동 시간,거리(km)\n2026-05-12,오전 6:30,달리기,0:31:00,5.4\n"
     "2026-05-12,오후 7:00,걷기,0:20:00,1.6\n",
     [("2026-05-12 06:30", 31, 5.4, "run"), ("2026-05-12 19:00", 20, 1.6, "walk")]),
    ("Finnish", "fi.csv", "Päivä;Kello;Laji;Kesto;Matka\n13.5.2026;klo 18.30;Juoksu;45 min;8,0 km\n",
     [("2026-05-13 18:30", 45, 8, "run")]),
    ("Hungarian", "hu.csv", "Dátum;Időpont;Sport;Időtartam;Táv\n2026.05.14.;07:00;Futás;0:36:00;6,6 km\n",
     [("2026-05-14 07:00", 36, 6.6, "run")]),
    ("Norwegian", "no.csv", "Dato;Klokkeslett;Aktivitet;Varighet;Distanse\n15.05.2026;16:45;Løping;38:00;7,1 km\n",
     [("2026-05-15 16:45", 38, 7.1, "run")]),
]  # fmt: skip

SHEETS = [
    ("spreadsheet fractions", "fractions.csv", "Datum;Uhrzeit;Sport;Dauer;km\n46145;0,75;Laufen;0,03125;8,1\n"
     "46147;0,3125;Laufen;0,0208333333;5,5\n46150;0,5;Laufen;0,0416666667;10,2\n",
     [("2026-05-03 18:00", 45, 8.1, "run"), ("2026-05-05 07:30", 30, 5.5, "run"), ("2026-05-08 12:00", 60, 10.2, "run")]),
    ("sep line in UTF-16", "utf16.csv", "sep=;\nDatum;Start;Sport;Dauer (min);km\n03.05.2026;07:30;Läufe;45;8,1\n"
     "15.05.2026;07:40;Spaziergang;20;1,5\n".encode("utf-16"),
     [("2026-05-03 07:30", 45, 8.1, "run"), ("2026-05-15 07:40", 20, 1.5, "walk")]),
    ("error cells", "errors.csv", "Datum;Start;Sport;Dauer (min);km\n03.05.2026;07:30;Laufen;45;#WERT!\n"
     "15.05.2026;07:40;Laufen;30;#DIV/0!\n16.05.2026;07:40;Laufen;30;5,5\n",
     [("2026-05-03 07:30", 45, None, "run"), ("2026-05-15 07:40", 30, None, "run"), ("2026-05-16 07:40", 30, 5.5, "run")]),
    ("empty columns and rows", "empty.csv", "Date,Start,Type,Minutes,km,,,\n2026-05-03,07:30,Run,45,8.1,,,\n,,,,,,,\n"
     "2026-05-05,07:30,Run,40,7.1,,,\n,,,,,,,\n",
     [("2026-05-03 07:30", 45, 8.1, "run"), ("2026-05-05 07:30", 40, 7.1, "run")]),
    ("points between thousands", "thousands.csv", "Datum;Start;Sport;Dauer (min);Distanz (m)\n"
     "03.05.2026;07:30;Laufen;60;10.250\n15.05.2026;07:40;Laufen;30;5.100\n",
     [("2026-05-03 07:30", 60, 10.25, "run"), ("2026-05-15 07:40", 30, 5.1, "run")]),
    ("durations in many writings", "durations.csv", "Date,Start,Type,Duration,Distance (km)\n"
     '2026-05-01,07:00,run,1h 05,10.0\n2026-05-02,07:00,run,65:12,10.1\n2026-05-03,07:00,run,"1,5 h",14.0\n'
     "2026-05-04,07:00,run,1 h 5 min 30 s,10.2\n2026-05-05,07:00,run,45',7.5\n2026-05-06,07:00,run,40'30\",7.0\n",
     [("2026-05-01 07:00", 65, 10, "run"), ("2026-05-02 07:00", 65.2, 10.1, "run"), ("2026-05-03 07:00", 90, 14, "run"),
      ("2026-05-04 07:00", 65.5, 10.2, "run"), ("2026-05-05 07:00", 45, 7.5, "run"), ("2026-05-06 07:00", 40.5, 7, "run")]),
    ("12-hour clock", "clock.csv", "Date,Start time,Activity,Duration,Distance (mi)\n05/14/2026,6:05 PM,Running,31:04,3.1\n"
     "05/15/2026,12:10 AM,Running,30:00,3.0\n",
     [("2026-05-14 18:05", 31.0667, 3.1 * MILE_KM, "run"), ("2026-05-15 00:10", 30, 3 * MILE_KM, "run")]),
    ("miles in German", "meilen.csv", "Datum;Start;Sport;Dauer (min);Strecke (Meilen)\n03.05.2026;07:30;Joggen;30;3,1\n",
     [("2026-05-03 07:30", 30, 3.1 * MILE_KM, "run")]),
    ("pace for the duration", "pace.csv", "date,start,type,pace (min/km),distance (km)\n2026-05-01,07:00,run,6:00,5.0\n"
     "2026-05-03,07:00,run,5:45,8.0\n",
     ASKED),
    ("pace beside the duration", "paces.csv", "date,start,type,pace,duration,distance\n2026-05-01,07:00,run,6:00 /km,30:00,5.0 km\n",
     [("2026-05-01 07:00", 30, 5, "run")]),
    ("lines that end in CR alone", "mac.csv", "Date,Start,Type,Minutes,km\r2026-05-03,07:30,Run,45,8.1\r2026-05-05,07:30,Walk,40,3.1\r",
     [("2026-05-03 07:30", 45, 8.1, "run"), ("2026-05-05 07:30", 40, 3.1, "walk")]),
    ("a leap day, and one that was none", "leap.csv", "Datum;Start;Sport;Dauer (min);km\n29.02.2024;07:30;Laufen;30;5,5\n",
     [("2024-02-29 07:30", 30, 5.5, "run")]),
    ("a leap day, and one that was none", "noleap.csv", "Datum;Start;Sport;Dauer (min);km\n29.02.2026;07:30;Laufen;30;5,5\n", ASKED),
    ("the hour that spring leaves out", "spring.csv", "Date,Start,Type,Minutes,km\n2026-03-29,02:30,Run,30,5\n",
     [("2026-03-29 03:30", 30, 5, "run")]),
    ("over midnight", "midnight.csv", "Date,Start,Type,Minutes,km\n2026-05-03,23:50,Run,40,7\n2026-05-05,23:30,Run,20,3\n",
     [("2026-05-03 23:50", 40, 7, "run"), ("2026-05-05 23:30", 20, 3, "run")]),
    ("indoor bikes", "bikes.csv", "Date,Start,Type,Minutes,km\n2026-05-03,07:30,Indoor Cycling,45,20\n2026-05-04,07:30,Spinning,45,20\n"
     "2026-05-05,07:30,Rodillo,45,20\n2026-05-06,07:30,E-Bike Ride,45,14\n2026-05-07,07:30,Run,30,5\n",
     [("2026-05-03 07:30", 45, 20, "other"), ("2026-05-04 07:30", 45, 20, "other"), ("2026-05-05 07:30", 45, 20, "other"),
      ("2026-05-06 07:30", 45, 14, "other"), ("2026-05-07 07:30", 30, 5, "run")]),
    ("a title that is no kind", "yoga.csv", "date,start,type,name,minutes,km\n2026-05-03,07:30,Yoga,Run to the hills,45,\n"
     "2026-05-04,07:30,Run,Yoga for runners,30,5\n2026-05-05,07:30,Walk,5k run walk,50,5\n",
     [("2026-05-03 07:30", 45, None, "other"), ("2026-05-04 07:30", 30, 5, "run"), ("2026-05-05 07:30", 50, 5, "walk")]),
]  # fmt: skip

APPS = [
    ("TrainingPeaks' table", "workouts.csv", "Title,WorkoutType,WorkoutDescription,PlannedDuration,PlannedDistanceInMeters,WorkoutDay,"
     "CoachComments,DistanceInMeters,PowerAverage,TimeTotalInHours,HeartRateAverage,Rpe,Feeling\n"
     "Easy,Run,,1,10000,2026-05-03,,8012.3,,0.75,141,4,7\nLong,Run,,1.5,15000,2026-05-10,,,,,,,\n", ASKED),
    ("the table of Intervals.icu", "activities.csv", "id,start_date_local,type,moving_time,elapsed_time,distance,average_heartrate,name\n"
     "i1,2026-05-03T07:30:00,Run,1800,1860,5200.0,150,Morning\ni2,2026-05-04T18:00:00,VirtualRide,3600,3600,30000,130,Zwift\n",
     [("2026-05-03 07:30", 30, 5.2, "run"), ("2026-05-04 18:00", 60, 30, "other")]),
    ("Garmin Connect in Spanish", "Activities.csv", "Tipo de actividad,Fecha,Favorito,Título,Distancia,Calorías,Tiempo,"
     "Frecuencia cardiaca media,FC máxima\nCarrera,2026-05-03 07:30:12,false,Madrid Carrera,\"8,20\",512,00:45:01,148,171\n"
     "Ciclismo,2026-05-05 18:00:00,false,Madrid Ciclismo,\"25,10\",600,01:10:00,120,150\n",
     [("2026-05-03 07:30", 45.0167, 8.2, "run"), ("2026-05-05 18:00", 70, 25.1, "other")]),
    ("Garmin Connect in Polish", "Aktywnosci.csv", "Typ aktywności,Data,Ulubiony,Tytuł,Dystans,Kalorie,Czas,Średnie tętno,Maksymalne tętno\n"
     "Bieganie,2026-05-03 07:30:12,false,Kraków Bieganie,\"8,20\",512,00:45:01,148,171\n",
     [("2026-05-03 07:30", 45.0167, 8.2, "run")]),
    ("Runkeeper's table", "cardioActivities.csv", "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,"
     "Average Speed (km/h),Calories Burned,Climb (m),Average Heart Rate (bpm),Friend's Tagged,Notes,GPX File\n"
     "a-1,2026-05-03 07:30:00,Running,,10.02,1:05:12,6:30,9.2,700,50,150,,,x.gpx\n"
     "a-2,2026-05-04 18:00:00,Elliptical,,0.00,30:00,,,200,0,120,,,\n",
     [("2026-05-03 07:30", 65.2, 10.02, "run"), ("2026-05-04 18:00", 30, None, "other")]),
    ("Zepp's table", "SPORT_1777.csv", "type,startTime,sportTime(s),maxPace(/meter),minPace(/meter),distance(m),avgPace(/meter),calories(kcal)\n"
     "1,2026-05-03 05:30:00+0000,1800,0.3,0.4,5100.0,0.35,300\n6,2026-05-04 16:00:00+0000,1800,0.7,0.9,2400.0,0.75,150\n", ASKED),
    ("Samsung's table", "com.samsung.shealth.exercise.20260601.csv", "com.samsung.shealth.exercise,6241002,6\n"
     "com.samsung.health.exercise.duration,com.samsung.health.exercise.start_time,com.samsung.health.exercise.exercise_type,"
     "com.samsung.health.exercise.time_offset,com.samsung.health.exercise.distance,com.samsung.health.exercise.datauuid,com.samsung.health.exercise.pkg_name\n"
     "1800000,2026-05-03 05:30:00.000,1002,UTC+0200,5200.5,u1,com.sec.android.app.shealth\n"
     "2400000,2026-05-04 16:00:00.000,1001,UTC+0200,3200.0,u2,com.sec.android.app.shealth\n",
     [("2026-05-03 07:30", 30, 5.2005, "run"), ("2026-05-04 18:00", 40, 3.2, "walk")]),
    ("Google's quarter hours", "2026-05-03.csv", "Start time,End time,Move Minutes count,Calories (kcal),Distance (m),Heart Points,"
     "Walking duration (ms),Running duration (ms)\n07:30:00.000+02:00,07:45:00.000+02:00,15,120,2500,15,60000,840000\n"
     "07:45:00.000+02:00,08:00:00.000+02:00,15,110,2400,15,60000,840000\n", ASKED),
    ("Huawei's JSON", "motion path detail data.json", '[{"motionPathData":[{"attribute":"HW_EXT_TRACK_DETAIL@is","sportType":4,'
     '"startTime":1777786200000,"totalTime":1800000,"totalDistance":5100}],"recordDay":20260503}]', ASKED),
    ("Strava in Dutch", "activities.csv", "Activiteits-ID,Datum van activiteit,Naam activiteit,Activiteitstype,Beschrijving activiteit,"
     "Verstreken tijd,Afstand,Max. hartslag,Relatieve inspanning,Woon-werkrit,Privénotitie activiteit,Activiteitsmateriaal,Bestandsnaam,"
     "Gewicht atleet,Gewicht fiets,Verstreken tijd,Beweegtijd,Afstand\n"
     '1,"3 mei 2026 05:30:12",Ochtendloop,Hardloopsessie,,1860,"5,2",,,false,,,activities/1.fit.gz,,,1860,1800,5200\n',
     [("2026-05-03 07:30", 30, 5.2, "run")]),
    ("a part of Strava's table", "activities.csv", "Activiteits-ID,Datum van activiteit,Naam activiteit,Activiteitstype,Beschrijving activiteit,"
     '"Verstreken tijd",Afstand,Beweegtijd\n1,"3 mei 2026 05:30:12",Ochtendloop,Hardloopsessie,,1860,"5,2",1800\n', ASKED),
    ("Suunto's table of workouts", "workouts.csv", "Activity,Start time,Duration,Distance (km),Average HR\nTrail running,2026-05-03T07:30:00+02:00,0:45:00,7.2,150\n"
     "Hiking,2026-05-05T09:00:00+02:00,2:00:00,9.0,110\n",
     [("2026-05-03 07:30", 45, 7.2, "run"), ("2026-05-05 09:00", 120, 9, "walk")]),
    ("Fitbit's sessions in miles", "exercise-0.json", '[{"logId":1,"activityName":"Run","activityTypeId":90009,"startTime":"05/03/26 05:30:00",'
     '"duration":1860000,"activeDuration":1800000,"distance":3.1,"distanceUnit":"Mile"},{"logId":2,"activityName":"Spinning","activityTypeId":1,'
     '"startTime":"05/04/26 05:30:00","duration":1800000,"activeDuration":1800000}]',
     [("2026-05-03 07:30", 30, 3.1 * MILE_KM, "run"), ("2026-05-04 07:30", 30, None, "other")]),
]  # fmt: skip

WALK_WITH_JOGS = gpx(start="2026-05-03T05:30:00Z", seconds=2700, speed=lambda s: 2.7 if s % 300 < 60 else 1.3)
PARTED = gpx(
    start="2026-05-03T05:30:00Z", seconds=1800, speed=steady(2.8), kind="running", pauses=((900, 600),)
)
A_RUN = gpx(start="2026-05-03T05:30:00Z", seconds=1800, speed=steady(2.8), kind="running")

TRACKS = [
    ("the night of two hours", "night.gpx", gpx(start="2026-10-25T00:30:00Z", seconds=3600, speed=steady(2.8), kind="running"),
     [("2026-10-25 02:30", 60, 10.08, "run")]),
    ("after midnight by its own clock", "late.gpx", gpx(start="2026-05-03T22:50:00Z", seconds=1800, speed=steady(2.8), kind="running"),
     [("2026-05-04 00:50", 30, 5.04, "run")]),
    ("over the date line", "fiji.gpx", gpx(start="2026-05-03T05:30:00Z", seconds=1800, speed=steady(2.8), kind="running",
                                            longitude=179.98, latitude=-17.0), [("2026-05-03 07:30", 30, 5.04, "run")]),
    ("a pause between segments", "paused.gpx", PARTED, [("2026-05-03 07:30", 30, 5.04, "run")]),
    ("a walk with short jogs", "jogs.gpx", WALK_WITH_JOGS, [("2026-05-03 07:30", 45, 4.27, "walk")]),
    ("an e-bike", "ebike.gpx", gpx(start="2026-05-03T05:30:00Z", seconds=1800, speed=steady(4.5), kind="EBikeRide"),
     [("2026-05-03 07:30", 30, 8.1, "other")]),
    ("a run typed in, without points", "typed.tcx", tcx(("2026-05-03T05:30:00Z", 1800, 0)),
     [("2026-05-03 07:30", 30, None, "run")]),
    ("a treadmill without distance", "treadmill.tcx",
     tcx(("2026-05-03T05:30:00Z", 1800, 0)).replace("</Lap>", "<Track>" + "".join(
         f"<Trackpoint><Time>2026-05-03T05:{30 + m // 60 + m % 60}:00Z</Time><HeartRateBpm><Value>140</Value></HeartRateBpm></Trackpoint>"
         for m in range(30)) + "</Track></Lap>"),
     [("2026-05-03 07:30", 30, None, "treadmill")]),
    ("a duathlon in one file", "duathlon.tcx",
     '<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
     '<MultiSportSession><Id>2026-05-03T05:30:00Z</Id><FirstSport><Activity Sport="Running"><Id>2026-05-03T05:30:00Z</Id>'
     '<Lap StartTime="2026-05-03T05:30:00Z"><TotalTimeSeconds>1500</TotalTimeSeconds><DistanceMeters>5000</DistanceMeters></Lap></Activity></FirstSport>'
     '<NextSport><Activity Sport="Biking"><Id>2026-05-03T05:57:00Z</Id><Lap StartTime="2026-05-03T05:57:00Z"><TotalTimeSeconds>2400</TotalTimeSeconds>'
     '<DistanceMeters>20000</DistanceMeters></Lap></Activity></NextSport></MultiSportSession></Activities></TrainingCenterDatabase>',
     [("2026-05-03 07:30", 25, 5, "run"), ("2026-05-03 07:57", 40, 20, "other")]),
    ("a half-hour zone", "india.csv", "start,type,moving_min,distance_km\n2026-05-03T06:00:00+05:30,run,30,5.1\n",
     [("2026-05-03 06:00", 30, 5.1, "run")]),
    ("one run by watch, phone and site", ("watch.tcx", "phone.gpx", "site.csv"),
     (tcx(("2026-05-03T05:30:02Z", 1798, 5060)), A_RUN,
      "start,type,moving_min,distance_km\n2026-05-03T07:30:00+02:00,run,30,5.05\n"), [("2026-05-03 07:30", 30, None, "run")]),
    ("a copy that was cut off", ("whole.gpx", "part.gpx"), (A_RUN, A_RUN[: len(A_RUN) * 2 // 5]), [("2026-05-03 07:30", 30, 5.04, "run")]),
    ("a yoga hour under a run's title", "hills.gpx", gpx(start="2026-05-03T05:30:00Z", seconds=3600, speed=steady(0.02), kind="yoga",
                                                         name="Run to the hills"), [("2026-05-03 07:30", None, None, "other")]),
    ("decimal commas in a training log", "log.fitlog", '<?xml version="1.0"?><FitnessWorkbook xmlns="http://www.zonefivesoftware.com/xmlschemas/FitnessLogbook/v3">'
     '<AthleteLog><Activity StartTime="2026-05-03T07:30:00+02:00"><Duration TotalSeconds="1800,5"/><Distance TotalMeters="5200,5"/>'
     '<Category Name="Laufen"/></Activity></AthleteLog></FitnessWorkbook>', [("2026-05-03 07:30", 30.008, 5.2005, "run")]),
]  # fmt: skip


def runs_at(*days, minutes=30, km=5.5, kind="run"):
    """Sessions of one length and way at 07:30."""
    return [(f"{day} 07:30", minutes, km, kind) for day in days]


WRITINGS = [
    ("days in words", "dias.csv", "Fecha;Deporte;Duración;Distancia\n3 de mayo de 2026 07:30;Correr;30 minutos;5,5 km\n"
     "14 de mayo de 2026 07:30;Correr;0 h 30 min;5,5 km\n", runs_at("2026-05-03", "2026-05-14")),
    ("days in words", "dagen.csv", "Datum;Sport;Duur;Afstand\nzo 3 mei 2026 07:30;Hardlopen;30 minuten;5,5 km\n", runs_at("2026-05-03")),
    ("days in words", "hi.csv", "日付,種目,運動時間,距離\n2026年5月3日 7:30,ランニング,30分,5.5 km\n2026年5月14日 7:30,ランニング,0時間30分,5.5キロ\n",
     runs_at("2026-05-03", "2026-05-14")),
    ("months cut to three letters", "mag.csv", "Data;Ora;Sport;Durata;Km\n03-mag-26;07:30;Corsa;0:30:00;5,5\n14-mag-26;07:30;Corsa;0:30:00;5,5\n",
     runs_at("2026-05-03", "2026-05-14")),
    ("units in other languages", "dk.csv", "Tarih;Saat;Spor;Süre;Mesafe\n03.05.2026;07:30;Koşu;30 dk;5,5 km\n14.05.2026;07:30;Koşu;0 sa 30 dk;5500 m\n",
     runs_at("2026-05-03", "2026-05-14")),
    ("units in other languages", "min.csv", "Дата;Время;Спорт;Длительность (мин);Расстояние (км)\n03.05.2026;07:30;Бег;30;5,5\n14.05.2026;07:30;Бег;30;5,5\n",
     runs_at("2026-05-03", "2026-05-14")),
    ("units in other languages", "ch.csv", "Дата;Время;Спорт;Длительность;Расстояние\n03.05.2026;07:30;Бег;30 мин;5,5 км\n14.05.2026;07:30;Бег;0 ч 30 мин;5500 м\n",
     runs_at("2026-05-03", "2026-05-14")),
    ("brackets of full width", "zen.csv", "日付,開始時刻,種目,時間（分）,距離（km）\n2026/05/03,07:30,ジョギング,30,5.5\n", runs_at("2026-05-03")),
    ("a treadmill's words", "band.csv", "Date,Start,Type,Minutes,km\n2026-05-03,07:30,Laufband,30,5.5\n2026-05-04,07:30,Cinta de correr,30,5.5\n"
     "2026-05-05,07:30,Tapis roulant,30,5.5\n2026-05-06,07:30,Loopband,30,5.5\n2026-05-07,07:30,Bieżnia,30,5.5\n",
     runs_at("2026-05-03", "2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07", kind="treadmill")),
    ("a spreadsheet's clock for a duration", "am.csv", "Date,Start,Type,Duration,km\n5/3/2026,7:30:00 AM,Run,12:30:00 AM,5.5\n5/14/2026,7:30:00 AM,Run,12:30:00 AM,5.5\n",
     runs_at("2026-05-03", "2026-05-14")),
    ("hours and minutes of a spreadsheet", "hm.csv", "Date,Start,Type,Duration,km\n2026-05-03,07:30,Run,0:30,5.5\n2026-05-14,07:30,Run,0:30,5.5\n",
     runs_at("2026-05-03", "2026-05-14")),
    ("blanks between thousands", "tys.csv", "Data;Godzina;Rodzaj;Czas;Dystans (m)\n03.05.2026;07:30;Bieg;30:00;5 500\n14.05.2026;07:30;Bieg;30:00;5\u00a0500\n",
     runs_at("2026-05-03", "2026-05-14")),
    ("speed beside the way", "vel.csv", "Fecha;Hora;Deporte;Duración;Distancia (km);Velocidad (km/h);Ritmo (min/km)\n03/05/2026;07:30;Correr;30:00;5,5;11,0;5:27\n"
     "14/05/2026;07:30;Correr;30:00;5,5;11,0;5:27\n", runs_at("2026-05-03", "2026-05-14")),
    ("a table with a time zone's name", "zona.csv", "start,type,moving_min,distance_km\n2026-05-03 07:30 CEST,run,30,5.5\n",
     [("2026-05-03 07:30", 30, 5.5, "run")]),
    ("walks called runs by no word", "gassi.csv", "Datum;Start;Sport;Dauer (min);km\n03.05.2026;07:30;Gassi gehen;30;2,0\n14.05.2026;07:30;Hunderunde;30;2,0\n16.05.2026;07:30;Laufen;30;5,5\n",
     [("2026-05-03 07:30", 30, 2, "walk"), ("2026-05-14 07:30", 30, 2, "other"), ("2026-05-16 07:30", 30, 5.5, "run")]),
]  # fmt: skip

INPUTS: Final = [*LANGUAGES, *SHEETS, *APPS, *TRACKS, *WRITINGS]
