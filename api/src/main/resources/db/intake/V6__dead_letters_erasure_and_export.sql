-- Operators look at callbacks, and hand dead ones on again.

-- Providers' own ids may contain anything: for paths and lists a callback has one of ours, inb_ and a UUIDv7 of the time it came
-- (io.fincore.money.IdType). It is made here, so that an older version of the API, which does not know of it, makes it too.
CREATE FUNCTION intake.new_inbound_id(p_at timestamptz DEFAULT clock_timestamp()) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT 'inb_' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', substr(bits, 1 + 5 * i, 5)::bit(5)::integer + 1, 1),
                                '' ORDER BY i)
      FROM (SELECT '00' || ('x' || replace(uuidv7(p_at - clock_timestamp())::text, '-', ''))::bit(128)::text AS bits) AS uuid,
           generate_series(0, 25) AS i
$$;

REVOKE EXECUTE ON FUNCTION intake.new_inbound_id FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake.new_inbound_id TO fincore_api;

ALTER TABLE intake.inbound_event
    ADD COLUMN id text,
    -- pay_…, ref_… or act_…; null if the callback names nothing of ours.
    ADD COLUMN subject_id text;

-- Bodies need be neither JSON nor text: what is looked for is plain ASCII.
UPDATE intake.inbound_event
   SET id = intake.new_inbound_id(received_at),
       subject_id = coalesce(
           CASE provider WHEN 'kyc'
               THEN substring(encode(body, 'escape') FROM '"check_id"\s*:\s*"(act_[0-7][0-9a-hjkmnp-tv-z]{25})"') END,
           CASE provider WHEN 'bank'
               THEN 'pay_' || lower(substring(encode(body, 'escape')
                                              FROM '"end_to_end_id"\s*:\s*"FC([0-7][0-9A-HJKMNP-TV-Z]{25})"')) END,
           CASE provider WHEN 'bank'
               THEN 'ref_' || lower(substring(encode(body, 'escape')
                                              FROM '"end_to_end_id"\s*:\s*"FR([0-7][0-9A-HJKMNP-TV-Z]{25})"')) END);

ALTER TABLE intake.inbound_event
    ALTER COLUMN id SET DEFAULT intake.new_inbound_id(),
    ALTER COLUMN id SET NOT NULL,
    ADD CONSTRAINT inbound_event_id UNIQUE (id);

-- What is open, counted at each scrape: done ones are many.
CREATE INDEX inbound_event_open ON intake.inbound_event (provider, status, received_at) WHERE status <> 'done';
CREATE INDEX inbound_event_subject ON intake.inbound_event (subject_id);

-- Each time a person had a dead callback handed on again, with what had become of it until then.
CREATE TABLE intake.inbound_replay (
    number       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    inbound_id   text NOT NULL REFERENCES intake.inbound_event (id),
    tenant       text NOT NULL,
    requested_by text NOT NULL,
    reason       text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts     integer NOT NULL,
    outcome      text,
    dead_since   timestamptz NOT NULL
);

CREATE INDEX inbound_replay_of_event ON intake.inbound_replay (inbound_id, number);

CREATE FUNCTION intake.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

REVOKE EXECUTE ON FUNCTION intake.refuse_change FROM PUBLIC;

CREATE TRIGGER inbound_replay_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON intake.inbound_replay
    FOR EACH STATEMENT EXECUTE FUNCTION intake.refuse_change();

-- Who had what handed on again. The reason is free text, and an outcome may quote a provider: they are recorded by their hashes.
CREATE TRIGGER replay_is_audited AFTER INSERT ON intake.inbound_replay FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('inbound_event.replayed', 'inbound_event', 'inbound_id', 'requested_by', 'sha256:reason',
                                         'attempts', 'sha256:outcome');

GRANT SELECT, INSERT ON intake.inbound_replay TO fincore_api;

-- With a customer goes what intake keeps of the person, in the same transaction: the stored answer to the customer's creation, whose key
-- is no good for a repetition any more, and what the KYC provider has written.
CREATE FUNCTION intake.forget_customer() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = intake, pg_temp AS $$
BEGIN
    UPDATE idempotency_key
       SET document = NULL, fingerprint = 'erased',
           body = convert_to(format('{"id":"%s","object":"customer","status":"erased"}', NEW.id), 'UTF8')
     WHERE tenant = NEW.tenant AND principal = NEW.principal AND operation = 'customers.create'
       AND location = '/v1/customers/' || NEW.id;
    UPDATE inbound_event SET body = '{}'
     WHERE provider = 'kyc'
       AND subject_id IN (SELECT a.id FROM payments.account_activation a WHERE a.customer_id = NEW.id);
    RETURN NULL;
END $$;

REVOKE EXECUTE ON FUNCTION intake.forget_customer FROM PUBLIC;

CREATE TRIGGER erased_in_intake_too AFTER UPDATE ON customers.customer
    FOR EACH ROW WHEN (NEW.status = 'erased' AND OLD.status <> 'erased') EXECUTE FUNCTION intake.forget_customer();

-- Everything that is stored of a customer (GDPR art. 15 and 20), row by row as the tables have it: what a table gets tomorrow is exported
-- without a change here, and docs/operating/gdpr.md, which a test compares with the tables, names the section of each table.
-- In one statement, so that all of it is of one instant. Bytes are base64. Of the audit log without who did it from where: those are
-- others' data.
CREATE FUNCTION intake.customer_export(p_customer text) RETURNS TABLE (section text, record jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
WITH customer AS (SELECT * FROM customers.customer WHERE id = p_customer),
wallet AS (SELECT * FROM ledger.wallet WHERE customer_id = p_customer),
hold AS (SELECT h.* FROM ledger.hold h WHERE h.wallet_id IN (SELECT id FROM wallet)),
entry AS (SELECT e.* FROM ledger.entry e WHERE e.account_id IN (SELECT account_id FROM wallet)),
payment AS (SELECT * FROM payments.payment WHERE customer_id = p_customer),
refund AS (SELECT r.* FROM payments.refund r WHERE r.payment_id IN (SELECT id FROM payment)),
compliance_case AS (SELECT c.* FROM payments.compliance_case c WHERE c.payment_id IN (SELECT id FROM payment)),
activation AS (SELECT * FROM payments.account_activation WHERE customer_id = p_customer),
erasure AS (SELECT * FROM payments.erasure WHERE customer_id = p_customer),
subject (object, id) AS (
    SELECT 'customer', p_customer
    UNION ALL SELECT 'wallet', id FROM wallet
    UNION ALL SELECT 'hold', id FROM hold
    UNION ALL SELECT DISTINCT 'transaction', transaction_id FROM entry
    UNION ALL SELECT 'payment', id FROM payment
    UNION ALL SELECT 'refund', id FROM refund
    UNION ALL SELECT 'compliance_case', id FROM compliance_case
    UNION ALL SELECT 'account_activation', id FROM activation
    UNION ALL SELECT 'erasure', id FROM erasure),
saga AS (SELECT s.* FROM saga.saga s WHERE s.subject_id IN (SELECT id FROM subject)),
inbound AS (SELECT i.* FROM intake.inbound_event i WHERE i.subject_id IN (SELECT id FROM subject)),
audited (object, id) AS (
    SELECT object, id FROM subject
    UNION ALL SELECT 'saga', workflow_id FROM saga
    UNION ALL SELECT 'inbound_event', id FROM inbound)
SELECT 'customer', to_jsonb(c) FROM customer c
UNION ALL SELECT 'verifications', to_jsonb(v) FROM customers.verification v WHERE v.customer_id = p_customer
UNION ALL SELECT 'activations', to_jsonb(a) FROM activation a
UNION ALL SELECT 'erasures', to_jsonb(e) FROM erasure e
UNION ALL SELECT 'wallets', to_jsonb(w) FROM wallet w
UNION ALL SELECT 'wallet_history', to_jsonb(h) FROM ledger.wallet_history h WHERE h.wallet_id IN (SELECT id FROM wallet)
UNION ALL SELECT 'balances', to_jsonb(b) FROM ledger.account_balance b WHERE b.account_id IN (SELECT account_id FROM wallet)
UNION ALL SELECT 'holds', to_jsonb(h) FROM hold h
UNION ALL SELECT 'transactions', to_jsonb(t) FROM ledger.transaction t WHERE t.id IN (SELECT transaction_id FROM entry)
UNION ALL SELECT 'entries', to_jsonb(e) FROM entry e
UNION ALL SELECT 'payments', to_jsonb(p) FROM payment p
UNION ALL SELECT 'payment_history', to_jsonb(h) FROM payments.payment_history h WHERE h.payment_id IN (SELECT id FROM payment)
UNION ALL SELECT 'decisions', to_jsonb(d) FROM decision.decision d WHERE d.payment_id IN (SELECT id FROM payment)
UNION ALL SELECT 'bank_messages', to_jsonb(m) FROM payments.bank_message m WHERE m.payment_id IN (SELECT id FROM payment)
UNION ALL SELECT 'refunds', to_jsonb(r) FROM refund r
UNION ALL SELECT 'compliance_cases', to_jsonb(c) FROM compliance_case c
UNION ALL SELECT 'case_notes', to_jsonb(n) FROM payments.case_note n WHERE n.case_id IN (SELECT id FROM compliance_case)
UNION ALL SELECT 'notifications', to_jsonb(n) FROM payments.notification n WHERE n.customer_id = p_customer
UNION ALL SELECT 'sagas', to_jsonb(s) FROM saga s
UNION ALL SELECT 'steps', to_jsonb(t) FROM saga.step t WHERE t.workflow_id IN (SELECT workflow_id FROM saga)
UNION ALL SELECT 'interventions', to_jsonb(i) FROM saga.intervention i WHERE i.workflow_id IN (SELECT workflow_id FROM saga)
UNION ALL SELECT 'events', to_jsonb(e) FROM outbox.event e WHERE e.subject_id IN (SELECT id FROM subject)
UNION ALL SELECT 'inbound_events', to_jsonb(i) || jsonb_build_object('body', encode(i.body, 'base64')) FROM inbound i
UNION ALL SELECT 'inbound_replays', to_jsonb(r) FROM intake.inbound_replay r WHERE r.inbound_id IN (SELECT id FROM inbound)
UNION ALL SELECT 'requests', to_jsonb(k) || jsonb_build_object('body', encode(k.body, 'base64'))
            FROM intake.idempotency_key k JOIN customer c USING (tenant, principal)
           WHERE k.resource_id IN (SELECT id FROM subject)
              OR k.location IN (SELECT '/v1/customers/' || p_customer UNION ALL SELECT '/v1/wallets/' || id FROM wallet)
UNION ALL SELECT 'audit_entries', to_jsonb(a) - 'origin' || jsonb_build_object('hash', encode(a.hash, 'hex'))
            FROM audited s JOIN audit.entry a ON a.object = s.object AND a.object_id = s.id
$$;

REVOKE EXECUTE ON FUNCTION intake.customer_export FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake.customer_export TO fincore_api;
