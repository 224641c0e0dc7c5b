package io.fincore.workflows.repair;

import org.jspecify.annotations.Nullable;

/**
 * What an operator wants done.
 *
 * @param id {@code int_…}
 * @param resolution for {@link InterventionAction#RESOLVE} only, null for all others
 * @param reason why, in the operator's words
 * @param actor the operator's principal
 */
public record InterventionOrder(
        String id, InterventionAction action, @Nullable Resolution resolution, String reason, String actor) {

    public InterventionOrder {
        if ((action == InterventionAction.RESOLVE) != (resolution != null)) {
            throw new IllegalArgumentException("a resolution belongs to the action resolve, and to no other");
        }
    }
}
