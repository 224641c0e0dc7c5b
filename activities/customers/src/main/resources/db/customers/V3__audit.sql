-- That there is a customer, and whether who it is is known; neither name nor address: the audit log is never erased.

CREATE TRIGGER registration_is_audited AFTER INSERT ON customer FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('customer.registered', 'customer', 'id', 'status');
CREATE TRIGGER status_is_audited AFTER UPDATE ON customer FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION audit.record_change('customer.status_changed', 'customer', 'id', 'status');
