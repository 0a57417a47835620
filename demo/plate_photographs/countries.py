"""What the plates of the world look like: sizes, colours, groups of signs, what stands around.

Layouts are written sign by sign: ``A`` a letter, ``0`` a digit, ``1`` one that is no zero, a
space a gap, ``-`` a hyphen and ``.`` a dot that are printed, ``*`` two round seals upon each
other, ``+`` a crest, ``#`` a chequered one, ``/`` the end of the upper of two lines. The rest is
decoration. Sizes are the countries' own rules, in millimetres.
"""

from dataclasses import dataclass

Colour = tuple[int, int, int]
"""Blue, green, red, 0 to 255."""

BLACK, WHITE, GREY, RED = (24, 22, 22), (238, 240, 240), (186, 188, 186), (40, 36, 168)
YELLOW, BLUE, DARK_BLUE = (60, 200, 240), (150, 70, 20), (110, 45, 25)

ALL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CLEAR = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""Letters of the countries that leave I, O and Q out."""


@dataclass(frozen=True, slots=True)
class Country:
    """Plates of one kind: one of ``layouts`` in ``letters``, ``letter_mm`` high.

    ``band`` stands at the left in blue, ``band_right`` at the right; ``above`` and ``below`` are
    small words, one of which is chosen; ``stripe`` is a blue stripe at the top with a word.
    """

    name: str
    layouts: tuple[str, ...]
    letters: str = CLEAR
    wh_mm: tuple[int, int] = (520, 112)
    letter_mm: int = 77
    ink: Colour = BLACK
    papers: tuple[Colour, ...] = (WHITE,)
    band: str = ""
    band_right: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    stripe: str = ""
    stickers: bool = False


EUROPE = (
    Country("Germany", ("A*AA 000", "AA*AA 00", "AA*A 0000", "AAA*AA 00", "A*AA 0000", "AAA*A 000"),
            ALL, letter_mm=75, band="D"),
    Country("France", ("AA-000-AA",), papers=(WHITE, YELLOW), band="F",
            band_right=("75", "69", "2A", "13")),
    Country("Italy", ("AA 000AA",), band="I", band_right=("05", "11")),
    Country("Czechia", ("1A0*0000", "1A0 0000", "1AA*0000"), band="CZ"),
    Country("Slovakia", ("AA+000AA", "AA+000AA", "AA 000AA"), ALL, band="SK"),
    Country("Poland", ("AA 00000", "AAA 00AA", "AA*0000A", "AAA*A000", "AA 000AA"), band="PL"),
    Country("Hungary", ("AAA-000", "AA AA-000"), ALL, band="H"),
    Country("Serbia", ("AA+000-AA", "AA+0000-AA"), band="SRB"),
    Country("Croatia", ("AA#000-AA", "AA#0000-AA", "AA#000-A"), band=""),
    Country("Slovenia", ("AA+AA-000", "AA+00-0AA"), band="SLO"),
    Country("Great Britain", ("AA00 AAA",), letter_mm=79, papers=(WHITE, YELLOW), band="GB"),
    Country("Spain", ("0000 AAA",), band="E"),
    Country("Portugal", ("00-00-AA", "00-AA-00", "AA-00-00"), band="P"),
    Country("Netherlands", ("00-AAA-0", "00-AA-AA", "1-AAA-00"), papers=(YELLOW,), band="NL"),
    Country("Belgium", ("1-AAA-000",), ink=RED, band="B"),
    Country("Austria", ("A+00000A", "AA+000AA", "AA+00AAA"), letter_mm=67, band="A"),
    Country("Switzerland", ("AA+000000", "AA+00000"), letter_mm=65, wh_mm=(500, 110)),
    Country("Romania", ("A 00 AAA", "AA 00 AAA", "A 000 AAA"), band="RO"),
    Country("Bulgaria", ("AA 0000 AA", "A 0000 AA"), band="BG"),
    Country("Sweden", ("AAA 000", "AAA 00A"), band="S"),
    Country("Norway", ("AA 00000",), band="N"),
    Country("Denmark", ("AA 00 000",), ink=BLACK, band="DK"),
    Country("Lithuania", ("AAA 000", "AAA:000".replace(":", "*")), band="LT"),
    Country("Latvia", ("AA-0000", "AA-000"), band="LV"),
    Country("Estonia", ("000 AAA",), band="EST"),
    Country("Ukraine", ("AA 0000 AA",), ALL, band="UA"),
    Country("Greece", ("AAA-0000",), ALL, band="GR"),
)  # fmt: skip

EUROPE_TWO_LINES = (
    Country("Germany, two lines", ("AA*/A 000", "A*/AA 000", "AAA*/AA 00", "AA*/AA 000"), ALL,
            (280, 200), 75),
    Country("Italy, two lines", ("AA/000AA",), wh_mm=(297, 214), letter_mm=77),
    Country("Croatia, two lines", ("AA#/000-AA", "AA#/0000-A"), wh_mm=(280, 200), letter_mm=75),
    Country("Great Britain, two lines", ("AA00/AAA",), wh_mm=(285, 203), letter_mm=79,
            papers=(WHITE, YELLOW)),
    Country("Poland, two lines", ("AA/00000", "AAA/00AA"), wh_mm=(305, 214), letter_mm=77),
)  # fmt: skip

TOWNS = ("PR - CURITIBA", "SP - SAO PAULO", "RJ - RIO DE JANEIRO", "MG - BELO HORIZONTE",
         "RS - PORTO ALEGRE", "PR - LONDRINA", "SC - JOINVILLE", "BA - SALVADOR")  # fmt: skip

BRAZIL = (
    Country("Brazil before 2018", ("AAA-0000", "AAA.0000", "AAA 0000", "AAA-0000"), ALL,
            (400, 130), 63, papers=(GREY,), above=TOWNS),
    Country("Brazil, for hire", ("AAA-0000",), ALL, (400, 130), 63, WHITE, (RED,), above=TOWNS),
    Country("Brazil since 2018", ("AAA0A00",), ALL, (400, 130), 65, stripe="BRASIL"),
)  # fmt: skip

BRAZIL_TWO_LINES = (
    Country("Brazil, motorcycle", ("AAA/0000", "AAA/0000", "AAA/0000"), ALL, (187, 136), 42,
            papers=(GREY,), above=TOWNS),
    Country("Brazil, motorcycle for hire", ("AAA/0000",), ALL, (187, 136), 42, WHITE, (RED,),
            above=TOWNS),
    Country("Brazil, motorcycle since 2018", ("AAA/0A00",), ALL, (200, 170), 53, stripe="BRASIL"),
)  # fmt: skip

STATES = ("California", "FLORIDA", "OHIO", "Virginia", "WASHINGTON", "Texas", "MICHIGAN")
SLOGANS = ("dmv.ca.gov", "SUNSHINE STATE", "Birthplace of Aviation", "EVERGREEN STATE",
           "The Lone Star State", "GREAT LAKES", "VISITPA.COM")  # fmt: skip

AMERICA = (
    Country("United States",
            ("0AAA000", "AAA000", "AAA 000", "AAA-0000", "AAA0000", "AA00000", "A00AA0", "000AAA"),
            CLEAR + "OQI", (305, 152), 66, papers=(WHITE, (230, 224, 206), (214, 230, 236)),
            above=STATES, below=SLOGANS, stickers=True),
    Country("United States, blue", ("AAA000", "0AA0A00", "AAA 0000"), CLEAR, (305, 152), 66,
            DARK_BLUE, above=STATES, below=SLOGANS, stickers=True),
)  # fmt: skip

CONTINENTS = {"europe": EUROPE, "brazil": BRAZIL, "america": AMERICA}

AMERICA_TWO_LINES = (
    Country("United States, motorcycle", ("AA/0000", "00A/00A"), CLEAR, (178, 102), 36),
)

TWO_LINES = {"europe": EUROPE_TWO_LINES, "brazil": BRAZIL_TWO_LINES, "america": AMERICA_TWO_LINES}
"""Motorcycles' plates, and square ones of cars with a short mount."""
