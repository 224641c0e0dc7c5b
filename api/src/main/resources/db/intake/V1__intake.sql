-- What comes in: clients' idempotency keys and providers' callbacks. Only the API writes here.
GRANT USAGE ON SCHEMA intake TO fincore_worker, fincore_api;

CREATE TABLE intake.idempotency_key (
    tenant           text        NOT NULL,
    principal        text        NOT NULL,
    operation        text        NOT NULL,
    idempotency_key  text        NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 255),
    fingerprint      text        NOT NULL,
    -- What the request creates; a takeover goes on with the same id.
    resource_id      text        NOT NULL,
    -- The checked request, with which a takeover goes on and a payment is shown before its row exists.
    document         jsonb,
    correlation_id   text        NOT NULL,
    -- Which holder of the claim this is: a holder that lost the claim must not free its successor's.
    attempt          integer     NOT NULL DEFAULT 1,
    locked_until     timestamptz NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Temporal has confirmed the workflow.
    started_at       timestamptz,
    answered_at      timestamptz,
    status           integer     CHECK (status BETWEEN 200 AND 599),
    content_type     text,
    location         text,
    body             bytea,
    PRIMARY KEY (tenant, principal, operation, idempotency_key),
    CHECK ((answered_at IS NULL) = (status IS NULL)),
    CHECK ((answered_at IS NULL) = (body IS NULL))
);

CREATE UNIQUE INDEX idempotency_key_resource ON intake.idempotency_key (resource_id);
CREATE INDEX idempotency_key_started ON intake.idempotency_key (tenant, principal, resource_id) WHERE started_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON intake.idempotency_key TO fincore_api;

CREATE TABLE intake.inbound_event (
    provider        text        NOT NULL,
    event_id        text        NOT NULL,
    -- As it was signed, byte for byte.
    body            bytea       NOT NULL,
    trace_parent    text,
    correlation_id  text        NOT NULL,
    request_id      text        NOT NULL,
    received_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    status          text        NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'done', 'dead')),
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Since when Temporal has been saying that there is no such workflow.
    unknown_since   timestamptz,
    outcome         text,
    settled_at      timestamptz,
    PRIMARY KEY (provider, event_id),
    CHECK ((status = 'pending') = (settled_at IS NULL))
);

CREATE INDEX inbound_event_pending ON intake.inbound_event (next_attempt_at) WHERE status = 'pending';

GRANT SELECT, INSERT, UPDATE ON intake.inbound_event TO fincore_api;
