"""What callers to the 102 line said, as the operator wrote it down."""

import numpy as np

from demo.chance import Numbers, chance
from demo.places import City
from demo.texts import Texts, chosen

SAID: dict[str, tuple[str, ...]] = {
    "parking": (
        "Машина стоит на тротуаре",
        "Заставили выезд со двора",
        "Көлік газонда тұр",
        "Стоит на месте для людей с инвалидностью",
        "Кіреберісті көлік жауып қойды",
    ),
    "family_dispute": (
        "Соседи громко ругаются",
        "Ссора в квартире, слышны крики",
        "Көршілер жанжалдасып жатыр",
        "Муж не пускает домой",
    ),
    "beggars": (
        "У входа просят милостыню",
        "Дүкен алдында қайыр сұрап отыр",
        "Просят деньги у прохожих, есть дети",
    ),
    "fight": ("Дерутся несколько человек", "Драка у кафе", "Екі адам төбелесіп жатыр"),
    "other": (
        "Звонят от имени банка, просят код",
        "Шумят после 23 часов",
        "Потерялся ребёнок, уже нашёлся",
        "Интернет арқылы ақшамды алдап алды",
        "Бродячие собаки",
        "Не горят фонари",
    ),
}
"""Words by topic; calls about fraud on the internet are among the others."""


def spoken(city: City, topics: list[str], topic: Numbers) -> Texts:
    """What was said in each call, by its topic (an index)."""
    source = chance(city.seed, "spoken")
    words = [word for name in topics for word in SAID[name]]
    counts = np.array([len(SAID[name]) for name in topics])
    first = np.cumsum(counts) - counts
    part = (source.random(len(topic)) * counts[topic]).astype(np.int64)
    return chosen(words, first[topic] + part)
