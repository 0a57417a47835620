"""The tables of Qala as SQLAlchemy mapped classes; the migrations are held equal to these.

places, feeds, happenings, responses, sums, people and trials each describe one part. Every table
that a viewer reads carries ``district_id``: the row-level policy compares that column alone.
"""

from data_access.tables import feeds, happenings, people, places, responses, sums, trials
from data_access.tables.base import Base
from data_access.tables.comments import explain

explain(Base.metadata)

__all__ = ["Base", "feeds", "happenings", "people", "places", "responses", "sums", "trials"]
