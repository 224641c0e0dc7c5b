-- The double-entry book. Amounts are minor units of their currency; entries are never changed, balances are kept beside
-- them in the same transaction. docs/internals/ledger.md tells the whole.

CREATE TYPE side AS ENUM ('debit', 'credit');

-- The kinds of account. Guarded: posted - held never below zero. Stripes: how many rows share the load of one account;
-- 0 where each wallet has a row of its own.
CREATE TABLE chart_of_accounts (
    code text PRIMARY KEY,
    type text NOT NULL CHECK (type IN ('asset', 'liability', 'equity')),
    normal_side side NOT NULL,
    guarded boolean NOT NULL,
    stripes integer NOT NULL CHECK (stripes >= 0),
    UNIQUE (code, normal_side, guarded)
);

INSERT INTO chart_of_accounts (code, type, normal_side, guarded, stripes) VALUES
    ('customer_wallet', 'liability', 'credit', true, 0),
    ('nostro', 'asset', 'debit', false, 16),
    ('bank_clearing', 'liability', 'credit', false, 16),
    ('suspense', 'liability', 'credit', false, 16),
    ('opening', 'equity', 'credit', false, 16);

-- Accounts are locked in the order of their ids. System accounts, which everybody needs, have the higher ids: they are
-- locked last, for the shortest time.
CREATE SEQUENCE wallet_account_id START 1 MAXVALUE 999999999999999999;
CREATE SEQUENCE system_account_id START 1000000000000000000;

CREATE TABLE account (
    id bigint PRIMARY KEY,
    code text NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    normal_side side NOT NULL,
    guarded boolean NOT NULL,
    stripe integer,
    FOREIGN KEY (code, normal_side, guarded) REFERENCES chart_of_accounts (code, normal_side, guarded),
    UNIQUE (code, currency, stripe),
    UNIQUE (id, currency),
    UNIQUE (id, normal_side, guarded),
    CONSTRAINT system_accounts_are_locked_last CHECK ((stripe IS NULL) = (id < 1000000000000000000))
);

-- posted counts on the account's normal side, held is reserved by open holds. fillfactor: the row is rewritten by each
-- movement and shall find room for its next version on its own page. 999999999999999999 is the most that Money carries.
CREATE TABLE account_balance (
    account_id bigint PRIMARY KEY,
    normal_side side NOT NULL,
    guarded boolean NOT NULL,
    posted bigint NOT NULL DEFAULT 0,
    held bigint NOT NULL DEFAULT 0,
    last_seq bigint NOT NULL DEFAULT 0,
    last_booked_at timestamptz NOT NULL DEFAULT '-infinity',
    FOREIGN KEY (account_id, normal_side, guarded) REFERENCES account (id, normal_side, guarded),
    CONSTRAINT guarded_account_is_never_overdrawn CHECK (NOT guarded OR posted - held >= 0),
    CONSTRAINT balance_is_in_bounds
        CHECK (CASE WHEN guarded THEN held >= 0 AND posted <= 999999999999999999 ELSE held = 0 END)
) WITH (fillfactor = 40);

CREATE TABLE wallet (
    id text PRIMARY KEY,
    tenant text NOT NULL,
    principal text NOT NULL,
    customer_id text NOT NULL,
    currency text NOT NULL,
    account_id bigint NOT NULL UNIQUE,
    status text NOT NULL CHECK (status IN ('pending_activation', 'active', 'frozen', 'closed')),
    metadata jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (tenant, principal, customer_id, currency),
    -- Deferred: of many that open the same wallet at once only the winner of the row above makes an account.
    FOREIGN KEY (account_id, currency) REFERENCES account (id, currency) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX wallet_of_customer ON wallet (customer_id);

CREATE TABLE hold (
    id text PRIMARY KEY,
    tenant text NOT NULL,
    principal text NOT NULL,
    wallet_id text NOT NULL REFERENCES wallet (id),
    account_id bigint NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    currency text NOT NULL,
    status text NOT NULL DEFAULT 'held' CHECK (status IN ('held', 'settled', 'released')),
    settled_amount bigint,
    placed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    resolved_at timestamptz,
    FOREIGN KEY (account_id, currency) REFERENCES account (id, currency),
    CHECK ((status = 'held') = (resolved_at IS NULL)),
    CHECK ((status = 'settled') = (settled_amount IS NOT NULL)),
    CHECK (settled_amount BETWEEN 1 AND amount)
);

CREATE INDEX open_hold_of_account ON hold (account_id) WHERE status = 'held';

CREATE TABLE transaction (
    id text PRIMARY KEY,
    kind text NOT NULL,
    reference text,
    -- Unique: a hold settles once.
    hold_id text UNIQUE REFERENCES hold (id),
    reverses text REFERENCES transaction (id),
    booked_at timestamptz NOT NULL,
    CHECK (CASE kind WHEN 'deposit' THEN hold_id IS NULL AND reverses IS NULL
                     WHEN 'settlement' THEN hold_id IS NOT NULL AND reverses IS NULL
                     WHEN 'reversal' THEN hold_id IS NULL AND reverses IS NOT NULL
                     ELSE false END)
);

CREATE INDEX reversal_of_transaction ON transaction (reverses) WHERE reverses IS NOT NULL;

-- seq numbers the entries of an account without gaps, in the order of booked_at. There is no foreign key to account: it
-- would take a lock on the row of a system account for every entry. The trigger of V2 looks the account up without one.
CREATE TABLE entry (
    account_id bigint NOT NULL,
    seq bigint NOT NULL,
    transaction_id text NOT NULL REFERENCES transaction (id),
    side side NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    currency text NOT NULL,
    -- posted after this entry, on guarded accounts only.
    balance_after bigint,
    booked_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, seq)
);

CREATE INDEX entry_of_transaction ON entry (transaction_id);

-- What was done under which operation key, so that the same command again gets the first answer again. Refusals change
-- nothing and are not kept. subject_id is the hold or the transaction; amount is what was available after a hold, the
-- balance after a deposit.
CREATE TABLE operation (
    key text PRIMARY KEY,
    fingerprint bytea NOT NULL,
    outcome text NOT NULL,
    subject_id text NOT NULL,
    amount bigint,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
