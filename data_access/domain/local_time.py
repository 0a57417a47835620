"""The one time zone of the country: UTC+5 since 1 March 2024, without summer time."""

from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Almaty")
