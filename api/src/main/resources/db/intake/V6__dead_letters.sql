-- Operators look at callbacks, and hand dead ones on again.

-- Providers' own ids may contain anything: for paths and lists a callback has one of ours, inb_ and a UUIDv7 of the time it came
-- (io.fincore.money.IdType). It is made here, so that an older version of the API, which does not know of it, makes it too.
CREATE FUNCTION intake.new_inbound_id(p_at timestamptz DEFAULT clock_timestamp()) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT 'inb_' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', substr(bits, 1 + 5 * i, 5)::bit(5)::integer + 1, 1),
                                '' ORDER BY i)
      FROM (SELECT '00' || ('x' || replace(uuidv7(p_at - clock_timestamp())::text, '-', ''))::bit(128)::text AS bits) AS uuid,
           generate_series(0, 25) AS i
$$;

REVOKE EXECUTE ON FUNCTION intake.new_inbound_id FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake.new_inbound_id TO fincore_api;

ALTER TABLE intake.inbound_event
    ADD COLUMN id text,
    -- pay_…, ref_… or act_…; null if the callback names nothing of ours.
    ADD COLUMN subject_id text;

-- Bodies need be neither JSON nor text: what is looked for is plain ASCII.
UPDATE intake.inbound_event
   SET id = intake.new_inbound_id(received_at),
       subject_id = coalesce(
           CASE provider WHEN 'kyc'
               THEN substring(encode(body, 'escape') FROM '"check_id"\s*:\s*"(act_[0-7][0-9a-hjkmnp-tv-z]{25})"') END,
           CASE provider WHEN 'bank'
               THEN 'pay_' || lower(substring(encode(body, 'escape')
                                              FROM '"end_to_end_id"\s*:\s*"FC([0-7][0-9A-HJKMNP-TV-Z]{25})"')) END,
           CASE provider WHEN 'bank'
               THEN 'ref_' || lower(substring(encode(body, 'escape')
                                              FROM '"end_to_end_id"\s*:\s*"FR([0-7][0-9A-HJKMNP-TV-Z]{25})"')) END);

ALTER TABLE intake.inbound_event
    ALTER COLUMN id SET DEFAULT intake.new_inbound_id(),
    ALTER COLUMN id SET NOT NULL,
    ADD CONSTRAINT inbound_event_id UNIQUE (id);

-- What is open, counted at each scrape: done ones are many.
CREATE INDEX inbound_event_open ON intake.inbound_event (provider, status, received_at) WHERE status <> 'done';
CREATE INDEX inbound_event_subject ON intake.inbound_event (subject_id);

-- Each time a person had a dead callback handed on again, with what had become of it until then.
CREATE TABLE intake.inbound_replay (
    number       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    inbound_id   text NOT NULL REFERENCES intake.inbound_event (id),
    tenant       text NOT NULL,
    requested_by text NOT NULL,
    reason       text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts     integer NOT NULL,
    outcome      text,
    dead_since   timestamptz NOT NULL
);

CREATE INDEX inbound_replay_of_event ON intake.inbound_replay (inbound_id, number);

CREATE FUNCTION intake.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

REVOKE EXECUTE ON FUNCTION intake.refuse_change FROM PUBLIC;

CREATE TRIGGER inbound_replay_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON intake.inbound_replay
    FOR EACH STATEMENT EXECUTE FUNCTION intake.refuse_change();

-- Who had what handed on again. The reason is free text, and an outcome may quote a provider: they are recorded by their hashes.
CREATE TRIGGER replay_is_audited AFTER INSERT ON intake.inbound_replay FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('inbound_event.replayed', 'inbound_event', 'inbound_id', 'requested_by', 'sha256:reason',
                                         'attempts', 'sha256:outcome');

GRANT SELECT, INSERT ON intake.inbound_replay TO fincore_api;
