CREATE TABLE customer (
    id text PRIMARY KEY,
    tenant text NOT NULL,
    principal text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 140),
    email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    date_of_birth date,
    country text CHECK (country ~ '^[A-Z]{2}$'),
    status text NOT NULL DEFAULT 'unverified' CHECK (status IN ('unverified', 'verified', 'rejected')),
    metadata jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A customer is created by the API and verified by the worker; nobody renames or deletes one.
GRANT USAGE ON SCHEMA customers TO fincore_worker, fincore_api;
GRANT SELECT, INSERT ON customer TO fincore_api;
GRANT SELECT, UPDATE (status) ON customer TO fincore_worker;
