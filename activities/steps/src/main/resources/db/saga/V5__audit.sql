-- What operators order, by whom, and who approves it, under the saga it is ordered for. Reasons are free text, and the saga before and
-- after may quote it: they are recorded by their hashes.

CREATE TRIGGER order_is_audited AFTER INSERT ON saga.intervention FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('intervention.requested', 'saga', 'workflow_id', 'id', 'action', 'resolution', 'status',
                                         'requested_by', 'sha256:reason', 'sha256:before');
CREATE TRIGGER change_is_audited AFTER UPDATE ON saga.intervention FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('intervention.changed', 'saga', 'workflow_id', 'id', 'status', 'approved_by',
                                         'sha256:after');
