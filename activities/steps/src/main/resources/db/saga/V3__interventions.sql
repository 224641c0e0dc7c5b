-- Why a saga waits for a person; null unless it does.
ALTER TABLE saga.saga
    ADD COLUMN cause text,
    ADD COLUMN cause_detail text,
    ADD COLUMN ended_at timestamptz;

-- Sagas that ended before this column was.
UPDATE saga.saga SET ended_at = updated_at WHERE status IN ('SUCCEEDED', 'FAILED');

CREATE INDEX saga_newest_first ON saga.saga (tenant, created_at DESC, subject_id DESC);

-- What operators have ordered: who, why, and where the saga stood before and after.
CREATE TABLE saga.intervention (
    id           text PRIMARY KEY,
    workflow_id  text NOT NULL,
    action       text NOT NULL CHECK (action IN ('retry', 'compensate', 'resolve', 'force_inquiry')),
    resolution   text CHECK (resolution IN ('executed', 'not_executed', 'approved', 'rejected')),
    reason       text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    approved_by  text,
    approved_at  timestamptz,
    status       text NOT NULL CHECK (status IN ('requested', 'taken', 'done')),
    before       jsonb NOT NULL,
    after        jsonb,
    concluded_at timestamptz,
    CHECK ((action = 'resolve') = (resolution IS NOT NULL)),
    CHECK (approved_by <> requested_by),
    CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
    CHECK ((status = 'done') = (after IS NOT NULL AND concluded_at IS NOT NULL))
);

CREATE INDEX intervention_of_saga ON saga.intervention (workflow_id, requested_at);

GRANT SELECT, INSERT, UPDATE (approved_by, approved_at, status, after, concluded_at) ON saga.intervention TO fincore_worker;
