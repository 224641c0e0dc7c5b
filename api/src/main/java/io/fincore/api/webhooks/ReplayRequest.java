package io.fincore.api.webhooks;

import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be delivered again.
 *
 * @param to exclusive; now, if it is absent
 */
record ReplayRequest(@NotNull Instant from, @Nullable Instant to) {}
