-- What has been used of the limits of all replicas together, as Bucket4j keeps it. Not logged: nothing is written to disk for it, and after
-- a crash of the server every limit begins afresh.
CREATE UNLOGGED TABLE intake.rate_limit (
    -- Name and size of the limit, and a hash of whom it is for: another size is another bucket.
    id         text   PRIMARY KEY CHECK (length(id) <= 120),
    state      bytea,
    -- Milliseconds since 1970. From then on the bucket is full again, as if there were none.
    expires_at bigint NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000 + 60000)::bigint
) WITH (fillfactor = 50);

GRANT SELECT, INSERT, UPDATE ON intake.rate_limit TO fincore_api;

-- Nobody deletes rows here, but a bucket that is full again says nothing. What is being used is left alone. Answers how many.
CREATE FUNCTION intake.forget_rate_limits() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = intake, pg_temp AS $$
DECLARE
    v_forgotten integer;
BEGIN
    DELETE FROM rate_limit
     WHERE id IN (SELECT expired.id FROM rate_limit AS expired
                   WHERE expired.expires_at < extract(epoch FROM clock_timestamp()) * 1000
                   LIMIT 10000 FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS v_forgotten = ROW_COUNT;
    RETURN v_forgotten;
END $$;

REVOKE EXECUTE ON FUNCTION intake.forget_rate_limits FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake.forget_rate_limits TO fincore_api;
