-- What a customer's verification stands on. Several activations may verify the same customer; one of them failing later takes away
-- its own ground only. Before the first: what the customer was then.
CREATE TABLE verification (
    customer_id   text NOT NULL REFERENCES customer,
    ground        text NOT NULL,
    status_before text NOT NULL CHECK (status_before IN ('unverified', 'verified', 'rejected')),
    verified_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    withdrawn_at  timestamptz,
    PRIMARY KEY (customer_id, ground)
);

GRANT SELECT, INSERT, UPDATE (withdrawn_at) ON verification TO fincore_worker;
