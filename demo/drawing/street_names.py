"""Names of streets as they are met all over Kazakhstan, in three languages.

Russian gives the form that stands after «улица», Kazakh the form before «көшесі».
"""

from dataclasses import dataclass

from data_access.domain.words import Names


@dataclass(frozen=True, slots=True)
class StreetKind:
    """How a kind of street is written: whole, in short, and «from» and «to» it."""

    ru: str
    ru_short: str
    ru_from: str
    kk: str
    kk_from: str
    kk_to: str
    en: str


AVENUE = StreetKind(
    "проспект {}", "пр. {}", "проспекта {}", "{} даңғылы", "{} даңғылынан", "{} даңғылына",
    "{} Avenue",
)  # fmt: skip
STREET = StreetKind(
    "улица {}", "ул. {}", "улицы {}", "{} көшесі", "{} көшесінен", "{} көшесіне", "{} Street"
)
LANE = StreetKind(
    "{}-й переулок", "{}-й пер.", "{}-го переулка", "{}-тұйық көше", "{}-тұйық көшеден",
    "{}-тұйық көшеге", "Lane {}",
)  # fmt: skip
RING = StreetKind(
    "Объездная дорога", "Объездная дорога", "Объездной дороги", "Айналма жол", "Айналма жолдан",
    "Айналма жолға", "Ring Road",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StreetName:
    """One street's name and its kind."""

    stem: Names
    kind: StreetKind

    @property
    def whole(self) -> Names:
        """«улица Абая», «Абай көшесі», "Abay Street"."""
        kind, stem = self.kind, self.stem
        return Names(kind.ru.format(stem.ru), kind.kk.format(stem.kk), kind.en.format(stem.en))

    @property
    def short(self) -> Names:
        """As ``whole``, with the Russian word in short: «ул. Абая»."""
        return Names(self.kind.ru_short.format(self.stem.ru), self.whole.kk, self.whole.en)

    def crossing(self, other: "StreetName") -> Names:
        """The crossroad with another street."""
        here, there = self.short, other.short
        return Names(*(f"{a} — {b}" for a, b in zip(_all(here), _all(there), strict=True)))

    def stretch(self, start: "StreetName", end: "StreetName") -> Names:
        """The stretch of this street from one crossing street to another."""
        first, last, whole = start.kind, end.kind, self.short
        return Names(
            f"{whole.ru}, от {first.ru_from.format(start.stem.ru)} "
            f"до {last.ru_from.format(end.stem.ru)}",
            f"{whole.kk}, {first.kk_from.format(start.stem.kk)} "
            f"{last.kk_to.format(end.stem.kk)} дейін",
            f"{whole.en}, {start.whole.en} to {end.whole.en}",
        )

    def house(self, number: int) -> Names:
        """A house of this street."""
        return Names(
            f"{self.short.ru}, {number}", f"{self.whole.kk}, {number}", f"{number} {self.whole.en}"
        )


def lane(number: int) -> StreetName:
    """A lane that has only a number."""
    return StreetName(Names(str(number), str(number), str(number)), LANE)


def stems() -> list[Names]:
    """The stems of all streets, the best known first."""
    return [Names(*line.split("|")) for line in _STEMS.strip().splitlines()]


def _all(names: Names) -> tuple[str, str, str]:
    return names.ru, names.kk, names.en


_STEMS = """
Абая|Абай|Abay
Республики|Республика|Respublika
Тауелсиздик|Тәуелсіздік|Tauelsizdik
Кабанбай батыра|Қабанбай батыр|Kabanbay Batyr
Сатпаева|Сәтбаев|Satpayev
Мангилик Ел|Мәңгілік Ел|Mangilik El
Аль-Фараби|Әл-Фараби|Al-Farabi
Достык|Достық|Dostyk
Толе би|Төле би|Tole Bi
Абылай хана|Абылай хан|Abylai Khan
Райымбека|Райымбек|Raiymbek
Сарыарка|Сарыарқа|Saryarka
Жибек жолы|Жібек жолы|Zhibek Zholy
Улы Дала|Ұлы Дала|Uly Dala
Рыскулова|Рысқұлов|Ryskulov
Богенбай батыра|Бөгенбай батыр|Bogenbay Batyr
Казыбек би|Қазыбек би|Kazybek Bi
Момышулы|Момышұлы|Momyshuly
Ауэзова|Әуезов|Auezov
Жамбыла|Жамбыл|Zhambyl
Кунаева|Қонаев|Kunayev
Айтеке би|Әйтеке би|Aiteke Bi
Валиханова|Уәлиханов|Valikhanov
Сейфуллина|Сейфуллин|Seifullin
Бейбитшилик|Бейбітшілік|Beibitshilik
Кенесары|Кенесары|Kenesary
Алтынсарина|Алтынсарин|Altynsarin
Наурызбай батыра|Наурызбай батыр|Nauryzbay Batyr
Шакарима|Шәкәрім|Shakarim
Байтурсынова|Байтұрсынұлы|Baitursynuly
Маметовой|Мәметова|Mametova
Молдагуловой|Молдағұлова|Moldagulova
Букейхана|Бөкейхан|Bokeikhan
Дулатова|Дулатұлы|Dulatuly
Жумабаева|Жұмабаев|Zhumabayev
Аймаутова|Аймауытов|Aimauytov
Майлина|Майлин|Mailin
Муканова|Мұқанов|Mukanov
Мусрепова|Мүсірепов|Musirepov
Курмангазы|Құрманғазы|Kurmangazy
Даулеткерея|Дәулеткерей|Dauletkerei
Таттимбета|Тәттімбет|Tattimbet
Тлендиева|Тілендиев|Tlendiyev
Жубанова|Жұбанов|Zhubanov
Кастеева|Қастеев|Kasteyev
Маргулана|Марғұлан|Margulan
Бекмаханова|Бекмаханов|Bekmakhanov
Жандосова|Жандосов|Zhandosov
Гагарина|Гагарин|Gagarin
Пушкина|Пушкин|Pushkin
Лермонтова|Лермонтов|Lermontov
Толстого|Толстой|Tolstoy
Гоголя|Гоголь|Gogol
Чехова|Чехов|Chekhov
Шевченко|Шевченко|Shevchenko
Навои|Науаи|Navoi
Утеген батыра|Өтеген батыр|Otegen Batyr
Карасай батыра|Қарасай батыр|Karasai Batyr
Макатаева|Мақатаев|Makatayev
Жансугурова|Жансүгіров|Zhansugirov
Байзакова|Байзақов|Baizakov
Розыбакиева|Розыбакиев|Rozybakiyev
Кожанова|Қожанов|Kozhanov
Рыскулбекова|Рысқұлбеков|Ryskulbekov
Саина|Сайын|Sain
Яссауи|Яссауи|Yassawi
Махамбета|Махамбет|Makhambet
Исатая|Исатай|Isatai
Сырыма Датова|Сырым Датұлы|Syrym Datuly
Кобыланды батыра|Қобыланды батыр|Kobylandy Batyr
Алпамыс батыра|Алпамыс батыр|Alpamys Batyr
Ер Таргына|Ер Тарғын|Er Targyn
Кыз Жибек|Қыз Жібек|Kyz Zhibek
Коркыта|Қорқыт|Korkyt
Асана Кайгы|Асан Қайғы|Asan Kaigy
Бухар жырау|Бұқар жырау|Bukhar Zhyrau
Актамберды|Ақтамберді|Aktamberdi
Шал акына|Шал ақын|Shal Akyn
Биржан сала|Біржан сал|Birzhan Sal
Ахан серэ|Ақан сері|Akan Seri
Укили Ыбырая|Үкілі Ыбырай|Ukili Ybyrai
Естая|Естай|Estai
Кашаубаева|Қашаубаев|Kashaubayev
Байсеитовой|Бәйсейітова|Baiseitova
Улытау|Ұлытау|Ulytau
Каркаралы|Қарқаралы|Karkaraly
Баянаул|Баянауыл|Bayanaul
Хан Тенгри|Хан Тәңірі|Khan Tengri
Туркестан|Түркістан|Turkistan
Отырар|Отырар|Otyrar
Сыганак|Сығанақ|Syganak
Сауран|Сауран|Sauran
Тараз|Тараз|Taraz
Сарайшык|Сарайшық|Saraishyk
Акмешит|Ақмешіт|Akmeshit
Орынбор|Орынбор|Orynbor
Бурабай|Бурабай|Burabay
Алатау|Алатау|Alatau
Алтай|Алтай|Altai
Жетысу|Жетісу|Zhetysu
Ертис|Ертіс|Ertis
Есиль|Есіл|Yesil
Жайык|Жайық|Zhaiyk
Сырдария|Сырдария|Syrdariya
Балхаш|Балқаш|Balkhash
Зайсан|Зайсан|Zaisan
Маркаколь|Марқакөл|Markakol
Кокшетау|Көкшетау|Kokshetau
Нура|Нұра|Nura
Тобыл|Тобыл|Tobyl
Арал|Арал|Aral
Каспий|Каспий|Kaspiy
Актерек|Ақтерек|Akterek
Жидели|Жиделі|Zhideli
Самал|Самал|Samal
Арман|Арман|Arman
Шугыла|Шұғыла|Shugyla
Наурыз|Наурыз|Nauryz
Береке|Береке|Bereke
Бирлик|Бірлік|Birlik
Енбек|Еңбек|Enbek
Женис|Жеңіс|Zhenis
Мерей|Мерей|Merei
Шанырак|Шаңырақ|Shanyrak
Тулпар|Тұлпар|Tulpar
Кайнар|Қайнар|Kainar
Акбулак|Ақбұлақ|Akbulak
Карасу|Қарасу|Karasu
Коктобе|Көктөбе|Koktobe
Аксай|Ақсай|Aksai
Талдыбулак|Талдыбұлақ|Taldybulak
Акжар|Ақжар|Akzhar
Жанатурмыс|Жаңатұрмыс|Zhanaturmys
Болашак|Болашақ|Bolashak
Атамекен|Атамекен|Atameken
Отан|Отан|Otan
Игилик|Игілік|Igilik
Ынтымак|Ынтымақ|Yntymak
Мадениет|Мәдениет|Madeniyet
Гулдер|Гүлдер|Gulder
Кунгей|Күнгей|Kungei
Теректи|Теректі|Terekti
Акорда|Ақорда|Akorda
Шаттык|Шаттық|Shattyk
"""
