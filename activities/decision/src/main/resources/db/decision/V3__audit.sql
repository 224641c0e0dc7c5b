-- What payments are decided by. A rule is recorded under its rule set, so that a set's entries tell all that was done to it.

CREATE TRIGGER change_is_audited AFTER INSERT OR UPDATE OR DELETE ON rule_set FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('rule_set.changed', 'rule_set', 'version', 'status', 'description', 'window_minutes');
CREATE TRIGGER change_is_audited AFTER INSERT OR UPDATE OR DELETE ON rule FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('rule.changed', 'rule_set', 'rule_set_version', 'name', 'expression', 'outcome',
                                         'reason_code', 'detail');

-- The list by its title and date; whom it names is another's data, and may have to be erased.
CREATE TRIGGER change_is_audited AFTER INSERT OR UPDATE OR DELETE ON sanctions_list FOR EACH ROW
    EXECUTE FUNCTION audit.record_change('sanctions_list.changed', 'sanctions_list', 'id', 'title', 'as_of');
