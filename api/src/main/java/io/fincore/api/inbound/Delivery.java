package io.fincore.api.inbound;

import org.jspecify.annotations.Nullable;

/** What came of handing an event to its workflow. */
sealed interface Delivery {

    /** The workflow has it. */
    record Signalled() implements Delivery {}

    /** Temporal knows no open workflow of this subject: it does not exist yet, or it has ended. */
    record NoWorkflow(ProviderEvent event) implements Delivery {}

    /** Temporal did not answer: nothing is known, the same signal may be sent again. */
    record EngineDown(String detail) implements Delivery {}

    /** This signal failed, and not because Temporal was away. */
    record Refused(String detail) implements Delivery {}

    record NotUnderstood(@Nullable String detail) implements Delivery {}
}
