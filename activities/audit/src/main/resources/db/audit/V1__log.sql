-- Who changed what, and what it was before: a log that is only ever appended to. Writers insert into unsealed, in the transaction of
-- what they tell of, and wait for nobody; seal() moves what is committed to entry, in sets, and chains it by hashes. The format of
-- the chain stands in docs/adr/0013-audit-chain-is-sealed-in-sets.md.

-- What is recorded and not chained yet. The id is taken when the row is written: what was committed before another transaction
-- began has the lower one. It has no checks: PostgreSQL reads them anew for each statement, and every movement writes here.
CREATE TABLE unsealed (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    action text NOT NULL,
    object text NOT NULL,
    object_id text NOT NULL,
    before jsonb,
    after jsonb,
    origin jsonb NOT NULL
);

-- The chain. Columns of type json keep the very bytes that were hashed; jsonb would write them anew.
CREATE TABLE entry (
    position bigint PRIMARY KEY CHECK (position > 0),
    recorded_at timestamptz NOT NULL,
    action text NOT NULL,
    object text NOT NULL,
    object_id text NOT NULL,
    before json,
    after json,
    origin json NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);

CREATE INDEX entry_of_object ON entry (object, object_id, position);

-- The head of the chain at an instant. What makes it worth something is its copy outside this database.
CREATE TABLE anchor (
    number bigint PRIMARY KEY CHECK (number > 0),
    position bigint NOT NULL UNIQUE REFERENCES entry (position),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    anchored_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- For the owner too. What holds even for an owner who switches triggers off is the chain, and the anchors that were exported.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%.% is append-only: % is refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON anchor
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON unsealed
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- Only seal() says that it is sealing, for as long as it takes.
CREATE TRIGGER leaves_by_sealing BEFORE DELETE ON unsealed
    FOR EACH STATEMENT WHEN (coalesce(current_setting('audit.sealing', true), '') <> 'on') EXECUTE FUNCTION refuse_change();

-- Who does what the current transaction does: what the process said (Origin in Java), or else the role that is logged in.
CREATE FUNCTION origin() RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('fincore.origin', true), '')::jsonb, jsonb_build_object('actor', session_user))
$$;

-- The columns that are recorded. A column that is named sha256:x is recorded as x_sha256, the hash of its text: proof of what was
-- written, without what was written.
CREATE FUNCTION recorded(p_row jsonb, p_columns text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(
               CASE WHEN c LIKE 'sha256:%' THEN substr(c, 8) || '_sha256' ELSE c END,
               CASE WHEN c LIKE 'sha256:%' THEN to_jsonb(encode(sha256(convert_to(p_row ->> substr(c, 8), 'UTF8')), 'hex'))
                    ELSE p_row -> c END)
      FROM unnest(p_columns) AS c
$$;

-- AFTER INSERT, UPDATE or DELETE, for each row: action, object, the column of its id, then the columns that are recorded. An UPDATE
-- that changes none of them is no change. Instants are recorded in UTC, whatever zone the session is in.
CREATE FUNCTION record_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    v_old jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    v_new jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    v_before jsonb := CASE WHEN v_old IS NOT NULL THEN recorded(v_old, TG_ARGV[3:]) END;
    v_after jsonb := CASE WHEN v_new IS NOT NULL THEN recorded(v_new, TG_ARGV[3:]) END;
BEGIN
    IF v_before IS DISTINCT FROM v_after THEN
        INSERT INTO unsealed (action, object, object_id, before, after, origin)
        VALUES (TG_ARGV[0], TG_ARGV[1], coalesce(v_new, v_old) ->> TG_ARGV[2], v_before, v_after, origin());
    END IF;
    RETURN NULL;
END $$;

-- A netstring: how many bytes, and the bytes. What is absent is a hyphen, which no netstring begins with.
CREATE FUNCTION field(p_value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN p_value IS NULL THEN '-,' ELSE octet_length(convert_to(p_value, 'UTF8')) || ':' || p_value || ',' END
$$;

-- The bytes of an entry that are hashed, after the 32 bytes of the hash before.
CREATE FUNCTION canonical(p_position bigint, p_recorded_at timestamptz, p_action text, p_object text, p_object_id text,
                          p_before text, p_after text, p_origin text)
    RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT convert_to(
        audit.field(p_position::text) || audit.field(to_char(p_recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            || audit.field(p_action) || audit.field(p_object) || audit.field(p_object_id) || audit.field(p_before)
            || audit.field(p_after) || audit.field(p_origin),
        'UTF8')
$$;

-- What stands before the first entry.
CREATE FUNCTION genesis() RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to('fincore-audit v1', 'UTF8'))
$$;

CREATE FUNCTION link(p_previous bytea, p_head bytea, p_canonical bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(coalesce(p_previous, p_head) || p_canonical)
$$;

-- As a window it gives each row the hash that follows from the row before, from the head for the first.
CREATE AGGREGATE chain(p_head bytea, p_canonical bytea) (SFUNC = link, STYPE = bytea);

-- Chains up to p_max committed records and tells how many. One transaction at a time: the lock is held until commit, so whoever
-- comes next sees the head. Each statement of a volatile function sees what was committed before the statement began, here: after
-- the lock was granted. What is committed later comes later, whatever its id.
CREATE FUNCTION seal(p_max integer) RETURNS integer
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = audit, pg_temp AS $$
DECLARE
    v_position bigint;
    v_hash bytea;
    v_sealed integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit.seal', 0));
    SELECT position, hash INTO v_position, v_hash FROM entry ORDER BY position DESC LIMIT 1;

    PERFORM set_config('audit.sealing', 'on', true);
    WITH taken AS (
        DELETE FROM unsealed WHERE id = ANY (ARRAY(SELECT id FROM unsealed ORDER BY id LIMIT p_max)) RETURNING *
    ), placed AS (
        SELECT coalesce(v_position, 0) + row_number() OVER (ORDER BY id) AS position, recorded_at, action, object, object_id,
               before::text AS before, after::text AS after, origin::text AS origin
          FROM taken
    )
    INSERT INTO entry (position, recorded_at, action, object, object_id, before, after, origin, hash)
    SELECT position, recorded_at, action, object, object_id, before::json, after::json, origin::json,
           chain(coalesce(v_hash, genesis()),
                 canonical(position, recorded_at, action, object, object_id, before, after, origin)) OVER (ORDER BY position)
      FROM placed;
    GET DIAGNOSTICS v_sealed = ROW_COUNT;
    PERFORM set_config('audit.sealing', '', true);
    RETURN v_sealed;
END $$;

-- Anchors the head, and answers the anchor; no row if the head has not moved since the last one, or that is younger than p_every.
CREATE FUNCTION anchor(p_every interval DEFAULT '0') RETURNS SETOF anchor
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = audit, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit.anchor', 0));
    RETURN QUERY
        INSERT INTO anchor (number, position, hash)
        SELECT coalesce(last.number, 0) + 1, head.position, head.hash
          FROM (SELECT e.position, e.hash FROM entry e ORDER BY e.position DESC LIMIT 1) AS head
          LEFT JOIN (SELECT a.number, a.position, a.anchored_at FROM anchor a ORDER BY a.number DESC LIMIT 1) AS last ON true
         WHERE last.number IS NULL OR last.position < head.position AND last.anchored_at <= clock_timestamp() - p_every
        RETURNING *;
END $$;

-- How many records wait to be chained, and since when the oldest does; null if none does.
CREATE FUNCTION backlog(OUT unsealed bigint, OUT oldest timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = audit, pg_temp AS $$
    SELECT (SELECT count(*) FROM unsealed), (SELECT u.recorded_at FROM unsealed u ORDER BY u.id LIMIT 1)
$$;

-- The objects of records of one action that wait: who compares its tables with the log in one statement misses none.
CREATE FUNCTION waiting(p_action text) RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = audit, pg_temp AS $$
    SELECT object_id FROM unsealed WHERE action = p_action
$$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;

GRANT USAGE ON SCHEMA audit TO fincore_worker, fincore_api;
GRANT SELECT ON entry, anchor TO fincore_worker, fincore_api;
GRANT EXECUTE ON FUNCTION seal, anchor, backlog TO fincore_worker;
GRANT EXECUTE ON FUNCTION waiting TO fincore_worker, fincore_api;
