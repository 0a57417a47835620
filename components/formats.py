"""Numbers, money and times as the screens write them.

Thousands stand apart by a narrow space that does not break, in every language; times are
shown in the country's one zone.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from data_access.domain.words import Language
from data_access.language import Translate

LOCAL_ZONE = ZoneInfo("Asia/Almaty")
THOUSANDS = "\u202f"
DECIMAL_MARK = {Language.RUSSIAN: ",", Language.KAZAKH: ",", Language.ENGLISH: "."}

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86400


def number(value: float, digits: int = 0, language: Language = Language.RUSSIAN) -> str:
    """A number with narrow spaces between thousands: ``1 472``, ``12 345,6``."""
    plain = f"{value:z,.{digits}f}".replace("-", "−")
    whole, point, part = plain.partition(".")
    return whole.replace(",", THOUSANDS) + (DECIMAL_MARK[language] + part if point else "")


def percent(share: float, digits: int = 0, language: Language = Language.RUSSIAN) -> str:
    """A share (0.12) as a percentage: ``12%``."""
    return f"{number(share * 100, digits, language)}%"


def money_tenge(tenge: float) -> str:
    """A sum in whole tenge: ``43 250 ₸``."""
    return f"{number(tenge)}\u00a0₸"


def ago(at: datetime, now: datetime, _: Translate) -> str:
    """How long ago ``at`` was; a clock that runs a little ahead reads as just now."""
    seconds = int((now - at).total_seconds())
    if seconds < MINUTE_S:
        return _("just now")
    if seconds < HOUR_S:
        return _("{minutes} min ago").format(minutes=seconds // MINUTE_S)
    if seconds < DAY_S:
        return _("{hours} h ago").format(hours=seconds // HOUR_S)
    return _("{days} d ago").format(days=number(seconds // DAY_S))


def elapsed(seconds: float) -> str:
    """How long someone has been waiting, as a clock: ``0:38``, ``12:05``, ``1:02:05``."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def local(at: datetime) -> datetime:
    """The moment on the country's clock."""
    return at.astimezone(LOCAL_ZONE)


def clock(at: datetime) -> str:
    """The local hour and minute: ``14:05``."""
    return f"{local(at):%H:%M}"


def day(at: date, language: Language) -> str:
    """A date in words: ``21 ноября 2026 г.``; a moment counts by its local day."""
    return format_date(_local_date(at), format="long", locale=str(language))


def short_day(at: date, language: Language) -> str:
    """A date for axes and narrow columns: ``21 нояб.``"""
    return format_date(_local_date(at), format="d MMM", locale=str(language))


def moment(at: datetime, language: Language) -> str:
    """The exact local time for a hover: ``21 нояб. 2026 г., 14:05:38``."""
    return format_datetime(local(at), "d MMM y, HH:mm:ss", locale=str(language))


def _local_date(at: date) -> date:
    return local(at).date() if isinstance(at, datetime) else at
