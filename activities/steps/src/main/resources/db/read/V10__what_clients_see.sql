-- An order was made when the client made it, also before the worker has written it; what is shown changes with the version; and a rejection
-- is seen when the ledger has followed.
CREATE OR REPLACE VIEW read.payment AS
SELECT p.id, p.tenant, p.principal, p.customer_id, p.source, p.amount, p.currency,
       p.creditor_name, p.creditor_iban, p.creditor_bic, p.reference, p.end_to_end_id, p.status, p.refunded_amount,
       d.outcome AS decision_outcome, d.reasons AS decision_reasons,
       CASE WHEN p.pending_status IS NULL THEN p.failure_code END AS failure_code,
       CASE WHEN p.pending_status IS NULL THEN p.failure_detail END AS failure_detail,
       c.id AS case_id, p.metadata, p.correlation_id, p.ordered_at AS created_at, p.updated_at,
       p.version + (d.payment_id IS NOT NULL)::integer + (c.id IS NOT NULL)::integer AS version
  FROM payments.payment p
  LEFT JOIN decision.decision d ON d.payment_id = p.id
  LEFT JOIN payments.compliance_case c ON c.payment_id = p.id;

CREATE OR REPLACE VIEW read.refund AS
SELECT r.id, r.payment_id, r.tenant, r.principal, r.amount, r.currency, r.reason, r.end_to_end_id, r.status,
       r.failure_code, r.failure_detail, r.transaction_id, r.metadata, r.correlation_id, r.ordered_at AS created_at, r.updated_at,
       r.version
  FROM payments.refund r;

CREATE OR REPLACE VIEW read.account_activation AS
SELECT a.id, a.tenant, a.principal, a.customer_id, a.wallet_id, a.status, a.review_reason, a.failure_code, a.failure_detail,
       a.metadata, a.correlation_id, a.ordered_at AS created_at, a.updated_at, a.version
  FROM payments.account_activation a;

CREATE OR REPLACE VIEW read.erasure AS
SELECT e.id, e.tenant, e.principal, e.customer_id, e.reason, e.status, e.obstacles, e.ordered_at, e.remind_at, e.deadline,
       e.overdue_since, e.cancelled_by, e.ordered_at AS created_at, e.updated_at, e.ended_at, e.version
  FROM payments.erasure e;

-- What an officer noted on a decision, and who decided, is not for the payer: it could tell of a suspicion.
CREATE OR REPLACE VIEW read.payment_timeline AS
SELECT payment_id, occurred_at, number::bigint AS sequence, 'status' AS kind, to_status AS name,
       jsonb_build_object('from', from_status, 'reason', reason, 'actor', actor) AS detail
  FROM payments.payment_history
UNION ALL
SELECT g.subject_id, coalesce(t.completed_at, t.started_at), t.number, 'step', t.name,
       jsonb_strip_nulls(jsonb_build_object('status', t.status, 'attempts', t.attempts, 'response', t.response,
           'compensates', t.compensates, 'started_at', t.started_at))
  FROM saga.step t
  JOIN saga.saga g ON g.workflow_id = t.workflow_id AND g.type = 'payment'
UNION ALL
SELECT payment_id, decided_at, 0, 'decision', outcome,
       jsonb_build_object('rule_set', rule_set_version, 'reasons', coalesce(reasons, '[]'::jsonb))
  FROM decision.decision
UNION ALL
SELECT payment_id, received_at, id, 'bank', channel,
       CASE WHEN refund_id IS NULL THEN answer ELSE answer || jsonb_build_object('refund', refund_id) END
  FROM payments.bank_message
UNION ALL
SELECT payment_id, created_at, 0, 'case', 'opened', jsonb_build_object('case', id, 'reasons', reasons)
  FROM payments.compliance_case
UNION ALL
SELECT payment_id, resolved_at, 1, 'case', verdict, jsonb_build_object('case', id)
  FROM payments.compliance_case
 WHERE resolved_at IS NOT NULL
UNION ALL
SELECT payment_id, created_at, 0, 'refund', 'created', jsonb_build_object('refund', id, 'amount', amount)
  FROM payments.refund
UNION ALL
SELECT payment_id, updated_at, 1, 'refund', status,
       jsonb_strip_nulls(jsonb_build_object('refund', id, 'failure_code', failure_code))
  FROM payments.refund
 WHERE status IN ('completed', 'failed')
UNION ALL
SELECT t.payment_id, coalesce(d.settled_at, d.last_attempt_at, d.created_at), d.number, 'webhook', d.event_type,
       jsonb_strip_nulls(jsonb_build_object('delivery', d.id, 'endpoint', d.endpoint_id, 'event', d.event_id, 'subject', d.subject_id,
           'kind', d.kind, 'status', d.status, 'attempts', d.attempts, 'next_attempt_at',
           CASE WHEN d.status = 'pending' THEN d.next_attempt_at END, 'response_status', d.response_status, 'error', d.error))
  FROM (SELECT id AS payment_id, id AS subject_id, tenant, principal FROM payments.payment
        UNION ALL SELECT payment_id, id, tenant, principal FROM payments.refund
        UNION ALL SELECT payment_id, id, tenant, principal FROM payments.compliance_case) AS t
  JOIN outbox.delivery d ON d.subject_id = t.subject_id
  JOIN outbox.endpoint e ON e.id = d.endpoint_id AND e.tenant = t.tenant AND e.principal = t.principal;
