"""The one list of words for what a session was."""

import pytest

from backstride.core.run import Activity
from backstride.importers.sport_words import Kind, activity_in_name, kind_called, says_nothing

RUNS = (
    "Running|Run|TrailRun|trail_running|street_running|Løping|Löpning|Løb|Mølleløb|Běh|Beh|Tek|Futás|Terepfutás"
    "|Бег|Біг|Бягане|Koşu|달리기|러닝|跑步|ランニング|วิ่ง|ריצה|الجري|Alergare|Τρέξιμο|Lari|Chạy bộ|Trčanje|Juoksu"
    "|ultra_run|Jooksmine|Hardlopen|Bieganie|Bėgimas|Skriešana|Corsa|Carrera|Correr|Corrida|Cursa|Course à pied|Course sur route|Waldlauf"
    "|Dauerlauf|Joggen|Fahrtspiel|Parkrun|Trail|Easy|Tempo|Intervals|5k|Race|Long run|Couch to 5K|C25K W3D2|easy 5k"
    "|tempo 3x10 min|Run/Walk|Half marathon|RUNNING|Stroller run"
)
TREADMILLS = (
    "treadmill_running|Laufband|Indoor Run|virtual_run|VirtualRun|Tredemølle|Loopband|Esteira|Tapis roulant|跑步机"
    "|トレッドミル|Juoksumatto|Bieżnia|Indoor Track|Course à pied en salle|Беговая дорожка|러닝머신"
)
WALKS = (
    "Walking|Hike|casual_walking|Wandelen|trekking|Spazieren|Kävely|Gåtur|Séta|Прогулка|Yürüyüş|Chůze|Chôdza"
    "|Wandern|Marche|Randonnée|Caminata|Senderismo|Camminata|Nordic Walking|treadmill walking|indoor_walking|걷기|ウォーキング"
    "|徒步|เดิน|Jalan kaki|Đi bộ|Hodanje|Hoja|Turystyka piesza|Vaellus|Race walk|Πεζοπορία|Long walk"
)
OTHERS = (
    "kayaking|inline_skating|Inline-Skating|sailing|golf|paddling|tennis|resort_skiing_snowboarding|motorcycling"
    "|stand_up_paddleboarding_v2|e_bike_fitness|MTB|Rennrad|Fietsen|Cyklistika|Ciclismo|Kolarstwo|Pyöräily|Велоспорт"
    "|骑行|자전거|サイクリング|Bisiklet|skateboarding|scooter|e-scooter|horseback_riding|driving|crosstrainer|Wioślarstwo"
    "|Ride|EBikeRide|Snowshoe|NordicSki|Langlauf|Laufrad|Skilanglauf|Eislaufen|Běžky|Sífutás|Беговые лыжи"
    "|Løbehjul|Biegi narciarskie|Wheelchair Run Pace|PreparationAndRecovery|Yoga|strength_training"
    "|Elliptical|Úszás|Plavání|수영|水泳|Reiten|Bouldern|roller skiing|Nordic skating|canoeing"
)


@pytest.mark.parametrize(
    ("words", "activity"),
    [
        (RUNS, Activity.RUN),
        (TREADMILLS, Activity.TREADMILL),
        (WALKS, Activity.WALK),
        (OTHERS, Activity.OTHER),
    ],
)
def test_a_word_is_known_in_every_language_of_the_sites(words, activity):
    """Whatever its capitals, accents and dashes."""
    assert {word: kind_called(word) for word in words.split("|")} == dict.fromkeys(
        words.split("|"), Kind(activity)
    )


@pytest.mark.parametrize("word", ["Quidditch", "Track me", "Brunch", "Runde", "Easy does it", ""])
def test_a_word_that_nobody_knows_is_no_run_and_is_kept(word):
    """So that it can be told to the person, who knows it."""
    assert kind_called(word) == Kind(Activity.OTHER, "unknown", word)


@pytest.mark.parametrize(
    "word",
    ["Other", "Workout", "indoor_cardio", "Sonstiges", "Multi-sport", "SwimBikeRun", "Triathlon", "Bike/run",
     "OTHER_OUTDOOR", "not_running", "その他"],
)  # fmt: skip
def test_a_word_for_any_sport_leaves_open_whether_there_was_a_run(word):
    """An app's word for 'none of our sports', and one for several sports, is no day of rest."""
    assert kind_called(word) == Kind(Activity.OTHER, "unknown", word)


@pytest.mark.parametrize("word", ["Run errands", "Carrera de caballos", "Ablauf", "Radfahrt"])
def test_words_that_hold_a_run_only_in_letters_are_other(word):
    """What the words beside it say counts."""
    assert kind_called(word) == Kind(Activity.OTHER)


@pytest.mark.parametrize(
    ("name", "activity"),
    [
        ("Morning Run", Activity.RUN),
        ("Lauf am See", Activity.RUN),
        ("parkrun 12", Activity.RUN),
        ("Lunch Walk", Activity.WALK),
        ("Evening Ride", Activity.OTHER),
        ("Walk after run", Activity.WALK),
        ("Spaziergang nach dem Lauf", Activity.WALK),
        ("Kein Lauf, nur gehen", Activity.WALK),
        ("Gehen statt Laufen", Activity.WALK),
        ("Run after work", Activity.RUN),
        *((name, None) for name in ("Not a run", "No running today", "Running late", "Running errands")),
        *(
            (name, None)
            for name in ("Rundweg Feldberg", "Kleine Runde", "Runtastic 1", "Runkeeper", "Runalyze")
        ),
        *((name, None) for name in ("Golf course", "Brunch", "Auflauf", "Trunk Road")),
    ],
)
def test_only_a_whole_word_of_a_name_tells_the_kind(name, activity):
    """Many words begin as 'run' does."""
    assert activity_in_name(name) == activity


@pytest.mark.parametrize("word", ["Walk after run", "Gehen statt Laufen", "Spaziergang nach dem Lauf"])
def test_a_run_that_was_not_or_was_another_one_is_a_walk(word):
    """What stands beside the run says what this session was."""
    assert kind_called(word) == Kind(Activity.WALK)


def test_some_words_say_nothing():
    """They leave the kind to the name and the speed."""
    assert says_nothing("default")
    assert not says_nothing("kayaking")


@pytest.mark.parametrize(
    "word",
    [
        "Run + strength",
        "Laufen und Kraft",
        "Yoga & run",
        "Krafttraining, Laufband",
        "Gym, treadmill 20 min",
        "course et yoga",
    ],
)
def test_a_run_and_another_sport_in_one_session_leave_it_open(word):
    """There was a run, of which nobody knows how long it was: neither a run of that length nor a day without one."""
    assert kind_called(word)[:2] == (Activity.OTHER, "unknown")


@pytest.mark.parametrize(
    ("word", "activity"),
    [
        ("Run/Walk", "run"),
        ("Walk + strength", "other"),
        ("Strength (after run)", "other"),
        ("Yoga and pilates", "other"),
    ],
)
def test_joined_words_without_a_run_beside_another_sport_are_what_they_were(word, activity):
    """Only a run's length is in doubt."""
    assert (kind_called(word).activity.value, kind_called(word).by) == (activity, "stated")
