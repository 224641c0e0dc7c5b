-- What the ledger did for a payment and its refunds: the hold, its release, and what was booked. Without balances: who may read payments
-- need not be allowed to read wallets.
CREATE VIEW read.payment_booking AS
SELECT p.id AS payment_id, h.placed_at AS occurred_at, 0::bigint AS sequence, 'ledger' AS kind, 'hold.placed' AS name,
       jsonb_build_object('hold', h.id, 'wallet', h.wallet_id, 'amount', h.amount, 'currency', h.currency) AS detail
  FROM payments.payment p
  JOIN ledger.hold h ON h.id = p.hold_id
UNION ALL
SELECT p.id, h.resolved_at, 0, 'ledger', 'hold.released',
       jsonb_build_object('hold', h.id, 'wallet', h.wallet_id, 'amount', h.amount, 'currency', h.currency)
  FROM payments.payment p
  JOIN ledger.hold h ON h.id = p.hold_id
 WHERE h.status = 'released'
UNION ALL
SELECT p.id, t.booked_at, 0, 'ledger', t.kind || '.booked',
       jsonb_strip_nulls(jsonb_build_object('transaction', t.id, 'hold', t.hold_id, 'reverses', t.reverses, 'entries', entries.of_transaction))
  FROM payments.payment p
  JOIN ledger.transaction settlement ON settlement.hold_id = p.hold_id
  CROSS JOIN LATERAL (SELECT settlement.*
                      UNION ALL
                      SELECT r.* FROM ledger.transaction r WHERE r.reverses = settlement.id) AS t
  CROSS JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('account', a.code, 'wallet', w.id, 'side', e.side, 'amount', e.amount, 'currency', e.currency)
                       ORDER BY e.side) AS of_transaction
        FROM ledger.entry e
        JOIN ledger.account a ON a.id = e.account_id
        LEFT JOIN ledger.wallet w ON w.account_id = e.account_id
       WHERE e.transaction_id = t.id) AS entries;

-- Another name for what there was, rather than all of it once more.
ALTER VIEW read.payment_timeline RENAME TO payment_course;
REVOKE SELECT ON read.payment_course FROM fincore_worker, fincore_api;

CREATE VIEW read.payment_timeline AS TABLE read.payment_course UNION ALL TABLE read.payment_booking;

GRANT SELECT ON read.payment_timeline TO fincore_worker, fincore_api;
