"""Viewers, their sessions, the audit log, settings, and the worker's own state."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, func
from sqlalchemy.dialects.postgresql import INET, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from data_access.domain.people import Role
from data_access.domain.words import Language
from data_access.tables.base import Base, array, document, number, one_of, uuid_key


class Viewer(Base):
    __tablename__ = "viewers"
    __table_args__ = (
        CheckConstraint(one_of("role", Role), name="role"),
        CheckConstraint(one_of("language", Language), name="language"),
        CheckConstraint("theme IN ('dark', 'light')", name="theme"),
        {"comment": "People who may sign in"},
    )
    id: Mapped[number]
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    whole_city: Mapped[bool] = mapped_column(
        server_default="false", comment="Sees every district; else viewer_districts"
    )
    language: Mapped[str] = mapped_column(server_default="ru")
    theme: Mapped[str] = mapped_column(server_default="dark")
    disabled: Mapped[bool] = mapped_column(server_default="false")


class ViewerPassword(Base):
    __tablename__ = "viewer_passwords"
    __table_args__ = {"comment": "Argon2 hashes, apart from what other screens read"}
    viewer_id: Mapped[int] = mapped_column(
        ForeignKey("viewers.id", ondelete="CASCADE"), primary_key=True
    )
    password_hash: Mapped[str]
    changed_at: Mapped[datetime]


class SignInFailures(Base):
    __tablename__ = "sign_in_failures"
    __table_args__ = (
        CheckConstraint("failures >= 0", name="failures"),
        Index("ix_sign_in_failures_last", "last_at"),
        {"comment": "Wrong passwords in a row by login, whether or not anybody has that login"},
    )
    login: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]


class ViewerDistrict(Base):
    __tablename__ = "viewer_districts"
    __table_args__ = {"comment": "The districts of a viewer's scope"}
    viewer_id: Mapped[int] = mapped_column(
        ForeignKey("viewers.id", ondelete="CASCADE"), primary_key=True
    )
    district_id: Mapped[int] = mapped_column(ForeignKey("districts.id"), primary_key=True)


class Session(Base):
    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_seen", "seen_at"),
        {"comment": "Signed-in sessions: the SHA-256 of the cookie's token, never the token"},
    )
    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    viewer_id: Mapped[int] = mapped_column(ForeignKey("viewers.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    address: Mapped[str | None] = mapped_column(INET)
    browser: Mapped[str] = mapped_column(server_default="")


class AuditRecord(Base):
    __tablename__ = "audit_records"
    __table_args__ = (
        Index("ix_audit_records_at", "at"),
        Index("ix_audit_records_viewer", "viewer_id", "at"),
        {"comment": "Who did what, when and why; rows are added, never changed"},
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    viewer_id: Mapped[int | None] = mapped_column(ForeignKey("viewers.id"))
    login: Mapped[str] = mapped_column(comment="As typed: it may belong to nobody")
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(
        server_default="", comment="What it was done to: camera 12, event 0b1c…"
    )
    detail: Mapped[document] = mapped_column(server_default="{}")
    address: Mapped[str | None] = mapped_column(INET)


class WatchListed(Base):
    __tablename__ = "watch_list"
    __table_args__ = (
        CheckConstraint("plate ~ '^[0-9A-Z]{4,12}$'", name="plate"),
        CheckConstraint("until_at > added_at", name="order"),
        Index("ix_watch_list_until", "until_at"),
        {"comment": "Plates that are looked for, why, by whom and until when; none is deleted"},
    )
    id: Mapped[number]
    plate: Mapped[str] = mapped_column(comment="Letters and digits alone")
    reason: Mapped[str] = mapped_column(comment="Why it is looked for")
    added_by: Mapped[int] = mapped_column(ForeignKey("viewers.id"))
    added_at: Mapped[datetime]
    until_at: Mapped[datetime]
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("viewers.id"))
    removed_at: Mapped[datetime | None]


class SavedWall(Base):
    __tablename__ = "saved_walls"
    __table_args__ = {
        "comment": "Walls of live pictures that a viewer keeps; each sees only their own"
    }
    viewer_id: Mapped[int] = mapped_column(
        ForeignKey("viewers.id", ondelete="CASCADE"), primary_key=True, comment="Whose it is"
    )
    name: Mapped[str] = mapped_column(primary_key=True, comment="As the viewer calls it")
    address: Mapped[document] = mapped_column(
        comment="What stands in the page's address: tiles, order, district, filter"
    )


class Setting(Base):
    __tablename__ = "settings"
    __table_args__ = {"comment": "Settings of the city that are edited in the app"}
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Worker(Base):
    __tablename__ = "workers"
    __table_args__ = (
        CheckConstraint("inference_ms >= 0 AND inference_ms < 'Infinity'", name="numbers"),
        {"comment": "Worker processes: what they run and how they are doing"},
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    detector: Mapped[str]
    model: Mapped[str] = mapped_column(server_default="")
    cameras: Mapped[int] = mapped_column(server_default="0")
    inference_ms: Mapped[float] = mapped_column(server_default="0")
    outbox_waiting: Mapped[int] = mapped_column(server_default="0")
    message: Mapped[str] = mapped_column(server_default="")
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    rules: Mapped[array] = mapped_column(
        server_default="[]", comment="The rules that it knows, with their settings"
    )


class Outbox(Base):
    __tablename__ = "outboxes"
    __table_args__ = {"comment": "How far each worker's outbox on disk has been written here"}
    id: Mapped[uuid_key]
    applied: Mapped[int] = mapped_column(comment="Number of the last item that was written")
    updated_at: Mapped[datetime]
