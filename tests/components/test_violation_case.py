from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from components.evidence_view import build_evidence
from components.violation_case import build_details, build_head, build_reason
from components.violation_table import build_table, file_row, file_titles
from data_access.domain.events import EvidenceRecord
from data_access.domain.words import Language, Names
from data_access.language import translator
from data_access.violations import FineSource, StateChange, ViolationCase, ViolationRow

AT = datetime(2026, 11, 20, 7, tzinfo=UTC)
NOW = AT + timedelta(hours=3)
EVIL = "<script>alert('x')</script> \"x\" =1+1"
_ = translator(Language.RUSSIAN)

ROW = ViolationRow(
    id=UUID(int=5),
    started_at=AT,
    ended_at=AT,
    kind="spot_speed",
    state="detected",
    confidence=0.87,
    plate="123 ABC 02",
    camera_id=1,
    camera_code="K-1",
    camera=Names("Камера", "Камера", "Camera"),
    site=Names("Рынок", "Базар", "Market"),
    district=Names("Центр", "Орталық", "Centre"),
    article="592",
    mci_count=Decimal("10.00"),
    mci_tenge=4325,
    fine_tenge=43250,
    reviewed_at=None,
    issued_at=None,
    paid_at=None,
    paid_tenge=None,
    contested_at=None,
    cancelled_at=None,
)
CASE = ViolationCase(
    ROW,
    {"speed_kmh": 84, "limit_kmh": 60, "label": "car", "odd_fact_m": 2.5, "inner": {"a": 1}},
    (),
    (StateChange(AT, "detected", None, ""),),
    FineSource(False, "art. 592"),
)


def details(case: ViolationCase, now: datetime = NOW) -> str:
    return build_details(case, Language.RUSSIAN, now, _)


def test_a_case_says_what_when_and_where_in_words() -> None:
    head = build_head(CASE, Language.RUSSIAN, NOW, _)
    for words in (
        "Превышение скорости",
        'Рынок · Центр · <a href="/camera?camera=1" target="_self">K-1</a>',
        "12:00:00",
        "3 ч назад",
    ):
        assert words in head
    assert "84 км/ч при разрешённых 60 км/ч" in build_reason(CASE, _)


def test_measurements_have_names_and_units_and_say_what_qala_is_not() -> None:
    shown = details(CASE)
    assert "<dt>Скорость</dt><dd>84 км/ч</dd>" in shown
    assert "<dt>Что это было</dt><dd>Легковой автомобиль</dd>" in shown
    assert "<dt>odd fact</dt><dd>2,5 м</dd>" in shown
    assert "inner" not in shown
    assert "не является поверенным измерителем" in shown
    assert "поверенным" not in details(replace(CASE, row=replace(ROW, kind="red_light")))


def test_a_plate_names_its_region() -> None:
    assert "123 ABC 02</span>" in details(CASE)
    assert "Алматы" in details(CASE)


def test_a_fine_is_shown_with_its_sum_and_the_lawyers_mark() -> None:
    shown = details(CASE)
    assert "Статья 592: 10 МРП × 4\u202f325\u00a0₸ = 43\u202f250\u00a0₸" in shown
    assert "Должен подтвердить юрист" in shown
    confirmed = replace(CASE, fine_source=FineSource(True, "art. 592"))
    assert "Должен подтвердить юрист" not in details(confirmed)


def test_half_is_enough_for_seven_days_and_no_longer() -> None:
    issued = replace(CASE, row=replace(ROW, issued_at=AT, state="issued"))
    assert "До 27 ноября 2026" in details(issued, AT + timedelta(days=6))
    assert "21\u202f625" in details(issued, AT + timedelta(days=6))
    assert "достаточно половины" not in details(issued, AT + timedelta(days=8))
    cancelled = replace(issued, row=replace(issued.row, cancelled_at=AT))
    assert "достаточно половины" not in details(cancelled, AT + timedelta(days=1))


def test_a_kind_without_a_fine_says_so() -> None:
    assert "штраф не задан" in details(replace(CASE, row=replace(ROW, fine_tenge=None)))


def test_what_people_wrote_is_text_everywhere() -> None:
    names = Names(EVIL, EVIL, EVIL)
    row = replace(ROW, plate=EVIL, site=names, district=names, camera_code=EVIL, kind=EVIL)
    history = (StateChange(AT, "rejected", EVIL, EVIL),)
    case = replace(CASE, row=row, history=history, facts={"label": EVIL, "zone": EVIL})
    for shown in (
        build_head(case, Language.RUSSIAN, NOW, _),
        build_reason(case, _),
        details(case),
    ):
        assert "<script" not in shown
    assert "&lt;script&gt;" in details(case)


def test_history_says_who_and_why() -> None:
    history = (*CASE.history, StateChange(NOW, "rejected", "Ким В.", "Plate not readable"))
    shown = details(replace(CASE, history=history))
    assert "Обнаружено обработчиком" in shown
    assert "Ким В. · Госномер не читается" in shown


def evidence(kind: str, mime: str, number: int = 1) -> EvidenceRecord:
    return EvidenceRecord(UUID(int=number), kind, "x", "0" * 64, 9, mime, AT)


def test_a_clip_is_played_from_our_own_address_with_the_snapshot_before_it() -> None:
    files = (evidence("snapshot", "image/jpeg"), evidence("clip", "video/mp4", 2))
    shown = build_evidence(files, AT, NOW, _)
    assert f'<source src="/evidence/{UUID(int=2)}" type="video/mp4">' in shown
    assert f'poster="/evidence/{UUID(int=1)}"' in shown


def test_while_the_clip_is_written_the_snapshot_stands_in_its_place() -> None:
    files = (evidence("snapshot", "image/jpeg"),)
    assert "Видео ещё записывается" in build_evidence(files, AT, AT + timedelta(seconds=20), _)
    assert "Видео нет" in build_evidence(files, AT, NOW, _)
    assert f'<img src="/evidence/{UUID(int=1)}"' in build_evidence(files, AT, NOW, _)


def test_without_any_file_a_sentence_stands_in_its_place() -> None:
    assert "изображение не сохранено" in build_evidence((), AT, NOW, _)
    assert "появятся здесь" in build_evidence((), AT, AT + timedelta(seconds=5), _)


def test_evidence_that_was_deleted_on_time_says_so() -> None:
    later = AT + timedelta(days=91)
    assert "хранятся 90 дн." in build_evidence((), AT, later, _, kept_days=90)
    assert "изображение не сохранено" in build_evidence((), AT, later, _, kept_days=365)


def test_the_drawing_and_the_plate_stand_below_the_clip() -> None:
    files = (
        evidence("clip", "video/mp4", 2), evidence("drawing", "image/jpeg", 3),
        evidence("plate", "image/jpeg", 4), evidence("masked_clip", "video/mp4", 5),
    )  # fmt: skip
    shown = build_evidence(files, AT, NOW, _)
    for number in (3, 4):
        assert f'<img src="/evidence/{UUID(int=number)}"' in shown
    assert f'href="/evidence/{UUID(int=5)}"' in shown and "Видео, лица скрыты" in shown


def test_the_stills_of_a_line_stand_below_the_clip_with_their_names() -> None:
    files = (
        evidence("clip", "video/mp4", 2), evidence("before", "image/jpeg", 3),
        evidence("behind", "image/jpeg", 4),
    )  # fmt: skip
    shown = build_evidence(files, AT, NOW, _)
    for number, name in ((3, "До линии"), (4, "За линией")):
        assert f'<img src="/evidence/{UUID(int=number)}" alt="{name}"' in shown


def test_the_sheet_of_a_section_stands_where_others_have_their_clip() -> None:
    files = (evidence("sheet", "image/png", 3), evidence("plate", "image/jpeg", 4))
    for at in (AT, AT + timedelta(seconds=5)):
        shown = build_evidence(files, at, NOW, _)
        assert f'<a class="page" href="/evidence/{UUID(int=3)}"' in shown
        assert "Лист доказательств" in shown and "изображение не сохранено" not in shown


def test_the_table_has_names_shapes_and_money() -> None:
    frame = build_table([ROW, replace(ROW, site=None, fine_tenge=None)], Language.KAZAKH, _)
    assert frame["place"].tolist() == ["Базар", "Камера"]
    assert frame["state"].tolist() == ["◆ Ожидает проверки"] * 2
    assert frame["fine"].tolist() == ["43\u202f250\u00a0₸", ""]
    assert frame["confidence"].tolist() == [87, 87]


def test_a_file_has_a_title_for_each_of_its_cells() -> None:
    cells = file_row(ROW, Language.RUSSIAN, _)
    assert len(cells) == len(file_titles(_))
    assert cells[0] == AT
    assert cells[11] == 43250
