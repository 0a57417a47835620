"""Oskemen (Ust-Kamenogorsk): a system that is being put up, crossroad by crossroad."""

from data_access.domain.places import CameraKind, Capability, SiteKind
from data_access.domain.words import Names
from demo.plans import (
    USUAL_TOPICS,
    CameraGroup,
    DistrictPlan,
    Ground,
    Profile,
    River,
    Stream,
    UnitPlan,
)

SPEED = (Capability.INFRARED, Capability.PLATES, Capability.SPEED)
NIGHT = (Capability.INFRARED,)
TURNING = (Capability.INFRARED, Capability.TURNING)

_IRTYSH = ((-1.4, 0.42), (-0.7, 0.02), (-0.3, -0.2), (0.1, -0.42), (0.5, -0.8), (0.7, -1.4))
_ULBA = ((1.3, 0.75), (0.75, 0.42), (0.3, 0.2), (0.02, -0.06), (-0.17, -0.27))

_GROUND = Ground(
    latitude=49.9600,
    longitude=82.6150,
    radius_m=6200,
    east_stretch=1.12,
    turn_deg=-24,
    block_m=310,
    main_every=4,
    lanes_a_block=0.5,
    parks=7,
    rivers=(
        River(_IRTYSH, 260),
        River(_ULBA, 110),
    ),
    districts=(
        DistrictPlan("center", Names("Центральный", "Орталық", "Central"), 49.9500, 82.6280),
        DistrictPlan("ulba", Names("Ульбинский", "Үлбі", "Ulba"), 49.9700, 82.5750),
        DistrictPlan("zashchita", Names("Защита", "Защита", "Zashchita"), 49.9930, 82.5600),
        DistrictPlan("ksht", Names("КШТ", "КШТ", "KShT"), 49.9330, 82.5800),
        DistrictPlan("strelka", Names("Стрелка", "Стрелка", "Strelka"), 49.9820, 82.6500),
        DistrictPlan("menovnoe", Names("Меновное", "Меновное", "Menovnoye"), 49.9350, 82.6700),
    ),
)  # fmt: skip

_GROUPS = (
    CameraGroup("crossroads", SiteKind.CROSSROAD, 59, 236, capabilities=SPEED, planned=15),
    CameraGroup("sections", SiteKind.LINEAR_SECTION, 66, 132, capabilities=SPEED, planned=19),
    CameraGroup(
        "courtyards", SiteKind.COURTYARD, 216, 1080, capabilities=NIGHT, planned=24,
        planned_cameras=120,
    ),
    CameraGroup(
        "crowded", SiteKind.PUBLIC_PLACE, 125, 500, CameraKind.TURNING, capabilities=TURNING
    ),
    CameraGroup("schools", SiteKind.SCHOOL, 2, 8, integrated=8, capabilities=NIGHT),
    CameraGroup(
        "tops", SiteKind.BUILDING_TOP, 2, 4, CameraKind.OVERVIEW, integrated=4, capabilities=NIGHT
    ),
)  # fmt: skip

_ROADS = ("crossroads", "sections")

_STREAMS = (
    Stream("spot_speed", 34_000, _ROADS),
    Stream("section_speed", 25_500, ("sections",)),
    Stream("no_stopping", 14_500, ("crossroads", "crowded", "courtyards")),
    Stream("red_light", 12_400, ("crossroads",)),
    Stream("stop_line", 7_200, ("crossroads",)),
    Stream("crosswalk_yield", 6_900, ("crossroads",)),
    Stream("jaywalking", 3_100, _ROADS),
    Stream("solid_line", 4_100, _ROADS),
    Stream("bus_lane", 2_700, ("sections",)),
    Stream("oncoming_lane", 1_400, _ROADS),
    Stream("wrong_way", 700, _ROADS),
    Stream("littering", 1_100, ("crowded", "courtyards")),
    Stream("crowd", 1_300, ("crowded",)),
    Stream("loitering", 2_200, ("courtyards", "crowded")),
    Stream("intrusion", 420, ("courtyards",)),
    Stream("congestion", 2_900, _ROADS),
    Stream("collision", 880, _ROADS),
    Stream("abandoned_object", 420, ("crowded",)),
    Stream("watch_listed_plate", 640, _ROADS),
    Stream("object_present", 90, ("crowded",)),
    Stream("illegal_dump", 610, ("courtyards", "crowded")),
    Stream("overflowing_container", 1_150, ("courtyards",)),
    Stream("road_defect", 740, _ROADS),
    Stream("sos_press", 90, ()),
    Stream("call_102", 9_800, ()),
)

OSKEMEN = Profile(
    id="oskemen",
    names=Names("Усть-Каменогорск", "Өскемен", "Oskemen"),
    code="OSK",
    zoom=11.4,
    ground=_GROUND,
    groups=_GROUPS,
    streams=_STREAMS,
    units=UnitPlan(patrols=100, municipal=12, drones=0),
    sos_buttons=4,
    calls_a_day=120,
    call_topics=USUAL_TOPICS,
    plate_regions={"16": 0.72, "18": 0.13, "02": 0.04, "14": 0.04, "05": 0.04, "01": 0.03},
    vehicles=90_000,
    counting_cameras=40,
    plate_reads_a_day=4000,
    plan={
        "cameras_planned": 4000,
        "first_stage_cameras": 1700,
        "tablets": 100,
        "next_town": {"ru": "Семей", "kk": "Семей", "en": "Semey"},
    },
)
