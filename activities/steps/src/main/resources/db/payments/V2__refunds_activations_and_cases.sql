-- What refunds have set aside of the payment, and not yet given back.
ALTER TABLE payments.payment
    ADD COLUMN refund_reserved bigint NOT NULL DEFAULT 0 CHECK (refund_reserved >= 0),
    ADD CONSTRAINT refunds_stay_below_the_payment CHECK (refunded_amount + refund_reserved <= amount);

CREATE TABLE payments.refund (
    id              text PRIMARY KEY,
    payment_id      text NOT NULL REFERENCES payments.payment,
    tenant          text NOT NULL,
    principal       text NOT NULL,
    amount          bigint NOT NULL CHECK (amount > 0),
    currency        text NOT NULL,
    reason          text,
    end_to_end_id   text NOT NULL UNIQUE,
    status          text NOT NULL CHECK (status IN ('pending', 'requires_manual_intervention', 'completed', 'failed')),
    failure_code    text,
    failure_detail  text,
    transaction_id  text,
    -- Who was first: the call to the bank, or what keeps the refund from it. Never changed once set.
    send_claim      text CHECK (send_claim IN ('send', 'cancel', 'deadline', 'fault')),
    send_claimed_at timestamptz,
    metadata        jsonb NOT NULL,
    correlation_id  text NOT NULL,
    ordered_at      timestamptz NOT NULL,
    deadline        timestamptz NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    version         integer NOT NULL DEFAULT 1,
    CHECK ((send_claim IS NULL) = (send_claimed_at IS NULL)),
    CHECK ((status = 'failed') = (failure_code IS NOT NULL)),
    CHECK (status <> 'completed' OR transaction_id IS NOT NULL)
);

CREATE INDEX refund_of_payment ON payments.refund (payment_id, id DESC);

CREATE FUNCTION payments.guard_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.send_claim IS NOT NULL AND NEW.send_claim IS DISTINCT FROM OLD.send_claim THEN
        RAISE EXCEPTION 'refund %: the claim is % and cannot become %', OLD.id, OLD.send_claim, NEW.send_claim
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status IN ('completed', 'failed') AND NEW.status <> OLD.status THEN
        RAISE EXCEPTION 'refund %: % is terminal and cannot become %', OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER refund_guard BEFORE UPDATE ON payments.refund
    FOR EACH ROW EXECUTE FUNCTION payments.guard_refund();

-- A message is about the payment's transfer, or about one of its refunds.
ALTER TABLE payments.bank_message ADD COLUMN refund_id text REFERENCES payments.refund;

ALTER TABLE payments.compliance_case
    ADD COLUMN round integer NOT NULL DEFAULT 1,
    ADD COLUMN assignee text,
    ADD COLUMN terms_since timestamptz NOT NULL DEFAULT clock_timestamp(),
    ADD COLUMN remind_at timestamptz,
    ADD COLUMN due_at timestamptz,
    ADD COLUMN expires_at timestamptz,
    ADD COLUMN escalated_at timestamptz;

-- Cases opened before there were terms.
UPDATE payments.compliance_case
   SET remind_at = created_at + interval '1 day', due_at = created_at + interval '2 days',
       expires_at = created_at + interval '7 days';

ALTER TABLE payments.compliance_case
    ALTER COLUMN remind_at SET NOT NULL,
    ALTER COLUMN due_at SET NOT NULL,
    ALTER COLUMN expires_at SET NOT NULL;

CREATE TABLE payments.case_note (
    id         text PRIMARY KEY,
    case_id    text NOT NULL REFERENCES payments.compliance_case,
    author     text NOT NULL,
    body       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX note_of_case ON payments.case_note (case_id, id);

CREATE TRIGGER case_note_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payments.case_note
    FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();

CREATE TABLE payments.account_activation (
    id             text PRIMARY KEY,
    tenant         text NOT NULL,
    principal      text NOT NULL,
    customer_id    text NOT NULL,
    wallet_id      text NOT NULL,
    status         text NOT NULL CHECK (status IN ('pending', 'in_review', 'requires_manual_intervention', 'completed',
                       'rejected', 'failed')),
    kyc_reference  text,
    kyc_approved_at timestamptz,
    review_reason  text,
    failure_code   text,
    failure_detail text,
    metadata       jsonb NOT NULL,
    correlation_id text NOT NULL,
    ordered_at     timestamptz NOT NULL,
    deadline       timestamptz NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    version        integer NOT NULL DEFAULT 1,
    CHECK ((status IN ('rejected', 'failed')) = (failure_code IS NOT NULL))
);

CREATE INDEX activation_of_customer ON payments.account_activation (customer_id, id DESC);
-- One at a time for a wallet; a rejected customer may try again.
CREATE UNIQUE INDEX open_activation_of_wallet ON payments.account_activation (wallet_id)
    WHERE status IN ('pending', 'in_review', 'requires_manual_intervention');

CREATE FUNCTION payments.guard_activation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status IN ('completed', 'rejected', 'failed') AND NEW.status <> OLD.status THEN
        RAISE EXCEPTION 'activation %: % is terminal and cannot become %', OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER activation_guard BEFORE UPDATE ON payments.account_activation
    FOR EACH ROW EXECUTE FUNCTION payments.guard_activation();

GRANT SELECT, INSERT, UPDATE ON payments.refund, payments.account_activation TO fincore_worker;
GRANT SELECT, INSERT ON payments.case_note TO fincore_worker;
