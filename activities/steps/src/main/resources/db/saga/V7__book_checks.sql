-- Checks of the whole book: when each was made, and what it found. A row is written when a check begins and completed once; nothing else
-- ever happens to it.
CREATE TABLE saga.book_check (
    id           text PRIMARY KEY,
    -- A check that is repeated by Temporal goes on with its row.
    workflow_id  text NOT NULL UNIQUE,
    requested_by text NOT NULL,
    status       text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'sound', 'violated', 'failed')),
    -- [{"check": …, "meaning": …, "violations": …, "culprits": […]}], one for each check that was made.
    report       jsonb CHECK (jsonb_typeof(report) = 'array'),
    -- Why the check could not be made.
    error        text,
    started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    completed_at timestamptz,
    CHECK ((status = 'running') = (completed_at IS NULL)),
    CHECK ((status IN ('sound', 'violated')) = (report IS NOT NULL)),
    CHECK ((status = 'failed') = (error IS NOT NULL))
);

CREATE INDEX book_check_with_report ON saga.book_check (completed_at) WHERE report IS NOT NULL;

CREATE TRIGGER book_check_is_completed_once BEFORE UPDATE ON saga.book_check
    FOR EACH ROW WHEN (OLD.status <> 'running') EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER book_check_is_kept BEFORE DELETE OR TRUNCATE ON saga.book_check
    FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();

GRANT SELECT, INSERT, UPDATE (status, report, error, completed_at) ON saga.book_check TO fincore_worker;
