"""Headings in further languages: what Spanish, Italian, French, Dutch, Portuguese and other sheets call a column."""

from typing import Final

DATES: Final = (
    "Data",
    "Fecha",
    "Dato",
    "Jour",
    "Dia",
    "Día",
    "Giorno",
    "\u0414\u0430\u0442\u0430",
    "\u65e5\u4ed8",
)
TIMES: Final = (
    *("Heure", "Hora", "Ora", "Tijd", "Tijdstip", "Tid", "Tidspunkt", "Klockslag", "Godzina"),
    *("\u0412\u0440\u0435\u043c\u044f", "\u6642\u523b"),
)
MINUTES: Final = (
    *("Durée", "Duración", "Durata", "Duração", "Duur", "Looptijd", "Varighed", "Varighet", "Varaktighet"),
    *("Minutos", "Minuti", "Minutter", "Minuter", "Minuty", "Czas trwania", "Czas"),
    *(
        "\u041c\u0438\u043d\u0443\u0442\u044b",
        "\u0414\u043b\u0438\u0442\u0435\u043b\u044c\u043d\u043e\u0441\u0442\u044c",
    ),
    *("\u5206", "\u6240\u8981\u6642\u9593"),
)
DISTANCES: Final = (
    *("Distancia", "Distanza", "Distância", "Afstand", "Distans", "Sträcka", "Dystans"),
    *("Kilómetros", "Kilomètres", "Chilometri", "Quilômetros", "\u041a\u043c", "\u8ddd\u96e2"),
    *(
        "\u0420\u0430\u0441\u0441\u0442\u043e\u044f\u043d\u0438\u0435",
        "\u0414\u0438\u0441\u0442\u0430\u043d\u0446\u0438\u044f",
    ),
)
ACTIVITIES: Final = (
    *("Activité", "Actividad", "Attività", "Atividade", "Activiteit", "Aktivitet", "Aktywność"),
    *("\u0412\u0438\u0434", "\u7a2e\u985e", "\u7a2e\u76ee"),
)
PAINS: Final = (
    *(
        "Douleur",
        "Mal de dos",
        "Dolor",
        "Dolor de espalda",
        "Dolore",
        "Mal di schiena",
        "Dor",
        "Dor nas costas",
    ),
    *("Pijn", "Rugpijn", "Smärta", "Ryggsmärta", "Smerte", "Rygsmerter", "Ból", "Ból pleców"),
    *("\u0411\u043e\u043b\u044c", "\u75db\u307f"),
)
