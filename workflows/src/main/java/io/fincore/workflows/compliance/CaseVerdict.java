package io.fincore.workflows.compliance;

/** How a case ended. */
public enum CaseVerdict {
    APPROVED,
    REJECTED,
    /** The payment was cancelled while the case was open. */
    WITHDRAWN,
    /** Nobody decided before the deadline: the payment is rejected. */
    EXPIRED
}
