-- Requests of persons to be forgotten: what a workflow waits for, and what it has come to.
CREATE TABLE payments.erasure (
    id             text PRIMARY KEY,
    tenant         text NOT NULL,
    principal      text NOT NULL,
    customer_id    text NOT NULL,
    reason         text NOT NULL,
    status         text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'overdue', 'completed', 'cancelled')),
    -- What was in the way when it was tried last: kinds, ids and statuses.
    obstacles      jsonb NOT NULL DEFAULT '[]',
    correlation_id text NOT NULL,
    ordered_at     timestamptz NOT NULL,
    remind_at      timestamptz NOT NULL,
    deadline       timestamptz NOT NULL,
    reminded_at    timestamptz,
    overdue_since  timestamptz,
    cancelled_by   text,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at       timestamptz,
    version        integer NOT NULL DEFAULT 1,
    CHECK ((status IN ('completed', 'cancelled')) = (ended_at IS NOT NULL)),
    CHECK ((status = 'cancelled') = (cancelled_by IS NOT NULL))
);

CREATE UNIQUE INDEX open_erasure_of_customer ON payments.erasure (customer_id) WHERE status IN ('pending', 'overdue');
CREATE INDEX erasure_of_customer ON payments.erasure (customer_id, id DESC);

CREATE FUNCTION payments.guard_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'erasure %: % is terminal', OLD.id, OLD.status USING ERRCODE = 'restrict_violation';
END $$;

REVOKE EXECUTE ON FUNCTION payments.guard_erasure FROM PUBLIC;

CREATE TRIGGER erasure_guard BEFORE UPDATE ON payments.erasure
    FOR EACH ROW WHEN (OLD.status IN ('completed', 'cancelled')) EXECUTE FUNCTION payments.guard_erasure();

CREATE TRIGGER request_is_audited AFTER INSERT ON payments.erasure FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('erasure.requested', 'erasure', 'id', 'customer_id', 'status', 'deadline');
CREATE TRIGGER change_is_audited AFTER UPDATE ON payments.erasure FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION audit.record_change('erasure.changed', 'erasure', 'id', 'status', 'cancelled_by');

GRANT SELECT, INSERT, UPDATE (status, obstacles, reminded_at, overdue_since, cancelled_by, updated_at, ended_at, version)
    ON payments.erasure TO fincore_worker;
