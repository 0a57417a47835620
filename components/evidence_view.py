"""Evidence on the screen: clip and snapshot from our own port, never a copy in the page."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from data_access.domain.events import EvidenceRecord
from data_access.language import Translate

CLIP_WAIT = timedelta(minutes=2)
"""The clip follows its event by the post-roll and the encoding; after this it is missing."""


def _address(file: EvidenceRecord) -> str:
    return f"/evidence/{file.id}"


def _of(files: Sequence[EvidenceRecord], kind: str) -> EvidenceRecord | None:
    """The newest file of a kind: a snapshot that was written again replaces the older one."""
    return next((file for file in reversed(files) if file.kind == kind), None)


def build_evidence(
    files: Sequence[EvidenceRecord],
    started_at: datetime,
    now: datetime,
    _: Translate,
    kept_days: int | None = None,
) -> str:
    """The clip, or the snapshot while there is no clip, or a sentence where there is neither.

    The drawing and the plate stand below. ``kept_days`` says when evidence is deleted.
    """
    clip, snapshot = _of(files, "clip"), _of(files, "snapshot")
    if clip:
        return _frame(_video(clip, snapshot, _) + _small(files, _), _links(files, _))
    waiting = now - started_at < CLIP_WAIT
    if snapshot:
        note = _("The clip is being recorded.") if waiting else _("There is no clip.")
        below = f"<span>{escape(note)}</span>{_links(files, _)}"
        return _frame(_picture(snapshot, _) + _small(files, _), below)
    if sheet := _of(files, "sheet"):
        return _frame(_page(sheet, _) + _small(files, _), _links(files, _))
    sentence = _why_nothing(waiting, now - started_at, kept_days, _)
    return f'<div class="qala-evidence empty">{escape(sentence)}</div>'


def _why_nothing(waiting: bool, age: timedelta, kept_days: int | None, _: Translate) -> str:
    if waiting:
        return _("Evidence is being recorded; it will be here in a moment.")
    if kept_days is not None and age > timedelta(days=kept_days):
        words = _("Evidence of this kind is kept for {days} days; this was deleted on time.")
        return words.format(days=kept_days)
    return _("No picture was kept for this record.")


def _small(files: Sequence[EvidenceRecord], _: Translate) -> str:
    """Stills, drawing and plate beside each other, each a way to itself in full size."""
    names = {
        "before": _("Before the line"),
        "behind": _("Behind the line"),
        "drawing": _("Drawing of what was measured"),
        "plate": _("The plate as it was read"),
    }
    pictures = [_thumb(file, name) for kind, name in names.items() if (file := _of(files, kind))]
    return f'<div class="small">{"".join(pictures)}</div>' if pictures else ""


def _thumb(file: EvidenceRecord, name: str) -> str:
    """A small picture with its name below it."""
    words = escape(name)
    return (
        f'<a href="{_address(file)}" target="_blank" rel="noopener" title="{words}">'
        f'<img src="{_address(file)}" alt="{words}" loading="lazy"><span>{words}</span></a>'
    )


def _frame(inside: str, below: str) -> str:
    return f'<figure class="qala-evidence">{inside}<figcaption>{below}</figcaption></figure>'


def _video(clip: EvidenceRecord, snapshot: EvidenceRecord | None, _: Translate) -> str:
    name = _("Clip of the event")
    poster = f' poster="{_address(snapshot)}"' if snapshot else ""
    return (
        f'<video controls muted loop playsinline preload="metadata"{poster}'
        f' aria-label="{escape(name)}">'
        f'<source src="{_address(clip)}" type="{escape(clip.mime)}"></video>'
    )


def _picture(snapshot: EvidenceRecord, _: Translate) -> str:
    name = _("Snapshot of the event")
    return f'<img src="{_address(snapshot)}" alt="{escape(name)}">'


def _page(sheet: EvidenceRecord, _: Translate) -> str:
    """The sheet itself stands where others have their clip; one press shows it whole."""
    name = escape(_("Evidence sheet of the section"))
    address = _address(sheet)
    return (
        f'<a class="page" href="{address}" target="_blank" rel="noopener">'
        f'<img src="{address}" alt="{name}" title="{name}"></a>'
    )


def _links(files: Sequence[EvidenceRecord], _: Translate) -> str:
    names = {
        "clip": _("Clip"),
        "snapshot": _("Snapshot"),
        "before": _("Before the line"),
        "behind": _("Behind the line"),
        "sheet": _("Evidence sheet"),
        "drawing": _("Drawing"),
        "plate": _("Plate"),
        "readings": _("Readings"),
        "manifest": _("Manifest"),
        "masked_clip": _("Clip, masked"),
        "masked_snapshot": _("Snapshot, masked"),
        "masked_before": _("Before the line, masked"),
        "masked_behind": _("Behind the line, masked"),
    }
    links = [
        f'<a href="{_address(file)}" target="_blank" rel="noopener"'
        f' title="SHA-256 {file.sha256}">{escape(names[kind])}</a>'
        for kind in names
        if (file := _of(files, kind))
    ]
    return "".join(links)
