package io.fincore.api.temporal;

/**
 * A workflow to be started, at most once for what it is about.
 *
 * @param type its registered name
 * @param subjectId what it is about; names the update that waits for its acceptance, so that a repetition gets the same answer
 * @param acceptance what that update answers
 * @param summary one line for Temporal's Web UI, without personal data
 */
public record WorkflowStart<R>(
        String type, String workflowId, String subjectId, Object order, Class<R> acceptance, String summary) {}
