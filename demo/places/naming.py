"""What sites are called, in three languages, by the purpose of their cameras."""

from collections.abc import Callable, Iterator
from itertools import count

from data_access.domain.words import Names
from demo.drawing.street_names import StreetName, stems

NameSite = Callable[[int, StreetName, int], Names]
"""Names the n-th site (from 1) of a purpose at a house of a street."""


def school(number: int, street: StreetName, house: int) -> Names:
    """«Школа № 4»; each fifth is a lyceum."""
    if number % 5:
        return Names(f"Школа № {number}", f"№ {number} мектеп", f"School No. {number}")
    return Names(f"Школа-лицей № {number}", f"№ {number} мектеп-лицей", f"Lyceum No. {number}")


def kindergarten(number: int, street: StreetName, house: int) -> Names:
    """By its name while there are names, then by its number."""
    if number <= len(_KINDERGARTENS):
        ru, kk, en = _KINDERGARTENS[number - 1].split("|")
        return Names(f"Детский сад «{ru}»", f"«{kk}» балабақшасы", f"{en} kindergarten")
    return Names(f"Детский сад № {number}", f"№ {number} балабақша", f"Kindergarten No. {number}")


def courtyard(number: int, street: StreetName, house: int) -> Names:
    """The courtyard of a house."""
    return _at(Names("Двор", "Аула", "Courtyard"), street, house)


def complex_of_houses(number: int, street: StreetName, house: int) -> Names:
    """A residential complex, named by a fine word and a number."""
    words = stems()[-24:]
    word, phase = words[number % len(words)], number // len(words) + 1
    return Names(
        f"ЖК «{word.ru}-{phase}»",
        f"«{word.kk}-{phase}» тұрғын үй кешені",
        f"{word.en}-{phase} residential complex",
    )


def rooftop(number: int, street: StreetName, house: int) -> Names:
    """The roof of a house."""
    return _at(Names("Крыша здания", "Ғимарат шатыры", "Rooftop"), street, house)


def drone_pad(number: int, street: StreetName, house: int) -> Names:
    """A place where drones stand."""
    return Names(f"Площадка дронов № {number}", f"№ {number} дрон алаңы", f"Drone pad No. {number}")


def shop(number: int, street: StreetName, house: int) -> Names:
    """A shop or an office at an address."""
    return _at(_kind(_SHOPS, number), street, house)


def college(number: int, street: StreetName, house: int) -> Names:
    """A college or a university at an address."""
    return _at(_kind(_COLLEGES, number), street, house)


def public_places() -> NameSite:
    """Names of public places: first those that a city has one of, then others by address.

    One counter serves all purposes that take from it, so that there is one central square.
    """
    numbers = count(1)

    def name(number: int, street: StreetName, house: int) -> Names:
        place = next(numbers)
        if place <= len(_LANDMARKS):
            return Names(*_LANDMARKS[place - 1].split("|"))
        return _at(_kind(_PUBLIC, place), street, house)

    return name


def by_purpose() -> dict[str, NameSite]:
    """Who names the sites of which purpose; crossroads and sections are named by streets."""
    public = public_places()
    return {
        "courtyards": courtyard,
        "complexes": complex_of_houses,
        "schools": school,
        "kindergartens": kindergarten,
        "colleges": college,
        "crowded": public,
        "public": public,
        "shops": shop,
        "tops": rooftop,
        "drones": drone_pad,
    }


def sos_button(number: int, site: Names) -> Names:
    """An SOS button at a site."""
    return Names(
        f"Кнопка SOS № {number}, {site.ru}",
        f"№ {number} SOS түймесі, {site.kk}",
        f"SOS button No. {number}, {site.en}",
    )


def _at(kind: Names, street: StreetName, house: int) -> Names:
    where = street.house(house)
    return Names(f"{kind.ru}, {where.ru}", f"{kind.kk}, {where.kk}", f"{kind.en}, {where.en}")


def _kind(kinds: str, number: int) -> Names:
    lines = list(_lines(kinds))
    return Names(*lines[number % len(lines)].split("|"))


def _lines(block: str) -> Iterator[str]:
    return iter(block.strip().splitlines())


_KINDERGARTENS = """
Балапан|Балапан|Balapan
Айголек|Айгөлек|Aigolek
Балдаурен|Балдәурен|Baldauren
Бобек|Бөбек|Bobek
Карлыгаш|Қарлығаш|Karlygash
Куншуак|Күншуақ|Kunshuak
Акбота|Ақбота|Akbota
Еркемай|Еркемай|Erkemai
Балбобек|Балбөбек|Balbobek
Нуршуак|Нұршуақ|Nurshuak
Ботакан|Ботақан|Botakan
Гульдер|Гүлдер|Gulder
Шаттык|Шаттық|Shattyk
Жулдыз|Жұлдыз|Zhuldyz
Таншолпан|Таңшолпан|Tansholpan
Куаныш|Қуаныш|Kuanysh
Арай|Арай|Arai
Акку|Аққу|Akku
Толагай|Толағай|Tolagai
Алпамыс|Алпамыс|Alpamys
""".strip().splitlines()

_LANDMARKS = """
Центральная площадь|Орталық алаң|Central Square
Центральный рынок|Орталық базар|Central Market
Автовокзал|Автовокзал|Bus Terminal
Центральный парк|Орталық саябақ|Central Park
Городской акимат|Қала әкімдігі|City Akimat
Стадион|Стадион|Stadium
Городская больница|Қалалық аурухана|City Hospital
Дом культуры|Мәдениет үйі|House of Culture
Железнодорожная станция|Теміржол стансасы|Railway Station
Дворец спорта|Спорт сарайы|Sports Palace
Набережная|Жағалау|Embankment
Центральная библиотека|Орталық кітапхана|Central Library
Площадь Независимости|Тәуелсіздік алаңы|Independence Square
Парк Победы|Жеңіс саябағы|Victory Park
Вещевой рынок|Киім базары|Clothes Market
Музей истории города|Қала тарихы мұражайы|City History Museum
""".strip().splitlines()

_PUBLIC = """
Сквер|Гүлзар|Garden
Поликлиника|Емхана|Polyclinic
Остановка|Аялдама|Bus stop
Торговый дом|Сауда үйі|Shopping centre
Спортивная площадка|Спорт алаңы|Sports ground
Почта|Пошта|Post office
Детская площадка|Балалар алаңы|Playground
Аптека|Дәріхана|Pharmacy
Рынок|Базар|Market
Автостоянка|Автотұрақ|Car park
Дом творчества|Шығармашылық үйі|House of Arts
Пункт полиции|Полиция бекеті|Police post
"""

_SHOPS = """
Магазин|Дүкен|Shop
Офисное здание|Кеңсе ғимараты|Office building
Аптека|Дәріхана|Pharmacy
Кафе|Дәмхана|Café
Торговый дом|Сауда үйі|Shopping centre
Супермаркет|Супермаркет|Supermarket
Автозаправка|Жанармай бекеті|Filling station
Банк|Банк|Bank
Гостиница|Қонақүй|Hotel
Склад|Қойма|Warehouse
"""

_COLLEGES = """
Колледж|Колледж|College
Университет|Университет|University
Институт|Институт|Institute
"""
