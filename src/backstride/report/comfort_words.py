"""Foam rolling and stretching: what is known of them, for those who like them."""

COMFORT = (
    "You may roll or stretch before or after, or do neither.",
    "Foam rolling: after sport, sore muscles hurt somewhat less. Before sport, people could move a little further. "
    "Nothing was found on back pain.",
    "Stretching: for back pain it did no better than no exercise in two large reviews.",
)
SOURCES = "Wiewelhove 2019; Owen 2020; Fernandez-Rodriguez 2022"
