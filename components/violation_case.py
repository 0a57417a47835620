"""One violation beside the table: what, where, why, whose, how much, and what became of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from components.camera_words import camera_address
from components.formats import ago, day, moment, money_tenge, number, percent
from components.measurements import SPEEDS, build_measurements
from components.violation_table import kind_name, place_name, state_name
from data_access.domain.explanations import explain
from data_access.domain.plates import region_name
from data_access.domain.words import Language
from data_access.language import Translate
from data_access.violations import StateChange, ViolationCase, ViolationRow

HALF_FOR = timedelta(days=7)
"""Half of a fine is enough within seven days (FACTS.md, Fines)."""

STYLE = """<style>
.qala-case{color:var(--q-text);font-size:.9375rem;line-height:1.45}
.qala-case h3{font-size:1.25rem;line-height:1.3;margin:0;padding:0;font-weight:600}
.qala-case .quiet{color:var(--q-quiet)}
.qala-case .waiting{color:var(--q-waiting)}
.qala-case .head{display:flex;justify-content:space-between;gap:1rem;align-items:baseline}
.qala-case.why{font-size:1.0625rem;line-height:1.4}
.qala-case dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;
margin:0!important;padding:0}
.qala-case dt{color:var(--q-quiet);margin:0!important;font-weight:400}
.qala-case dd{margin:0!important;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.qala-case .plate{border:2px solid var(--q-line);border-radius:4px;padding:0 .45rem;
font-weight:600;letter-spacing:.04em;white-space:nowrap}
.qala-case h4{font-size:.875rem;font-weight:600;color:var(--q-quiet);margin:.9rem 0 0;padding:0}
.qala-case ol{list-style:none;margin:.3rem 0 0;padding:0}
.qala-case ol li{margin:.15rem 0;padding:0;font-variant-numeric:tabular-nums}
.qala-evidence{margin:0}
.qala-evidence video,.qala-evidence img{width:100%;max-height:46vh;object-fit:contain;
background:#000;border-radius:4px;display:block}
.qala-evidence .small{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.5rem}
.qala-evidence .small a{display:block;max-width:12rem;font-size:.8125rem;line-height:1.3}
.qala-evidence .small img{width:auto;max-width:100%;max-height:6rem}
.qala-evidence .small span{display:block;margin-top:.15rem}
.qala-evidence .page img{background:#fff;border:1px solid var(--q-line)}
.qala-evidence figcaption{display:flex;flex-wrap:wrap;gap:0 1rem;
color:var(--q-quiet);font-size:.875rem;
margin-top:.25rem}
.qala-case a,.qala-evidence a{color:var(--q-accent)!important}
.qala-evidence.empty{border:1px dashed var(--q-line);border-radius:4px;color:var(--q-quiet);
padding:2.2rem 1rem;text-align:center}
</style>"""


def build_head(case: ViolationCase, language: Language, now: datetime, _: Translate) -> str:
    """What, when, where and what became of it; every text of people or cameras is escaped."""
    return f'{STYLE}<div class="qala-case">{_head(case.row, language, now, _)}</div>'


def _camera(row: ViolationRow) -> str:
    """The camera's number as the way to its own screen."""
    if row.camera_id is None or not row.camera_code:
        return ""
    address = escape(camera_address(row.camera_id))
    return f'<a href="{address}" target="_self">{escape(row.camera_code)}</a>'


def build_reason(case: ViolationCase, _: Translate) -> str:
    """Why it was found, in one sentence."""
    return f'<div class="qala-case why">{escape(explain(case.row.kind, case.facts, _))}</div>'


def build_details(case: ViolationCase, language: Language, now: datetime, _: Translate) -> str:
    """The numbers, the fine and the history."""
    parts = (
        _numbers(case, language, _),
        _fine(case, language, now, _),
        _history(case.history, language, _),
    )
    return f'<div class="qala-case">{"".join(parts)}</div>'


def _head(row: ViolationRow, language: Language, now: datetime, _: Translate) -> str:
    place = [escape(place_name(row, language)), escape(row.district.in_language(language))]
    where = " · ".join(part for part in [*place, _camera(row)] if part)
    exact = escape(moment(row.started_at, language))
    return (
        f'<div class="head"><h3>{escape(kind_name(row.kind, _))}</h3>'
        f"<span>{escape(state_name(row.state, _))}</span></div>"
        f'<div>{exact} <span class="quiet">· {escape(ago(row.started_at, now, _))}</span></div>'
        f'<div class="quiet">{where}</div>'
    )


def _numbers(case: ViolationCase, language: Language, _: Translate) -> str:
    pairs = [(escape(n), escape(v)) for n, v in build_measurements(case.facts, language, _)]
    pairs.append((escape(_("Confidence")), percent(case.row.confidence, 0, language)))
    if case.row.plate:
        pairs.insert(0, (escape(_("Plate")), _plate(case.row.plate, _)))
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in pairs)
    meter = _("Qala is not a certified speed meter.") if case.row.kind in SPEEDS else ""
    return f'<dl>{rows}</dl><div class="quiet">{escape(meter)}</div>'


def _plate(plate: str, _: Translate) -> str:
    region = region_name(plate)
    where = f' <span class="quiet">{escape(_(region))}</span>' if region else ""
    return f'<span class="plate">{escape(plate)}</span>{where}'


def _fine(case: ViolationCase, language: Language, now: datetime, _: Translate) -> str:
    row, name = case.row, _("Fine")
    title = f"<h4>{escape(name)}</h4>"
    if row.fine_tenge is None or row.mci_count is None or row.mci_tenge is None:
        words = _("No fine is set for this kind. An administrator adds it to the schedule.")
        return f'{title}<div class="quiet">{escape(words)}</div>'
    words = _("Article {article}: {count} MCI × {mci} = {fine}").format(
        article=row.article or "—",
        count=number(float(row.mci_count), 0 if row.mci_count % 1 == 0 else 1, language),
        mci=money_tenge(row.mci_tenge),
        fine=money_tenge(row.fine_tenge),
    )
    lines = [f"<div>{escape(words)}</div>"]
    if case.fine_source is None or not case.fine_source.confirmed:
        mark = _("To be confirmed by the operator's lawyer")
        source = escape(case.fine_source.source if case.fine_source else "")
        lines.append(f'<div class="waiting" title="{source}">◆ {escape(mark)}</div>')
    lines += [f'<div class="quiet">{escape(one)}</div>' for one in _paying(row, language, now, _)]
    return f"{title}{''.join(lines)}"


def _paying(row: ViolationRow, language: Language, now: datetime, _: Translate) -> list[str]:
    """What was paid, or until when half is enough."""
    if row.paid_at is not None:
        paid = money_tenge(row.paid_tenge or 0)
        return [_("Paid: {sum}, {day}").format(sum=paid, day=day(row.paid_at, language))]
    if row.issued_at is None or row.cancelled_at is not None or now > row.issued_at + HALF_FOR:
        return []
    half = money_tenge((row.fine_tenge or 0) / 2)
    until = day(row.issued_at + HALF_FOR, language)
    return [_("Half is enough until {day}: {sum}").format(day=until, sum=half)]


def _history(history: Sequence[StateChange], language: Language, _: Translate) -> str:
    lines = "".join(f"<li>{_change(change, language, _)}</li>" for change in history)
    title = escape(_("History"))
    return f"<h4>{title}</h4><ol>{lines}</ol>" if lines else ""


def _change(change: StateChange, language: Language, _: Translate) -> str:
    who = change.viewer or (_("Found by the worker") if change.state == "detected" else "")
    # Reasons of the list are kept as source texts; what an officer wrote comes back as it is.
    said = [state_name(change.state, _), who, _(change.reason) if change.reason else ""]
    words = " · ".join(escape(part) for part in said if part)
    return f'<span class="quiet">{escape(moment(change.at, language))}</span> {words}'
