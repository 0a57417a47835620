"""Shakhtinsk: a small centre that watches schools, kindergartens and streets."""

from data_access.domain.places import CameraKind, Capability, SiteKind
from data_access.domain.words import Names
from demo.plans import (
    CameraGroup,
    DistrictPlan,
    Ground,
    Profile,
    River,
    Stream,
    UnitPlan,
)

NIGHT = (Capability.INFRARED,)
TURNING = (Capability.INFRARED, Capability.TURNING)

_GROUND = Ground(
    latitude=49.7080,
    longitude=72.5930,
    radius_m=2500,
    east_stretch=1.3,
    turn_deg=-8,
    block_m=205,
    main_every=5,
    rivers=(River(((-1.4, 0.78), (-0.6, 0.62), (0.1, 0.74), (0.7, 0.55), (1.5, 0.7)), 40),),
    districts=(
        DistrictPlan("center", Names("Центральный", "Орталық", "Central"), 49.7080, 72.5900),
        DistrictPlan("shakhan", Names("Шахан", "Шахан", "Shakhan"), 49.7180, 72.6200),
        DistrictPlan("dolinka", Names("Долинский", "Долинка", "Dolinka"), 49.6970, 72.5600),
    ),
)

_GROUPS = (
    CameraGroup("crossroads", SiteKind.CROSSROAD, 12, 48),
    CameraGroup("sections", SiteKind.LINEAR_SECTION, 2, 4, capabilities=NIGHT),
    CameraGroup("courtyards", SiteKind.COURTYARD, 38, 114, integrated=60, capabilities=NIGHT),
    CameraGroup(
        "crowded", SiteKind.PUBLIC_PLACE, 6, 24, CameraKind.TURNING, capabilities=TURNING, planned=5
    ),
    CameraGroup("public", SiteKind.PUBLIC_PLACE, 26, 118, integrated=71, capabilities=NIGHT),
    CameraGroup(
        "tops", SiteKind.BUILDING_TOP, 2, 3, CameraKind.OVERVIEW, capabilities=NIGHT
    ),
    CameraGroup("schools", SiteKind.SCHOOL, 12, 96, integrated=96, capabilities=NIGHT),
    CameraGroup("kindergartens", SiteKind.KINDERGARTEN, 13, 65, integrated=65),
)  # fmt: skip

_PLACES = ("public", "crowded")

_STREAMS = (
    Stream("no_stopping", 48, ("crossroads", "public", "courtyards")),
    Stream("jaywalking", 21, ("crossroads",)),
    Stream("littering", 17, ("public", "crowded", "courtyards")),
    Stream("crowd", 260, _PLACES),
    Stream("loitering", 540, ("courtyards", "kindergartens", "public")),
    Stream("intrusion", 410, ("schools", "kindergartens")),
    Stream("congestion", 150, ("crossroads",)),
    Stream("collision", 90, ("crossroads",)),
    Stream("abandoned_object", 110, _PLACES),
    Stream("object_present", 24, ("public", "schools")),
    Stream("illegal_dump", 180, ("courtyards", "public", "tops")),
    Stream("overflowing_container", 310, ("courtyards",)),
    Stream("road_defect", 120, ("crossroads",)),
    Stream("sos_press", 20, ()),
    Stream("call_102", 3_600, ()),
)

SHAKHTINSK = Profile(
    id="shakhtinsk",
    names=Names("Шахтинск", "Шахтинск", "Shakhtinsk"),
    code="SHT",
    zoom=12.7,
    ground=_GROUND,
    groups=_GROUPS,
    streams=_STREAMS,
    units=UnitPlan(patrols=7, municipal=3, drones=0),
    sos_buttons=1,
    calls_a_day=24,
    call_topics={
        "parking": 0.27,
        "family_dispute": 0.24,
        "beggars": 0.16,
        "fight": 0.09,
        "other": 0.24,
    },
    plate_regions={"09": 0.86, "01": 0.05, "20": 0.04, "02": 0.03, "03": 0.02},
    vehicles=9_000,
    counting_cameras=8,
    plate_reads_a_day=0,
    plan={"city_cameras": 311, "prevention": ["internet_fraud"]},
)
