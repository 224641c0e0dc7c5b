CREATE VIEW read.erasure AS
SELECT e.id, e.tenant, e.principal, e.customer_id, e.reason, e.status, e.obstacles, e.ordered_at, e.remind_at, e.deadline,
       e.overdue_since, e.cancelled_by, e.created_at, e.updated_at, e.ended_at, e.version
  FROM payments.erasure e;

GRANT SELECT ON read.erasure TO fincore_worker, fincore_api;
