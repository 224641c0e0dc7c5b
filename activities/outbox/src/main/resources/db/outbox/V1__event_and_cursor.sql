-- Events to be published. Appended in the transaction of what they tell of; nobody changes or deletes one. Only the
-- position is added afterwards, by sequence_events(): number is taken when the row is written, so a lower number can
-- be committed later than a higher one, and a reader that polls "number > last" would miss it.
CREATE TABLE event (
    id          text        PRIMARY KEY,
    number      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    position    bigint      UNIQUE CHECK (position > 0),
    tenant      text        NOT NULL CHECK (tenant <> ''),
    principal   text        NOT NULL CHECK (principal <> ''),
    type        text        NOT NULL CHECK (type ~ '^[a-z_]+\.[a-z_]+$'),
    subject_id  text        NOT NULL CHECK (subject_id <> ''),
    payload     jsonb       NOT NULL,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX event_without_position ON event (number) WHERE position IS NULL;

-- How far each dispatcher has come: all events up to and with this position were handed to its consumer.
CREATE TABLE cursor (
    name       text        PRIMARY KEY,
    position   bigint      NOT NULL DEFAULT 0 CHECK (position >= 0),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Gives up to max_events committed events the next positions, without gaps, and tells how many. One transaction at a
-- time: the lock is held until commit, so whoever comes next sees the highest position given. Each statement of a
-- volatile function sees what was committed before the statement began, here: after the lock was granted. A function
-- with its owner's rights, because no runtime role may update an event.
CREATE FUNCTION sequence_events(max_events integer) RETURNS integer
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = outbox, pg_temp
AS $$
DECLARE
    sequenced integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('outbox.sequence_events', 0));

    WITH next AS (
        SELECT id, row_number() OVER (ORDER BY number) AS place
        FROM (SELECT id, number FROM event WHERE position IS NULL ORDER BY number LIMIT max_events) AS waiting
    )
    UPDATE event
    SET position = (SELECT coalesce(max(position), 0) FROM event) + next.place
    FROM next
    WHERE event.id = next.id;

    GET DIAGNOSTICS sequenced = ROW_COUNT;
    RETURN sequenced;
END
$$;

REVOKE EXECUTE ON FUNCTION sequence_events(integer) FROM PUBLIC;

GRANT USAGE ON SCHEMA outbox TO fincore_worker, fincore_api;
GRANT INSERT ON event TO fincore_worker, fincore_api;
GRANT SELECT ON event TO fincore_worker;
GRANT SELECT, INSERT, UPDATE ON cursor TO fincore_worker;
GRANT EXECUTE ON FUNCTION sequence_events(integer) TO fincore_worker;
