-- What the client was told of the payment, its refunds and its case, and whether that arrived: at the endpoints of whoever the payment belongs
-- to, and no others.
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
SELECT payment_id, resolved_at, 1, 'case', verdict,
       jsonb_strip_nulls(jsonb_build_object('case', id, 'note', note, 'resolved_by', resolved_by))
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
