-- Wallets and holds in the audit log; what is booked records itself. WHEN keeps the rest from costing a call.

CREATE TRIGGER opening_is_audited AFTER INSERT ON wallet FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('wallet.opened', 'wallet', 'id', 'customer_id', 'currency', 'status');
CREATE TRIGGER status_is_audited AFTER UPDATE ON wallet FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION audit.record_change('wallet.status_changed', 'wallet', 'id', 'status');

CREATE TRIGGER placing_is_audited AFTER INSERT ON hold FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('hold.placed', 'hold', 'id', 'wallet_id', 'amount', 'currency', 'status', 'expires_at');
CREATE TRIGGER resolution_is_audited AFTER UPDATE ON hold FOR EACH ROW
    WHEN ((OLD.status, OLD.amount, OLD.settled_amount, OLD.expires_at, OLD.expired)
          IS DISTINCT FROM (NEW.status, NEW.amount, NEW.settled_amount, NEW.expires_at, NEW.expired))
    EXECUTE FUNCTION audit.record_change('hold.changed', 'hold', 'id', 'status', 'amount', 'settled_amount', 'expires_at', 'expired');

-- What was booked before it recorded itself is recorded now, as it stands: from here on every transaction has its record.
INSERT INTO audit.unsealed (action, object, object_id, after, origin)
SELECT 'transaction.booked', 'transaction', t.id, transaction_record(t.id), audit.origin()
  FROM transaction t
 WHERE NOT EXISTS (SELECT FROM audit.unsealed u WHERE u.action = 'transaction.booked' AND u.object_id = t.id)
   AND NOT EXISTS (SELECT FROM audit.entry e
                    WHERE e.object = 'transaction' AND e.object_id = t.id AND e.action = 'transaction.booked')
 ORDER BY t.booked_at, t.id;
