-- What customers are told of, each once: the id is that of the event. The address stays with the customer; it is looked up when
-- the provider is called.
CREATE TABLE payments.notification (
    id              text PRIMARY KEY,
    customer_id     text NOT NULL,
    template        text NOT NULL,
    values          jsonb NOT NULL,
    status          text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'refused', 'dead')),
    attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- Of a pending one: when it is due. While an attempt is under way: when others may believe that it was lost.
    next_attempt_at timestamptz NOT NULL,
    last_error      text,
    created_at      timestamptz NOT NULL,
    settled_at      timestamptz,
    CHECK ((status = 'pending') = (settled_at IS NULL))
);

CREATE INDEX notification_due ON payments.notification (next_attempt_at) INCLUDE (created_at) WHERE status = 'pending';
CREATE INDEX notification_given_up ON payments.notification (settled_at) WHERE status IN ('refused', 'dead');

GRANT SELECT, INSERT, UPDATE (status, attempts, next_attempt_at, last_error, settled_at) ON payments.notification
    TO fincore_worker;

-- A new cursor would begin at the first event there is: customers would be told of all that was paid in years.
INSERT INTO outbox.cursor (name, position)
SELECT 'notifications', coalesce(max(position), 0) FROM outbox.event;
