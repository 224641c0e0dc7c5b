GRANT USAGE ON SCHEMA saga TO fincore_worker, fincore_api;

CREATE TABLE saga.saga (
    workflow_id    text PRIMARY KEY,
    type           text NOT NULL CHECK (type IN ('payment', 'refund', 'compliance_case', 'account_activation')),
    subject_id     text NOT NULL,
    tenant         text NOT NULL,
    principal      text NOT NULL,
    correlation_id text NOT NULL,
    status         text NOT NULL CHECK (status IN ('RUNNING', 'SUCCEEDED', 'COMPENSATING', 'FAILED',
                       'REQUIRES_MANUAL_INTERVENTION')),
    total_steps    integer NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX saga_of_subject ON saga.saga (subject_id);
CREATE INDEX saga_not_ended ON saga.saga (type, status) WHERE status NOT IN ('SUCCEEDED', 'FAILED');

-- One row per step, written in the transaction of the step's effect: the idempotency store, the timeline, and the proof.
CREATE TABLE saga.step (
    workflow_id   text NOT NULL,
    round         integer NOT NULL,
    name          text NOT NULL,
    number        integer NOT NULL,
    -- For an undo: the name of the step it undoes.
    compensates   text,
    status        text NOT NULL CHECK (status IN ('PENDING', 'IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'COMPENSATED')),
    request       jsonb,
    response      jsonb,
    error         text,
    attempts      integer NOT NULL,
    -- Attempts that met something else than an outage: a step is given up by these alone.
    faults        integer NOT NULL DEFAULT 0,
    max_attempts  integer,
    -- Calls that leave the house: the number of the last one whose first byte may have left, and whether its fate is open.
    call_number   integer NOT NULL DEFAULT 0,
    call_is_open  boolean NOT NULL DEFAULT false,
    started_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    completed_at  timestamptz,
    PRIMARY KEY (workflow_id, round, name)
);

GRANT SELECT, INSERT, UPDATE ON saga.saga, saga.step TO fincore_worker;
