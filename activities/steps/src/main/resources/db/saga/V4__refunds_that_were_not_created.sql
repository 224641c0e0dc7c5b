-- For read.refused_refund, which goes by the id of the refund.
CREATE INDEX step_of_refund ON saga.step (substr(workflow_id, length('refund/') + 1))
    WHERE workflow_id LIKE 'refund/%' AND name IN ('refund.create', 'refund.mark-failed');
