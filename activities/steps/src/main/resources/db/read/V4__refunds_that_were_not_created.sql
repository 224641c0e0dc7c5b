-- Refunds for which nothing was created, though their client may have been told that they are pending: refused, or given up for a
-- fault of ours, of which nothing else is left than the undo.
CREATE OR REPLACE VIEW read.refused_refund AS
SELECT substr(t.workflow_id, length('refund/') + 1) AS id, t.response ->> 'code' AS code, t.response ->> 'detail' AS detail,
       t.completed_at
  FROM saga.step t
 WHERE t.workflow_id LIKE 'refund/%' AND t.name = 'refund.create' AND t.response ->> 'reservation' = 'refused'
UNION ALL
SELECT substr(t.workflow_id, length('refund/') + 1), 'internal_error',
       'The refund could not be made, through no fault of yours.', t.completed_at
  FROM saga.step t
 WHERE t.workflow_id LIKE 'refund/%' AND t.name = 'refund.mark-failed' AND t.status = 'SUCCEEDED'
   AND NOT EXISTS (SELECT FROM payments.refund r WHERE r.id = substr(t.workflow_id, length('refund/') + 1));
