-- Everything that is stored of a customer, and now also to whom it was handed over (GDPR art. 15 (1) (c)): which endpoint of a client was sent
-- which event about the customer's things, when, and what it answered.
CREATE OR REPLACE FUNCTION intake.customer_export(p_customer text) RETURNS TABLE (section text, record jsonb)
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
UNION ALL SELECT 'deliveries', to_jsonb(d) FROM outbox.delivery d WHERE d.subject_id IN (SELECT id FROM subject)
UNION ALL SELECT 'inbound_events', to_jsonb(i) || jsonb_build_object('body', encode(i.body, 'base64')) FROM inbound i
UNION ALL SELECT 'inbound_replays', to_jsonb(r) FROM intake.inbound_replay r WHERE r.inbound_id IN (SELECT id FROM inbound)
UNION ALL SELECT 'requests', to_jsonb(k) || jsonb_build_object('body', encode(k.body, 'base64'))
            FROM intake.idempotency_key k JOIN customer c USING (tenant, principal)
           WHERE k.resource_id IN (SELECT id FROM subject)
              OR k.location IN (SELECT '/v1/customers/' || p_customer UNION ALL SELECT '/v1/wallets/' || id FROM wallet)
UNION ALL SELECT 'audit_entries', to_jsonb(a) - 'origin' || jsonb_build_object('hash', encode(a.hash, 'hex'))
            FROM audited s JOIN audit.entry a ON a.object = s.object AND a.object_id = s.id
$$;
