"""The function that makes monthly partitions, the defaults, and a year of both directions."""

from alembic import op

_MAKE = """
CREATE FUNCTION public.qala_make_partitions(until date, since date DEFAULT NULL)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    today constant date := (now() AT TIME ZONE 'UTC')::date;
    first constant date := date_trunc('month', coalesce(since, today - interval '1 year'))::date;
    parent record;
    month date;
    part text;
    low text;
    high text;
    taken boolean;
    made integer := 0;
BEGIN
    IF until IS NULL OR until < first OR until > first + interval '10 years' THEN
        RAISE EXCEPTION 'partitions from % to %: ten years at most, forwards', first, until
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- Two workers that start together make each month once.
    PERFORM pg_advisory_xact_lock(hashtext('qala_make_partitions'));
    FOR parent IN
        SELECT * FROM (VALUES ('events', 'started_at'), ('plate_reads', 'read_at'),
                              ('traffic_counts', 'minute_at')) AS parents(name, key)
    LOOP
        month := first;
        WHILE month <= until LOOP
            part := parent.name || to_char(month, '_YYYY_MM');
            low := to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00';
            month := (month + interval '1 month')::date;
            high := to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00';
            CONTINUE WHEN to_regclass(format('public.%I', part)) IS NOT NULL;
            -- A month with rows in the default partition stays there: nothing is moved or lost.
            EXECUTE format('SELECT EXISTS (SELECT FROM public.%I WHERE %I >= %L AND %I < %L)',
                           parent.name || '_default', parent.key, low, parent.key, high)
                INTO taken;
            CONTINUE WHEN taken;
            EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I'
                           ' FOR VALUES FROM (%L) TO (%L)', part, parent.name, low, high);
            EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', part);
            made := made + 1;
        END LOOP;
    END LOOP;
    RETURN made;
END
$$
"""
_COMMENT = "Makes the missing monthly partitions; the worker calls it ahead of time"
_PARENTS = ("events", "plate_reads", "traffic_counts")


def up() -> None:
    for parent in _PARENTS:
        op.execute(f"CREATE TABLE {parent}_default PARTITION OF {parent} DEFAULT")
        op.execute(f"ALTER TABLE {parent}_default ENABLE ROW LEVEL SECURITY")
    op.execute(_MAKE)
    op.execute(f"COMMENT ON FUNCTION public.qala_make_partitions(date, date) IS '{_COMMENT}'")
    op.execute("REVOKE ALL ON FUNCTION public.qala_make_partitions(date, date) FROM PUBLIC")
    op.execute("SELECT public.qala_make_partitions((now() + interval '3 months')::date)")


def down() -> None:
    op.execute("DROP FUNCTION public.qala_make_partitions(date, date)")
