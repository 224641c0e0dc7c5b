package io.fincore.api.activations;

import io.fincore.api.validation.Metadata;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wallet to be activated for its customer. */
record ActivationRequest(
        @NotNull String wallet, @Nullable @Metadata Map<String, String> metadata) {}
