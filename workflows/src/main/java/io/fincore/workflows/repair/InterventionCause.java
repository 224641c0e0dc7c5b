package io.fincore.workflows.repair;

import static io.fincore.workflows.repair.InterventionAction.COMPENSATE;
import static io.fincore.workflows.repair.InterventionAction.FORCE_INQUIRY;
import static io.fincore.workflows.repair.InterventionAction.RESOLVE;
import static io.fincore.workflows.repair.InterventionAction.RETRY;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;

/** Why a saga waits for a person, and what that person can do. Each has a runbook. */
public enum InterventionCause {
    /** The deadline has passed, and the bank has not said what became of the order. */
    BANK_OUTCOME_UNKNOWN,
    /** The order was sent time and again, and the bank says that it knows nothing of it. */
    BANK_KNOWS_NOTHING,
    /** A fault of our own broke a call that may have reached the bank. */
    BANK_CALL_FAILED,
    /** A step that must not be given up failed for good. */
    STEP_FAILED,
    /** An undo failed for good. */
    COMPENSATION_FAILED,
    /** The compliance case was closed from outside, without a verdict. */
    CASE_LOST,
    /** The KYC provider leaves the decision to us. */
    KYC_REFERRED;

    public Set<InterventionAction> possible() {
        return switch (this) {
            case BANK_OUTCOME_UNKNOWN -> Set.of(FORCE_INQUIRY, RESOLVE);
            case BANK_KNOWS_NOTHING -> Set.of(RETRY, FORCE_INQUIRY, COMPENSATE, RESOLVE);
            case BANK_CALL_FAILED -> Set.of(RETRY, FORCE_INQUIRY, RESOLVE);
            case STEP_FAILED, COMPENSATION_FAILED -> Set.of(RETRY);
            case CASE_LOST -> Set.of(RETRY, COMPENSATE);
            case KYC_REFERRED -> Set.of(RESOLVE, FORCE_INQUIRY);
        };
    }

    /** Whether the action moves money by a person's word alone, so that a second person has to agree. */
    public boolean needsSecondPerson(InterventionAction action) {
        return this != KYC_REFERRED && (action == COMPENSATE || action == RESOLVE);
    }

    /** Whether an operator can say this, and it makes sense. */
    public boolean takes(Resolution resolution) {
        return switch (resolution) {
            case EXECUTED, NOT_EXECUTED -> this != KYC_REFERRED;
            case APPROVED, REJECTED -> this == KYC_REFERRED;
        };
    }

    /** File name under {@code docs/operating/runbooks}. */
    public String runbook() {
        return code().replace('_', '-') + ".md";
    }

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the code names no cause */
    @JsonCreator
    public static InterventionCause ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
