CREATE VIEW read.refund AS
SELECT r.id, r.payment_id, r.tenant, r.principal, r.amount, r.currency, r.reason, r.end_to_end_id, r.status,
       r.failure_code, r.failure_detail, r.transaction_id, r.metadata, r.correlation_id, r.created_at, r.updated_at, r.version
  FROM payments.refund r;

-- Refunds for which nothing was created, though their client may have been told that they are pending.
CREATE VIEW read.refused_refund AS
SELECT substr(t.workflow_id, length('refund/') + 1) AS id, t.response ->> 'code' AS code, t.response ->> 'detail' AS detail,
       t.completed_at
  FROM saga.step t
 WHERE t.workflow_id LIKE 'refund/%' AND t.name = 'refund.create' AND t.response ->> 'reservation' = 'refused';

CREATE VIEW read.account_activation AS
SELECT a.id, a.tenant, a.principal, a.customer_id, a.wallet_id, a.status, a.review_reason, a.failure_code, a.failure_detail,
       a.metadata, a.correlation_id, a.created_at, a.updated_at, a.version
  FROM payments.account_activation a;

DROP VIEW read.compliance_case;
CREATE VIEW read.compliance_case AS
SELECT id, payment_id, tenant, principal AS creator, status, round, reasons, assignee, remind_at, due_at, expires_at, escalated_at,
       verdict, note, resolved_by, created_at, resolved_at
  FROM payments.compliance_case;

CREATE VIEW read.case_note AS
SELECT id, case_id, author, body, created_at FROM payments.case_note;

-- All sagas by what they are about: subject_id is the id that operators use.
DROP VIEW read.saga;
CREATE VIEW read.saga AS
SELECT s.subject_id AS id, s.workflow_id, s.type, s.status, s.cause, s.cause_detail, s.correlation_id, s.tenant, s.principal,
       coalesce((SELECT max(t.number) FROM saga.step t
                  WHERE t.workflow_id = s.workflow_id AND t.compensates IS NULL AND t.attempts > 0), 0) AS current_step,
       s.total_steps, s.created_at, s.updated_at, s.ended_at
  FROM saga.saga s;

CREATE VIEW read.intervention AS
SELECT i.id, i.workflow_id, s.subject_id AS saga_id, s.tenant, i.action, i.resolution, i.reason, i.requested_by, i.requested_at,
       i.approved_by, i.approved_at, i.status, i.before, i.after, i.concluded_at
  FROM saga.intervention i JOIN saga.saga s USING (workflow_id);

-- What compensating a saga now would undo, the last step first, and what that does to wallets: how their posted and held amounts
-- change. Empty when there is nothing that may be undone.
CREATE VIEW read.compensation_plan AS
SELECT t.workflow_id, s.subject_id AS saga_id, t.number, t.name AS step,
       CASE t.name WHEN 'ledger.hold' THEN 'ledger.release'
                   WHEN 'decision.evaluate' THEN 'decision.release-limit'
                   WHEN 'payment.create' THEN 'payment.mark-failed'
                   WHEN 'refund.create' THEN 'refund.mark-failed'
                   WHEN 'customer.mark-verified' THEN 'customer.restore'
                   WHEN 'kyc.approve' THEN 'kyc.revoke' END AS undo,
       h.wallet_id, 0::bigint AS posted_change, coalesce(-h.amount, 0) AS held_change, h.currency
  FROM saga.step t
  JOIN saga.saga s ON s.workflow_id = t.workflow_id AND s.status NOT IN ('SUCCEEDED', 'FAILED')
  LEFT JOIN payments.payment p ON p.id = s.subject_id AND t.name = 'ledger.hold'
  LEFT JOIN ledger.hold h ON h.id = p.hold_id AND h.status = 'held'
 WHERE t.status = 'SUCCEEDED'
   AND t.name IN ('ledger.hold', 'decision.evaluate', 'payment.create', 'refund.create', 'customer.mark-verified', 'kyc.approve')
   -- Once the bank has paid, nothing is undone.
   AND NOT EXISTS (SELECT FROM saga.step paid
                    WHERE paid.workflow_id = t.workflow_id
                      AND paid.name IN ('ledger.settle', 'ledger.post-reversal', 'bank.answer')
                      AND paid.response ->> 'answer' IS DISTINCT FROM 'rejected')
   AND (t.name <> 'ledger.hold' OR h.id IS NOT NULL);

GRANT SELECT ON read.refund, read.refused_refund, read.account_activation, read.compliance_case, read.case_note, read.saga,
    read.intervention, read.compensation_plan TO fincore_worker, fincore_api;
