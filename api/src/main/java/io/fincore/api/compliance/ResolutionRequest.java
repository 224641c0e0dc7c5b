package io.fincore.api.compliance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fincore.api.validation.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** An officer's decision and why. */
record ResolutionRequest(
        @NotNull Decision decision,
        @NotNull @PlainText @Size(max = 2000) String note) {

    enum Decision {
        @JsonProperty("approve")
        APPROVE,
        @JsonProperty("reject")
        REJECT
    }
}
