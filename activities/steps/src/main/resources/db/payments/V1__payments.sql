GRANT USAGE ON SCHEMA payments TO fincore_worker, fincore_api;

-- A payment as the saga knows it. Written by the worker alone.
CREATE TABLE payments.payment (
    id              text PRIMARY KEY,
    tenant          text NOT NULL,
    principal       text NOT NULL,
    customer_id     text NOT NULL,
    source          text NOT NULL,
    amount          bigint NOT NULL CHECK (amount > 0),
    currency        text NOT NULL,
    creditor_name   text NOT NULL,
    creditor_iban   text NOT NULL,
    creditor_bic    text,
    reference       text,
    client_ip       text,
    end_to_end_id   text NOT NULL UNIQUE,
    hold_id         text NOT NULL UNIQUE,
    status          text NOT NULL CHECK (status IN ('pending', 'in_review', 'processing', 'requires_manual_intervention',
                        'completed', 'rejected', 'failed', 'cancelled', 'partially_refunded', 'refunded')),
    -- The status a step has decided on, not shown before the ledger has followed.
    pending_status  text CHECK (pending_status IN ('rejected')),
    failure_code    text,
    failure_detail  text,
    refunded_amount bigint NOT NULL DEFAULT 0 CHECK (refunded_amount BETWEEN 0 AND amount),
    -- Who was first: the call to the bank, a cancellation, or the deadline. Never changed once set.
    send_claim      text CHECK (send_claim IN ('send', 'cancel', 'deadline', 'fault')),
    send_claimed_at timestamptz,
    metadata        jsonb NOT NULL,
    correlation_id  text NOT NULL,
    ordered_at      timestamptz NOT NULL,
    deadline        timestamptz NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    version         integer NOT NULL DEFAULT 1,
    CHECK ((send_claim IS NULL) = (send_claimed_at IS NULL))
);

CREATE INDEX payment_of_principal ON payments.payment (tenant, principal, id DESC);
CREATE INDEX payment_of_source ON payments.payment (source, id DESC);
CREATE INDEX payment_not_terminal ON payments.payment (status)
    WHERE status IN ('pending', 'in_review', 'processing', 'requires_manual_intervention');

CREATE TABLE payments.payment_history (
    payment_id  text NOT NULL REFERENCES payments.payment,
    number      integer NOT NULL,
    from_status text,
    to_status   text NOT NULL,
    reason      text NOT NULL,
    actor       text NOT NULL,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (payment_id, number)
);

CREATE TABLE payments.compliance_case (
    id          text PRIMARY KEY,
    payment_id  text NOT NULL UNIQUE REFERENCES payments.payment,
    tenant      text NOT NULL,
    principal   text NOT NULL,
    reasons     jsonb NOT NULL,
    status      text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'resolved')),
    verdict     text CHECK (verdict IN ('approved', 'rejected', 'withdrawn', 'expired')),
    note        text,
    resolved_by text,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    resolved_at timestamptz,
    CHECK ((status = 'resolved') = (verdict IS NOT NULL AND resolved_at IS NOT NULL))
);

CREATE INDEX compliance_case_of_tenant ON payments.compliance_case (tenant, status, id DESC);

-- What the bank said, in its own words and in the order we learned it.
CREATE TABLE payments.bank_message (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id   text NOT NULL REFERENCES payments.payment,
    channel      text NOT NULL CHECK (channel IN ('send', 'inquiry', 'contradiction')),
    answer       jsonb NOT NULL,
    received_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX bank_message_of_payment ON payments.bank_message (payment_id, id);

CREATE FUNCTION payments.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER payment_history_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payments.payment_history
    FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER bank_message_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payments.bank_message
    FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();

-- A terminal payment stays as it is, whichever process or version writes: only refunds lead on from completed.
CREATE FUNCTION payments.guard_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.send_claim IS NOT NULL AND NEW.send_claim IS DISTINCT FROM OLD.send_claim THEN
        RAISE EXCEPTION 'payment %: the claim is % and cannot become %', OLD.id, OLD.send_claim, NEW.send_claim
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status IS DISTINCT FROM NEW.status AND (OLD.status IN ('rejected', 'failed', 'cancelled', 'refunded')
        OR OLD.status = 'completed' AND NEW.status NOT IN ('partially_refunded', 'refunded')
        OR OLD.status = 'partially_refunded' AND NEW.status <> 'refunded') THEN
        RAISE EXCEPTION 'payment %: % is terminal and cannot become %', OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER payment_status_guard BEFORE UPDATE ON payments.payment
    FOR EACH ROW EXECUTE FUNCTION payments.guard_status();

GRANT SELECT, INSERT, UPDATE ON payments.payment, payments.compliance_case TO fincore_worker;
GRANT SELECT, INSERT ON payments.payment_history, payments.bank_message TO fincore_worker;
