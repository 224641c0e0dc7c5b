-- What the API may see of the worker's schemas. Views run with their owner's rights: the API needs no grant below them.
GRANT USAGE ON SCHEMA read TO fincore_worker, fincore_api;

CREATE VIEW read.payment AS
SELECT p.id, p.tenant, p.principal, p.customer_id, p.source, p.amount, p.currency,
       p.creditor_name, p.creditor_iban, p.creditor_bic, p.reference, p.end_to_end_id, p.status, p.refunded_amount,
       d.outcome AS decision_outcome, d.reasons AS decision_reasons,
       p.failure_code, p.failure_detail, c.id AS case_id, p.metadata, p.correlation_id,
       p.created_at, p.updated_at, p.version
  FROM payments.payment p
  LEFT JOIN decision.decision d ON d.payment_id = p.id
  LEFT JOIN payments.compliance_case c ON c.payment_id = p.id;

CREATE VIEW read.compliance_case AS
SELECT id, payment_id, tenant, principal AS creator, status, reasons, verdict, note, resolved_by, created_at, resolved_at
  FROM payments.compliance_case;

CREATE VIEW read.saga AS
SELECT s.workflow_id, s.subject_id, s.type, s.status, s.correlation_id, s.tenant, s.principal,
       (SELECT max(t.number) FROM saga.step t WHERE t.workflow_id = s.workflow_id AND t.compensates IS NULL) AS current_step,
       s.total_steps, s.created_at, s.updated_at
  FROM saga.saga s;

CREATE VIEW read.step AS
SELECT workflow_id, round, number, name, compensates, status, request, response, error, attempts, max_attempts,
       started_at, completed_at
  FROM saga.step;

CREATE VIEW read.payment_timeline AS
SELECT payment_id, occurred_at, number::bigint AS sequence, 'status' AS kind, to_status AS name,
       jsonb_build_object('from', from_status, 'reason', reason, 'actor', actor) AS detail
  FROM payments.payment_history
UNION ALL
SELECT g.subject_id, coalesce(t.completed_at, t.started_at), t.number, 'step', t.name,
       jsonb_strip_nulls(jsonb_build_object('status', t.status, 'attempts', t.attempts, 'response', t.response,
           'error', t.error, 'compensates', t.compensates, 'started_at', t.started_at))
  FROM saga.step t
  JOIN saga.saga g ON g.workflow_id = t.workflow_id AND g.type = 'payment'
UNION ALL
SELECT payment_id, decided_at, 0, 'decision', outcome,
       jsonb_build_object('rule_set', rule_set_version, 'reasons', coalesce(reasons, '[]'::jsonb))
  FROM decision.decision
UNION ALL
SELECT payment_id, received_at, id, 'bank', channel,
       answer
  FROM payments.bank_message
UNION ALL
SELECT payment_id, created_at, 0, 'case', 'opened', jsonb_build_object('case', id, 'reasons', reasons)
  FROM payments.compliance_case
UNION ALL
SELECT payment_id, resolved_at, 1, 'case', verdict,
       jsonb_strip_nulls(jsonb_build_object('case', id, 'note', note, 'resolved_by', resolved_by))
  FROM payments.compliance_case
 WHERE resolved_at IS NOT NULL;

GRANT SELECT ON read.payment, read.compliance_case, read.saga, read.step, read.payment_timeline TO fincore_worker, fincore_api;
