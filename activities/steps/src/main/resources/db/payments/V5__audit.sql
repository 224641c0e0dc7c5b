-- Payments, refunds, activations and cases in the audit log: ids, amounts and statuses. Who is paid, and what people wrote, is not
-- recorded, or by its hash alone: the log is never erased. WHEN keeps the rest from costing a call.

CREATE TRIGGER creation_is_audited AFTER INSERT ON payments.payment FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('payment.created', 'payment', 'id', 'customer_id', 'source', 'amount', 'currency', 'hold_id',
                                         'status');
CREATE TRIGGER change_is_audited AFTER UPDATE ON payments.payment FOR EACH ROW
    WHEN ((OLD.status, OLD.refunded_amount) IS DISTINCT FROM (NEW.status, NEW.refunded_amount))
    EXECUTE FUNCTION audit.record_change('payment.changed', 'payment', 'id', 'status', 'failure_code', 'refunded_amount');

CREATE TRIGGER creation_is_audited AFTER INSERT ON payments.refund FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('refund.created', 'refund', 'id', 'payment_id', 'amount', 'currency', 'status');
CREATE TRIGGER change_is_audited AFTER UPDATE ON payments.refund FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION audit.record_change('refund.changed', 'refund', 'id', 'status', 'failure_code', 'transaction_id');

CREATE TRIGGER creation_is_audited AFTER INSERT ON payments.account_activation FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('activation.created', 'account_activation', 'id', 'customer_id', 'wallet_id', 'status');
CREATE TRIGGER change_is_audited AFTER UPDATE ON payments.account_activation FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION audit.record_change('activation.changed', 'account_activation', 'id', 'status', 'failure_code');

CREATE TRIGGER opening_is_audited AFTER INSERT ON payments.compliance_case FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('case.opened', 'compliance_case', 'id', 'payment_id', 'status');
CREATE TRIGGER change_is_audited AFTER UPDATE ON payments.compliance_case FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('case.changed', 'compliance_case', 'id', 'status', 'round', 'assignee', 'verdict',
                                         'resolved_by', 'sha256:note');
CREATE TRIGGER note_is_audited AFTER INSERT ON payments.case_note FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('case.note_added', 'compliance_case', 'case_id', 'id', 'author', 'sha256:body');
