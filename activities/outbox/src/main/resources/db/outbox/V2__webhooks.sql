-- Clients' webhooks: where they want their events, and what became of each event there. Rows are the state; who delivers may forget
-- everything else. Nothing is deleted: an endpoint that a client deletes has the status deleted, and its secrets expire.

-- What clients may see of events. Alarms to those who operate the platform, whatever is about the book as a whole, and what compliance
-- people do among themselves with a case are not for them.
CREATE VIEW client_event AS
    SELECT id, number, position, tenant, principal, type, subject_id, payload, occurred_at
      FROM event
     WHERE split_part(type, '.', 1) NOT IN ('saga', 'book') AND split_part(type, '.', 2) <> 'contradiction'
       AND (split_part(type, '.', 1) <> 'case' OR type IN ('case.opened', 'case.resolved'));

-- A principal's events by age: ids of events sort by the time they were made.
CREATE INDEX event_of_principal ON event (tenant, principal, id);

CREATE TABLE endpoint (
    id          text        PRIMARY KEY CHECK (id ~ '^whe_'),
    tenant      text        NOT NULL CHECK (tenant <> ''),
    principal   text        NOT NULL CHECK (principal <> ''),
    url         text        NOT NULL CHECK (length(url) <= 2048),
    description text,
    -- '*' alone stands for all types, those to come too.
    types       text[]      NOT NULL CHECK (cardinality(types) BETWEEN 1 AND 100),
    -- paused: events are kept for it; disabled: they are not, and replay brings them.
    status      text        NOT NULL DEFAULT 'enabled' CHECK (status IN ('enabled', 'paused', 'disabled', 'deleted')),
    status_reason text,
    -- After attempts have failed one after the other it is left alone until then; how often in a row it was.
    resting_until timestamptz,
    rests       integer     NOT NULL DEFAULT 0 CHECK (rests >= 0),
    metadata    jsonb       NOT NULL DEFAULT '{}',
    version     bigint      NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX endpoint_of_principal ON endpoint (tenant, principal) WHERE status <> 'deleted';

-- The keys that deliveries are signed with: each that has not expired. The API writes them and cannot read them back.
CREATE TABLE endpoint_secret (
    number      bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    endpoint_id text        NOT NULL REFERENCES endpoint,
    secret      text        NOT NULL CHECK (secret ~ '^whsec_[A-Za-z0-9+/]{32,}={0,2}$'),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at  timestamptz
);

CREATE INDEX secret_of_endpoint ON endpoint_secret (endpoint_id);

-- One event on its way to one endpoint. The number is the order within a subject: nothing is sent while something earlier about the
-- same subject is pending.
CREATE TABLE delivery (
    id              text        PRIMARY KEY CHECK (id ~ '^dlv_'),
    number          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    endpoint_id     text        NOT NULL REFERENCES endpoint,
    event_id        text        NOT NULL,
    event_type      text        NOT NULL,
    subject_id      text        NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('first', 'resend', 'replay')),
    status          text        NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'succeeded', 'failed', 'skipped')),
    attempts        integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- While an attempt is under way: when others may believe that it was lost.
    leased_until    timestamptz,
    response_status integer     CHECK (response_status BETWEEN 100 AND 999),
    response_excerpt text       CHECK (length(response_excerpt) <= 512),
    error           text        CHECK (length(error) <= 200),
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_attempt_at timestamptz,
    settled_at      timestamptz,
    CHECK ((status = 'pending') = (settled_at IS NULL))
);

CREATE UNIQUE INDEX delivery_first_once ON delivery (endpoint_id, event_id) WHERE kind = 'first';
-- Whoever asks for an event again while it is on its way gets what is on its way.
CREATE UNIQUE INDEX delivery_pending_once ON delivery (endpoint_id, event_id) WHERE status = 'pending';
CREATE INDEX delivery_of_event ON delivery (endpoint_id, event_id);
CREATE INDEX delivery_of_endpoint ON delivery (endpoint_id, id);
CREATE INDEX delivery_due ON delivery (endpoint_id, next_attempt_at, number) WHERE status = 'pending';
CREATE INDEX delivery_in_line ON delivery (endpoint_id, subject_id, number) WHERE status = 'pending';

-- For the audit log: that a client has changed where its events go. The address may hold a secret: by its hash alone.
CREATE TRIGGER creation_is_audited AFTER INSERT ON endpoint FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('webhook_endpoint.created', 'webhook_endpoint', 'id', 'status', 'types', 'sha256:url');
CREATE TRIGGER change_is_audited AFTER UPDATE ON endpoint FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('webhook_endpoint.changed', 'webhook_endpoint', 'id', 'status', 'types', 'sha256:url');
CREATE TRIGGER rotation_is_audited AFTER INSERT ON endpoint_secret FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('webhook_endpoint.secret_added', 'webhook_endpoint', 'endpoint_id', 'number');

GRANT SELECT ON client_event TO fincore_worker, fincore_api;
GRANT SELECT, UPDATE (status, status_reason, resting_until, rests, version, updated_at) ON endpoint TO fincore_worker;
GRANT SELECT, INSERT,
      UPDATE (url, description, types, status, status_reason, resting_until, rests, metadata, version, updated_at) ON endpoint TO fincore_api;
GRANT SELECT ON endpoint_secret TO fincore_worker;
GRANT SELECT (number, endpoint_id, created_at, expires_at), INSERT (endpoint_id, secret), UPDATE (expires_at) ON endpoint_secret
    TO fincore_api;
GRANT SELECT, INSERT (id, endpoint_id, event_id, event_type, subject_id, kind),
      UPDATE (status, attempts, next_attempt_at, leased_until, response_status, response_excerpt, error, last_attempt_at, settled_at)
   ON delivery TO fincore_worker;
GRANT SELECT, INSERT (id, endpoint_id, event_id, event_type, subject_id, kind),
      UPDATE (status, next_attempt_at, settled_at) ON delivery TO fincore_api;

-- A new cursor would begin at the first event there is.
INSERT INTO cursor (name, position)
SELECT 'webhooks', coalesce(max(position), 0) FROM event;
