"""Almaty: 120,000 cameras, most of them of houses and shops, joined into one system.

Of the 360,000 violations of the 105 places that measure speed, the fines that were paid come
to 2.3 billion ₸: with the fines of the law no other reading of the two numbers is possible
(the least fine, three MCI, times 360,000 is twice as much even at half price).
"""

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
PLATES = (Capability.INFRARED, Capability.PLATES)
NIGHT = (Capability.INFRARED,)
TURNING = (Capability.INFRARED, Capability.TURNING)

_DISTRICTS = (
    DistrictPlan("almaly", Names("Алмалинский", "Алмалы", "Almaly"), 43.253, 76.915),
    DistrictPlan("auezov", Names("Ауэзовский", "Әуезов", "Auezov"), 43.230, 76.850),
    DistrictPlan("bostandyk", Names("Бостандыкский", "Бостандық", "Bostandyk"), 43.205, 76.905),
    DistrictPlan("zhetysu", Names("Жетысуский", "Жетісу", "Zhetysu"), 43.295, 76.925),
    DistrictPlan("medeu", Names("Медеуский", "Медеу", "Medeu"), 43.235, 76.975),
    DistrictPlan("nauryzbay", Names("Наурызбайский", "Наурызбай", "Nauryzbay"), 43.205, 76.800),
    DistrictPlan("turksib", Names("Турксибский", "Түрксіб", "Turksib"), 43.330, 76.980),
    DistrictPlan("alatau", Names("Алатауский", "Алатау", "Alatau"), 43.290, 76.830),
)

_GROUND = Ground(
    latitude=43.2560,
    longitude=76.8950,
    radius_m=11_500,
    east_stretch=1.08,
    turn_deg=-4,
    block_m=430,
    main_every=4,
    lanes_a_block=0.45,
    parks=14,
    ring=True,
    rivers=(
        River(((0.62, -1.4), (0.5, -0.7), (0.42, -0.1), (0.5, 0.5), (0.42, 1.4)), 45),
        River(((-0.02, -1.4), (-0.1, -0.6), (-0.2, 0.0), (-0.12, 0.6), (-0.2, 1.4)), 55),
    ),
    districts=_DISTRICTS,
)

_GROUPS = (
    CameraGroup("crossroads", SiteKind.CROSSROAD, 62, 372, capabilities=SPEED),
    CameraGroup("sections", SiteKind.LINEAR_SECTION, 43, 172, capabilities=SPEED),
    CameraGroup("plate_crossroads", SiteKind.CROSSROAD, 107, 400, capabilities=PLATES),
    CameraGroup("schools", SiteKind.SCHOOL, 176, 1464, integrated=1464, capabilities=NIGHT),
    CameraGroup("kindergartens", SiteKind.KINDERGARTEN, 180, 1260, integrated=1260),
    CameraGroup("colleges", SiteKind.PUBLIC_PLACE, 70, 700, integrated=700, capabilities=NIGHT),
    CameraGroup(
        "courtyards", SiteKind.COURTYARD, 1000, 24_000, integrated=24_000, capabilities=NIGHT,
        intercoms=4,
    ),
    CameraGroup(
        "complexes", SiteKind.COURTYARD, 70, 10_500, integrated=10_500, capabilities=NIGHT,
        intercoms=16,
    ),
    CameraGroup(
        "crowded", SiteKind.PUBLIC_PLACE, 120, 1800, CameraKind.TURNING, capabilities=TURNING
    ),
    CameraGroup("public", SiteKind.PUBLIC_PLACE, 90, 447, integrated=447, capabilities=NIGHT),
    CameraGroup("shops", SiteKind.PUBLIC_PLACE, 3600, 78_813, integrated=78_813),
    CameraGroup("tops", SiteKind.BUILDING_TOP, 24, 48, CameraKind.OVERVIEW, capabilities=NIGHT),
    CameraGroup("drones", SiteKind.DRONE_PAD, 4, 24, CameraKind.DRONE),
)  # fmt: skip

_ROADS = ("crossroads", "sections")
_PLACES = ("public", "crowded", "shops")

_STREAMS = (
    Stream("spot_speed", 128_000, _ROADS),
    Stream("section_speed", 74_000, ("sections",)),
    Stream("red_light", 47_000, ("crossroads",)),
    Stream("stop_line", 30_000, ("crossroads",)),
    Stream("no_stopping", 25_000, _ROADS),
    Stream("crosswalk_yield", 18_000, ("crossroads",)),
    Stream("solid_line", 17_000, _ROADS),
    Stream("bus_lane", 10_000, ("sections",)),
    Stream("oncoming_lane", 5_000, _ROADS),
    Stream("jaywalking", 4_000, _ROADS),
    Stream("wrong_way", 2_000, _ROADS),
    Stream("crowd", 5_000, ("crowded", "public")),
    Stream("loitering", 8_000, ("courtyards", "complexes", "kindergartens")),
    Stream("intrusion", 3_500, ("schools", "kindergartens", "colleges")),
    Stream("congestion", 9_000, ("crossroads", "sections", "plate_crossroads")),
    Stream("collision", 3_200, ("crossroads", "sections", "plate_crossroads")),
    Stream("abandoned_object", 2_600, _PLACES),
    Stream("watch_listed_plate", 2_800, ("crossroads", "sections", "plate_crossroads")),
    Stream("object_present", 500, _PLACES),
    Stream("illegal_dump", 2_600, ("courtyards", "public", "tops", "drones")),
    Stream("overflowing_container", 5_200, ("courtyards", "complexes")),
    Stream("road_defect", 3_000, ("crossroads", "plate_crossroads", "drones")),
    Stream("sos_press", 300, ()),
    Stream("call_102", 36_000, ()),
)

ALMATY = Profile(
    id="almaty",
    names=Names("Алматы", "Алматы", "Almaty"),
    code="ALA",
    zoom=10.7,
    ground=_GROUND,
    groups=_GROUPS,
    streams=_STREAMS,
    units=UnitPlan(patrols=180, municipal=40, drones=24),
    sos_buttons=16,
    calls_a_day=2000,
    call_topics=USUAL_TOPICS,
    plate_regions={"02": 0.74, "05": 0.17, "19": 0.02, "08": 0.02, "01": 0.02, "17": 0.03},
    vehicles=420_000,
    paid_tenge=2_300_000_000,
    counting_cameras=105,
    plate_reads_a_day=8000,
    plan={
        "monitors": 156,
        "shifts": 4,
        "operators_102": 12,
        "posts_open": ["08:00", "20:00"],
        "safe_courtyard": {"houses": 1000, "complexes": 70},
        "entrances": 6400,
        "entrances_with_intercom": 5120,
    },
)
